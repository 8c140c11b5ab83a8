// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/authorise.h"

#include "core/base/safetext.h"
#include "core/desk/decide.h"
#include "core/desk/outwardtexts.h"
#include "core/desk/subjects.h"
#include "core/triage/undo.h"

#include <algorithm>

namespace qd::desk {

using governance::Need;
using governance::Subject;
using state::State;

namespace {

/// Whether what is said to them stays inside the organisation.
bool isInside(std::string_view audience)
{
    return audience == "technical" || audience == "executive";
}

/// The rows. Each says which role a command needs and what it is about; nothing else in the desk knows roles.
struct Needs : Subjects {
    [[nodiscard]] Need schedule(const std::string &id) const { return {Right::Command, {}, false, isEditor(id), false}; }

    /// Of the incident a message is of, as the rule that decides finds it.
    [[nodiscard]] About ofMessage(const std::string &id, std::uint32_t message) const
    {
        const auto meant = messageIncident(state, id, message);
        return meant ? About{incidentSubject(**meant)} : incident(id);
    }

    [[nodiscard]] static Need respond(About about) { return {Right::Respond, std::move(about)}; }
    [[nodiscard]] static Need respondSomewhere(About about) { return {Right::Respond, about, about.empty()}; }
    [[nodiscard]] static Need command(About about) { return {Right::Command, std::move(about)}; }
    [[nodiscard]] Need commandOfAll(const Command &c) const
    {
        About about;
        for (const state::Incident *i : incidentsOfAll(state, c, by))
            add(about, incidentSubject(*i));
        const bool isNone = about.empty();
        return {Right::Command, std::move(about), isNone}; // of none: said afterwards
    }
    [[nodiscard]] static Need publish(About about) { return {Right::Publish, std::move(about)}; }
    [[nodiscard]] static Need administer() { return {Right::Administer}; }

