// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"
#include "tests/ui/shell/windowbench.h"
#include "ui/review/evidencelist.h"
#include "ui/review/presentation.h"
#include "ui/review/replaystrip.h"
#include "ui/review/reviewheader.h"
#include "ui/review/reviewview.h"
#include "ui/shell/commandperspective.h"
#include "ui/shell/instrument.h"
#include "ui/shell/topstrip.h"
#include "ui/timeline/timelinemodel.h"
#include "ui/triage/alertview.h"
#include "ui/triage/triagepanel.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/twintable.h"

#include <QAbstractItemModel>
#include <algorithm>

using namespace qd;
using namespace qd::shell;

namespace {

/// All that a list of it says.
QString wordsOf(const QAbstractItemModel &model)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        for (int column = 0; column < model.columnCount(); ++column)
            out << model.index(row, column).data().toString();
    return out.join(QLatin1Char('\n'));
}

} // namespace

/// The past in the window: what stands there, and by which keys one goes through it.
class TestWindowReplay : public QObject {
    Q_OBJECT
    test::WindowLook m_look;
    style::Theme *m_theme = nullptr;

    static void press(test::WindowBench &b, Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(b.window.focusWidget(), key, with); }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = m_look.begin();
        QVERIFY(m_theme);
    }
    void init() { m_look.forget(); }

    /// A rebuilt incident whose files say nothing of it: the strip says so, and shows nothing of today.
    void theStripSaysWhatTheFilesOfAPastDoNotTell()
    {
        const view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        auto moment = std::make_shared<view::ViewModel>(scene);
        const auto row = std::find_if(moment->incidents.begin(), moment->incidents.end(), [&](const view::IncidentRow &i) { return i.id == scene.focus; });
        QVERIFY(row != moment->incidents.end());
        row->severityTold = row->statusTold = row->commanderTold = false;
        row->commander.clear();
        b.source.past = moment;
        const auto says = [&] {
            QStringList out;
            for (const auto *badge : b.window.strip().findChildren<widgets::Badge *>())
                out << badge->accessibleName();
            for (const auto *phrase : b.window.strip().findChildren<widgets::Phrase *>())
                out << phrase->plain();
            for (const auto *tag : b.window.strip().findChildren<widgets::Tag *>())
                out << tag->plain();
            return out.join(QLatin1Char('\n'));
        };
        QVERIFY2(says().contains(QStringLiteral("Severity %1").arg(static_cast<int>(row->severity))), qPrintable(says()));
        b.source.travel({scene.focus, scene.made - minutes(10), view::PastClock::AsKnown});
        const QString past = says();
        QVERIFY2(past.contains(QStringLiteral("Severity: not known from its files")), qPrintable(past));
        QVERIFY2(past.contains(QStringLiteral("STATUS NOT KNOWN FROM ITS FILES")) || past.contains(QStringLiteral("STATUS ?")), qPrintable(past));
        QVERIFY2(past.contains(QStringLiteral("command not known from its files")) || past.contains(QStringLiteral("command ?")), qPrintable(past));
        QVERIFY2(!past.contains(QStringLiteral("nobody commands")), qPrintable(past));
    }

    /// Queue, map, timeline and stack are those of the moment, and of the present again when one is back.
    void thePanelsOfCommandShowTheMomentThatIsLookedAt()
    {
        const view::ViewModel scene = test::incidentScene();
        test::WindowBench b(scene, *m_theme);
        auto moment = std::make_shared<view::ViewModel>(scene);
        moment->active.resize(1);
        moment->active[0].title = QStringLiteral("the first of them");
        moment->timeline.resize(2);
        moment->stack.tasks.clear();
        b.source.past = moment;
        CommandPerspective &command = b.window.perspective();
        const QAbstractItemModel &queue = *command.triage().alerts().model();
        const auto *lines = b.window.findChild<timeline::TimelineModel *>();
        QVERIFY(lines != nullptr);
        const int many = queue.rowCount(), said = lines->rowCount();
        QVERIFY(many > 5 && said > 5);
        const view::PastPoint point{scene.focus, scene.made - minutes(10), view::PastClock::AsKnown};
        b.source.travel(point);
        QCOMPARE(queue.rowCount(), 1);
        QVERIFY(wordsOf(queue).contains(QStringLiteral("the first of them")));
        QVERIFY(lines->rowCount() < said);
        // What happens meanwhile is of the present, and waits there.
        view::ViewModel later = scene;
        later.made = scene.made + seconds(5);
        b.source.show(later);
        QCOMPARE(queue.rowCount(), 1);
        // Whoever reviews goes on without the panels; they are at that moment once they are looked at.
        b.window.showPerspective(Perspective::Review);
        auto next = std::make_shared<view::ViewModel>(*moment);
        next->active.resize(0);
        next->active.push_back(scene.active[1]);
        next->active.push_back(scene.active[2]);
        b.source.past = next;
        b.source.travel({scene.focus, scene.made - minutes(9), view::PastClock::AsKnown});
        b.window.showPerspective(Perspective::Command);
        QCOMPARE(queue.rowCount(), 2);
        b.source.travel({});
        QCOMPARE(queue.rowCount(), many);
        QCOMPARE(lines->rowCount(), said);
    }

    /// Start, pause, both steps both ways, speed, clock, names, the next section, leave: no mouse.
    void aFacilitatorNeedsTheKeyboardAlone()
    {
        const view::Review review = test::someReview();
        test::WindowBench b(test::reviewScene(review), *m_theme);
        press(b, Qt::Key_3, Qt::ControlModifier);
        review::ReviewView &view = b.window.review();
        if (view.current().isEmpty()) // from the list of them
            press(b, Qt::Key_Return);
        QCOMPARE(view.current(), review.incident);
        QVERIFY(view.isAncestorOf(b.window.focusWidget()));
        view.evidence().table().setFocus();
        const review::Replay &replay = view.replay().replay();

        press(b, Qt::Key_T);
        QVERIFY(replay.isPlaying() && replay.isPast());
        press(b, Qt::Key_T);
        QVERIFY(!replay.isPlaying() && replay.isPast());
        const Instant stood = replay.at();
        press(b, Qt::Key_BracketRight);
        press(b, Qt::Key_BracketRight);
        QVERIFY(replay.at() > stood);
        const Instant after = replay.at();
        press(b, Qt::Key_BracketLeft);
        QCOMPARE(after - replay.at(), minutes(1));
        press(b, Qt::Key_BraceRight);
        const Instant event = replay.at();
        press(b, Qt::Key_BraceRight);
        QVERIFY(replay.at() > event);
        press(b, Qt::Key_BraceLeft);
        QCOMPARE(replay.at(), event);
        const int speed = replay.speed();
        press(b, Qt::Key_V);
        QVERIFY(replay.speed() != speed);
        QCOMPARE(replay.clock(), view::PastClock::AsKnown);
        press(b, Qt::Key_K);
        QCOMPARE(replay.clock(), view::PastClock::AsItWas);
        QCOMPARE(b.source.travels.back().clock, view::PastClock::AsItWas);
        QVERIFY(!b.source.travels.back().named);
        press(b, Qt::Key_R);
        QVERIFY(b.source.travels.back().named); // the views of the past follow
        press(b, Qt::Key_R);
        QVERIFY(!b.source.travels.back().named);

        // The lanes have the keys of a player.
        view.replay().lanes().setFocus();
        press(b, Qt::Key_Home);
        QCOMPARE(replay.at(), replay.from());
        press(b, Qt::Key_Space);
        QVERIFY(replay.isPlaying());
        press(b, Qt::Key_Space);
        QVERIFY(!replay.isPlaying());
        press(b, Qt::Key_End);
        QCOMPARE(replay.at(), replay.to());

        // Told to a room: the same keys, and the next of what is told.
        view.evidence().table().setFocus();
        press(b, Qt::Key_P);
        QVERIFY(view.isPresenting());
        QCOMPARE(view.presentation().current(), 0);
        press(b, Qt::Key_Right);
        QCOMPARE(view.presentation().current(), 1);
        QCOMPARE(replay.at(), view.presentation().slides()[1].at);
        QVERIFY(!view.presentation().spoken().contains(QStringLiteral("line number 2")));
        press(b, Qt::Key_BraceRight);
        QVERIFY(view.presentation().spoken().contains(QStringLiteral("line number 2"))); // what is told follows
        press(b, Qt::Key_BracketRight);
        QVERIFY(replay.at() > view.presentation().slides()[1].at);
        press(b, Qt::Key_T);
        QVERIFY(replay.isPlaying());
        press(b, Qt::Key_T);
        QVERIFY(!replay.isPlaying());
        press(b, Qt::Key_K);
        QCOMPARE(replay.clock(), view::PastClock::AsKnown);
        press(b, Qt::Key_V);
        const Instant before = replay.at();
        press(b, Qt::Key_R); // who is named moves nothing
        QCOMPARE(replay.at(), before);
        QCOMPARE(view.presentation().current(), 1);
        press(b, Qt::Key_Left);
        QCOMPARE(view.presentation().current(), 0);
        press(b, Qt::Key_Escape);
        QVERIFY(!view.isPresenting());
        QVERIFY(b.source.travels.back().isPast()); // whoever leaves the room is still in the past
        press(b, Qt::Key_End, Qt::AltModifier);
        QVERIFY(!b.source.travels.back().isPast());
        QVERIFY(!replay.isPast());
        QVERIFY(!b.window.windowTitle().startsWith(QStringLiteral("PAST")));
    }

    /// People are what they were in all that is told, and by name at one key.
    void aRoomIsToldRolesAndNamesAtOneKey()
    {
        view::Review review = test::someReview();
        auto cast = std::make_shared<view::Cast>();
        cast->members.push_back({{QStringLiteral("Mara Lindt"), QStringLiteral("mara")}, {QStringLiteral("Mara"), QStringLiteral("Lindt")}, QStringLiteral("Responder 1"), {}, true});
        review.cast = cast;
        review.moments[0].text = QStringLiteral("Mara rolls back");
        test::WindowBench b(test::reviewScene(review), *m_theme);
        b.window.showPerspective(Perspective::Review);
        b.window.review().open(review.incident);
        b.window.review().evidence().table().setFocus();
        press(b, Qt::Key_P);
        press(b, Qt::Key_Right);
        const review::Presentation &told = b.window.review().presentation();
        QVERIFY2(told.spoken().contains(QStringLiteral("Responder 1 rolls back")), qPrintable(told.spoken()));
        QVERIFY(!told.spoken().contains(QStringLiteral("Mara")));
        press(b, Qt::Key_R);
        QVERIFY(told.spoken().contains(QStringLiteral("Mara rolls back")));
        press(b, Qt::Key_Escape);
    }

    /// The record of a review that is open was erased: nothing of it stays in sight, and it is said.
    void aReviewWhoseRecordIsErasedIsLeft()
    {
        view::Review review = test::someReview();
        review.holes = {QStringLiteral("The alerts of 2026-11-22 were erased (asked for by legal): queue, map and lanes lack them.")};
        view::ViewModel scene = test::reviewScene(review);
        test::WindowBench b(scene, *m_theme);
        b.window.showPerspective(Perspective::Review);
        b.window.review().open(review.incident);
        QVERIFY(b.window.review().header().plain().contains(QStringLiteral("asked for by legal")));
        scene.review.reset();
        scene.reviews.clear();
        std::erase_if(scene.incidents, [&](const view::IncidentRow &i) { return i.id == review.incident; });
        b.source.show(scene);
        QVERIFY(b.window.review().current().isEmpty());
        QVERIFY(b.window.instrument().preview().contains(QStringLiteral("was erased")));
    }
};

QD_GUI_TEST(TestWindowReplay)
#include "tst_replay.moc"
