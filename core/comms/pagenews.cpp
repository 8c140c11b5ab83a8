// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/pagenews.h"

#include "core/comms/pageview.h"

#include <algorithm>

namespace qd::comms {

using state::PageMaintenance;
using state::PageNotice;
using state::State;
using state::StatusPageState;

namespace {

struct Known {
    const StatusPage *page = nullptr;
    const StatusPageState *said = nullptr;
    std::string language;
};

std::optional<Known> knownOf(const State &state, const std::string &id, const std::string &language)
{
    const StatusPage *page = state.workspace->page(id);
    const auto it = std::find_if(state.pages.begin(), state.pages.end(), [&](const StatusPageState &p) { return p.id == id; });
    if (!page || it == state.pages.end())
        return std::nullopt;
    if (std::find(page->languages.begin(), page->languages.end(), language) != page->languages.end())
        return Known{page, &*it, language};
    return Known{page, &*it, page->languages.empty() ? "en" : page->languages.front()};
}

const std::string &in(const Localized &texts, const Known &k)
{
    return textIn(texts, k.language, k.page->languages);
}

/// What the page calls a notice or a maintenance: each had a title, and where there is none it was struck.
std::string titled(const Localized &title, const Known &k)
{
    const std::string &text = in(title, k);
    return text.empty() ? pageWords(k.language).takenBack : text;
}

std::string nameOf(const Known &k, const std::string &component)
{
    const PageComponent *c = k.page->component(component);
    return c ? in(c->name, k) : component;
}

PageNews begun(const Known &k, std::string reference, const std::string &what, const std::string &word)
{
    return {k.page->id, std::move(reference), in(k.page->title, k) + ": " + what + " (" + word + ")", {}};
}

void end(const Known &k, PageNews &news)
{
    if (!k.page->url.empty())
        news.text += "\n\n" + k.page->url;
}

std::optional<PageNews> posted(const Known &k, const events::PagePosted &e)
{
    const PageNotice *notice = k.said->notice(e.notice);
    if (!notice)
        return std::nullopt;
    const PageWords &words = pageWords(k.language);
    PageNews news = begun(k, "notice/" + std::to_string(e.notice) + "/" + std::to_string(e.update), titled(notice->title, k), words.phases[static_cast<std::size_t>(e.phase)]);
    news.text = in(e.text, k);
    for (const ComponentSaid &said : e.components)
        news.text += (news.text.empty() ? "" : "\n") + nameOf(k, said.component) + ": " + words.states[static_cast<std::size_t>(said.state)];
    if (e.nextDue)
        news.text += std::string("\n\n") + words.next + " " + pageTime(e.nextDue, k.page->zone);
    end(k, news);
    return news;
}

std::optional<PageNews> maintained(const Known &k, std::uint32_t number, const std::string &turn, const char *PageWords::*word)
{
    const PageMaintenance *it = k.said->maintenance(number);
    if (!it)
        return std::nullopt;
    const PageWords &words = pageWords(k.language);
    PageNews news = begun(k, "maintenance/" + std::to_string(number) + "/" + turn, titled(it->title, k), words.*word);
    news.text = in(it->text, k) + (in(it->text, k).empty() ? "" : "\n") + pageTime(it->from, k.page->zone) + " – " + pageTime(it->until, k.page->zone);
    std::string names;
    for (const std::string &component : it->components)
        names += (names.empty() ? "" : ", ") + nameOf(k, component);
    if (!names.empty())
        news.text += std::string("\n") + words.affects + " " + names;
    end(k, news);
    return news;
}

} // namespace

std::optional<PageNews> pageNews(const State &state, const events::Event &event, const std::string &language)
{
    if (const auto *e = getIf<events::PagePosted>(&event)) {
        const auto k = knownOf(state, e->page, language);
        return k ? posted(*k, *e) : std::nullopt;
    }
    if (const auto *e = getIf<events::PageMaintenancePlanned>(&event)) {
        const auto k = knownOf(state, e->page, language);
        if (!k)
            return std::nullopt;
        return e->change > 0 ? maintained(*k, e->number, "changed/" + std::to_string(e->change), &PageWords::changed) : maintained(*k, e->number, "planned", &PageWords::scheduled);
    }
    if (const auto *e = getIf<events::PageMaintenanceBegan>(&event)) {
        const auto k = knownOf(state, e->page, language);
        return k ? maintained(*k, e->number, "began", &PageWords::underWay) : std::nullopt;
    }
    if (const auto *e = getIf<events::PageMaintenanceEnded>(&event)) {
        const auto k = knownOf(state, e->page, language);
        const PageMaintenance *m = k ? k->said->maintenance(e->number) : nullptr;
        return m ? maintained(*k, e->number, "ended", m->begunAt ? &PageWords::over : &PageWords::cancelled) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace qd::comms
