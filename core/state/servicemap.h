// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/servicemap.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace qd::state {

/// An edge that was found somewhere, or accepted, with where it came from and when.
struct FoundEdge {
    MapEdge edge;
    std::string origin;                  ///< of a proposal and what became of it: "backstage", "prometheus/NAME" …
    Instant first, last;                 ///< when it was found first and last; of a dismissed one, last: when it was dismissed
    Instant acceptedAt;
    std::string by;                      ///< who accepted or dismissed it
    QD_FIELDS(f(1, "edge", e.edge); f(2, "origin", e.origin); f(3, "first", e.first); f(4, "last", e.last); f(5, "acceptedAt", e.acceptedAt);
              f(6, "by", e.by);)
};

/// A fold rule whose effect on the past somebody was shown: only such a rule folds.
struct ShownFold {
    std::string service, suspect, by, sentence;
    Instant at;
    QD_FIELDS(f(1, "service", e.service); f(2, "suspect", e.suspect); f(3, "by", e.by); f(4, "sentence", e.sentence); f(5, "at", e.at);)
};

/// The map as far as it is not the workspace's: what was proposed, accepted, dismissed. Each sorted by (from, to), each pair in one of them.
struct ServiceMap {
    static constexpr std::size_t kEdgesKept = 20'000; ///< of each list; beyond it nothing is added
    std::vector<FoundEdge> proposals, accepted, dismissed;
    static constexpr std::size_t kShownKept = 2000;   ///< the oldest goes
    std::vector<ShownFold> shown;                     ///< in the order they were shown
    QD_FIELDS(f(1, "proposals", e.proposals); f(2, "accepted", e.accepted); f(3, "dismissed", e.dismissed); f(4, "shown", e.shown);)

    /// Null: what such a rule would have hidden was shown to nobody.
    [[nodiscard]] const ShownFold *shownFold(std::string_view service, std::string_view suspect) const
    {
        const auto it = std::find_if(shown.begin(), shown.end(), [&](const ShownFold &f) { return f.service == service && f.suspect == suspect; });
        return it == shown.end() ? nullptr : &*it;
    }

    /// Where the edge stands in a list, or would.
    [[nodiscard]] static auto place(auto &list, std::string_view from, std::string_view to)
    {
        return std::lower_bound(list.begin(), list.end(), std::pair(from, to),
                                [](const FoundEdge &e, const auto &wanted) { return std::pair<std::string_view, std::string_view>(e.edge.from, e.edge.to) < wanted; });
    }
    [[nodiscard]] static const FoundEdge *find(const std::vector<FoundEdge> &list, std::string_view from, std::string_view to)
    {
        const auto it = place(list, from, to);
        return it != list.end() && it->edge.from == from && it->edge.to == to ? &*it : nullptr;
    }
};

} // namespace qd::state
