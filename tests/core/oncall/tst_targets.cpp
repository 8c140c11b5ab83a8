// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/escalation.h"
#include "core/oncall/handoffs.h"
#include "core/oncall/plan.h"
#include "core/oncall/targets.h"

#include "tests/support/builders.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

using Names = std::vector<std::string>;


/// Four people around the world; schedule pay: ana by day in Berlin on weekdays, kim in Tokyo, nobody else.
Workspace aWorld()
{
    Workspace w = aWorkspace();
    w.people = {{"ana", "Ana", "Europe/Berlin", {"ana@chat.example"}},
                {"ben", "Ben", "America/New_York", {"ben@chat.example"}},
                {"kim", "Kim", "Asia/Tokyo", {"kim@chat.example"}},
                {"zoe", "Zoe", "UTC", {"zoe@chat.example"}}};
    w.teams[0].members = {"zoe", "ana"};
    Schedule s;
    s.id = "pay";
    s.zone = "Europe/Berlin";
    s.layers = {{"berlin", "", {"ana"}, parseLocalTime("2026-01-05T08:00")->seconds, hours(24), {*parseDayWindow("mon-fri 08:00-20:00")}},
                {"tokyo", "Asia/Tokyo", {"kim"}, parseLocalTime("2026-01-05T08:00")->seconds, hours(24), {*parseDayWindow("mon-fri 08:00-16:00")}}};
    w.schedules = {s};
    return w;
}

struct TargetsScene {
    Log log;
    explicit TargetsScene(Workspace w)
    {
        log.record(withWorkspace(std::move(w))).record(anIncident().service("db").event());
    }
    [[nodiscard]] const state::State &state() const { return log.state; }
    void start()
    {
        const auto started = oncall::start(state(), {"INC-1", "", "", "", kAna}, log.now());
        VERIFY_RESULT(started);
        log.record(*started);
        advance(Span{});
    }
    Events advance(Span later)
    {
        const Events due = oncall::advance(state(), log.now() + later);
        log.record(due, later);
        return due;
    }
    [[nodiscard]] const state::Escalation &escalation() const { return state().escalations.front(); }
};

Names idsOf(const oncall::Behind &behind)
{
    Names out;
    for (const auto &c : behind.people)
        out.push_back(c.person);
    return out;
}

} // namespace

