// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/state.h"

#include "core/state/apply.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

State::State() : workspace(std::make_shared<const Workspace>()) {}

// Every member but the symbols: what is added to State is added here (aCloneEqualsItsOriginal holds it).
State::State(const State &o, SymbolTable known)
    : seq(o.seq), time(o.time), symbols(std::move(known)), workspace(o.workspace), workspaceDigest(o.workspaceDigest), formerPeople(o.formerPeople), startedAt(o.startedAt), resumedAt(o.resumedAt),
      sources(o.sources), alerts(o.alerts), incidents(o.incidents), lastIncident(o.lastIncident), escalations(o.escalations), outbox(o.outbox),
      lastOutbox(o.lastOutbox), heartbeats(o.heartbeats), monitors(o.monitors), changes(o.changes), quarantine(o.quarantine), quarantinedTotal(o.quarantinedTotal), leftOut(o.leftOut), nagged(o.nagged),
      refusals(o.refusals), refusedTotal(o.refusedTotal), log(o.log), withheld(o.withheld), ruleFailures(o.ruleFailures), keeping(o.keeping), pageBook(o.pageBook), rota(o.rota), suppressors(o.suppressors), interventions(o.interventions), map(o.map), pages(o.pages), shifts(o.shifts), patterns(o.patterns), access(o.access), pagers(o.pagers), flood(o.flood), recordGaps(o.recordGaps), gapReviews(o.gapReviews)
{}

State State::clone()
{
    return State(*this, symbols.share());
}

const Source *State::source(std::string_view name) const
{
    for (const Source &s : sources)
        if (s.connection.name == name)
            return &s;
    return nullptr;
}

const StatusPageState *State::page(std::string_view id) const
{
    const auto it = std::find_if(pages.begin(), pages.end(), [&](const StatusPageState &p) { return p.id == id; });
    return it == pages.end() ? nullptr : &*it;
}

const Incident *State::incident(std::string_view id) const
{
    const auto it = incidents.find(incidentNumber(id));
    return it == incidents.end() ? nullptr : &it->second;
}

std::uint32_t State::alertIndex(std::string_view key) const
{
    const auto slash = key.rfind('/');
    if (slash == std::string_view::npos)
        return AlertTable::npos;
    const auto fp = parseFingerprint(key.substr(slash + 1));
    const Symbol set = symbols.find(key.substr(0, slash));
    return fp && set != 0 ? alerts.find(set, *fp) : AlertTable::npos;
}

const Alert *State::alert(std::string_view key) const
{
    const auto index = alertIndex(key);
    return index == AlertTable::npos ? nullptr : &alerts.all[index];
}

std::string State::key(const Alert &alert) const
{
    return std::string(text(alert.set)) + "/" + fingerprintText(alert.fingerprint);
}

namespace {
std::string_view find(const State &state, std::size_t first, std::size_t count, std::string_view name)
{
    const Symbol wanted = state.symbols.find(name);
    if (wanted != 0)
        for (std::size_t i = first; i < first + count; ++i)
            if (state.alerts.pairs[i].name == wanted)
                return state.text(state.alerts.pairs[i].value);
    return {};
}
} // namespace

std::string_view State::label(const Alert &a, std::string_view name) const
{
    return find(*this, a.firstPair, a.labels, name);
}

std::string_view State::annotation(const Alert &a, std::string_view name) const
{
    return find(*this, a.firstPair + a.labels, a.annotations, name);
}

std::uint64_t State::seenBit(const Source *source) const
{
    const auto index = source ? static_cast<std::size_t>(source - sources.data()) : kOwnBits;
    return index < kOwnBits ? std::uint64_t{1} << index : kSharedBit;
}

std::size_t State::reportedOnlyBy(const Source &source) const
{
    const std::uint64_t bit = seenBit(&source);
    return bit == kSharedBit ? 0
                             : static_cast<std::size_t>(std::count_if(alerts.all.begin(), alerts.all.end(), [&](const Alert &a) {
                                   return a.status == AlertStatus::Firing && a.seenBy == bit;
                               }));
}

std::vector<const Source *> State::seenBy(const Alert &alert) const
{
    std::vector<const Source *> out;
    for (std::size_t i = 0; i < sources.size() && i < kOwnBits; ++i)
        if ((alert.seenBy & seenBit(&sources[i])) != 0)
            out.push_back(&sources[i]);
    return out;
}

namespace {

constexpr Span kUnsettledAfter = hours(1); ///< longer than any rule looks at an incident after its end, but for its rooms
constexpr Span kRoomsLookedAfter = hours(24 * 100); ///< longer than rooms_after may be

/// Somebody may yet be asked whether its rooms can be left.
bool keepsRooms(const Incident &i, Instant now)
{
    return i.resolvedAt && !i.closing.roomsAskedAt && now - i.resolvedAt <= kRoomsLookedAfter && !i.isDrill() && std::any_of(i.rooms.begin(), i.rooms.end(), [](const Room &r) { return !r.leftAt; });
}

/// Time alone concludes nothing of it any more, but for its rooms.
bool isSettled(const Incident &i, Instant now)
{
    return !i.isOpen() && now - i.resolvedAt > kUnsettledAfter && !i.leading.vacant && !i.review.waits()
        && std::none_of(i.sla.begin(), i.sla.end(), [](const SlaSeen &s) { return !s.doneAt && s.state != SlaState::OnTrack; })
        && std::none_of(i.polls.begin(), i.polls.end(), [](const Poll &p) { return p.isOpen(); });
}

} // namespace

void settleIncidents(State &state)
{
    state.incidents.settle([&](const Incident &i) { return isSettled(i, state.time); }, [&](const Incident &i) { return keepsRooms(i, state.time); });
}

void apply(State &state, const events::Event &event, const events::Event *before)
{
    visit(
        [&]<typename T>(const T &e) {
            if constexpr (std::is_same_v<T, events::AlertsDecided>) {
                if (const auto *reported = before ? getIf<events::AlertsReported>(before) : nullptr)
                    applyVerdicts(state, reported->batch, e);
            } else if constexpr (!std::is_same_v<T, events::AlertsReported>) { // what a report means is said by the verdicts after it
                apply(state, e);
            }
        },
        event);
    if (holds<events::IncidentDeclared>(event) || holds<events::StatusChanged>(event))
        settleIncidents(state);
    if (const auto *r = getIf<events::AlertsReported>(&event))
        noteDelivery(state, r->batch.connection, r->batch.path, r->batch.receivedAt);
    else if (const auto *p = getIf<events::AlertsRepeated>(&event))
        noteDelivery(state, p->connection, state.source(p->connection) ? state.source(p->connection)->lastPath : Path::Push, p->last);
}

void applyRecord(State &state, std::uint64_t seq, Instant time, std::span<const events::Event> events)
{
    state.seq = seq;
    state.time = time;
    const events::Event *before = nullptr;
    for (const auto &e : events) {
        apply(state, e, before);
        before = &e;
    }
}

} // namespace qd::state
