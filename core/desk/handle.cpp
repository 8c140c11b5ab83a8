// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/worker.h"

#include "core/command/practice.h"
#include "core/desk/authorise.h"
#include "core/desk/classes.h"
#include "core/desk/decide.h"
#include "core/desk/due.h"
#include "core/desk/identities.h"
#include "core/desk/obey.h"
#include "core/oncall/pagers.h"
#include "core/state/timeline.h"
#include "core/triage/leftout.h"

#include <algorithm>

/// What the desk does with each thing it is handed.
namespace qd::desk {

namespace {

/// The inputs edges may report as they are.
bool isReport(const events::Event &e)
{
    return visit(
        []<typename T>(const T &) {
            return std::is_same_v<T, events::SourceSeen> || std::is_same_v<T, events::SourceFailed> || std::is_same_v<T, events::ConnectionReported>
                || std::is_same_v<T, events::HeartbeatSeen> || std::is_same_v<T, events::RequestsRefused> || std::is_same_v<T, events::ChangeSeen>
                || std::is_same_v<T, events::SilencesSeen> || std::is_same_v<T, events::ReportsQuarantined> || std::is_same_v<T, events::MessageSeen> || std::is_same_v<T, events::IdentitySaid>
                || std::is_same_v<T, events::RoomGapSeen> || std::is_same_v<T, events::RoomLinked> || std::is_same_v<T, events::OutboxMoved>
                || std::is_same_v<T, events::WorkspaceChanged> || std::is_same_v<T, events::HeadSigned> || std::is_same_v<T, events::AnswerLinkMade>
                || std::is_same_v<T, events::PingsSeen> || std::is_same_v<T, events::PingSaid> || std::is_same_v<T, events::PagerIncidentsSeen>
                || std::is_same_v<T, events::PagerOnCallsSeen> || std::is_same_v<T, events::ActionSeen> || std::is_same_v<T, events::FoldsShown>;
        },
        e);
}

/// An edit may name what it edits by the id its sender gave that: the record has our name of it. Their own messages come first; another's is found so that
/// the line says whose it was to be, and stays as it is, since only its writer changes it. A reaction may name any message so; what the room itself calls one is
/// that one's alone, and an id of a sender's own means who used it first: nobody's later message is reacted to under another's name.
void nameTarget(const state::State &state, events::MessageSeen &m)
{
    const bool changes = m.kind == events::MessageKind::Edit || m.kind == events::MessageKind::Removal;
    const bool reacts = m.kind == events::MessageKind::Reaction || m.kind == events::MessageKind::Unreaction;
    const auto *incident = (changes || reacts) && !m.target.empty() ? state.incident(m.incident) : nullptr;
    if (!incident)
        return;
    std::size_t line = reacts || m.sender.empty() ? state::MessageIndex::npos : incident->messages.find(m.connection, m.room, state::MessageIndex::bySender(m.sender, m.target));
    if (line == state::MessageIndex::npos && incident->messages.find(m.connection, m.room, m.target) == state::MessageIndex::npos)
        line = incident->messages.find(m.connection, m.room, state::MessageIndex::bySender({}, m.target));
    if (line < incident->timeline.size() && !incident->timeline[line].messageId.empty())
        m.target = incident->timeline[line].messageId;
}

/// What its writer makes of a message that is classed is classed as it is.
void keepClass(const state::State &state, events::MessageSeen &m)
{
    const auto *incident = m.kind == events::MessageKind::Edit && !m.target.empty() && !m.text.empty() ? state.incident(m.incident) : nullptr;
    const std::size_t line = incident ? incident->messages.find(m.connection, m.room, m.target) : state::MessageIndex::npos;
    if (incident && line < incident->timeline.size())
        m.text = classedAs(incident->timeline[line].text, m.text);
}

/// Of an action that is in a tracker, and other than what is known of it.
bool isNewOfTracker(const state::State &state, const events::ActionSeen &e)
{
    const auto *i = state.incident(e.incident);
    for (const state::Action &a : i ? i->review.actions : std::vector<state::Action>())
        if (a.number == e.action) {
            const state::Tracked &t = a.tracked;
            return !t.connection.empty() && !(t.seenAt && t.title == e.title && t.status == e.status && t.assignee == e.assignee && t.closed == e.closed && t.due == e.due);
        }
    return false;
}

/// A reaction that was read back from history and stands already, or is about nothing that is recorded: told again after every restart, it would be recorded each time, and as
/// nobody's word in the place of the one that counts.
bool isKnownReaction(const state::State &state, const events::MessageSeen &m)
{
    const auto *incident = m.kind == events::MessageKind::Reaction && m.replayed && !m.wholeSet ? state.incident(m.incident) : nullptr;
    if (!incident)
        return false;
    const std::size_t line = incident->messages.find(m.connection, m.room, m.target);
    if (line >= incident->timeline.size())
        return true;
    const auto &standing = incident->timeline[line].reactions;
    return std::any_of(standing.begin(), standing.end(),
                       [&](const state::Reaction &r) { return r.emoji == m.emoji && !m.sender.empty() && r.address == m.sender && (r.bound || !m.verified || m.person.empty()); });
}

/// A message that was recorded before, by its id in its room.
bool isKnownMessage(const state::State &state, const events::MessageSeen &m)
{
    const auto *incident = m.kind == events::MessageKind::Message && !m.messageId.empty() ? state.incident(m.incident) : nullptr;
    return incident && incident->messages.find(m.connection, m.room, m.messageId) != state::MessageIndex::npos;
}

} // namespace

void Desk::Worker::handle(ReportBatch batch, Done done)
{
    const Instant now = this->now();
    m_announcer.noteHeard(batch.connection, batch.receivedAt);
    const state::Source *const source = m_state.source(batch.connection);
    if (!source) {
        if (done)
            done(fail(Code::NotFound, "There is no connection \"" + batch.connection + "\"."));
        return;
    }
    if (auto why = whyNotKept(true); !why.empty()) {
        if (done)
            done(fail(Code::Unavailable, std::move(why)));
        return;
    }
    const bool wasSilent = source->silent || !source->seenSinceStart; // calls may wait for its first word
    rulesForWorkspace();
    Outcome outcome;
    outcome.accepted = static_cast<std::uint32_t>(batch.size());
    outcome.quarantined = batch.quarantined;
    Cascade c(m_state, now, &m_reactions);
    std::map<std::string, std::uint32_t> leftOut;
    std::size_t at = 0;
    while (at < batch.size()) {
        auto decided = m_rules->decide(m_state, batch, at);
        c.add(std::move(decided.events)); // before the alarm about a rule: it was decided on the State without that
        for (const auto &p : decided.problems)
            if (m_failedRules.insert(p).second) // said once, not for every alert
                c.add(events::RuleFailed{"grouping", p});
        m_runs.repeated(batch, decided.repeats);
        for (const auto &[name, alerts] : decided.leftOut)
            leftOut[name] += alerts;
        at = decided.next;
    }
    if (batch.snapshot) {
        // What this listing repeated so far first becomes known as this connection's: only that can be missing from it.
        if (m_lastListed[batch.connection] != batch.size() || !c.isEmpty())
            c.add(m_runs.flushRepeated(batch.connection));
        c.add(triage::decideAbsent(m_state, batch, now));
        m_lastListed[batch.connection] = batch.size();
    }
    m_runs.leftOut(batch, leftOut, m_state.workspace->alertsPerName);
    const bool isNews = std::any_of(leftOut.begin(), leftOut.end(), [&](const auto &one) { // the first of a name is said at once
        return std::none_of(m_state.leftOut.begin(), m_state.leftOut.end(),
                            [&](const state::LeftOut &l) { return l.connection == batch.connection && l.alertname == one.first && !l.overAt; });
    });
    if (isNews) {
        c.add(m_runs.flush());
        c.add(triage::decideLeftOut(m_state, *m_rules, c.time()));
    }
    if (!batch.quarantined.empty())
        c.add(events::ReportsQuarantined{batch.connection, batch.path, std::move(batch.quarantined)});
    if (c.isEmpty() || batch.size() == 0) // an empty listing reports nothing, but it is word from its source
        m_runs.seen({batch.connection, batch.path, batch.receivedAt, batch.receivedAt, 1});
    if (hearAlerts(batch, c)) {
        c.add(m_runs.flush());
        c.add(triage::decideHeartbeats(m_state, *m_rules, std::min(c.time(), m_clock.now())));
    }
    if (wasSilent) { // word from a silent source, or its first, is journaled at once, also when it says nothing new
        c.add(m_runs.flush());
        c.add(triage::decideFreshness(m_state, *m_rules, c.time()));
    }
    commit(c, std::move(outcome), std::move(done), Asker::Sender);
}

void Desk::Worker::handle(events::Event input, Done done)
{
    if (!isReport(input)) {
        if (done)
            done(fail(Code::Internal, "Only inputs can be reported."));
        return;
    }
    const bool isSenders = !holds<events::OutboxMoved>(input) && !holds<events::RoomLinked>(input)
        && !holds<events::AnswerLinkMade>(input) && !holds<events::FoldsShown>(input);
    if (auto why = whyNotKept(isSenders); !why.empty()) {
        if (done)
            done(fail(Code::Unavailable, std::move(why)));
        return;
    }
    if (auto *e = getIf<events::SourceSeen>(&input)) {
        m_announcer.noteHeard(e->connection, e->last);
        m_runs.seen(*e);
        const state::Source *s = m_state.source(e->connection);
        if (s && (s->silent || !s->problem.empty() || !s->seenSinceStart))
            return wake(true, std::move(done), Asker::Sender); // word from a source in trouble is journaled at once
        return settle({}, std::move(done), Asker::Sender);
    }
    if (auto *e = getIf<events::PingsSeen>(&input))
        return hear(std::move(*e), std::move(done));
    if (auto *e = getIf<events::PingSaid>(&input))
        return hear(std::move(*e), std::move(done));
    if (auto *e = getIf<events::HeartbeatSeen>(&input)) {
        if (heartbeatFor(e->connection, e->name)) // the workspace expects it
            return hear(events::PingsSeen{e->name, e->connection, {e->last.ns}, {0}, {0}, 1, false}, std::move(done));
        if (!m_state.source(e->connection)) { // removed while it was on its way
            if (done)
                done(fail(Code::NotFound, "There is no connection \"" + e->connection + "\"."));
            return;
        }
        m_announcer.noteHeard(e->connection, e->last);
        m_runs.heartbeat(*e);
        if (!m_state.heartbeats.contains(e->connection + "/" + e->name))
            return wake(true, std::move(done), Asker::Sender); // the first one says that there is such a heartbeat
        return settle({}, std::move(done), Asker::Sender);
    }
    if (auto *e = getIf<events::RequestsRefused>(&input)) {
        m_runs.refused(*e);
        return wake(true, std::move(done), Asker::Sender); // gathered at the door already: at most one a status each 30 s
    }
    if (auto *e = getIf<events::SourceFailed>(&input)) {
        const state::Source *s = m_state.source(e->connection);
        if (!s || s->problem == e->reason)
            return settle({}, std::move(done), Asker::Sender); // the same trouble is said once
    }
    if (auto *e = getIf<events::ConnectionReported>(&input)) {
        const state::Source *s = m_state.source(e->connection);
        if (!s || (s->state == e->state && s->problem == e->problem))
            return settle({}, std::move(done), Asker::Sender);
        m_announcer.noteHeard(e->connection, m_clock.now());
    }
    if (auto *e = getIf<events::PagerIncidentsSeen>(&input)) {
        if (!m_state.source(e->connection)) {
            if (done)
                done(fail(Code::NotFound, "There is no connection \"" + e->connection + "\"."));
            return;
        }
        oncall::keepNews(m_state, *e);
        if (e->incidents.empty())
            return settle({}, std::move(done), Asker::Sender);
    }
    if (const auto *e = getIf<events::PagerOnCallsSeen>(&input)) {
        const auto &known = m_state.pagers.onCalls;
        const auto same = std::find_if(known.begin(), known.end(), [&](const auto &o) { return o.connection == e->connection; });
        if (!m_state.source(e->connection) || (same != known.end() && same->turns == e->turns))
            return settle({}, std::move(done), Asker::Sender);
    }
    if (const auto *e = getIf<events::ActionSeen>(&input); e && !isNewOfTracker(m_state, *e))
        return settle({}, std::move(done), Asker::Sender);
    if (const Instant wall = m_clock.now(); wall < std::max(now(), m_state.time)) { // how old it is, is told by the wall
        if (auto *e = getIf<events::MessageSeen>(&input))
            e->wall = wall;
        if (auto *e = getIf<events::IdentitySaid>(&input))
            e->wall = wall;
    }
    if (const auto *e = getIf<events::IdentitySaid>(&input); e && !isWordAwaited(m_state, e->connection, m_clock.now()))
        return settle({}, std::move(done), Asker::Sender);
    if (const auto *e = getIf<events::MessageSeen>(&input); e && isKnownMessage(m_state, *e))
        return settle({}, std::move(done), Asker::Sender); // chat platforms deliver at least once; what it asked for was answered then
    if (const auto *e = getIf<events::MessageSeen>(&input); e && e->incident.empty()) { // to us alone: refused often enough, it is not recorded any more
        const auto *stranger = m_state.access.stranger({}, e->sender);
        if (stranger && stranger->count >= kAnswered && e->person.empty() && personSpeaking(m_state, e->connection, e->sender).empty())
            return settle({}, std::move(done), Asker::Sender);
    }
    if (auto *e = getIf<events::MessageSeen>(&input)) {
        nameTarget(m_state, *e);
        keepClass(m_state, *e);
    }
    if (auto *e = getIf<events::MessageSeen>(&input); e && e->verified && !e->own && e->person.empty()) // bound by a word, as it stands now
        e->person = personSpeaking(m_state, e->connection, e->sender);
    if (auto *e = getIf<events::MessageSeen>(&input))
        nameMentioned(m_state, *e);
    if (const auto *e = getIf<events::MessageSeen>(&input); e && isKnownReaction(m_state, *e))
        return settle({}, std::move(done), Asker::Sender);
    // Senders deliver at least once, also across a restart of ours.
    if (const auto *e = getIf<events::ChangeSeen>(&input); e && !e->identity.empty()
        && std::any_of(m_state.changes.begin(), m_state.changes.end(), [&](const state::Change &c) { return c.identity == e->identity && c.source == e->source; }))
        return settle({}, std::move(done), Asker::Sender);
    if (auto *e = getIf<events::WorkspaceChanged>(&input); e && e->digest == m_state.workspaceDigest)
        return settle({}, std::move(done), Asker::Sender);
    if (const auto *e = getIf<events::MessageSeen>(&input); e && !e->person.empty() && e->text.find("!take") != std::string::npos)
        recordPresence();
    Cascade c(m_state, now(), &m_reactions);
    // A room says nothing twice: what is kept of it is kept, and not to be handed over again.
    const bool isOfARoom = holds<events::MessageSeen>(input) || holds<events::RoomGapSeen>(input)
        || holds<events::RoomLinked>(input);
    const bool isWorkspace = holds<events::WorkspaceChanged>(input);
    if (holds<events::SourceFailed>(input) || isWorkspace) // what was gathered is judged by the rules it came under
        c.add(m_runs.flush());
    c.add(std::move(input));
    rulesForWorkspace();
    const Instant heard = std::min(c.time(), m_clock.now());
    c.add(triage::decideFreshness(m_state, *m_rules, heard));
    if (isWorkspace) {
        c.add(triage::decideHeartbeats(m_state, *m_rules, heard));
        c.add(glassAlarms(m_state, *m_rules, c.made(), c.time()));
    }
    commit(c, {}, std::move(done), isOfARoom ? Asker::Core : Asker::Sender);
}

void Desk::Worker::handle(const Command &command, const events::Actor &by, Done done)
{
    // Also decide() asks; what destroys keys or holds them is decided by itself.
    if (auto may = authorise(m_state, command, by, std::max(now(), m_state.time)); !may) {
        if (done)
            done(tl::unexpected(may.error()));
        return;
    }
    if (keep(command, by, done))
        return;
    if (auto why = whyNotKept(false); !why.empty()) {
        if (done)
            done(fail(Code::Unavailable, std::move(why)));
        return;
    }
    if (holds<SayPresent>(command))
        m_present[by.person] = m_clock.now();
    if (holds<TakeCommand>(command))
        recordPresence();
    const Instant at = std::max(now(), m_state.time), wall = std::min(m_clock.now(), at);
    const auto *release = getIf<ReleaseMessage>(&command);
    // An embargo and an expiry are read off the wall, a holding statement's too.
    auto decision = decide(m_state, command, by, holds<DraftMessage>(command) || release ? wall : at);
    if (!decision) {
        if (done)
            done(tl::unexpected(decision.error()));
        return;
    }
    if (wall < at)
        for (events::Event &e : decision->events) {
            if (auto *released = getIf<events::MessageReleased>(&e))
                released->wall = wall;
            else if (auto *promised = getIf<events::PromiseMade>(&e); promised && release)
                promised->due = promised->due + (at - wall); // what a holding statement promises is a clock of the record's
        }
    Cascade c(m_state, now(), &m_reactions);
    if (holds<RemoveConnection>(command))
        c.add(m_runs.flush()); // what it was heard to say until now is still its own
    c.add(std::move(decision->events));
    rulesForWorkspace();
    c.add(glassAlarms(m_state, *m_rules, c.made(), c.time()));
    Outcome outcome;
    outcome.id = std::move(decision->id);
    outcome.notes = std::move(decision->notes);
    commit(c, std::move(outcome), std::move(done), Asker::Person);
}

void Desk::Worker::recordPresence()
{
    events::Events seen;
    for (const auto &[person, at] : m_present)
        events::append(seen, command::seen(m_state, person, std::min(at, m_clock.now()), true));
    if (seen.empty())
        return;
    Cascade c(m_state, now(), &m_reactions);
    c.add(std::move(seen));
    commit(c, {}, {}, Asker::Core);
}

void Desk::Worker::wake(bool gather, Done done, Asker asker)
{
    const Instant beat = nextHeartbeat(); // first: the cascade moves the State's time on, and the clock goes on too
    const Instant wall = m_clock.now();
    rulesForWorkspace();
    Cascade c(m_state, now(), &m_reactions);
    const Instant silence = triage::nextSilence(m_state);
    // While what is kept has no room for senders, what they repeat is gathered on.
    const bool due = m_runs.due() && m_runs.due() <= wall && whyNotKept(true).empty();
    const bool flushes = gather || due || (silence && silence <= wall) || (beat && beat <= wall);
    if (flushes)
        c.add(m_runs.flush());
    // What sources say carries the wall's time; journal time is ahead of it while a clock that was set back catches up.
    const Instant heard = std::min(c.time(), wall);
    events::Events conclusions = triage::decideExpired(m_state, heard);
    for (auto &e : triage::decideFreshness(m_state, *m_rules, heard))
        conclusions.push_back(std::move(e));
    if (flushes) // else what is gathered is not in the State, and nothing turns
        for (auto &e : triage::decideHeartbeats(m_state, *m_rules, heard))
            conclusions.push_back(std::move(e));
    const Away away{m_awaySince, m_longGap};
    for (auto &e : rulesDue(m_state, *m_rules, away, isCatchingUp(m_state, away, wall), c.time(), heard))
        conclusions.push_back(std::move(e));
    if (!conclusions.empty()) {
        c.add(events::ClockWoke{});
        c.add(std::move(conclusions));
    }
    commit(c, {}, std::move(done), asker);
}

void Desk::Worker::rulesForWorkspace()
{
    if (m_rulesOf != m_state.workspace) {
        m_rulesOf = m_state.workspace;
        m_rules.emplace(m_state.workspace);
        m_alertBeats.emplace(*m_state.workspace);
        m_failedRules.clear();
    }
}

} // namespace qd::desk
