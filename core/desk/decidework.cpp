// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/classes.h"
#include "core/desk/decide.h"

#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/command/poll.h"
#include "core/comms/nextupdate.h"
#include "core/comms/reach.h"
#include "core/comms/template.h"
#include "core/desk/obeymeant.h"
#include "core/oncall/escalation.h"

#include <algorithm>
#include <map>

/// What is written down and done in an incident while it goes on: lines, tasks, hypotheses, decisions, promises, updates, calls.
namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr Span kBackLimit = hours(24 * 30); ///< how far back a line is about

/// Whether it was given to them, to a team of theirs, or to somebody whom the workspace does not know.
bool isTaskOf(const Workspace &workspace, const state::Task &task, const std::string &person)
{
    const Team *team = workspace.team(task.person);
    if (team)
        return std::find(team->members.begin(), team->members.end(), person) != team->members.end();
    return task.person == person || !workspace.person(task.person);
}

/// A task of the incident that is not done.
Result<const state::Task *> openTask(const Incident &incident, std::uint32_t number)
{
    const auto it = std::find_if(incident.tasks.begin(), incident.tasks.end(), [&](const state::Task &t) { return t.number == number; });
    if (it == incident.tasks.end())
        return fail(Code::NotFound, incident.id + " has no task " + std::to_string(number) + ".");
    if (it->doneAt)
        return fail(Code::Conflict, "Task " + std::to_string(number) + " is done already.");
    return &*it;
}

/// What a task or a decision was made from stands in the record; "": it was made from nothing.
Result<> lineMeant(const Incident &incident, const std::string &about)
{
    if (about.empty() || std::any_of(incident.timeline.begin(), incident.timeline.end(), [&](const state::Entry &e) { return momentReference(e) == about; }))
        return {};
    return fail(Code::NotFound, incident.id + " has no line \"" + safeLine(about, 60) + "\" that this could be about.");
}

/// What was weighed beside a decision, as its event keeps it.
struct Weighed {
    std::string rejected;                     ///< one a line
    std::map<std::string, std::string> cards; ///< DecisionMade::options
};

/// A card's line among what was not chosen: what it is, and what speaks against it.
std::string againstIt(const std::string &text, const std::string &effect, const std::string &risk)
{
    return text + (!risk.empty() ? ": " + risk : !effect.empty() ? ": " + effect : std::string());
}

Result<> addCard(const OptionMeant &option, std::size_t number, bool chosen, Weighed &to)
{
    const std::string key = std::to_string(number), text = safeLine(option.text, kOptionBytes);
    if (option.text.size() > kOptionBytes)
        return fail(Code::TooLarge, "What was weighed is at most " + std::to_string(kOptionBytes) + " bytes each.");
    if (text.find_first_not_of(' ') == std::string::npos)
        return fail(Code::Invalid, "Option " + key + " needs words: what would be done.");
    if (const std::string &r = option.reversible; !r.empty() && r != "yes" && r != "partly" && r != "no")
        return fail(Code::Invalid, "Whether option " + key + " can be taken back is yes, partly or no, not \"" + safeLine(r, kCardBytes) + "\".");
    to.cards[key] = text;
    for (const auto &[name, said] : {std::pair{".effect", &option.effect}, std::pair{".risk", &option.risk}, std::pair{".reversible", &option.reversible}, std::pair{".time", &option.time}, std::pair{".owner", &option.owner}}) {
        if (said->size() > kCardBytes)
            return fail(Code::TooLarge, "What is said of an option is at most " + std::to_string(kCardBytes) + " bytes each.");
        if (const std::string line = safeLine(*said, kCardBytes); line.find_first_not_of(' ') != std::string::npos)
            to.cards[key + name] = line;
    }
    if (!chosen)
        to.rejected += (to.rejected.empty() ? "" : "\n") + againstIt(text, safeLine(option.effect, kCardBytes), safeLine(option.risk, kCardBytes));
    return {};
}

Result<Weighed> weighedAt(const RecordDecision &c)
{
    if (c.rejected.size() + c.options.size() > kOptionsLimit)
        return fail(Code::TooLarge, "Of what was weighed at most " + std::to_string(kOptionsLimit) + " are written down with a decision.");
    if (c.chosen > c.options.size())
        return fail(Code::Invalid, c.options.empty() ? std::string("There are no options to choose from; name them.")
                                                     : "There is no option " + std::to_string(c.chosen) + "; there are " + std::to_string(c.options.size()) + ".");
    Weighed out;
    for (std::size_t n = 0; n < c.options.size(); ++n)
        if (const auto done = addCard(c.options[n], n + 1, n + 1 == c.chosen, out); !done)
            return tl::unexpected(done.error());
    for (const std::string &option : c.rejected) {
        if (option.size() > kOptionBytes)
            return fail(Code::TooLarge, "What was weighed is at most " + std::to_string(kOptionBytes) + " bytes each.");
        if (const std::string line = safeLine(option, kOptionBytes); line.find_first_not_of(' ') != std::string::npos)
            out.rejected += (out.rejected.empty() ? "" : "\n") + line;
    }
    return out;
}

