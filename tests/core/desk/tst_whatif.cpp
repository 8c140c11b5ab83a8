// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/whatif.h"

#include "core/control/whatif.h"
#include "core/desk/past.h"
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// features.md section 4, row 4: history under other rules.
namespace {

/// An hour at a shop that pages by itself: alerts come, fire again and end, two incidents are declared, people are called, answer and
/// do not answer, talk in a room, and the core is restarted.
struct Hour : Bench {
    std::string db;

    explicit Hour(Workspace w = paging()) : Bench(nullptr)
    {
        options.watchClock = true;
        create();
        settle(std::move(w));
        incidentWithRoom(); // INC-1, in whose room people talk
        const auto first = firing("DbDown", "db", "critical");
        db = "am/" + fingerprintText(first.fingerprint[0]);
        (void)report(first);
        (void)report(firing("Slow", "web", "page"));
        (void)command(desk::DeclareIncident{"Database", "SEV1", "db", "", "", {db}, false}); // INC-2
        for (int minute = 1; minute <= 20; ++minute) {
            clock.advance(minutes(1));
            (void)wake();
            if (minute == 4)
                (void)report(events::Event(message("!log the disk is full", "ben")));
            if (minute == 5)
                (void)report(events::Event(message("!take", "ben")));
            if (minute == 7)
                (void)report(firing("Slow", "web", "page", false));
            if (minute == 9)
                restart();
            if (minute == 12)
                (void)report(firing("DbDown", "db", "critical", false));
            if (minute == 14)
                (void)report(firing("DbDown", "db", "critical"));
        }
        (void)command(desk::TakeCommand{"INC-2", {}});
        (void)command(desk::StandDown{"INC-2", "ana", "vacuumed", "one replica left", "ana", "3d", {}});
    }
    static Workspace paging()
    {
        Workspace w = aWorkspace();
        for (Service &s : w.services)
            s.paging = Paging::Own;
        return w;
    }
    ReportBatch firing(const std::string &name, const std::string &service, const std::string &severity, bool on = true)
    {
        auto b = aBatch("am", clock.now()).alert({{"alertname", name}, {"service", service}}).severity(severity).startsAt(clock.now());
        if (!on)
            b.resolved(clock.now());
        return b.build();
    }
    Result<desk::WhatIf> whatIf(std::optional<Workspace> workspace, std::uint64_t after = 0)
    {
        const state::Past past = desk::pastOf(*journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, after, loader);
        if (!was)
            return tl::unexpected(was.error());
        state::State would = was->clone();
        return desk::whatIf(past, std::move(*was), std::move(would), journal->head(), std::move(workspace), [] { return true; });
    }
};

bool says(const desk::WhatIf &w, const std::string &text)
{
    return std::any_of(w.others.begin(), w.others.end(), [&](const auto &o) { return o.what.find(text) != std::string::npos; });
}

} // namespace

