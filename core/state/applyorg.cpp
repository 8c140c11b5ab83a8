// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/state.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

constexpr std::size_t kChangesKept = 5000;
constexpr std::size_t kRefusalKinds = 200;

Source *sourceOf(State &state, const std::string &name)
{
    for (Source &s : state.sources)
        if (s.connection.name == name)
            return &s;
    return nullptr;
}

void seen(State &state, const std::string &name, Path path, Instant at, std::uint64_t count)
{
    Source *s = sourceOf(state, name);
    if (!s)
        return;
    if (at > s->lastSeen)
        s->lastSeen = at;
    if (!s->seenSinceStart)
        s->seenSinceStart = at;
    if (path == Path::Push) {
        s->pushedAt = std::max(s->pushedAt, at);
        if (!s->pushedSinceStart)
            s->pushedSinceStart = at;
    }
    s->lastPath = path;
    s->deliveries += count;
    s->problem.clear();
}

} // namespace

void apply(State &state, const events::CoreStarted &e)
{
    state.access.owner = e.owner;
    state.startedAt = state.resumedAt = state.time;
    for (Source &s : state.sources) {
        s.seenSinceStart = s.pushedSinceStart = {};
        s.state.clear();
    }
}

void apply(State &state, const events::WorkspaceChanged &e)
{
    for (const FoldRule &rule : e.workspace->folds) {
        const auto &before = state.workspace->folds;
        const bool isNew = std::none_of(before.begin(), before.end(), [&](const FoldRule &r) { return r.service == rule.service && r.suspect == rule.suspect; });
        if (isNew && !state.map.shownFold(rule.service, rule.suspect))
            note(state, {}, EntryKind::Source, "core",
                 "fold " + rule.id + " does nothing until somebody was shown what it would have hidden: quarterdeckctl whatif --workspace");
    }
    noteFormerPeople(state.formerPeople, *state.workspace, *e.workspace);
    state.workspace = std::make_shared<const Workspace>(*e.workspace);
    state.workspaceDigest = e.digest;
    std::erase_if(state.rota.onDuty, [&](const OnDuty &d) { return !e.workspace->schedule(d.schedule); });
    dropUses(state);
    matchMonitors(state);
}

void apply(State &state, const events::ConnectionAdded &e)
{
    Source *s = sourceOf(state, e.connection->name);
    if (!s) {
        state.sources.emplace_back();
        s = &state.sources.back();
        s->addedAt = state.time;
    }
    s->connection = *e.connection;
    s->set = state.symbols.intern(e.connection->set.empty() ? e.connection->name : e.connection->set);
}

void apply(State &state, const events::ConnectionArmed &e)
{
    if (Source *s = sourceOf(state, e.name))
        s->armed = e.allow;
}

void apply(State &state, const events::ConnectionRemoved &e)
{
    const auto it = std::find_if(state.sources.begin(), state.sources.end(), [&](const Source &s) { return s.connection.name == e.name; });
    if (it == state.sources.end())
        return;
    const std::size_t left = state.reportedOnlyBy(*it);
    // Its bit goes, and those of the connections after it move down by one, as the connections do.
    if (const std::uint64_t bit = state.seenBit(&*it); bit != State::kSharedBit)
        for (Alert &a : state.alerts.all) {
            const std::uint64_t own = a.seenBy & ~State::kSharedBit;
            a.seenBy = (a.seenBy & State::kSharedBit) | (own & (bit - 1)) | ((own & ~(bit | (bit - 1))) >> 1);
        }
    const bool wasShared = state.sources.size() > State::kOwnBits;
    state.sources.erase(it);
    if (wasShared && state.sources.size() <= State::kOwnBits)
        for (Alert &a : state.alerts.all) // from now on that bit is our own alerts' alone
            if (a.path != Path::Own)
                a.seenBy &= ~State::kSharedBit;
    std::erase_if(state.heartbeats, [&](const auto &h) { return h.second.connection == e.name; });
    std::erase_if(state.pagers.onCalls, [&](const auto &o) { return o.connection == e.name; });
    std::erase_if(state.pagers.incidents, [&](const HeldOutside &h) { // nobody tells of them any more
        return std::none_of(state.sources.begin(), state.sources.end(), [&](const Source &s) { return state.text(s.set) == h.set; });
    });
    for (auto &[number, o] : state.outbox)
        if (o.what.connection == e.name && o.delivery != Delivery::Confirmed && o.delivery != Delivery::Failed) {
            o.delivery = Delivery::Failed;
            o.reason = "its connection was removed";
            o.movedAt = state.time;
        }
    note(state, {}, EntryKind::Source, e.by.person,
         "Connection " + e.name + " was removed"
             + (left == 0 ? "" : "; " + std::to_string(left) + (left == 1 ? " alert" : " alerts") + " that only it reported stay as they are"),
         e.name)
        .via = e.by.via;
}

