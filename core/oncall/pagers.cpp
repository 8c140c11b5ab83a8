// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/pagers.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace qd::oncall {

using events::PagerIncident;
using events::PagerStatus;
using state::Alert;
using state::HeldOutside;
using state::State;

namespace {

constexpr Span kSameMoment = seconds(2);  ///< a webhook and the API say one time to the second, each rounded in its way
constexpr Span kOwnDoing = minutes(10);   ///< how far their clock and the way there may set what we did there apart from its outbox entry

std::string nativeKey(std::string_view set, std::string_view id)
{
    return std::string(set) + "/" + fingerprintText(pagerFingerprint(id));
}

bool isNative(const HeldOutside &h)
{
    return h.what.alert == nativeKey(h.set, h.what.id);
}

Span apart(Instant a, Instant b)
{
    return a > b ? a - b : b - a;
}

/// Whether this is what we did there ourselves; then who asked for it.
const events::OutboxQueued *ownDoing(const State &state, const HeldOutside &h)
{
    const auto effect = h.what.status == PagerStatus::Acknowledged ? events::Effect::PagerAck : events::Effect::PagerResolve;
    for (auto it = state.outbox.rbegin(); it != state.outbox.rend(); ++it) {
        const state::OutboxEntry &o = it->second;
        if (o.what.effect != effect || o.what.room != h.what.id || o.delivery == Delivery::Failed || o.delivery == Delivery::Queued)
            continue;
        if (apart(o.queuedAt, h.what.changedAt) <= kOwnDoing || apart(o.movedAt, h.what.changedAt) <= kOwnDoing)
            return &o.what;
    }
    return nullptr;
}

/// An alert's report comes just before its incident itself is told of.
std::string justReported(const State &state, const Alert &alert)
{
    const std::string_view id = alert.path == Path::PagerDuty && alert.seenBy != 0 ? state.label(alert, kPagerLabel) : std::string_view();
    return id.empty() ? std::string() : "PagerDuty's incident " + std::string(id);
}

events::Events answered(const State &state, std::uint32_t escalation, const events::Actor &by)
{
    if (escalation == 0 || escalation > state.escalations.size() || !state.escalations[escalation - 1].isRunning())
        return {};
    // Who was called there is for their policy to say, not for ours.
    return {events::EscalationAcknowledged{escalation, state.escalations[escalation - 1].incident, by}};
}

events::Events turned(const State &state, const HeldOutside &h)
{
    const events::Actor by{h.what.changedBy.empty() ? "PagerDuty" : h.what.changedBy, Path::PagerDuty};
    const Alert *alert = h.what.alert.empty() ? nullptr : state.alert(h.what.alert);
    const bool fires = alert && alert->status == AlertStatus::Firing;
    const events::OutboxQueued *ours = ownDoing(state, h);
    events::Events out;
    switch (h.what.status) {
    case PagerStatus::Acknowledged:
        if (ours)
            return {};
        out = answered(state, h.what.escalation, by);
        if (fires && alert->workflow != Workflow::Acknowledged)
            out.emplace_back(events::AlertsAcknowledged{{h.what.alert}, "acknowledged in PagerDuty", by});
        return out;
    case PagerStatus::Resolved:
        if (!ours)
            out = answered(state, h.what.escalation, by);
        if (fires && !isNative(h)) { // one of its own is ended by its own report
            const std::string who = ours ? ours->person : h.what.changedBy.empty() ? "its integration" : h.what.changedBy;
            out.emplace_back(events::AlertsEnded{std::string(state.text(alert->set)), {alert->fingerprint}, h.what.changedAt,
                                                 {"pager/resolved", {who + " resolved " + h.name() + (ours ? " from here" : "")}, {}}});
        }
        return out;
    case PagerStatus::Triggered:
        // Nobody has it there any more. An answer that was given here stands.
        if (h.was == PagerStatus::Acknowledged && fires && alert->workflow == Workflow::Acknowledged && !h.acknowledgedBy.empty()
            && state.text(alert->acknowledgedBy) == h.acknowledgedBy)
            return {events::AlertsUnacknowledged{{h.what.alert}, "no longer acknowledged in PagerDuty", by}};
        return {};
    case PagerStatus::Gone: break;
    }
    return {};
}

/// No time: an event that is no turn (escalated, reassigned) says a status as it happened to be when it was written.
bool tellsNoTurn(const PagerIncident &seen, const PagerIncident &before)
{
    return !seen.changedAt || (seen.status < before.status && apart(seen.changedAt, before.changedAt) <= kSameMoment);
}

bool isOlder(const PagerIncident &seen, const PagerIncident &before)
{
    return seen.changedAt && seen.changedAt + kSameMoment < before.changedAt;
}

} // namespace

std::uint64_t pagerFingerprint(std::string_view id)
{
    Fingerprint identity;
    identity.add("pagerduty", id);
    return identity.value();
}

bool linkPagerIncident(const State &state, std::string_view set, PagerIncident &incident, const OwnKey &ownKey)
{
    incident.alert.clear();
    incident.escalation = 0;
    if (const HeldOutside *known = state.pagers.find(set, incident.id)) {
        incident.alert = known->what.alert;
        incident.escalation = known->what.escalation;
    }
    const bool isLinked = !incident.alert.empty() || incident.escalation != 0;
    if (isLinked && (!incident.areKeysKnown || incident.status > PagerStatus::Acknowledged))
        return true;
    std::size_t ours = 0;
    for (const std::string &key : incident.keys)
        if (const auto call = ownKey(key)) {
            ++ours;
            if (incident.escalation == 0)
                incident.escalation = *call;
        }
    if (!incident.alert.empty())
        return true;
    if (ours == incident.keys.size() && (ours > 0 || isLinked))
        return incident.escalation != 0;
    // A sender that tells both of us: by PagerDuty's own events, under one key.
    if (const Symbol name = state.symbols.find("dedup_key"); name != 0 && !incident.keys.empty() && incident.status <= PagerStatus::Acknowledged)
        for (const Alert &a : state.alerts.all)
            if (a.status == AlertStatus::Firing && a.path == Path::PagerDuty
                && std::find(incident.keys.begin(), incident.keys.end(), state.label(a, "dedup_key")) != incident.keys.end()) {
                incident.alert = state.key(a);
                return true;
            }
    incident.alert = nativeKey(set, incident.id);
    return true;
}

