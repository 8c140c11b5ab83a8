// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/obey.h"

#include "core/base/encoding.h"
#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/comms/addressee.h"
#include "core/comms/chatcommand.h"
#include "core/comms/words.h"
#include "core/desk/addressed.h"
#include "core/desk/authorise.h"
#include "core/desk/chatmessages.h"
#include "core/desk/decide.h"
#include "core/desk/direct.h"
#include "core/desk/effects.h"
#include "core/desk/obeyanswers.h"
#include "core/desk/obeymeant.h"
#include "core/desk/react.h"
#include "core/governance/clearance.h"
#include "core/journal/words.h"

#include <algorithm>

namespace qd::desk {

using comms::ChatCommand;
using state::Incident;
using state::State;

namespace {

using Kind = ChatCommand::Kind;
constexpr std::size_t kAnswerLimit = 900; ///< bytes of an answer
constexpr Span kForgivenAfter = hours(1); ///< since the last refusal of somebody we know

/// A command of the desk that a message stands for, and how its answer reads once it is done.
struct Meant {
    Command command;
    std::string done;
    std::string confirm = {}; ///< what is confirmed first: "resolve INC-1"
    std::string seat = {};    ///< why it is not done from chat, though whoever asks may do it
};

/// "anchor-bishop": two words out of what makes this message itself. It is no secret: only the asker's own identity can use it.
std::string wordFor(const events::MessageSeen &m)
{
    const std::string digest = sha256Hex(m.connection + "\n" + m.room + "\n" + m.messageId + "\n" + m.sender + "\n" + toRfc3339(m.serverTime) + "\n" + m.text);
    journal::Hash bytes{};
    for (std::size_t n = 0; n < bytes.size(); ++n)
        bytes[n] = static_cast<std::uint8_t>(std::stoul(digest.substr(2 * n, 2), nullptr, 16));
    const std::string words = journal::headWords(bytes);
    return words.substr(0, words.find('-', words.find('-') + 1));
}

/// Who speaks, whatever client they speak from.
std::string addressOf(const State &state, const events::MessageSeen &m)
{
    const state::Source *s = state.source(m.connection);
    return m.connection + " " + (s && isClosedChat(s->connection.kind) ? m.sender : m.sender.substr(0, m.sender.find('/')));
}

class Obeying {
public:
    Obeying(const State &state, const events::MessageSeen &message, Instant now)
        : m_state(state), m_message(message), m_now(now), m_by{message.person, Path::Chat}, m_room(state.incident(message.incident)),
          m_context(lineContext(*state.workspace, now))
    {}

    [[nodiscard]] events::Events run()
    {
        const auto parsed = parse(m_message.text);
        if (parsed && (!*parsed || (*parsed)->kind == Kind::Bind))
            return {};
        if (m_message.person.empty() || !m_message.verified)
            return refuse("this address is not bound to a person; somebody who administers binds it: quarterdeckctl bind");
        if (isTooOld(m_message, m_now))
            return refuse("the message is older than 5 minutes");
        if (!parsed)
            return refuse(parsed.error().message);
        if (const auto who = comms::addresseeOf(m_message.text)) // else it would be named by now
            return refuse("@" + who->name + " is not bound to anybody here (" + who->address + "); somebody who administers binds it: quarterdeckctl bind");
        return (*parsed)->kind == Kind::Yes ? confirmed(**parsed) : asked(**parsed);
    }

private:
    [[nodiscard]] bool isDirect() const { return !m_room; }
    [[nodiscard]] Result<std::optional<ChatCommand>> parse(const std::string &text) const { return comms::parseChatCommand(text, m_context, isDirect()); }

