// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/controlverbs.h"

#include "app/quarterdeck/secretpipe.h"

#include <QProcess>
#include <fcntl.h>
#include <memory>

namespace qd::app {

namespace {

/// The sentence the program ended with, without its name; what it says in passing stands above it.
QString refusalOf(const QByteArray &errors)
{
    return QString::fromUtf8(errors).trimmed().section(QLatin1Char('\n'), -1).remove(QStringLiteral("quarterdeckctl: "));
}

} // namespace

ControlVerbs::ControlVerbs(QString program, QString home, QString as, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_home(std::move(home))
    , m_as(std::move(as))
{
}

void ControlVerbs::run(const QStringList &verb, std::vector<Sealed> secrets, Answer answer)
{
    QStringList arguments{QStringLiteral("--home"), m_home};
    if (!m_as.isEmpty())
        arguments << QStringLiteral("--as") << m_as;
    arguments << verb;
    std::vector<std::unique_ptr<SecretPipe>> pipes;
    std::vector<int> readers;
    for (const Sealed &sealed : secrets) {
        pipes.push_back(std::make_unique<SecretPipe>(sealed.secret));
        if (!pipes.back()->holds())
            return answer(false, {}, tr("The secret could not be handed on; nothing was done."));
        readers.push_back(pipes.back()->reader());
        arguments << sealed.option << QStringLiteral("/dev/fd/%1").arg(readers.back());
    }
    auto *process = new QProcess(this);
    process->setProgram(m_program);
    process->setArguments(arguments);
    process->setStandardInputFile(QProcess::nullDevice());
    process->setChildProcessModifier([readers] {
        for (const int reader : readers)
            ::fcntl(reader, F_SETFD, 0); // these are for the program
    });
    connect(process, &QProcess::finished, this, [process, answer](int code, QProcess::ExitStatus status) {
        const QString said = QString::fromUtf8(process->readAllStandardOutput()), why = refusalOf(process->readAllStandardError());
        process->deleteLater();
        const bool done = status == QProcess::NormalExit && code == 0;
        answer(done, said, done ? QString() : !why.isEmpty() ? why : tr("quarterdeckctl ended with code %1 and said nothing.").arg(code));
    });
    connect(process, &QProcess::errorOccurred, this, [process, answer](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        const QString why = process->errorString();
        process->deleteLater();
        answer(false, {}, tr("quarterdeckctl could not be started: %1").arg(why));
    });
    process->start(); // it has its ends of the pipes when this returns
}

} // namespace qd::app