    // --- respond: what everybody at work in an incident does ---
    Need operator()(const DeclareIncident &c) const
    {
        About about = alerts(c.alerts);
        if (!c.service.empty())
            add(about, {c.service, {}});
        return respondSomewhere(std::move(about)); // whoever sees trouble may say so before they know where
    }
    Need operator()(const DeclareAgain &c) const
    {
        About about = incident(c.incident); // whose title is read
        for (Subject &s : alerts(c.alerts))
            add(about, std::move(s));
        return respond(std::move(about));
    }
    Need operator()(const AttachAlerts &c) const
    {
        About about = incident(c.incident);
        for (Subject &s : alerts(c.alerts))
            add(about, std::move(s));
        return respond(std::move(about));
    }
    Need operator()(const WriteLog &c) const { return respond(incident(c.incident)); }
    Need operator()(const ClassLine &c) const { return respond(incident(c.incident)); } // lowering it asks for more (classing.cpp)
    Need operator()(const ReviseLog &c) const { return respond(incident(c.incident)); } // one's own: the rule sees to that
    Need operator()(const WriteLine &c) const
    {
        // What the line stands for is authorised again as what it is.
        return respond(incident(c.incident));
    }
    Need operator()(const AssignTask &c) const { return respond(incident(c.incident)); }
    Need operator()(const FinishTask &c) const { return respond(incident(c.incident)); }
    Need operator()(const AcceptTask &c) const { return respond(incident(c.incident)); } // their own: the rule sees to that
    Need operator()(const RaiseHypothesis &c) const { return respond(incident(c.incident)); }
    Need operator()(const SettleHypothesis &c) const { return respond(incident(c.incident)); }
    Need operator()(const ObjectToTaking &c) const { return respond(incident(c.incident)); }
    Need operator()(const DeclineCommand &c) const { return respond(incident(c.incident)); }
    Need operator()(const GiveReason &c) const { return respond(incident(c.incident)); }
    Need operator()(const Acknowledge &c) const { return {Right::Respond, alerts(c.alerts), false, isCalledFor(c.alerts), true}; }
    Need operator()(const UnacknowledgeAlerts &c) const { return respond(alerts(c.alerts)); }
    Need operator()(const NoteAlerts &c) const { return respond(alerts(c.alerts)); }
    Need operator()(const AssignAlerts &c) const { return respond(alerts(c.alerts)); }
    Need operator()(const SnoozeAlerts &c) const { return respond(alerts(c.alerts)); }
    Need operator()(const EscalateAlerts &c) const { return respond(alerts(c.alerts)); }
    Need operator()(const EscalateNow &c) const { return respond(escalation(c.escalation)); }
    Need operator()(const AcknowledgeEscalation &c) const { return {Right::Respond, escalation(c.escalation), false, isCalled(c.escalation), false}; }
    Need operator()(const DraftMessage &c) const { return respond(c.message != 0 ? ofMessage(c.incident, c.message) : incident(c.incident)); }
    // Whom the workspace names for a check gives it, whatever else they may do.
    Need operator()(const JudgeMessage &c) const { return {Right::Observe, ofMessage(c.incident, c.message)}; }
    Need operator()(const MarkPosted &c) const { return respond(incident(c.incident)); }
    Need operator()(const MarkMoment &c) const { return respond(incident(c.incident)); }
    Need operator()(const AskPoll &c) const { return respond(incident(c.incident)); }
    Need operator()(const OpenReview &c) const { return respond(incident(c.incident)); }
    Need operator()(const TurnReview &c) const { return respond(incident(c.incident)); } // whose it is: the rule sees to that
    Need operator()(const HoldSection &c) const { return respond(incident(c.incident)); }
    Need operator()(const WriteSection &c) const { return respond(incident(c.incident)); }
    Need operator()(const CommentReview &c) const { return respond(incident(c.incident)); }
    Need operator()(const SettleComment &c) const { return respond(incident(c.incident)); }
    Need operator()(const Contribute &c) const { return respond(incident(c.incident)); }
    Need operator()(const RateFactor &c) const { return respond(incident(c.incident)); }
    Need operator()(const KeepAction &c) const { return respond(incident(c.incident)); }
    Need operator()(const TurnAction &c) const { return respond(incident(c.incident)); }
    Need operator()(const WaiveGate &c) const { return respond(incident(c.incident)); } // the owner of the review: the rule sees to that
    Need operator()(const TrackAction &c) const { return command(incident(c.incident)); }
    Need operator()(const ImportActions &c) const // what a tracker is told is for whoever commands, as ever
    {
        About about;
        for (const ActionRow &row : c.rows)
            for (Subject &s : incident(row.incident))
                add(about, std::move(s));
        return std::any_of(c.rows.begin(), c.rows.end(), [](const ActionRow &row) { return !row.tracker.empty(); }) ? command(std::move(about)) : respond(std::move(about));
    }
    Need operator()(const AllowLeak &c) const { return publish(incident(c.incident)); }
    Need operator()(const RecordPublication &c) const { return publish(incident(c.incident)); }
    Need operator()(const PublishReview &c) const { return publish(incident(c.incident)); }
    Need operator()(const HoldMeeting &c) const { return respond(incident(c.incident)); } // who leads the review: the rule sees to that
    Need operator()(const SignReview &c) const { return respond(incident(c.incident)); }
    Need operator()(const NoteCost &c) const { return respond(incident(c.incident)); }
    // Whoever saw how it was handled may say so.
    Need operator()(const GiveFeedback &c) const { return {Right::Observe, incident(c.incident)}; }
    Need operator()(const KeepPattern &) const { return {Right::Respond, {}, true}; }
    Need operator()(const TurnPattern &) const { return {Right::Respond, {}, true}; }
    Need operator()(const RebuildIncident &c) const { return c.incident.empty() ? respondSomewhere(service(c.service)) : respond(incident(c.incident)); }
    Need operator()(const KeepEvidence &c) const { return respond(incident(c.incident)); }
    // Who is asked may answer, whatever else they may do; not in somebody else's name.
    Need operator()(const AnswerPoll &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        const bool isOwn = c.person.empty() || c.person == by.person;
        const bool isAsked = i && isOwn && std::any_of((*i)->polls.begin(), (*i)->polls.end(), [&](const state::Poll &p) {
            return (c.poll == 0 ? p.isOpen() : p.number == c.poll) && std::find(p.people.begin(), p.people.end(), by.person) != p.people.end();
        });
        return {Right::Respond, incident(c.incident), false, isAsked, false};
    }
    Need operator()(const ClosePoll &c) const { return respond(incident(c.incident)); } // whose it is: the rule sees to that
    Need operator()(const PinLink &c) const { return respond(incident(c.incident)); }
    Need operator()(const StartEscalation &c) const
    {
        About about = incident(c.incident);
        const std::string named = serviceId(c.service);
        if (!named.empty() && (about.empty() || about.front().service != named))
            add(about, {named, {}});
        return respond(std::move(about));
    }
    Need operator()(const MarkReached &c) const { return respondSomewhere(c.incident.starts_with("escalation/") ? alerts({c.incident}) : c.incident.empty() ? About{} : incident(c.incident)); }
    Need operator()(const MarkChange &c) const { return respondSomewhere(service(c.service)); }
    Need operator()(const ProposeEdges &c) const
    {
        About about;
        for (const MapEdge &e : c.edges)
            add(about, {e.from, {}});
        return respond(std::move(about));
    }
    Need operator()(const OfferShift &) const { return {Right::Respond, {}, true}; }
    Need operator()(const AcceptShift &) const { return {Right::Respond, {}, true}; }  // whom it is offered to: the rule sees to that
    Need operator()(const DeclineShift &) const { return {Right::Respond, {}, true}; } // … or who offers it
    Need operator()(const TestPage &) const { return {Right::Respond, {}, true}; }
    Need operator()(const SayPresent &) const { return {Right::Observe, {}, true, true, false}; } // of oneself alone
    Need operator()(const AnswerTestPage &) const { return {Right::Observe, {}, true, true, false}; } // whom it was for: the rule sees to that
    Need operator()(const PagePeople &c) const
    {
        About about = c.incident.empty() ? About{} : incident(c.incident);
        for (Subject &s : alerts(c.alerts))
            add(about, std::move(s));
        return respondSomewhere(std::move(about));
    }
    /// As what is taken back was done: the right to it may have gone since.
    Need operator()(const Undo &c) const
    {
        using Kind = state::InterventionKind;
        const state::Intervention *o = c.record == 0 ? state.interventions.lastOf(by.person) : state.interventions.find(c.record, by.person);
        if (!o || triage::isNeverUndone(o->kind))
            return {Right::Respond, {}, true}; // one's own, and that it is not taken back: the rule sees to that
        About about = touched(*o);
        const auto addIncident = [&](const std::string &id) {
            if (!id.empty())
                for (Subject &s : incident(id))
                    add(about, std::move(s));
        };
        switch (o->kind) {
        case Kind::Marked:
        case Kind::Polled: addIncident(o->from); break;
        case Kind::StatusSet: addIncident(o->subject); break;
        case Kind::IncidentMerged:
            addIncident(o->subject);
            if (const auto *merged = state.incident(o->subject))
                addIncident(merged->merged.into);
            break;
        case Kind::IncidentSplit: // of the one they were taken out of, as they were then
            for (const std::string &key : o->keys)
                if (const auto *a = state.alert(key); a && about.size() < kSubjectsAsked)
                    add(about, {std::string(state.text(a->service)), o->from});
            break;
        default: break;
        }
        const bool isLight = o->kind == Kind::Assigned || o->kind == Kind::Acknowledged || o->kind == Kind::Unacknowledged || o->kind == Kind::Snoozed || o->kind == Kind::Marked || o->kind == Kind::Polled;
        const bool isNone = about.empty();
        return {isLight ? Right::Respond : Right::Command, std::move(about), isNone}; // of none that is left: said afterwards
    }

