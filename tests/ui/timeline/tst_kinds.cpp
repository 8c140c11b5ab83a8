// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/timeline/area.h"
#include "ui/timeline/kindbar.h"
#include "ui/timeline/timelinecanvas.h"
#include "ui/timeline/timelinemodel.h"
#include "ui/timeline/timelineview.h"
#include "ui/widgets/chip.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace qd;
using namespace qd::timeline;

namespace {

QString t(const char *text) { return QString::fromUtf8(text); }

view::TimelineEntry aLine(const char *id, const char *kind, int minutesAgo, const char *text = "words")
{
    view::TimelineEntry e;
    e.id = t(id);
    e.kind = t(kind);
    e.at = test::sceneMoment() - minutes(minutesAgo);
    e.text = t(text);
    return e;
}

/// Three messages, a decision, a call that is pinned, and one alert's bar.
view::ViewModel aKindScene()
{
    view::ViewModel v = test::quietScene();
    v.spans.clear();
    v.timeline = {aLine("m1", "message", 30), aLine("m2", "message", 20), aLine("d1", "decision", 15, "roll back"), aLine("p1", "page", 12, "Ana is called"), aLine("m3", "message", 5)};
    v.timeline[3].moment = 4;
    v.spans.push_back({t("am/1"), t("Replica lag"), AlertSeverity::Error, test::sceneMoment() - minutes(25), {}});
    return v;
}

struct KindStage {
    style::Theme theme{*style::Palette::builtIn()};
    test::ViewFixture source;
    widgets::Ticker ticker;
    TimelineView view;

    explicit KindStage(const view::ViewModel &model = aKindScene())
        : source(model)
        , view((ticker.freeze(true), theme), source, ticker)
    {
        view.resize(1100, 460);
        view.canvas().setNow(test::sceneMoment());
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
        view.activateWindow();
        view.canvas().setFocus();
        (void)QTest::qWaitFor([this] { return view.canvas().hasFocus(); });
    }
    void filter(const char *kind)
    {
        view.kinds().begin();
        view.kinds().field().setText(t(kind));
        QTest::keyClick(&view.kinds().field(), Qt::Key_Return);
    }
    int rows() { return view.table().model()->rowCount(); }
};

} // namespace

