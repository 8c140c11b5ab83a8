// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "platform.h"
#include "serverprocess.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace qd::test {

/// The system's clock, set wrong.
class SkewedClock final : public Clock {
public:
    Span ahead;
    [[nodiscard]] Instant now() const override { return m_system.now() + ahead; }
    [[nodiscard]] Span boot() const override { return m_system.boot(); }

private:
    SystemClock m_system;
};

/// A platform that one process of the test serves, plain on one port and over TLS on another. Its certificate names localhost and
/// 127.0.0.1; 127.0.0.2 reaches the same server.
class ServedPlatform : public Platform {
public:
    void kill() override { m_server.kill(); }
    void freeze() override { m_server.signal(SIGSTOP); }
    void thaw() override { m_server.signal(SIGCONT); }
    void skewClock(Span ahead) override { m_clock.ahead = ahead; }

    std::unique_ptr<chat::ChatConnector> connector(const std::string &user, Via via, const std::string &password) override
    {
        return make(user, url(false, "127.0.0.1:" + std::to_string(via == Via::Relay ? m_relay->port() : m_port)), password, {});
    }
    std::unique_ptr<chat::ChatConnector> tlsConnector(const std::string &user, Trust trust) override
    {
        const std::string host = trust == Trust::WrongName ? "127.0.0.2:" : "localhost:";
        return make(user, url(true, host + std::to_string(m_tlsPort)), {}, trust == Trust::SystemOnly ? std::string() : m_dir.filePath(m_roots).toStdString());
    }

protected:
    /// `roots`: where the authority of its certificate stands in its folder.
    explicit ServedPlatform(const char *roots) : m_roots(QString::fromLatin1(roots)) {}

    /// A connector of a user to this address; "" for a password is the right one.
    [[nodiscard]] virtual std::unique_ptr<chat::ChatConnector> make(const std::string &user, const std::string &url, const std::string &password, const std::string &caFile) = 0;
    [[nodiscard]] virtual std::string url(bool secure, const std::string &host) const = 0;

    /// What its first start has to find; true then.
    bool takePorts()
    {
        if (m_port)
            return false;
        m_port = freePort();
        m_tlsPort = freePort();
        return true;
    }
    /// Starts the process and, for connectors that go through it, the relay.
    [[nodiscard]] std::string launch(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        const std::string trouble = m_server.start(program, arguments, m_port, environment);
        if (trouble.empty() && !m_relay)
            m_relay = std::make_unique<TcpRelay>(m_port);
        return trouble;
    }
    /// Timings fit for tests, as far as every platform has them: so short that what is over is found to be, and so long that a machine with much to do answers in time.
    template <typename Timings>
    [[nodiscard]] static Timings brisk()
    {
        using std::chrono::milliseconds;
        Timings t;
        t.attempt = milliseconds(10'000);
        t.answerWithin = milliseconds(5'000);
        if constexpr (requires { t.reuseWithin; })
            t.reuseWithin = std::chrono::seconds(0);
        t.confirmWithin = milliseconds(6'000);
        t.backoffBase = milliseconds(50);
        t.backoffCap = milliseconds(400);
        t.rejoinAfter = milliseconds(500);
        return t;
    }

    QTemporaryDir m_dir;
    quint16 m_port = 0, m_tlsPort = 0;
    ServerProcess m_server;
    SkewedClock m_clock;
    SystemRandom m_random;

private:
    QString m_roots;
};

/// A platform there is no server of, as a fake in tests/e2e plays it that the vendor's own client accepts.
class FakePlatform : public ServedPlatform {
public:
    std::string server() const override { return "a fake, judged by " + m_judge; }
    std::string start() override
    {
        if (!QFileInfo(QStringLiteral("/usr/bin/python3")).isExecutable())
            return "/usr/bin/python3 is missing: install the Debian package python3";
        if (takePorts())
            QProcess::execute(QStringLiteral(QD_SOURCE_DIR "/tests/e2e/certificate.sh"), {m_dir.path()});
        const std::string trouble = launch(QStringLiteral("/usr/bin/python3"),
                                           {QStringLiteral("-B"), QStringLiteral(QD_SOURCE_DIR "/tests/e2e/") + QString::fromStdString(m_script), m_dir.path(), QString::number(m_port),
                                            QString::number(m_tlsPort), m_dir.filePath(QStringLiteral("localhost.crt")), m_dir.filePath(QStringLiteral("localhost.key"))});
        return trouble.empty() ? trouble : m_script + ": " + trouble;
    }
    std::string password(const std::string &user) const override { return user; }
    bool fill(const std::string &room, int messages) override
    {
        return tell("fill", {{QStringLiteral("user"), QString::fromStdString(speaker())}, {QStringLiteral("channel"), nameOf(room)}, {QStringLiteral("times"), messages}});
    }
    bool rename(const std::string &room, const std::string &name) override
    {
        return tell("rename", {{QStringLiteral("channel"), nameOf(room)}, {QStringLiteral("name"), QString::fromStdString(name)}});
    }
    bool endRoom(const std::string &room) override { return tell("end", {{QStringLiteral("channel"), nameOf(room)}}); }
    std::string garbleAnswer() override { return tell("garble", {{QStringLiteral("times"), 1}}) ? std::string() : "the fake did not hear it"; }
    QByteArray garbage() const override { return "{\"type\":\"hello"; }
    QByteArray padding(std::size_t bytes) const override
    {
        const QByteArray head = "{\"op\":11,\"pad\":\"", tail = "\"}";
        return head + QByteArray(static_cast<qsizetype>(bytes) - head.size() - tail.size(), 'x') + tail;
    }

protected:
    FakePlatform(std::string script, std::string judge) : ServedPlatform("ca.pem"), m_script(std::move(script)), m_judge(std::move(judge)) {}

    std::string url(bool secure, const std::string &host) const override { return (secure ? "https://" : "http://") + host; }
    /// Who "bob" is to the fake's own door.
    [[nodiscard]] virtual std::string speaker() const { return "bob"; }
    [[nodiscard]] static QString nameOf(const std::string &room) { return QString::fromStdString(room.substr(0, room.find('@'))); }
    /// By the fake's own door; whether it was done.
    bool tell(const char *what, const QJsonObject &given)
    {
        const QByteArray body = QJsonDocument(given).toJson(QJsonDocument::Compact);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
        socket.write("POST /lab/" + QByteArray(what) + " HTTP/1.1\r\nHost: lab\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        while (!answer.contains('\n') && socket.waitForReadyRead(20'000))
            answer += socket.readAll();
        return answer.startsWith("HTTP/1.1 200");
    }

private:
    std::string m_script, m_judge;
};

} // namespace qd::test
