// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/comms/outward.h"
#include "core/comms/reach.h"

#include <map>

namespace qd::control {

namespace {

json::object textsOf(const Localized &texts)
{
    json::object out;
    for (const auto &[language, text] : texts)
        out[language] = text;
    return out;
}

json::array saidJson(const std::vector<ComponentSaid> &components)
{
    json::array out;
    for (const ComponentSaid &c : components)
        out.push_back(json::object{{"component", c.component}, {"state", wordJson(c.state)}});
    return out;
}

json::object componentJson(const PageComponent &component, const state::PageComponentState *known)
{
    static const state::PageComponentState nothing;
    const state::PageComponentState &c = known ? *known : nothing;
    json::array turns;
    for (const state::ComponentTurn &t : c.turns)
        turns.push_back(json::object{{"at", timeJson(t.at)}, {"state", wordJson(t.state)}});
    json::value byHand = nullptr;
    if (c.byHand.at)
        byHand = json::object{{"state", wordJson(c.byHand.state)}, {"by", c.byHand.by}, {"reason", c.byHand.reason}, {"at", timeJson(c.byHand.at)}, {"until", timeJson(c.byHand.until)}};
    return {{"id", component.id},
            {"name", textsOf(component.name)},
            {"services", textsJson(component.services)},
            {"state", wordJson(c.now())},
            {"since", timeJson(c.turns.empty() ? Instant{} : c.turns.back().at)},
            {"because", toJson(c.because)},
            {"byHand", std::move(byHand)},
            {"driftsSince", timeJson(c.driftsSince)},
            {"driftBecause", c.driftsSince ? toJson(c.driftBecause) : json::value(nullptr)},
            {"turns", std::move(turns)}};
}

/// Why its words went out without their checks; null: they did not.
json::value forcedJson(const state::Forced &f)
{
    if (!f.isForced())
        return nullptr;
    return json::object{{"reason", f.reason}, {"missing", textsJson(f.missing)}, {"told", textsJson(f.told)}, {"alarmedAt", timeJson(f.alarmedAt)}, {"mendedAt", timeJson(f.mendedAt)}};
}

json::object noticeJson(const state::PageNotice &n)
{
    json::array updates;
    for (const state::NoticeUpdate &u : n.updates)
        updates.push_back(json::object{{"number", u.number}, {"at", timeJson(u.at)}, {"phase", wordJson(u.phase)}, {"text", textsOf(u.text)},
                                       {"components", saidJson(u.components)}, {"nextDue", timeJson(u.nextDue)}, {"by", u.by}, {"forced", forcedJson(u.forced)}});
    return {{"notice", n.number},       {"incident", n.incident},          {"title", textsOf(n.title)}, {"phase", wordJson(n.phase())},
            {"components", saidJson(n.components)}, {"overdueAt", timeJson(n.overdueAt)}, {"ended", n.isEnded}, {"updates", std::move(updates)}};
}

json::object maintenanceJson(const state::PageMaintenance &m)
{
    return {{"maintenance", m.number},
            {"title", textsOf(m.title)},
            {"text", textsOf(m.text)},
            {"components", textsJson(m.components)},
            {"from", timeJson(m.from)},
            {"until", timeJson(m.until)},
            {"state", m.isToCome() ? "scheduled" : m.isUnderWay() ? "in progress" : m.begunAt ? "completed" : "cancelled"},
            {"endedAt", timeJson(m.endedAt)},
            {"changedAt", timeJson(m.changedAt.empty() ? Instant{} : m.changedAt.back())},
            {"by", m.by},
            {"forced", forcedJson(m.forced)}};
}

/// What its words have to pass, as the workspace has it.
json::array checksJson(const state::State &s, const StatusPage &page)
{
    json::array out;
    for (const ApprovalStage *stage : comms::stagesFor(*s.workspace, "customers", {"page:" + page.id}))
        out.push_back(json::object{{"stage", stage->id}, {"name", stage->name.empty() ? stage->id : stage->name}, {"approvers", textsJson(comms::peopleOf(*s.workspace, stage->approvers))}});
    return out;
}

} // namespace

json::array pageItems(const state::State &s)
{
    std::map<std::string_view, const StatusPage *> sorted;
    for (const StatusPage &page : s.workspace->pages)
        sorted.emplace(page.id, &page);
    json::array out;
    for (const auto &[id, page] : sorted) {
        const state::StatusPageState *known = s.page(id);
        ComponentState worst = ComponentState::Operational;
        json::array components, drifts, notices, maintenances;
        for (const PageComponent &component : page->components) {
            const state::PageComponentState *c = known ? known->component(component.id) : nullptr;
            if (c && badness(c->now()) > badness(worst))
                worst = c->now();
            if (c && c->driftsSince)
                drifts.emplace_back(component.id);
            components.push_back(componentJson(component, c));
        }
        std::size_t open = 0;
        if (known)
            for (const state::PageNotice &n : known->notices) {
                open += n.isOpen() ? 1 : 0;
                notices.push_back(noticeJson(n));
            }
        if (known)
            for (const state::PageMaintenance &m : known->maintenances)
                maintenances.push_back(maintenanceJson(m));
        out.push_back(json::object{{"id", page->id},
                                   {"title", textsOf(page->title)},
                                   {"languages", textsJson(page->languages)},
                                   {"zone", page->zone},
                                   {"state", wordJson(worst)},
                                   {"open", open},
                                   {"drifts", std::move(drifts)},
                                   {"publish", textsJson(page->publish)},
                                   {"live", page->live},
                                   {"checks", checksJson(s, *page)},
                                   {"components", std::move(components)},
                                   {"notices", std::move(notices)},
                                   {"maintenances", std::move(maintenances)}});
    }
    return out;
}

} // namespace qd::control