bool isOldNews(const State &state, std::string_view set, const PagerIncident &seen)
{
    const HeldOutside *known = state.pagers.find(set, seen.id);
    return known && (isOlder(seen, known->what) || tellsNoTurn(seen, known->what));
}

void keepNews(const State &state, events::PagerIncidentsSeen &seen)
{
    const state::Source *source = state.source(seen.connection);
    const std::string_view set = source ? state.text(source->set) : std::string_view(seen.connection);
    std::erase_if(seen.incidents, [&](PagerIncident &i) {
        const HeldOutside *known = state.pagers.find(set, i.id);
        if (!known) {
            if (!i.changedAt)
                i.changedAt = i.createdAt;
            return false;
        }
        std::erase_if(i.entries, [&](const events::PagerEntry &e) {
            const auto &kept = known->history;
            return (kept.size() >= state::Pagers::kHistoryKept && e.at <= kept.front().at)
                || std::any_of(kept.begin(), kept.end(), [&](const auto &k) { return k.id == e.id || (k.what == e.what && k.by == e.by && apart(k.at, e.at) <= kSameMoment); });
        });
        const PagerIncident &before = known->what;
        if (isOlder(i, before)) { // what was said since counts; its log may still have lines we have not
            auto entries = std::move(i.entries);
            i = before;
            i.entries = std::move(entries);
            return i.entries.empty();
        }
        if (tellsNoTurn(i, before)) {
            i.status = before.status;
            i.changedAt = before.changedAt;
            i.changedBy = before.changedBy;
        } else if (i.status == before.status && apart(i.changedAt, before.changedAt) <= kSameMoment) {
            i.changedAt = before.changedAt;
            i.changedBy = before.changedBy;
        }
        if (!i.areKeysKnown) {
            i.keys = before.keys;
            i.areKeysKnown = before.areKeysKnown;
        }
        if (!i.createdAt)
            i.createdAt = before.createdAt;
        PagerIncident bare = i;
        bare.entries.clear();
        return i.entries.empty() && bare == before;
    });
}

events::Events heardFromPager(const State &state, const events::PagerIncidentsSeen &seen)
{
    events::Events out;
    const state::Source *source = state.source(seen.connection);
    if (!source)
        return out;
    for (const PagerIncident &i : seen.incidents)
        if (const HeldOutside *h = state.pagers.find(state.text(source->set), i.id); h && h->turnedSeq == state.seq)
            events::append(out, turned(state, *h));
    return out;
}

std::string heldOutside(const State &state, const Alert &alert)
{
    const std::string key = state.key(alert);
    if (const auto held = state.pagers.ofAlert(key); !held.empty())
        return held.front()->name();
    return justReported(state, alert);
}

std::string heldOutside(const State &state, const state::Escalation &call)
{
    if (state.pagers.incidents.empty() && !state.symbols.find(kPagerLabel))
        return {};
    const Symbol group = call.group.empty() ? 0 : state.symbols.find(call.group);
    const Symbol incident = call.incident.empty() ? 0 : state.symbols.find(call.incident);
    std::unordered_map<std::string_view, const HeldOutside *> open; // a group may have thousands of alerts
    for (const HeldOutside &h : state.pagers.incidents)
        if (h.isOpen())
            open.emplace(h.what.alert, &h);
    std::string name;
    for (const Alert &a : state.alerts.all) {
        const bool isOfCall = a.status == AlertStatus::Firing && (group != 0 ? a.group == group : incident != 0 && a.incident == incident);
        if (!isOfCall)
            continue;
        const auto known = open.find(state.key(a));
        std::string held = known != open.end() ? known->second->name() : justReported(state, a);
        if (held.empty())
            return {};
        name = name.empty() ? std::move(held) : name;
    }
    return name;
}

std::vector<OnCallDisagreement> onCallDisagreements(const State &state)
{
    std::vector<OnCallDisagreement> out;
    const auto nameOf = [&](const std::string &person) { return state.workspace->nameOf(person); };
    const auto listed = [&](const std::set<std::string> &people) {
        std::string text;
        for (const std::string &p : people)
            text += (text.empty() ? "" : ", ") + nameOf(p);
        return text.empty() ? std::string("nobody") : text;
    };
    for (const state::OnCallOutside &outside : state.pagers.onCalls)
        for (const Schedule &schedule : state.workspace->schedules) {
            const state::OnDuty *duty = state.rota.of(schedule.id);
            std::set<std::string> theirs, ours;
            for (const events::PagerDutyTurn &turn : outside.turns)
                if (!turn.schedule.empty() && (asciiLower(turn.schedule) == asciiLower(schedule.name) || turn.schedule == schedule.id))
                    theirs.insert(turn.person);
            if (theirs.empty() || !duty)
                continue; // they do not have it, or say of nobody that they are on
            ours.insert(duty->people.begin(), duty->people.end());
            if (ours != theirs)
                out.push_back({outside.connection, schedule.id, listed(theirs), listed(ours),
                               outside.connection + " says " + listed(theirs) + ", schedule " + schedule.id + " says " + listed(ours) + ": ours counts here"});
        }
    return out;
}

} // namespace qd::oncall
