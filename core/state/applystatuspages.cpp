// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

/// The fold of what is said and concluded of status pages.
namespace qd::state {

namespace {

constexpr std::size_t kPagesKept = 1000;
constexpr std::string_view kPublic = "customers"; ///< the audience that reads status pages

PageComponentState &componentOf(StatusPageState &page, const std::string &id)
{
    const auto it = std::find_if(page.components.begin(), page.components.end(), [&](const PageComponentState &c) { return c.id == id; });
    if (it != page.components.end())
        return *it;
    page.components.emplace_back();
    page.components.back().id = id;
    return page.components.back();
}

/// In the first language of the page that has it.
std::string inFirst(const State &state, const std::string &page, const Localized &texts)
{
    const StatusPage *known = state.workspace ? state.workspace->page(page) : nullptr;
    const std::string &text = textIn(texts, {}, known ? known->languages : std::vector<std::string>{});
    return !text.empty() || texts.empty() ? text : texts.begin()->second;
}

std::string componentText(const std::string &page, const std::string &component)
{
    return "status page " + page + ": " + component;
}

std::string forcedText(const std::vector<std::string> &missing, const std::string &reason)
{
    std::string stages;
    for (const std::string &stage : missing)
        stages += (stages.empty() ? "" : ", ") + stage;
    return missing.empty() ? std::string() : " (without " + stages + ", the glass broken: " + reason + ")";
}

/// What nobody reads any more, or is one too many.
void letGo(StatusPageState &page, Instant now)
{
    const Instant oldest = now - StatusPageState::kKept;
    const auto isOver = [&](const PageNotice &n) { return !n.isOpen() && n.updates.back().at < oldest; };
    std::erase_if(page.notices, [&](const PageNotice &n) { return n.updates.empty() || isOver(n); });
    while (page.notices.size() > StatusPageState::kNoticesKept)
        page.notices.erase(page.notices.begin());
    std::erase_if(page.maintenances, [&](const PageMaintenance &m) { return m.endedAt && m.endedAt < oldest; });
    while (page.maintenances.size() > StatusPageState::kMaintenancesKept)
        page.maintenances.erase(page.maintenances.begin());
}

} // namespace

StatusPageState *pageOf(State &state, const std::string &id)
{
    auto it = std::find_if(state.pages.begin(), state.pages.end(), [&](const StatusPageState &p) { return p.id == id; });
    if (it == state.pages.end()) {
        if (state.pages.size() >= kPagesKept)
            return nullptr;
        state.pages.emplace_back();
        it = state.pages.end() - 1;
        it->id = id;
    }
    it->changed = state.seq;
    return &*it;
}

void apply(State &state, const events::PagePosted &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    auto it = std::find_if(page->notices.begin(), page->notices.end(), [&](const PageNotice &n) { return n.number == e.notice; });
    if (it == page->notices.end()) {
        it = page->notices.insert(std::upper_bound(page->notices.begin(), page->notices.end(), e.notice, [](std::uint32_t number, const PageNotice &n) { return number < n.number; }), PageNotice{});
        it->number = e.notice;
        it->incident = e.incident;
    }
    for (const auto &[language, title] : e.title)
        it->title[language] = title;
    it->updates.push_back({e.update, e.phase, e.text, e.components, state.time, e.nextDue, e.by.person, {e.reason, e.missing, e.told, {}, {}}});
    if (it->updates.size() > StatusPageState::kUpdatesKept)
        it->updates.erase(it->updates.begin() + 1);
    for (const ComponentSaid &said : e.components) {
        const auto known = std::find_if(it->components.begin(), it->components.end(), [&](const ComponentSaid &c) { return c.component == said.component; });
        if (known == it->components.end())
            it->components.push_back(said);
        else
            known->state = said.state;
    }
    it->overdueAt = {};
    it->isEnded = false;
    page->lastNotice = std::max(page->lastNotice, e.notice);
    letGo(*page, state.time);
    if (Incident *i = incidentOf(state, e.incident)) {
        heard(state, *i, std::string(kPublic));
        if (const OutwardMessage *m = goingOut(state, *i); m && std::find(m->newest().to.begin(), m->newest().to.end(), "page:" + e.page) != m->newest().to.end())
            reached(state, *i, m->number);
    }
    note(state, e.incident, EntryKind::Update, e.by.person, "status page " + e.page + ", " + std::string(word(e.phase)) + ": " + inFirst(state, e.page, e.text) + forcedText(e.missing, e.reason),
         "notice/" + e.page + "/" + std::to_string(e.notice))
        .via = e.by.via;
}

void apply(State &state, const events::ComponentOverridden &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    componentOf(*page, e.component).byHand = e.derived ? ComponentOverride{} : ComponentOverride{e.state, e.reason, e.by.person, state.time, e.until};
    note(state, {}, EntryKind::Update, e.by.person,
         componentText(e.page, e.component) + (e.derived ? std::string(" follows from incidents again") : " is said to be " + std::string(word(e.state)) + (e.until ? " until " + toRfc3339(e.until) : ""))
             + (e.reason.empty() ? "" : ": " + e.reason),
         "component/" + e.page + "/" + e.component)
        .via = e.by.via;
}

void apply(State &state, const events::PageMaintenancePlanned &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    PageMaintenance m{e.number, e.title, e.text, e.components, e.from, e.until, state.time, {}, {}, e.by.person, {}, {e.reason, e.missing, e.told, {}, {}}};
    const auto it = std::find_if(page->maintenances.begin(), page->maintenances.end(), [&](const PageMaintenance &other) { return other.number >= e.number; });
    if (it != page->maintenances.end() && it->number == e.number) {
        m.plannedAt = it->plannedAt;
        m.begunAt = it->begunAt;
        m.endedAt = it->endedAt;
        if (!m.forced.isForced() && m.title == it->title && m.text == it->text) // another time for the same words
            m.forced = it->forced;
        m.changedAt = std::move(it->changedAt);
        if (m.changedAt.size() < PageMaintenance::kChangesKept)
            m.changedAt.push_back(state.time);
        *it = std::move(m);
    } else {
        page->maintenances.insert(it, std::move(m));
    }
    page->lastMaintenance = std::max(page->lastMaintenance, e.number);
    letGo(*page, state.time);
    note(state, {}, EntryKind::Update, e.by.person, "status page " + e.page + ": maintenance " + std::to_string(e.number) + (e.change > 0 ? " changed: " : " planned: ") + inFirst(state, e.page, e.title) + forcedText(e.missing, e.reason),
         "pagemaintenance/" + e.page + "/" + std::to_string(e.number))
        .via = e.by.via;
}

void apply(State &state, const events::PageMaintenanceBegan &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    for (PageMaintenance &m : page->maintenances)
        if (m.number == e.number && m.isToCome())
            m.begunAt = state.time;
    note(state, {}, EntryKind::Update, "core", "status page " + e.page + ": maintenance " + std::to_string(e.number) + " began",
         "pagemaintenance/" + e.page + "/" + std::to_string(e.number));
}

void apply(State &state, const events::PageMaintenanceEnded &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    for (PageMaintenance &m : page->maintenances)
        if (m.number == e.number && !m.endedAt)
            m.endedAt = state.time;
    note(state, {}, EntryKind::Update, e.by.person, "status page " + e.page + ": maintenance " + std::to_string(e.number) + " ended" + (e.reason.empty() ? "" : ": " + e.reason),
         "pagemaintenance/" + e.page + "/" + std::to_string(e.number))
        .via = e.by.via;
}

void apply(State &state, const events::ComponentTurned &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    PageComponentState &c = componentOf(*page, e.component);
    c.turns.push_back({state.time, e.state});
    c.because = e.because;
    const Instant oldest = state.time - StatusPageState::kKept;
    const auto kept = std::find_if(c.turns.begin() + 1, c.turns.end(), [&](const ComponentTurn &t) { return t.at > oldest; }) - 1;
    c.turns.erase(c.turns.begin(), kept);
    if (c.turns.size() > PageComponentState::kTurnsKept)
        c.turns.erase(c.turns.begin());
    note(state, {}, EntryKind::Update, "core", componentText(e.page, e.component) + " is " + std::string(word(e.state)), "component/" + e.page + "/" + e.component);
}

void apply(State &state, const events::ComponentDrifted &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    PageComponentState &c = componentOf(*page, e.component);
    c.driftsSince = e.drifts ? state.time : Instant{};
    c.driftBecause = e.because;
    note(state, {}, EntryKind::Update, "core",
         componentText(e.page, e.component) + (e.drifts ? " is said to work, but what it stands for is in trouble" : " and what it stands for agree again"), "component/" + e.page + "/" + e.component);
}

void apply(State &state, const events::NoticeOverdue &e)
{
    StatusPageState *page = pageOf(state, e.page);
    if (!page)
        return;
    const bool isExpired = e.because.rule == "page/expired" && !e.because.matched.empty();
    for (PageNotice &n : page->notices)
        if (n.number == e.notice) {
            n.overdueAt = e.due;
            n.isEnded = isExpired;
        }
    note(state, {}, EntryKind::Update, "core",
         "status page " + e.page + (isExpired ? " may be out of date: " + e.because.matched.front() : ": the word promised for " + toRfc3339(e.due) + " did not come"),
         "notice/" + e.page + "/" + std::to_string(e.notice));
}

} // namespace qd::state
