// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/command.h"

#include "core/command/brief.h"
#include "core/command/standdown.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

const Actor kBen{"ben", Path::Person}, kEve{"eve", Path::Person};

/// INC-1, commanded by ana.
struct Scene {
    Log log;
    ReportBatch batch;

    explicit Scene(IncidentSeverity severity = IncidentSeverity::Sev1, bool commanded = true, Workspace w = aWorkspace())
    {
        log.record(withWorkspace(std::move(w))).record(withConnection("am"));
        batch = aBatch().alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").build();
        log.record(decided(batch));
        log.record(anIncident().service("db").severity(severity).alert(keyOf(batch)).event());
        if (commanded)
            log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
    }
    [[nodiscard]] const state::State &state() const { return log.state; }
    [[nodiscard]] const state::Incident &incident() const { return *log.state.incident("INC-1"); }
    [[nodiscard]] std::string commander() const { return incident().holder(Role::Commander); }

    void say(const Actor &who) { log.record(LogWritten{"INC-1", "still here", who}); }
    /// Time passes without anything being recorded of anybody.
    void pass(Span span) { log.record(ClockWoke{}, span); }
    Result<Events> take(const Actor &by, const std::string &reason = "Ana does not answer")
    {
        auto taken = command::take(state(), incident(), reason, by, log.now());
        if (taken)
            log.record(*taken, Span{});
        return taken;
    }
    /// What is due, recorded.
    Events advance(Span later = Span{})
    {
        const Events due = command::advance(state(), log.now() + later);
        if (!due.empty())
            log.record(due, later);
        return due;
    }
    void alert(bool firing, Verdict verdict, Span later = seconds(1))
    {
        auto b = aBatch("am", log.now() + later).alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical");
        if (!firing)
            b.resolved();
        log.record(decided(b.build(), {verdict}), later);
    }
};

template <typename T>
bool has(const Events &events)
{
    return std::any_of(events.begin(), events.end(), [](const Event &e) { return holds<T>(e); });
}

} // namespace