    [[nodiscard]] events::Events reply(std::string text, std::size_t limit = kAnswerLimit) const
    {
        text = safeText(text, limit);
        events::Events out = m_room ? Gate(m_state).post(*m_room, std::move(text), {}, {"reply/command", {}, {}}, events::Effect::Reply)
                                    : Gate(m_state).whisper(m_message.connection, m_message.sender, std::move(text));
        for (events::Event &e : out) // said in a thread, answered in it; the incident's other rooms hear it as ever
            if (auto *q = getIf<events::OutboxQueued>(&e); q && goesThere(e, place()) == true)
                q->thread = m_message.thread;
        return out;
    }
    /// Of what would be said, what goes to where it was asked, and nowhere else: words for who asked, about an incident that is not the room's or not for all its rooms.
    [[nodiscard]] events::Events here(events::Events out, const Incident *about) const
    {
        out = onlyThere(std::move(out), place()); // of a place that was not to get it, nothing is withheld
        for (events::Event &e : out)
            if (auto *q = getIf<events::OutboxQueued>(&e); q && about)
                q->incident = about->id; // whose words they are: it is cleared as they are, and erased with them
        return out;
    }
    /// Where it was asked.
    [[nodiscard]] ChatPlace place() const { return {m_message.connection, m_room ? m_message.room : m_message.sender}; }
    [[nodiscard]] events::Events refuse(const std::string &reason, std::string command = {}) const
    {
        events::Events out{events::ChatCommandRefused{m_message.incident, m_message.sender, command.empty() ? m_message.text : std::move(command), reason}};
        const auto *before = m_state.access.stranger(m_message.incident, m_message.sender);
        const bool isForgiven = before && !m_message.person.empty() && m_now - before->last > kForgivenAfter; // somebody we know: a slip now and then adds up to nothing
        const std::uint64_t count = before && !isForgiven ? before->count : 0;
        if (count < kAnswered)
            append(out, reply("Not done: " + reason + (count + 1 == kAnswered ? " (What you ask for here is not answered any more.)" : "")));
        return out;
    }

    [[nodiscard]] events::Events asked(const ChatCommand &c) const
    {
        if (const std::string why = seatOnly(c); !why.empty())
            return refuse(why);
        if (c.kind == Kind::Unknown)
            return refuse("that is not a command; !help lists them");
        if (c.kind == Kind::Help)
            return reply(comms::chatHelp(m_state.workspace->seatOnly));
        if ((c.kind == Kind::Status && !statusMeant(c)) || c.kind == Kind::Who || c.kind == Kind::Why)
            return told(c);
        if (c.kind == Kind::Message)
            return shown(c);
        if (c.kind == Kind::Approve || c.kind == Kind::Reject)
            return judged(c);
        auto meant = mean(c);
        if (!meant)
            return refuse(meant.error().message);
        auto decision = decide(m_state, meant->command, m_by, m_now);
        if (!decision)
            return refuse(decision.error().message);
        if (!meant->seat.empty())
            return refuse(meant->seat);
        if (!meant->confirm.empty()) {
            const std::string word = wordFor(m_message);
            events::Events out{events::ConfirmationAsked{m_message.incident, m_message.person, addressOf(m_state, m_message), word, m_message.text, meant->confirm, m_now + kConfirmFor}};
            append(out, reply(nameOf(m_message.person) + ": to " + meant->confirm + ", say !yes " + word + " within 2 minutes."));
            return out;
        }
        return done(*meant, std::move(*decision), c);
    }

