// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/whatif.h"

#include "core/control/items.h"
#include "core/control/since.h"
#include "core/desk/whatif.h"

namespace qd::control {

Result<std::string> whatIfJson(const state::Past &past, const WhatIfParams &params, const ReadWorkspace &read, Instant now, const std::function<bool()> &go, const FoldsShown &shown)
{
    std::optional<Workspace> workspace;
    if (!params.workspace.empty()) {
        if (!read)
            return fail(Code::Unavailable, "This core reads no other workspace.");
        auto loaded = read(params.workspace);
        if (!loaded)
            return tl::unexpected(loaded.error());
        workspace = std::move(*loaded);
    }
    const auto first = recordBefore(past, params.since, now);
    if (!first)
        return tl::unexpected(first.error());
    const std::uint64_t head = past.head();
    state::SnapshotLoader loader;
    auto was = state::stateAt(past, *first, loader);
    if (!was)
        return tl::unexpected(was.error());
    state::State would = was->clone();
    const std::vector<FoldRule> folds = workspace ? workspace->folds : std::vector<FoldRule>();
    const auto done = desk::whatIf(past, std::move(*was), std::move(would), head, std::move(workspace), go);
    if (!done)
        return tl::unexpected(done.error());
    if (!folds.empty() && done->from != 0 && shown) // where nothing was folded again nobody saw what they would have hidden
        shown(folds, done->sentence);
    json::array others;
    for (const auto &other : done->others)
        others.push_back(json::object{{"at", timeJson(other.at)}, {"what", other.what}});
    return json::serialize(json::object{{"sentence", done->sentence},
                                        {"from", done->from},
                                        {"to", done->to},
                                        {"calls", json::object{{"were", done->callsWere}, {"would", done->callsWould},
                                                                {"observed", json::object{{"were", done->observedWere}, {"would", done->observedWould}}},
                                                                {"drills", json::object{{"were", done->drillsWere}, {"would", done->drillsWould}}}}},
                                        {"firstCalls", json::object{{"later", done->laterFirst}, {"sooner", done->soonerFirst}}},
                                        {"folds", json::object{{"were", done->foldsWere}, {"would", done->foldsWould}, {"toTheEnd", done->foldedToTheEnd}}},
                                        {"alertsOther", done->alertsOther},
                                        {"records", json::object{{"same", done->recordsSame}, {"other", done->recordsOther}, {"firstOther", done->firstOther}, {"firstOtherWhat", done->firstOtherWhat}}},
                                        {"others", std::move(others)},
                                        {"cut", done->isCut}});
}

} // namespace qd::control
