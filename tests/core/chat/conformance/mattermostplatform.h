// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/mattermostconnector.h"
#include "platform.h"
#include "serverprocess.h"

#include <QFileInfo>
#include <QTemporaryDir>

namespace qd::test {

/// Mattermost, as the fake plays it that its own client accepts (tests/e2e/lab_mattermost.py, tests/judges/mattermost.mjs): Debian has no server.
class MattermostPlatform final : public Platform {
public:
    std::string server() const override { return "a fake, judged by @mattermost/client"; }
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
                                                   {QStringLiteral("-B"), QStringLiteral(QD_SOURCE_DIR "/tests/e2e/lab_mattermost.py"), m_dir.path(), QString::number(m_port),
                                                    QString::number(m_tlsPort), m_dir.filePath(QStringLiteral("localhost.crt")), m_dir.filePath(QStringLiteral("localhost.key"))},
                                                   m_port, QProcessEnvironment::systemEnvironment());
        if (trouble.empty() && !m_relay)
            m_relay = std::make_unique<TcpRelay>(m_port);
        return trouble.empty() ? trouble : "the fake of Mattermost: " + trouble;
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
        return make(user, "https://" + host + ':' + std::to_string(m_tlsPort), {}, caFile);
    }
    std::string password(const std::string &user) const override { return user; }
    std::string idOf(const std::string &user) const override { return "user" + std::string(22 - user.size(), '0') + user + "@chat.test"; }
    std::string nobody() const override { return std::string(26, 'x') + "@chat.test"; }
    std::string roomAddress(const std::string &name) const override { return name + "@chat.test"; }
    std::string sendHostile(const std::string &, const std::string &) override { return "Mattermost itself bounds what a post may be"; }

    [[nodiscard]] quint16 port() const { return m_port; }

private:
    std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile)
    {
        chat::MattermostSettings s;
        s.name = "room";
        s.url = url;
        s.server = "chat.test";
        s.team = "ops";
        s.token = Secret("token-" + (password.empty() ? user : password));
        s.caFile = caFile;
        s.timings = timings();
        auto made = chat::MattermostConnector::make(std::move(s), m_clock, m_random);
        return made ? std::move(*made) : nullptr;
    }
    static std::string url(quint16 port) { return "http://127.0.0.1:" + std::to_string(port); }
    static chat::MattermostTimings timings()
    {
        using std::chrono::milliseconds;
        chat::MattermostTimings t;
        t.attempt = milliseconds(4000);
        t.pingEvery = milliseconds(700);
        t.pongWithin = milliseconds(700);
        t.answerWithin = milliseconds(4000);
        t.confirmWithin = milliseconds(1500);
        t.backoffBase = milliseconds(50);
        t.backoffCap = milliseconds(400);
        t.rejoinAfter = milliseconds(500);
        return t;
    }

    QTemporaryDir m_dir;
    quint16 m_port = 0, m_tlsPort = 0;
    ServerProcess m_server;
    SystemClock m_clock;
    SystemRandom m_random;
};

} // namespace qd::test