    [[nodiscard]] events::Events done(const Meant &meant, Decision decision, const ChatCommand &c) const
    {
        const std::string told = answerTo(m_state, meant.command, meant.done, decision, m_message.person);
        std::string answer = told;
        for (const std::string &note : decision.notes)
            answer += " " + note;
        const bool isPoll = c.kind == Kind::Poll, isWords = isPoll || c.kind == Kind::Log || c.kind == Kind::Line;
        events::Events out = std::move(decision.events);
        append(out, c.kind == Kind::Declare || (m_room && isWords) ? here(reply(answer), nullptr) : reply(answer));
        // Its own rooms did not hear it: it was said to the console alone, or in another incident's room. Or not all of them did, and "Noted." says nothing without the words.
        const auto of = isOfAnIncident(c) ? incidentOf(c) : Result<const Incident *>(nullptr);
        const std::string behind = isPoll ? "\n" + told : std::string();
        if (of && *of && *of != m_room)
            append(out, Gate(m_state).post(**of, nameOf(m_message.person) + (isDirect() ? ", to the console alone: " : ", in another room: ") + (isWords ? c.text + behind : answer), {}, {"post/timeline", {"said elsewhere"}, {}}));
        else if (m_room && isWords)
            append(out, elsewhere(Gate(m_state).post(*m_room, nameOf(m_message.person) + ", in " + heardIn(*m_room, m_message) + ": " + m_message.text + behind, {}, {"post/timeline", {"said in another room"}, {}}), place()));
        return out;
    }
    /// Whether what it does is of one incident, and said in its rooms by nothing else: who commands, calls and updates are.
    [[nodiscard]] static bool isOfAnIncident(const ChatCommand &c)
    {
        switch (c.kind) {
        case Kind::Declare:
        case Kind::Again:
        case Kind::HandOver:
        case Kind::Accept:
        case Kind::Decline:
        case Kind::Object:
        case Kind::Page:
        case Kind::Approve:
        case Kind::Reject: return false;
        case Kind::Ack: return c.key.empty();
        default: return true;
        }
    }

    [[nodiscard]] events::Events confirmed(const ChatCommand &c) const
    {
        const auto *waiting = m_state.access.confirmation(m_message.incident, addressOf(m_state, m_message));
        if (!waiting || waiting->person != m_message.person)
            return refuse("nothing of yours waits for a word here");
        if (m_now >= waiting->until)
            return refuse("the word was good for 2 minutes; ask again");
        if (c.key != waiting->word)
            return refuse("that is not the word");
        if (textRead(waiting->command))
            return refuse("that word stands for a text you read: !approve check " + waiting->word);
        const std::string command = waiting->command;
        events::Events out{events::ConfirmationGiven{m_message.incident, addressOf(m_state, m_message), waiting->word}};
        const auto again = parse(command);
        if (!again || !*again)
            return out;
        const auto refused = [&](const std::string &why) {
            append(out, refuse(why, command));
            return out;
        };
        if (const std::string why = seatOnly(**again); !why.empty())
            return refused(why);
        auto meant = mean(**again);
        if (!meant)
            return refused(meant.error().message);
        if (!waiting->what.empty() && meant->confirm != waiting->what) // the word is for what was shown, not for what the same words do by now
            return refused("your word was to " + waiting->what + "; by now it would " + (meant->confirm.empty() ? "do something else" : meant->confirm) + "; ask again");
        auto decision = decide(m_state, meant->command, m_by, m_now);
        if (!decision)
            return refused(decision.error().message);
        if (!meant->seat.empty())
            return refused(meant->seat);
        append(out, done(*meant, std::move(*decision), **again));
        return out;
    }

    /// The verb that does the same under its own name, or "".
    [[nodiscard]] std::string_view sameAs(const ChatCommand &c) const
    {
        if (c.kind == Kind::Again)
            return "declare";
        const auto wanted = c.kind == Kind::Status ? statusMeant(c) : std::nullopt;
        if (!wanted)
            return {};
        if (*wanted >= IncidentStatus::Resolved)
            return "resolve";
        const auto i = incidentOf(c);
        return i && !(*i)->isOpen() ? "reopen" : std::string_view();
    }
    /// Why this is not done from chat, by whatever name, or "".
    [[nodiscard]] std::string seatOnly(const ChatCommand &c) const
    {
        const auto &listed = m_state.workspace->seatOnly;
        const auto isListed = [&](std::string_view verb) { return !verb.empty() && std::find(listed.begin(), listed.end(), verb) != listed.end(); };
        if (c.kind != Kind::Seat && !isListed(c.verb)) {
            const std::string_view same = sameAs(c);
            return isListed(same) ? "it does what !" + std::string(same) + " does, and that needs a seat: the console's window or its command line" : std::string();
        }
        return "!" + c.verb + " needs a seat: the console's window or its command line";
    }

