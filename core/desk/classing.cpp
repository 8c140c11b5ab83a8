// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ascii.h"
#include "core/base/log.h"
#include "core/base/nearest.h"
#include "core/base/safetext.h"
#include "core/desk/classes.h"
#include "core/desk/decide.h"
#include "core/desk/strike.h"
#include "core/desk/worker.h"
#include "core/events/texts.h"
#include "core/governance/clearance.h"
#include "core/governance/policy.h"

#include <algorithm>
#include <charconv>

/// A line is classed after it was written (classes.h). Like a strike it is decided at the desk's door: it reads the journal, and all who fold begin anew.
namespace qd::desk {

namespace {

constexpr std::size_t kPlacesNamed = 10;

/// What the command asks of who reads the line.
Result<Marked::Need> needAsked(const Workspace &w, const ClassLine &command)
{
    if (command.level.empty() && command.people.empty())
        return fail(Code::Invalid, "Say the class: public, internal, confidential, restricted or privileged.");
    const auto level = fromWord<DataClass>(command.level.empty() ? "restricted" : asciiLower(command.level));
    if (!level) {
        const std::string near = nearest(command.level, {"public", "internal", "confidential", "restricted", "privileged"});
        return fail(Code::Invalid, "\"" + safeLine(command.level, 40) + "\" is no class" + (near.empty() ? "" : " (did you mean " + near + "?)") + "; write public, internal, confidential, restricted or privileged.");
    }
    if (command.people.size() > kMarkNames)
        return fail(Code::Invalid, "A line is for at most " + std::to_string(kMarkNames) + " people and teams; name a team.");
    Marked::Need need{*level, {}};
    for (const std::string &each : command.people) {
        const std::string id = asciiLower(each.starts_with('@') ? each.substr(1) : each); // as marks compare them
        const auto isIt = [&](const auto &one) { return asciiLower(one.id) == id; };
        if (std::none_of(w.people.begin(), w.people.end(), isIt) && std::none_of(w.teams.begin(), w.teams.end(), isIt)) {
            std::vector<std::string_view> known;
            for (const Person &p : w.people)
                known.push_back(p.id);
            for (const Team &t : w.teams)
                known.push_back(t.id);
            const std::string near = nearest(id, known);
            return fail(Code::NotFound, "There is no person or team \"" + safeLine(each, 60) + "\" in the workspace" + (near.empty() ? "" : " (did you mean " + near + "?)") + "; nothing was classed.");
        }
        if (std::find(need.names.begin(), need.names.end(), id) == need.names.end())
            need.names.push_back(id);
    }
    if (!keepsBack(need))
        need.level = DataClass::Internal; // a line is not published by its class: it is as any other
    return need;
}

/// "SEQ" or "SEQ.N" of what was named, also by its reference.
Result<std::string> entryAsked(const state::Incident &i, const std::string &named)
{
    if (named.empty())
        return fail(Code::Invalid, "Say which line: the record's number, or its reference; `get timeline` has both.");
    if (named.front() >= '0' && named.front() <= '9')
        return named;
    const auto isMeant = [&](const state::Entry &e) { return e.reference == named || state::momentReference(e) == named; };
    const auto line = std::find_if(i.timeline.rbegin(), i.timeline.rend(), isMeant);
    if (line == i.timeline.rend())
        return fail(Code::NotFound, i.id + " has no line " + safeLine(named, 60) + "; `get timeline` has the references.");
    if (!line->origin.empty())
        return fail(Code::Invalid, safeLine(named, 60) + " was imported with others in one record; name it by its number there, as `get timeline` shows it.");
    return std::to_string(line->seq);
}

/// Why there is no text to be classed, better than by its number alone.
Error notThere(const state::State &state, const state::Incident &i, const std::string &entry, const Error &found)
{
    std::uint64_t seq = 0;
    (void)std::from_chars(entry.data(), entry.data() + entry.size(), seq);
    const auto isOfIt = [&](const state::Entry &e) { return e.seq == seq; };
    if (seq > state.seq)
        return {Code::NotFound, "There is no record " + std::to_string(seq) + " yet; the newest is " + std::to_string(state.seq) + ".", {}};
    const auto line = std::find_if(i.timeline.begin(), i.timeline.end(), isOfIt);
    if (line != i.timeline.end() && line->text.find(events::kStruckText) != std::string::npos)
        return {Code::Conflict, "Record " + safeLine(entry, 40) + " was struck; no words of it are left to be classed.", {}};
    if (line == i.timeline.end())
        for (const auto &[number, other] : state.incidents)
            if (other.id != i.id && std::any_of(other.timeline.begin(), other.timeline.end(), isOfIt))
                return {Code::NotFound, "Record " + safeLine(entry, 40) + " is of another incident, not of " + i.id + "; `get timeline` shows its numbers.", {}};
    return found;
}

std::string needInWords(const Marked::Need &need)
{
    std::string out(word(need.level));
    for (std::size_t n = 0; n < need.names.size(); ++n)
        out += (n == 0 ? " for " : ", ") + need.names[n];
    return out;
}

/// Whether the line may be classed so by this person.
Result<> mayBeClassed(const state::State &state, const state::Incident &i, const Classing &plan, const Classes &classes, const Marked::Need &need, const std::string &entry, const events::Actor &by,
                      Instant now)
{
    const governance::Subject about{i.service, i.id};
    bool isSame = true;
    std::optional<std::string> lowered; // what stands lower then, as it is classed now
    for (const auto &[at, text] : plan.words) {
        const Marked::Need was = classes.replaced(at.seq, at.order, text);
        const bool isLower = !isAsStrict(need, was);
        isSame = isSame && !isLower && isAsStrict(was, need);
        Marked outer; // a mark within stays as it is
        outer.needs = classes.ofOthers(at.seq, at.order);
        outer.needs.push_back(was);
        if (isLower && !mayRead(governance::readerOf(state, {governance::Place::Kind::Person, by.person, {}, about}), outer))
            return fail(Code::Forbidden, "Record " + entry + " is " + needInWords(was) + ", which you may not read; who may read it and commands in " + i.id + " can lower it.");
        if (isLower)
            lowered = needInWords(was);
    }
    if (isSame)
        return fail(Code::Conflict, "Record " + entry + " is " + needInWords(need) + " already.");
    if (!lowered)
        return {};
    const auto ruling = governance::rule(state, by, {Right::Command, {about}}, "incident.classify", now);
    if (!ruling.allowed)
        return fail(Code::Forbidden, "Record " + entry + " is " + *lowered + ", and lowering that is for who may command: " + ruling.why);
    return {};
}

/// Where a text went that nobody can call back, and how that is said; none where it did not go anywhere, or is not known to have.
std::optional<std::pair<governance::Place, std::string>> wentTo(const state::State &state, const state::Incident &i, const events::Event &event)
{
    using governance::Place;
    const governance::Subject about{i.service, i.id};
    const auto place = [&](Place p) { return std::pair(p, governance::nameOf(p)); };
    if (const auto *m = getIf<events::MessageSeen>(&event))
        return place({Place::Kind::Room, m->room, m->connection, about});
    if (const auto *p = getIf<events::PagePosted>(&event))
        return place({Place::Kind::Page, p->page, {}, about});
    if (const auto *p = getIf<events::PageMaintenancePlanned>(&event))
        return place({Place::Kind::Page, p->page, {}, about});
    if (const auto *u = getIf<events::UpdateIssued>(&event); u && !u->byHand.empty())
        return std::pair(Place{Place::Kind::Audience, u->audience, {}, about}, "what was put into " + u->byHand + " by hand");
    const auto *q = getIf<events::OutboxQueued>(&event);
    const auto entry = q ? state.outbox.find(q->number) : state.outbox.end();
    if (!q || (entry != state.outbox.end() && (entry->second.delivery == Delivery::Queued || entry->second.delivery == Delivery::Failed)))
        return std::nullopt;
    const state::Source *source = state.source(q->connection);
    if (source && isChat(source->connection.kind) && !q->room.empty())
        return place({Place::Kind::Room, q->room, q->connection, about});
    if (q->effect != events::Effect::Post)
        return place({Place::Kind::Way, {}, q->connection, about});
    if (source && isMail(source->connection.kind))
        return std::pair(Place{Place::Kind::Public, {}, q->connection, about}, "the mail to " + q->room);
    return place({Place::Kind::Hook, {}, q->connection, about});
}

/// Sentences for whoever classed it.
std::vector<std::string> notesOf(const state::State &state, const state::Incident &i, const Classing &plan, const Marked::Need &need, const std::string &entry)
{
    std::vector<std::string> notes, places;
    if (!keepsBack(need))
        return notes;
    const std::string mark = marked("x", need.level, need.names);
    for (const events::Event &event : plan.events)
        if (const auto gone = wentTo(state, i, event))
            if (!keptFrom(mark, governance::readerOf(state, gone->first)).empty() && std::find(places.begin(), places.end(), gone->second) == places.end())
                places.push_back(gone->second);
    if (!plan.copies.empty())
        notes.push_back("What repeats it is classed with it: " + std::to_string(plan.copies.size()) + (plan.copies.size() == 1 ? " text." : " texts."));
    if (places.empty())
        return notes;
    std::string all;
    for (std::size_t n = 0; n < std::min(places.size(), kPlacesNamed); ++n)
        all += (n == 0 ? "" : n + 1 == places.size() ? " and " : ", ") + places[n];
    if (places.size() > kPlacesNamed)
        all += " and " + std::to_string(places.size() - kPlacesNamed) + " more";
    notes.push_back("It stands already in " + all + ", where it cannot be called back from: take it out there by hand. From the record it goes for good by: quarterdeckctl strike --incident " + i.id
                    + " --entry " + entry);
    return notes;
}

} // namespace

void Desk::Worker::classLine(const ClassLine &command, const events::Actor &by, Done done)
{
    const auto meant = incidentMeant(m_state, command.incident);
    if (!meant)
        return done(tl::unexpected(meant.error()));
    const state::Incident &i = **meant;
    const auto need = needAsked(*m_state.workspace, command);
    if (!need)
        return done(tl::unexpected(need.error()));
    const auto entry = entryAsked(i, command.entry);
    if (!entry)
        return done(tl::unexpected(entry.error()));
    land(); // the search reads what is committed
    auto plan = planClassing(m_journal, i, *entry, *need);
    if (!plan)
        return done(tl::unexpected(plan.error().code == Code::NotFound ? notThere(m_state, i, *entry, plan.error()) : plan.error()));
    if (auto may = mayBeClassed(m_state, i, *plan, *classesOf(m_journal), *need, *entry, by, std::max(now(), m_state.time)); !may)
        return done(tl::unexpected(may.error()));
    Outcome outcome;
    outcome.id = *entry;
    outcome.notes = notesOf(m_state, i, *plan, *need, *entry);
    events::Events made{events::LineClassed{i.id, safeText(command.reason, kTextLimit), *entry, need->level, need->names, std::move(plan->own), std::move(plan->copies), std::move(plan->streams), by}};
    made.insert(made.end(), std::make_move_iterator(plan->told.begin()), std::make_move_iterator(plan->told.end()));
    Cascade c(m_state, now(), &m_reactions);
    c.add(std::move(made));
    Result<Outcome> recorded = fail(Code::Unavailable, "Not recorded.");
    commit(c, std::move(outcome), [&recorded](Result<Outcome> r) { recorded = std::move(r); }, Asker::Person);
    land();
    // This State still reads it as it was written, and nothing may be decided on that.
    if (recorded && !m_lost.load() && !m_unrecorded)
        if (const auto folded = refold(); !folded)
            log(LogLevel::Error, "desk", folded.error());
    done(std::move(recorded));
}

} // namespace qd::desk
