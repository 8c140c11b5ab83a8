// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/undo.h"
#include "tests/core/desk/rightsscene.h"
#include "tests/support/suite.h"

#include <functional>
#include <set>

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

namespace {

/// What somebody does that can be taken back, after what ana did before it.
struct Doing {
    state::InterventionKind kind;
    const char *name;
    std::function<desk::Command(const RightsScene &)> command;
    std::function<void(RightsScene &)> before = nullptr;
};

void does(RightsScene &s, const desk::Command &command, const std::string &who)
{
    auto decision = decide(s.log.state, command, {who, Path::Person}, s.log.now());
    QVERIFY2(decision, decision ? "" : decision.error().message.c_str());
    s.log.record(std::move(decision->events));
}

const std::vector<Doing> &allDoings()
{
    using enum state::InterventionKind;
    const auto acknowledged = [](RightsScene &s) { does(s, Acknowledge{{s.alert}, {}}, "ana"); };
    const auto aside = [](RightsScene &s) { does(s, SplitGroup{{s.alert}, "aside", "another trouble"}, "ana"); };
    // Another alert of cart, so that not all of an incident or group is taken out of it.
    const auto another = [](RightsScene &s) {
        const auto batch = aBatch("am", s.log.now()).alert({{"alertname", "Slow"}, {"service", "cart"}}).build();
        s.log.record(decided(batch));
        does(s, AttachAlerts{"INC-1", {keyOf(batch)}}, "ana");
    };
    static const std::vector<Doing> all{
        {Assigned, "assign", [](const RightsScene &s) { return AssignAlerts{{s.alert}, "ana", "hers"}; }},
        {Heard, "end a silence", [](const RightsScene &) { return EndSuppression{{"silence/1"}, "over"}; }},
        {Acknowledged, "acknowledge", [](const RightsScene &s) { return Acknowledge{{s.alert}, {}}; }},
        {Unacknowledged, "unacknowledge", [](const RightsScene &s) { return UnacknowledgeAlerts{{s.alert}, {}}; }, acknowledged},
        {Snoozed, "snooze", [](const RightsScene &s) { return SnoozeAlerts{{s.alert}, "30m", {}}; }},
        {Shelved, "shelve", [](const RightsScene &s) { return ShelveAlerts{{s.alert}, "30m", "known", false}; }},
        {Silenced, "silence", [](const RightsScene &) { return CreateSilence{{}, "1h", "known", {{"service", "cart", false, true}}}; }},
        {Silenced, "silence everything", [](const RightsScene &) { return CreateSilence{{}, "1h", "known", {{"severity", "info", false, true}}}; }},
        {Silenced, "mute a heartbeat", [](const RightsScene &) { return MuteHeartbeat{"backup", "1h", "known"}; }},
        {Held, "hold", [](const RightsScene &s) { return HoldAlerts{{s.alert}, "30m", "wait"}; }},
        {Maintenance, "plan maintenance", [](const RightsScene &) { return PlanMaintenance{"cart", {}, {}, "1h", {}, "new disks", {}}; }},
        {Split, "split a group", [](const RightsScene &s) { return SplitGroup{{s.alert}, "aside", "another trouble"}; }, another},
        {GroupsMerged, "merge groups", [](const RightsScene &) { return MergeGroups{{"aside"}, "cart", "the same"}; }, [another, aside](RightsScene &s) { another(s); aside(s); }},
        {IncidentMerged, "merge incidents", [](const RightsScene &) { return MergeIncidents{"INC-1", "INC-2", "the same"}; }},
        {IncidentSplit, "take alerts out", [](const RightsScene &s) { return SplitIncident{{s.alert}, {}, {}, "another trouble", true}; }, another},
        {IncidentSplit, "split an incident", [](const RightsScene &s) { return SplitIncident{{s.alert}, "Disks", "SEV3", "another trouble", false}; }, another},
        {Marked, "mark a moment", [](const RightsScene &) { return MarkMoment{"INC-1", "It turned", {}, {}, {}, 0}; }},
        {Polled, "ask around", [](const RightsScene &) { return AskPoll{"INC-1", "Roll back?", {"ana"}, "10m"}; }},
        {StatusSet, "set the status", [](const RightsScene &) { return ChangeStatus{"INC-1", "mitigated", "better"}; }},
    };
    return all;
}

/// A heartbeat of cart besides.
struct DoingScene : RightsScene {
    explicit DoingScene(const Doing &doing)
    {
        Workspace w = *log.state.workspace;
        HeartbeatRule beat;
        beat.id = "backup";
        beat.service = "cart";
        w.heartbeats = {beat};
        log.record(withWorkspace(w));
        setRights({});
        if (doing.before)
            doing.before(*this);
    }
};

} // namespace

class TestUndoRights final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// What is done × role × bounds: whoever may not do it (any more) does not take it back either, though it was theirs; whoever may, does.
    void takingBackNeedsTheRightThatDoingItNeeds()
    {
        std::set<state::InterventionKind> seen;
        std::size_t cells = 0, allowed = 0;
        for (const Doing &doing : allDoings()) {
            DoingScene s(doing);
            DoingScene done(doing);
            does(done, doing.command(done), "ben");
            const state::Intervention *o = done.log.state.interventions.lastOf("ben");
            QVERIFY2(o && o->kind == doing.kind, doing.name);
            QVERIFY2(triage::whyNotUndone(done.log.state, *o, done.log.now()).empty(), doing.name);
            seen.insert(doing.kind);
            for (const Right right : kRights)
                for (const RightBound &bound : kBounds) {
                    s.setRights({kAdmins, heldWithin(right, bound)});
                    done.setRights({kAdmins, heldWithin(right, bound)});
                    const auto decision = decide(s.log.state, doing.command(s), {"ben", Path::Person}, s.log.now());
                    const auto undone = decide(done.log.state, Undo{}, {"ben", Path::Person}, done.log.now());
                    QVERIFY2(isRefusedByPolicy(undone) == isRefusedByPolicy(decision),
                             (std::string(doing.name) + " with " + std::string(word(right)) + " " + bound.name + (undone ? ": done" : ": " + undone.error().message)).c_str());
                    ++cells;
                    allowed += undone ? 1 : 0;
                }
        }
        qInfo("%zu cells (what is taken back x role x bounds), %zu of them allowed", cells, allowed);
        QVERIFY(allowed > 50 && allowed < cells / 2);
        // Every kind there is: taken back above, or by nobody.
        for (std::uint8_t n = 0; n <= static_cast<std::uint8_t>(state::InterventionKind::StatusSet); ++n) {
            state::Intervention o;
            o.kind = static_cast<state::InterventionKind>(n);
            QVERIFY2(triage::isNeverUndone(o.kind) != seen.contains(o.kind), std::string(word(o.kind)).c_str());
            if (triage::isNeverUndone(o.kind))
                QVERIFY2(!triage::whyNotUndone(RightsScene().log.state, o, {}).empty(), std::string(word(o.kind)).c_str());
        }
    }
};

QD_TEST(TestUndoRights)
#include "tst_undorights.moc"
