// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/subscribers.h"

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

/// Who was mailed the text for outside that this post carries, by the record that sent it.
std::vector<std::string> mailedWith(const State &state, const state::Incident *incident)
{
    std::vector<std::string> out;
    const state::OutwardMessage *m = incident ? state::goingOut(state, *incident) : nullptr;
    if (!m)
        return out;
    const std::string subject = "message/" + std::to_string(m->number);
    for (const auto &[number, entry] : state.outbox)
        if (entry.what.effect == events::Effect::Post && entry.what.incident == incident->id && entry.what.subject == subject && entry.queuedAt == m->sentAt)
            out.push_back(entry.what.room);
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
    std::vector<std::string> told = mailedWith(state, incident); // one message a person, whatever lists they are on, by the first of them
    for (const std::string &to : page->subscribers) {
        if (to.starts_with("webhook:")) {
            append(out, Gate(state).hook(incident, to.substr(8), news->title, news->text, subject, because));
            continue;
        }
        const Recipients *r = state.workspace->recipientsOf(to.substr(to.find(':') + 1));
        if (!r)
            continue;
        const auto read = r->language.empty() ? news : comms::pageNews(state, event, r->language);
        for (const std::string &address : r->mail)
            if (std::find(told.begin(), told.end(), address) == told.end()) {
                told.push_back(address);
                append(out, Gate(state).mail(incident, address, read->title, read->text, subject, because));
            }
    }
    return out;
}

} // namespace qd::desk