    /// The incident it is about: the one named, else the room's, else the only open one.
    [[nodiscard]] Result<const Incident *> incidentOf(const ChatCommand &c) const
    {
        auto meant = c.incident.empty() && m_room ? Result<const Incident *>(m_room) : incidentMeant(m_state, c.incident);
        if (!meant && meant.error().code == Code::NotFound && c.incident.empty())
            if (const Incident *last = resolvedLast(m_state)) // named as it is in chat
                return fail(Code::NotFound, "No incident is open; declare one first, or name one that is over: " + last->id + " was resolved last, !" + (c.verb.empty() ? "log" : c.verb) + " " + last->id);
        return meant;
    }
    [[nodiscard]] std::string nameOf(const std::string &id) const { return m_state.workspace->nameOf(id); }

    /// A person or team by what was typed, as in a task.
    [[nodiscard]] Result<comms::Line> named(const std::string &typed) const
    {
        auto line = comms::parseLine("@" + typed + " x", m_context);
        if (!line)
            return line;
        if (line->personKnown)
            return line;
        std::string several;
        for (const std::string &name : line->candidates)
            several += (several.empty() ? "" : " or ") + name;
        return fail(Code::NotFound, several.empty() ? "there is no person or team " + typed : typed + " can be " + several + "; write the id");
    }

    [[nodiscard]] Result<Meant> mean(const ChatCommand &c) const
    {
        if (c.kind == Kind::Declare)
            return Meant{declare(c), {}};
        if (c.kind == Kind::Ack && c.key.starts_with(kCallPrefix)) { // what the button below a call says
            const std::uint32_t number = numberBehind(kCallPrefix, c.key);
            if (number == 0 || number > m_state.escalations.size() || (m_room && m_state.escalations[number - 1].incident != m_room->id))
                return fail(Code::NotFound, "there is no call " + safeLine(c.key, 60) + " in this incident");
            return Meant{AcknowledgeEscalation{number}, "Answered by " + nameOf(m_message.person) + "."};
        }
        if (c.kind == Kind::Ack && !c.key.empty())
            return Meant{Acknowledge{{c.key.starts_with("inc-") ? "INC-" + c.key.substr(4) : c.key}, c.text}, "Acknowledged by " + nameOf(m_message.person) + "."};
        const auto found = incidentOf(c);
        if (!found)
            return tl::unexpected(found.error());
        const Incident &i = **found;
        if (&i != m_room) // a refusal tells of it, too
            if (const auto ruling = governance::rule(m_state, m_by, {Right::Observe, {{i.service, i.id}}}, c.verb, m_now); !ruling.allowed)
                return fail(Code::Forbidden, ruling.why);
        switch (c.kind) {
        case Kind::Log: return Meant{WriteLog{i.id, c.text}, "Logged."};
        case Kind::Ack: return Meant{acknowledge(i), "Acknowledged by " + nameOf(m_message.person) + "."};
        case Kind::Take: return Meant{TakeCommand{i.id, c.text}, {}};
        case Kind::Object: return Meant{ObjectToTaking{i.id, c.text}, "Command stays where it is."};
        case Kind::Line: return Meant{commandOf(c.line, i.id), "Noted: " + std::string(comms::word(c.line.kind)) + "."};
        case Kind::Severity: return severity(i, c);
        case Kind::Title: return Meant{CorrectTitle{i.id, c.text, {}}, i.id + " is called: " + c.text};
        case Kind::Service: {
            auto another = anotherService(m_state, i, c.text);
            const bool isTold = another && governance::isRestricted(*m_state.workspace, i) && !governance::isRestricted(*m_state.workspace, another->service);
            return another ? Result<Meant>(Meant{*another, i.id + " is of service " + another->service + ".", isTold ? "lift the restriction of " + i.id : std::string()})
                           : tl::unexpected(another.error());
        }
        case Kind::Page: return page(i, c);
        case Kind::Update: return update(i, c);
        case Kind::Poll: return Meant{AskPoll{i.id, c.text, {}}, {}};
        case Kind::Go:
        case Kind::NoGo:
            return Meant{AnswerPoll{i.id, c.kind == Kind::Go ? "go" : "no-go", c.text, {}, numberBehind({}, c.key)},
                         nameOf(m_message.person) + (c.kind == Kind::Go ? ": go." : ": no-go.")};
        case Kind::On: return takeOn(i, c);
        case Kind::Done: {
            auto done = taskDone(m_state, i, c, m_message.person);
            return done ? Result<Meant>(Meant{*done, "Task " + std::to_string(done->task) + " is done."}) : tl::unexpected(done.error());
        }
        case Kind::HandOver: return handOver(i, c);
        case Kind::Accept: return Meant{AcceptCommand{i.id, c.text}, nameOf(m_message.person) + " is Incident Commander of " + i.id + "."};
        case Kind::Decline: return Meant{DeclineCommand{i.id, c.text}, "The offer is gone."};
        case Kind::Reopen: return Meant{ChangeStatus{i.id, "active", c.text}, i.id + " is active again."};
        case Kind::Again:
            if (&i != m_room && governance::isRestricted(*m_state.workspace, i)) // its title would be told here
                return fail(Code::Forbidden, i.id + " is restricted; its own room or a seat shows it");
            return Meant{DeclareAgain{i.id, c.text, c.key, {}, {}, !i.rooms.empty()}, {}};
        case Kind::Status: return status(i, c);
        case Kind::Resolve: return Meant{ChangeStatus{i.id, "resolved", c.text}, i.id + " is resolved.", "resolve " + i.id};
        default: break;
        }
        return fail(Code::Invalid, "that is not a command; !help lists them");
    }

