// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/slackconnector.h"
#include "platform.h"
#include "serverprocess.h"

#include <QFileInfo>
#include <QTemporaryDir>

namespace qd::test {

/// Slack, as the fake plays it that Slack's own clients accept (tests/e2e/lab_slack.py, tests/judges/slack.mjs): there is no Slack to install.
class SlackPlatform final : public Platform {
public:
    std::string server() const override { return "a fake, judged by @slack/socket-mode and @slack/web-api"; }
    std::string start() override
    {
        if (!QFileInfo(QStringLiteral("/usr/bin/python3")).isExecutable())
            return "/usr/bin/python3 is missing: install the Debian package python3";
        if (!m_port) {
            m_port = freePort();
            m_tlsPort = freePort();
            QProcess::execute(QStringLiteral(QD_SOURCE_DIR "/tests/e2e/certificate.sh"), {m_dir.path()});
        }
        const std::string trouble = m_server.start(QStringLiteral("/usr/bin/python3"),
                                                   {QStringLiteral("-B"), QStringLiteral(QD_SOURCE_DIR "/tests/e2e/lab_slack.py"), m_dir.path(), QString::number(m_port),
                                                    QString::number(m_tlsPort), m_dir.filePath(QStringLiteral("localhost.crt")), m_dir.filePath(QStringLiteral("localhost.key"))},
                                                   m_port, QProcessEnvironment::systemEnvironment());
        if (trouble.empty() && !m_relay)
            m_relay = std::make_unique<TcpRelay>(m_port);
        return trouble.empty() ? trouble : "the fake of Slack: " + trouble;
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
        const std::string host = trust == Trust::WrongName ? "127.0.0.2" : "localhost";
        const std::string caFile = trust == Trust::SystemOnly ? std::string() : m_dir.filePath(QStringLiteral("ca.pem")).toStdString();
        return make(user, "https://" + host + ':' + std::to_string(m_tlsPort) + "/api", {}, caFile);
    }
    std::string password(const std::string &user) const override { return user; }
    std::string idOf(const std::string &user) const override { return 'u' + std::string(9 - user.size(), '0') + user + "@acme.slack.com"; }
    bool vouchesForConnectors() const override { return false; }
    std::string nobody() const override { return "u0nobody00@acme.slack.com"; }
    std::string roomAddress(const std::string &name) const override { return name + "@acme.slack.com"; }
    std::string sendHostile(const std::string &, const std::string &) override { return "Slack itself bounds what a message may be"; }

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile)
    {
        chat::SlackSettings s;
        s.name = "room";
        s.url = url;
        s.workspace = "acme.slack.com";
        s.botToken = Secret("xoxb-" + (password.empty() ? user : password));
        s.appToken = Secret("xapp-" + user);
        s.caFile = caFile;
        s.timings = timings();
        auto made = chat::SlackConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
    static std::string url(quint16 port) { return "http://127.0.0.1:" + std::to_string(port) + "/api"; }
    static chat::SlackTimings timings()
    {
        using std::chrono::milliseconds;
        chat::SlackTimings t;
        t.attempt = milliseconds(4000);
        t.youngFor = milliseconds(1);
        t.answerWithin = milliseconds(4000);
        t.confirmWithin = milliseconds(1500);
        t.backoffBase = milliseconds(50);
        t.backoffCap = milliseconds(400);
        t.rejoinAfter = milliseconds(500);
        t.perMessage = milliseconds(1);
        t.pingInterval = millis(500);
        t.pongDeadline = millis(1200);
        return t;
    }

    QTemporaryDir m_dir;
    quint16 m_port = 0, m_tlsPort = 0;
    ServerProcess m_server;
    SystemClock m_clock;
    SystemRandom m_random;
};

} // namespace qd::test
