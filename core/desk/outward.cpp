// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/outward.h"

#include "core/base/ascii.h"
#include "core/comms/clocks.h"
#include "core/comms/outward.h"
#include "core/comms/reach.h"
#include "core/desk/decide.h"
#include "core/desk/effects.h"
#include "core/desk/heldback.h"
#include "core/governance/policy.h"
#include "core/oncall/channels.h"
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

/// Where a person reads a message: in chat, when they have an address in one that answers them, and at a seat.
std::string howToRead(const State &state, const Incident &i, const OutwardMessage &m, const std::string &person)
{
    const std::string number = std::to_string(m.number), seat = "quarterdeckctl message show " + number + " --incident " + i.id;
    const Person *p = state.workspace->person(person);
    const bool isHeard = p && !governance::isRestricted(*state.workspace, i) && std::any_of(state.sources.begin(), state.sources.end(), [&](const state::Source &s) {
        return isChat(s.connection.kind) && !isPostOnly(s.connection.kind) && allows(s.armed, Write::Pages) && !oncall::addressesAt(state, *p, s.connection).empty();
    });
    return isHeard ? "Read it and answer in chat, to me alone: !message " + number + " " + i.id + " says the text and how to approve or refuse it. At a seat: " + seat : "Read it: " + seat;
}

/// Whoever gives a check hears that it waits for them. Never the text itself: that is asked for.
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
                                         + howToRead(state, i, m, person),
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
    if (!v.phase.empty())
        post.phase = v.phase;
    if (const HoldingStatement *h = comms::isHolding(m) ? state.workspace->holdingStatement(m.holding) : nullptr; h && h->page == page) {
        if (!h->component.empty())
            post.components.push_back({h->component, std::string(word(h->state))});
        if (h->next.ns > 0)
            post.next = qd::toText(h->next);
    }
    auto decision = decideAuthorised(state, post, {m.releasedBy, Path::Person}, now); // its release was
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
    std::vector<std::string> told; // one mail an address (in small letters), whatever lists it is on
    std::vector<std::string> places = v.to;
    // Pages last, in their order: who follows one and was told by the text itself, or by a page before it, is not told again (core/desk/subscribers.cpp).
    std::stable_partition(places.begin(), places.end(), [](const std::string &to) { return !to.starts_with("page:"); });
    for (const std::string &to : places) {
        if (to == "rooms") {
            append(out, Gate(state).post(*i, v.title + "\n" + comms::inEveryLanguage(v), referenceOf(m->number), because));
        } else if (to.starts_with("page:")) {
            append(out, onPage(state, *i, *m, to.substr(5), now));
        } else if (comms::isElsewhere(to)) {
            append(out, Gate(state).elsewhere(*i, to, v.title, comms::inEveryLanguage(v), referenceOf(m->number), because));
        } else if (to.starts_with("mail:")) {
            const Recipients *r = state.workspace->recipientsOf(to.substr(5));
            if (!r) {
                out.emplace_back(events::WriteWithheld{events::Effect::Post, {}, i->id, {}, v.title, "there are no recipients " + to.substr(5) + " in the workspace"});
                continue;
            }
            for (const std::string &address : r->mail) {
                std::string plain = asciiLower(address);
                if (std::find(told.begin(), told.end(), plain) != told.end())
                    continue;
                told.push_back(std::move(plain));
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

/// A text that ended while it is the last word a page has: the page says that it may be out of date, and who sees to updates (else who commands) hears of
/// it, unless they ended it themselves. What was said there since is another's word.
events::Events endedOnPages(const State &state, const events::MessageEnded &e)
{
    const Incident *i = state.incident(e.incident);
    const OutwardMessage *m = outwardIn(i, e.message);
    if (!m || !m->sentAt)
        return {};
    const std::string what = "message " + std::to_string(m->number) + ", which is what it says, " + (m->ended == "expired" ? "has expired" : "was withdrawn");
    const std::string lead = i->holder(Role::Communications), person = lead.empty() ? i->holder(Role::Commander) : lead;
    events::Events out;
    for (const std::string &to : m->newest().to) {
        const state::StatusPageState *page = to.starts_with("page:") ? state.page(to.substr(5)) : nullptr;
        if (!page)
            continue;
        const auto notice = std::find_if(page->notices.begin(), page->notices.end(), [&](const state::PageNotice &n) {
            const auto said = std::find_if(n.updates.rbegin(), n.updates.rend(), [](const state::NoticeUpdate &u) { // a phase alone says nothing else
                return std::any_of(u.text.begin(), u.text.end(), [](const auto &each) { return !each.second.empty(); });
            });
            return n.isOpen() && n.incident == i->id && said != n.updates.rend() && said->at == m->sentAt; // posted with it, in its record
        });
        if (notice == page->notices.end())
            continue;
        const events::Because because{"page/expired", {what}, {}};
        if (!notice->overdueAt)
            out.emplace_back(events::NoticeOverdue{page->id, notice->number, state.time, because});
        if (!person.empty() && person != e.by.person)
            append(out, Gate(state).tell(*i, person, i->id + ": status page " + page->id + " may be out of date",
                                         "Status page " + page->id + " may be out of date: " + what + ". Say there what is true now: quarterdeckctl page post " + page->id + " --notice " + std::to_string(notice->number)
                                             + ", or with a new message.",
                                         "told/" + referenceOf(m->number) + "/ended/" + page->id, because));
    }
    return out;
}

/// Who hears that words for the public went out without their checks. Never the words: those are on the page.
template <typename Said>
events::Events tellOfForced(const State &state, const std::string &incident, const Said &e, const std::string &what)
{
    events::Events out;
    std::string missing;
    for (const std::string &stage : e.missing)
        missing += (missing.empty() ? "" : ", ") + stage;
    const Incident *i = incident.empty() ? nullptr : state.incident(incident);
    for (const std::string &person : e.told) {
        const std::string title = "Status page " + e.page + " says what passed no checks", subject = "told/page/" + e.page + "/" + what,
                          text = state.workspace->nameOf(e.by.person) + " published " + what + " on status page " + e.page + " without " + missing + ": " + e.reason + "\nRead it: quarterdeckctl page show " + e.page;
        const events::Because because{"page/glass", {e.by.person + " broke the glass"}, {}};
        append(out, i ? Gate(state).tell(*i, person, i->id + ": " + title, text, subject, because) : Gate(state).notice(person, title, text, subject, because));
    }
    return out;
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
    comms::Way way = comms::mailWay(m_state, incident);
    if (way.source)
        withheld.connection = way.source->connection.name;
    if (way.why.empty()) {
        events::OutboxQueued what;
        what.incident = withheld.incident;
        what.room = address;
        what.title = title;
        what.text = text;
        what.subject = std::move(subject);
        what.because = std::move(because);
        return {queue(events::Effect::Post, *way.source, std::move(what))};
    }
    withheld.reason = std::move(way.why);
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
                if constexpr (std::is_same_v<T, events::MessageEnded>)
                    append(out, endedOnPages(state, e));
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
                if (const Instant embargo = m->newest().embargo; !embargo || embargo <= (e.wall ? std::min(e.wall, now) : now))
                    out.emplace_back(events::MessageSent{e.incident, e.message, e.version, {"message/released", {e.by.person + " released it"}, {}}});
                return out;
            } else if constexpr (std::is_same_v<T, events::MessageSent>) {
                return sent(state, e, now);
            } else if constexpr (std::is_same_v<T, events::MessageHeldBack>) {
                const Incident *i = e.mended ? nullptr : state.incident(e.incident);
                const OutwardMessage *m = outwardIn(i, e.message);
                if (!m)
                    return {};
                events::Events out = line(state, e.incident);
                if (!m->releasedBy.empty())
                    append(out, Gate(state).tell(*i, m->releasedBy, i->id + ": message " + std::to_string(e.message) + " is held back",
                                                 "Message " + std::to_string(e.message) + " to " + m->newest().audience + ", which you released, is held back and has not gone out. " + e.why
                                                     + " It is a draft again: " + howToRead(state, *i, *m, m->releasedBy),
                                                 "told/" + referenceOf(e.message) + "/held/" + std::to_string(e.version), {"message/held-back", {m->releasedBy + " released it"}, {}}));
                return out;
            } else if constexpr (std::is_same_v<T, events::PagePosted>) {
                return tellOfForced(state, e.incident, e, "notice/" + std::to_string(e.notice) + "/" + std::to_string(e.update));
            } else if constexpr (std::is_same_v<T, events::PageMaintenancePlanned>) {
                return tellOfForced(state, {}, e, "maintenance/" + std::to_string(e.number));
            } else {
                return {};
            }
        },
        event);
}