class TestTargets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aScheduleCallsWhoIsOnCallAndSaysWhy()
    {
        const TargetsScene scene(aWorld());
        const auto day = oncall::behind(scene.state(), "pay", at("2026-06-01T10:00:00Z")); // Monday noon in Berlin, 19:00 in Tokyo
        QCOMPARE(idsOf(day), Names{"ana"});
        QCOMPARE(day.people.front().why, "schedule pay, layer berlin");
        QCOMPARE(toText(day.people.front().local), "2026-06-01T12:00");
        QCOMPARE(idsOf(oncall::behind(scene.state(), "pay", at("2026-06-01T06:30:00Z"))), Names{"kim"});
        const auto night = oncall::behind(scene.state(), "pay", at("2026-06-01T20:00:00Z"));
        QVERIFY(night.isNobody());
        QVERIFY(says(night.ruledOut, "schedule pay: nobody is on call at Mon 2026-06-01 22:00 Europe/Berlin, a gap"));
    }

    void aTeamIsWhoItsScheduleSaysAndInAGapItsFirstMember()
    {
        Workspace w = aWorld();
        w.teams[0].schedule = "pay";
        const TargetsScene scene(w);
        QCOMPARE(idsOf(oncall::behind(scene.state(), "shop", at("2026-06-01T10:00:00Z"))), Names{"ana"});
        const auto night = oncall::behind(scene.state(), "shop", at("2026-06-01T20:00:00Z"));
        QCOMPARE(idsOf(night), Names{"zoe"});
        QVERIFY(says({night.people.front().why}, "schedule pay has nobody"));
    }

    // Grafana OnCall 5512, 2781, 4197: steps by UTC only, local times shown wrong, shifts outside UTC broken.
    void complaint18_windowsAreOfTheRespondersOwnClockAlsoWhenClocksChange()
    {
        PolicyStep step{{"ana", "ben", "kim"}, minutes(5)};
        step.only = {*parseDayWindow("08:00-20:00")};
        const TargetsScene scene(aWorld());
        const auto called = [&](const char *when) { return idsOf(oncall::behindStep(scene.state(), step, at(when))); };
        QCOMPARE(called("2026-03-27T07:30:00Z"), Names({"ana", "kim"}));  // 08:30 Berlin, 03:30 New York, 16:30 Tokyo
        QCOMPARE(called("2026-03-27T06:30:00Z"), Names({"kim"}));         // 07:30 Berlin
        QCOMPARE(called("2026-03-30T06:30:00Z"), Names({"ana", "kim"}));  // 08:30 Berlin: clocks went forward on the 29th
        QCOMPARE(called("2026-03-06T12:30:00Z"), Names({"ana"}));         // 07:30 New York
        QCOMPARE(called("2026-03-09T12:30:00Z"), Names({"ana", "ben"}));  // 08:30 New York: forward on the 8th, three weeks before Berlin
        const auto who = oncall::behindStep(scene.state(), step, at("2026-03-27T06:30:00Z"));
        QVERIFY(says(who.ruledOut, "ana: Fri 2026-03-27 07:30 Europe/Berlin is outside 08:00-20:00"));
        QVERIFY(says(who.ruledOut, "ben: Fri 2026-03-27 02:30 America/New_York is outside 08:00-20:00"));
    }

    void targetsTakeTurnsAndThoseWhoAreAsleepArePassedOver()
    {
        Workspace w = aWorld();
        w.policies[0].steps = {{{"ana", "ben", "kim"}, minutes(5), true, {}}};
        w.policies[0].repeat = 4;
        TargetsScene scene(w);
        scene.start();
        for (int i = 0; i < 4; ++i)
            scene.advance(minutes(5));
        Names called;
        for (const auto &s : scene.escalation().steps)
            called.push_back(s.people.front());
        QCOMPARE(called, Names({"ana", "ben", "kim", "ana", "ben"}));
        QCOMPARE(scene.state().rota.turn("shop", 1), 5U);
        // It goes on where it was, also for the next incident.
        QCOMPARE(idsOf(oncall::behindStep(scene.state(), w.policies[0].steps[0], scene.log.now(), scene.state().rota.turn("shop", 1))), Names{"kim"});
        w.policies[0].steps[0].only = {*parseDayWindow("08:00-20:00")};
        QCOMPARE(idsOf(oncall::behindStep(scene.state(), w.policies[0].steps[0], at("2026-06-01T06:30:00Z"), 1)), Names{"kim"}); // ben's turn: 02:30 in New York
    }

    void asManyAnswersAsThePolicyAsksFor()
    {
        Workspace w = aWorld();
        w.policies[0] = {"shop", "Shop", {{{"ana"}, minutes(5)}, {{"ana", "ben"}, minutes(5)}, {{"kim"}, minutes(5)}}, 0, 2};
        TargetsScene scene(w);
        scene.start();
        const auto first = oncall::acknowledge(scene.state(), 1, kAna);
        VERIFY_RESULT(first);
        scene.log.record(*first);
        QVERIFY(scene.escalation().isRunning());
        VERIFY_FAILS(oncall::acknowledge(scene.state(), 1, kAna), Code::Conflict); // one person is one answer
        const Events next = scene.advance(minutes(5));
        QCOMPARE(get<StepReached>(next[0]).people, Names{"ben"}); // who has answered is not called again
        QVERIFY(says(get<StepReached>(next[0]).because.ruledOut, "ana: has answered already"));
        const auto second = oncall::acknowledge(scene.state(), 1, {"kim", Path::Person}); // the policy names her
        VERIFY_RESULT(second);
        scene.log.record(*second);
        QCOMPARE(scene.escalation().outcome, "acknowledged");
        QCOMPARE(scene.escalation().answeredBy, Names({"ana", "kim"}));
    }

    void whoTakesPartInAScheduleOfThePolicyMayAnswer()
    {
        Workspace w = aWorld();
        w.policies[0].steps = {{{"pay"}, minutes(5)}};
        TargetsScene scene(w);
        scene.start();
        VERIFY_RESULT(oncall::acknowledge(scene.state(), 1, {"kim", Path::Person}));
        VERIFY_FAILS(oncall::acknowledge(scene.state(), 1, {"ben", Path::Person}), Code::Forbidden);
    }

    void aPolicyNobodyIsBehindCallsTheTeamAndSaysThatARuleFailed()
    {
        Workspace w = aWorld();
        w.policies[0].steps = {{{"pay"}, minutes(5)}};
        w.policies[0].steps[0].only = {*parseDayWindow("03:00-03:30")};
        TargetsScene scene(w);
        const auto started = oncall::start(scene.state(), {"INC-1", "", "", "", kAna}, scene.log.now());
        VERIFY_RESULT(started);
        scene.log.record(*started);
        const Events due = scene.advance(Span{});
        QCOMPARE(due.size(), std::size_t{2});
        QVERIFY(holds<RuleFailed>(due[0]));
        QCOMPARE(get<StepReached>(due[1]).people, Names({"zoe", "ana"}));
        QCOMPARE(scene.state().ruleFailures, std::uint64_t{1});
    }

    void channelsAreNamedBesideThePeople()
    {
        Workspace w = aWorld();
        w.policies[0].steps = {{{"room:ops", "ana"}, minutes(5)}, {{"webhook:siren"}, minutes(5)}};
        TargetsScene scene(w);
        scene.start();
        QCOMPARE(scene.escalation().steps[0].people, Names{"ana"});
        QCOMPARE(scene.escalation().steps[0].channels, Names{"room:ops"});
        scene.advance(minutes(5));
        QCOMPARE(scene.escalation().steps[1].channels, Names{"webhook:siren"});
    }

    // GoAlert 3085, Grafana OnCall 1077: no way to escalate to a certain step, no way to hand a call to somebody else.
    void complaint15_anyStepAndAnyPersonCanBeCalledByHand()
    {
        Workspace w = aWorld();
        w.policies[0].steps = {{{"ana"}, minutes(5)}, {{"ben"}, minutes(5)}, {{"kim"}, minutes(5)}};
        TargetsScene scene(w);
        scene.start();
        const auto third = oncall::hurry(scene.state(), 1, kAna, 3);
        VERIFY_RESULT(third);
        scene.log.record(*third);
        const Events now = scene.advance(Span{});
        QCOMPARE(get<StepReached>(now[0]).step, 3U);
        QCOMPARE(get<StepReached>(now[0]).people, Names{"kim"});
        const auto zoe = oncall::hurry(scene.state(), 1, kAna, 0, "zoe");
        VERIFY_RESULT(zoe);
        scene.log.record(*zoe);
        const Events handed = scene.advance(Span{});
        QCOMPARE(get<StepReached>(handed[0]).people, Names{"zoe"});
        QVERIFY(says(get<StepReached>(handed[0]).because.matched, "zoe was asked for by name"));
        VERIFY_RESULT(oncall::acknowledge(scene.state(), 1, {"zoe", Path::Person}));
        VERIFY_FAILS(oncall::hurry(scene.state(), 1, kAna, 4), Code::NotFound);
        VERIFY_FAILS(oncall::hurry(scene.state(), 1, kAna, 0, "nobody"), Code::NotFound);
        VERIFY_FAILS(oncall::hurry(scene.state(), 1, kAna, 1, "ben"), Code::Invalid);
    }

    void theSimulatorSaysWhatTheRulesThenDo()
    {
        Workspace w = aWorld();
        w.policies[0] = {"shop", "Shop", {{{"pay"}, minutes(5)}, {{"ana", "ben", "kim"}, minutes(10), true, {}}, {{"zoe"}, minutes(15)}}, 2};
        w.policies[0].steps[2].only = {*parseDayWindow("08:00-20:00")};
        for (const Span later : {hours(0), hours(5), hours(11), hours(17), hours(60), hours(24 * 5)}) {
            Log log(kMorning + later);
            TargetsScene scene(w);
            scene.log = std::move(log);
            scene.log.record(withWorkspace(w)).record(anIncident().service("db").event());
            const auto planned = oncall::plan(scene.state(), {{"db", "", ""}, scene.log.now() + seconds(1)});
            VERIFY_RESULT(planned);
            const auto started = oncall::start(scene.state(), {"INC-1", "", "", "", kAna}, scene.log.now());
            VERIFY_RESULT(started);
            scene.log.record(*started);
            for (const auto &step : planned->steps) {
                scene.advance(step.at - scene.log.now());
                const auto &reached = scene.escalation().steps.back();
                QCOMPARE(reached.people, idsOf(step.who));
                QCOMPARE(reached.number, step.place.step);
                QCOMPARE(reached.round, step.place.round);
                QCOMPARE(reached.until.ns, step.until.ns);
            }
            scene.advance(planned->end - scene.log.now());
            QCOMPARE(scene.escalation().outcome, "exhausted");
            QCOMPARE(scene.escalation().steps.size(), planned->steps.size());
        }
    }

    void theSimulatorNamesTheGapAndWhatHappensInstead()
    {
        Workspace w = aWorld();
        w.policies[0].steps = {{{"pay"}, minutes(5)}, {{"zoe"}, minutes(5)}};
        TargetsScene scene(w);
        const auto plan = oncall::plan(scene.state(), {{"db", "", ""}, at("2026-11-29T03:10:00Z")}); // a Sunday
        VERIFY_RESULT(plan);
        QVERIFY(says(plan->gaps, "step 1 of policy shop: nobody is behind it then; the next step is taken at once"));
        QVERIFY(says(plan->gaps, "step 1: schedule pay: nobody is on call at Sun 2026-11-29 04:10 Europe/Berlin, a gap"));
        QCOMPARE(plan->steps.front().place.step, 2U);
        QCOMPARE(toRfc3339(plan->steps.front().at), "2026-11-29T03:10:00Z");
        w.policies[0].steps = {{{"pay"}, minutes(5)}};
        const TargetsScene none(w);
        const auto everybody = oncall::plan(none.state(), {{"db", "", ""}, at("2026-11-29T03:10:00Z")});
        VERIFY_RESULT(everybody);
        QVERIFY(everybody->steps.front().isCatchAll);
        QCOMPARE(idsOf(everybody->steps.front().who), Names({"zoe", "ana"}));
        QVERIFY(says(everybody->gaps, "an alarm is raised"));
        VERIFY_FAILS(oncall::plan(none.state(), {{"db", "", "no-such"}, at("2026-11-29T03:10:00Z")}), Code::NotFound);
    }

    void aHandoffIsConcludedWhenItComesAndNotBefore()
    {
        TargetsScene scene(aWorld());
        QCOMPARE(oncall::handoffs(scene.state(), scene.log.now()).size(), std::size_t{1}); // nothing was concluded yet
        scene.log.record(oncall::handoffs(scene.state(), scene.log.now()), Span{});
        const auto *duty = scene.state().rota.of("pay");
        QVERIFY(duty);
        QCOMPARE(duty->people, Names{"ana"}); // Monday 15:00 in Berlin
        QCOMPARE(toRfc3339(duty->until), "2026-11-23T19:00:00Z");
        QVERIFY(oncall::handoffs(scene.state(), duty->until - seconds(1)).empty());
        QVERIFY(oncall::lookAgain(scene.state(), {}, scene.log.now() + minutes(1)).empty());
        QCOMPARE(oncall::nextDue(scene.state()).ns, duty->until.ns);
        const Events gap = oncall::handoffs(scene.state(), duty->until);
        QCOMPARE(gap.size(), std::size_t{1});
        QVERIFY(get<OnCallChanged>(gap[0]).people.empty());
        QVERIFY(says(get<OnCallChanged>(gap[0]).because.matched, "a gap"));
    }
};

QD_TEST(TestTargets)
#include "tst_targets.moc"
