// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/ircconnector.h"
#include "platform.h"
#include "serverprocess.h"

#include <QFileInfo>
#include <QTemporaryDir>

namespace qd::test {

/// IRC on a real InspIRCd with Atheme for its services.
class InspircdPlatform final : public Platform {
public:
    std::string server() const override { return firstLine(QStringLiteral("/usr/bin/dpkg-query"), {QStringLiteral("-Wf"), QStringLiteral("${Package} ${Version} "), QStringLiteral("inspircd"), QStringLiteral("atheme-services")}); }
    std::string start() override
    {
        for (const auto &[program, package] : {std::pair{"/usr/sbin/inspircd", "inspircd"}, {"/usr/bin/atheme-services", "atheme-services"}})
            if (!QFileInfo(QString::fromLatin1(program)).isExecutable())
                return std::string(program) + " is missing: install the Debian package " + package;
        const bool first = m_port == 0;
        if (first) {
            m_port = freePort();
            m_tlsPort = freePort();
            m_linkPort = freePort();
        }
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QD_IRC_TLS_PORT"), QString::number(m_tlsPort));
        environment.insert(QStringLiteral("QD_IRC_LINK_PORT"), QString::number(m_linkPort));
        const QString script = QStringLiteral(QD_SOURCE_DIR "/tests/e2e/inspircd.sh");
        std::string trouble = m_server.start(script, {m_dir.path(), QString::number(m_port)}, m_port, environment);
        if (trouble.empty() && first)
            trouble = m_services.start(script, {m_dir.path(), QString::number(m_port), QStringLiteral("services")}, 0, environment);
        if (trouble.empty() && !m_relay)
            m_relay = std::make_unique<TcpRelay>(m_port);
        return trouble.empty() ? waitForServices() : "inspircd: " + trouble;
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
        return make(user, "wss://" + host + ':' + std::to_string(m_tlsPort) + '/', {}, caFile);
    }
    std::string password(const std::string &user) const override { return "pw-" + user; }
    std::string idOf(const std::string &user) const override { return user + "@irc.test"; }
    std::string nobody() const override { return "nobody@irc.test"; }
    std::string roomAddress(const std::string &name) const override { return name + "@irc.test"; }
    std::string sendHostile(const std::string &, const std::string &) override
    {
        return "the server itself lets through no line that is longer than we read";
    }

    chat::IrcSettings settings(const std::string &user) const
    {
        chat::IrcSettings s;
        s.name = "room";
        s.url = url(m_port);
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
            auto probe = make("dba", url(m_port), {}, {});
            probe->open();
            if (QTest::qWaitFor([&] { return probe->state() == chat::ConnectorState::Live || probe->state() == chat::ConnectorState::Degraded; }, 5000)
                && probe->state() == chat::ConnectorState::Live)
                return {};
            QTest::qWait(50);
        }
        return "the services did not link to the server";
    }
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile)
    {
        chat::IrcSettings s = settings(user);
        s.url = url;
        s.caFile = caFile;
        if (!password.empty())
            s.password = Secret(password);
        auto made = chat::IrcConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
    static std::string url(quint16 port) { return "ws://127.0.0.1:" + std::to_string(port) + '/'; }
    static chat::IrcTimings timings()
    {
        using std::chrono::milliseconds;
        chat::IrcTimings t;
        t.attempt = milliseconds(5000);
        t.pingEvery = milliseconds(700);
        t.pongWithin = milliseconds(700);
        t.answerWithin = milliseconds(4000);
        t.confirmWithin = milliseconds(1500);
        t.backoffBase = milliseconds(50);
        t.backoffCap = milliseconds(400);
        t.rejoinAfter = milliseconds(500);
        t.nickEvery = milliseconds(300);
        t.perLine = milliseconds(1);
        t.burst = 50;
        return t;
    }

    QTemporaryDir m_dir;
    quint16 m_port = 0, m_tlsPort = 0, m_linkPort = 0;
    ServerProcess m_server, m_services;
    SystemClock m_clock;
    SystemRandom m_random;
};

} // namespace qd::test
