// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/freeport.h"
#include "tests/support/patience.h"

#include <QDeadlineTimer>
#include <QProcess>
#include <QTcpSocket>
#include <QTest>
#include <signal.h>

#include <memory>
#include <string>

namespace qd::test {

/// What the first line of a program's answer to `arguments` says, "" when it says nothing.
inline std::string firstLine(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.waitForFinished();
    return process.readAll().split('\n').value(0).trimmed().toStdString();
}

/// A server as a child of the test, which dies with it.
class ServerProcess final {
public:
    ~ServerProcess() { kill(); }

    /// "" once `port` accepts (0: at once), else what it said instead.
    [[nodiscard]] std::string start(const QString &program, const QStringList &arguments, quint16 port, const QProcessEnvironment &environment)
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessEnvironment(environment);
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        m_process->start(program, arguments);
        if (port == 0)
            return {};
        const QDeadlineTimer deadline(2 * tests::kPatience);
        while (!deadline.hasExpired()) {
            QTcpSocket probe;
            probe.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
            if (probe.waitForConnected(200)) {
                probe.abort();
                return {};
            }
            if (m_process->state() == QProcess::NotRunning)
                break;
            QTest::qWait(20);
        }
        return "it did not start: " + m_process->readAll().toStdString();
    }
    void kill()
    {
        if (!m_process)
            return;
        signal(SIGCONT);
        m_process->kill();
        m_process->waitForFinished();
        m_process.reset();
    }
    void signal(int number)
    {
        if (m_process && m_process->processId() > 0)
            ::kill(static_cast<pid_t>(m_process->processId()), number);
    }

private:
    std::unique_ptr<QProcess> m_process;
};

} // namespace qd::test
