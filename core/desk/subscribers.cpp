// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/subscribers.h"

#include "core/base/ascii.h"
#include "core/base/numberbehind.h"
#include "core/comms/pagenews.h"
#include "core/desk/effects.h"
#include "core/state/timeline.h"

#include <algorithm>

/// What the public is told goes to those who follow it as well, once each.
namespace qd::desk {

using state::State;

events::Events Gate::hook(const state::Incident *incident, const std::string &connection, const std::string &title, const std::string &text, std::string subject, events::Because because)
{
    const state::Source *s = m_state.source(connection);
    std::string why;
    if (!s)
        why = "there is no connection " + connection;
    else if (s->connection.kind != "webhook")
        why = "connection " + connection + " is of kind " + s->connection.kind + ", which takes no posts";
    else if (m_state.workspace->practice)
        why = "a practice home tells nobody outside";
    else if (!allows(s->armed, Write::Posts))
        why = "the connection is not armed for posts; arm it with: arm " + connection + " --allow posts";
    if (!why.empty())
        return {events::WriteWithheld{events::Effect::Post, connection, incident ? incident->id : std::string(), {}, title, std::move(why)}};
    events::OutboxQueued what;
    what.incident = incident ? incident->id : std::string();
    what.title = title;
    what.text = text;
    what.subject = std::move(subject);
    what.because = std::move(because);
    return {queue(events::Effect::Post, *s, std::move(what))};
}

namespace {

/// Who was told already, in one release: addresses in small letters, and webhooks.
struct ToldAlready {
    std::vector<std::string> addresses;
    std::vector<const Connection *> hooks;
};

/// Whether two webhooks are one to whoever reads what comes. What a token or a recipe decides is not seen from here: those are told by their names.
bool isSameHook(const Connection &a, const Connection &b)
{
    if (a.name == b.name)
        return true;
    const auto isOpen = [](const Connection &c) { return c.preset.empty() && c.secretFile.empty(); };
    return isOpen(a) && isOpen(b) && a.url == b.url && a.address == b.address && a.user == b.user && a.body == b.body;
}

/// What the outbox calls the news that this record has made of one release so far: the text itself, and its notices on pages.
std::vector<std::string> subjectsOf(const State &state, const state::Incident &incident, const state::OutwardMessage &m)
{
    std::vector<std::string> out{"message/" + std::to_string(m.number)};
    for (auto line = incident.timeline.rbegin(); line != incident.timeline.rend() && line->seq == state.seq; ++line) {
        const auto slash = line->reference.rfind('/');
        if (line->kind != state::EntryKind::Update || !line->reference.starts_with("notice/") || slash < 8)
            continue;
        const state::StatusPageState *page = state.page(line->reference.substr(7, slash - 7));
        const state::PageNotice *notice = page ? page->notice(numberBehindSlash(line->reference)) : nullptr;
        if (notice && !notice->updates.empty())
            out.push_back("page:" + page->id + "/notice/" + std::to_string(notice->number) + "/" + std::to_string(notice->updates.back().number));
    }
    return out;
}

/// Who was told the text for outside that this post carries, by the record that sent it: itself by mail, or as the notice of a page before this one.
ToldAlready toldWith(const State &state, const state::Incident *incident)
{
    ToldAlready out;
    const state::OutwardMessage *m = incident ? state::goingOut(state, *incident) : nullptr;
    if (!m)
        return out;
    const std::vector<std::string> subjects = subjectsOf(state, *incident, *m);
    for (const auto &[number, entry] : state.outbox) {
        if (entry.what.effect != events::Effect::Post || entry.what.incident != incident->id || entry.queuedAt != m->sentAt
            || std::find(subjects.begin(), subjects.end(), entry.what.subject) == subjects.end())
            continue;
        const state::Source *s = state.source(entry.what.connection);
        if (s && s->connection.kind == "webhook")
            out.hooks.push_back(&s->connection);
        else
            out.addresses.push_back(asciiLower(entry.what.room));
    }
    return out;
}

} // namespace

events::Events tellSubscribers(const State &state, const events::Event &event)
{
    const auto news = comms::pageNews(state, event);
    const StatusPage *page = news ? state.workspace->page(news->page) : nullptr;
    if (!page || page->subscribers.empty())
        return {};
    const std::string subject = "page:" + news->page + "/" + news->reference;
    const events::Because because{"page/subscribers", {news->reference + " of page " + news->page}, {}};
    const auto *posted = getIf<events::PagePosted>(&event);
    const state::Incident *incident = posted ? state.incident(posted->incident) : nullptr; // its words go when it is erased
    events::Events out;
    // One message a person, whatever lists they are on and pages they follow: the words of the first page, in the language of its first list they are on.
    ToldAlready told = toldWith(state, incident);
    for (const std::string &to : page->subscribers) {
        if (to.starts_with("webhook:")) {
            const state::Source *s = state.source(to.substr(8));
            if (s && std::any_of(told.hooks.begin(), told.hooks.end(), [&](const Connection *c) { return isSameHook(*c, s->connection); }))
                continue;
            if (s)
                told.hooks.push_back(&s->connection);
            const auto read = s && !s->connection.language.empty() ? comms::pageNews(state, event, s->connection.language) : news;
            append(out, Gate(state).hook(incident, to.substr(8), read->title, read->text, subject, because));
            continue;
        }
        const Recipients *r = state.workspace->recipientsOf(to.substr(to.find(':') + 1));
        if (!r)
            continue;
        const auto read = r->language.empty() ? news : comms::pageNews(state, event, r->language);
        for (const std::string &address : r->mail)
            if (std::string plain = asciiLower(address); std::find(told.addresses.begin(), told.addresses.end(), plain) == told.addresses.end()) {
                told.addresses.push_back(std::move(plain));
                append(out, Gate(state).mail(incident, address, read->title, read->text, subject, because));
            }
    }
    return out;
}

} // namespace qd::desk