    // --- command: what moves an incident, or keeps alerts quiet for others too ---
    Need operator()(const TakeCommand &c) const { return command(incident(c.incident)); }
    Need operator()(const OfferCommand &c) const { return c.all ? commandOfAll(c) : command(incident(c.incident)); }
    Need operator()(const AcceptCommand &c) const { return c.all ? commandOfAll(c) : command(incident(c.incident)); }
    Need operator()(const AssignRole &c) const { return command(incident(c.incident)); }
    Need operator()(const ChangeSeverity &c) const { return command(incident(c.incident)); }
    Need operator()(const ChangeStatus &c) const { return command(incident(c.incident)); }
    Need operator()(const CorrectImpact &c) const { return command(incident(c.incident)); }
    Need operator()(const CorrectTitle &c) const { return command(incident(c.incident)); }
    Need operator()(const CorrectService &c) const { return command(incident(c.incident)); } // whose it is now: who finds out need not command there
    Need operator()(const StandDown &c) const { return command(incident(c.incident)); }
    Need operator()(const RecordDecision &c) const { return command(incident(c.incident)); }
    Need operator()(const MakePromise &c) const { return command(incident(c.incident)); }
    Need operator()(const KeepPromise &c) const { return command(incident(c.incident)); }
    Need operator()(const LeaveRoom &c) const { return command(incident(c.incident)); }
    Need operator()(const AttachRoom &c) const { return command(incident(c.incident)); }
    Need operator()(const MakeRoom &c) const { return command(incident(c.incident)); }
    Need operator()(const MergeIncidents &c) const
    {
        About about = incident(c.incident); // who may only command one of the two gains nothing by merging them
        for (Subject &s : incident(c.into))
            add(about, std::move(s));
        return command(std::move(about));
    }
    Need operator()(const PlaceIncident &c) const
    {
        About about = incident(c.incident);
        if (!c.parent.empty())
            for (Subject &s : incident(c.parent))
                add(about, std::move(s));
        return command(std::move(about));
    }
    Need operator()(const SplitIncident &c) const { return command(alerts(c.alerts)); }
    Need operator()(const SplitGroup &c) const { return command(alerts(c.alerts)); }
    Need operator()(const MergeGroups &c) const
    {
        Strings names = c.groups;
        names.push_back(c.into);
        return command(groups(names));
    }
    Need operator()(const CloseAlerts &c) const { return command(alerts(c.alerts)); }
    Need operator()(const CreateSilence &c) const { return command(matchers(c.matchers)); }
    Need operator()(const ExpireSilence &c) const
    {
        const auto *source = state.source(c.source);
        if (source)
            for (const events::Silence &s : source->silences)
                if (s.id == c.silence)
                    return command(matchers(s.matchers));
        return command({});
    }
    Need operator()(const ShelveAlerts &c) const { return command(alerts(c.alerts)); }
    Need operator()(const HoldAlerts &c) const { return command(alerts(c.alerts)); }
    Need operator()(const PlanMaintenance &c) const { return command(c.service.empty() ? matchers(c.matchers) : service(c.service)); }
    Need operator()(const EndSuppression &c) const { return command(alerts(c.ids)); }
    Need operator()(const KeepSuppression &c) const { return command(alerts({c.id})); }
    Need operator()(const MuteHeartbeat &c) const { return command(heartbeat(c.heartbeat)); }
    Need operator()(const UnmuteHeartbeat &c) const { return command(heartbeat(c.heartbeat)); }
    Need operator()(const OverrideSchedule &c) const { return schedule(c.schedule); }
    Need operator()(const SwapShifts &c) const { return schedule(c.schedule); }
    Need operator()(const WithdrawOverride &c) const
    {
        for (const auto &o : state.rota.overrides)
            if (o.what.number == c.number)
                return schedule(o.schedule);
        return schedule({});
    }
    Need operator()(const ImportShifts &c) const
    {
        Need need = schedule(c.schedule);
        need.machines = true; // the calendar the workspace names
        return need;
    }

