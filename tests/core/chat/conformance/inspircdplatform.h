// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/ircconnector.h"
#include "servedplatform.h"

namespace qd::test {

/// IRC on a real InspIRCd with Atheme for its services.
class InspircdPlatform final : public ServedPlatform {
public:
    InspircdPlatform() : ServedPlatform("certs/ca.pem") {}

    std::string server() const override { return firstLine(QStringLiteral("/usr/bin/dpkg-query"), {QStringLiteral("-Wf"), QStringLiteral("${Package} ${Version} "), QStringLiteral("inspircd"), QStringLiteral("atheme-services")}); }
    std::string start() override
    {
        for (const auto &[program, package] : {std::pair{"/usr/sbin/inspircd", "inspircd"}, {"/usr/bin/atheme-services", "atheme-services"}})
            if (!QFileInfo(QString::fromLatin1(program)).isExecutable())
                return std::string(program) + " is missing: install the Debian package " + package;
        const bool first = takePorts();
        if (first)
            m_linkPort = freePort();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (m_flood)
            environment.insert(QStringLiteral("QD_IRC_FLOOD"), QString::number(kFaster));
        environment.insert(QStringLiteral("QD_IRC_TLS_PORT"), QString::number(m_tlsPort));
        environment.insert(QStringLiteral("QD_IRC_LINK_PORT"), QString::number(m_linkPort));
        const QString script = QStringLiteral(QD_SOURCE_DIR "/tests/e2e/inspircd.sh");
        std::string trouble = launch(script, {m_dir.path(), QString::number(m_port)}, environment);
        if (trouble.empty() && first)
            trouble = m_services.start(script, {m_dir.path(), QString::number(m_port), QStringLiteral("services")}, 0, environment);
        return trouble.empty() ? waitForServices() : "inspircd: " + trouble;
    }
    std::string password(const std::string &user) const override { return "pw-" + user; }
    std::string idOf(const std::string &user) const override { return user + "@irc.test"; }
    std::string nobody() const override { return "nobody@irc.test"; }
    std::string roomAddress(const std::string &name) const override { return name + "@irc.test"; }
    std::string sendHostile(const std::string &, const std::string &) override
    {
        return "the server itself lets through no line that is longer than we read";
    }

    bool fill(const std::string &, int) override { return false; }
    std::size_t keeps() const override { return 100; }
    /// From now on it ends whoever floods, and its connectors are as slow as everybody's: both as in life, but faster.
    std::string limitWrites(const std::string &) override
    {
        kill();
        m_flood = true;
        if (const std::string trouble = start(); !trouble.empty())
            return trouble;
        return "a server refuses nothing as too much: it ends the line of whoever floods, and is written to so slowly that it does not";
    }
    std::string garbleAnswer() override { return "what is written comes back by the line itself"; }
    QByteArray garbage() const override { return "@+=;;= :"; }
    QByteArray padding(std::size_t bytes) const override
    {
        const QByteArray head = ":irc.test NOTICE ic :";
        return head + QByteArray(static_cast<qsizetype>(bytes) - head.size(), 'x');
    }

    chat::IrcSettings settings(const std::string &user) const
    {
        chat::IrcSettings s;
        s.name = "room";
        s.url = url(false, "127.0.0.1:" + std::to_string(m_port));
        s.nick = user;
        s.password = Secret(password(user));
        s.network = "irc.test";
        s.timings = timings();
        return s;
    }

private:
    /// Sign-in is offered once the services have linked.
    std::string waitForServices()
    {
        for (int i = 0; i < 100; ++i) {
            auto probe = connector("dba", Via::Direct, {});
            probe->open();
            if (QTest::qWaitFor([&] { return probe->state() == chat::ConnectorState::Live || probe->state() == chat::ConnectorState::Degraded; }, tests::kPatience)
                && probe->state() == chat::ConnectorState::Live)
                return {};
            QTest::qWait(50);
        }
        return "the services did not link to the server";
    }
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile) override
    {
        chat::IrcSettings s = settings(user);
        s.url = url;
        s.caFile = caFile;
        if (!password.empty())
            s.password = Secret(password);
        auto made = chat::IrcConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
    std::string url(bool secure, const std::string &host) const override { return (secure ? "wss://" : "ws://") + host + '/'; }
    chat::IrcTimings timings() const
    {
        using std::chrono::milliseconds;
        auto t = brisk<chat::IrcTimings>();
        t.pingEvery = milliseconds(700);
        t.pongWithin = milliseconds(4'000);
        t.nickEvery = milliseconds(300);
        t.perLine = m_flood ? chat::IrcTimings().perLine / kFaster : milliseconds(1);
        t.burst = m_flood ? chat::IrcTimings().burst : 50;
        return t;
    }

    static constexpr int kFaster = 5;

    quint16 m_linkPort = 0;
    bool m_flood = false;
    ServerProcess m_services;
};

} // namespace qd::test
