// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/reel.h"
#include "ui/seat/telling.h"

#include "tests/support/builders.h"
#include "tests/support/dump.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;
using seat::Reel;

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

} // namespace

/// What was: the moments of a reel, and what either clock tells of them.
class TestReel final : public QObject {
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
        const seat::ReelAlert &alert = reel.alerts().begin()->second;
        QCOMPARE(alert.fired.size(), std::size_t{1});
        QCOMPARE(alert.fired[0].from, kMorning + seconds(2));
        QCOMPARE(alert.fired[0].to, kMorning + seconds(12));
    }

    /// It fired twice between two marks, and was over between.
    void anAlertThatCameAgainFiredTwice()
    {
        Taped tape = anIncidentOnTape(10);
        const auto report = [&](events::Verdict verdict, Instant from, Instant to) {
            ABatch batch = aBatch("am", tape.now).alert({{"alertname", "Lag"}, {"service", "db"}}).severity("warning").startsAt(from);
            if (to)
                batch.resolved(to);
            tape.record(decided(batch.build(), {verdict}), seconds(30));
        };
        const Instant first = tape.now + seconds(1), again = first + minutes(2);
        report(events::Verdict::Opened, first, {});
        report(events::Verdict::Resolved, first, first + seconds(20));
        report(events::Verdict::Refired, again, {});
        report(events::Verdict::Resolved, again, again + seconds(20));
        Reel reel(state::State{});
        for (const auto &r : tape.records)
            reel.add(r);
        reel.wind();
        const auto lag = std::find_if(reel.alerts().begin(), reel.alerts().end(), [](const auto &a) { return a.second.title == QLatin1String("Lag"); });
        QVERIFY(lag != reel.alerts().end());
        QCOMPARE(lag->second.fired.size(), std::size_t{2});
        QVERIFY(lag->second.at(first + seconds(10)) != nullptr);
        QVERIFY(lag->second.at(first + seconds(40)) == nullptr);
        QVERIFY(lag->second.at(again + seconds(10)) != nullptr);
    }

    /// More marks where they cost little, fewer where each is a State of many alerts; what they give is the same.
    void longReelsHaveManyMarks()
    {
        Taped tape = anIncidentOnTape(6000);
        Reel reel(state::State{});
        for (const auto &r : tape.records)
            reel.add(r);
        reel.wind();
        (void)reel.at(kMorning + seconds(5000));
        const std::uint64_t before = reel.folded();
        for (int back = 1; back <= 100; ++back)
            (void)reel.at(kMorning + seconds(5000 - back));
        QVERIFY2(reel.folded() - before <= 100 * Reel::kMarkEvery, qPrintable(QString::number(reel.folded() - before)));
        QCOMPARE(dump(reel.at(kMorning + seconds(4321))), dump(tape.foldedTo(kMorning + seconds(4321))));
    }

    /// A change that became known later stands in what was, and not in what was known.
    void theTwoClocksTellTwoPasts()
    {
        auto e = std::make_shared<view::Evidence>();
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
        e->chunks.push_back(chunk);
        e->order = {0};
        const std::map<std::string, seat::ReelAlert> alerts{{"am/1", {QStringLiteral("DbDown"), QStringLiteral("db"), AlertSeverity::Critical, {{kMorning - minutes(1), kMorning, kMorning + minutes(30)}}}},
                                                            {"am/2", {QStringLiteral("Over"), QStringLiteral("db"), AlertSeverity::Critical, {{kMorning - minutes(9), kMorning - minutes(9), kMorning - minutes(5)}}}}};
        view::ViewModel known, was;
        const Workspace house = aWorkspace();
        const seat::Telling telling(e, &alerts, nullptr);
        telling.tell(known, {QStringLiteral("INC-1"), kMorning + minutes(1), view::PastClock::AsKnown}, house);
        QVERIFY(known.timeline.empty());
        QVERIFY(known.active.empty()); // the State of that moment says what fires; nothing is added
        QVERIFY(known.past.isPast());
        view::AlertRow over;
        over.key = QStringLiteral("am/2");
        was.active.push_back(over); // nobody knew yet that it was
        telling.tell(was, {QStringLiteral("INC-1"), kMorning + minutes(1), view::PastClock::AsItWas}, house);
        QCOMPARE(was.timeline.size(), std::size_t{1});
        QCOMPARE(was.timeline[0].actor, QStringLiteral("Operations"));
        QCOMPARE(was.active.size(), std::size_t{1});
        QCOMPARE(was.active[0].title, QStringLiteral("DbDown"));
        QCOMPARE(was.resolved.size(), std::size_t{1});
        QCOMPARE(was.resolved[0].endsAt, kMorning - minutes(5));
    }

    /// An incident rebuilt from elsewhere has no State of its time: by either clock it is told by its lines.
    void aRebuiltIncidentIsToldLineByLine()
    {
        auto e = std::make_shared<view::Evidence>();
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
        e->chunks.push_back(chunk);
        e->order = {0};
        view::IncidentRow incident;
        incident.id = QStringLiteral("INC-1");
        incident.status = IncidentStatus::Resolved;
        incident.resolvedAt = kMorning + minutes(12);
        const seat::Telling telling(e, nullptr, &incident);
        const auto told = [&](Span after, view::PastClock clock) {
            view::ViewModel out;
            telling.tell(out, {QStringLiteral("INC-1"), kMorning + after, clock}, aWorkspace());
            if (out.incidents.size() != 1 || out.focus != incident.id || out.incidents[0].status != (after < minutes(12) ? IncidentStatus::Active : IncidentStatus::Resolved))
                qFatal("the strip has no incident, or another");
            return out.active.size();
        };
        QCOMPARE(told(minutes(2), view::PastClock::AsItWas), std::size_t{1});
        QCOMPARE(told(minutes(2), view::PastClock::AsKnown), std::size_t{0});
        QCOMPARE(told(minutes(5), view::PastClock::AsKnown), std::size_t{1});
        QCOMPARE(told(minutes(11), view::PastClock::AsItWas), std::size_t{0});
        QCOMPARE(told(minutes(13), view::PastClock::AsItWas), std::size_t{0});
    }
};

QD_TEST(TestReel)
#include "tst_reel.moc"