    /// What calls the speaker; when nobody is called, what fires in the incident.
    [[nodiscard]] Command acknowledge(const Incident &i) const
    {
        const bool isCalled = std::any_of(m_state.escalations.begin(), m_state.escalations.end(), [&](const state::Escalation &x) { return x.isRunning() && x.incident == i.id; });
        Acknowledge all;
        if (!isCalled)
            for (const auto &key : i.alerts)
                if (const auto *a = m_state.alert(key); a && a->status == AlertStatus::Firing && a->workflow != Workflow::Acknowledged)
                    all.alerts.push_back(key);
        if (all.alerts.empty())
            all.alerts = {i.id};
        return all;
    }

    /// "cart: it is down" names the service, by its id, name or an alias. What stands before a colon and is none is part of the title.
    [[nodiscard]] DeclareIncident declare(const ChatCommand &c) const
    {
        DeclareIncident d;
        d.title = c.text;
        d.severity = c.key;
        const auto colon = c.text.find(':');
        if (colon == std::string::npos)
            return d;
        const std::string before = comms::folded(comms::trimmed(std::string_view(c.text).substr(0, colon)));
        const std::string_view after = comms::trimmed(std::string_view(c.text).substr(colon + 1));
        const Service *service = before.empty() || after.empty() ? nullptr : serviceNamed(*m_state.workspace, before);
        if (service) {
            d.service = service->id;
            d.title = std::string(after);
        }
        return d;
    }
    /// `!status mitigated why` sets it; without one of these words it only asks.
    [[nodiscard]] static std::optional<IncidentStatus> statusMeant(const ChatCommand &c) { return fromWord<IncidentStatus>(comms::folded(comms::firstWord(c.text).first)); }
    [[nodiscard]] static Meant status(const Incident &i, const ChatCommand &c)
    {
        const IncidentStatus wanted = statusMeant(c).value_or(i.status);
        const std::string is = std::string(word(wanted)), why(comms::firstWord(c.text).second);
        const bool isHard = wanted >= IncidentStatus::Resolved; // to take back, for those who were told
        return Meant{ChangeStatus{i.id, is, why}, i.id + " is " + is + ".", isHard ? (wanted == IncidentStatus::Cancelled ? "call " + i.id + " off" : "set " + i.id + " to " + is) : std::string()};
    }

