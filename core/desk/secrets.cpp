// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/secrets.h"

#include "core/comms/secrets.h"
#include "core/desk/effects.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::desk {

using state::State;

namespace {

events::Events suspectedIn(const State &state, const std::string &incident, const std::string &person, std::string_view text, bool old)
{
    const auto kinds = comms::secretsIn(text);
    if (kinds.empty())
        return {};
    // `!log password: …` is one record with two texts, and one strike takes both.
    const state::Incident *i = state.incident(incident);
    const auto &lines = i ? i->timeline : state.log;
    for (auto e = lines.rbegin(); e != lines.rend() && e->seq == state.seq; ++e)
        if (e->kind == state::EntryKind::Secret)
            return {};
    events::SecretSuspected out{incident, person, state.seq, {}, old};
    for (const comms::SecretKind kind : kinds)
        out.kinds.emplace_back(comms::word(kind));
    return {std::move(out)};
}

/// How many of what this sender wrote here within kToldWithin was suspected, the newest too.
std::size_t suspectedLately(const State &state, const state::Incident &incident, const std::string &sender)
{
    std::size_t count = 0;
    std::uint64_t seq = 0; // of a suspicion whose text is looked for: it stands before it, in the same record, unless it was an edit
    for (auto e = incident.timeline.rbegin(); e != incident.timeline.rend(); ++e) {
        if (e->kind == state::EntryKind::Secret) {
            if (e->at + kToldWithin <= state.time)
                break;
            seq = e->seq;
            ++count;
        } else if (seq != 0 && e->seq == seq && (e->kind == state::EntryKind::Message || e->kind == state::EntryKind::Log)) {
            if (e->actor != sender && e->reference != sender)
                --count;
            seq = 0;
        }
    }
    return count;
}

} // namespace

events::Events suspected(const State &state, const events::MessageSeen &m)
{
    const bool says = m.kind == events::MessageKind::Message || m.kind == events::MessageKind::Edit;
    return m.own || !says ? events::Events{} : suspectedIn(state, m.incident, m.person.empty() ? m.sender : m.person, m.text, m.replayed);
}

events::Events suspected(const State &state, const events::LogWritten &e)
{
    return suspectedIn(state, e.incident, e.by.person, e.text, false);
}

events::Events suspected(const State &state, const events::LogRevised &e)
{
    return suspectedIn(state, e.incident, e.by.person, e.text, false);
}

events::Events tellOfSecret(const State &state, const events::SecretSuspected &e)
{
    const state::Incident *i = state.incident(e.incident);
    if (!i || e.old || suspectedLately(state, *i, e.person) > kToldAtMost)
        return {};
    const std::string what = comms::secretsNamed(e.kinds), reference = state::secretReference(e.record);
    return Gate(state).post(*i,
                            "What " + state.workspace->nameOf(e.person) + " wrote seems to hold " + what + ". Change it where it is used and delete the message here; whoever administers takes it out of the record: "
                                + state::strikeCommand(e.incident, e.record),
                            reference, {"post/secret", {what}, {}});
}

} // namespace qd::desk