    // --- publish: what goes to people outside ---
    Need operator()(const SendUpdate &c) const
    {
        const UpdateTemplate *t = state.workspace->updateTemplate(c.updateTemplate);
        const bool inside = t && isInside(t->audience);
        return inside ? command(incident(c.incident)) : publish(incident(c.incident));
    }
    Need operator()(const PostOnPage &c) const
    {
        const auto named = c.incident.empty() ? Result<const state::Incident *>(nullptr) : incidentMeant(state, c.incident);
        const auto joined = noticeMeant(state.page(c.page), c, named && *named ? (*named)->id : std::string());
        const state::PageNotice *notice = joined ? *joined : nullptr;
        const std::string of = !c.incident.empty() ? c.incident : notice ? notice->incident : std::string();
        About about = of.empty() ? About{} : incident(of);
        Strings names;
        for (const ComponentMeant &m : c.components)
            names.push_back(m.component);
        if (notice && notice->incident.empty()) { // it is theirs of whose components it speaks
            if (notice->components.empty())
                return publish({});
            for (const ComponentSaid &said : notice->components)
                names.push_back(said.component);
        }
        if (names.empty())
            return publish(std::move(about));
        About parts = components(c.page, names);
        if (parts.empty()) // of no service
            return publish({});
        const std::string own = about.empty() ? std::string() : serviceId(about.front().service);
        for (Subject &s : parts)
            if (serviceId(s.service) != own) // what is of the incident's own service is of the incident
                add(about, std::move(s));
        return publish(std::move(about));
    }
    Need operator()(const OverrideComponent &c) const { return publish(components(c.page, {c.component})); }
    Need operator()(const PlanPageMaintenance &c) const
    {
        Strings names = c.components;
        const state::StatusPageState *known = c.number > 0 ? state.page(c.page) : nullptr;
        if (const state::PageMaintenance *m = known ? known->maintenance(c.number) : nullptr) // what it was said of, too
            names.insert(names.end(), m->components.begin(), m->components.end());
        return publish(components(c.page, names));
    }
    Need operator()(const EndPageMaintenance &) const { return publish({}); }