class TestCommand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isTakenAtOnceWhenNobodyHasIt()
    {
        Scene s(IncidentSeverity::Sev1, false);
        VERIFY_RESULT(s.take(kBen, {}));
        QCOMPARE(s.commander(), std::string("ben"));
        VERIFY_FAILS(command::take(s.state(), s.incident(), "again", kBen, s.log.now()), Code::Conflict);
    }

    void isTakenFromAWorkingCommanderOnlyAfterAMinuteToObject()
    {
        Scene s;
        s.say(kAna);
        VERIFY_FAILS(command::take(s.state(), s.incident(), {}, kBen, s.log.now()), Code::Invalid); // without a reason
        VERIFY_RESULT(s.take(kBen));
        QCOMPARE(s.commander(), std::string("ana"));
        QCOMPARE(s.incident().leading.claim.person, std::string("ben"));
        QCOMPARE(command::nextDue(s.state()), s.log.now() + command::kObjection);
        QVERIFY(s.advance(command::kObjection - nanos(1)).empty());
        VERIFY_FAILS(command::take(s.state(), s.incident(), "me too", kEve, s.log.now()), Code::Conflict);
        const Events due = s.advance(command::kObjection);
        QVERIFY(has<ClaimEnded>(due));
        QCOMPARE(s.commander(), std::string("ben"));
        QVERIFY(s.incident().leading.claim.person.empty());
        QVERIFY(s.advance(hours(1)).empty());
    }

    void anObjectionKeepsTheCommander()
    {
        Scene s;
        s.say(kAna);
        VERIFY_FAILS(command::object(s.incident(), {}, kAna), Code::NotFound);
        VERIFY_RESULT(s.take(kBen));
        VERIFY_FAILS(command::object(s.incident(), {}, kEve), Code::Forbidden); // has no role
        const auto objected = command::object(s.incident(), "I am on the phone with the vendor", kAna);
        VERIFY_RESULT(objected);
        s.log.record(*objected);
        QVERIFY(s.advance(hours(1)).empty());
        QCOMPARE(s.commander(), std::string("ana"));
    }

    void whoHasARoleOfTheTeamsOwnMakingMayObjectToo()
    {
        Scene s;
        s.say(kAna);
        VERIFY_RESULT(s.take(kBen));
        RoleAssumed own{"INC-1", Role::Observer, "eve", kAna};
        own.title = "Vendor desk";
        s.log.record(Event(own));
        const auto objected = command::object(s.incident(), "the vendor is on the line", kEve);
        VERIFY_RESULT(objected);
        s.log.record(*objected);
        QVERIFY(s.advance(hours(1)).empty());
        QCOMPARE(s.commander(), std::string("ana"));
    }

    void theClaimantMayThinkAgain()
    {
        Scene s;
        s.say(kAna);
        VERIFY_RESULT(s.take(kBen));
        const auto dropped = command::object(s.incident(), {}, kBen);
        VERIFY_RESULT(dropped);
        s.log.record(*dropped);
        QVERIFY(s.advance(hours(1)).empty());
        QCOMPARE(s.incident().timeline.back().text, std::string("does not take command after all"));
    }

    void isTakenAtOnceFromASilentCommander_data()
    {
        QTest::addColumn<qint64>("silence");
        QTest::addColumn<bool>("atOnce");
        QTest::newRow("at the limit") << qint64{minutes(10).ns} << true;
        QTest::newRow("just below") << qint64{minutes(10).ns - 1} << false;
    }
    void isTakenAtOnceFromASilentCommander()
    {
        QFETCH(qint64, silence);
        QFETCH(bool, atOnce);
        Scene s;
        s.say(kAna);
        s.say(kBen); // only the commander's own words count
        s.pass(Span{silence - seconds(1).ns});
        const auto taken = s.take(kBen);
        VERIFY_RESULT(taken);
        QCOMPARE(has<RoleAssumed>(*taken), atOnce);
        QCOMPARE(s.commander(), std::string(atOnce ? "ben" : "ana"));
    }

    void isTakenBackAtOnceByWhomItWasTakenFrom()
    {
        Scene s;
        s.pass(minutes(11));
        VERIFY_RESULT(s.take(kBen));
        QCOMPARE(s.commander(), std::string("ben"));
        s.pass(minutes(2));
        VERIFY_RESULT(s.take(kAna, {})); // no reason is asked for
        QCOMPARE(s.commander(), std::string("ana"));

        Scene late;
        late.pass(minutes(11));
        VERIFY_RESULT(late.take(kBen));
        late.pass(command::kTakeBack + nanos(1));
        VERIFY_FAILS(command::take(late.state(), late.incident(), {}, kAna, late.log.now()), Code::Invalid);
    }

    void whoIsNotPermittedStillTakesBackWhatWasTheirs()
    {
        Workspace w = aWorkspace();
        w.mayTakeCommand = {"ben"};
        Scene s(IncidentSeverity::Sev1, true, w);
        s.pass(minutes(11));
        VERIFY_RESULT(s.take(kBen));
        VERIFY_RESULT(s.take(kAna, {}));
        QCOMPARE(s.commander(), std::string("ana"));
        // And that is the end of it: what was taken back is not taken back again.
        s.say(kAna);
        VERIFY_FAILS(command::take(s.state(), s.incident(), {}, kBen, s.log.now()), Code::Invalid);
    }

    void whatWasHandedOnByConsentIsNotTakenBack()
    {
        Scene s;
        s.pass(minutes(11));
        VERIFY_RESULT(s.take(kBen));
        s.log.record(RoleAssumed{"INC-1", Role::Commander, "eve", kBen});
        VERIFY_FAILS(command::take(s.state(), s.incident(), {}, kAna, s.log.now()), Code::Invalid);
    }

    void aClaimAndAnOfferEndWithTheIncident()
    {
        Scene s;
        s.say(kAna);
        VERIFY_RESULT(s.take(kBen));
        s.log.record(*command::offer(s.state(), s.incident(), "ben", {}, kAna, s.log.now()));
        s.log.record(StatusChanged{"INC-1", "fixed", IncidentStatus::Resolved, kAna});
        s.log.record(StatusChanged{"INC-1", "again", IncidentStatus::Active, kAna}, hours(1));
        QVERIFY(s.advance(hours(1)).empty());
        QCOMPARE(s.commander(), std::string("ana"));
        VERIFY_FAILS(command::accept(s.incident(), "I have it", kBen), Code::NotFound);
    }

    void aReplayedMessageNeitherHidesNorIsASignOfTheCommander()
    {
        Scene s;
        s.pass(minutes(20));
        MessageSeen old;
        old.connection = "chat", old.room = "r", old.incident = "INC-1", old.messageId = "1", old.sender = "ana@x", old.person = "ana", old.text = "hm", old.verified = true;
        old.replayed = true;
        old.serverTime = s.log.now() - seconds(1);
        s.log.record(old);
        QVERIFY(!command::lastHeard(s.state(), "ana", s.log.now() - minutes(10))); // read from the archive: when she said it is not when we heard
        s.say(kAna);
        old.messageId = "2", old.person = {}, old.sender = "ben@x", old.serverTime = s.log.now() - hours(2);
        s.log.record(old);
        QVERIFY(command::lastHeard(s.state(), "ana", s.log.now() - minutes(10)));
    }

    void nobodyIsSilentWhileNothingRan()
    {
        Scene s;
        s.say(kAna);
        s.log.record(CoreStarted{"test"}, hours(1));
        const auto taken = s.take(kBen);
        VERIFY_RESULT(taken);
        QCOMPARE(taken->size(), std::size_t{1}); // with a minute to object
    }

    void onlyTheDeputyAndThePermittedMayTakeIt()
    {
        Workspace w = aWorkspace();
        w.mayTakeCommand = {"ana"};
        Scene s(IncidentSeverity::Sev1, true, w);
        VERIFY_FAILS(command::take(s.state(), s.incident(), "why not", kBen, s.log.now()), Code::Forbidden);
        s.log.record(RoleAssumed{"INC-1", Role::Deputy, "ben", kAna});
        VERIFY_RESULT(command::take(s.state(), s.incident(), "why not", kBen, s.log.now()));
    }

    void aClaimThatRanOutWhileNothingRanGetsItsMinuteAgain()
    {
        Scene s;
        s.say(kAna);
        VERIFY_RESULT(s.take(kBen));
        s.log.record(CoreStarted{"test"}, minutes(30));
        QVERIFY(s.advance().empty());
        QCOMPARE(command::nextDue(s.state()), s.log.now() + command::kObjection);
        QVERIFY(has<ClaimEnded>(s.advance(command::kObjection)));
    }

    void movesOnlyWhenTheReceiverReadsBack()
    {
        Scene s;
        VERIFY_FAILS(command::offer(s.state(), s.incident(), "ben", {}, kBen, s.log.now()), Code::Forbidden);
        VERIFY_FAILS(command::offer(s.state(), s.incident(), "ana", {}, kAna, s.log.now()), Code::Conflict);
        VERIFY_FAILS(command::offer(s.state(), s.incident(), "nobody", {}, kAna, s.log.now()), Code::NotFound);
        const auto offered = command::offer(s.state(), s.incident(), "ben", {"db failover stuck", "", "disk fills at 15:00"}, kAna, s.log.now());
        VERIFY_RESULT(offered);
        s.log.record(*offered);
        QCOMPARE(s.commander(), std::string("ana"));
        QVERIFY(s.incident().leading.offer.brief.find("1 of 1 alerts fire") != std::string::npos);
        VERIFY_FAILS(command::accept(s.incident(), {}, kBen), Code::Invalid);
        VERIFY_FAILS(command::accept(s.incident(), "I have it", kEve), Code::Forbidden);
        const auto accepted = command::accept(s.incident(), "failover is stuck, disk is the risk", kBen);
        VERIFY_RESULT(accepted);
        s.log.record(*accepted);
        QCOMPARE(s.commander(), std::string("ben"));
        QVERIFY(s.incident().leading.offer.to.empty());
        VERIFY_FAILS(command::accept(s.incident(), "again", kBen), Code::NotFound);
    }

    void anOfferIsDeclinedWithdrawnOrLapses()
    {
        Scene s;
        const auto offer = [&] { s.log.record(*command::offer(s.state(), s.incident(), "ben", {}, kAna, s.log.now())); };
        offer();
        VERIFY_FAILS(command::endOffer(s.incident(), {}, kEve), Code::Forbidden);
        s.log.record(*command::endOffer(s.incident(), "driving", kBen));
        QCOMPARE(s.incident().timeline.back().text, std::string("declines command: driving"));
        VERIFY_FAILS(command::endOffer(s.incident(), {}, kBen), Code::NotFound);
        offer();
        s.log.record(*command::endOffer(s.incident(), {}, kAna));
        QCOMPARE(s.incident().timeline.back().text, std::string("withdraws the offer of command"));
        offer();
        s.log.record(RoleAssumed{"INC-1", Role::Commander, "eve", kEve}); // somebody else has it now
        VERIFY_FAILS(command::accept(s.incident(), "I have it", kBen), Code::NotFound);
    }

    void noCommanderForThreeMinutesIsAnAlarm_data()
    {
        QTest::addColumn<int>("severity");
        QTest::addColumn<bool>("alarm");
        QTest::newRow("SEV1") << 1 << true;
        QTest::newRow("SEV2") << 2 << true;
        QTest::newRow("SEV3") << 3 << false;
    }
    void noCommanderForThreeMinutesIsAnAlarm()
    {
        QFETCH(int, severity);
        QFETCH(bool, alarm);
        Scene s(static_cast<IncidentSeverity>(severity), false);
        QCOMPARE(command::nextDue(s.state()), alarm ? s.log.now() + command::kVacant : Instant{});
        QVERIFY(s.advance(command::kVacant - nanos(1)).empty());
        const Events due = s.advance(command::kVacant);
        QCOMPARE(has<CommandVacant>(due), alarm);
        if (!alarm)
            return;
        QVERIFY(s.incident().leading.vacant);
        QVERIFY(s.advance(hours(1)).empty()); // said once
        s.log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        QVERIFY(command::nextDue(s.state()));
        const Events over = s.advance();
        QVERIFY(has<CommandVacant>(over));
        QVERIFY(!s.incident().leading.vacant);
        QCOMPARE(command::nextDue(s.state()), Instant{});
    }

    void clearingAlertsOnlyProposeToResolve()
    {
        Scene s;
        QVERIFY(command::afterAlerts(s.state(), s.log.now()).empty());
        s.alert(false, Verdict::Resolved);
        const Events over = command::afterAlerts(s.state(), s.log.now());
        QCOMPARE(over.size(), std::size_t{1});
        s.log.record(over);
        QVERIFY(s.incident().isOpen());
        QVERIFY(s.incident().closing.proposedAt);
        QVERIFY(command::afterAlerts(s.state(), s.log.now()).empty());
        s.alert(true, Verdict::Refired);
        s.log.record(command::afterAlerts(s.state(), s.log.now()));
        QVERIFY(!s.incident().closing.proposedAt);
    }

    /// features.md section 3, complaint 8 (keephq/keep#2481).
    void aResolvedIncidentIsOfferedItsRefiringAlertsAndAbsorbsNone_data()
    {
        QTest::addColumn<qint64>("later");
        QTest::addColumn<bool>("offered");
        QTest::newRow("within 30 minutes") << qint64{command::kRefire.ns} << true;
        QTest::newRow("later") << qint64{command::kRefire.ns + 1} << false;
    }
    void aResolvedIncidentIsOfferedItsRefiringAlertsAndAbsorbsNone()
    {
        QFETCH(qint64, later);
        QFETCH(bool, offered);
        Scene s;
        s.alert(false, Verdict::Resolved);
        s.log.record(StatusChanged{"INC-1", "fixed", IncidentStatus::Resolved, kAna});
        s.alert(true, Verdict::Refired, Span{later});
        const Events seen = command::afterAlerts(s.state(), s.log.now());
        QCOMPARE(has<RefireSeen>(seen), offered);
        if (!offered)
            return;
        s.log.record(seen);
        QCOMPARE(s.incident().closing.refired, std::vector<std::string>{keyOf(s.batch)});
        QCOMPARE(s.incident().status, IncidentStatus::Resolved);
        QVERIFY(command::afterAlerts(s.state(), s.log.now()).empty()); // said once
    }

    void noMoreRefiringAlertsAreNamedThanAreKept()
    {
        Scene s;
        std::vector<std::string> keys;
        ABatch on("am", s.log.now()), off("am", s.log.now() + seconds(1)), again("am", s.log.now() + minutes(1));
        for (std::size_t n = 0; n <= state::kRefiredKept; ++n) {
            const Labels labels{{"alertname", "A" + std::to_string(n)}, {"service", "db"}};
            on.alert(labels);
            off.alert(labels).resolved();
            again.alert(labels);
        }
        const auto first = on.build();
        for (std::size_t n = 0; n < first.size(); ++n)
            keys.push_back(keyOf(first, n));
        s.log.record(decided(first)).record(AlertsAttached{"INC-1", keys, kAna}).record(decided(off.build(), {Verdict::Resolved}));
        s.log.record(StatusChanged{"INC-1", "fixed", IncidentStatus::Resolved, kAna}).record(decided(again.build(), {Verdict::Refired}), minutes(1));
        const Events seen = command::afterAlerts(s.state(), s.log.now());
        QCOMPARE(get<RefireSeen>(seen.at(0)).keys.size(), state::kRefiredKept);
        s.log.record(seen);
        QVERIFY(command::afterAlerts(s.state(), s.log.now()).empty());
    }

    void whatStillFiredWhenItWasResolvedDoesNotFireAgain()
    {
        Scene s;
        s.log.record(StatusChanged{"INC-1", "known", IncidentStatus::Resolved, kAna});
        QVERIFY(command::afterAlerts(s.state(), s.log.now()).empty());
    }

    /// Who lowers a severity before the end takes no review away by that.
    void whatEverWasSevereIsReviewed()
    {
        Scene s(IncidentSeverity::Sev2);
        s.log.record(SeverityChanged{"INC-1", "calmer", IncidentSeverity::Sev4, kAna});
        QVERIFY(command::sheet(s.state(), s.incident()).needsReview);
        command::Signed with;
        with.verifiedBy = "ben";
        with.firingReason = "known";
        const auto refused = command::standDown(s.state(), s.incident(), with, kAna, s.log.now());
        VERIFY_FAILS(refused, Code::Invalid);
        QVERIFY2(refused.error().message.find("A SEV2, the worst it was, is reviewed") != std::string::npos, refused.error().message.c_str());
        Scene calm(IncidentSeverity::Sev3);
        QVERIFY(!command::sheet(calm.state(), calm.incident()).needsReview);
    }

    void standsDownOnlyWithTheSheetFilledIn()
    {
        Scene s;
        s.log.record(TaskAssigned{"INC-1", "ben", "vacuum", 1, {}, kAna});
        const auto sheet = command::sheet(s.state(), s.incident());
        QCOMPARE(sheet.stillFiring, std::vector<std::string>{keyOf(s.batch)});
        QCOMPARE(sheet.openTasks, std::vector<std::uint32_t>{1});
        QVERIFY(sheet.needsReview && !sheet.finalUpdate);
        QCOMPARE(sheet.followUps, s.state().workspace->nameOf("ben") + ": vacuum");
        command::Signed with;
        const auto attempt = [&] { return command::standDown(s.state(), s.incident(), with, kAna, s.log.now()); };
        VERIFY_FAILS(attempt(), Code::Invalid);
        with.verifiedBy = "nobody";
        VERIFY_FAILS(attempt(), Code::NotFound);
        with.verifiedBy = "ben";
        VERIFY_FAILS(attempt(), Code::Invalid); // it fires
        with.firingReason = "known and harmless";
        VERIFY_FAILS(attempt(), Code::Invalid); // no review
        with.reviewOwner = "ana";
        with.reviewDue = s.log.now();
        VERIFY_FAILS(attempt(), Code::Invalid); // due in the past
        with.reviewDue = s.log.now() + hours(72);
        const auto done = attempt();
        VERIFY_RESULT(done);
        s.log.record(*done);
        QCOMPARE(s.incident().status, IncidentStatus::Resolved);
        QCOMPARE(s.incident().closing.verifiedBy, std::string("ben"));
        QCOMPARE(s.incident().closing.stillFiring, std::vector<std::string>{keyOf(s.batch)});
        VERIFY_FAILS(attempt(), Code::Conflict);
    }

    void reasonsNotGivenAreOwed()
    {
        Scene s(IncidentSeverity::Sev3);
        s.log.record(SeverityChanged{"INC-1", "", IncidentSeverity::Sev1, kAna});
        s.log.record(SeverityChanged{"INC-1", "customers see it", IncidentSeverity::Sev2, kAna});
        QCOMPARE(s.incident().closing.owed.size(), std::size_t{1});
    }

    void theBriefNamesEverythingQuietThatEndsSoonOursAsWellAsTheSources()
    {
        Workspace w = aWorkspace();
        Scene s(IncidentSeverity::Sev2, true, w);
        w.maintenance.push_back({"rack", "db", {}, s.log.now() - hours(1), s.log.now() + minutes(90), "ana", "new disks"});
        s.log.record(withWorkspace(w));
        const auto place = [&](SuppressorKind kind, Span until) {
            SuppressionPlaced e;
            e.kind = kind;
            e.number = s.state().suppressors.last + 1;
            e.matchers = {{"alertname", "A", false, true}};
            e.until = s.log.now() + until;
            e.owner = "ben";
            e.reason = "known";
            s.log.record(e);
        };
        place(SuppressorKind::Silence, minutes(30));
        place(SuppressorKind::Held, minutes(20));
        place(SuppressorKind::Snooze, hours(3)); // too far off for an incident's brief, near enough for a shift's
        const auto b = command::brief(s.state(), s.incident(), s.log.now());
        QCOMPARE(b.watch.size(), std::size_t{3});
        QVERIFY2(b.watch[0].starts_with("hold of calls by Ben ends ") && b.watch[0].ends_with(": known"), b.watch[0].c_str());
        QVERIFY(b.watch[1].starts_with("silence by Ben ends "));
        QVERIFY(b.watch[2].starts_with("maintenance window rack ends ") && b.watch[2].ends_with(": new disks"));
        const auto shift = command::shiftBrief(s.state(), s.log.now());
        QVERIFY(std::any_of(shift.watch.begin(), shift.watch.end(), [](const auto &line) { return line.starts_with("snooze by Ben ends "); }));
    }

    void aServiceIsFragileByHowOftenItsAlertsCame()
    {
        Scene s;
        const auto over = aBatch().alert({{"alertname", "DbDown"}, {"service", "db"}}).severity("critical").resolved().build();
        for (int n = 0; n < 3; ++n) {
            s.log.record(decided(over, {Verdict::Resolved}));
            s.log.record(decided(s.batch, {Verdict::Refired}));
        }
        const auto fragile = [&](Instant now) {
            const auto brief = command::shiftBrief(s.state(), now);
            const auto it = std::find_if(brief.situation.begin(), brief.situation.end(), [](const auto &line) { return line.starts_with("fragile: "); });
            return it == brief.situation.end() ? std::string() : *it;
        };
        QVERIFY2(fragile(s.log.now()).find(", 4 alerts in 8h") != std::string::npos, fragile(s.log.now()).c_str()); // one alert, four times
        QCOMPARE(fragile(s.log.now() + hours(9)), std::string()); // none of it in this shift
    }

    void theBriefNamesWhatIsOpenAndIsBounded()
    {
        Scene s;
        for (std::uint32_t n = 1; n <= 30; ++n)
            s.log.record(TaskAssigned{"INC-1", "ben", "task " + std::to_string(n), n, {}, kAna});
        s.log.record(PromiseMade{"INC-1", "customers", "", 1, s.log.now() + minutes(20), kAna});
        s.log.record(HypothesisRaised{"INC-1", "pool exhausted", 1, kBen});
        const auto b = command::brief(s.state(), s.incident(), s.log.now());
        QCOMPARE(b.actions.size(), command::kBriefLines);
        QCOMPARE(b.actions.back(), std::string("and 19 more"));
        QCOMPARE(b.watch.size(), std::size_t{2});
        const auto shift = command::shiftBrief(s.state(), s.log.now());
        QVERIFY(shift.severity.find("1 incident is open, 1 alert fires") == 0);
    }
};

QD_TEST(TestCommand)
#include "tst_command.moc"
