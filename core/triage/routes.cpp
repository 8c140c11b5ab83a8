// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/routes.h"

#include <algorithm>
#include <unordered_map>

namespace qd::triage {

RouteTree::RouteTree(const Workspace &workspace)
{
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    m_nodes.resize(workspace.routes.size());
    for (std::uint32_t i = 0; i < workspace.routes.size(); ++i) { // parents stand before their children
        const Route &route = workspace.routes[i];
        Node &node = m_nodes[i];
        if (auto made = MatcherSet::make(route.match))
            node.match.emplace(std::move(*made));
        node.goesOn = route.goesOn;
        if (route.hasGroupBy)
            node.groupBy = &route.groupBy;
        if (const auto parent = numbers.find(route.parent); parent != numbers.end()) {
            m_nodes[parent->second].children.push_back(i);
            if (!node.groupBy)
                node.groupBy = m_nodes[parent->second].groupBy;
        } else if (route.parent.empty() && !m_hasRoot) {
            m_root = i;
            m_hasRoot = true;
        }
        numbers.emplace(route.id, i);
    }
}

bool RouteTree::match(std::uint32_t number, const Label &label, std::vector<std::uint32_t> &out) const
{
    const Node &node = m_nodes[number];
    if (!node.match || !node.match->holds(label))
        return false;
    const std::size_t before = out.size();
    for (const std::uint32_t child : node.children)
        if (match(child, label, out) && !m_nodes[child].goesOn)
            break;
    if (out.size() == before)
        out.push_back(number);
    return true;
}

void RouteTree::of(const Label &label, std::vector<std::uint32_t> &out) const
{
    out.clear();
    if (m_hasRoot)
        (void)match(m_root, label, out);
}

std::vector<std::string> RouteTree::labels() const
{
    std::vector<std::string> out;
    for (const Node &node : m_nodes)
        if (node.match)
            for (const Matcher &m : node.match->matchers())
                out.push_back(m.name);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<const Route *> routesOf(const Workspace &workspace, const RouteTree::Label &label)
{
    std::vector<std::uint32_t> numbers;
    RouteTree(workspace).of(label, numbers);
    std::vector<const Route *> out;
    for (const std::uint32_t n : numbers)
        out.push_back(&workspace.routes[n]);
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
