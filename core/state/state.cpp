// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/state.h"

#include "core/state/apply.h"
#include "core/state/timeline.h"

namespace qd::state {

State::State() : workspace(std::make_shared<const Workspace>()) {}

const Source *State::source(std::string_view name) const
{
    for (const Source &s : sources)
        if (s.connection.name == name)
            return &s;
    return nullptr;
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

void apply(State &state, const events::Event &event)
{
    std::visit([&](const auto &e) { apply(state, e); }, event);
    if (const auto *r = std::get_if<events::AlertsReported>(&event))
        noteDelivery(state, r->batch.connection, r->batch.path, r->batch.receivedAt);
    else if (const auto *p = std::get_if<events::AlertsRepeated>(&event))
        noteDelivery(state, p->connection, state.source(p->connection) ? state.source(p->connection)->lastPath : Path::Push, p->last);
}

void applyRecord(State &state, std::uint64_t seq, Instant time, std::span<const events::Event> events)
{
    state.seq = seq;
    state.time = time;
    for (const auto &e : events)
        apply(state, e);
    state.pendingBatch.reset();
}

} // namespace qd::state