    Need operator()(const ReleaseMessage &c) const
    {
        // A holding statement was approved beforehand: who commands lets it go.
        return c.holding.empty() ? publish(ofMessage(c.incident, c.message)) : command(incident(c.incident));
    }
    Need operator()(const WithdrawMessage &c) const { return publish(ofMessage(c.incident, c.message)); }

    // --- administer: what the console is and what is kept ---
    Need operator()(const AddConnection &) const { return administer(); }
    Need operator()(const RemoveConnection &) const { return administer(); }
    Need operator()(const ReplaceKey &) const { return administer(); }
    Need operator()(const Arm &) const { return administer(); }
    Need operator()(const Disarm &) const { return administer(); }
    Need operator()(const EraseStreams &) const { return administer(); }
    Need operator()(const StrikeText &) const { return administer(); }
    Need operator()(const PlaceHold &) const { return administer(); }
    Need operator()(const ReleaseHold &) const { return administer(); }
    Need operator()(const AcceptEdges &) const { return administer(); }
    Need operator()(const DismissEdges &) const { return administer(); }
    Need operator()(const BindIdentity &) const { return administer(); }
    Need operator()(const UnbindIdentity &c) const { return {Right::Administer, {}, false, c.person == by.person, false}; }
    // Who has no right takes one here, so everybody of the workspace may.
    Need operator()(const BreakGlass &) const { return {Right::Observe, {}, true, true, false}; }
    Need operator()(const EndGlass &c) const
    {
        const auto &all = state.access.glass;
        const bool own = std::any_of(all.begin(), all.end(), [&](const state::Glass &g) { return g.number == c.number && g.person == by.person; });
        return {Right::Administer, {}, false, own, false};
    }
    Need operator()(const RecordRead &c) const { return {Right::Observe, incident(c.incident)}; }
};

template <typename T>
constexpr bool kHasRow = std::is_invocable_r_v<Need, Needs, const T &>;
static_assert(!AnyCommand::anyType([]<typename T>() { return !kHasRow<T>; }), "a command without a row in Needs: say which role it needs");

std::string_view verbOf(std::string_view method)
{
    return method.substr(method.rfind('.') == method.npos ? 0 : method.rfind('.') + 1);
}

} // namespace

Need needOf(const State &state, const Command &command, const events::Actor &by)
{
    return visit([&](const auto &c) { return Needs{{state, by}}(c); }, command);
}

std::string_view methodOf(const Command &command)
{
    return visit([]<typename T>(const T &) { return std::string_view(kMethod<T>); }, command);
}

Result<std::pair<std::string_view, Need>> usualNeed(const State &state, std::string_view method)
{
    std::vector<std::pair<std::string_view, Need>> found;
    const events::Actor nobody{"nobody", Path::Person};
    AnyCommand::eachType([&]<typename T>() {
        const std::string_view name = kMethod<T>;
        if (name != method && verbOf(name) != method)
            return;
        const Need need = Needs{{state, nobody}}(T{});
        found.emplace_back(name, Need{need.right, {}, need.somewhere, need.own});
    });
    const auto whole = std::find_if(found.begin(), found.end(), [&](const auto &f) { return f.first == method; });
    if (whole != found.end())
        return *whole;
    if (found.size() == 1)
        return found.front();
    std::string several;
    for (const auto &f : found)
        several += (several.empty() ? "" : ", ") + std::string(f.first);
    return fail(Code::NotFound, found.empty() ? "There is no command \"" + safeLine(method, 60) + "\"; `call methods` lists them."
                                              : "\"" + std::string(method) + "\" can be " + several + "; write which.");
}

Result<> authorise(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    auto ruling = governance::rule(state, by, needOf(state, command, by), methodOf(command), now);
    if (!ruling.allowed)
        return fail(Code::Forbidden, std::move(ruling.why));
    return {};
}

} // namespace qd::desk
