// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/outward.h"

#include "core/comms/clocks.h"
#include "core/comms/outward.h"
#include "core/desk/decide.h"
#include "core/desk/effects.h"
#include "core/triage/ownalert.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::OutwardMessage;
using state::State;
using Standing = comms::StageStanding;

namespace {

constexpr std::size_t kAskedAtMost = 20; ///< people of one check

const OutwardMessage *outwardIn(const Incident *incident, std::uint32_t number)
{
    if (!incident)
        return nullptr;
    const auto it = std::find_if(incident->outward.begin(), incident->outward.end(), [&](const OutwardMessage &m) { return m.number == number; });
    return it == incident->outward.end() || it->versions.empty() ? nullptr : &*it;
}

std::string referenceOf(std::uint32_t message)
{
    return "message/" + std::to_string(message);
}

/// Whoever gives a check hears that it waits for them. Never the text itself: that is read here.
events::Events ask(const State &state, const Incident &i, const OutwardMessage &m, const Standing &s, bool deputies)
{
    events::Events out;
    const Workspace &w = *state.workspace;
    std::vector<std::string> people = comms::peopleOf(w, deputies ? s.stage->deputies : s.stage->approvers);
    std::erase(people, m.newest().by);
    if (people.size() > kAskedAtMost)
        people.resize(kAskedAtMost);
    const std::string name = s.stage->name.empty() ? s.stage->id : s.stage->name;
    for (const std::string &person : people)
        append(out, Gate(state).tell(i, person, i.id + ": " + name + " for message " + std::to_string(m.number),
                                     std::string(deputies ? "Nobody gave \"" + name + "\" in its time; as a deputy you may. " : "\"" + name + "\" is yours to give, by " + clockText(s.due) + ". ")
                                         + "Read it: quarterdeckctl message show " + std::to_string(m.number) + " --incident " + i.id,
                                     "told/" + referenceOf(m.number) + "/" + std::to_string(m.newest().number) + "/" + s.stage->id + (deputies ? "/deputies" : ""),
                                     {"message/ask", {"the workspace names " + person + " for " + s.stage->id}, {}}));
    return out;
}

/// The checks that are open; with `after`, those that this one opened.
events::Events askAll(const State &state, const Incident &i, const OutwardMessage &m, const std::string &after)
{
    events::Events out;
    for (const Standing &s : comms::standingsOf(*state.workspace, m))
        if (s.kind == Standing::Kind::Open && (after.empty() || std::find(s.stage->after.begin(), s.stage->after.end(), after) != s.stage->after.end()))
            append(out, ask(state, i, m, s, false));
    return out;
}

events::Events onPage(const State &state, const Incident &i, const OutwardMessage &m, const std::string &page, Instant now)
{
    const state::MessageVersion &v = m.newest();
    PostOnPage post;
    post.page = page;
    post.incident = i.id;
    post.phase = word(i.isOpen() ? PagePhase::Investigating : PagePhase::Resolved); // of one that is over the public reads what was learnt
    const StatusPage *meant = state.workspace->page(page);
    const std::string first = comms::languageOf(*state.workspace, v.to);
    const auto spoken = [&](Localized texts, const std::string &otherwise) { return meant ? comms::spokenOn(*meant, std::move(texts), otherwise) : Localized{{"", otherwise}}; };
    post.text = spoken(comms::inLanguages(first, v.text, v.texts), v.text);
    post.title = spoken(comms::inLanguages(first, v.title, v.titles), v.title);
    const state::StatusPageState *known = state.page(page);
    for (std::size_t n = known ? known->notices.size() : 0; n-- > 0;)
        if (const state::PageNotice &notice = known->notices[n]; notice.isOpen() && notice.incident == i.id && !notice.updates.empty()) {
            post.notice = notice.number; // it goes on with the one there is, at the phase it has
            post.phase = word(notice.updates.back().phase);
            post.title.clear();
            break;
        }
    if (const HoldingStatement *h = comms::isHolding(m) ? state.workspace->holdingStatement(m.holding) : nullptr; h && h->page == page) {
        if (!h->component.empty())
            post.components.push_back({h->component, std::string(word(h->state))});
        if (h->next.ns > 0)
            post.next = qd::toText(h->next);
    }
    auto decision = decide(state, post, {m.releasedBy, Path::Person}, now);
    if (!decision)
        return {events::WriteWithheld{events::Effect::Publish, {}, i.id, {}, page, decision.error().message}};
    return std::move(decision->events);
}

events::Events sent(const State &state, const events::MessageSent &e, Instant now)
{
    const Incident *i = state.incident(e.incident);
    const OutwardMessage *m = outwardIn(i, e.message);
    if (!m)
        return {};
    const state::MessageVersion &v = m->newest();
    const events::Because because{"message/sent", {m->releasedBy + " released version " + std::to_string(m->released)}, {}};
    events::Events out;
    std::vector<std::string> told; // one mail an address, whatever lists it is on
    std::vector<std::string> places = v.to;
    // Pages last: who follows one and was mailed the text itself is not mailed again (core/desk/subscribers.cpp).
    std::stable_partition(places.begin(), places.end(), [](const std::string &to) { return !to.starts_with("page:"); });
    for (const std::string &to : places) {
        if (to == "rooms") {
            append(out, Gate(state).post(*i, v.title + "\n" + comms::inEveryLanguage(v), referenceOf(m->number), because));
        } else if (to.starts_with("page:")) {
            append(out, onPage(state, *i, *m, to.substr(5), now));
        } else if (to.starts_with("mail:")) {
            const Recipients *r = state.workspace->recipientsOf(to.substr(5));
            if (!r) {
                out.emplace_back(events::WriteWithheld{events::Effect::Post, {}, i->id, {}, v.title, "there are no recipients " + to.substr(5) + " in the workspace"});
                continue;
            }
            for (const std::string &address : r->mail) {
                if (std::find(told.begin(), told.end(), address) != told.end())
                    continue;
                told.push_back(address);
                append(out, Gate(state).mail(i, address, v.title, comms::inEveryLanguage(v), referenceOf(m->number), because));
            }
        }
    }
    return out;
}

/// A line that was just written, to the incident's rooms.
events::Events line(const State &state, const std::string &incident)
{
    const Incident *i = state.incident(incident);
    if (!i || i->timeline.empty() || i->rooms.empty())
        return {};
    const state::Entry &e = i->timeline.back();
    if (e.via == Path::Chat)
        return {};
    const std::string who = e.actor == "core" ? std::string() : " (" + state.workspace->nameOf(e.actor) + ")";
    std::string text = e.text;
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return Gate(state).post(*i, text + who, {}, {"post/timeline", {std::string(state::word(e.kind))}, {}});
}

events::Events alarmOf(const State &state, const triage::ReportRules &rules, const events::ReleaseForced &e, Instant now)
{
    triage::OwnAlert alert; // without the message's words: those are the incident's
    alert.name = "MessageBreakGlass";
    alert.about = {"message", e.incident + "/" + std::to_string(e.message)};
    alert.severity = AlertSeverity::Critical;
    alert.summary = "A text for outside went out without its approvals: message " + std::to_string(e.message) + " of " + e.incident;
    alert.description = (e.because.matched.empty() ? std::string() : e.because.matched.front() + ". ") + "It ends when the approvals are given afterwards: quarterdeckctl message approve "
        + std::to_string(e.message) + " --incident " + e.incident;
    return triage::ownAlert(state, rules, alert, !e.mended, now);
}

} // namespace

