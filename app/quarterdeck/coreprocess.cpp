// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/coreprocess.h"

#include "app/quarterdeck/secretpipe.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace qd::app {

namespace {

constexpr int kPatienceMs = 4000;     ///< a core just started gets this long before another try
constexpr int kMostPatienceMs = 30'000; ///< between tries when it keeps failing
constexpr qint64 kLogTail = 8 * 1024;

/// The last sentence the core's program wrote to its log since `from`.
QString lastSentence(const QString &path, qint64 from)
{
    QFile log(path);
    if (!log.open(QIODevice::ReadOnly))
        return {};
    log.seek(std::max(from, log.size() - kLogTail));
    const QByteArray prefix = QByteArrayLiteral("quarterdeckctl: ");
    QByteArray found;
    for (const QByteArray &line : log.read(kLogTail).split('\n'))
        if (line.startsWith(prefix))
            found = line.mid(prefix.size());
    return QString::fromUtf8(found).trimmed();
}

} // namespace

CoreProcess::CoreProcess(QString program, QString home, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_home(std::move(home))
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_wanted && !m_locked && m_process == nullptr)
            start({});
    });
}

CoreProcess::~CoreProcess()
{
    // A QProcess that dies kills its child; this one must not, so it is let go of instead.
    if (m_process != nullptr) {
        m_process->disconnect(this);
        m_process->setParent(nullptr);
    }
}

QString CoreProcess::logFile() const
{
    return m_home + QStringLiteral("/core.log");
}

void CoreProcess::ensure()
{
    m_wanted = true;
    if (!m_locked && !m_patience.isActive() && m_process == nullptr)
        start({});
}

void CoreProcess::rest()
{
    m_wanted = false;
    m_locked = false;
    m_failures = 0;
    m_patience.stop();
}

void CoreProcess::unlock(Secret passphrase)
{
    if (m_process == nullptr)
        start(passphrase);
}

void CoreProcess::tryAgain()
{
    m_patience.start(std::min(kMostPatienceMs, kPatienceMs << std::min(m_failures, 3)));
    ++m_failures;
}

void CoreProcess::start(const Secret &passphrase)
{
    if (!QFileInfo(m_program).isExecutable()) {
        Q_EMIT failed(tr("The core's program is missing: %1. Build or install quarterdeckctl beside quarterdeck.").arg(m_program));
        return tryAgain();
    }
    const SecretPipe pipe(passphrase);
    QStringList arguments{QStringLiteral("--home"), m_home};
    if (pipe.holds())
        arguments << QStringLiteral("--passphrase-fd") << QString::number(pipe.reader());
    auto *process = new QProcess(this);
    process->setProgram(m_program);
    process->setArguments(arguments << QStringLiteral("serve"));
    process->setStandardInputFile(QProcess::nullDevice());
    // What the core says goes to its log in the home, not to a terminal that may close.
    process->setStandardErrorFile(logFile(), QIODevice::Append);
    process->setChildProcessModifier([reader = pipe.holds() ? pipe.reader() : -1] {
        ::setsid();
        if (reader >= 0)
            ::fcntl(reader, F_SETFD, 0); // this one is for the core
    });
    const qint64 logFrom = QFileInfo(logFile()).size();
    const bool withPassphrase = pipe.holds();
    connect(process, &QProcess::finished, this, [this, process, withPassphrase, logFrom] { onEnded(process, withPassphrase, logFrom); });
    connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        Q_EMIT failed(tr("The core could not be started: %1").arg(process->errorString()));
        process->deleteLater();
        m_process = nullptr;
        tryAgain();
    });
    m_process = process;
    process->start();
}

void CoreProcess::onEnded(QProcess *process, bool withPassphrase, qint64 logFrom)
{
    const bool isLocked = process->readAllStandardOutput().startsWith("locked");
    const bool killed = process->exitStatus() != QProcess::NormalExit;
    const int code = process->exitCode();
    process->deleteLater();
    m_process = nullptr;
    if (isLocked) {
        m_locked = true;
        Q_EMIT locked(withPassphrase ? lastSentence(logFile(), logFrom) : QString());
        return;
    }
    if (m_wanted && (killed || code != 0)) {
        const QString why = lastSentence(logFile(), logFrom);
        Q_EMIT failed(!why.isEmpty() ? why : killed ? tr("The core was killed.") : tr("The core ended with code %1.").arg(code));
    }
    tryAgain(); // does nothing when a core answers by then
}

} // namespace qd::app
