// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/websockettransport.h"
#include "core/chat/xmppconnector.h"
#include "servedplatform.h"

#include <QFile>

namespace qd::test {

/// XMPP on a real prosody.
class ProsodyPlatform final : public ServedPlatform {
public:
    ProsodyPlatform() : ServedPlatform("certs/ca.pem") {}

    std::string server() const override { return firstLine(QStringLiteral("/usr/bin/dpkg-query"), {QStringLiteral("-Wf"), QStringLiteral("prosody ${Version}"), QStringLiteral("prosody")}); }
    std::string start() override
    {
        if (!QFileInfo(QStringLiteral("/usr/bin/prosody")).isExecutable())
            return "/usr/bin/prosody is missing: install the Debian package prosody";
        takePorts();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(m_more);
        environment.insert(QStringLiteral("QD_XMPP_TLS_PORT"), QString::number(m_tlsPort));
        const std::string trouble = launch(QStringLiteral(QD_SOURCE_DIR "/tests/e2e/prosody.sh"), {m_dir.path(), QString::number(m_port)}, environment);
        return trouble.empty() ? trouble : "prosody: " + trouble;
    }
    bool resumesLines() const override { return true; } // XEP-0198
    std::string password(const std::string &user) const override { return "pw-" + user; }
    std::string idOf(const std::string &user) const override { return user + "@localhost"; }
    std::string nobody() const override { return "nobody@localhost"; }
    std::string roomAddress(const std::string &name) const override { return name + "@conference.localhost"; }

    void expectBacklog() override
    {
        kill();
        m_more.insert(QStringLiteral("QD_XMPP_ARCHIVE"), QStringLiteral("memory"));
        if (const std::string trouble = start(); !trouble.empty())
            qFatal("%s", trouble.c_str());
    }
    /// By a module of its own, which puts them into the room's archive.
    bool fill(const std::string &room, int messages) override
    {
        QFile order(m_dir.filePath(QStringLiteral("fill.new")));
        if (!order.open(QIODevice::WriteOnly))
            return false;
        order.write(QByteArray::fromStdString(room.substr(0, room.find('@'))) + ' ' + QByteArray::number(messages));
        order.close();
        const QString name = m_dir.filePath(QStringLiteral("fill"));
        return order.rename(name) && QTest::qWaitFor([&] { return !QFile::exists(name); }, tests::kPatience);
    }
    /// Prosody alone refuses nobody; mod_muc_limits does, and is in no Debian package.
    std::string limitWrites(const std::string &) override
    {
        kill();
        m_more.insert(QStringLiteral("QD_XMPP_REFUSE"), QStringLiteral("2"));
        return start();
    }
    std::string garbleAnswer() override { return "what is written comes back by the line itself"; }
    QByteArray garbage() const override { return "<message from='war"; }
    QByteArray padding(std::size_t bytes) const override
    {
        const QByteArray head = "<message xmlns='jabber:client' from='nowhere@conference.localhost' type='groupchat'><body>", tail = "</body></message>";
        return head + QByteArray(static_cast<qsizetype>(bytes) - head.size() - tail.size(), 'x') + tail;
    }

    /// A message nested deeper than we read; prosody hands it on.
    std::string sendHostile(const std::string &user, const std::string &room) override
    {
        chat::WebSocketLine line;
        line.url = QUrl(QString::fromStdString(url(false, "127.0.0.1:" + std::to_string(m_port))));
        line.subprotocol = QStringLiteral("xmpp");
        m_raw = std::make_unique<chat::XmppSession>(idOf(user), Secret(password(user)),
                                                    [line] { return std::make_unique<chat::WebSocketTransport>(line); },
                                                    m_random, timings());
        QObject::connect(m_raw.get(), &chat::XmppSession::ready, m_raw.get(), [this, room] {
            chat::Element presence("presence", chat::xmlns::kClient);
            presence.set("to", room + "/deep");
            presence.add("x", chat::xmlns::kMuc);
            m_raw->send(presence);
            chat::Element deep("b", "urn:example:deep");
            for (int i = 0; i < 100; ++i) {
                chat::Element outer("b", "urn:example:deep");
                outer.children.push_back(std::move(deep));
                deep = std::move(outer);
            }
            chat::Element message("message", chat::xmlns::kClient);
            message.set("to", room).set("type", "groupchat").set("id", "hostile");
            message.add("body", chat::xmlns::kClient, "look at this");
            message.children.push_back(std::move(deep));
            m_raw->send(message);
        });
        m_raw->start();
        return {};
    }

private:
    std::string url(bool secure, const std::string &host) const override { return (secure ? "wss://" : "ws://") + host + "/xmpp-websocket"; }
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile) override
    {
        chat::XmppSettings settings;
        settings.name = "room";
        settings.url = url;
        settings.jid = idOf(user);
        settings.password = Secret(password.empty() ? this->password(user) : password);
        settings.mucHost = "conference.localhost";
        settings.caFile = caFile;
        settings.timings = timings();
        auto made = chat::XmppConnector::make(std::move(settings), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
    static chat::XmppTimings timings()
    {
        auto t = brisk<chat::XmppTimings>();
        t.pingEvery = std::chrono::milliseconds(700);
        t.pongWithin = std::chrono::milliseconds(4'000);
        t.joinWithin = t.answerWithin;
        t.patience = std::chrono::milliseconds(500);
        t.perKibi = std::chrono::milliseconds(1);
        t.burst = 50;
        return t;
    }

    std::unique_ptr<chat::XmppSession> m_raw;
    QProcessEnvironment m_more; ///< of the next start
};

} // namespace qd::test