void apply(State &state, const events::SourceSeen &e)
{
    seen(state, e.connection, e.path, e.last, e.count);
    if (Source *s = sourceOf(state, e.connection)) {
        s->seenSinceStart = std::min(s->seenSinceStart, e.first);
        if (e.path == Path::Push)
            s->pushedSinceStart = std::min(s->pushedSinceStart, e.first);
    }
}

void notePushedFiring(State &state, const std::string &connection, Instant at)
{
    if (Source *s = sourceOf(state, connection))
        s->pushedFiring = std::max(s->pushedFiring, at);
}

void noteDelivery(State &state, const std::string &connection, Path path, Instant at)
{
    seen(state, connection, path, at, 1);
}

void apply(State &state, const events::SourceFailed &e)
{
    if (Source *s = sourceOf(state, e.connection)) {
        s->problem = e.reason;
        s->lastFailed = state.time;
    }
}

void apply(State &state, const events::ConnectionReported &e)
{
    if (Source *s = sourceOf(state, e.connection)) {
        s->state = e.state;
        s->problem = e.problem;
        if (e.state == "live") {
            s->lastSeen = state.time;
            if (!s->seenSinceStart)
                s->seenSinceStart = state.time;
        }
    }
}

void apply(State &state, const events::HeartbeatSeen &e)
{
    Heartbeat &h = state.heartbeats[e.connection + "/" + e.name];
    if (h.count == 0) {
        h.connection = e.connection;
        h.name = e.name;
        h.first = e.first;
    }
    h.last = e.last;
    h.count += e.count;
    seen(state, e.connection, Path::Push, e.last, e.count);
}

void apply(State &state, const events::RequestsRefused &e)
{
    state.refusedTotal += e.count;
    for (Refusal &r : state.refusals)
        if (r.status == e.status && r.reason == e.reason) {
            r.last = e.last;
            r.count += e.count;
            return;
        }
    if (state.refusals.size() < kRefusalKinds)
        state.refusals.push_back({e.status, e.reason, e.first, e.last, e.count});
}

void apply(State &, const events::ClockWoke &) {}

void apply(State &state, const events::ChangeSeen &e)
{
    state.changes.push_back(Change{state.seq, e.at ? e.at : state.time, state.time, e.service, e.title, e.link, e.source, e.by.person, e.identity});
    if (state.changes.size() > kChangesKept)
        state.changes.pop_front();
}

void apply(State &state, const events::SourceWentSilent &e)
{
    if (Source *s = sourceOf(state, e.connection))
        s->silent = true;
    note(state, {}, EntryKind::Source, "core", "Source " + e.connection + " went silent", e.connection);
}

void apply(State &state, const events::SourceRecovered &e)
{
    if (Source *s = sourceOf(state, e.connection))
        s->silent = false;
    note(state, {}, EntryKind::Source, "core", "Source " + e.connection + " is heard again", e.connection);
}

void apply(State &state, const events::RuleFailed &e)
{
    ++state.ruleFailures;
    note(state, {}, EntryKind::Source, "core", "Rule " + e.rule + " failed: " + e.problem, e.rule);
}

} // namespace qd::state