    [[nodiscard]] Result<Meant> severity(const Incident &i, const ChatCommand &c) const
    {
        const auto wanted = fromWord<IncidentSeverity>(c.key);
        if (!wanted)
            return fail(Code::Invalid, "the severity is SEV1 to SEV5: !sev SEV2 why");
        Meant out{ChangeSeverity{i.id, c.key, c.text}, i.id + " is " + std::string(word(*wanted)) + "."};
        if (*wanted > i.severity) { // SEV1 is the first
            if (c.text.empty())
                return fail(Code::Invalid, "say why " + i.id + " is less severe: !sev " + std::string(word(*wanted)) + " why");
            out.confirm = "lower " + i.id + " from " + std::string(word(i.severity)) + " to " + std::string(word(*wanted));
        }
        return out;
    }

    [[nodiscard]] Result<Meant> page(const Incident &i, const ChatCommand &c) const
    {
        const auto who = named(c.name);
        if (!who)
            return tl::unexpected(who.error());
        const std::string about = "page " + who->personName + " for " + i.id;
        if (who->team) {
            const Team *team = m_state.workspace->team(who->person);
            if (!team || team->policy.empty())
                return fail(Code::Conflict, "team " + who->person + " has no escalation policy; page a person who is called for " + i.id);
            StartEscalation start{i.id, {}, team->policy};
            if (const auto started = decide(m_state, start, m_by, m_now); started || started.error().code != Code::Conflict)
                return Meant{std::move(start), who->personName, about};
            const auto *running = callOf(i, team->policy); // it is being called already: on to the next step
            return running ? Meant{EscalateNow{running->number, 0, {}, c.text}, who->personName, about} : Meant{std::move(start), who->personName, about};
        }
        const auto *running = callOf(i, {});
        if (!running)
            return fail(Code::Conflict, "nobody is being called for " + i.id + "; page a team first");
        return Meant{EscalateNow{running->number, 0, who->person, c.text}, who->personName, about};
    }

    /// The newest call that runs for an incident (by this policy).
    [[nodiscard]] const state::Escalation *callOf(const Incident &i, std::string_view policy) const
    {
        const auto x = std::find_if(m_state.escalations.rbegin(), m_state.escalations.rend(),
                                    [&](const state::Escalation &e) { return e.isRunning() && e.incident == i.id && (policy.empty() || e.policy == policy); });
        return x == m_state.escalations.rend() ? nullptr : &*x;
    }
    [[nodiscard]] Result<Meant> update(const Incident &i, const ChatCommand &c) const
    {
        const UpdateTemplate *t = m_state.workspace->updateTemplate(c.key);
        if (!t) {
            std::string all;
            for (const UpdateTemplate &each : m_state.workspace->templates)
                all += (all.empty() ? "" : ", ") + each.id;
            return fail(Code::NotFound, "there is no template " + c.key + (all.empty() ? "" : "; there are " + all));
        }
        SendUpdate send{i.id, t->id, c.fields};
        if (!c.text.empty()) { // it is what is asked for first and was not said by name
            const auto field = std::find_if(t->fields.begin(), t->fields.end(), [&](const UpdateField &f) { return f.required && !c.fields.contains(f.name); });
            const auto any = field != t->fields.end() ? field : std::find_if(t->fields.begin(), t->fields.end(), [&](const UpdateField &f) { return !c.fields.contains(f.name); });
            if (any == t->fields.end())
                return fail(Code::Invalid, "template " + t->id + " has no place for \"" + safeLine(c.text, 60) + "\"; write field=value");
            send.set[any->name] = c.text;
        }
        // What people outside are told is the verb "publish", whatever it is called here.
        const bool isOutside = needOf(m_state, send, m_by).right == Right::Publish;
        Meant out{std::move(send), "Update to " + t->audience + " written.", isOutside ? "send the update " + t->id + " to " + t->audience : std::string()};
        if (isOutside && !m_state.workspace->chatPublishes)
            out.seat = "an update to " + t->audience + " goes outside and needs a seat: the console's window or its command line (quarterdeckctl update --incident " + i.id + " --template " + t->id + ")";
        return out;
    }

