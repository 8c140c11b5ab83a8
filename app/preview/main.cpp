// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/viewfixture.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/language.h"
#include "ui/shell/mainwindow.h"
#include "ui/triage/alertview.h"
#include "ui/triage/filterbar.h"
#include "ui/triage/triagepanel.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLocale>
#include <QTest>
#include <QTimer>
#include <cstdio>

namespace {

qd::view::ViewModel sceneOf(const QString &name)
{
    using namespace qd::test;
    if (name == QLatin1String("quiet"))
        return quietScene();
    if (name == QLatin1String("starting"))
        return startingScene();
    if (name == QLatin1String("flood"))
        return floodScene(100'000);
    if (name == QLatin1String("loading")) {
        qd::view::ViewModel view = startingScene();
        view.strip.link = qd::view::CoreLink::Loading;
        return view;
    }
    qd::view::ViewModel view = incidentScene();
    if (name == QLatin1String("lost")) {
        view.strip.link = qd::view::CoreLink::Lost;
        view.strip.linkProblem = QStringLiteral("It ended with signal 9; starting it again.");
    } else if (name == QLatin1String("unrecorded")) {
        view.strip.recorded = false;
        view.strip.unrecordedReason = QStringLiteral("the disk is full; free some space and it catches up.");
    } else if (name == QLatin1String("practice")) {
        view.strip.practice = true;
        view.strip.armed = true;
    } else if (name == QLatin1String("noedges")) {
        view.edges.clear();
        view.nodes.clear();
    }
    return view;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("quarterdeck-preview"));
    QCommandLineParser parser;
    const QCommandLineOption shot(QStringLiteral("shot"), QStringLiteral("Write a picture and leave."), QStringLiteral("file"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Window size."), QStringLiteral("WxH"), QStringLiteral("1920x1080"));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("light, dark or high-contrast."), QStringLiteral("name"), QStringLiteral("dark"));
    const QCommandLineOption scene(QStringLiteral("scene"), QStringLiteral("incident, held, quiet, starting, loading, flood, lost, unrecorded, practice, noedges."),
                                   QStringLiteral("name"), QStringLiteral("incident"));
    const QCommandLineOption run(QStringLiteral("run"), QStringLiteral("An action to trigger before the picture, by its name."), QStringLiteral("action"));
    const QCommandLineOption type(QStringLiteral("type"), QStringLiteral("Text for the one-line instrument."), QStringLiteral("text"));
    parser.addOptions({shot, size, theme, scene, run, type});
    parser.addHelpOption();
    parser.process(app);

    qd::shell::speak(QLocale());
    auto palette = qd::style::Palette::builtIn();
    if (!palette) {
        std::fprintf(stderr, "%s\n", palette.error().message.c_str());
        return 1;
    }
    qd::style::Theme look(std::move(*palette));
    look.choose(qd::style::Theme::choiceFrom(parser.value(theme)));
    look.install();
    qd::test::ViewFixture source(sceneOf(parser.value(scene)));
    qd::shell::MainWindow window(source, look);
    window.ticker().freeze(true);
    const QStringList wh = parser.value(size).split(QLatin1Char('x'));
    window.resize(wh.value(0).toInt(), wh.value(1).toInt());
    window.show();
    if (parser.isSet(type)) {
        window.instrument().begin(parser.value(type));
    }
    if (parser.value(scene) == QLatin1String("held")) {
        auto &triage = window.perspective().triage();
        triage.filterBar().add(qd::triage::parseCondition(QStringLiteral("severity != info")));
        QTest::keyClick(&triage.alerts(), Qt::Key_J);
        qd::view::ViewModel more = *source.current();
        const auto fresh = qd::test::floodScene(12).active;
        more.active.erase(more.active.begin() + 4);
        more.active.insert(more.active.begin(), fresh.begin(), fresh.end());
        more.detail = qd::test::incidentScene().detail;
        more.detail.key = QStringLiteral("eu-1/a2");
        source.show(more);
    }
    QTimer::singleShot(300, &window, [&] {
        for (const auto &entry : window.actionBook().entries()) {
            if (parser.isSet(run) && entry.action->objectName() == parser.value(run))
                entry.action->trigger();
        }
    });
    if (parser.isSet(shot))
        QTimer::singleShot(1200, &window, [&] {
            const bool written = window.grab().save(parser.value(shot));
            QApplication::exit(written ? 0 : 1);
        });
    return QApplication::exec();
}
