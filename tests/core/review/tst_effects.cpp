// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/effects.h"
#include "core/review/source.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;
using namespace qd::tests;

namespace {

const std::string kCause = "technical.capacity";

/// Declared a while after the impact, over a while after that, reviewed and rated.
void happens(Log &log, const std::string &id, Span hurting, Span lasting, const std::string &kind = {})
{
    events::IncidentDeclared e = anIncident(id).service("cart").event();
    e.kind = kind;
    if (hurting > Span{})
        e.impactSince = log.now() + seconds(1) - hurting;
    log.record(std::move(e));
    log.record(events::StatusChanged{id, "", IncidentStatus::Resolved, kAna}, lasting);
    log.record(events::ReviewArranged{id, "ana", "", {}, {}, {}, kAna});
    log.record(events::FactorRated{id, kCause, {}, "1", {"line/2"}, false, kAna});
}

void acted(Log &log, ActionState to, Span later = seconds(1))
{
    log.record(events::ActionTurned{"INC-1", to == ActionState::Open ? "it was not" : "", 1, to, kAna}, later);
}

/// INC-1 with an action, and nothing else.
Log anAction()
{
    Log log;
    log.record(withWorkspace()).record(withConnection("am"));
    happens(log, "INC-1", minutes(4), hours(1));
    log.record(events::ActionKept{"INC-1", "cap it", "ben", "a drill", kCause, 1, {}, Strength::Engineer, kAna});
    return log;
}

ActionEffect only(const Log &log)
{
    const auto all = effectsOf(log.state, log.now());
    return all.size() == 1 ? all.front() : ActionEffect{};
}

} // namespace

