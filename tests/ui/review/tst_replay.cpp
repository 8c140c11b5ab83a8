// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/gototime.h"
#include "ui/review/presentation.h"
#include "ui/review/replay.h"
#include "ui/review/replaystrip.h"

#include "tests/support/suite.h"
#include "tests/ui/review/reviewscene.h"
#include "ui/style/palette.h"

#include <QPushButton>
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

    /// Not by colour alone: a mark, a weight and words say which clock holds, to the eye and to who listens.
    void whichClockHoldsIsUnmistakable()
    {
        review::ReplayStrip strip(*m_theme);
        strip.show(test::someReview());
        const auto buttonOf = [&](view::PastClock clock) {
            for (QPushButton *button : strip.findChildren<QPushButton *>())
                if (button->text() == strip.clockWords(clock))
                    return button;
            return static_cast<QPushButton *>(nullptr);
        };
        for (const auto &[holds, other] : {std::pair{view::PastClock::AsItWas, view::PastClock::AsKnown}, std::pair{view::PastClock::AsKnown, view::PastClock::AsItWas}}) {
            strip.setClock(holds);
            QPushButton *on = buttonOf(holds), *off = buttonOf(other);
            QVERIFY(on != nullptr && off != nullptr);
            QVERIFY(on->text().startsWith(QStringLiteral("●")) && off->text().startsWith(QStringLiteral("○")));
            QVERIFY(on->font().weight() > off->font().weight());
            QVERIFY(on->isChecked() && !off->isChecked());
            QVERIFY(on->accessibleName().endsWith(QStringLiteral("It holds.")) && off->accessibleName().endsWith(QStringLiteral("It does not hold.")));
            QVERIFY(strip.accessibleDescription().contains(holds == view::PastClock::AsItWas ? QStringLiteral("as it was") : QStringLiteral("as known then")));
        }
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

    /// What fired is read beside the view: its lane is full before anybody goes into the past, and of another review it is another.
    void theLaneOfAlertsIsFullBeforeAnybodyGoesThere()
    {
        review::ReplayStrip strip(*m_theme);
        strip.resize(1200, 260);
        view::Review review = test::someReview(80);
        strip.show(review);
        QVERIFY(strip.lanes().spans() == nullptr);
        const auto fired = std::make_shared<const std::vector<view::AlertSpan>>(
            std::vector<view::AlertSpan>{{QStringLiteral("am/1"), QStringLiteral("DbDown"), AlertSeverity::Critical, review.from + seconds(30), review.from + minutes(9), false, review.from + seconds(90)}});
        review.spans = fired;
        strip.show(review);
        QVERIFY(strip.lanes().spans() == fired);
        QVERIFY(!strip.replay().isPast());
        // As known then, the bar is not there before its first report, though it had begun.
        const auto picture = [&](Instant at, view::PastClock clock) {
            strip.setClock(clock);
            strip.go(at);
            return strip.lanes().grab().toImage();
        };
        QVERIFY(picture(review.from + seconds(60), view::PastClock::AsKnown) != picture(review.from + seconds(60), view::PastClock::AsItWas));
        QVERIFY(picture(review.from + minutes(30), view::PastClock::AsKnown) == picture(review.from + minutes(30), view::PastClock::AsItWas));
        review.incident = QStringLiteral("INC-8");
        review.spans.reset();
        strip.show(review);
        QVERIFY(strip.lanes().spans() == nullptr);
    }

    /// A step paints places: what is there by either clock is the same as line by line.
    void marksThatStandTogetherAreThereWithTheFirstOfThem()
    {
        review::ReplayStrip strip(*m_theme);
        strip.resize(1200, 260);
        strip.show(test::someReview(400)); // closer together than marks are wide
        const auto picture = [&](Instant at) {
            strip.go(at);
            return strip.lanes().grab().toImage();
        };
        strip.setClock(view::PastClock::AsKnown);
        const Instant from = strip.replay().from(), to = strip.replay().to();
        QVERIFY(picture(from) != picture(to));
        strip.leave();
        const QImage present = strip.lanes().grab().toImage();
        QVERIFY(!present.isNull());
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

    /// What a room reads first is what would be published, in words: half a sentence that somebody is at is theirs still.
    void theTitleHasTheWordsOfTheSummaryThatCounts()
    {
        view::Review review = test::someReview();
        const auto summary = std::find_if(review.sections.begin(), review.sections.end(), [](const view::ReviewSection &s) { return s.id == QLatin1String("summary"); });
        QVERIFY(summary != review.sections.end());
        const auto write = [&](const char *text, bool draft, const char *by = "Mara Lindt") {
            const std::uint32_t number = summary->revision() + 1;
            summary->revisions.push_back(std::make_shared<view::RevisionText>(view::RevisionText{number, number - 1, QString::fromUtf8(text), QLatin1String(by), review.openedAt, draft, false}));
        };
        const auto shown = [&] { return review::slidesOf(review, true)[0].evidence; };
        summary->revisions.clear();
        QCOMPARE(shown(), QStringList());
        write("The record **has** it.", true, "core");
        QCOMPARE(shown(), QStringList(QStringLiteral("The record has it.")));
        write("We thi", true);
        QCOMPARE(shown(), QStringList(QStringLiteral("The record has it.")));
        write("## In short\n\nAt [14:02](entry:line/12) the pool was **full**, by `limit`.\n\n- [sealed: restricted] said so", false);
        const QStringList words(QStringLiteral("In short\nAt 14:02 the pool was full, by limit.\n[sealed: restricted] said so"));
        QCOMPARE(shown(), words);
        write("We thi", true);
        write("[struck]", false);
        QCOMPARE(shown(), words);
        write("\n", false); // said to be nothing
        QCOMPARE(shown(), QStringList());
    }

    void aRoomIsToldTheMomentsInOrderWithWhatLedToThemAndNobodysName()
    {
        const view::Review review = test::someReview();
        const auto slides = review::slidesOf(review);
        QCOMPARE(slides.size(), std::size_t{4}); // the title, two moments, what is to be done
        QCOMPARE(slides[0].words, review.title);
        QCOMPARE(slides[1].words, QStringLiteral("first alert, payments"));
        QCOMPARE(slides[2].at, review.evidence->row(20).at);
        QCOMPARE(slides[2].evidence.size(), 5);
        QVERIFY(slides[2].evidence[4].startsWith(QStringLiteral("▸")));
        QVERIFY(slides[2].evidence[4].contains(QStringLiteral("line number 20")));
        QVERIFY(slides[2].evidence[0].contains(QStringLiteral("line number 16")));
        QCOMPARE(slides[3].evidence.size(), 2);
        for (const auto &slide : slides)
            for (const QString &line : slide.evidence)
                QVERIFY2(!line.contains(QStringLiteral("Mara")) && !line.contains(QStringLiteral("Dana")), qPrintable(line));
    }

    /// The change of the scene happened at the fifth line's time and became known 21 minutes later.
    void nothingThatCameOrWasKnownLaterStandsWithAMoment()
    {
        view::Review review = test::someReview(80);
        const view::EvidenceRow &change = review.evidence->row(4), &next = review.evidence->row(5);
        review.moments = {{1, change.reference, QStringLiteral("key"), QStringLiteral("the push"), change.at}, {2, next.reference, QStringLiteral("key"), QStringLiteral("after it"), next.at}};
        const QString push = QStringLiteral("config push");
        const auto isIn = [&](const review::Slide &slide) { return !slide.evidence.filter(push).isEmpty(); };
        const auto was = review::slidesOf(review, false, view::PastClock::AsItWas);
        QCOMPARE(was[1].at, change.at);
        QVERIFY(isIn(was[1]) && isIn(was[2]));
        QVERIFY2(was[1].evidence.back().startsWith(QStringLiteral("▸")) && was[1].evidence.back().contains(QStringLiteral("(known ")), qPrintable(was[1].evidence.back()));
        QVERIFY(!was[2].evidence.back().contains(QStringLiteral("(known ")));
        const auto known = review::slidesOf(review, false, view::PastClock::AsKnown);
        QCOMPARE(known[1].at, change.knownAt); // gone to when it was known
        QCOMPARE(known[1].evidence.size(), 5);
        QVERIFY(known[1].evidence.back().startsWith(QStringLiteral("▸")) && known[1].evidence.back().contains(push));
        QVERIFY(known[1].evidence[3].contains(QStringLiteral("line number 45"))); // and not the one of the same instant
        QVERIFY(!isIn(known[2]));
        QCOMPARE(known[2].at, next.at);
        QVERIFY(known[2].evidence.back().contains(QStringLiteral("line number 5")));
    }

    /// At its worst, or at the moment the replay is at; what it is called today is neither.
    void theTitleSaysHowSevereItWasAndNotWhatItIsToday()
    {
        view::Review review = test::someReview();
        review.severity = IncidentSeverity::Sev4;
        review.worst = IncidentSeverity::Sev1;
        QCOMPARE(review::slidesOf(review)[0].heading, review.incident + QStringLiteral(" · SEV1 at its worst"));
        QWidget window;
        review::Presentation p(*m_theme, &window);
        window.resize(1200, 700);
        window.show();
        const auto heading = [&] { return p.spoken().section(QLatin1Char('\n'), 0, 0); };
        const auto past = [&](IncidentSeverity severity, bool isTold) {
            auto v = std::make_shared<view::ViewModel>();
            view::IncidentRow row;
            row.id = review.incident;
            row.severity = severity;
            row.severityTold = isTold;
            v->incidents = {row};
            v->past = {review.incident, review.moments[0].at, view::PastClock::AsKnown, false};
            return view::ViewModelPtr(std::move(v));
        };
        p.setPast(past(IncidentSeverity::Sev3, true)); // the replay was there before
        p.begin(review);
        QVERIFY2(heading().startsWith(review.incident + QStringLiteral(" · SEV3 at ")), qPrintable(heading()));
        p.setPast(past(IncidentSeverity::Sev2, true));
        QVERIFY2(heading().startsWith(review.incident + QStringLiteral(" · SEV2 at ")), qPrintable(heading()));
        p.setPast(past(IncidentSeverity::Sev3, false)); // its files do not tell
        QCOMPARE(heading(), review.incident);
        p.go(1);
        QCOMPARE(heading(), QStringLiteral("DETECTION"));
        p.setPast({});
        QCOMPARE(heading(), QStringLiteral("DETECTION"));
        p.go(-1);
        QCOMPARE(heading(), review.incident + QStringLiteral(" · SEV1 at its worst"));
    }

    void aMomentIsShownAsFarAsTheReplayIs()
    {
        const view::Review review = test::someReview(80);
        QWidget window;
        review::Presentation p(*m_theme, &window);
        window.resize(1200, 700);
        window.show();
        p.begin(review);
        p.go(1);
        const auto to = [&](std::size_t row, view::PastClock clock) {
            p.setPoint({review.incident, review.evidence->row(row).at, clock, false}, review);
            return p.spoken();
        };
        QVERIFY(p.spoken().contains(QStringLiteral("line number 1 ")) && !p.spoken().contains(QStringLiteral("line number 2")));
        QVERIFY2(p.spoken().contains(QStringLiteral("PAST · as known at")), qPrintable(p.spoken()));
        QVERIFY(to(3, view::PastClock::AsKnown).contains(QStringLiteral("line number 3")));
        QVERIFY(!to(0, view::PastClock::AsKnown).contains(QStringLiteral("line number 1")));
        QVERIFY(!to(6, view::PastClock::AsKnown).contains(QStringLiteral("config push")));
        const QString was = to(6, view::PastClock::AsItWas);
        QVERIFY2(was.contains(QStringLiteral("config push")) && was.contains(QStringLiteral("PAST · as it was at")), qPrintable(was));
        QCOMPARE(p.current(), 1);
        p.go(1); // the next begins at its own time
        QVERIFY(p.spoken().contains(QStringLiteral("line number 20")) && !p.spoken().contains(QStringLiteral("line number 21")));
    }

    /// A room is not told as known then what somebody put otherwise afterwards.
    void aLineThatWasPutOtherwiseIsToldInItsWordsOfThen()
    {
        view::Review review = test::someReview(80);
        auto evidence = std::make_shared<view::Evidence>(*review.evidence);
        auto chunk = std::make_shared<view::Evidence::Chunk>(*evidence->chunks[0]);
        const Instant at = (*chunk)[1].at;
        (*chunk)[1].before = {{QStringLiteral("it is the database"), at + seconds(30)}, {QStringLiteral("it is the network"), at + seconds(60)}};
        evidence->chunks[0] = chunk;
        review.evidence = evidence;
        const auto told = [&](Span later, view::PastClock clock) {
            return review::linesThen(review, review.moments[0].number, {review.incident, at + later, clock, false}).join(QLatin1Char('\n'));
        };
        QVERIFY2(told({}, view::PastClock::AsKnown).contains(QStringLiteral("it is the database")), qPrintable(told({}, view::PastClock::AsKnown)));
        QVERIFY(!told({}, view::PastClock::AsKnown).contains(QStringLiteral("line number 1 ")));
        QVERIFY(told(seconds(30), view::PastClock::AsKnown).contains(QStringLiteral("it is the network")));
        QVERIFY(told(seconds(60), view::PastClock::AsKnown).contains(QStringLiteral("line number 1 ")));
        QVERIFY(told({}, view::PastClock::AsItWas).contains(QStringLiteral("line number 1 ")));
    }

    void aTypedTimeIsReadOnTheDaysThereAreAndRefusedOutsideThem()
    {
        const Instant from = *parseInstant("2026-11-28T22:10:20Z"), to = *parseInstant("2026-11-30T06:00:00Z");
        review::Replay replay;
        replay.setStretch(QStringLiteral("INC-7"), from, to);
        const auto read = [&](const char *text) { return review::readPast(QString::fromLatin1(text), replay); };
        QCOMPARE(read("23:09:30").at, *parseInstant("2026-11-28T23:09:30Z")); // the nearest to its beginning
        QCOMPARE(read("5:00").at, *parseInstant("2026-11-29T05:00:00Z"));
        QCOMPARE(read("2026-11-30 05:00").at, *parseInstant("2026-11-30T05:00:00Z"));
        QCOMPARE(read("2026-11-30T06:30:00+01:00").at, *parseInstant("2026-11-30T05:30:00Z"));
        QCOMPARE(read("2026-11-28 22:10").at, from); // the minute it begins in
        replay.go(to);
        QCOMPARE(read("5:00").at, *parseInstant("2026-11-30T05:00:00Z")); // the nearest to where one is
        for (const char *outside : {"2026-11-28 22:09", "2026-11-30 06:01", "2026-12-24T10:00:00Z"})
            QVERIFY2(!read(outside).at && read(outside).refusal.contains(QStringLiteral("2026-11-28 22:10:20 to 2026-11-30 06:00:00")), outside);
        for (const char *none : {"", "noon", "25:00", "14:61", "2026-13-01 10:00", "14:09:30 or so"})
            QVERIFY2(!read(none).at && read(none).refusal.contains(QStringLiteral("is no time")), none);
    }

    void whoLeadsHasTheTwoQuestionsOfEachMomentOnTheScreen()
    {
        view::Review review = test::someReview();
        review.moments[0].questions = {QStringLiteral("What showed it first?"), QStringLiteral("What was there already?")};
        const auto slides = review::slidesOf(review);
        QVERIFY(slides.front().questions.isEmpty() && slides.back().questions.isEmpty());
        QCOMPARE(slides[1].questions, review.moments[0].questions);
        QWidget window;
        review::Presentation p(*m_theme, &window);
        window.resize(1200, 700);
        window.show();
        p.begin(review);
        QVERIFY(!p.spoken().contains(QStringLiteral("showed it")));
        p.go(1);
        QVERIFY2(p.spoken().contains(QStringLiteral("? What showed it first?\n? What was there already?")), qPrintable(p.spoken()));
    }

    void aPresentationIsLedByTheKeyboardAlone()
    {
        QWidget window;
        review::Presentation p(*m_theme, &window);
        window.resize(1200, 700);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window, qd::tests::kPatience));
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