class TestWhatIf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void unchangedRulesGiveEveryConclusionByteForByte_data()
    {
        QTest::addColumn<qulonglong>("after");
        QTest::newRow("from the beginning") << qulonglong{0};
        QTest::newRow("from the middle") << qulonglong{9};
    }
    void unchangedRulesGiveEveryConclusionByteForByte()
    {
        QFETCH(qulonglong, after);
        Hour hour;
        const auto w = hour.whatIf(std::nullopt, after);
        VERIFY_RESULT(w);
        QVERIFY2(w->firstOtherWhat.empty(), w->firstOtherWhat.c_str());
        QCOMPARE(w->firstOther, std::uint64_t{0});
        QCOMPARE(w->recordsOther, std::uint64_t{0});
        QCOMPARE(w->recordsSame, hour.journal->head() - after);
        QVERIFY2(w->callsWere >= 2, w->sentence.c_str());
        QCOMPARE(w->callsWould, w->callsWere);
        QVERIFY(w->sentence.starts_with("Nothing would have been different"));
        QVERIFY(w->others.empty());
    }

    void whatWasTakenBackHeldAndMergedComesOutByteForByte()
    {
        Hour hour;
        const auto done = [&](auto command) {
            const auto r = hour.command(std::move(command));
            return r ? std::string() : r.error().message;
        };
        VERIFY_RESULT(hour.report(hour.firing("Slow", "web", "critical")));
        const std::string slow = "am/" + fingerprintText(hour.firing("Slow", "web", "critical").fingerprint[0]);
        QCOMPARE(done(desk::Acknowledge{{slow}, {}}), std::string());
        QCOMPARE(done(desk::Undo{}), std::string());
        QCOMPARE(done(desk::EscalateAlerts{{slow}, 2, {}}), std::string());
        QCOMPARE(done(desk::HoldAlerts{{slow}, "10m", "the vendor"}), std::string());
        QCOMPARE(done(desk::SnoozeAlerts{{slow}, "5m", {}}), std::string());
        QCOMPARE(done(desk::Undo{}), std::string());
        for (int minute = 0; minute < 15; ++minute) {
            hour.clock.advance(minutes(1));
            (void)hour.wake();
        }
        QCOMPARE(done(desk::DeclareIncident{"Shop is slow", "SEV2", "web", "", "", {slow}, false}), std::string()); // INC-3
        QCOMPARE(done(desk::MergeIncidents{"INC-3", "INC-1", "one disk"}), std::string());
        QCOMPARE(done(desk::Undo{}), std::string());
        QCOMPARE(done(desk::MergeIncidents{"INC-3", "INC-1", "after all"}), std::string());
        const auto w = hour.whatIf(std::nullopt);
        VERIFY_RESULT(w);
        QVERIFY2(w->firstOtherWhat.empty(), w->firstOtherWhat.c_str());
        QCOMPARE(w->recordsOther, std::uint64_t{0});
        QCOMPARE(hour.dumped(), hour.committed());
    }

    void whomAnotherServiceCallsComesOutByteForByte()
    {
        Workspace w = Hour::paging();
        w.teams.push_back({"data", "Data", "data", {"ben"}});
        w.policies.push_back({"data", "Data on call", {{{"ben"}, minutes(5)}}, 0});
        for (Service &s : w.services)
            if (s.id == "mail")
                s.team = "data";
        Hour hour(w);
        const auto calls = [&] { return hour.ask([](const state::State &s) { return s.escalations.size(); }); };
        const std::size_t before = calls();
        VERIFY_RESULT(hour.command(desk::CorrectTitle{"INC-1", "It is the mail", {}}));
        VERIFY_RESULT(hour.command(desk::CorrectService{"INC-1", "mail", {}}));
        QVERIFY(calls() > before);
        const auto again = hour.whatIf(std::nullopt);
        VERIFY_RESULT(again);
        QVERIFY2(again->firstOtherWhat.empty(), again->firstOtherWhat.c_str());
        QCOMPARE(again->recordsOther, std::uint64_t{0});
    }

    void theSameWorkspaceGivenByHandChangesNothingEither()
    {
        Hour hour;
        const auto w = hour.whatIf(Hour::paging(), 3); // after the workspace came
        VERIFY_RESULT(w);
        QCOMPARE(w->recordsOther, std::uint64_t{0});
    }

    void aRuleThatFailsGivesItsAlarmAgain()
    {
        Workspace w = Hour::paging();
        w.owners.push_back({"broken", {{"team", "(", true, true}}, {}, "web", {}, {}});
        Hour hour(w);
        QVERIFY(hour.ask([](const state::State &s) { return s.ruleFailures; }) > 0);
        const auto same = hour.whatIf(std::nullopt);
        VERIFY_RESULT(same);
        QVERIFY2(same->firstOtherWhat.empty(), same->firstOtherWhat.c_str());
        QCOMPARE(same->recordsOther, std::uint64_t{0});
    }

    void whereNothingIsFoldedAgainNoFoldWasShown()
    {
        Hour hour;
        hour.clock.advance(minutes(10));
        Workspace w = Hour::paging();
        w.folds.push_back({});
        w.folds.back().id = "db";
        int shown = 0;
        const auto run = [&](const std::string &since) {
            return control::whatIfJson(desk::pastOf(*hour.journal), {since, "edited"}, [&](const std::string &) { return Result<Workspace>(w); }, hour.clock.now(), [] { return true; },
                                       [&](const std::vector<FoldRule> &, const std::string &) { ++shown; });
        };
        const auto nothing = run("1s");
        VERIFY_RESULT(nothing);
        QVERIFY(nothing->find("There is nothing to fold again in that time.") != std::string::npos);
        QCOMPARE(shown, 0);
        VERIFY_RESULT(run("2h"));
        QCOMPARE(shown, 1);
    }

    void otherHeartbeatsAreSaidToBeJudgedElsewhere()
    {
        Hour hour;
        Workspace w = Hour::paging();
        const std::string note = "not judged again: `heartbeat dryrun`";
        const auto same = hour.whatIf(w, 3);
        VERIFY_RESULT(same);
        QVERIFY(same->sentence.find(note) == std::string::npos);
        w.heartbeats.push_back({});
        w.heartbeats.back().id = "backup";
        w.heartbeats.back().interval = hours(24);
        const auto other = hour.whatIf(w, 3);
        VERIFY_RESULT(other);
        QVERIFY2(other->sentence.find(note) != std::string::npos, other->sentence.c_str());
    }

    void longerWaitsMeanFewerCallsAndLaterOnes()
    {
        Hour hour;
        Workspace w = Hour::paging();
        for (PolicyStep &step : w.policies[0].steps)
            step.wait = minutes(30);
        const auto slow = hour.whatIf(w);
        VERIFY_RESULT(slow);
        QVERIFY2(slow->callsWould < slow->callsWere, slow->sentence.c_str());
        QVERIFY(slow->sentence.find("fewer page") != std::string::npos);
        QVERIFY(says(*slow, "ben is not called for INC-2"));
    }

    /// The sentence of features.md, and its differences: the people, what is later, and by how much.
    void theSentenceSaysPagesAndWhichIncidentsComeLater()
    {
        Hour hour;
        Workspace w = Hour::paging();
        // A step before the first that calls no person: whom that called is called 5 minutes later.
        w.policies[0].steps.insert(w.policies[0].steps.begin(), {{"webhook:none"}, minutes(5)});
        const auto later = hour.whatIf(w);
        VERIFY_RESULT(later);
        QVERIFY2(later->sentence.find("real incident") != std::string::npos && later->sentence.find("5 minutes later") != std::string::npos, later->sentence.c_str());
        QVERIFY2(later->sentence.find(" page") != std::string::npos && later->sentence.ends_with("."), later->sentence.c_str());
        QVERIFY(says(*later, "INC-2 is first called 5m later, at "));
        QVERIFY(later->laterFirst >= 1);
        QCOMPARE(later->soonerFirst, std::uint64_t{0});
        QVERIFY(later->recordsOther > 0 && !later->firstOtherWhat.empty());
    }

    void anotherPolicyIsTheOneThatCalls()
    {
        Hour hour;
        Workspace w = Hour::paging();
        w.policies.push_back({"night", "Night", {{{"ben"}, minutes(5)}}, 0});
        w.teams[0].policy = "night";
        const auto other = hour.whatIf(w);
        VERIFY_RESULT(other);
        QVERIFY2(says(*other, "ana is not called for INC-2"), other->sentence.c_str());
        QVERIFY2(other->callsWould < other->callsWere, other->sentence.c_str());
    }

    void withoutAPolicyNobodyIsCalled()
    {
        Hour hour;
        Workspace w = Hour::paging();
        for (Service &service : w.services)
            service.paging = Paging::Assist; // one that is owned has the catch-all
        w.policies.clear();
        w.teams[0].policy.clear();
        const auto other = hour.whatIf(w);
        VERIFY_RESULT(other);
        QCOMPARE(other->callsWould, std::uint64_t{0});
    }

    void otherPeopleAreNamed()
    {
        Hour hour;
        Workspace w = Hour::paging();
        w.policies[0].steps = {{{"ben"}, minutes(5)}};
        const auto other = hour.whatIf(w);
        VERIFY_RESULT(other);
        QVERIFY(says(*other, "ana is not called for INC-2"));
    }

    void otherSeveritiesAndGroupsAreListed()
    {
        Hour hour;
        Workspace w = Hour::paging();
        w.severities.push_back({"page", AlertSeverity::Info});
        const auto other = hour.whatIf(w);
        VERIFY_RESULT(other);
        QCOMPARE(other->alertsOther, std::uint64_t{1});
        QVERIFY2(says(*other, "severity info instead of critical"), other->others.empty() ? "nothing" : other->others[0].what.c_str());
        QVERIFY(other->sentence.find("1 alert judged otherwise") != std::string::npos);
    }

    /// Alerts of an owned service call by themselves, without an incident: each group, and each of its episodes, is told apart.
    void callsThatAlertsMakeByThemselvesAreTakenApartByTheirGroups()
    {
        Hour hour;
        VERIFY_RESULT(hour.report(hour.firing("CartDown", "cart", "critical")));
        VERIFY_RESULT(hour.report(hour.firing("MailDown", "mail", "critical")));
        const auto pass = [&](int minutesLong) {
            for (int minute = 0; minute < minutesLong; ++minute) {
                hour.clock.advance(minutes(1));
                (void)hour.wake();
            }
        };
        pass(1);
        VERIFY_RESULT(hour.report(hour.firing("CartDown", "cart", "critical", false)));
        pass(30);
        VERIFY_RESULT(hour.report(hour.firing("CartDown", "cart", "critical"))); // a second episode
        const auto groups = hour.ask([](const state::State &s) { return std::count_if(s.escalations.begin(), s.escalations.end(), [](const auto &x) { return !x.group.empty() && !x.observed; }); });
        QVERIFY(groups >= 4); // also Slow and DbDown
        Workspace w = Hour::paging();
        for (Service &s : w.services)
            if (s.id == "cart")
                s.paging = Paging::Assist; // which calls nobody by itself
        const auto other = hour.whatIf(w);
        VERIFY_RESULT(other);
        QVERIFY2(says(*other, "ana is not called for group cart/CartDown (") || says(*other, "ana is not called for group cart ("), hour.dumped().c_str());
        QVERIFY(says(*other, ", call 2 (was called"));
        std::string all;
        for (const auto &o : other->others)
            all += o.what + "\n";
        QVERIFY2(!says(*other, "MailDown") && !says(*other, "group mail"), all.c_str());
        QVERIFY(!says(*other, "for  (")); // nothing without a name
        QVERIFY2(other->sentence.find("fewer pages") != std::string::npos, other->sentence.c_str());
    }

    void whatIsOnlyObservedAndDrillsAreCountedApart()
    {
        Hour hour;
        desk::DeclareIncident drill{"Exercise", "SEV1", "db", "", "drill", {}, false};
        VERIFY_RESULT(hour.command(drill));
        Workspace w = Hour::paging();
        for (Service &s : w.services)
            s.paging = Paging::Observe;
        const auto other = hour.whatIf(w);
        VERIFY_RESULT(other);
        QVERIFY(other->callsWere > 0 && other->drillsWere == 1 && other->observedWere == 0);
        QCOMPARE(other->callsWould, std::uint64_t{0});
        QCOMPARE(other->drillsWould, std::uint64_t{0});
        QVERIFY(other->observedWould > 0);
        QVERIFY2(other->sentence.find("more that are only observed") != std::string::npos && other->sentence.find("1 fewer of a drill") != std::string::npos, other->sentence.c_str());
    }

    void nothingIsWritten()
    {
        Hour hour;
        const auto head = hour.journal->head();
        const std::string before = hour.dumped();
        VERIFY_RESULT(hour.whatIf(aWorkspace()));
        QCOMPARE(hour.journal->head(), head);
        QCOMPARE(hour.dumped(), before);
    }

    void anEmptyStretchSaysSo()
    {
        Hour hour;
        const auto w = hour.whatIf(std::nullopt, hour.journal->head());
        VERIFY_RESULT(w);
        QCOMPARE(w->sentence, std::string("There is nothing to fold again in that time."));
    }
};

QD_TEST(TestWhatIf)
#include "tst_whatif.moc"
