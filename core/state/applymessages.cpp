// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {
/// A delayed message's stamp often has whole seconds only (XEP-0203): any moment of that second fits it, and the order of the
/// room decides, so that what was said after a message is not shown before it.
Instant inOrder(Instant stamp, Instant last)
{
    return stamp.ns % seconds(1).ns == 0 && last > stamp && last - stamp < seconds(1) ? last : stamp;
}

/// A line is changed or removed by who wrote it, whom the platform names the same both times, and by nobody else.
bool isOfItsWriter(const Entry &line, const events::MessageSeen &e)
{
    return !e.sender.empty() && e.sender == line.reference;
}

/// Whether a reaction is the one who speaks's: the same person, else the same address on the platform.
bool isOfSpeaker(const Reaction &r, const events::MessageSeen &e, const std::string &actor)
{
    if (r.bound && e.verified && !e.person.empty())
        return r.sender == e.person;
    return r.address.empty() || e.sender.empty() ? r.sender == actor : r.address == e.sender;
}

/// What a sender calls a message is another's word for it: it leads to that sender's messages alone, and to the last they gave the name.
/// By nobody's name it says whose line somebody else asked to change or reacted to: it stays with the sender who used it first, whatever another calls theirs later.
void nameBySender(Incident &incident, const events::MessageSeen &e, const std::string &given, std::size_t line)
{
    if (given.empty() || e.sender.empty())
        return;
    incident.messages.put(e.connection, e.room, MessageIndex::bySender(e.sender, given), line);
    const std::string nobodys = MessageIndex::bySender({}, given);
    const std::size_t first = incident.messages.find(e.connection, e.room, nobodys);
    if (first >= incident.timeline.size() || isOfItsWriter(incident.timeline[first], e))
        incident.messages.put(e.connection, e.room, nobodys, line);
}

/// What may be missing in a gap, up to its moments.
std::string missingInRoom(const std::string &what)
{
    if (what == "deletions")
        return "messages that were taken back may not be marked, ";
    if (what == "reactions")
        return "reactions set or taken back may not be shown, ";
    if (what == "deletions, reactions")
        return "messages that were taken back may not be marked, nor reactions shown, ";
    return "messages may be missing ";
}

void revise(Entry &line, Instant now)
{
    if (line.revisions.size() < kRevisionsKept) {
        line.revisions.push_back(line.text);
        line.saidUntil.push_back(now);
    } else if (!line.saidUntil.empty()) {
        line.saidUntil.back() = now; // an earlier text stands for it, and never a later one
    }
}
} // namespace

void apply(State &state, const events::LogRevised &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    const auto found = std::find_if(i->timeline.begin(), i->timeline.end(), [&](const Entry &each) { return each.reference == e.reference && each.kind == EntryKind::Log; });
    if (found == i->timeline.end() || found->actor != e.by.person)
        return;
    Entry &line = i->timeline.edit(static_cast<std::size_t>(found - i->timeline.begin()));
    revise(line, state.time);
    line.text = e.text;
    line.revisedAt = state.time;
}

