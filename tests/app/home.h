// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QUrl>
#include <QtTest>
#include <csignal>
#include <memory>

/// The real program, run as a script runs it.
namespace qd::tests {

/// How long a machine with much to do is waited for. Nothing here is a claim about time.
constexpr int kProgramPatience = 120'000;

struct Ran {
    int exit = -1;
    QByteArray out, err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

inline QString program()
{
    return QStringLiteral(QD_BINARY_DIR "/bin/quarterdeckctl");
}

inline Ran run(const QStringList &arguments)
{
    QProcess p;
    p.start(program(), arguments);
    Ran r;
    if (!p.waitForFinished(kProgramPatience)) {
        p.kill();
        p.waitForFinished();
        return r;
    }
    r.exit = p.exitStatus() == QProcess::NormalExit ? p.exitCode() : -1;
    r.out = p.readAllStandardOutput();
    r.err = p.readAllStandardError();
    return r;
}

/// A home of its own, and the core that serves it.
class Home {
public:
    Home() { m_options = {QStringLiteral("--home"), path()}; }
    ~Home() { stop(); }

    [[nodiscard]] QString path() const { return m_dir.filePath(QStringLiteral("home")); }
    void unlockWith(const QStringList &options) { m_options += options; }
    [[nodiscard]] Ran ctl(const QStringList &arguments) const { return run(m_options + arguments); }
    [[nodiscard]] Ran ctl(const char *line) const { return ctl(QString::fromUtf8(line).split(QLatin1Char(' '))); }

    bool serve()
    {
        m_core = std::make_unique<QProcess>();
        m_core->start(program(), m_options + QStringList{QStringLiteral("serve")});
        QByteArray line;
        while (!line.endsWith('\n') && m_core->waitForReadyRead(kProgramPatience))
            line += m_core->readAllStandardOutput();
        if (!line.startsWith("ready "))
            return false;
        m_ready = QJsonDocument::fromJson(line.mid(6)).object();
        return true;
    }
    [[nodiscard]] QString ready(const char *name) const { return m_ready.value(QLatin1String(name)).toString(); }
    /// The exit code of the core.
    int stop(int signal = SIGTERM)
    {
        if (!m_core)
            return -1;
        ::kill(static_cast<pid_t>(m_core->processId()), signal);
        m_core->waitForFinished(kProgramPatience);
        const int code = m_core->exitStatus() == QProcess::NormalExit ? m_core->exitCode() : -2;
        m_core.reset();
        return code;
    }

private:
    QTemporaryDir m_dir;
    QStringList m_options;
    std::unique_ptr<QProcess> m_core;
    QJsonObject m_ready;
};

/// The status of a POST over a plain socket.
inline int post(const QString &url, const QByteArray &body)
{
    const QUrl u(url);
    QTcpSocket s;
    s.connectToHost(u.host(), static_cast<quint16>(u.port()));
    if (!s.waitForConnected(kProgramPatience))
        return -1;
    s.write("POST " + u.path().toUtf8() + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    while (!answer.contains("\r\n") && s.waitForReadyRead(kProgramPatience))
        answer += s.readAll();
    return answer.mid(9, 3).toInt();
}

inline QByteArray alertBody(const char *name)
{
    return QByteArray(R"([{"labels":{"alertname":")") + name + R"(","severity":"critical","service":"shop"},"annotations":{"summary":"It is down"}}])";
}

inline QJsonArray items(const Ran &r)
{
    return r.json().value(QStringLiteral("items")).toArray();
}

inline QString text(const QJsonValue &o, const char *name)
{
    return o.toObject().value(QLatin1String(name)).toString();
}

inline void write(const QString &path, const QByteArray &bytes)
{
    QFile f(path);
    QVERIFY(f.open(QIODevice::WriteOnly | QIODevice::Truncate));
    f.write(bytes);
}

} // namespace qd::tests
