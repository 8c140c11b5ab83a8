// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/undo.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What people did to alerts, on whole selections, taken back.
namespace {

const Labels kFull{{"alertname", "DiskFull"}, {"instance", "n1"}, {"service", "mail"}, {"severity", "warning"}};
const Labels kSlow{{"alertname", "Slow"}, {"instance", "n1"}, {"service", "db"}, {"severity", "critical"}};

Workspace callingWorkspace()
{
    Workspace w = aWorkspace();
    w.services[1].paging = w.services[2].paging = Paging::Own; // cart, db
    return w;
}

struct UndoBench : QuietBench {
    explicit UndoBench(Workspace w = aWorkspace()) : QuietBench(std::move(w)) {}
    std::string owner(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->owner)); });
    }
    std::string workflow(const std::string &key) { return std::string(word(alert(key).workflow)); }
    Result<Outcome> undo(const std::string &person = "ana", std::uint64_t record = 0) { return command(desk::Undo{record}, person); }
    std::vector<std::string> eventsOf(std::uint64_t seq)
    {
        std::vector<std::string> names;
        (void)desk::replay(*journal, seq, seq, [&](const desk::Record &r) {
            for (const auto &e : r.events)
                names.emplace_back(events::typeName(e));
            return true;
        });
        return names;
    }
    std::vector<state::Escalation> calls()
    {
        return ask([](const state::State &s) { return s.escalations; });
    }
};

} // namespace

