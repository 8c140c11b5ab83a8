// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/secrets.h"

#include "core/comms/secrets.h"
#include "core/desk/decide.h"
#include "core/desk/effects.h"
#include "core/state/timeline.h"

#include <algorithm>

namespace qd::desk {

using state::State;

namespace {

events::SecretSuspected suspicion(const State &state, const std::string &incident, const std::string &person, const std::vector<comms::SecretKind> &kinds, bool old)
{
    events::SecretSuspected out{incident, person, state.seq, {}, old};
    for (const comms::SecretKind kind : kinds)
        out.kinds.emplace_back(comms::word(kind));
    return out;
}

events::Events suspectedIn(const State &state, const std::string &incident, const std::string &person, std::string_view text, bool old)
{
    const auto kinds = comms::secretsIn(text);
    if (kinds.empty())
        return {};
    // `!log password: …` is one record with two texts, and one strike takes both.
    const state::Incident *i = state.incident(incident);
    const auto isTold = [&](const auto &lines) {
        for (auto e = lines.rbegin(); e != lines.rend() && e->seq == state.seq; ++e)
            if (e->kind == state::EntryKind::Secret)
                return true;
        return false;
    };
    if (i ? isTold(i->timeline) : isTold(state.log))
        return {};
    return {suspicion(state, incident, person, kinds, old)};
}

/// The line about a text of a review that was said last stands still: an editor saves every few seconds.
bool isSaidOfDraft(const State &state, const events::SectionWritten &e)
{
    const state::Incident *i = state.incident(e.incident);
    if (!i || !e.draft)
        return false;
    const auto last = std::find_if(i->timeline.rbegin(), i->timeline.rend(), [&](const state::Entry &line) { return line.reference == "section/" + e.section; });
    return last != i->timeline.rend() && last->kind == state::EntryKind::Secret;
}

/// The newest line says of a text that no room heard.
bool isOfReview(const State &state, const state::Incident &incident, std::uint64_t record)
{
    const auto &lines = incident.timeline;
    if (lines.size() < 2 || lines.back().reference != state::secretReference(record))
        return true;
    const state::Entry &before = lines[lines.size() - 2];
    const auto &comments = incident.review.comments; // they have no line of their own
    return before.seq == record ? before.kind == state::EntryKind::Review : !comments.empty() && comments.back().at == state.time;
}

/// What of a decision is kept as somebody wrote it, with where it stands.
std::string textOfReview(const events::Event &event, std::string &where)
{
    return visit([&]<typename T>(const T &e) -> std::string {
        if constexpr (std::is_same_v<T, events::SectionWritten>) {
            where = "The section " + e.section;
            return e.draft || e.by.via == Path::Own ? std::string() : e.text;
        } else if constexpr (std::is_same_v<T, events::FactorRated>) {
            where = "The note on " + e.factor;
            return e.note;
        } else if constexpr (std::is_same_v<T, events::ActionKept>) {
            where = "Action " + std::to_string(e.action);
            return e.text + "\n" + e.verification;
        } else if constexpr (std::is_same_v<T, events::ActionTurned>) {
            where = "The reason of action " + std::to_string(e.action);
            return e.reason;
        } else if constexpr (std::is_same_v<T, events::ReviewCommented>) {
            where = "Comment " + std::to_string(e.comment);
            return e.text;
        } else if constexpr (std::is_same_v<T, events::ContributionGiven>) {
            where = "The contribution";
            return e.text;
        } else {
            return {};
        }
    }, event);
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

events::Events suspected(const State &state, const events::FactImported &e)
{
    const auto kinds = comms::secretsIn(e.text); // each of a record's: they were said by many
    return kinds.empty() ? events::Events{} : events::Events{suspicion(state, e.incident, e.actor, kinds, true)};
}

events::Events suspected(const State &state, const events::SectionWritten &e)
{
    // What the core quotes was looked at where it was said.
    return e.by.via == Path::Own || isSaidOfDraft(state, e) ? events::Events{} : suspectedIn(state, e.incident, e.by.person, e.text, false);
}

events::Events suspected(const State &state, const events::ReviewCommented &e)
{
    return suspectedIn(state, e.incident, e.by.person, e.text, false);
}

events::Events suspected(const State &state, const events::ContributionGiven &e)
{
    return suspectedIn(state, e.incident, e.by.person, e.text, false);
}

events::Events suspected(const State &state, const events::FactorRated &e)
{
    return suspectedIn(state, e.incident, e.by.person, e.note, false);
}

events::Events suspected(const State &state, const events::ActionKept &e)
{
    const auto kinds = comms::secretsIn(e.text + "\n" + e.verification); // a list of them is one record
    return kinds.empty() ? events::Events{} : events::Events{suspicion(state, e.incident, e.by.person, kinds, false)};
}

events::Events suspected(const State &state, const events::ActionTurned &e)
{
    return suspectedIn(state, e.incident, e.by.person, e.reason, false);
}

Result<Decision> secretsSaid(Result<Decision> decision)
{
    if (!decision)
        return decision;
    std::size_t facts = 0;
    for (const events::Event &event : decision->events) {
        if (const auto *fact = getIf<events::FactImported>(&event)) {
            facts += comms::secretsIn(fact->text).empty() ? 0 : 1;
            continue;
        }
        std::string where;
        std::vector<std::string> kinds;
        for (const comms::SecretKind kind : comms::secretsIn(textOfReview(event, where)))
            kinds.emplace_back(comms::word(kind));
        if (!kinds.empty())
            decision->notes.push_back(where + " seems to hold " + comms::secretsNamed(kinds) + ". Take it out there, and change it where it is used.");
    }
    if (facts > 0)
        decision->notes.push_back(std::to_string(facts) + (facts == 1 ? " fact seems to hold a secret; a line of the kind \"secret\" behind it has" : " facts seem to hold a secret; a line of the kind \"secret\" behind each has")
                                  + " the command that strikes it (get timeline).");
    return decision;
}

events::Events tellOfSecret(const State &state, const events::SecretSuspected &e)
{
    const state::Incident *i = state.incident(e.incident);
    if (!i || e.old || isOfReview(state, *i, e.record) || suspectedLately(state, *i, e.person) > kToldAtMost)
        return {};
    const std::string what = comms::secretsNamed(e.kinds), reference = state::secretReference(e.record);
    return Gate(state).post(*i,
                            "What " + state.workspace->nameOf(e.person) + " wrote seems to hold " + what + ". Change it where it is used and delete the message here; whoever administers takes it out of the record: "
                                + state::strikeCommand(e.incident, e.record),
                            reference, {"post/secret", {what}, {}});
}

} // namespace qd::desk
