// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/evidence.h"
#include "ui/seat/keptwords.h"
#include "ui/seat/reel.h"
#include "ui/seat/reviewrules.h"
#include "ui/seat/viewbuilder.h"

#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::Looking;
using seat::Reel;
using seat::ViewBuilder;

namespace {

/// A log whose records can be folded again.
struct Taped {
    state::State state;
    std::vector<desk::RecordPtr> records;
    Instant now = kMorning;

    void record(events::Events events, Span later = seconds(1))
    {
        now = now + later;
        auto r = std::make_shared<desk::Record>();
        r->seq = state.seq + 1;
        r->time = now;
        r->events = std::move(events);
        state::applyRecord(state, r->seq, r->time, r->events);
        records.push_back(std::move(r));
    }
    void record(events::Event event, Span later = seconds(1)) { record(events::Events{std::move(event)}, later); }
    /// The State that is the fold of the records up to an instant, from the first on.
    [[nodiscard]] state::State foldedTo(Instant at) const
    {
        state::State out;
        for (const desk::RecordPtr &r : records)
            if (r->time <= at)
                state::applyRecord(out, r->seq, r->time, r->events);
        return out;
    }
};

Taped anIncidentOnTape(int lines)
{
    Taped t;
    t.record(withWorkspace());
    t.record(withConnection("am"));
    t.record(decided(aBatch("am", t.now).alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").startsAt(t.now).build()));
    t.record(anIncident("INC-1").service("db").event());
    for (int i = 0; i < lines; ++i)
        t.record(events::LogWritten{"INC-1", "line " + std::to_string(i), kAna});
    return t;
}

struct ReviewedScene {
    Log log;
    ViewBuilder builder;
    Looking looking;
    explicit ReviewedScene(int lines)
    {
        log.record(withWorkspace()).record(withConnection("am")).record(anIncident("INC-1").severity(IncidentSeverity::Sev1).service("db").event());
        for (int i = 0; i < lines;) {
            events::Events some;
            for (int n = 0; n < 100 && i < lines; ++n, ++i)
                some.push_back(events::LogWritten{"INC-1", "line " + std::to_string(i), kAna});
            log.record(std::move(some));
        }
        looking.person = QStringLiteral("ana");
        looking.review = QStringLiteral("INC-1");
    }
    view::ViewModelPtr view()
    {
        looking.now = log.now();
        return builder.build(log.state, looking);
    }
};

} // namespace

class TestViewReview final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Whatever order moments are asked for in, they are what a fold from the first record gives.
    void aMomentOfTheReelIsTheFoldUpToIt()
    {
        Taped tape = anIncidentOnTape(600);
        Reel reel(state::State{});
        for (const auto &r : tape.records)
            QVERIFY(reel.add(r));
        reel.wind();
        for (const int second : {3, 600, 599, 601, 128, 127, 400, 5, 604, 0}) {
            const Instant at = kMorning + seconds(second) + millis(500);
            QCOMPARE(dump(reel.at(at)), dump(tape.foldedTo(at)));
        }
        QVERIFY(reel.at(kMorning - hours(1)).incidents.begin() == reel.at(kMorning - hours(1)).incidents.end());
    }

    /// The step to the next event costs what happened between, and one back what lies between two marks.
    void aStepCostsItsRecords()
    {
        Taped tape = anIncidentOnTape(2000);
        Reel reel(state::State{});
        for (const auto &r : tape.records)
            reel.add(r);
        reel.wind();
        (void)reel.at(kMorning + seconds(1000));
        std::uint64_t before = reel.folded();
        (void)reel.at(kMorning + seconds(1001));
        QCOMPARE(reel.folded() - before, std::uint64_t{1});
        before = reel.folded();
        (void)reel.at(kMorning + seconds(1000));
        QVERIFY(reel.folded() - before <= Reel::kMarkEvery);
    }

    void theReelKnowsWhatFiredFromWhenToWhen()
    {
        Taped tape = anIncidentOnTape(10);
        const ReportBatch over = aBatch("am", tape.now).alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").startsAt(kMorning + seconds(2)).resolved(kMorning + seconds(12)).build();
        tape.record(decided(over, {events::Verdict::Resolved}));
        Reel reel(state::State{});
        for (const auto &r : tape.records)
            reel.add(r);
        reel.wind();
        QCOMPARE(reel.alerts().size(), std::size_t{1});
        QCOMPARE(reel.alerts().begin()->second.title, QStringLiteral("DbDown"));
        QVERIFY(reel.alerts().begin()->second.to);
    }

    /// A change that became known later stands in what was, and not in what was known.
    void theTwoClocksTellTwoPasts()
    {
        view::Evidence e;
        auto chunk = std::make_shared<view::Evidence::Chunk>();
        view::EvidenceRow row;
        row.id = QStringLiteral("change/7");
        row.text = QStringLiteral("config push");
        row.actor = QStringLiteral("Ben");
        row.role = QStringLiteral("Operations");
        row.lane = view::Lane::Changes;
        row.kind = QStringLiteral("change");
        row.at = kMorning;
        row.knownAt = kMorning + minutes(21);
        chunk->push_back(row);
        e.chunks.push_back(chunk);
        e.order = {0};
        const std::map<std::string, seat::ReelAlert> alerts{{"am/1", {QStringLiteral("DbDown"), QStringLiteral("db"), AlertSeverity::Critical, kMorning - minutes(1), kMorning + minutes(30)}},
                                                            {"am/2", {QStringLiteral("Over"), QStringLiteral("db"), AlertSeverity::Critical, kMorning - minutes(9), kMorning - minutes(5)}}};
        view::ViewModel known, was;
        seat::tellPast(known, {QStringLiteral("INC-1"), kMorning + minutes(1), view::PastClock::AsKnown}, &e, &alerts, false);
        QVERIFY(known.timeline.empty());
        QVERIFY(known.active.empty()); // the State of that moment says what fires; nothing is added
        QVERIFY(known.past.isPast());
        seat::tellPast(was, {QStringLiteral("INC-1"), kMorning + minutes(1), view::PastClock::AsItWas}, &e, &alerts, false);
        QCOMPARE(was.timeline.size(), std::size_t{1});
        QCOMPARE(was.timeline[0].actor, QStringLiteral("Operations"));
        QCOMPARE(was.active.size(), std::size_t{1});
        QCOMPARE(was.active[0].title, QStringLiteral("DbDown"));
    }

    /// An incident rebuilt from elsewhere has no State of its time: by either clock it is told by its lines.
    void aRebuiltIncidentIsToldLineByLine()
    {
        view::Evidence e;
        auto chunk = std::make_shared<view::Evidence::Chunk>();
        view::EvidenceRow alert;
        alert.id = QStringLiteral("INC-1/0");
        alert.text = QStringLiteral("pager went off");
        alert.kind = QStringLiteral("alert");
        alert.lane = view::Lane::Alerts;
        alert.origin = QStringLiteral("pager history");
        alert.at = kMorning;
        alert.knownAt = kMorning + minutes(4);
        alert.until = kMorning + minutes(10);
        chunk->push_back(alert);
        e.chunks.push_back(chunk);
        e.order = {0};
        const auto told = [&](Span after, view::PastClock clock) {
            view::ViewModel out;
            seat::tellPast(out, {QStringLiteral("INC-1"), kMorning + after, clock}, &e, nullptr, true);
            return out.active.size();
        };
        QCOMPARE(told(minutes(2), view::PastClock::AsItWas), std::size_t{1});
        QCOMPARE(told(minutes(2), view::PastClock::AsKnown), std::size_t{0});
        QCOMPARE(told(minutes(5), view::PastClock::AsKnown), std::size_t{1});
        QCOMPARE(told(minutes(11), view::PastClock::AsItWas), std::size_t{0});
    }

    /// The stated bound: opening makes each row once, a view in which nothing changed makes none, a new line its piece alone.
    void fiftyThousandLinesAreMadeOnceAndThenOnlyWhatChanged()
    {
        constexpr int kLines = 50'000;
        ReviewedScene s(kLines);
        const auto first = s.view()->review;
        QVERIFY(first && first->evidence);
        QVERIFY(first->evidence->size() >= kLines);
        QCOMPARE(first->evidence->built, first->evidence->size());
        const auto same = s.view()->review;
        QCOMPARE(same->evidence.get(), first->evidence.get());
        s.log.record(events::LogWritten{"INC-1", "one more", kAna});
        const auto more = s.view()->review;
        QCOMPARE(more->evidence->size(), first->evidence->size() + 1);
        QVERIFY(more->evidence->built - first->evidence->built <= view::Evidence::kChunk);
        QCOMPARE(more->evidence->chunks.front().get(), first->evidence->chunks.front().get());
    }

    void aReviewSaysWhoHoldsWhatAndSharesItsTexts()
    {
        ReviewedScene s(3);
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, s.log.now() + hours(30), {}, {"ana", "ben"}, kAna});
        s.log.record(events::SectionHeld{"INC-1", "narrative", true, {}, kAna});
        s.log.record(events::SectionWritten{"INC-1", "narrative", "It began.", 0, 1, false, kAna});
        const auto first = s.view();
        QVERIFY(first->review);
        QCOMPARE(first->review->phase, ReviewPhase::Draft);
        const view::ReviewSection *narrative = first->review->section(QStringLiteral("narrative"));
        QVERIFY(narrative != nullptr);
        QVERIFY(narrative->heldByYou);
        QCOMPARE(narrative->text(), QStringLiteral("It began."));
        QVERIFY(narrative->revisions.back()->yours);
        QCOMPARE(first->reviews.size(), std::size_t{1});
        QCOMPARE(first->reviews[0].required, 2);
        QVERIFY(std::any_of(first->review->factors.begin(), first->review->factors.end(), [](const auto &f) { return f.isHeading; }));
        QVERIFY(std::any_of(first->review->gates.begin(), first->review->gates.end(), [](const auto &g) { return g.isOpen(); }));
        QVERIFY(!first->review->prompts.empty());
        s.log.record(events::SectionWritten{"INC-1", "summary", "Short.", 0, 1, false, kAna});
        const auto second = s.view();
        QCOMPARE(second->review->section(QStringLiteral("narrative"))->revisions.back().get(), narrative->revisions.back().get());
    }

    void whoIsNotNamedIsWhatTheyWereThen()
    {
        ReviewedScene s(0);
        s.log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        s.log.record(events::LogWritten{"INC-1", "in command", kAna});
        const auto review = s.view()->review;
        const auto &e = *review->evidence;
        bool found = false;
        for (std::size_t i = 0; i < e.size(); ++i)
            if (e.row(i).text == QLatin1String("in command")) {
                found = true;
                QVERIFY(!e.row(i).role.isEmpty());
                QVERIFY(e.row(i).role != e.row(i).actor);
            }
        QVERIFY(found);
    }

    /// Places are letters of the window's text, whatever stands before them.
    void aFindingStandsWhereItsWordsAre()
    {
        ReviewedScene s(1);
        s.log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        const QString text = QStringLiteral("Müller 🙂 saw it. They should have rolled back.");
        const auto found = seat::findingsOf(s.log.state, *s.log.state.incident("INC-1"), "narrative", text, nullptr);
        const auto it = std::find_if(found.begin(), found.end(), [&](const view::Finding &f) { return !f.unsupported && text.mid(f.from, f.length).contains(QStringLiteral("should have")); });
        QVERIFY(it != found.end());
        QVERIFY(!it->question.isEmpty());
    }

    void wordsAreKeptForThisUserAloneAndForgottenWhenTheyAreRecorded()
    {
        QTemporaryDir dir;
        const seat::KeptWords words(dir.filePath(QStringLiteral("w")));
        QVERIFY(words.kept(QStringLiteral("a")).isEmpty());
        QVERIFY(words.keep(QStringLiteral("a"), QStringLiteral("nicht verloren: ä🙂")));
        QCOMPARE(words.kept(QStringLiteral("a")), QStringLiteral("nicht verloren: ä🙂"));
        QVERIFY(words.kept(QStringLiteral("b")).isEmpty());
        const QFileInfo file(QDir(dir.filePath(QStringLiteral("w"))).entryInfoList(QDir::Files).front());
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
        QVERIFY(words.keep(QStringLiteral("a"), {}));
        QVERIFY(words.kept(QStringLiteral("a")).isEmpty());
        // At the limit it is cut between two letters.
        QString large(seat::KeptWords::kMost - 1, QLatin1Char('x'));
        large += QStringLiteral("ä");
        QVERIFY(words.keep(QStringLiteral("a"), large));
        QCOMPARE(words.kept(QStringLiteral("a")), QString(seat::KeptWords::kMost - 1, QLatin1Char('x')));
    }
};

QD_TEST(TestViewReview)
#include "tst_viewreview.moc"