class TestKinds final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKindIsMeantByItsNameItsWordOrTheBeginning()
    {
        const QStringList known = kindsIn(aKindScene());
        QCOMPARE(known.front(), t("message")); // what is there most often first
        QVERIFY(known.contains(t("alert")));
        QCOMPARE(kindMeant(t("Call"), known), t("page"));
        QCOMPARE(kindMeant(t("page"), known), t("page"));
        QCOMPARE(kindMeant(t("dec"), known), t("decision"));
        QCOMPARE(kindMeant(t("nonsense"), known), QString());
        QCOMPARE(kindMeant(t("  "), known), QString());
        QCOMPARE(kindName(t("of-the-future")), t("of-the-future"));
    }

    void onlyTheKindsThatAreChosenAreShownAndTheRestIsCounted()
    {
        KindStage s;
        QCOMPARE(s.rows(), 6);
        QVERIFY(!s.view.kinds().isVisible());
        s.filter("decision");
        QVERIFY(s.view.kinds().isVisible());
        QCOMPARE(s.rows(), 2); // the decision, and what is pinned
        QCOMPARE(s.view.kinds().hidden(), t("4 hidden by filter"));
        s.filter("alert");
        QCOMPARE(s.rows(), 3);
        QCOMPARE(s.view.kinds().hidden(), t("3 hidden by filter"));
    }

    void whatTheConsoleWritesOfItselfIsHiddenAndCountedAndOneKeyShowsIt()
    {
        view::ViewModel v = aKindScene();
        v.timeline.push_back(aLine("r1", "room", 4));
        v.timeline.push_back(aLine("a1", "attached", 3));
        v.timeline.push_back(aLine("a2", "attached", 2));
        v.timeline.back().moment = 9; // pinned: shown whatever is hidden
        KindStage s(v);
        QCOMPARE(s.rows(), 7);
        QVERIFY2(s.view.state().contains(t("2 system event")), qPrintable(s.view.state()));
        QVERIFY(!s.view.kinds().isVisible()); // it takes no room
        QTest::keyClick(&s.view.canvas(), Qt::Key_Q);
        QCOMPARE(s.rows(), 9);
        QVERIFY(s.view.showsSystem() && !s.view.state().contains(t("hidden")));
        QTest::keyClick(&s.view.canvas(), Qt::Key_Q);
        QCOMPARE(s.rows(), 7);
        s.filter("room"); // who asks for them gets them
        QCOMPARE(s.rows(), 3);
        QVERIFY(!s.view.state().contains(t("system event")));
        QCOMPARE(kindName(t("secret")), t("secret"));
    }

    void eachChipIsRemovedByItself()
    {
        KindStage s;
        s.filter("decision");
        s.filter("message");
        auto chips = s.view.kinds().findChildren<widgets::Chip *>();
        QCOMPARE(s.view.kinds().filter().kinds(), (QStringList{t("decision"), t("message")}));
        for (auto chip = chips.rbegin(); chip != chips.rend(); ++chip)
            if ((*chip)->accessibleName().contains(t("decision"))) {
                (*chip)->click();
                break;
            }
        QCOMPARE(s.view.kinds().filter().kinds(), QStringList{t("message")});
        s.view.kinds().begin();
        QTest::keyClick(&s.view.kinds().field(), Qt::Key_Backspace);
        QVERIFY(s.view.kinds().filter().isEmpty());
        QTest::keyClick(&s.view.kinds().field(), Qt::Key_Escape);
        QVERIFY(!s.view.kinds().isVisible()); // it takes no room while nothing is filtered
        QCOMPARE(s.rows(), 6);
        QTRY_VERIFY(s.view.canvas().hasFocus());
    }

    void whatIsNoKindIsSaidAndNothingIsHidden()
    {
        KindStage s;
        s.filter("nonsense");
        QCOMPARE(s.rows(), 6);
        QVERIFY(s.view.kinds().isVisible());
        QVERIFY(s.view.kinds().filter().isEmpty());
    }

    void whatIsFoundAndCopiedIsWhatIsShown()
    {
        KindFilter only;
        only.add(t("decision"));
        const view::ViewModel v = aKindScene();
        QCOMPARE(findIn(v, t("words"), only).size(), std::size_t(0));
        QCOMPARE(findIn(v, t("words")).size(), std::size_t(3));
        QCOMPARE(findIn(v, t("replica"), only).size(), std::size_t(0));
        const Area all{test::sceneMoment() - hours(1), test::sceneMoment()};
        QCOMPARE(contentOf(v, all, only).events, 2);
        QCOMPARE(contentOf(v, all).events, 5);
    }

    void aFilterThatLeavesNothingIsNoEmptyTimeline()
    {
        view::ViewModel v = aKindScene();
        v.spans.clear();
        v.timeline = {aLine("m1", "message", 30), aLine("d1", "decision", 20)};
        KindStage s(v);
        s.filter("decision");
        v.timeline.pop_back();
        s.source.show(v);
        QVERIFY(!s.view.canvas().isEmpty());
        QCOMPARE(s.view.kinds().hidden(), t("1 hidden by filter"));
    }

    void whatIsPinnedStandsAboveTheLanesNewestFirst()
    {
        KindStage s;
        QCOMPARE(s.view.pinned(), t("★ 14:13 Ana is called"));
        view::ViewModel v = aKindScene();
        v.timeline[4].moment = 5;
        s.source.show(v);
        QVERIFY2(s.view.pinned().startsWith(t("★ 14:20 words")), qPrintable(s.view.pinned()));
        v.timeline[3].moment = v.timeline[4].moment = 0;
        s.source.show(v);
        QCOMPARE(s.view.pinned(), QString());
    }

    void pPinsTheChosenLine()
    {
        view::ViewModel v = aKindScene();
        v.focus = t("INC-1");
        KindStage s(v);
        s.view.canvas().select(t("d1"));
        QTest::keyClick(&s.view.canvas(), Qt::Key_P);
        QCOMPARE(s.source.sent.back().method, t("incident.moment"));
        QCOMPARE(s.source.sent.back().arguments.value(t("text")).toString(), t("roll back"));
    }

    void filesOfAMessageAreKeptAsEvidenceOneAfterTheOther()
    {
        view::ViewModel v = aKindScene();
        v.focus = t("INC-1");
        v.timeline[0].text = t("the heap\n[file: heap.txt, 15 bytes]\n[file: log.txt, 2 KB]");
        v.timeline[0].message = t("post-7");
        KindStage s(v);
        QSignalSpy told(&s.view, &TimelineView::told), refused(&s.view, &TimelineView::refused);
        s.view.canvas().select(t("d1")); // no chat message
        QTest::keyClick(&s.view.canvas(), Qt::Key_E, Qt::ShiftModifier);
        QVERIFY(s.source.sent.empty() && refused.size() == 1);
        s.view.canvas().select(t("m1"));
        QTest::keyClick(&s.view.canvas(), Qt::Key_E, Qt::ShiftModifier);
        QCOMPARE(s.source.sent.size(), std::size_t(2));
        for (int n = 0; n < 2; ++n) {
            QCOMPARE(s.source.sent[std::size_t(n)].method, t("evidence.fetch"));
            QCOMPARE(s.source.sent[std::size_t(n)].arguments.value(t("message")).toString(), t("post-7"));
            QCOMPARE(s.source.sent[std::size_t(n)].arguments.value(t("file")).toInt(), n + 1);
        }
        QVERIFY(told.takeLast()[0].toString().contains(t("kept as evidence of INC-1")));
        s.source.sent.clear();
        s.source.nextDone = false;
        s.source.nextSentence = t("\"heap.txt\" is larger than 4 MB");
        QTest::keyClick(&s.view.canvas(), Qt::Key_E, Qt::ShiftModifier);
        QCOMPARE(s.source.sent.size(), std::size_t(1)); // what is refused ends it, and says why
        QCOMPARE(refused.takeLast()[0].toString(), s.source.nextSentence);
    }

    void sealedWordsAreCountedAndAskedForByAButtonOrItsKey()
    {
        KindStage s;
        QVERIFY(!s.view.sealedButton().isVisible());
        view::ViewModel v = aKindScene();
        v.timeline[0].text = t("see [sealed: restricted, short] and [sealed: confidential, medium]");
        v.timeline[1].text = t("[sealed: restricted, long]");
        s.source.show(v);
        QVERIFY(s.view.sealedButton().isVisible());
        QCOMPARE(s.view.sealedButton().text(), t("▨ 2 sealed — reveal"));
        QSignalSpy asked(&s.view, &TimelineView::revealRequested);
        s.view.sealedButton().click();
        QCOMPARE(asked.takeFirst()[0].toString(), QString()); // all of them
        s.view.canvas().select(t("m1"));
        QTest::keyClick(&s.view.canvas(), Qt::Key_X, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(asked.takeFirst()[0].toString(), t("m1"));
    }
};

QD_GUI_TEST(TestKinds)
#include "tst_kinds.moc"
