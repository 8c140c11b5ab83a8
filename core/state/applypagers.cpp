// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>
#include <set>

namespace qd::state {

namespace {

using events::PagerStatus;

constexpr std::size_t kIncidentsNamed = 20; ///< of our own a note goes to

auto placeOf(auto &incidents, std::string_view set, std::string_view id)
{
    return std::lower_bound(incidents.begin(), incidents.end(), std::pair(set, id),
                            [](const HeldOutside &h, const auto &wanted) { return std::pair<std::string_view, std::string_view>(h.set, h.what.id) < wanted; });
}

/// What we wrote there comes back as a line of its log; PagerDuty makes a note of a resolution too (its REST API, "resolution" of an incident).
bool isOurNote(const State &state, const HeldOutside &h, const events::PagerEntry &entry)
{
    return std::any_of(state.outbox.begin(), state.outbox.end(), [&](const auto &o) {
        const events::OutboxQueued &what = o.second.what;
        return what.room == h.what.id
            && ((what.effect == events::Effect::PagerNote && what.text == entry.text)
                || (what.effect == events::Effect::PagerResolve && !what.text.empty() && "Resolution Note: " + what.text == entry.text));
    });
}

void keepHistory(State &state, HeldOutside &h, std::vector<events::PagerEntry> entries)
{
    const Alert *alert = h.what.alert.empty() ? nullptr : state.alert(h.what.alert);
    for (events::PagerEntry &entry : entries) {
        if (std::any_of(h.history.begin(), h.history.end(), [&](const auto &known) { return known.id == entry.id; }))
            continue;
        if (entry.what == "noted" && alert && alert->incident != 0 && !isOurNote(state, h, entry))
            note(state, state.text(alert->incident), EntryKind::Log, entry.by, entry.text + " (noted in PagerDuty)", h.what.alert).via = Path::PagerDuty;
        const auto at = std::upper_bound(h.history.begin(), h.history.end(), entry, [](const auto &a, const auto &b) { return a.at < b.at; });
        h.history.insert(at, std::move(entry));
    }
    if (h.history.size() > Pagers::kHistoryKept)
        h.history.erase(h.history.begin(), h.history.end() - static_cast<std::ptrdiff_t>(Pagers::kHistoryKept));
}

/// Of those that are over the newest stay, and what turned in this very record: it is still to be heard.
void letGo(std::vector<HeldOutside> &incidents, std::uint64_t seq)
{
    std::vector<Instant> over;
    for (const HeldOutside &h : incidents)
        if (!h.isOpen())
            over.push_back(h.what.changedAt);
    if (over.size() <= Pagers::kOverKept + Pagers::kOverKept / 4) // not one by one
        return;
    const auto oldest = over.end() - static_cast<std::ptrdiff_t>(Pagers::kOverKept);
    std::nth_element(over.begin(), oldest, over.end());
    std::erase_if(incidents, [seq, limit = *oldest](const HeldOutside &h) { return !h.isOpen() && h.turnedSeq != seq && h.what.changedAt < limit; });
}

} // namespace

const HeldOutside *Pagers::find(std::string_view set, std::string_view id) const
{
    const auto it = placeOf(incidents, set, id);
    return it != incidents.end() && it->set == set && it->what.id == id ? &*it : nullptr;
}

std::vector<const HeldOutside *> Pagers::ofAlert(std::string_view key) const
{
    std::vector<const HeldOutside *> out;
    for (const HeldOutside &h : incidents)
        if (h.isOpen() && h.what.alert == key)
            out.push_back(&h);
    return out;
}

std::vector<const HeldOutside *> Pagers::ofCall(std::uint32_t escalation) const
{
    std::vector<const HeldOutside *> out;
    for (const HeldOutside &h : incidents)
        if (escalation != 0 && h.what.escalation == escalation)
            out.push_back(&h);
    return out;
}

void apply(State &state, const events::PagerIncidentsSeen &e)
{
    const Source *source = state.source(e.connection);
    if (!source)
        return;
    const std::string set(state.text(source->set));
    auto &all = state.pagers.incidents;
    for (const events::PagerIncident &seen : e.incidents) {
        auto it = placeOf(all, set, seen.id);
        const bool isNew = it == all.end() || it->set != set || it->what.id != seen.id;
        if (isNew) {
            if (all.size() >= Pagers::kOpenKept + 2 * Pagers::kOverKept)
                continue;
            it = all.insert(it, HeldOutside{});
            it->set = set;
        }
        HeldOutside &h = *it;
        const PagerStatus was = isNew ? PagerStatus::Triggered : h.what.status;
        const std::string alert = h.what.alert;
        const std::uint32_t escalation = h.what.escalation;
        h.what = seen;
        h.what.entries.clear();
        if (seen.alert.empty() && seen.escalation == 0) { // what it was once found to be it stays
            h.what.alert = alert;
            h.what.escalation = escalation;
        }
        if (seen.status != was) {
            h.was = was;
            h.turnedSeq = state.seq;
            if (seen.status == PagerStatus::Acknowledged)
                h.acknowledgedBy = seen.changedBy;
        }
        keepHistory(state, h, seen.entries);
    }
    letGo(all, state.seq);
}

void apply(State &state, const events::PagerOnCallsSeen &e)
{
    auto &all = state.pagers.onCalls;
    auto it = std::find_if(all.begin(), all.end(), [&](const OnCallOutside &o) { return o.connection == e.connection; });
    if (it == all.end())
        it = all.insert(all.end(), OnCallOutside{e.connection, {}, {}});
    it->turns = e.turns;
    it->at = state.time;
}

void apply(State &state, const events::AlertsNoted &e)
{
    std::set<std::string> incidents; // a selection's note stands once on the timeline of each of their incidents
    std::string others;
    for (const std::string &key : e.keys) {
        const Alert *alert = state.alert(key);
        if (!alert)
            continue;
        if (alert->incident == 0)
            others = others.empty() ? key : others;
        else if (incidents.size() < kIncidentsNamed)
            incidents.emplace(state.text(alert->incident));
    }
    for (const std::string &incident : incidents)
        note(state, incident, EntryKind::Log, e.by.person, e.text, e.keys.front()).via = e.by.via;
    if (!others.empty())
        note(state, {}, EntryKind::Log, e.by.person, e.text, others).via = e.by.via;
}

} // namespace qd::state
