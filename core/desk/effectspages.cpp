// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/effects.h"

#include "core/base/safetext.h"
#include "core/model/marking.h"
#include "core/oncall/bundling.h"
#include "core/oncall/channels.h"
#include "core/oncall/pagers.h"

#include <algorithm>

/// What calls people: the part of the gate that chooses by which way.
namespace qd::desk {

using events::Effect;
using events::WriteWithheld;
using state::Escalation;
using state::Incident;
using state::Source;

namespace {

constexpr std::size_t kNamedInBundle = 20;
constexpr std::size_t kTitleLimit = 200;
constexpr std::size_t kMentionedAtMost = 20; ///< in one message

/// How bad it is: the incident's severity, or that of the alert that calls by itself.
std::string severityOf(const Incident *incident, const Escalation &x)
{
    return std::string(incident ? word(incident->severity) : x.severity == AlertSeverity::None ? std::string_view() : word(x.severity));
}

std::string titleOf(const Incident *incident, const Escalation &x)
{
    if (!incident)
        return safeLine(severityOf(incident, x) + (x.severity == AlertSeverity::None ? "" : ": ") + x.about, kTitleLimit);
    return safeLine((incident->isDrill() ? incident->kind == "drill" ? "DRILL " : "EXAMPLE " : "") + std::string(word(incident->severity)) + " " + incident->id + ": " + x.about, kTitleLimit);
}

std::string wordsOf(const Escalation &x, const state::Step &step)
{
    if (x.isDirect())
        return "Asked for by name" + std::string(step.round > 0 ? ", again" : "");
    return "Step " + std::to_string(step.number) + " of policy " + x.policy;
}

/// What it is about, and what it may come from, are words from outside: a mark in them that is not closed would take what has to be done with it.
std::string closedAbout(const Escalation &x)
{
    return closed(x.about);
}

/// "likely consequence of db (checkout → db)" as a sentence of a page, or "".
std::string likely(const Escalation &x)
{
    const std::string words = closed(state::consequence(x));
    return words.empty() ? words : " L" + words.substr(1) + ".";
}

/// What a call is answered by.
std::string keyOf(const Escalation &x)
{
    return x.incident.empty() ? "escalation/" + std::to_string(x.number) : x.incident;
}

/// The step an entry of the outbox belongs to: the last with its number that was reached by then.
Instant reachedAt(const Escalation &x, const state::OutboxEntry &entry)
{
    Instant at = x.startedAt;
    for (const state::Step &s : x.steps)
        if (s.at <= entry.queuedAt && entry.what.subject == oncall::pageSubject(x.number, s.number))
            at = s.at;
    return at;
}

} // namespace

Gate::Talk Gate::talk(const Person *person, const Incident *incident) const
{
    Talk out;
    for (const Source &s : m_state.sources) {
        if (!isChat(s.connection.kind) || isPostOnly(s.connection.kind) || (person && oncall::addressesAt(m_state, *person, s.connection).empty()))
            continue;
        out.alone = true;
        if (!incident)
            continue;
        // A room is made just after who is called was: in the record of its declaration it is still to come.
        const bool isComing = incident->rooms.empty() && incident->declaredAt == m_state.time && allows(s.armed, Write::Rooms);
        for (const state::Room &room : incident->rooms)
            if (person && out.room.empty() && room.connection == s.connection.name && room.attached && !room.leftAt)
                out.room = room.address;
        out.inRoom = out.inRoom || isComing || std::any_of(incident->rooms.begin(), incident->rooms.end(), [&](const state::Room &r) { return r.connection == s.connection.name && !r.leftAt; });
    }
    return out;
}

std::string Gate::howToAnswer(const Talk &talk, const std::string &key)
{
    const std::string here = "quarterdeckctl ack " + key;
    if (talk.inRoom)
        return ". Answer with !ack in the incident's room" + (talk.room.empty() ? std::string() : " (" + talk.room + ")") + ", to me alone in chat: !ack " + key + ", or: " + here;
    if (talk.alone)
        return ". Answer in chat, to me alone: !ack " + key + ", or: " + here;
    return ". Answer: " + here;
}

std::vector<std::string> Gate::mentioned(const state::Step &step, const Connection &connection) const
{
    std::vector<std::string> out;
    if (isPostOnly(connection.kind))
        return out;
    for (const std::string &person : step.people) {
        const Person *p = m_state.workspace->person(person);
        if (!p || out.size() >= kMentionedAtMost || std::any_of(p->channels.begin(), p->channels.end(), [](const std::string &c) { return c.starts_with("mention"); }))
            continue;
        for (std::string &address : oncall::addressesAt(m_state, *p, connection))
            out.push_back(std::move(address));
    }
    return out;
}

events::Event Gate::toPerson(const Person &person, events::OutboxQueued what, const std::vector<std::string> &tried, bool isDrill)
{
    WriteWithheld withheld{Effect::Page, {}, what.incident, person.id, what.text, {}};
    events::Because passed;
    if (!tried.empty()) // why they are none
        passed.ruledOut = what.because.ruledOut;
    const bool isCall = what.subject.starts_with("page/") || what.subject.starts_with("bundle/");
    const auto channel = oncall::chooseChannel(m_state, person, tried, passed, {isCall, m_state.incident(what.incident)});
    if (!channel) {
        for (const std::string &why : passed.ruledOut)
            withheld.reason += (withheld.reason.empty() ? "" : "; ") + why;
        const bool isArmed = std::any_of(m_state.sources.begin(), m_state.sources.end(), [](const Source &s) { return allows(s.armed, Write::Pages); });
        if (!isArmed)
            withheld.reason = "no connection is armed for pages";
        else if (withheld.reason.empty())
            withheld.reason = "no address is bound to " + person.id;
        if (const Source *chatting = chat(Write::Pages); chatting && passed.ruledOut.empty())
            withheld.connection = chatting->connection.name;
        return withheld;
    }
    const Source *s = m_state.source(channel->connection);
    if (isDrill && isPager(s->connection.kind)) {
        withheld.connection = channel->connection;
        withheld.reason = "a drill reaches nobody's pager or mail; it is said in chat only";
        return withheld;
    }
    if (channel->address.empty() && !isWebhook(s->connection.kind)) {
        withheld.connection = channel->connection;
        withheld.reason = "no address is bound to " + person.id;
        return withheld;
    }
    what.person = person.id;
    what.room = channel->address;
    what.mentions = channel->mentions;
    if (tried.empty())
        what.because.ruledOut.insert(what.because.ruledOut.end(), passed.ruledOut.begin(), passed.ruledOut.end());
    else
        what.because.ruledOut = std::move(passed.ruledOut);
    return queue(Effect::Page, *s, std::move(what));
}

events::Events Gate::page(const Escalation &x, const state::Step &step, const std::string &person)
{
    const Incident *incident = m_state.incident(x.incident);
    events::OutboxQueued what;
    what.incident = x.incident;
    what.escalation = x.number;
    what.title = titleOf(incident, x);
    what.severity = severityOf(incident, x);
    const Person *p = m_state.workspace->person(person);
    what.text = "You are called: " + closedAbout(x) + "." + likely(x) + " " + wordsOf(x, step) + (x.incident.empty() ? "" : ", " + x.incident)
        + howToAnswer(p ? talk(p, incident) : Talk{}, keyOf(x));
    what.subject = oncall::pageSubject(x.number, step.number);
    what.because = {"page/step", {"step " + std::to_string(step.number) + " of policy " + x.policy + " names " + person}, {}};
    const std::vector<std::string> passed = wouldTriggerAgain(oncall::heldOutside(m_state, x), what.because);
    return {toPerson(p ? *p : Person{person, {}, {}, {}}, std::move(what), passed, incident && incident->isDrill())};
}

std::vector<std::string> Gate::wouldTriggerAgain(const std::string &held, events::Because &because) const
{
    if (held.empty())
        return {};
    std::vector<std::string> out = thatWouldTrigger();
    for (const std::string &name : out)
        because.ruledOut.push_back("webhook:" + name + ": it is " + held + " already, and is not triggered a second time");
    return out;
}

events::Events Gate::over(const Escalation &x, const std::string &person, events::Because because)
{
    events::OutboxQueued what;
    what.incident = x.incident;
    what.person = person;
    what.title = safeLine("Over: " + x.about, kTitleLimit);
    what.text = "Over: " + closedAbout(x) + ". Every alert you were called for has ended; nothing is left to do for this call.";
    what.subject = "over/" + std::to_string(x.number);
    because.rule = "page/over";
    what.because = std::move(because);
    return {say(person, std::move(what), false)};
}

events::Events Gate::merged(const Escalation &x, const std::string &person, const std::string &into)
{
    events::OutboxQueued what;
    what.incident = x.incident;
    what.person = person;
    what.title = safeLine(x.incident + " is part of " + into + " now", kTitleLimit);
    what.text = x.incident + " (" + closedAbout(x) + "), which you were called for, was merged into " + into + " and goes on there; nothing is left to do for this call.";
    what.subject = "over/" + std::to_string(x.number);
    what.because = {"page/merged", {x.incident + " was merged into " + into}, {}};
    const Incident *incident = m_state.incident(x.incident);
    return {say(person, std::move(what), incident && incident->isDrill())};
}

events::Events Gate::notTheirs(const Escalation &x, const std::string &person, const std::string &service)
{
    events::OutboxQueued what;
    what.incident = x.incident;
    what.person = person;
    what.title = safeLine(x.incident + " is of service " + service, kTitleLimit);
    what.text = x.incident + " (" + closedAbout(x) + "), which you were called for, is of service " + service + ", not of " + x.service + "; others are called for it, and nothing is left to do for this call.";
    what.subject = "over/" + std::to_string(x.number);
    what.because = {"page/not-theirs", {x.incident + " is of service " + service}, {}};
    const Incident *incident = m_state.incident(x.incident);
    return {say(person, std::move(what), incident && incident->isDrill())};
}

events::Event Gate::say(const std::string &person, events::OutboxQueued what, bool isDrill)
{
    what.person = person;
    const Person *p = m_state.workspace->person(person);
    return toPerson(p ? *p : Person{person, {}, {}, {}}, std::move(what), thatWouldTrigger(), isDrill);
}

std::vector<std::string> Gate::thatWouldTrigger() const
{
    std::vector<std::string> out;
    for (const Source &s : m_state.sources)
        if (triggersIncidents(s.connection.kind))
            out.push_back(s.connection.name);
    return out;
}

events::Events Gate::nextChannel(const state::OutboxEntry &entry)
{
    const Person *person = m_state.workspace->person(entry.what.person);
    const std::uint32_t number = entry.what.escalation;
    const Escalation *x = number >= 1 && number <= m_state.escalations.size() ? &m_state.escalations[number - 1] : nullptr;
    const std::string &subject = entry.what.subject;
    const bool isSaid = subject.starts_with("over/") || subject.starts_with("told/") || subject.starts_with("glass/");
    if (!person || (x && !x->isRunning()) || (!x && !isSaid && !subject.starts_with("bundle/")))
        return {};
    const Instant since = x ? reachedAt(*x, entry) : entry.queuedAt;
    std::vector<std::string> tried = isSaid ? thatWouldTrigger() : std::vector<std::string>();
    for (const auto &[n, o] : m_state.outbox)
        if (o.what.effect == Effect::Page && o.what.person == entry.what.person && o.what.subject == entry.what.subject && o.queuedAt >= since)
            tried.push_back(o.what.connection);
    events::OutboxQueued what = entry.what;
    what.number = 0;
    what.because = {"page/next-channel", {entry.what.connection + ": " + (entry.reason.empty() ? "it failed" : entry.reason)}, {}};
    if (x)
        for (std::string &name : wouldTriggerAgain(oncall::heldOutside(m_state, *x), what.because))
            tried.push_back(std::move(name));
    const Incident *incident = m_state.incident(entry.what.incident);
    events::Event next = toPerson(*person, std::move(what), tried, incident && incident->isDrill());
    if (holds<WriteWithheld>(next))
        return {}; // there is no other: the one in trouble goes on trying
    return {std::move(next)};
}

events::Events Gate::pageChannel(const Escalation &x, const state::Step &step, const std::string &channel)
{
    const Incident *incident = m_state.incident(x.incident);
    const bool isDrill = incident && incident->isDrill();
    if (incident && channel == "room:incident" && canPost(m_state, *incident))
        return {};
    events::OutboxQueued what;
    what.incident = x.incident;
    what.escalation = x.number;
    what.person = channel;
    what.title = titleOf(incident, x);
    what.severity = severityOf(incident, x);
    what.text = "Called: " + closedAbout(x) + "." + likely(x) + " " + wordsOf(x, step) + howToAnswer(talk(nullptr, incident), keyOf(x));
    what.subject = oncall::pageSubject(x.number, step.number);
    what.because = {"page/step", {"step " + std::to_string(step.number) + " of policy " + x.policy + " names " + channel}, {}};
    WriteWithheld withheld{Effect::Page, {}, x.incident, channel, what.text, {}};
    const std::string name = channel.substr(channel.find(':') + 1);
    if (channel == "room:incident") {
        withheld.reason = "no channel: the incident has no room that is armed for posts";
    } else if (channel.starts_with("webhook:")) {
        const Source *s = m_state.source(name);
        withheld.connection = s ? name : std::string();
        if (!s || !isWebhook(s->connection.kind))
            withheld.reason = "no channel: nothing is connected for " + channel;
        else if (!allows(s->armed, Write::Pages))
            withheld.reason = "the connection observes only; arm it with: arm " + name + " --allow pages";
        else if (isDrill)
            withheld.reason = "a drill reaches nobody's pager or mail; it is said in chat only";
        else if (const std::string held = triggersIncidents(s->connection.kind) ? oncall::heldOutside(m_state, x) : std::string(); !held.empty())
            withheld.reason = "it is " + held + " already, and is not triggered a second time";
        else
            return {queue(Effect::Page, *s, std::move(what))};
    } else {
        // A room of the team's own, by its name on our chat connection or its whole address.
        const Source *s = name.find('@') != std::string::npos ? roomsConnection(m_state, name) : chat(Write::Posts, true);
        what.room = s && name.find('@') == std::string::npos ? name + "@" + std::string(roomHost(s->connection)) : name;
        withheld.connection = s ? s->connection.name : std::string();
        if (incident && std::any_of(incident->rooms.begin(), incident->rooms.end(), [&](const auto &r) { return r.address == what.room; }))
            return {}; // it is told of every step anyway
        if (!s)
            withheld.reason = "no channel: nothing is connected for " + channel;
        else if (!allows(s->armed, Write::Posts))
            withheld.reason = "the connection is not armed for posts";
        else if (isDrill)
            withheld.reason = "a drill is said in its own room only";
        else {
            what.mentions = mentioned(step, s->connection);
            return {queue(Effect::Post, *s, std::move(what))};
        }
    }
    return {std::move(withheld)};
}

events::Events Gate::step(const Incident &incident, const Escalation &x, const std::string &text, const std::string &subject, events::Because because)
{
    const bool isReal = !x.observed && x.isRunning() && !x.steps.empty();
    events::Events out = post(incident, text, subject, std::move(because));
    for (events::Event &e : out) {
        auto *what = getIf<events::OutboxQueued>(&e);
        const Source *s = what && isReal ? m_state.source(what->connection) : nullptr;
        if (!s)
            continue;
        what->escalation = x.number;
        what->text += isPostOnly(s->connection.kind) ? ". Answer: quarterdeckctl ack " + keyOf(x) : ". Answer here: !ack, or: quarterdeckctl ack " + keyOf(x);
        what->mentions = mentioned(x.steps.back(), s->connection);
    }
    return out;
}

events::Events Gate::bundle(const events::BundleSent &b)
{
    const Person *person = m_state.workspace->person(b.person);
    if (b.escalations.empty() || !person)
        return {};
    // Without the incidents' words: those are their own streams'.
    events::OutboxQueued what;
    std::string names, keys, held;
    bool areAllHeld = true;
    std::size_t n = 0;
    for (const std::uint32_t number : b.escalations) {
        if (number == 0 || number > m_state.escalations.size() || ++n > kNamedInBundle)
            continue;
        const Escalation &x = m_state.escalations[number - 1];
        const Incident *i = m_state.incident(x.incident);
        if (areAllHeld)
            held = oncall::heldOutside(m_state, x);
        areAllHeld = areAllHeld && !held.empty();
        if (const std::string key = keyOf(x); (keys + " ").find(" " + key + " ") == std::string::npos)
            keys += " " + key;
        names += (names.empty() ? "" : ", ") + keyOf(x) + (i ? " (" + std::string(word(i->severity)) + (x.service.empty() ? "" : ", " + closed(x.service)) + ")" : "")
            + (x.suspect.empty() ? "" : ", likely consequence of " + closed(x.suspect));
    }
    if (n > kNamedInBundle)
        names += " and " + std::to_string(n - kNamedInBundle) + " more";
    const std::string count = std::to_string(b.escalations.size()) + (b.escalations.size() == 1 ? " more call" : " more calls");
    what.title = count;
    what.text = count + ": " + names + (talk(person, nullptr).alone ? ". Answer all of them in chat, to me alone: !ack; each with !ack in its room, or: quarterdeckctl ack" : ". Answer: quarterdeckctl ack") + keys;
    what.subject = "bundle/" + std::to_string(b.bundle);
    what.calls = b.escalations;
    what.because = {"page/bundle", {std::to_string(b.escalations.size()) + " calls waited for one message"}, {}};
    const std::vector<std::string> passed = wouldTriggerAgain(areAllHeld && n <= kNamedInBundle ? held : std::string(), what.because);
    return {toPerson(*person, std::move(what), passed, false)};
}

events::Events Gate::testPage(const events::PageTested &test)
{
    const Person *person = m_state.workspace->person(test.person);
    if (!person)
        return {};
    events::Events out;
    const std::string subject = "test/" + std::to_string(test.test);
    const std::string text = "This is a test, nothing is wrong: test page " + std::to_string(test.test) + " of " + m_state.workspace->name + " to " + person->name
        + ", asked for by " + m_state.workspace->nameOf(test.by.person) + ". Nothing has to be answered"
        + (talk(person, nullptr).alone ? "; to try that as well, in chat, to me alone: !ack " + subject : m_state.workspace->publicUrl.empty() ? "." : "; to try that as well, open the link.");
    const auto channels = oncall::channelsOf(m_state, *person, {true, nullptr});
    for (const oncall::Channel &c : channels) {
        const Source *s = m_state.source(c.connection);
        if (!s || (c.address.empty() && !isWebhook(s->connection.kind))) {
            out.emplace_back(WriteWithheld{Effect::Page, c.connection, {}, person->id, subject + " " + c.word, s ? "no address is bound to " + person->id : c.trouble});
            continue;
        }
        events::OutboxQueued what;
        what.person = person->id;
        what.room = c.address;
        what.mentions = c.mentions;
        what.title = "TEST: nothing is wrong";
        what.text = text;
        what.subject = subject;
        what.because = {"page/test", {test.by.person + " tests " + c.word}, {}};
        out.push_back(queue(Effect::Page, *s, std::move(what)));
    }
    if (channels.empty())
        out.emplace_back(WriteWithheld{Effect::Page, {}, {}, person->id, subject, "no address is bound to " + person->id});
    return out;
}

events::Events Gate::answer(const events::MessageSeen &message, std::string text)
{
    const Source *s = m_state.source(message.connection);
    if (!s)
        return {};
    if (!allows(s->armed, Write::Pages))
        return {WriteWithheld{Effect::Reply, s->connection.name, {}, message.person, std::move(text), "the connection is not armed for pages"}};
    events::OutboxQueued what;
    what.person = message.person;
    what.room = message.sender;
    what.thread = message.thread;
    what.text = std::move(text);
    what.because = {"reply/direct", {}, {}};
    return {queue(Effect::Reply, *s, std::move(what))};
}

events::Events Gate::notice(const std::string &person, std::string title, std::string text, std::string subject, events::Because because)
{
    events::OutboxQueued what;
    what.title = safeLine(title, kTitleLimit);
    what.text = std::move(text);
    what.subject = std::move(subject);
    what.because = std::move(because);
    return {say(person, std::move(what), false)};
}

events::Events Gate::whisper(const std::string &connection, const std::string &address, std::string text)
{
    const Source *s = m_state.source(connection);
    if (!s || !allows(s->armed, Write::Pages))
        return {};
    events::OutboxQueued what;
    what.room = address;
    what.text = std::move(text);
    what.because = {"reply/bind", {"asked from " + address}, {}};
    return {queue(Effect::Page, *s, std::move(what))};
}

events::Events Gate::tellPagers(const Escalation &x, Effect effect)
{
    events::Events out;
    std::vector<std::string> told;
    for (const auto &[n, o] : m_state.outbox)
        if (o.what.escalation == x.number && o.what.effect == effect)
            told.push_back(o.what.connection);
    for (const auto &[n, o] : m_state.outbox) {
        const Source *s = m_state.source(o.what.connection);
        if (o.what.escalation != x.number || o.what.effect != Effect::Page || !s || !triggersIncidents(s->connection.kind) || o.delivery == Delivery::Failed
            || std::find(told.begin(), told.end(), o.what.connection) != told.end())
            continue;
        told.push_back(o.what.connection);
        events::OutboxQueued what;
        what.incident = x.incident;
        what.escalation = x.number;
        what.person = o.what.person;
        what.title = o.what.title;
        what.severity = o.what.severity;
        what.text = effect == Effect::PageAnswered ? m_state.workspace->nameOf(x.acknowledgedBy) + " answered the call" : (x.incident.empty() ? std::string("it") : x.incident) + " is over";
        what.subject = o.what.subject;
        what.because = {"page/told", {"the trouble was sent to " + o.what.connection}, {}};
        if (allows(s->armed, Write::Pages))
            out.push_back(queue(effect, *s, std::move(what)));
        else
            out.emplace_back(WriteWithheld{effect, s->connection.name, x.incident, o.what.person, what.text, "the connection is no longer armed for pages"});
    }
    if (knowsAlready(x, effect, out.size())) // it was said there first
        return {};
    return out;
}

std::vector<std::string> reachedBy(const Escalation &call)
{
    std::vector<std::string> out;
    for (const state::Step &step : call.steps)
        for (const std::string &person : step.people)
            if (std::find(out.begin(), out.end(), person) == out.end() && std::find(step.unreachable.begin(), step.unreachable.end(), person) == step.unreachable.end())
                out.push_back(person);
    return out;
}

} // namespace qd::desk
