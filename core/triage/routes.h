// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"
#include "core/triage/matcher.h"

#include <functional>
#include <optional>
#include <string_view>

namespace qd::triage {

/// The workspace's routing tree made ready: patterns compiled once, children found by number. Immutable; belongs to the workspace it
/// was made of, by whose order its numbers go.
class RouteTree {
public:
    using Label = std::function<std::string_view(std::string_view)>;

    RouteTree() = default;
    explicit RouteTree(const Workspace &workspace);

    [[nodiscard]] bool isEmpty() const { return m_nodes.empty(); }
    /// The routes that take an alert with these labels, in order, as Alertmanager's dispatch finds them (dispatch/route.go, Match): the
    /// deepest that match; of siblings the first, and those after one that continues. A label that is not there has the value "".
    /// The same route may come once only. A route whose pattern does not compile takes nothing.
    void of(const Label &label, std::vector<std::uint32_t> &out) const;
    /// The labels its matchers look at.
    [[nodiscard]] std::vector<std::string> labels() const;
    /// The labels by which a route groups: its own or the nearest ancestor's; nothing when none says.
    [[nodiscard]] const std::vector<std::string> *groupByOf(std::uint32_t route) const { return m_nodes[route].groupBy; }

private:
    struct Node {
        std::optional<MatcherSet> match;
        std::vector<std::uint32_t> children;
        const std::vector<std::string> *groupBy = nullptr;
        bool goesOn = false;
    };
    [[nodiscard]] bool match(std::uint32_t node, const Label &label, std::vector<std::uint32_t> &out) const;

    std::vector<Node> m_nodes;
    std::uint32_t m_root = 0;
    bool m_hasRoot = false;
};

/// The same once, for labels of a question. The same receiver may come more often. None without a tree.
[[nodiscard]] std::vector<const Route *> routesOf(const Workspace &workspace, const RouteTree::Label &label);

/// The receiver of a route: its own, or the nearest ancestor's.
[[nodiscard]] const std::string &receiverOf(const Workspace &workspace, const Route &route);

} // namespace qd::triage
