// SPDX-License-Identifier: GPL-3.0-or-later
// The console: builds each part, in order, and nothing else.
#include "app/quarterdeck/benchscrub.h"
#include "app/quarterdeck/controlverbs.h"
#include "app/quarterdeck/coreprocess.h"
#include "app/quarterdeck/options.h"
#include "app/quarterdeck/practicehome.h"
#include "app/quarterdeck/render.h"
#include "app/quarterdeck/signals.h"
#include "core/link/protocol.h"
#include "ui/seat/seat.h"
#include "ui/shell/desktopnotices.h"
#include "ui/shell/firstrun.h"
#include "ui/shell/language.h"
#include "ui/shell/mainwindow.h"
#include "ui/style/palette.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QLocale>
#include <QScreen>
#include <QStandardPaths>
#include <QTimer>
#include <cstdio>
#include <optional>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

using namespace qd;

namespace {

/// Nothing of this process is to end in a core dump or a file others can read.
void closeTheDoors()
{
    umask(077);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

void say(const QString &sentence)
{
    std::fprintf(stderr, "quarterdeck: %s\n", qPrintable(sentence));
}

QString journalOf(const app::Options &options)
{
    return options.home + QStringLiteral("/journal.db");
}

enum class Begin { Nothing, AsEver, WithAnIncident };

/// There is no home: says so and lets the person choose.
Begin chooseAHome(app::Options &options, const style::Theme &theme)
{
    const QString known = QStandardPaths::findExecutable(QStringLiteral("quarterdeckctl"));
    const bool isDefault = options.home == QDir(QString::fromStdString(link::defaultHome().string())).absolutePath();
    const QString command = shell::initCommand(known.isEmpty() ? options.controlProgram : QStringLiteral("quarterdeckctl"), options.home, isDefault);
    say(QCoreApplication::translate("main", "There is no home at %1. Make one with: %2 — or look around with: quarterdeck --practice").arg(options.home, command));
    shell::FirstRun page(theme, options.home, command);
    Begin chosen = Begin::Nothing;
    const auto leave = [&](bool practice, Begin how = Begin::AsEver) {
        chosen = how;
        if (practice)
            app::practise(options);
        QCoreApplication::quit();
    };
    QObject::connect(&page, &shell::FirstRun::practiceChosen, &page, [&] { leave(true); });
    QObject::connect(&page, &shell::FirstRun::homeChosen, &page, [&] { leave(false); });
    QObject::connect(&page, &shell::FirstRun::rebuildChosen, &page, [&] { leave(false, Begin::WithAnIncident); });
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &page, [&] { page.setHomeThere(QFileInfo::exists(journalOf(options))); });
    look.start(1000);
    page.show();
    const app::QuitOnSignal quitter;
    QApplication::exec();
    return chosen;
}

void introduce()
{
    QCoreApplication::setApplicationName(QStringLiteral("quarterdeck"));
    QCoreApplication::setOrganizationName(QStringLiteral("quarterdeck"));
    QCoreApplication::setApplicationVersion(QStringLiteral(QD_VERSION));
    shell::speak(QLocale());
}

/// The options, or nothing, with the reason said.
std::optional<app::Options> optionsOf(const QCoreApplication &application)
{
    auto options = app::parseOptions(application.arguments());
    if (!options) {
        say(QString::fromStdString(options.error().message));
        return {};
    }
    return std::move(*options);
}

/// Where this program, started anew by itself, reads which display no window could be opened on.
constexpr const char *kDeadDisplay = "QUARTERDECK_DEAD_DISPLAY";

/// Whether there is a screen to open a window on.
bool hasDisplay()
{
    return !qEnvironmentVariableIsSet(kDeadDisplay) && (qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") || qEnvironmentVariableIsSet("QT_QPA_PLATFORM"));
}

/// What Qt says while it starts, held back until it is known whether it starts.
struct Starting {
    char **arguments = nullptr;
    std::vector<std::pair<QtMsgType, QString>> said;
} starting;

/// Qt aborts the process when the display it was given does not answer. Whoever started it by a stale DISPLAY is to read one sentence
/// instead, after the options were judged: so the program begins again, knowing that there is no display.
void whileStarting(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtFatalMsg) {
        starting.said.emplace_back(type, message);
        return;
    }
    QByteArray display;
    for (const char *name : {"WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"}) {
        if (display.isEmpty())
            display = qgetenv(name);
        qunsetenv(name);
    }
    qputenv(kDeadDisplay, display);
    execv("/proc/self/exe", starting.arguments);
    std::_Exit(1);
}

int refuseWithoutDisplay(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    introduce();
    if (!optionsOf(application)) // --help and --version are answered
        return 2;
    if (const QString dead = qEnvironmentVariable(kDeadDisplay); !dead.isEmpty()) {
        say(QCoreApplication::translate("main", "No window can be opened on display %1: it does not answer. Name one that does in DISPLAY; on a machine without one, run the core: quarterdeckctl serve.").arg(dead));
        return 1;
    }
    say(QCoreApplication::translate("main", "There is no display here to open a window on. On a machine without one, run the core: quarterdeckctl serve."));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    closeTheDoors();
    if (!hasDisplay())
        return refuseWithoutDisplay(argc, argv);
    std::vector<char *> arguments(argv, argv + argc); // Qt takes out what it understands
    arguments.push_back(nullptr);
    starting.arguments = arguments.data();
    const QtMessageHandler usual = qInstallMessageHandler(whileStarting);
    QApplication application(argc, argv);
    qInstallMessageHandler(usual);
    for (const auto &[type, message] : std::exchange(starting.said, {}))
        qt_message_output(type, QMessageLogContext(), message);
    introduce();
    QApplication::setApplicationDisplayName(QStringLiteral("Quarterdeck"));
    QApplication::setDesktopFileName(QStringLiteral("io.quarterdeck.Quarterdeck"));

    auto options = optionsOf(application);
    if (!options)
        return 2;

    if (!options->render.isEmpty())
        return app::render(options->render);

    auto palette = style::Palette::builtIn();
    if (!palette) {
        say(QString::fromStdString(palette.error().message));
        return 1;
    }
    style::Theme theme(std::move(*palette));
    theme.install();
    if (!options->bench.isEmpty())
        return app::benchScrub(theme, options->benchLines);

    const Begin begin = options->practice || QFileInfo::exists(journalOf(*options)) ? Begin::AsEver : chooseAHome(*options, theme);
    if (begin == Begin::Nothing)
        return 1;

    const QString socket = QString::fromStdString(link::controlSocket(options->home.toStdString()).string());
    app::CoreProcess core(options->controlProgram, options->home);
    QObject::connect(&core, &app::CoreProcess::failed, &application, &say);

    std::unique_ptr<app::PracticeHome> practice;
    std::unique_ptr<seat::Seat> seat = std::make_unique<seat::Seat>(socket, options->person, options->named);
    QObject::connect(seat.get(), &seat::Seat::connected, &core, &app::CoreProcess::rest);
    if (options->practice) {
        practice = std::make_unique<app::PracticeHome>(options->controlProgram, options->home, options->speed);
        QObject::connect(practice.get(), &app::PracticeHome::failed, &application, &say);
        QObject::connect(practice.get(), &app::PracticeHome::prepared, &core, [&] {
            core.ensure();
            QObject::connect(seat.get(), &seat::Seat::lost, &core, &app::CoreProcess::ensure);
            QObject::connect(seat.get(), &seat::Seat::connected, practice.get(), &app::PracticeHome::play);
        });
        practice->prepare();
    } else {
        QObject::connect(seat.get(), &seat::Seat::lost, &core, &app::CoreProcess::ensure);
    }

    shell::MainWindow window(*seat, theme);
    window.useNotices(std::make_unique<shell::DesktopNotices>(window), std::make_unique<shell::DesktopSound>());
    window.useHome(std::make_unique<app::ControlVerbs>(options->controlProgram, options->home, options->named ? options->person : QString()));
    if (options->screen >= 0 && options->screen < QGuiApplication::screens().size())
        window.setScreen(QGuiApplication::screens().at(options->screen));
    const auto trouble = [&](const QString &why) { window.setCoreTrouble(why, QFileInfo::exists(core.logFile()) ? core.logFile() : QString()); };
    QObject::connect(&core, &app::CoreProcess::failed, &window, trouble);
    QObject::connect(&core, &app::CoreProcess::locked, &window,
                     [&](const QString &why) { window.askPassphrase(why, [&core](Secret passphrase) { core.unlock(std::move(passphrase)); }); });
    if (practice)
        QObject::connect(practice.get(), &app::PracticeHome::failed, &window, trouble);
    QObject::connect(seat.get(), &seat::Seat::connected, &window, [&window] { window.setCoreTrouble({}, {}); });
    if (begin == Begin::WithAnIncident)
        QObject::connect(seat.get(), &seat::Seat::connected, &window, &shell::MainWindow::rebuildIncident, Qt::SingleShotConnection);
    const shell::Perspective perspective = shell::perspectiveNamed(options->perspective).value_or(shell::Perspective::Command);
    // A wall is a screen by itself: nobody is to press a key for it.
    if (perspective == shell::Perspective::Wall) {
        window.startAsWall();
        window.setGeometry(window.screen()->geometry()); // some window managers go by where it is
        window.showFullScreen();
    } else {
        window.showPerspective(perspective);
        window.show();
    }
    const app::QuitOnSignal quitter;
    return application.exec();
}