events::Events Gate::tell(const Incident &incident, const std::string &person, std::string title, std::string text, std::string subject, events::Because because)
{
    events::OutboxQueued what;
    what.incident = incident.id;
    what.title = (incident.isDrill() ? incident.kind == "drill" ? "DRILL " : "EXAMPLE " : "") + std::move(title);
    what.text = std::move(text);
    what.severity = word(incident.severity);
    what.subject = std::move(subject);
    what.because = std::move(because);
    return {say(person, std::move(what), incident.isDrill())};
}

events::Events Gate::mail(const Incident *incident, const std::string &address, const std::string &title, const std::string &text, std::string subject, events::Because because)
{
    events::WriteWithheld withheld{events::Effect::Post, {}, incident ? incident->id : std::string(), {}, title, {}};
    const state::Source *armed = nullptr, *any = nullptr;
    for (const state::Source &s : m_state.sources)
        if (isMail(s.connection.kind)) {
            any = any ? any : &s;
            armed = armed ? armed : allows(s.armed, Write::Posts) ? &s : nullptr;
        }
    if (any)
        withheld.connection = any->connection.name;
    if (incident && incident->isDrill())
        withheld.reason = "a drill mails nobody outside";
    else if (m_state.workspace->practice)
        withheld.reason = "a practice home mails nobody outside";
    else if (!armed)
        withheld.reason = any ? "the connection is not armed for posts; arm it with: arm " + any->connection.name + " --allow posts" : "nothing is connected that sends mail";
    else {
        events::OutboxQueued what;
        what.incident = withheld.incident;
        what.room = address;
        what.title = title;
        what.text = text;
        what.subject = std::move(subject);
        what.because = std::move(because);
        return {queue(events::Effect::Post, *armed, std::move(what))};
    }
    return {std::move(withheld)};
}