class TestOverrides final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAcknowledgementIsTakenBackWithTheOwnerItMade()
    {
        UndoBench b;
        const auto key = b.fires(kFull), owned = b.fires(kSlow);
        VERIFY_RESULT(b.command(desk::AssignAlerts{{owned}, "ben"}, "ben"));
        VERIFY_RESULT(b.command(desk::Acknowledge{{key, owned}, "mine"}));
        QCOMPARE(b.owner(key), std::string("ana"));
        const auto undone = b.undo();
        VERIFY_RESULT(undone);
        QCOMPARE(b.eventsOf(undone->seq), (std::vector<std::string>{"OverrideUndone"}));
        QCOMPARE(undone->notes, (std::vector<std::string>{"Taken back: 2 alerts acknowledged."}));
        QCOMPARE(b.workflow(key), std::string("new"));
        QCOMPARE(b.owner(key), std::string());
        QCOMPARE(b.workflow(owned), std::string("assigned"));
        QCOMPARE(b.owner(owned), std::string("ben"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void oneAfterTheOtherIsTakenBackAndThenNothingIsLeft()
    {
        UndoBench b;
        const auto key = b.fires(kFull);
        VERIFY_RESULT(b.command(desk::AssignAlerts{{key}, "ben"}));
        VERIFY_RESULT(b.command(desk::SnoozeAlerts{{key}, "30m", {}}, "ben"));
        VERIFY_RESULT(b.shelve({key}, "1h"));
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.how(key), std::string("snoozed"));
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.owner(key), std::string());
        VERIFY_FAILS(b.undo(), Code::NotFound);
        VERIFY_RESULT(b.undo("ben"));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void whatSomebodyElseChangedSinceStays()
    {
        UndoBench b;
        const auto one = b.fires(kFull), two = b.fires(kSlow);
        VERIFY_RESULT(b.command(desk::Acknowledge{{one, two}, {}}));
        b.clock.advance(minutes(1));
        VERIFY_RESULT(b.command(desk::Acknowledge{{two}, "no, I have it"}, "ben"));
        const auto undone = b.undo();
        VERIFY_RESULT(undone);
        QCOMPARE(undone->notes.size(), std::size_t{2});
        QCOMPARE(undone->notes.back(), std::string("1 alert has changed since and stays as it is."));
        QCOMPARE(b.workflow(one), std::string("new"));
        QCOMPARE(b.workflow(two), std::string("acknowledged"));
    }

    void aSnoozeGivesBackTheOwnerItTookAndEnds()
    {
        UndoBench b;
        const auto key = b.fires(kFull);
        VERIFY_RESULT(b.command(desk::SnoozeAlerts{{key}, "30m", {}}));
        const auto undone = b.undo();
        VERIFY_RESULT(undone);
        QCOMPARE(b.eventsOf(undone->seq), (std::vector<std::string>{"OverrideUndone", "SuppressionEnded", "AlertsSuppressed"}));
        QCOMPARE(b.how(key), std::string("none"));
        QCOMPARE(b.owner(key), std::string());
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatWasHeardAgainIsQuietAgain()
    {
        UndoBench b;
        const auto one = b.fires(kFull), two = b.fires({{"alertname", "DiskFull"}, {"instance", "n2"}, {"severity", "warning"}});
        VERIFY_RESULT(b.shelve({one, two}, "2h"));
        VERIFY_RESULT(b.command(desk::EndSuppression{{one}, "oops"}));
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.by(one), std::string("shelf/2"));
        QCOMPARE(b.by(two), std::string("shelf/1"));
        const auto until = [&](const char *id) { return b.ask([&](const state::State &s) { return s.suppressors.find(id)->until.ns; }); };
        QCOMPARE(until("shelf/2"), until("shelf/1"));
        VERIFY_RESULT(b.silence({is("alertname", "Slow")}));
        const auto slow = b.fires(kSlow);
        VERIFY_RESULT(b.command(desk::EndSuppression{{"silence/3"}, {}}));
        QCOMPARE(b.how(slow), std::string("none"));
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.by(slow), std::string("silence/4"));
    }

    void groupsGoBackToWhatTheyWere()
    {
        UndoBench b;
        const auto one = b.fires(kFull), two = b.fires(kSlow);
        const std::string first = b.group(one), second = b.group(two);
        QVERIFY(first != second);
        VERIFY_RESULT(b.command(desk::MergeGroups{{second}, first, "one disk"}));
        QCOMPARE(b.group(two), first);
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.group(two), second);
        const auto later = b.fires({{"alertname", "Slow"}, {"instance", "n2"}, {"service", "db"}, {"severity", "critical"}});
        QCOMPARE(b.group(later), second); // nothing joins the merge any more
        VERIFY_RESULT(b.command(desk::SplitGroup{{one}, "apart", "elsewhere"}));
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.group(one), first);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatCannotBeTakenBackSaysWhy()
    {
        UndoBench b(callingWorkspace());
        const auto key = b.fires(kSlow);
        VERIFY_RESULT(b.command(desk::EscalateNow{1, 0, {}}));
        auto refused = b.undo();
        VERIFY_FAILS(refused, Code::Conflict);
        QVERIFY2(refused.error().message.find("a call that went out cannot be taken back") != std::string::npos, refused.error().message.c_str());
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV3"}));
        VERIFY_RESULT(b.command(desk::AttachAlerts{"INC-1", {key}}));
        refused = b.undo();
        QVERIFY2(refused.error().message.find("1 alert attached to INC-1") != std::string::npos, refused.error().message.c_str());
        const auto acked = b.command(desk::Acknowledge{{key}, {}}, "ben");
        VERIFY_RESULT(acked);
        VERIFY_FAILS(b.undo("ana", acked->seq), Code::NotFound); // somebody else's
        b.pass(triage::kUndoWithin);
        VERIFY_RESULT(b.command(desk::AssignAlerts{{key}, "ana"}, "ben"));
        VERIFY_RESULT(b.undo("ben", acked->seq)); // to the very end of the hour
        b.pass(nanos(1));
        const auto assigned = b.command(desk::AssignAlerts{{key}, "ana"});
        b.pass(triage::kUndoWithin + nanos(1));
        refused = b.undo("ana", assigned->seq);
        QVERIFY2(refused.error().message.find("more than 1h ago") != std::string::npos, refused.error().message.c_str());
    }

    void anAnswerTakenBackCallsAgain()
    {
        UndoBench b(callingWorkspace());
        const auto key = b.fires(kSlow);
        QCOMPARE(b.calls().size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::Acknowledge{{key}, {}}));
        QCOMPARE(b.calls()[0].outcome, std::string("acknowledged"));
        VERIFY_RESULT(b.undo());
        QCOMPARE(b.calls().size(), std::size_t{2});
        QVERIFY(b.calls()[1].isRunning());
        VERIFY_RESULT(b.command(desk::Acknowledge{{key}, {}}));
        VERIFY_RESULT(b.command(desk::UnacknowledgeAlerts{{key}, "not mine"}, "ben"));
        QCOMPARE(b.calls().size(), std::size_t{3});
        QCOMPARE(b.workflow(key), std::string("assigned"));
        VERIFY_FAILS(b.command(desk::UnacknowledgeAlerts{{key}, {}}, "ben"), Code::Conflict);
        VERIFY_RESULT(b.undo("ben"));
        QCOMPARE(b.workflow(key), std::string("acknowledged"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void heldAlertsCallNobodyUntilThenAndStayInTheQueue()
    {
        UndoBench b(callingWorkspace());
        const auto key = b.fires({{"alertname", "Odd"}, {"service", "db"}, {"severity", "warning"}}); // of its group, and calls nobody by itself
        VERIFY_FAILS(b.command(desk::HoldAlerts{{key}, "30m", " "}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::HoldAlerts{{key}, "24h1s", "night"}), Code::Invalid);
        const auto slow = b.fires(kSlow);
        QCOMPARE(b.calls().size(), std::size_t{1});
        const auto held = b.command(desk::HoldAlerts{{slow}, "30m", "the vendor is on it"});
        VERIFY_RESULT(held);
        QCOMPARE(held->id, std::string("held/1"));
        QCOMPARE(b.how(slow), std::string("none"));
        b.pass(minutes(5)); // the next step is due
        QCOMPARE(b.calls()[0].steps.size(), std::size_t{1});
        QCOMPARE(b.calls()[0].heldBy, std::string("quiet"));
        b.pass(minutes(25));
        QVERIFY(b.calls()[0].heldBy.empty());
        b.pass(seconds(1));
        QCOMPARE(b.calls()[0].steps.size(), std::size_t{2});
        QCOMPARE(b.dumped(), b.committed());
    }

    void aHoldThatIsOverCallsForWhatItHeld()
    {
        UndoBench b(callingWorkspace());
        const auto slow = b.fires(kSlow);
        VERIFY_RESULT(b.command(desk::Acknowledge{{slow}, {}}));
        VERIFY_RESULT(b.command(desk::HoldAlerts{{slow}, "30m", "maintenance next door"}));
        VERIFY_RESULT(b.command(desk::UnacknowledgeAlerts{{slow}, {}}));
        QCOMPARE(b.calls().size(), std::size_t{1}); // it is held
        b.resolves(kSlow);
        b.clock.advance(minutes(1));
        b.fires(kSlow);
        QCOMPARE(b.calls().size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::EndSuppression{{"held/1"}, "done"}));
        QCOMPARE(b.calls().size(), std::size_t{2});
        QCOMPARE(b.dumped(), b.committed());
    }

    void theCallsOfASelectionGoToAStepInOneRecord()
    {
        UndoBench b(callingWorkspace());
        const auto slow = b.fires(kSlow), down = b.fires({{"alertname", "Down"}, {"service", "cart"}, {"severity", "critical"}});
        const auto quiet = b.fires(kFull);
        QCOMPARE(b.calls().size(), std::size_t{2});
        VERIFY_FAILS(b.command(desk::EscalateAlerts{{quiet}, 0, {}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::EscalateAlerts{{slow}, 3, {}}), Code::NotFound);
        const auto seq = b.command(desk::EscalateAlerts{{slow, down, quiet}, 2, {}});
        VERIFY_RESULT(seq);
        QCOMPARE(b.calls()[0].steps.back().number, 2u);
        QCOMPARE(b.calls()[1].steps.back().number, 2u);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsKeptLongerEndsLaterAndWhoAnswersChanges()
    {
        UndoBench b;
        const auto key = b.fires(kFull);
        VERIFY_RESULT(b.silence({is("alertname", "DiskFull")}, "1h"));
        VERIFY_FAILS(b.command(desk::KeepSuppression{"silence/1", "31d", {}, {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::KeepSuppression{"silence/1", {}, {}, {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::KeepSuppression{"silence/1", {}, "nobody", {}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::KeepSuppression{"silence/9", "1h", {}, {}}), Code::NotFound);
        VERIFY_RESULT(b.command(desk::KeepSuppression{"silence/1", "2h", "ben", "the disk comes tomorrow"}));
        b.pass(hours(1));
        QCOMPARE(b.how(key), std::string("silenced"));
        QCOMPARE(b.ask([](const state::State &s) { return s.suppressors.find("silence/1")->owner; }), std::string("ben"));
        b.pass(hours(1));
        QCOMPARE(b.how(key), std::string("none"));
        VERIFY_RESULT(b.shelve({key}, "8h"));
        VERIFY_FAILS(b.command(desk::KeepSuppression{"shelf/2", "9h", {}, {}}), Code::Invalid); // a warning's cap
        QCOMPARE(b.dumped(), b.committed());
    }

    void tenThousandAlertsAreOneRecordAndOneMoreIsRefused()
    {
        UndoBench b;
        desk::Strings keys;
        auto batch = aBatch("am", b.clock.now());
        for (int n = 0; n <= 10'000; ++n)
            batch.alert({{"alertname", "Full"}, {"instance", std::to_string(n)}, {"severity", "warning"}});
        const ReportBatch all = batch.build();
        VERIFY_RESULT(b.report(all));
        for (std::size_t row = 0; row < all.size(); ++row)
            keys.push_back(keyOf(all, row));
        const std::string one = keys.back(), other = keys.front();
        VERIFY_FAILS(b.command(desk::AssignAlerts{keys, "ben"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::HoldAlerts{keys, "1h", "r"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::UnacknowledgeAlerts{keys, {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::EscalateAlerts{keys, 0, {}}), Code::Invalid);
        keys.pop_back();
        const auto in = [&](auto command, const char *by = "ana") {
            const auto before = b.ask([](const state::State &s) { return s.seq; });
            const auto done = b.command(std::move(command), by);
            return done && done->seq == before + 1;
        };
        QVERIFY(in(desk::AssignAlerts{keys, "ben"}));
        QVERIFY(in(desk::Acknowledge{keys, {}}));
        QVERIFY(in(desk::Undo{}));
        QCOMPARE(b.workflow(other), std::string("assigned"));
        QVERIFY(in(desk::HoldAlerts{keys, "1h", "rack is moved"}));
        QVERIFY(in(desk::ShelveAlerts{keys, "1h", "rack is moved", false}));
        QCOMPARE(b.how(other), std::string("shelved"));
        QCOMPARE(b.how(one), std::string("none"));
        QVERIFY(in(desk::EndSuppression{keys, {}})); // both
        QVERIFY(in(desk::Undo{}));
        QCOMPARE(b.how(other), std::string("shelved"));
        QVERIFY(in(desk::SplitGroup{keys, "rack 4", "moved"}));
        QVERIFY(in(desk::Undo{}));
        QVERIFY(in(desk::SnoozeAlerts{keys, "1h", {}}, "ben")); // whose they are
        QVERIFY(in(desk::Undo{}, "ben"));
        QVERIFY(in(desk::CreateSilence{{}, "1h", "rack is moved", {is("alertname", "Full")}}));
        QCOMPARE(b.how(one), std::string("silenced")); // the others are shelved as well
        QVERIFY(in(desk::Undo{}));
        desk::DeclareIncident rack;
        rack.title = "Rack";
        rack.severity = "SEV3";
        rack.room = false;
        rack.alerts = keys;
        VERIFY_RESULT(b.command(rack));
        QVERIFY(in(desk::SplitIncident{keys, {}, {}, {}, true}));
        QVERIFY(in(desk::Undo{}));
        QVERIFY(in(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        QCOMPARE(b.dumped(), b.committed());
    }

    void tenThousandGroupsAreMergedInOneRecordAndOneMoreIsRefused()
    {
        UndoBench b;
        auto batch = aBatch("am", b.clock.now());
        desk::Strings groups;
        for (int n = 0; n <= 10'000; ++n) {
            const std::string service = "s" + std::to_string(n);
            batch.alert({{"alertname", "Full"}, {"service", service}, {"severity", "warning"}});
            groups.push_back(service);
        }
        VERIFY_RESULT(b.report(batch.build()));
        VERIFY_FAILS(b.command(desk::MergeGroups{groups, "rack", "moved"}), Code::Invalid);
        groups.pop_back();
        const auto before = b.ask([](const state::State &s) { return s.seq; });
        const auto merged = b.command(desk::MergeGroups{groups, "rack", "moved"});
        VERIFY_RESULT(merged);
        QCOMPARE(merged->seq, before + 1);
        QCOMPARE(b.ask([](const state::State &s) { return s.alerts.groups.at(s.symbols.find("rack")).firing; }), 10'000u);
        QCOMPARE(b.dumped(), b.committed());
    }

    void oldOverridesAreForgottenWithinTheirLimits()
    {
        UndoBench b;
        desk::Strings keys;
        auto batch = aBatch("am", b.clock.now());
        for (int n = 0; n < 10'000; ++n)
            batch.alert({{"alertname", "Full"}, {"instance", std::to_string(n)}, {"severity", "warning"}});
        const ReportBatch all = batch.build();
        VERIFY_RESULT(b.report(all));
        for (std::size_t row = 0; row < all.size(); ++row)
            keys.push_back(keyOf(all, row));
        const auto first = b.command(desk::AssignAlerts{keys, "ben"});
        for (std::size_t n = 1; n < state::Interventions::kTouchedKept / keys.size(); ++n)
            VERIFY_RESULT(b.command(desk::AssignAlerts{keys, n % 2 ? "ana" : "ben"}));
        const auto forgotten = [&] { return b.ask([&](const state::State &s) { return s.interventions.find(first->seq, "ana")->forgotten; }); };
        QVERIFY(!forgotten());
        VERIFY_RESULT(b.command(desk::AssignAlerts{{keys.front()}, "ana"}));
        QVERIFY(forgotten());
        const auto refused = b.undo("ana", first->seq);
        VERIFY_FAILS(refused, Code::Conflict);
        QVERIFY(refused.error().message.find("not kept any more") != std::string::npos);
        for (std::size_t n = 0; n < state::Interventions::kKept; ++n)
            VERIFY_RESULT(b.command(desk::AssignAlerts{{keys.front()}, "ana"}));
        QCOMPARE(b.ask([](const state::State &s) { return s.interventions.all.size(); }), state::Interventions::kKept);
        VERIFY_FAILS(b.undo("ana", first->seq), Code::NotFound);
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestOverrides)
#include "tst_overrides.moc"
