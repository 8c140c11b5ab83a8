// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/intervening.h"
#include "core/state/timeline.h"

#include <algorithm>

/// Moments that are marked, and polls.
namespace qd::state {

namespace {

std::string momentNamed(std::uint32_t n)
{
    return "moment/" + std::to_string(n);
}

std::string goText(bool go)
{
    return go ? "go" : "no-go";
}

std::string pollNamed(std::uint32_t n)
{
    return "poll/" + std::to_string(n);
}

Poll *pollOf(State &state, std::string_view incident, std::uint32_t number)
{
    Incident *i = incidentOf(state, incident);
    if (!i)
        return nullptr;
    const auto it = std::find_if(i->polls.begin(), i->polls.end(), [&](const Poll &p) { return p.number == number; });
    return it == i->polls.end() ? nullptr : &*it;
}

void withdraw(State &state, const events::MomentMarked &e)
{
    Incident *i = incidentOf(state, e.incident);
    const auto it = i ? std::find_if(i->moments.begin(), i->moments.end(), [&](const KeyMoment &m) { return m.number == e.moment; }) : decltype(i->moments.begin()){};
    if (!i || it == i->moments.end() || it->withdrawnAt)
        return;
    it->withdrawnAt = state.time;
    // The line stays, and says that it does not count.
    for (std::size_t n = 0; n < i->timeline.size(); ++n)
        if (const Entry &line = i->timeline[n]; line.kind == EntryKind::Moment && line.reference == momentNamed(e.moment))
            i->timeline.edit(n).removed = true;
    note(state, e.incident, EntryKind::Log, e.by.person, "takes back moment " + std::to_string(e.moment) + ": " + it->text).via = e.by.via;
}

} // namespace

std::string momentReference(const Entry &line)
{
    constexpr std::size_t kIdBytes = 180; // a moment's reference holds 200
    return line.kind == EntryKind::Message && !line.messageId.empty() ? "message/" + line.messageId.substr(0, kIdBytes) : line.reference;
}

const PollAnswer *Poll::answerOf(std::string_view person) const
{
    const auto it = std::find_if(answers.begin(), answers.end(), [&](const PollAnswer &a) { return a.person == person; });
    return it == answers.end() ? nullptr : &*it;
}

std::size_t Poll::count(bool go) const
{
    return static_cast<std::size_t>(std::count_if(answers.begin(), answers.end(), [&](const PollAnswer &a) { return a.go == go; }));
}

std::vector<std::string> Poll::silent() const
{
    std::vector<std::string> out;
    std::copy_if(people.begin(), people.end(), std::back_inserter(out), [&](const std::string &p) { return !answerOf(p); });
    return out;
}

std::string inWords(const PollAnswer &a)
{
    return goText(a.go) + (a.by.empty() ? "" : ", as said aloud") + (a.ownAt ? "; " + goText(a.ownGo) + " by their own word at " + clockText(a.ownAt) : "");
}

std::string inWords(const Poll &poll)
{
    std::string out = std::to_string(poll.count(true)) + " go, " + std::to_string(poll.count(false)) + " no-go";
    if (const std::size_t none = poll.silent().size(); none > 0)
        out += ", " + std::to_string(none) + " not answered";
    return out;
}

void apply(State &state, const events::MomentMarked &e)
{
    if (e.withdrawn)
        return withdraw(state, e);
    if (Incident *i = incidentOf(state, e.incident); i && i->moments.size() < kMomentsKept) {
        i->moments.push_back({e.moment, e.text, e.kind, e.reference, e.by.person, e.at, state.time, {}});
        if (Intervening override(state, e.by, InterventionKind::Marked, 0, momentNamed(e.moment)); override)
            override->from = e.incident;
    }
    Entry &line = note(state, e.incident, EntryKind::Moment, e.by.person, (e.kind == "key" ? "key moment" : e.kind) + (e.late ? ", by a pin found late: " : ": ") + e.text, momentNamed(e.moment));
    line.via = e.by.via;
    line.replayed = e.late;
    line.at = e.at; // where it belongs, not where it was marked
}

void apply(State &state, const events::PollAsked &e)
{
    if (Incident *i = incidentOf(state, e.incident); i && i->polls.size() < kPollsKept) {
        Poll p;
        p.number = e.poll;
        p.question = e.question;
        p.by = e.by.person;
        p.people = e.people;
        p.roles = e.roles;
        p.roles.resize(p.people.size());
        p.at = state.time;
        p.due = e.due;
        i->polls.push_back(std::move(p));
        if (Intervening override(state, e.by, InterventionKind::Polled, 0, pollNamed(e.poll)); override)
            override->from = e.incident;
    }
    note(state, e.incident, EntryKind::Poll, e.by.person, "poll " + std::to_string(e.poll) + ": " + e.question + (e.due ? " (until " + clockText(e.due) + ")" : ""), pollNamed(e.poll)).via = e.by.via;
}

void apply(State &state, const events::PollAnswered &e)
{
    std::string own;
    if (Poll *p = pollOf(state, e.incident, e.poll); p && p->isOpen()) {
        const std::string by = e.by.person == e.person ? std::string() : e.by.person;
        const auto it = std::find_if(p->answers.begin(), p->answers.end(), [&](const PollAnswer &a) { return a.person == e.person; });
        if (it != p->answers.end()) {
            PollAnswer now{e.person, e.text, by, e.go, state.time};
            if (!by.empty() && it->by.empty()) { // their own word stays beside what is written down for them
                now.ownText = std::move(it->text);
                now.ownGo = it->go;
                now.ownAt = it->at;
            } else if (!by.empty()) {
                now.ownText = std::move(it->ownText);
                now.ownGo = it->ownGo;
                now.ownAt = it->ownAt;
            }
            if (now.ownAt && now.ownGo != now.go)
                own = ", who said " + goText(now.ownGo) + " themselves at " + clockText(now.ownAt);
            *it = std::move(now);
        } else if (p->answers.size() < kAnswersKept)
            p->answers.push_back({e.person, e.text, by, e.go, state.time});
    }
    const std::string who = e.by.person == e.person ? std::string() : " of " + state.workspace->nameOf(e.person) + own + ", said aloud";
    note(state, e.incident, EntryKind::Poll, e.by.person,
         goText(e.go) + who + " on poll " + std::to_string(e.poll) + (e.text.empty() ? "" : ": " + e.text), pollNamed(e.poll)).via = e.by.via;
}

void apply(State &state, const events::PollClosed &e)
{
    std::string result;
    if (Poll *p = pollOf(state, e.incident, e.poll); p && p->isOpen()) {
        p->closedAt = state.time;
        p->reason = e.reason;
        p->withdrawn = e.withdrawn;
        result = inWords(*p);
    }
    note(state, e.incident, EntryKind::Poll, e.by.person,
         "poll " + std::to_string(e.poll) + (e.withdrawn ? " is taken back" : " is closed: " + result) + (e.reason.empty() ? "" : " (" + e.reason + ")"), pollNamed(e.poll))
        .via = e.by.via;
}

} // namespace qd::state
