// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/pagepreview.h"

#include "core/desk/decide.h"
#include "core/desk/pages.h"
#include "core/governance/clearance.h"

namespace qd::desk {

Result<PagePreview> pagePreview(const state::State &state, const Command &command, const events::Actor &by, Instant now)
{
    const auto *post = getIf<PostOnPage>(&command);
    const auto *work = getIf<PlanPageMaintenance>(&command);
    if (!post && !work)
        return fail(Code::Invalid, "What can be looked at before it is published is a post on a page and work announced there.");
    auto decided = decidePagesUnchecked(state, command, by, now);
    if (decided)
        decided = cleared(state, command, by, std::move(*decided));
    if (!decided)
        return tl::unexpected(decided.error());
    // What a page reads follows from the page alone and from what incidents touch: nothing else of the State is copied.
    const StatusPage &page = *state.workspace->page(post ? post->page : work->page);
    state::State alone;
    alone.workspace = state.workspace;
    alone.seq = state.seq + 1;
    alone.time = std::max(now, state.time);
    if (const state::StatusPageState *known = state.page(page.id))
        alone.pages = {*known};
    for (const events::Event &e : decided->events)
        if (holds<events::PagePosted>(e) || holds<events::PageMaintenancePlanned>(e))
            state::apply(alone, e, nullptr);
    for (const events::Event &e : comms::pageTurns(alone, blastsOf(state)))
        if (get<events::ComponentTurned>(e).page == page.id)
            state::apply(alone, e, nullptr);
    PagePreview out;
    const state::StatusPageState *known = alone.page(page.id);
    out.worst = comms::pageView(page, known, page.languages.empty() ? "en" : page.languages.front(), alone.time).worst;
    for (const PageComponent &component : page.components) {
        const state::PageComponentState *c = known ? known->component(component.id) : nullptr;
        out.components.push_back({component.id, c ? c->now() : ComponentState::Operational});
    }
    const auto asRead = known ? std::make_optional(governance::asReadersHaveIt(state, *known)) : std::nullopt;
    for (comms::PageFile &file : comms::pageFiles(page, asRead ? &*asRead : nullptr, alone.time))
        if (file.path.ends_with(".html"))
            out.files.push_back(std::move(file));
    return out;
}

} // namespace qd::desk