void apply(State &state, const events::MessageSeen &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i)
        return;
    Instant at = e.serverTime;
    for (Room &r : i->rooms)
        if (r.connection == e.connection && r.address == e.room && e.kind == events::MessageKind::Message) {
            at = inOrder(e.serverTime, r.lastServerTime);
            if (at >= r.lastServerTime && !e.messageId.empty()) {
                r.lastServerTime = at;
                r.lastMessageId = e.messageId;
            }
        }
    const std::size_t target = e.target.empty() ? MessageIndex::npos : i->messages.find(e.connection, e.room, e.target);
    Entry *old = target < i->timeline.size() ? &i->timeline.edit(target) : nullptr; // valid until a line is added
    const std::string actor = e.person.empty() ? (e.nick.empty() ? e.sender : e.nick) : e.person;
    if (old && e.wholeSet)
        std::erase_if(old->reactions, [&](const Reaction &r) { return isOfSpeaker(r, e, actor); });
    if (e.kind == events::MessageKind::Reaction || e.kind == events::MessageKind::Unreaction) {
        if (old)
            std::erase_if(old->reactions, [&](const Reaction &r) { return r.emoji == e.emoji && isOfSpeaker(r, e, actor); });
        if (old && e.kind == events::MessageKind::Reaction)
            old->reactions.push_back({e.emoji, actor, e.sender, e.verified && !e.person.empty()});
        return;
    }
    const bool changes = e.kind == events::MessageKind::Edit || e.kind == events::MessageKind::Removal;
    if (e.kind == events::MessageKind::Removal && !old)
        return;
    const bool revises = changes && old && isOfItsWriter(*old, e);
    const std::size_t line = revises ? target : i->timeline.size();
    // What a platform tells again, also after a restart of ours, is told once.
    if (!e.messageId.empty() && !i->messages.add(e.connection, e.room, e.messageId, line))
        return;
    if (e.kind == events::MessageKind::Message || e.kind == events::MessageKind::Edit)
        nameBySender(*i, e, e.givenId, line); // a correction of a correction may name either
    if (revises) {
        revise(*old, state.time);
        if (e.kind == events::MessageKind::Edit)
            old->text = e.text;
        else
            old->removed = true;
        return;
    }
    if (e.kind == events::MessageKind::Topic) {
        note(state, e.incident, EntryKind::Topic, actor, e.text).via = Path::Chat;
        return;
    }
    // An edit of something never seen is shown as the message it now is; one of somebody else's as what it is.
    const std::string claims = changes && old ? old->actor : std::string();
    Entry &entry = note(state, e.incident, EntryKind::Message, actor, e.text, e.sender);
    entry.via = Path::Chat;
    entry.messageId = e.messageId;
    entry.room = e.room;
    entry.verified = e.verified && !e.person.empty();
    entry.replayed = e.replayed;
    entry.thread = e.thread;
    entry.claims = claims;
    if (at)
        entry.at = at;
    if (e.kind == events::MessageKind::Edit && !old && !e.target.empty()) {
        if (e.givenId.empty())
            i->messages.add(e.connection, e.room, e.target, line);
        else // where senders name their messages, an edit names one by that
            nameBySender(*i, e, e.target, line);
    }
}

void apply(State &state, const events::RoomGapSeen &e)
{
    Instant from = e.from;
    if (Incident *i = e.gone.empty() ? nullptr : incidentOf(state, e.incident))
        for (Room &room : i->rooms)
            if (room.connection == e.connection && room.address == e.room && !room.leftAt) {
                from = from ? from : room.lastServerTime;
                room.leftAt = from ? from : state.time; // who attaches it again reads on from there
            }
    note(state, e.incident, EntryKind::Gap, "core",
         missingInRoom(e.what) + (from ? "from " + toRfc3339(from) + " to " : std::string("before ")) + toRfc3339(e.to) + (e.gone.empty() ? "" : ": " + e.gone), e.room).room = e.room;
}

void apply(State &state, const events::RoomAsked &e)
{
    note(state, e.incident, EntryKind::Room, e.by.person, "wants the room " + e.room, e.room).via = e.by.via;
}

void apply(State &state, const events::RoomLinked &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        const auto it = std::find_if(i->rooms.begin(), i->rooms.end(),
                                     [&](const Room &r) { return r.connection == e.connection && r.address == e.room; });
        if (it == i->rooms.end()) {
            i->rooms.push_back({e.connection, e.room, e.created, {}, {}, e.attached});
            i->rooms.back().isPrivate = e.isPrivate;
            i->rooms.back().channel = e.channel;
        } else {
            it->leftAt = it->archivedAt = {}; // it is there again
            if (!e.channel.empty())
                it->channel = e.channel;
        }
    }
    note(state, e.incident, EntryKind::Room, "core", (e.created ? e.isPrivate ? "private room created: " : "room created: " : "room attached: ") + e.room, e.room).room = e.room;
}

void apply(State &state, const events::ChatCommandRefused &e)
{
    auto &all = state.access.strangers;
    auto it = std::find_if(all.begin(), all.end(), [&](const Stranger &s) { return s.address == e.sender && s.incident == e.incident; });
    if (it == all.end()) {
        if (all.size() >= Access::kStrangersKept)
            all.erase(std::min_element(all.begin(), all.end(), [](const Stranger &a, const Stranger &b) { return a.last < b.last; }));
        it = all.insert(all.end(), {e.sender, e.incident, {}, state.time, {}, 0});
    }
    it->reason = e.reason;
    it->last = state.time;
    ++it->count;
    note(state, e.incident, EntryKind::Refused, e.sender, e.text + " — not done: " + e.reason).via = Path::Chat;
}

} // namespace qd::state