events::Events outwardDue(const State &state, const triage::ReportRules &rules, Instant now, Instant wall)
{
    events::Events out = comms::updatesDue(state, now);
    const events::Events held = heldBackDue(state, rules, now, wall);
    const auto isHeld = [&](const events::MessageSent &goes) {
        return std::any_of(held.begin(), held.end(), [&](const events::Event &each) {
            const auto *back = getIf<events::MessageHeldBack>(&each);
            return back && !back->mended && back->incident == goes.incident && back->message == goes.message;
        });
    };
    append(out, held); // before anything goes out
    for (auto &e : comms::messagesDue(state, now, wall)) {
        if (const auto *goes = getIf<events::MessageSent>(&e); goes && isHeld(*goes))
            continue;
        const auto *broken = getIf<events::ReleaseForced>(&e);
        events::Events alarm = broken ? alarmOf(state, rules, *broken, now) : events::Events{};
        out.push_back(std::move(e));
        append(out, std::move(alarm));
    }
    return out;
}

Instant nextOutwardDue(const State &state)
{
    Instant next;
    for (const Instant at : {comms::nextUpdateDue(state), comms::nextMessageDue(state), nextHeldBack(state)})
        if (at && (!next || at < next))
            next = at;
    return next;
}

} // namespace qd::desk
