// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/websockettransport.h"
#include "core/chat/xmppconnector.h"
#include "platform.h"
#include "serverprocess.h"

#include <QFileInfo>
#include <QTemporaryDir>

namespace qd::test {

/// XMPP on a real prosody.
class ProsodyPlatform final : public Platform {
public:
    std::string server() const override { return firstLine(QStringLiteral("/usr/bin/dpkg-query"), {QStringLiteral("-Wf"), QStringLiteral("prosody ${Version}"), QStringLiteral("prosody")}); }
    std::string start() override
    {
        if (!QFileInfo(QStringLiteral("/usr/bin/prosody")).isExecutable())
            return "/usr/bin/prosody is missing: install the Debian package prosody";
        if (!m_port) {
            m_port = freePort();
            m_tlsPort = freePort();
        }
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QD_XMPP_TLS_PORT"), QString::number(m_tlsPort));
        const std::string trouble = m_server.start(QStringLiteral(QD_SOURCE_DIR "/tests/e2e/prosody.sh"), {m_dir.path(), QString::number(m_port)}, m_port, environment);
        if (trouble.empty() && !m_relay)
            m_relay = std::make_unique<TcpRelay>(m_port);
        return trouble.empty() ? trouble : "prosody: " + trouble;
    }
    void kill() override { m_server.kill(); }
    void freeze() override { m_server.signal(SIGSTOP); }
    void thaw() override { m_server.signal(SIGCONT); }

    std::unique_ptr<chat::ChatConnector> connector(const std::string &user, Via via, const std::string &password) override
    {
        return make(user, url(via == Via::Relay ? m_relay->port() : m_port), password, {});
    }
    std::unique_ptr<chat::ChatConnector> tlsConnector(const std::string &user, Trust trust) override
    {
        // The certificate names localhost and 127.0.0.1; 127.0.0.2 reaches the same server.
        const std::string host = trust == Trust::WrongName ? "127.0.0.2" : "localhost";
        const std::string caFile = trust == Trust::SystemOnly ? std::string() : m_dir.filePath(QStringLiteral("certs/ca.pem")).toStdString();
        return make(user, "wss://" + host + ':' + std::to_string(m_tlsPort) + "/xmpp-websocket", {}, caFile);
    }
    std::string password(const std::string &user) const override { return "pw-" + user; }
    std::string idOf(const std::string &user) const override { return user + "@localhost"; }
    std::string nobody() const override { return "nobody@localhost"; }
    std::string roomAddress(const std::string &name) const override { return name + "@conference.localhost"; }

    /// A message nested deeper than we read; prosody hands it on.
    std::string sendHostile(const std::string &user, const std::string &room) override
    {
        chat::WebSocketLine line;
        line.url = QUrl(QString::fromStdString(url(m_port)));
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
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password,
                                              const std::string &caFile)
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
    static std::string url(quint16 port) { return "ws://127.0.0.1:" + std::to_string(port) + "/xmpp-websocket"; }
    static chat::XmppTimings timings()
    {
        using std::chrono::milliseconds;
        chat::XmppTimings t;
        t.attempt = milliseconds(5000);
        t.pingEvery = milliseconds(700);
        t.pongWithin = milliseconds(700);
        t.answerWithin = milliseconds(4000);
        t.joinWithin = milliseconds(4000);
        t.confirmWithin = milliseconds(1500);
        t.backoffBase = milliseconds(50);
        t.backoffCap = milliseconds(400);
        t.rejoinAfter = milliseconds(500);
        return t;
    }
    QTemporaryDir m_dir;
    quint16 m_port = 0, m_tlsPort = 0;
    ServerProcess m_server;
    std::unique_ptr<chat::XmppSession> m_raw;
    SystemClock m_clock;
    SystemRandom m_random;
};

} // namespace qd::test
