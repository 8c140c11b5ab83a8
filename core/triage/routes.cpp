// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/routes.h"

#include "core/triage/matcher.h"

#include <algorithm>

namespace qd::triage {

namespace {

using Label = std::function<std::string_view(std::string_view)>;

bool match(const std::vector<Route> &all, const Route &route, const Label &label, std::vector<const Route *> &out)
{
    const auto matchers = MatcherSet::make(route.match);
    if (!matchers || !matchers->holds(label))
        return false;
    const std::size_t before = out.size();
    for (const Route &child : all)
        if (child.parent == route.id && match(all, child, label, out) && !child.goesOn)
            break;
    if (out.size() == before)
        out.push_back(&route);
    return true;
}

} // namespace

std::vector<const Route *> routesOf(const Workspace &workspace, const Label &label)
{
    std::vector<const Route *> out;
    for (const Route &route : workspace.routes)
        if (route.parent.empty()) {
            (void)match(workspace.routes, route, label, out);
            break;
        }
    return out;
}

const std::string &receiverOf(const Workspace &workspace, const Route &route)
{
    const Route *at = &route;
    while (at->receiver.empty() && !at->parent.empty()) {
        const auto parent = std::find_if(workspace.routes.begin(), workspace.routes.end(), [&](const Route &r) { return r.id == at->parent; });
        if (parent == workspace.routes.end() || &*parent == at)
            break;
        at = &*parent;
    }
    return at->receiver;
}

} // namespace qd::triage
