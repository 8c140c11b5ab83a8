// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/coreprocess.h"

#include <QFileInfo>
#include <QProcess>

namespace qd::app {

CoreProcess::CoreProcess(QString program, QString home, QStringList arguments, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_home(std::move(home)), m_arguments(std::move(arguments))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_wanted)
            start();
    });
}

void CoreProcess::ensure()
{
    m_wanted = true;
    if (!m_patience.isActive())
        start();
}

void CoreProcess::rest()
{
    m_wanted = false;
}

void CoreProcess::start()
{
    m_patience.start();
    if (!QFileInfo(m_program).isExecutable()) {
        Q_EMIT failed(tr("The core's program is missing: %1. Build or install quarterdeckctl beside quarterdeck.").arg(m_program));
        return;
    }
    QProcess process;
    process.setProgram(m_program);
    process.setArguments(QStringList{QStringLiteral("--home"), m_home, QStringLiteral("serve")} + m_arguments);
    // What the core says goes to its log in the home, not to a terminal that may close.
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(m_home + QStringLiteral("/core.log"), QIODevice::Append);
    if (!process.startDetached())
        Q_EMIT failed(tr("The core could not be started: %1").arg(process.errorString()));
}

} // namespace qd::app
