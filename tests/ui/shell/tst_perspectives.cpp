// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/directory/directoryview.h"
#include "ui/escalation/simulatordialog.h"
#include "ui/review/reviewview.h"
#include "ui/shell/banner.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/insightssheet.h"
#include "ui/shell/instrument.h"
#include "ui/shell/language.h"
#include "ui/shell/notifier.h"
#include "ui/shell/settings.h"
#include "ui/shell/topstrip.h"
#include "ui/wall/viewingdialog.h"
#include "ui/wall/wallview.h"
#include "ui/widgets/twintable.h"

#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScopeGuard>

using namespace qd;
using namespace qd::shell;

namespace {

struct PerspectiveBoard final : NoticeBoard {
    QStringList posted;
    void post(const Notice &notice) override { posted << notice.key; }
};

} // namespace

class TestPerspectives : public QObject {
    Q_OBJECT
private:
    style::Theme *m_theme = nullptr;
    test::WindowLook m_look;

private Q_SLOTS:
    void initTestCase()
    {
        speak(QLocale::c());
        m_theme = m_look.begin();
        QVERIFY(m_theme != nullptr);
    }
    void init()
    {
        m_look.forget();
        m_theme->setWall(false);
    }

    void theCommandLineNamesThem()
    {
        for (const char *name : {"command", "wall", "review", "directory"})
            QVERIFY(perspectiveNamed(QLatin1String(name)));
        QVERIFY(!perspectiveNamed(QStringLiteral("Wall")));
        QVERIFY(!perspectiveNamed({}));
    }

