// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace qd::rebuild {

/// What the line of an alert calls it: "HighLatency" of "[#7] [FIRING:2] HighLatency (checkout)". "" where it begins with no word.
[[nodiscard]] std::string alertName(std::string_view text);

/// Alerts as files tell of them, to find one that two files tell of: the same name, no label both give that differs, and at one time. Pure.
class ToldAlerts {
public:
    /// `until`: none where it is not said.
    void add(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until);
    /// Whether another origin tells of it.
    [[nodiscard]] bool has(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until) const;

private:
    using Labels = std::vector<std::pair<std::string, std::string>>;
    struct Told {
        std::string origin, title;
        Labels labels;
        Instant from, to;            ///< when another's word of it may come
        Instant known;
    };
    [[nodiscard]] static Told told(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until);
    std::map<std::string, std::vector<Told>> m_byName;
};

} // namespace qd::rebuild
