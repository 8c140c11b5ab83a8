// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/options.h"

#include "core/link/protocol.h"
#include "ui/shell/perspectives.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <pwd.h>
#include <unistd.h>

namespace qd::app {

namespace {

QString userName()
{
    const passwd *entry = getpwuid(geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(geteuid());
}

struct Words {
    Q_DECLARE_TR_FUNCTIONS(qd::app)
};

Result<Options> invalid(const QString &sentence)
{
    return fail(Code::Invalid, sentence.toStdString());
}

} // namespace

Result<Options> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("The incident commander's console."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption home(QStringLiteral("home"), Words::tr("The home: journal, keys, workspace."), QStringLiteral("DIR"));
    const QCommandLineOption perspective(QStringLiteral("perspective"), Words::tr("Which perspective to open: command, wall (full screen), review or directory."), QStringLiteral("NAME"),
                                         QStringLiteral("command"));
    const QCommandLineOption screen(QStringLiteral("screen"), Words::tr("On which screen, from 0."), QStringLiteral("N"));
    const QCommandLineOption practice(QStringLiteral("practice"), Words::tr("Play the practice incident, in a home of its own."));
    const QCommandLineOption speed(QStringLiteral("speed"), Words::tr("How fast the practice incident runs, 1 is real time."), QStringLiteral("N"),
                                   QStringLiteral("1"));
    const QCommandLineOption as(QStringLiteral("as"), Words::tr("Who sits here; the user's name when not given."), QStringLiteral("PERSON"), userName());
    const QCommandLineOption render(QStringLiteral("render"), Words::tr("Write HTML from standard input as pdf or odt to standard output, and do nothing else."), QStringLiteral("FORMAT"));
    // For `quarterdeckctl bench`, which is the door to it.
    QCommandLineOption bench(QStringLiteral("bench"), {}, QStringLiteral("NAME")), lines(QStringLiteral("bench-lines"), {}, QStringLiteral("N"), QStringLiteral("0"));
    bench.setFlags(QCommandLineOption::HiddenFromHelp);
    lines.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({home, perspective, screen, practice, speed, as, render, bench, lines});
    if (!parser.parse(arguments))
        return invalid(parser.errorText() + (parser.errorText().endsWith(QLatin1Char('.')) ? QString() : QStringLiteral(".")));
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp(0);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        return invalid(Words::tr("\"%1\" is not understood; see --help.").arg(parser.positionalArguments().constFirst()));

    Options out;
    out.home = QDir(parser.isSet(home) ? parser.value(home) : QString::fromStdString(link::defaultHome().string())).absolutePath();
    out.person = parser.value(as);
    out.named = parser.isSet(as);
    out.controlProgram = QCoreApplication::applicationDirPath() + QStringLiteral("/quarterdeckctl");
    out.perspective = parser.value(perspective);
    if (!shell::perspectiveNamed(out.perspective))
        return invalid(Words::tr("There is no perspective \"%1\"; there are command, wall, review and directory.").arg(out.perspective));
    bool ok = true;
    out.speed = parser.value(speed).toDouble(&ok);
    if (!ok || out.speed < 0.1 || out.speed > 60)
        return invalid(Words::tr("--speed is a number from 0.1 to 60."));
    if (parser.isSet(screen)) {
        out.screen = parser.value(screen).toInt(&ok);
        if (!ok || out.screen < 0)
            return invalid(Words::tr("--screen is a number from 0."));
    }
    out.render = parser.value(render);
    if (!out.render.isEmpty() && out.render != QLatin1String("pdf") && out.render != QLatin1String("odt"))
        return invalid(Words::tr("--render writes pdf or odt."));
    out.bench = parser.value(bench);
    out.benchLines = parser.value(lines).toULongLong(&ok);
    if (!out.bench.isEmpty() && (out.bench != QLatin1String("scrub") || !ok))
        return invalid(Words::tr("There is no such measurement; see quarterdeckctl bench --list."));
    out.homeNamed = parser.isSet(home);
    if (parser.isSet(practice))
        practise(out);
    return out;
}

void practise(Options &options)
{
    options.practice = true;
    if (!options.homeNamed)
        options.home += QStringLiteral("-practice");
}

} // namespace qd::app
