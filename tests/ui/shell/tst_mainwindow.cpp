// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/shell/banner.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/feeds.h"
#include "ui/shell/instrument.h"
#include "ui/shell/language.h"
#include "ui/shell/picker.h"
#include "ui/shell/topstrip.h"
#include "ui/triage/alertview.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/timetext.h"

#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QScopeGuard>
#include <QToolButton>
#include <ctime>

using namespace qd;
using namespace qd::shell;

class TestMainWindow : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;

    struct Bench : test::WindowBench {
        using WindowBench::WindowBench;
        void key(int k, Qt::KeyboardModifiers m = Qt::NoModifier)
        {
            QWidget *at = window.focusWidget() != nullptr ? window.focusWidget() : &window;
            QTest::keyClick(at, static_cast<Qt::Key>(k), m);
        }
        [[nodiscard]] QString saidOnStrip() const
        {
            QStringList words;
            for (const auto *phrase : window.strip().findChildren<widgets::Phrase *>()) {
                if (phrase->isVisible())
                    words << phrase->plain();
            }
            for (const auto *tag : window.strip().findChildren<widgets::Tag *>()) {
                if (tag->isVisible())
                    words << tag->plain();
            }
            return words.join(QStringLiteral(" | "));
        }
    };

private Q_SLOTS:
    void initTestCase()
    {
        speak(QLocale::c());
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr);
    }
    void init() { m_look.forget(); }

    /// Whatever can be done can be found, has a key that shows, and can be read aloud.
    void everyActionHasATextAKeyAndAPlaceInThePalette()
    {
        Bench b(test::incidentScene(), *m_theme);
        const auto &book = b.window.actionBook().entries();
        QVERIFY(book.size() > 40);
        QStringList faults;
        for (const ActionBook::Entry &entry : book) {
            if (entry.text().isEmpty() || entry.panel.isEmpty())
                faults << QStringLiteral("no text: ") + entry.action->objectName();
            if (entry.action->shortcut().isEmpty())
                faults << QStringLiteral("no shortcut: ") + entry.text();
        }
        // No action of the window is missing from the book.
        for (const QAction *action : b.window.findChildren<QAction *>()) {
            if (action->isSeparator() || action->menu() != nullptr || qobject_cast<QMenu *>(action->parent()) != nullptr
                || qobject_cast<QLineEdit *>(action->parent()) != nullptr || action->objectName().startsWith(QLatin1String("_q_")))
                continue;
            const bool known = std::any_of(book.begin(), book.end(), [action](const ActionBook::Entry &e) { return e.action == action; });
            if (!known)
                faults << QStringLiteral("not in the palette: ") + action->text() + action->objectName();
        }
        for (const Pick &pick : b.window.actionBook().picks()) {
            if (pick.text.isEmpty() || pick.keys.isEmpty() || !pick.run)
                faults << QStringLiteral("cannot be picked: ") + pick.text;
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    }

    void noTwoActionsOfTheWholeWindowShareAKey()
    {
        Bench b(test::incidentScene(), *m_theme);
        QHash<QString, QString> taken;
        for (const ActionBook::Entry &entry : b.window.actionBook().entries()) {
            if (entry.action->shortcutContext() != Qt::WindowShortcut)
                continue;
            for (const QKeySequence &key : entry.action->shortcuts()) {
                QVERIFY2(!taken.contains(key.toString()), qPrintable(key.toString() + taken.value(key.toString()) + entry.text()));
                taken.insert(key.toString(), entry.text());
            }
        }
        // Within a part of the window such a key would be two at once, and Qt does neither.
        QStringList ambiguous;
        for (const ActionBook::Entry &entry : b.window.actionBook().entries())
            if (entry.action->shortcutContext() == Qt::WidgetWithChildrenShortcut)
                for (const QKeySequence &key : entry.action->shortcuts())
                    if (taken.contains(key.toString()))
                        ambiguous << key.toString() + QStringLiteral(": ") + taken.value(key.toString()) + QStringLiteral(" / ") + entry.text();
        QVERIFY2(ambiguous.isEmpty(), qPrintable(ambiguous.join(QLatin1Char('\n'))));
    }

    void everyPanelHasANameForAssistiveTechnology()
    {
        Bench b(test::incidentScene(), *m_theme);
        for (const CommandPerspective::Region &region : b.window.perspective().regions()) {
            QVERIFY(!region.name.isEmpty());
            QVERIFY2(!region.root->accessibleName().isEmpty(), qPrintable(region.name));
        }
        QVERIFY(!b.window.strip().accessibleName().isEmpty());
        QVERIFY(!b.window.instrument().field().accessibleName().isEmpty());
    }

    void stripSaysWhatIsCommanded()
    {
        Bench b(test::incidentScene(), *m_theme, {1920, 1080});
        const QString said = b.saidOnStrip();
        for (const char *words : {"INC-2041 · Checkout failing, EU", "00:23:41", "14:25:07 UTC", "Mara Lindt (you)", "customers 14:40 in 14:53",
                                  "14/10 min", "2 overrides", "FLOOD", "BESIDE · OBSERVE", "ACTIVE", "+1 open"})
            QVERIFY2(said.contains(QString::fromUtf8(words)), qPrintable(QString::fromUtf8(words) + QStringLiteral(" in ") + said));
        QVERIFY(b.window.strip().feeds().accessibleName().contains(QStringLiteral("icinga-dc2")));
    }

    void fitsALaptopWithoutClipping_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("worst");
        QTest::newRow("1366x768") << QSize(1366, 768) << false;
        QTest::newRow("1366x768, practice, armed, lost") << QSize(1366, 768) << true;
        QTest::newRow("1920x1080") << QSize(1920, 1080) << false;
        QTest::newRow("1920x1080, practice, armed, lost") << QSize(1920, 1080) << true;
    }
    void fitsALaptopWithoutClipping()
    {
        QFETCH(QSize, size);
        QFETCH(bool, worst);
        view::ViewModel scene = test::incidentScene();
        if (worst) {
            scene.strip.practice = scene.strip.armed = true;
            scene.strip.link = view::CoreLink::Lost;
            scene.incidents[0].title = QStringLiteral("Checkout and every other thing in Europe and beyond fails for everyone");
        }
        Bench b(scene, *m_theme, size);
        QCOMPARE(b.window.size(), size);
        QVERIFY(b.window.minimumSizeHint().width() <= 1366);
        QVERIFY(b.window.minimumSizeHint().height() <= 768);
        int right = 0;
        for (const QWidget *part : b.window.strip().findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (!part->isVisible())
                continue;
            QVERIFY2(part->geometry().right() < b.window.strip().width(), qPrintable(part->accessibleName()));
            QVERIFY2(part->geometry().left() >= right, qPrintable(part->accessibleName() + QStringLiteral(" overlaps")));
            if (qobject_cast<const QToolButton *>(part) == nullptr)
                QVERIFY2(part->width() >= part->minimumSizeHint().width(),
                         qPrintable(QStringLiteral("%1 is squeezed to %2 of %3").arg(part->accessibleName()).arg(part->width()).arg(part->minimumSizeHint().width())));
            right = std::max(right, part->geometry().left());
        }
    }

    void lostAndUnrecordedAreUnmistakable()
    {
        view::ViewModel scene = test::incidentScene();
        Bench b(scene, *m_theme);
        const auto *banner = b.window.findChild<Banner *>();
        QVERIFY(!banner->isVisible());
        scene.strip.link = view::CoreLink::Lost;
        scene.strip.linkProblem = QStringLiteral("It ended with signal 9.");
        b.source.show(scene);
        QVERIFY(banner->isVisible());
        QVERIFY(banner->accessibleName().contains(QStringLiteral("restarting")));
        QVERIFY(banner->accessibleName().contains(QStringLiteral("14:25:07")));
        scene.strip.link = view::CoreLink::Live;
        scene.strip.recorded = false;
        scene.strip.unrecordedReason = QStringLiteral("the disk is full");
        b.source.show(scene);
        QVERIFY(banner->accessibleName().contains(QStringLiteral("the disk is full")));
        QVERIFY(b.saidOnStrip().contains(QStringLiteral("UNRECORDED")));
    }

    void practiceIsOnTheStripAndInTheTitle()
    {
        view::ViewModel scene = test::incidentScene();
        scene.strip.practice = true;
        Bench b(scene, *m_theme);
        QVERIFY(b.saidOnStrip().contains(QStringLiteral("PRACTICE")));
        QVERIFY(b.window.windowTitle().startsWith(QStringLiteral("PRACTICE")));
    }

    void waitsCalmlyUntilTheCoreAnswers()
    {
        Bench b(test::startingScene(), *m_theme);
        QVERIFY(!b.window.perspective().isVisible());
        QVERIFY(!b.window.instrument().isVisible());
        b.source.show(test::quietScene());
        QVERIFY(b.window.perspective().isVisible());
        QVERIFY(b.window.instrument().isVisible());
        // Whoever waited has the list under the keyboard, also when its first alert comes later.
        b.source.show(test::incidentScene());
        QVERIFY(b.window.perspective().triage().alerts().hasFocus());
    }

    void paletteRunsWhatIsPickedWhereTheKeyboardWas()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.window.perspective().triage().alerts().setFocus();
        b.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(b.window.picker().isVisible());
        QTest::keyClicks(&b.window.picker().field(), QStringLiteral("acknowl"));
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Return);
        QVERIFY(!b.window.picker().isVisible());
        QVERIFY(!b.source.sent.empty());
        QVERIFY(b.window.perspective().triage().alerts().hasFocus());
    }

    void escapeLeavesThePaletteWithoutDoingAnything()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_K, Qt::ControlModifier);
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Escape);
        QVERIFY(!b.window.picker().isVisible());
        QVERIFY(b.source.sent.empty());
    }

    void switcherFocusesAnIncident()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_G, Qt::ControlModifier);
        QTest::keyClicks(&b.window.picker().field(), QStringLiteral("search slow")); // "search" alone is the service
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Return);
        QCOMPARE(b.source.focused, QStringLiteral("INC-2040"));
    }

    void oneAsksForATestOfOnesOwnCalls()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(b.source.sent.size(), std::size_t(1));
        QCOMPARE(b.source.sent[0].method, QStringLiteral("page.test"));
        QVERIFY(b.source.sent[0].arguments.value(QLatin1String("person")).toString().isEmpty()); // who sits here
        QVERIFY(b.window.instrument().preview().contains(QStringLiteral("each of your channels")));
    }

    void overridesInForceAreSaidHoweverSmallTheStripIs()
    {
        for (const int width : {1600, 700}) {
            test::WindowBench b(test::incidentScene(), *m_theme, {width, 500});
            bool isSaid = false;
            for (const auto *phrase : b.window.strip().findChildren<widgets::Phrase *>())
                isSaid = isSaid || (phrase->isVisible() && (phrase->plain().contains(QStringLiteral("2 override")) || phrase->plain().contains(QStringLiteral("⊘ 2"))));
            QVERIFY2(isSaid, qPrintable(QString::number(width)));
        }
    }

    void theSwitcherFindsServicesAndPersonsToo()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.window.showPerspective(Perspective::Directory);
        b.key(Qt::Key_G, Qt::ControlModifier);
        const QString service = b.source.current()->nodes.front().name;
        QTest::keyClicks(&b.window.picker().field(), service);
        QTest::keyClick(&b.window.picker().field(), Qt::Key_Return);
        QVERIFY(b.window.perspective().isVisible());
        QVERIFY(b.source.sent.empty());
    }

    void oneLineIsPreviewedThenSent()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_L, Qt::ControlModifier);
        Instrument &line = b.window.instrument();
        QVERIFY(line.field().hasFocus());
        QTest::keyClicks(&line.field(), QStringLiteral("@novak confirm lag under 30 s 5m"));
        QVERIFY2(line.preview().contains(QStringLiteral("task for Dana Novak, due in 5m at 14:30")), qPrintable(line.preview()));
        QVERIFY(line.preview().contains(QStringLiteral("#inc-2041")));
        QVERIFY(b.source.sent.empty());
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.size(), std::size_t(1));
        QCOMPARE(b.source.sent[0].method, QStringLiteral("incident.line"));
        QCOMPARE(b.source.sent[0].arguments.value(QLatin1String("text")).toString(), QStringLiteral("@novak confirm lag under 30 s 5m"));
        QVERIFY(line.field().text().isEmpty());
    }

    void aLineMadeFromAMessageRefersToItUntilItIsClearedAndItsNameIsCompleted()
    {
        Bench b(test::incidentScene(), *m_theme);
        Instrument &line = b.window.instrument();
        const auto about = [&](std::size_t n) { return b.source.sent.at(n).arguments.value(QLatin1String("about")).toString(); };
        Q_EMIT b.window.perspective().lineAboutRequested(QStringLiteral("@ confirm the lag"), QStringLiteral("message/m-7"));
        QVERIFY(line.field().hasFocus());
        QTest::keyClicks(&line.field(), QStringLiteral("novak")); // the cursor stands behind the sign
        QCOMPARE(line.field().text(), QStringLiteral("@novak confirm the lag"));
        QTest::keyClick(&line.field(), Qt::Key_Tab);
        QCOMPARE(line.field().text(), QStringLiteral("@DanaNovak confirm the lag"));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.size(), std::size_t(1));
        QCOMPARE(about(0), QStringLiteral("message/m-7"));
        line.begin(QStringLiteral("! roll back")); // a line of its own again
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QVERIFY(!b.source.sent.at(1).arguments.contains(QLatin1String("about")));
        line.beginAbout(QStringLiteral("! look"), QStringLiteral("message/m-8"));
        QTest::keyClick(&line.field(), Qt::Key_Escape);
        line.begin(QStringLiteral("! wait"));
        line.beginAbout(QStringLiteral("! look"), QStringLiteral("message/m-8")); // what is typed already stays, and is about nothing
        QCOMPARE(line.field().text(), QStringLiteral("! wait"));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QVERIFY(!b.source.sent.at(2).arguments.contains(QLatin1String("about")));
    }

    void aTaskIsDoneWithWords()
    {
        view::ViewModel scene = test::incidentScene();
        scene.stack.tasks[0].id = QStringLiteral("3");
        const QString what = scene.stack.tasks[0].text;
        Bench b(scene, *m_theme);
        Instrument &line = b.window.instrument();
        Q_EMIT b.window.perspective().doneRequested(QStringLiteral("3"), what);
        QVERIFY(line.field().hasFocus());
        QCOMPARE(line.field().text(), QStringLiteral("done 3 "));
        QVERIFY2(line.preview().contains(QStringLiteral("task 3 is done: ") + what), qPrintable(line.preview()));
        QTest::keyClicks(&line.field(), QStringLiteral("lag is 12 s"));
        QVERIFY2(line.preview().contains(QStringLiteral("with your words: lag is 12 s")), qPrintable(line.preview()));
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("Task 3 is done.");
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("task.done"));
        QCOMPARE(b.source.sent.back().arguments, (QJsonObject{{QStringLiteral("incident"), scene.focus}, {QStringLiteral("task"), 3}, {QStringLiteral("note"), QStringLiteral("lag is 12 s")}}));
        QCOMPARE(line.field().text(), QStringLiteral("done 3 lag is 12 s")); // not lost, and still of the task
        QVERIFY(line.preview().contains(b.source.nextSentence));
        b.source.nextDone = true;
        line.field().setText(QStringLiteral("done 3"));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().arguments, (QJsonObject{{QStringLiteral("incident"), scene.focus}, {QStringLiteral("task"), 3}})); // words may be left out
        QVERIFY(line.field().text().isEmpty());
    }

    /// The habit from chat: it is shown as what it will be, and the desk reads it so.
    void aTaskReportedDoneByHandIsShownAsDoneAndNotAsADecision()
    {
        view::ViewModel scene = test::incidentScene();
        scene.stack.tasks[0].id = QStringLiteral("3");
        const QString what = scene.stack.tasks[0].text;
        Bench b(scene, *m_theme);
        Instrument &line = b.window.instrument();
        line.begin(QStringLiteral("!done 3 lag is 12 s"));
        QVERIFY2(line.preview().contains(QStringLiteral("task 3 is done: ") + what), qPrintable(line.preview()));
        QVERIFY2(line.preview().contains(QStringLiteral("with your words: lag is 12 s")), qPrintable(line.preview()));
        line.field().setText(QStringLiteral("!done"));
        QVERIFY2(line.preview().contains(QStringLiteral("your open task is done")), qPrintable(line.preview()));
        line.field().setText(QStringLiteral("! done 3"));
        QVERIFY2(line.preview().contains(QStringLiteral("decision")), qPrintable(line.preview()));
        line.field().setText(QStringLiteral("!done 3 lag is 12 s"));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("incident.line"));
        QCOMPARE(b.source.sent.back().arguments.value(QLatin1String("text")).toString(), QStringLiteral("!done 3 lag is 12 s"));
    }

    void whatDoesNotBeginWithTheTaskIsALineLikeAnyOther()
    {
        Bench b(test::incidentScene(), *m_theme);
        Instrument &line = b.window.instrument();
        line.beginDone(QStringLiteral("3"), QStringLiteral("check lag"));
        line.field().setText(QStringLiteral("done 31 of them")); // of another number
        QVERIFY(line.preview().contains(QStringLiteral("log line")));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("incident.line"));
        line.beginDone(QStringLiteral("3"), QStringLiteral("check lag"));
        QTest::keyClick(&line.field(), Qt::Key_Escape);
        line.begin(QStringLiteral("done 3 of 4 hosts")); // typed by hand it is what somebody says
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("incident.line"));
        line.begin(QStringLiteral("half a sentence"));
        line.beginDone(QStringLiteral("3"), QStringLiteral("check lag"));
        QCOMPARE(line.field().text(), QStringLiteral("half a sentence"));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QCOMPARE(b.source.sent.back().method, QStringLiteral("incident.line"));
    }

    void signsAreTypedNotTakenForKeys()
    {
        Bench b(test::incidentScene(), *m_theme);
        Instrument &line = b.window.instrument();
        for (const QString &text : {QStringLiteral("? pool exhausted"), QStringLiteral("! roll back 4.2"), QStringLiteral("> customers 20m"),
                                    QStringLiteral("a, j/k + E")}) {
            line.begin();
            QTest::keyClicks(&line.field(), text);
            QCOMPARE(line.field().text(), text);
            QVERIFY(line.field().hasFocus());
            QVERIFY(!line.preview().isEmpty());
            QTest::keyClick(&line.field(), Qt::Key_Escape);
        }
        QVERIFY(b.source.sent.empty());
    }

    void hasAnIcon()
    {
        Bench b(test::quietScene(), *m_theme);
        QVERIFY(!b.window.windowIcon().pixmap(32, 32).isNull());
    }

    void aRefusedLineIsNotLost()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.source.nextDone = false;
        b.source.nextSentence = QStringLiteral("The incident is closed.");
        Instrument &line = b.window.instrument();
        line.begin(QStringLiteral("storage team is on the call"));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QVERIFY(line.preview().contains(b.source.nextSentence));
        QCOMPARE(line.field().text(), QStringLiteral("storage team is on the call"));
    }

    void withoutAnIncidentTheLineSaysSo()
    {
        Bench b(test::quietScene(), *m_theme);
        Instrument &line = b.window.instrument();
        line.begin(QStringLiteral("hello"));
        QVERIFY(line.preview().contains(QStringLiteral("Ctrl+Shift+D")));
        QTest::keyClick(&line.field(), Qt::Key_Return);
        QVERIFY(b.source.sent.empty());
    }

    void declareOpensFilledFromTheSelection()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.window.perspective().triage().alerts().setFocus();
        b.key(Qt::Key_J);
        b.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = b.window.findChild<QDialog *>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QTest::keyClick(dialog, Qt::Key_Return);
        QCOMPARE(b.source.sent.size(), std::size_t(2));
        QCOMPARE(b.source.sent[0].method, QStringLiteral("incident.reckon")); // what three answers would suggest
        QCOMPARE(b.source.sent[1].method, QStringLiteral("incident.declare"));
        QCOMPARE(b.source.sent[1].arguments.value(QLatin1String("title")).toString(), QStringLiteral("Checkout error rate 38 %"));
    }

    void f6WalksAllRegionsAndComesBack()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.window.perspective().triage().alerts().setFocus();
        QList<QWidget *> stops;
        for (int i = 0; i < 12; ++i) {
            b.key(Qt::Key_F6);
            stops << b.window.focusWidget();
            if (b.window.focusWidget() == &b.window.perspective().triage().alerts())
                break;
        }
        QVERIFY(stops.last() == &b.window.perspective().triage().alerts());
        QVERIFY2(stops.size() >= 6, qPrintable(QString::number(stops.size())));
        QVERIFY(stops.contains(&b.window.instrument().field()));
        b.key(Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(b.window.focusWidget() != &b.window.perspective().triage().alerts());
    }

    void withoutEdgesTheTimelineTakesTheCentre()
    {
        view::ViewModel scene = test::incidentScene();
        Bench b(scene, *m_theme);
        QVERIFY(b.window.perspective().regions()[1].root->isVisible());
        scene.edges.clear();
        b.source.show(scene);
        QVERIFY(!b.window.perspective().regions()[1].root->isVisible());
    }

    void remembersItsSplitsAndForgetsThemOnReset()
    {
        {
            Bench b(test::incidentScene(), *m_theme, {1500, 850});
            b.window.close();
        }
        LayoutMemory memory;
        QVERIFY(!memory.layout(QStringLiteral("command"), QStringLiteral("columns")).isEmpty());
        QVERIFY(memory.layout(QStringLiteral("nothing"), QStringLiteral("columns")).isEmpty());
        memory.setLook(QStringLiteral("light"));
        memory.forgetLayouts();
        QVERIFY(memory.layout(QStringLiteral("command"), QStringLiteral("columns")).isEmpty());
        QCOMPARE(memory.look(), QStringLiteral("light"));
    }

    void layoutOfAnotherVersionIsIgnored()
    {
        const QString file = m_look.filePath(QStringLiteral("other.ini"));
        {
            QSettings settings(file, QSettings::IniFormat);
            settings.setValue(QStringLiteral("command/version"), LayoutMemory::kVersion + 1);
            settings.setValue(QStringLiteral("command/columns"), QByteArray("future"));
        }
        QVERIFY(LayoutMemory(file).layout(QStringLiteral("command"), QStringLiteral("columns")).isEmpty());
    }

    void changesLookWhileOpen()
    {
        Bench b(test::incidentScene(), *m_theme);
        b.key(Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(m_theme->scheme(), style::Scheme::Light);
        b.key(Qt::Key_3, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(m_theme->scheme(), style::Scheme::Dark);
    }

    void clocksTurnToLocalTimeAndAreRemembered()
    {
        const QByteArray before = qgetenv("TZ");
        const auto restore = qScopeGuard([&] {
            widgets::showClocks(widgets::Clocks::Utc);
            before.isNull() ? qunsetenv("TZ") : qputenv("TZ", before);
            tzset();
            m_look.forget();
        });
        qputenv("TZ", "Europe/Berlin");
        tzset();
        {
            test::WindowBench b(test::incidentScene(), *m_theme, {1920, 1080});
            QTest::keyClick(&b.window, Qt::Key_U, Qt::ControlModifier | Qt::AltModifier);
            QCOMPARE(widgets::shownClocks(), widgets::Clocks::Local);
        }
        widgets::showClocks(widgets::Clocks::Utc);
        test::WindowBench again(test::incidentScene(), *m_theme, {1920, 1080});
        QCOMPARE(widgets::shownClocks(), widgets::Clocks::Local);
        QStringList said;
        for (const auto *p : again.window.findChildren<widgets::Phrase *>())
            said << p->plain();
        QVERIFY2(said.join(QLatin1Char('|')).contains(QStringLiteral("15:25:07 Berlin")), qPrintable(said.join(QLatin1Char('|'))));
        QTest::keyClick(&again.window, Qt::Key_U, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(widgets::shownClocks(), widgets::Clocks::Utc);
    }
};

QD_GUI_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