Result<Instant> dueOf(const std::string &text, Instant now)
{
    if (text.empty())
        return Instant{};
    const auto span = parseSpan(text);
    if (!span)
        return tl::unexpected(span.error());
    if (span->ns == 0 || *span > comms::kDueLimit)
        return fail(Code::Invalid, "A due time is between 1s and 30d from now.");
    return now + *span;
}

struct DecidingWork {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const WriteLog &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto text = textOf(c.text, "text");
        if (!text)
            return tl::unexpected(text.error());
        Instant at;
        if (!c.at.empty()) {
            const auto then = parseInstant(c.at);
            if (!then)
                return tl::unexpected(then.error());
            if (*then > now)
                return fail(Code::Invalid, "A line is about now or about something earlier; a task or a promise is about later.");
            if (now - *then > kBackLimit)
                return fail(Code::Invalid, "A line is about something within the last 30 days; say the day in its words.");
            at = *then;
        }
        return Decision{{events::LogWritten{(*i)->id, *text, by, at}}, state::ownReference((*i)->timeline.size() + 1)};
    }
    Result<Decision> operator()(const ReviseLog &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto text = textOf(c.text, "text");
        if (!text)
            return tl::unexpected(text.error());
        const auto &all = (*i)->timeline;
        const auto line = std::find_if(all.rbegin(), all.rend(), [&](const state::Entry &e) {
            return c.entry.empty() ? e.kind == state::EntryKind::Log && e.actor == by.person && e.origin.empty() && e.refersToItself() : e.reference == c.entry;
        });
        if (line == all.rend())
            return c.entry.empty() ? fail(Code::NotFound, "You wrote no line in " + (*i)->id + ".") : fail(Code::NotFound, (*i)->id + " has no line " + safeLine(c.entry, 40) + "; `get timeline` has the references.");
        if (line->kind != state::EntryKind::Log || !line->refersToItself())
            return fail(Code::Invalid, line->reference + " is no line of the log; what else was recorded stands, and a new line says what is wrong with it.");
        if (!line->origin.empty()) // a name in a file is nobody here
            return fail(Code::Forbidden, line->reference + " is from " + line->origin + " and stays as it was imported; a new line says what is wrong with it.");
        if (line->actor != by.person)
            return fail(Code::Forbidden, line->reference + " was written by " + state.workspace->nameOf(line->actor) + "; only they put it otherwise.");
        if (line->text == *text)
            return fail(Code::Conflict, line->reference + " reads so already.");
        if (line->revisions.size() >= state::kRevisionsKept)
            return fail(Code::TooLarge, line->reference + " was put otherwise " + std::to_string(state::kRevisionsKept) + " times; write a new line.");
        return Decision{{events::LogRevised{(*i)->id, classedAs(line->text, *text), line->reference, by, line->seq}}, line->reference};
    }
    /// `!done [N] [what came of it]` means what it means in a room, of anybody's task; it is no decision.
    Result<Decision> reportDone(const Incident &incident, const comms::ChatCommand &said) const
    {
        if (const std::uint32_t number = numberBehind({}, said.key); number != 0)
            return decide(state, FinishTask{incident.id, number, said.text}, by, now);
        const auto own = taskDone(state, incident, said, by.person);
        if (!own)
            return fail(own.error().code, "Say which task is done, !done N: " + own.error().message + ".");
        return decide(state, *own, by, now);
    }
    Result<Decision> operator()(const WriteLine &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto said = comms::parseChatCommand(c.text, lineContext(*state.workspace, now));
        if (said && *said && (*said)->kind == comms::ChatCommand::Kind::Done)
            return reportDone(**i, **said);
        const auto line = comms::parseLine(c.text, lineContext(*state.workspace, now));
        if (!line)
            return tl::unexpected(line.error());
        Command command = commandOf(*line, (*i)->id);
        if (auto *task = getIf<AssignTask>(&command))
            task->about = c.about;
        else if (auto *decision = getIf<RecordDecision>(&command))
            decision->about = c.about;
        return decide(state, command, by, now);
    }
    Result<Decision> operator()(const AssignTask &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto text = textOf(c.text, "task");
        if (!text)
            return tl::unexpected(text.error());
        const auto due = dueOf(c.due, now);
        if (!due)
            return tl::unexpected(due.error());
        if (c.person.empty())
            return fail(Code::Invalid, "A task needs one person or team; write @name.");
        if (const auto found = lineMeant(**i, c.about); !found)
            return tl::unexpected(found.error());
        const auto n = static_cast<std::uint32_t>((*i)->tasks.size() + 1);
        return Decision{{events::TaskAssigned{(*i)->id, safeLine(c.person), *text, n, *due, by, c.about}}, "task/" + std::to_string(n)};
    }
    Result<Decision> operator()(const FinishTask &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto task = openTask(**i, c.task);
        if (!task)
            return tl::unexpected(task.error());
        if (const auto ok = bounded({{c.note, "note"}}); !ok)
            return tl::unexpected(ok.error());
        return Decision{{events::TaskDone{(*i)->id, c.task, by, cleanText(c.note)}}, "task/" + std::to_string(c.task)};
    }
    Result<Decision> operator()(const AcceptTask &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto task = openTask(**i, c.task);
        if (!task)
            return tl::unexpected(task.error());
        if ((*task)->acceptedAt)
            return fail(Code::Conflict, "Task " + std::to_string(c.task) + " was taken on by " + state.workspace->nameOf((*task)->acceptedBy) + " already.");
        if (!isTaskOf(*state.workspace, **task, by.person))
            return fail(Code::Forbidden, "Task " + std::to_string(c.task) + " was given to " + state.workspace->nameOf((*task)->person) + ", who alone takes it on.");
        return Decision{{events::TaskAccepted{(*i)->id, c.task, by}}, "task/" + std::to_string(c.task)};
    }
    Result<Decision> operator()(const RaiseHypothesis &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto text = textOf(c.text, "hypothesis");
        if (!text)
            return tl::unexpected(text.error());
        const auto n = static_cast<std::uint32_t>((*i)->hypotheses.size() + 1);
        return Decision{{events::HypothesisRaised{(*i)->id, *text, n, by}}, "hypothesis/" + std::to_string(n)};
    }
    Result<Decision> operator()(const SettleHypothesis &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (c.hypothesis == 0 || c.hypothesis > (*i)->hypotheses.size())
            return fail(Code::NotFound, (*i)->id + " has no hypothesis " + std::to_string(c.hypothesis) + ".");
        return Decision{{events::HypothesisSettled{(*i)->id, safeText(c.reason, kTextLimit), c.hypothesis, c.refuted, by}},
                        "hypothesis/" + std::to_string(c.hypothesis)};
    }
    Result<Decision> operator()(const RecordDecision &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto text = textOf(c.text, "decision");
        if (!text)
            return tl::unexpected(text.error());
        const auto weighed = weighedAt(c);
        if (!weighed)
            return tl::unexpected(weighed.error());
        if (const auto found = lineMeant(**i, c.about); !found)
            return tl::unexpected(found.error());
        const auto n = static_cast<std::uint32_t>((*i)->decisions.size() + 1);
        Decision d{{}, "decision/" + std::to_string(n)};
        if (c.poll != 0) { // what the people asked said is settled by it
            const auto poll = command::pollMeant(**i, c.poll);
            if (!poll)
                return tl::unexpected(poll.error());
            if ((*poll)->withdrawn)
                return fail(Code::Conflict, "Poll " + std::to_string(c.poll) + " was taken back; decide without it.");
            if ((*poll)->isOpen())
                d.events.emplace_back(events::PollClosed{(*i)->id, {}, c.poll, false, by});
        }
        d.events.emplace_back(events::DecisionMade{(*i)->id, *text, n, by, c.poll, weighed->rejected, weighed->cards, c.chosen, c.about});
        return d;
    }
    Result<Decision> operator()(const MakePromise &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const auto due = dueOf(c.due, now);
        if (!due)
            return tl::unexpected(due.error());
        if (!*due || c.audience.empty())
            return fail(Code::Invalid, "A promise needs an audience and a time; write > customers 20m.");
        const auto n = static_cast<std::uint32_t>((*i)->promises.size() + 1);
        return Decision{{events::PromiseMade{(*i)->id, safeLine(c.audience), safeText(c.text, kTextLimit), n, *due, by}}, "promise/" + std::to_string(n)};
    }
    Result<Decision> operator()(const KeepPromise &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (c.promise == 0 || c.promise > (*i)->promises.size())
            return fail(Code::NotFound, (*i)->id + " has no promise " + std::to_string(c.promise) + ".");
        return Decision{{events::PromiseKept{(*i)->id, c.promise, by}}, "promise/" + std::to_string(c.promise)};
    }
    Result<Decision> operator()(const SendUpdate &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        const UpdateTemplate *t = state.workspace->updateTemplate(c.updateTemplate);
        if (!t)
            return fail(Code::NotFound, "There is no template \"" + safeLine(c.updateTemplate, 60) + "\" in the workspace.");
        const UpdateTemplate spoken = comms::spokenTo(*state.workspace, *t);
        comms::LiveIncident live = comms::liveIncident(state, **i, now);
        const comms::NextUpdate after = comms::nextAfter(state, **i, *t, now);
        live.nextUpdate = after.due;
        const comms::Values values(c.set.begin(), c.set.end());
        const auto text = comms::render(spoken, comms::liveVariables(live, spoken.language), values);
        if (!text)
            return tl::unexpected(text.error());
        const auto n = static_cast<std::uint32_t>((*i)->updates.size() + 1);
        events::UpdateIssued e{(*i)->id, t->id, t->audience, *text, n, c.set, by, after.promise, safeLine(c.byHand, kWhereBytes)};
        std::vector<std::string> notes;
        if (const auto all = comms::destinationsOf(*t); std::any_of(all.begin(), all.end(), [](const std::string &to) { return to != "rooms"; })) {
            auto heading = comms::headingOf(*state.workspace, spoken, **i, comms::liveVariables(live, spoken.language), values);
            if (!heading)
                return tl::unexpected(heading.error());
            e.title = *std::move(heading);
        }
        if (c.byHand.empty())
            if (const auto sent = sendTo(**i, *t, e, notes); !sent)
                return tl::unexpected(sent.error());
        // What nobody was told promises nothing either.
        const bool promises = after.promise == 0 && after.due && (*i)->isOpen() && !e.unheard;
        if (promises)
            e.next = static_cast<std::uint32_t>((*i)->promises.size() + 1);
        const std::uint32_t next = e.next;
        Decision d{{std::move(e)}, "update/" + std::to_string(n), std::move(notes)};
        // What the update says about the next one is a promise, and is recorded as one.
        if (promises)
            d.events.emplace_back(events::PromiseMade{(*i)->id, t->audience, {}, next, live.nextUpdate, by});
        return d;
    }
    /// Where it goes, and whether anybody is there to take it.
    Result<> sendTo(const Incident &incident, const UpdateTemplate &t, events::UpdateIssued &e, std::vector<std::string> &notes) const
    {
        if (const auto may = comms::mayLeave(*state.workspace, t); !may)
            return tl::unexpected(may.error());
        e.to = comms::destinationsOf(t);
        const auto reach = comms::reachOf(state, incident, e.to);
        e.unheard = comms::reachesNobody(state, incident, reach);
        std::string whys;
        for (const comms::Reach &place : reach) {
            if (!place.why.empty() && !e.unheard)
                notes.push_back("It does not reach " + place.name + ": " + place.why + ".");
            whys += (whys.empty() ? "" : "; ") + place.why;
        }
        const std::string number = std::to_string(e.update);
        if (e.unheard)
            notes.push_back(std::string(comms::kNobodyTold) + whys + ". It is recorded, and still owed: copy it (update --update " + number + " --copy plain) and say where it was put (update --update " + number + " --posted WHERE).");
        return {};
    }
    Result<Decision> operator()(const StartEscalation &c) const
    {
        const auto i = openIncident(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        oncall::Request r;
        r.incident = (*i)->id;
        r.service = c.service;
        r.policy = c.policy;
        r.by = by;
        auto e = oncall::start(state, r, now);
        if (!e)
            return tl::unexpected(e.error());
        return Decision{{*e}, "escalation/" + std::to_string(get<events::EscalationStarted>(*e).escalation)};
    }
    Result<Decision> operator()(const EscalateNow &c) const
    {
        auto e = oncall::hurry(state, c.escalation, by, c.step, c.person, safeText(c.reason, kTextLimit));
        if (!e)
            return tl::unexpected(e.error());
        return Decision{{*e}, "escalation/" + std::to_string(c.escalation)};
    }
    Result<Decision> operator()(const AcknowledgeEscalation &c) const
    {
        auto e = oncall::acknowledge(state, c.escalation, by);
        if (!e)
            return tl::unexpected(e.error());
        return Decision{{*e}, "escalation/" + std::to_string(c.escalation)};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about the work on an incident.");
    }
};

} // namespace

Result<Decision> decideWork(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingWork{state, by, now}, command);
}

Result<Decision> answerCalls(const State &state, const Incident &incident, const events::Actor &by)
{
    Decision d;
    Error refusal{Code::NotFound, "Nobody is being called for " + incident.id + ".", {}};
    for (const auto &x : state.escalations) {
        if (!x.isRunning() || x.incident != incident.id)
            continue;
        auto e = oncall::acknowledge(state, x.number, by);
        if (e)
            d.events.push_back(std::move(*e));
        else
            refusal = e.error();
    }
    if (d.events.empty())
        return tl::unexpected(refusal);
    d.id = incident.id;
    return d;
}

} // namespace qd::desk