/// What the actions of a State did.
class TestEffects : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasNeverDoneIsNotListed()
    {
        QVERIFY(effectsOf(anAction().state, kMorning + hours(24)).empty());
    }

    void whatIsOpenAgainIsListedAsThat()
    {
        Log log = anAction();
        acted(log, ActionState::Done, hours(24));
        QCOMPARE(only(log).recurrence.effect.verdict, Verdict::NotEnough);
        acted(log, ActionState::Open, hours(24));
        const ActionEffect open = only(log);
        QCOMPARE(open.recurrence.effect.verdict, Verdict::Reopened);
        QVERIFY(!open.action->doneAt);
        acted(log, ActionState::Done, hours(24));
        const ActionEffect again = only(log);
        QCOMPARE(again.action->doneAt, log.now());
        QVERIFY2(again.recurrence.effect.sentence.ends_with("; it was open again 1 time before it was done"), again.recurrence.effect.sentence.c_str());
    }

    void whatWasDroppedAfterItWasDoneIsNotListed()
    {
        Log log = anAction();
        acted(log, ActionState::Done);
        acted(log, ActionState::Dropped);
        QVERIFY(effectsOf(log.state, log.now()).empty());
    }

    /// What happens between the two happened after it was done.
    void verifyingDoesNotMoveTheDayItWasDone()
    {
        Log log = anAction();
        acted(log, ActionState::Done, hours(24));
        const Instant done = log.now();
        happens(log, "INC-2", {}, hours(1));
        acted(log, ActionState::Verified, hours(24));
        QCOMPARE(only(log).action->doneAt, done);
        QCOMPARE(only(log).recurrence.after, (std::vector<std::string>{"INC-2"}));
    }

    /// `!again` links it to the one before, and takes nothing away from what it says of the action.
    void whatFollowsAfterTheFixCountsAgainstItAndWhatIsPartOfTheWorkDoesNot()
    {
        Log log = anAction();
        acted(log, ActionState::Done, hours(24 * 40));
        events::IncidentDeclared again = anIncident("INC-2").service("cart").event();
        again.follows = "INC-1";
        log.record(again, hours(24 * 13));
        log.record(events::FactorRated{"INC-2", kCause, {}, "1", {"line/2"}, false, kAna});
        happens(log, "INC-3", {}, hours(1));
        log.record(events::IncidentPlaced{"INC-3", "INC-2", {}, kAna});
        happens(log, "INC-4", {}, hours(1));
        log.record(events::IncidentPlaced{"INC-4", "INC-1", {}, kAna});
        QCOMPARE(only(log).recurrence.after, (std::vector<std::string>{"INC-2"}));
        QVERIFY2(only(log).recurrence.effect.sentence.starts_with("recurred 1 time"), only(log).recurrence.effect.sentence.c_str());
    }

    /// A false alarm, and planned work even where somebody rated it: neither came back, and neither waits to be rated.
    void whatWasCalledOffAndPlannedWorkAreNoRecurrence()
    {
        Log log = anAction();
        acted(log, ActionState::Done, hours(24 * 40));
        events::IncidentDeclared falseAlarm = anIncident("INC-2").service("cart").event();
        falseAlarm.follows = "INC-1";
        log.record(falseAlarm, hours(24)).record(events::StatusChanged{"INC-2", "it was the test", IncidentStatus::Cancelled, kAna});
        happens(log, "INC-3", {}, hours(1), "maintenance");
        log.record(anIncident("INC-4").service("cart").event()).record(events::StatusChanged{"INC-4", "twice", IncidentStatus::Cancelled, kAna});
        log.record(events::LogWritten{"INC-1", "a month later", kAna}, hours(24 * 30));
        QVERIFY(only(log).recurrence.after.empty());
        QCOMPARE(only(log).recurrence.unrated, std::uint64_t(0));
        // What follows the false alarm is of the same family, and did come back.
        events::IncidentDeclared again = anIncident("INC-5").service("cart").event();
        again.follows = "INC-2";
        log.record(again);
        QCOMPARE(only(log).recurrence.unrated, std::uint64_t(1));
        log.record(events::ReviewArranged{"INC-5", "ana", "", {}, {}, {}, kAna}).record(events::FactorRated{"INC-5", kCause, {}, "1", {"line/2"}, false, kAna});
        QCOMPARE(only(log).recurrence.after, (std::vector<std::string>{"INC-5"}));
        QCOMPARE(only(log).recurrence.unrated, std::uint64_t(0));
        const Trends trends = trendsOf(witnessesOf(log.state), Period::Quarter);
        QCOMPARE(trends.incidents, std::uint64_t(2));
        QCOMPARE(trends.families, std::uint64_t(1)); // INC-1, and what followed it over what was called off
    }

    /// Somebody who names only that is asked for the cause still.
    void whatWentWellIsNoCause()
    {
        Log log = anAction();
        acted(log, ActionState::Done, hours(24 * 40));
        log.record(anIncident("INC-2").service("cart").event(), hours(24));
        log.record(events::ReviewArranged{"INC-2", "ana", "", {}, {}, {}, kAna}).record(events::FactorRated{"INC-2", "mitigator.rollback-ready", {}, "1", {"line/2"}, false, kAna});
        QCOMPARE(only(log).recurrence.unrated, std::uint64_t(1));
        QVERIFY(only(log).recurrence.after.empty());
        log.record(events::FactorRated{"INC-2", kCause, {}, "1", {"line/2"}, false, kAna}).record(events::FactorRated{"INC-1", "mitigator.rollback-ready", {}, "1", {"line/2"}, false, kAna});
        QCOMPARE(only(log).recurrence.after, (std::vector<std::string>{"INC-2"}));
        const std::vector<Witness> all = witnessesOf(log.state);
        QCOMPARE(all[0].what.factors, std::vector<std::string>{kCause});
        QCOMPARE(all[0].mitigators, std::vector<std::string>{"mitigator.rollback-ready"});
        const auto found = suggestedPatterns(all, {});
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].factors, std::vector<std::string>{kCause});
        // Nor is it what an action of an older record can be measured by.
        log.record(events::ActionKept{"INC-1", "cap it", "ben", "a drill", "mitigator.rollback-ready", 1, {}, Strength::Engineer, kAna});
        QCOMPARE(only(log).recurrence.effect.because, Because::NoFactor);
    }

    void howLongIncidentsTookIsSaidOfFiveAndMore()
    {
        Log log = anAction();
        for (int n = 2; n <= 6; ++n)
            happens(log, "INC-" + std::to_string(n), minutes(n), hours(n));
        acted(log, ActionState::Done, hours(24));
        log.record(events::LogWritten{"INC-1", "an hour later", kAna}, hours(1));
        happens(log, "INC-7", minutes(2), minutes(30));
        const ActionEffect e = only(log);
        QCOMPARE(e.before.detected.count, std::size_t(6));
        QCOMPARE(e.before.detected.median, minutes(4));
        QCOMPARE(e.before.resolved.median, hours(3));
        QCOMPARE(e.after.resolved.count, std::size_t(1));
        QCOMPARE(e.after.resolved.median, Span{});
        QCOMPARE(e.lengths, std::string("to detect: median 4m of 6 before, too few after (1); to resolve: median 3h of 6 before, too few after (1)"));
    }

    /// Of an incident of which nobody said when it began to hurt, and of those that were timed elsewhere.
    void whatWasNotTimedHereHasNoLength()
    {
        Log log = anAction();
        happens(log, "INC-2", {}, hours(1));
        happens(log, "INC-3", minutes(9), hours(9), "backfilled");
        happens(log, "INC-4", minutes(9), hours(9), "rebuilt");
        const Lengths l = lengthsOf(log.state, {"INC-1", "INC-2", "INC-3", "INC-4", "INC-9"});
        QCOMPARE(l.detected.count, std::size_t(1));
        QCOMPARE(l.resolved.count, std::size_t(2));
    }

    void countingBeganWithTheEarliestThatIsKnown()
    {
        Log log;
        log.record(withWorkspace());
        QVERIFY(!countingOf(log.state).since);
        log.record(withConnection("am"), hours(1));
        const Instant added = log.now();
        log.record(anIncident("INC-1").service("cart").event(), hours(1));
        const Counting fromTheConnection = countingOf(log.state);
        QCOMPARE(fromTheConnection.since, added);
        QCOMPARE(fromTheConnection.by, std::string("the connection am was added"));
        QVERIFY(fromTheConnection.kind == "connection" && fromTheConnection.name == "am");
        // What was written down afterwards of an earlier time says nothing of what else happened then.
        events::IncidentDeclared before = anIncident("INC-2").service("cart").event();
        before.kind = "backfilled";
        before.impactSince = kMorning - hours(240);
        before.until = kMorning - hours(230);
        log.record(before);
        QCOMPARE(countingOf(log.state).since, added);
        // One that was run here and had begun before is earlier still.
        events::IncidentDeclared here = anIncident("INC-3").service("cart").event();
        here.impactSince = kMorning - hours(2);
        log.record(here);
        QCOMPARE(countingOf(log.state).since, kMorning - hours(2));
        QCOMPARE(countingOf(log.state).by, std::string("INC-3 began"));
        QVERIFY(countingOf(log.state).kind == "began" && countingOf(log.state).name == "INC-3");
        // Up to a day: what is said to have begun earlier begins no stretch.
        const auto declared = [](Span lead) {
            Log one;
            events::IncidentDeclared e = anIncident("INC-1").service("cart").event();
            e.impactSince = one.now() + seconds(1) - lead;
            one.record(withWorkspace(), Span{}).record(e);
            return countingOf(one.state);
        };
        QCOMPARE(declared(kMostLead).kind, std::string("began"));
        QCOMPARE(declared(kMostLead).since, kMorning + seconds(1) - kMostLead);
        QCOMPARE(declared(kMostLead + nanos(1)).kind, std::string("declared"));
        QCOMPARE(declared(kMostLead + nanos(1)).since, kMorning + seconds(1));
    }

    /// Declared in a hurry with a wrong year, at another service: nothing is known of what happened since then.
    void anUnrelatedIncidentThatBeganLongAgoChangesNoVerdict()
    {
        Log log = anAction();
        for (int n = 2; n <= 21; ++n) {
            log.record(events::LogWritten{"INC-1", "a week later", kAna}, hours(24 * 7));
            happens(log, "INC-" + std::to_string(n), minutes(2), hours(1));
        }
        acted(log, ActionState::Done, hours(24));
        log.record(events::LogWritten{"INC-1", "months later", kAna}, hours(24 * 140));
        const Recurrence was = only(log).recurrence;
        QCOMPARE(was.effect.verdict, Verdict::Effective);
        events::IncidentDeclared early = anIncident("INC-22").service("mail").event();
        early.impactSince = kMorning - hours(24 * 365 * 5);
        log.record(early, Span{});
        const Recurrence is = only(log).recurrence;
        QCOMPARE(is.effect.verdict, Verdict::Effective);
        QCOMPARE(is.effect.sentence, was.effect.sentence);
        QCOMPARE(is.before, was.before);
        // Also where it is one of those that count: it is listed.
        events::IncidentDeclared alike = anIncident("INC-23").service("cart").event();
        alike.impactSince = early.impactSince;
        log.record(alike, Span{}).record(events::FactorRated{"INC-23", kCause, {}, "1", {"line/2"}, false, kAna}, Span{});
        QCOMPARE(only(log).recurrence.before.front(), std::string("INC-23"));
        QCOMPARE(only(log).recurrence.effect.sentence, was.effect.sentence);
    }

    /// It is listed; it begins no time of being exposed, and is none of the events of one.
    void whatWasWrittenDownAfterwardsLengthensNothing()
    {
        Log log = anAction();
        happens(log, "INC-2", hours(24 * 300), hours(1), "backfilled");
        acted(log, ActionState::Done, hours(24));
        const ActionEffect e = only(log);
        QCOMPARE(e.recurrence.before, (std::vector<std::string>{"INC-2", "INC-1"}));
        QVERIFY2(e.recurrence.effect.before.days < 3, qPrintable(QString::number(e.recurrence.effect.before.days)));
        QVERIFY(e.recurrence.effect.before.events < 2);
    }

    /// A connection takes the time it was added with it; the line that says it is gone stays.
    void aConnectionThatIsGoneLeavesALine()
    {
        Log log;
        log.record(withWorkspace()).record(withConnection("am"));
        log.record(events::ConnectionRemoved{"am", kAna}, hours(1));
        log.record(withConnection("am2"), hours(1));
        QCOMPARE(countingOf(log.state).since, kMorning + hours(1) + seconds(2));
        QCOMPARE(countingOf(log.state).by, std::string("the first line that is left of the log"));
    }
};

QD_TEST(TestEffects)
#include "tst_effects.moc"
