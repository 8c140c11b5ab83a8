// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/pins.h"

#include "core/base/safetext.h"
#include "core/desk/decide.h"
#include "core/desk/identities.h"
#include "core/model/marking.h"

#include <algorithm>

namespace qd::desk {

using events::MessageKind;
using state::Entry;
using state::Incident;
using state::State;

namespace {

constexpr std::size_t kMomentText = 300; ///< bytes of a message that name its moment

/// Marked by a reaction: in a chat there is no other way to mark one.
bool isPin(const Incident &incident, const state::KeyMoment &m)
{
    const std::string name = "moment/" + std::to_string(m.number);
    return std::any_of(incident.timeline.begin(), incident.timeline.end(),
                       [&](const Entry &e) { return e.kind == state::EntryKind::Moment && e.reference == name && e.via == Path::Chat; });
}

const state::KeyMoment *pinOf(const Incident &incident, const Entry &line)
{
    const std::string reference = momentReference(line);
    const auto it = std::find_if(incident.moments.begin(), incident.moments.end(), [&](const state::KeyMoment &m) {
        return !m.withdrawnAt && m.reference == reference && isPin(incident, m);
    });
    return it == incident.moments.end() ? nullptr : &*it;
}

/// Whose word it is, also where it was read back from history or came unproved: it took back nobody's but its sender's own.
std::string speakerOf(const State &state, const events::MessageSeen &e)
{
    return !e.person.empty() ? e.person : personSpeaking(state, e.connection, e.sender);
}

/// Whether what this took back is a pin, as far as can be told afterwards: the pinner's own word, or the last of the others' once the pinner's is gone.
bool takesBack(const State &state, const Entry &line, const state::KeyMoment &moment, const events::MessageSeen &e, bool isTheirWord)
{
    if (speakerOf(state, e) == moment.by)
        return true;
    const bool isPinnersLeft = std::any_of(line.reactions.begin(), line.reactions.end(), [&](const state::Reaction &r) { return r.bound && r.sender == moment.by; });
    return isTheirWord && !isPinnersLeft;
}

/// Whether a pin made it a key moment at any time.
bool wasPinned(const Incident &incident, const Entry &line)
{
    const std::string reference = momentReference(line);
    return std::any_of(incident.moments.begin(), incident.moments.end(), [&](const state::KeyMoment &m) { return m.reference == reference && isPin(incident, m); });
}

events::Events decided(const State &state, MarkMoment command, const std::string &person, Instant now, Instant at, bool late = false)
{
    auto decision = decide(state, std::move(command), {person, Path::Chat}, now);
    if (!decision)
        return {}; // nobody asked in words, so nobody is refused in words
    for (events::Event &e : decision->events)
        if (auto *m = getIf<events::MomentMarked>(&e); m && !m->withdrawn) {
            m->at = at;
            m->late = late;
        }
    return std::move(decision->events);
}

} // namespace

events::Events pinned(const State &state, const events::MessageSeen &e, Instant now)
{
    const bool isPinning = state.workspace->pinnedBy(e.emoji);
    if ((e.kind != MessageKind::Reaction && e.kind != MessageKind::Unreaction) || e.own || (!isPinning && !e.wholeSet))
        return {};
    const Incident *i = state.incident(e.incident);
    const std::size_t n = i ? i->messages.find(e.connection, e.room, e.target) : state::MessageIndex::npos;
    if (n == state::MessageIndex::npos || n >= i->timeline.size())
        return {};
    const Entry &line = i->timeline[n];
    const bool stands = std::any_of(line.reactions.begin(), line.reactions.end(), [&](const state::Reaction &r) { return r.bound && state.workspace->pinnedBy(r.emoji); });
    const state::KeyMoment *moment = pinOf(*i, line);
    const bool isTheirs = e.verified && !e.person.empty(), isTheirWord = isTheirs && !e.replayed;
    if (stands && !moment && isPinning && e.kind == MessageKind::Reaction && isTheirs && !line.removed && (isTheirWord || !wasPinned(*i, line))) {
        MarkMoment mark;
        mark.incident = i->id;
        mark.text = closed(safeLine(line.text, kMomentText));
        mark.about = momentReference(line);
        return decided(state, std::move(mark), e.person, now, std::min(line.at, now), e.replayed);
    }
    if (!stands && moment && takesBack(state, line, *moment, e, isTheirWord)) {
        MarkMoment back;
        back.incident = i->id;
        back.moment = moment->number;
        return decided(state, std::move(back), isTheirWord ? e.person : moment->by, now, {});
    }
    return {};
}

} // namespace qd::desk