    void theWallHasNothingButItself()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        QTest::keyClick(b.window.focusWidget(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(b.window.wall().isVisible());
        QVERIFY(!b.window.strip().isVisible());
        QVERIFY(!b.window.instrument().isVisible());
        QVERIFY(!b.window.perspective().isVisible());
        QTRY_COMPARE(b.window.wall().size(), b.window.size());
        QCOMPARE(m_theme->scheme(), style::Scheme::Wall);
        // What people pass reads no incident's title in the list of windows either.
        QVERIFY(!b.window.windowTitle().contains(QStringLiteral("Checkout")));
        QTest::keyClick(&b.window.wall(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(b.window.perspective().isVisible());
        QVERIFY(b.window.strip().isVisible());
        QVERIFY(b.window.instrument().isVisible());
        QCOMPARE(m_theme->scheme(), style::Scheme::Dark);
        QVERIFY(b.window.windowTitle().contains(QStringLiteral("Checkout")));
    }

    void theWallFollowsTheViewAndSaysALostCoreItself()
    {
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.window.showPerspective(Perspective::Wall);
        scene.incidents[0].title = QStringLiteral("Something else");
        b.source.show(scene);
        QCOMPARE(b.window.wall().content().incidents.front().title, QStringLiteral("Something else"));
        scene.strip.link = view::CoreLink::Lost;
        b.source.show(scene);
        QVERIFY(b.window.wall().content().isStateAlarm);
        QVERIFY(!b.window.findChild<Banner *>()->isVisible());
        b.window.showPerspective(Perspective::Command);
        QVERIFY(b.window.findChild<Banner *>()->isVisible());
    }

    void aWallThatWasStartedWaitsForItsCoreWithoutAKey()
    {
        test::WindowBench b(test::startingScene(), *m_theme);
        b.window.showPerspective(Perspective::Wall);
        QVERIFY(!b.window.wall().isVisible()); // why nothing is there yet is read by whoever set it up
        b.source.show(test::incidentScene());
        QVERIFY(b.window.wall().isVisible());
        QVERIFY(!b.window.strip().isVisible());
    }

    void whoTurnsToTheWallAtTheirSeatIsCalledOnAndAWallOfItsOwnCallsNobody()
    {
        for (const bool isStarted : {false, true}) {
            view::ViewModel scene = test::quietScene();
            scene.strip.link = view::CoreLink::Live;
            test::WindowBench b(scene, *m_theme);
            auto *board = new PerspectiveBoard;
            b.window.useNotices(std::unique_ptr<NoticeBoard>(board), nullptr);
            if (isStarted)
                b.window.startAsWall();
            else
                b.window.showPerspective(Perspective::Wall);
            scene.calls = {{QStringLiteral("page/1"), QStringLiteral("INC-7"), QStringLiteral("down"), IncidentSeverity::Sev2, scene.made}};
            b.source.show(scene);
            QCOMPARE(board->posted, isStarted ? QStringList() : QStringList{QStringLiteral("page/1")});
        }
    }

    void whoWritesALineOrIsRefusedBeforeTheWallSeesTheField()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.window.showPerspective(Perspective::Wall);
        QTest::keyClick(&b.window.wall(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(b.window.perspective().isVisible() && b.window.instrument().isVisible());
        QTRY_VERIFY(b.window.instrument().field().hasFocus());
        b.window.showPerspective(Perspective::Wall);
        b.window.instrument().tell(QStringLiteral("No."), true);
        QVERIFY(b.window.instrument().isVisible());
        QVERIFY(b.window.instrument().preview().contains(QStringLiteral("No.")));
        b.window.showPerspective(Perspective::Wall);
        b.window.instrument().tell(QStringLiteral("Done."), false); // nobody needs to read that
        QVERIFY(b.window.wall().isVisible());
    }

    void distanceAndScreenAreSetOnceAndKept()
    {
        {
            test::WindowBench b(test::incidentScene(), *m_theme);
            b.window.showPerspective(Perspective::Wall);
            QTest::keyClick(&b.window.wall(), Qt::Key_D, Qt::ControlModifier | Qt::AltModifier);
            auto *dialog = b.window.findChild<wall::ViewingDialog *>();
            QVERIFY(dialog != nullptr && dialog->isVisible());
            const QString before = dialog->sentence();
            dialog->metres().setValue(5);
            dialog->inches().setValue(75);
            QVERIFY(dialog->sentence() != before);
            dialog->doIt().click();
            QCOMPARE(b.window.wall().viewing(), (wall::Viewing{5, 75}));
        }
        test::WindowBench next(test::incidentScene(), *m_theme);
        QCOMPARE(next.window.wall().viewing(), (wall::Viewing{5, 75}));
        const Settings settings;
        QCOMPARE(settings.wallDistance(), 5.0);
    }

    void aNonsenseDistanceInTheFileIsNone()
    {
        QDir().mkpath(m_look.filePath(QStringLiteral("quarterdeck")));
        QFile out(m_look.filePath(QStringLiteral("quarterdeck/window.conf")));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("[wall]\ndistance=-3\ndiagonal=nan\n");
        out.close();
        const Settings settings;
        QCOMPARE(settings.wallDistance(), 0.0);
        QCOMPARE(settings.wallDiagonal(), 0.0);
    }

    void theDirectoryAsksTheSimulatorForWhatIsChosen()
    {
        view::ViewModel scene = test::incidentScene();
        auto directory = std::make_shared<view::Directory>();
        directory->services = {{scene.services.value(1), QStringLiteral("The second"), {}, {}, {}, true, 0}};
        scene.directory = directory;
        test::WindowBench b(scene, *m_theme);
        QTest::keyClick(b.window.focusWidget(), Qt::Key_4, Qt::ControlModifier);
        QVERIFY(b.window.directory().isVisible());
        QVERIFY(b.window.strip().isVisible() && b.window.instrument().isVisible());
        QVERIFY(b.window.focusWidget() != nullptr && b.window.directory().isAncestorOf(b.window.focusWidget()));
        QTest::keyClick(b.window.focusWidget(), Qt::Key_Return);
        auto *dialog = b.window.findChild<escalation::SimulatorDialog *>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QCOMPARE(dialog->arguments().value(QLatin1String("service")).toString(), scene.services.value(1));
        QCOMPARE(b.source.sent.back().method, QStringLiteral("simulate"));
    }

    void f6GoesRoundTheDirectoryToo()
    {
        test::WindowBench b(test::incidentScene(), *m_theme);
        b.window.showPerspective(Perspective::Directory);
        QSet<QWidget *> stops;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(b.window.focusWidget(), Qt::Key_F6);
            stops.insert(b.window.focusWidget());
            QVERIFY(b.window.focusWidget()->isVisible());
        }
        QCOMPARE(stops.size(), 3); // the directory, the instrument, the feeds
    }

    void reviewListsWhatThereIsToLearnFromAndOpensWhatIsLookedAt()
    {
        view::ViewModel scene = test::incidentScene();
        scene.reviews = {{QStringLiteral("INC-7"), QStringLiteral("Search was slow"), {}, IncidentSeverity::Sev2, ReviewPhase::None, scene.made - hours(30), {}, {}, 0, 0, 0}};
        test::WindowBench b(scene, *m_theme);
        QTest::keyClick(b.window.focusWidget(), Qt::Key_3, Qt::ControlModifier);
        QVERIFY(b.window.review().isVisible());
        QVERIFY(!b.window.perspective().isVisible());
        QVERIFY(b.window.review().current().isEmpty());
        QCOMPARE(b.window.focusWidget(), &b.window.review().list());
        // What is looked at has no review: Return opens its past.
        QTest::keyClick(b.window.focusWidget(), Qt::Key_1, Qt::ControlModifier);
        scene.reviews.push_back({scene.focus, QStringLiteral("Checkout"), {}, IncidentSeverity::Sev1, ReviewPhase::None, {}, {}, {}, 0, 0, 0, 0, IncidentStatus::Active});
        b.source.show(scene);
        b.window.showPerspective(Perspective::Review);
        QVERIFY(b.window.review().current().isEmpty());
        QCOMPARE(b.window.review().list().currentIndex().row(), 1);
        scene.reviews.pop_back();
        QTest::keyClick(b.window.focusWidget(), Qt::Key_1, Qt::ControlModifier);
        scene.reviews[0].incident = scene.focus;
        scene.reviews[0].phase = ReviewPhase::Draft;
        b.source.show(scene);
        b.window.showPerspective(Perspective::Review);
        QCOMPARE(b.window.review().current(), scene.focus);
        QCOMPARE(b.source.reviewed, scene.focus);
        // The figures across incidents stay where they were.
        QTest::keyClick(b.window.focusWidget(), Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(b.window.insightsSheet().isVisible());
    }

    /// The past stands in strip and command, the present goes on ringing; the way back is always there.
    void aMomentOfThePastIsUnmistakableAndRingsNot()
    {
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.source.travel({scene.focus, scene.made - minutes(10), view::PastClock::AsKnown});
        QVERIFY(b.window.windowTitle().startsWith(QStringLiteral("PAST")));
        QVERIFY(b.window.banner().isVisible());
        QVERIFY(b.window.banner().accessibleName().contains(QStringLiteral("as known at")));
        QCOMPARE(b.window.ticker().now(), scene.made - minutes(10));
        QCOMPARE(b.window.ticker().live(), scene.made);
        // What happens meanwhile does not bring the window back by itself.
        scene.made = scene.made + seconds(5);
        b.source.show(scene);
        QVERIFY(b.window.windowTitle().startsWith(QStringLiteral("PAST")));
        b.source.travel({});
        QVERIFY(!b.window.windowTitle().startsWith(QStringLiteral("PAST")));
        QCOMPARE(b.window.ticker().now(), scene.made);
    }

    void aLostCoreIsSaidInThePastToo()
    {
        view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        b.source.travel({scene.focus, scene.made - minutes(10), view::PastClock::AsKnown});
        scene.strip.link = view::CoreLink::Lost;
        b.source.show(scene);
        QVERIFY(b.window.windowTitle().contains(QStringLiteral("CORE LOST")));
        QVERIFY(b.window.banner().accessibleName().contains(QStringLiteral("core is lost")));
    }
};

QD_GUI_TEST(TestPerspectives)
#include "tst_perspectives.moc"