    /// The task named, else the oldest of the speaker's that they did not take on yet.
    [[nodiscard]] Result<Meant> takeOn(const Incident &i, const ChatCommand &c) const
    {
        std::uint32_t number = numberBehind({}, c.key);
        if (number == 0) {
            const auto mine = std::find_if(i.tasks.begin(), i.tasks.end(), [&](const state::Task &t) { return t.person == m_message.person && !t.acceptedAt && !t.doneAt; });
            if (mine == i.tasks.end())
                return fail(Code::NotFound, "no task of yours waits in " + i.id + "; !on N names one of your team's");
            number = mine->number;
        }
        return Meant{AcceptTask{i.id, number}, nameOf(m_message.person) + " is on task " + std::to_string(number) + "."};
    }

    [[nodiscard]] Result<Meant> handOver(const Incident &i, const ChatCommand &c) const
    {
        const auto who = named(c.name);
        if (!who)
            return tl::unexpected(who.error());
        if (who->team)
            return fail(Code::Invalid, "command is handed to a person, not a team");
        return Meant{OfferCommand{i.id, who->person, c.text, {}, {}}, i.id + " is offered to " + who->personName + ", who answers: !accept what they heard.", "hand " + i.id + " over to " + who->personName};
    }

    // --- what only tells ---
    [[nodiscard]] events::Events told(const ChatCommand &c) const
    {
        const state::Alert *alert = c.kind == Kind::Why ? m_state.alert(c.key) : nullptr;
        ChatCommand about = c;
        if (c.kind == Kind::Why && !alert)
            about.incident = c.key;
        Result<const Incident *> found = alert ? Result<const Incident *>(nullptr) : incidentOf(about);
        if (!found)
            return refuse(c.kind == Kind::Why ? "there is no alert or incident " + c.key : found.error().message);
        governance::Need need{Right::Observe, {}};
        if (alert)
            need.about = {{std::string(m_state.text(alert->service)), std::string(m_state.text(alert->incident))}};
        else
            need.about = {{(*found)->service, (*found)->id}};
        if (const auto ruling = governance::rule(m_state, m_by, need, c.verb, m_now); !ruling.allowed)
            return refuse(ruling.why);
        events::Events out;
        const Incident *shown = alert ? m_state.incident(m_state.text(alert->incident)) : *found;
        if (shown && shown != m_room && governance::isRestricted(*m_state.workspace, *shown))
            return refuse(shown->id + " is restricted; its own room or a seat shows it");
        if (alert && (!shown || shown != m_room) && governance::isRestricted(*m_state.workspace, m_state.text(alert->service)))
            return refuse("the alert is of a restricted service; a seat shows it");
        std::string text = c.kind == Kind::Status ? situation(m_state, **found) : alert ? whyInWords(m_state, *alert) : c.kind == Kind::Who ? whoHasIt(m_state, **found, m_now) : whyInWords(m_state, **found);
        return here(reply(m_room ? inRoom(m_state, *m_room, m_message, need.about.front(), std::move(text)) : std::move(text)), shown);
    }

