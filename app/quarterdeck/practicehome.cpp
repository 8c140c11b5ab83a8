// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/practicehome.h"

namespace qd::app {

PracticeHome::PracticeHome(QString controlProgram, QString path, double speed, QObject *parent)
    : QObject(parent), m_program(std::move(controlProgram)), m_path(std::move(path)), m_speed(speed)
{
    connect(&m_maker, &QProcess::finished, this, &PracticeHome::onMade);
    connect(&m_maker, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT failed(tr("The practice home cannot be made: %1 does not start.").arg(m_program));
    });
    m_player.setProcessChannelMode(QProcess::ForwardedErrorChannel);
}

PracticeHome::~PracticeHome()
{
    for (QProcess *p : {&m_maker, &m_player}) {
        p->disconnect(this);
        p->terminate();
        p->waitForFinished(1000);
    }
    if (m_joined)
        return; // whoever began it ends it
    QProcess::startDetached(m_program, {QStringLiteral("--home"), m_path, QStringLiteral("practice"), QStringLiteral("stop")});
}

void PracticeHome::prepare()
{
    m_maker.start(m_program, {QStringLiteral("--home"), m_path, QStringLiteral("practice"), QStringLiteral("new"), QStringLiteral("--join")});
}

void PracticeHome::onMade(int exitCode, QProcess::ExitStatus status)
{
    if (exitCode != 0 || status != QProcess::NormalExit) {
        // Its own last sentence: a window has no line above it.
        const QString said = QString::fromUtf8(m_maker.readAllStandardError()).trimmed().section(QLatin1Char('\n'), -1).remove(QStringLiteral("quarterdeckctl: "));
        Q_EMIT failed(said.isEmpty() ? tr("The practice home %1 cannot be made.").arg(m_path) : said);
    } else {
        m_joined = m_maker.readAllStandardOutput().startsWith("joined");
        Q_EMIT prepared();
    }
}

void PracticeHome::play()
{
    if (m_played || m_joined)
        return;
    m_played = true;
    m_player.start(m_program, {QStringLiteral("--home"), m_path, QStringLiteral("practice"), QStringLiteral("play"), QStringLiteral("--speed"),
                               QString::number(m_speed)});
}

} // namespace qd::app