events::Events reactOutward(const State &state, const events::Event &event, Instant now)
{
    return visit(
        [&]<typename T>(const T &e) -> events::Events {
            if constexpr (std::is_same_v<T, events::UpdateMissed> || std::is_same_v<T, events::ApprovalLate> || std::is_same_v<T, events::MessageEnded>
                          || std::is_same_v<T, events::ReleaseForced> || std::is_same_v<T, events::LinkPinned>) {
                events::Events out = line(state, e.incident);
                if constexpr (std::is_same_v<T, events::ApprovalLate>) {
                    const Incident *i = state.incident(e.incident);
                    if (const OutwardMessage *m = outwardIn(i, e.message))
                        for (const Standing &s : comms::standingsOf(*state.workspace, *m))
                            if (s.stage->id == e.stage)
                                append(out, ask(state, *i, *m, s, true));
                }
                return out;
            } else if constexpr (std::is_same_v<T, events::UpdateChased>) {
                const Incident *i = state.incident(e.incident);
                return !i || e.person.empty()
                    ? events::Events{}
                    : Gate(state).tell(*i, e.person, i->id + ": the update to " + e.audience + " is late",
                                       "The update to " + e.audience + " was due at " + clockText(e.due) + " and has not gone out. An update to them, or keeping the promise, ends this.",
                                       "told/update/" + e.audience + "/" + std::to_string(e.promise), e.because);
            } else if constexpr (std::is_same_v<T, events::MessageDrafted>) {
                const Incident *i = state.incident(e.incident);
                const OutwardMessage *m = outwardIn(i, e.message);
                events::Events out = line(state, e.incident);
                if (m)
                    append(out, askAll(state, *i, *m, {}));
                return out;
            } else if constexpr (std::is_same_v<T, events::MessageJudged>) {
                const Incident *i = state.incident(e.incident);
                const OutwardMessage *m = outwardIn(i, e.message);
                events::Events out = line(state, e.incident);
                if (m && e.approved && m->isOpen())
                    append(out, askAll(state, *i, *m, e.stage));
                return out;
            } else if constexpr (std::is_same_v<T, events::MessageReleased>) {
                const Incident *i = state.incident(e.incident);
                const OutwardMessage *m = outwardIn(i, e.message);
                events::Events out = line(state, e.incident);
                if (!m)
                    return out;
                for (const std::string &person : e.told)
                    append(out, Gate(state).tell(*i, person, i->id + ": a text for outside is released without its approvals",
                                                 state.workspace->nameOf(e.by.person) + " released message " + std::to_string(e.message) + " to " + m->newest().audience + " without its approvals: " + e.reason
                                                     + "\nRead it: quarterdeckctl message show " + std::to_string(e.message) + " --incident " + i->id,
                                                 "told/" + referenceOf(e.message) + "/glass", {"message/glass", {e.by.person + " names " + person}, {}}));
                if (const Instant embargo = m->newest().embargo; !embargo || embargo <= now)
                    out.emplace_back(events::MessageSent{e.incident, e.message, e.version, {"message/released", {e.by.person + " released it"}, {}}});
                return out;
            } else if constexpr (std::is_same_v<T, events::MessageSent>) {
                return sent(state, e, now);
            } else {
                return {};
            }
        },
        event);
}

events::Events outwardDue(const State &state, const triage::ReportRules &rules, Instant now)
{
    events::Events out = comms::updatesDue(state, now);
    for (auto &e : comms::messagesDue(state, now)) {
        const auto *broken = getIf<events::ReleaseForced>(&e);
        events::Events alarm = broken ? alarmOf(state, rules, *broken, now) : events::Events{};
        out.push_back(std::move(e));
        append(out, std::move(alarm));
    }
    return out;
}

Instant nextOutwardDue(const State &state)
{
    const Instant updates = comms::nextUpdateDue(state), messages = comms::nextMessageDue(state);
    return !updates ? messages : !messages ? updates : std::min(updates, messages);
}

} // namespace qd::desk