    /// A text for outside, to whoever may look at its incident: to them alone, or in the incident's own room. Who gives a check of it gets a word for what was
    /// read, when all of it could be.
    [[nodiscard]] events::Events shown(const ChatCommand &c) const
    {
        const auto found = incidentOf(c);
        if (!found)
            return refuse(found.error().message);
        const Incident &i = **found;
        if (const auto ruling = governance::rule(m_state, m_by, {Right::Observe, {{i.service, i.id}}}, c.verb, m_now); !ruling.allowed)
            return refuse(ruling.why);
        if (&i != m_room && (m_room || governance::isRestricted(*m_state.workspace, i)))
            return refuse(m_room ? "a text of " + i.id + " is read in its own room, or to me alone" : i.id + " is restricted; its own room or a seat shows it");
        const auto text = textInChat(m_state, i, numberBehind({}, c.key), m_message.person, m_now);
        if (!text)
            return refuse(text.error().message);
        const std::string word = text->checks.empty() ? std::string() : wordFor(m_message), whole = answerWith(*text, word, text->why);
        // A text that was not released is for who asked: the incident's other rooms, a vendor's or a customer's among them, do not get it.
        const auto said = [&](std::string answer) { return here(reply(std::move(answer), kReadLimit), &i); };
        const auto *waiting = m_state.access.confirmation(m_message.incident, addressOf(m_state, m_message));
        if (waiting && waiting->person == m_message.person && m_now < waiting->until && waiting->command == keptAs(text->read))
            return said("Message " + std::to_string(text->read.message) + " of " + i.id + " stands above as it is now; your word for it is " + waiting->word + ".");
        // Whoever gives no check of it waits for nothing: the same is not said again here while it stands above, and that it does so many times only.
        const auto once = [&](const std::string &answer) {
            events::Events all = said(answer);
            if (saidLately(m_state, all, m_now - kReadFor) == 0)
                return all;
            all = said("Message " + std::to_string(text->read.message) + " of " + i.id + " stands above as it is now.");
            return saidLately(m_state, all, m_now - kReadFor) < kAnswered ? all : events::Events{};
        };
        if (word.empty())
            return once(whole);
        events::Events out = said(whole);
        if ( std::none_of(out.begin(), out.end(), [](const events::Event &e) { return holds<events::OutboxQueued>(e); })) // it could not be said here: nothing was read
            return out;
        const bool isWhole = whole.size() <= kReadLimit && std::none_of(out.begin(), out.end(), [&](const events::Event &e) {
            const auto *q = getIf<events::OutboxQueued>(&e);
            if (!q)
                return false;
            events::OutboxQueued sealed = *q;
            governance::seal(m_state, sealed);
            return sealed.text != q->text;
        });
        if (!isWhole) // nobody approves what they could not read
            return once(answerWith(*text, {}, "Not all of it can be read here, so it is not approved from here: a seat shows it (quarterdeckctl message show " + std::to_string(text->read.message) + " --incident " + i.id + ")."));
        out.insert(out.begin(), events::ConfirmationAsked{m_message.incident, m_message.person, addressOf(m_state, m_message), word, keptAs(text->read),
                                                          "give a check of message " + std::to_string(text->read.message) + " of " + i.id, m_now + kReadFor});
        return out;
    }

    /// A check given or refused, of the text whose word this address was told. The word is used up by it.
    [[nodiscard]] events::Events judged(const ChatCommand &c) const
    {
        const auto *waiting = m_state.access.confirmation(m_message.incident, addressOf(m_state, m_message));
        const auto meant = judgementInChat(m_state, c, waiting, m_message.person, m_now);
        if (!meant)
            return refuse(meant.error().message);
        auto decision = decide(m_state, *meant, m_by, m_now);
        const auto *judgement = decision && !decision->events.empty() ? getIf<events::MessageJudged>(&decision->events.front()) : nullptr;
        if (!judgement)
            return refuse(decision ? "nothing came of it" : decision.error().message);
        const std::string done = nameOf(m_message.person) + (judgement->approved ? " gave \"" : " refused \"") + judgement->stage + "\" for version " + std::to_string(judgement->version) + " of message "
            + std::to_string(judgement->message) + " of " + judgement->incident + (judgement->approved ? "." : ": " + judgement->reason);
        events::Events out{events::ConfirmationGiven{m_message.incident, addressOf(m_state, m_message), waiting->word}};
        const Incident *i = m_state.incident(judgement->incident);
        if (i && i != m_room) // its rooms did not hear it being said
            append(out, Gate(m_state).post(*i, done, {}, {"post/timeline", {"said to the console alone"}, {}}));
        append(out, this->done({*meant, done}, std::move(*decision), c));
        return out;
    }

    const State &m_state;
    const events::MessageSeen &m_message;
    Instant m_now;
    events::Actor m_by;
    const Incident *m_room;
    comms::LineContext m_context;
};

} // namespace

events::Events obey(const State &state, const events::MessageSeen &m, Instant now)
{
    if (m.own || m.replayed || m.kind != events::MessageKind::Message || (!m.incident.empty() && !state.incident(m.incident)))
        return {};
    return Obeying(state, m, now).run();
}

} // namespace qd::desk
