// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/presentation.h"
#include "ui/review/replay.h"
#include "ui/review/replaystrip.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"
#include "ui/style/palette.h"

#include <QSignalSpy>
#include <QtTest>
#include <memory>

using namespace qd;
using review::Replay;
using review::ReplayLanes;

namespace {

Replay aReplay(const view::Review &r)
{
    Replay replay;
    replay.setStretch(r.incident, r.from, r.to);
    replay.setEvents(*r.evidence);
    return replay;
}

} // namespace

class TestReplay final : public QObject {
    Q_OBJECT
    std::unique_ptr<style::Theme> m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        auto palette = style::Palette::builtIn();
        QVERIFY(palette);
        m_theme = std::make_unique<style::Theme>(std::move(*palette));
        m_theme->install();
    }

    void nothingIsPastUntilOneGoesThere()
    {
        Replay r = aReplay(test::someReview());
        QVERIFY(!r.isPast());
        QVERIFY(!r.point().isPast());
        r.minute(1);
        QCOMPARE(r.at(), r.from());
        r.leave();
        r.event(-1);
        QCOMPARE(r.at(), r.to());
    }

    void minutesAreWholeOnesAndNothingLeavesTheStretch()
    {
        const view::Review review = test::someReview();
        Replay r = aReplay(review);
        const Instant whole{(review.from.ns / minutes(1).ns + 3) * minutes(1).ns};
        r.go(whole + seconds(20));
        r.minute(-1);
        QCOMPARE(r.at(), whole);
        r.minute(-1);
        QCOMPARE(r.at(), whole - minutes(1));
        r.minute(1);
        r.minute(1);
        QCOMPARE(r.at(), whole + minutes(1));
        r.home();
        r.minute(-1);
        QCOMPARE(r.at(), review.from);
        r.end();
        r.minute(1);
        r.event(1);
        QCOMPARE(r.at(), review.to);
    }

    /// The change of the scene happened at the fifth line's time and became known 21 minutes later.
    void eventsFollowTheClock()
    {
        const view::Review review = test::someReview(80);
        const view::EvidenceRow &change = review.evidence->row(4);
        Replay r = aReplay(review);
        r.setClock(view::PastClock::AsItWas);
        r.go(change.at - seconds(1));
        r.event(1);
        QCOMPARE(r.at(), change.at);
        QCOMPARE(ReplayLanes::there(change.at, change.knownAt, r), ReplayLanes::There::Yes);
        r.setClock(view::PastClock::AsKnown);
        QCOMPARE(r.at(), change.at); // the same moment by the other clock
        QCOMPARE(ReplayLanes::there(change.at, change.knownAt, r), ReplayLanes::There::Unknown);
        r.event(-1);
        r.event(1);
        QVERIFY(r.at() != change.at); // nothing became known then
        r.go(change.knownAt);
        QCOMPARE(ReplayLanes::there(change.at, change.knownAt, r), ReplayLanes::There::Yes);
        r.go(change.at - seconds(1));
        QCOMPARE(ReplayLanes::there(change.at, change.knownAt, r), ReplayLanes::There::NotYet);
    }

    void playingGoesAsFastAsItSaysAndEndsAtTheEnd()
    {
        const view::Review review = test::someReview();
        Replay r = aReplay(review);
        QVERIFY(!r.pass(seconds(1)));
        r.setPlaying(true);
        QCOMPARE(r.speed(), 8);
        QVERIFY(r.pass(seconds(1)));
        QCOMPARE(r.at(), review.from + seconds(8));
        r.nextSpeed();
        QCOMPARE(r.speed(), 60);
        QVERIFY(r.pass(seconds(3600)));
        QCOMPARE(r.at(), review.to);
        QVERIFY(!r.isPlaying());
    }

    void theStripAsksForOneMomentAStepAndForThePresentOnLeaving()
    {
        review::ReplayStrip strip(*m_theme);
        const view::Review review = test::someReview();
        strip.show(review);
        QSignalSpy wanted(&strip, &review::ReplayStrip::wanted);
        strip.minute(1);
        strip.event(1);
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted.at(1).at(0).value<view::PastPoint>().at, review.evidence->row(1).at);
        strip.setClock(view::PastClock::AsItWas);
        QCOMPARE(wanted.at(2).at(0).value<view::PastPoint>().clock, view::PastClock::AsItWas);
        strip.leave();
        QVERIFY(!wanted.at(3).at(0).value<view::PastPoint>().isPast());
        strip.leave();
        QCOMPARE(wanted.size(), 4);
    }

    void aPlaceInTheLanesIsAMomentAndBack()
    {
        review::ReplayStrip strip(*m_theme);
        strip.resize(1200, 260);
        strip.show(test::someReview());
        const review::ReplayLanes &lanes = strip.lanes();
        const Instant at = strip.replay().from() + minutes(7);
        const auto off = lanes.at(lanes.x(at)) - at;
        QVERIFY(std::abs(off.ns) < seconds(1).ns);
    }

    void aRoomIsToldTheMomentsInOrderWithWhatStandsAroundThemAndNobodysName()
    {
        const view::Review review = test::someReview();
        const auto slides = review::slidesOf(review);
        QCOMPARE(slides.size(), std::size_t{4}); // the title, two moments, what is to be done
        QCOMPARE(slides[0].words, review.title);
        QCOMPARE(slides[1].words, QStringLiteral("first alert, payments"));
        QCOMPARE(slides[2].at, review.evidence->row(20).at);
        QCOMPARE(slides[2].evidence.size(), 5);
        QVERIFY(slides[2].evidence[2].startsWith(QStringLiteral("▸")));
        QVERIFY(slides[2].evidence[2].contains(QStringLiteral("line number 20")));
        QCOMPARE(slides[3].evidence.size(), 2);
        for (const auto &slide : slides)
            for (const QString &line : slide.evidence)
                QVERIFY2(!line.contains(QStringLiteral("Mara")) && !line.contains(QStringLiteral("Dana")), qPrintable(line));
    }

    void aPresentationIsLedByTheKeyboardAlone()
    {
        QWidget window;
        review::Presentation p(*m_theme, &window);
        window.resize(1200, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QSignalSpy moved(&p, &review::Presentation::moved), left(&p, &review::Presentation::left);
        p.begin(test::someReview());
        QTest::keyClick(&p, Qt::Key_Right);
        QCOMPARE(p.current(), 1);
        QVERIFY(p.spoken().contains(QStringLiteral("first alert, payments")));
        QVERIFY(p.spoken().contains(QStringLiteral("PAST")));
        QVERIFY(moved.last().at(0).value<Instant>());
        QTest::keyClick(&p, Qt::Key_End);
        QCOMPARE(p.current(), 3);
        QTest::keyClick(&p, Qt::Key_Right);
        QCOMPARE(p.current(), 3);
        QTest::keyClick(&p, Qt::Key_Home);
        QCOMPARE(p.current(), 0);
        QVERIFY(left.isEmpty());
        QTest::keyClick(&p, Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }
};

QD_GUI_TEST(TestReplay)
#include "tst_replay.moc"
