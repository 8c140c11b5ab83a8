// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd::rebuild {

/// What the line of an alert calls it: "HighLatency" of "[#7] [FIRING:2] HighLatency (checkout)". "" where it begins with no word.
[[nodiscard]] std::string alertName(std::string_view text);

/// Of one name so many are compared: beyond it they are no incident's, and that is said.
inline constexpr std::size_t kComparedMost = 2000;

/// Alerts as files tell of them, to find one that two files tell of: the same name, no label both give that differs, and at one time. Pure.
class ToldAlerts {
public:
    /// `until`: none where it is not said.
    void add(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until);
    /// Whether another origin tells of it.
    [[nodiscard]] bool has(std::string_view origin, std::string_view text, Instant at, Instant knownAt, Instant until) const;
    /// A name of which more were added than are compared.
    struct Beyond {
        std::string name;
        std::size_t added = 0;
        [[nodiscard]] std::string note() const; ///< one sentence: "2000 of 2812 alerts called HighLatency are compared …"
    };
    /// What is beyond for this alert: of its name, by other origins. None: it is compared with all there is.
    [[nodiscard]] std::optional<Beyond> beyond(std::string_view origin, std::string_view text) const;

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
    std::map<std::string, std::map<std::string, std::size_t>> m_left; ///< those not kept to be compared, by name and origin
};

/// The series of an alert in a reference Prometheus' history gives: "HighLatency/0123456789ab" of "HighLatency/0123456789ab/1763906400", whatever instant its query saw first. "" where it is none of those.
[[nodiscard]] std::string_view seriesOf(std::string_view reference);

/// What files of one origin tell of series. A series fires once at a time: two that overlap are one, on whatever steps they were asked for. Pure.
class ToldSeries {
public:
    /// `which`: what find() answers with. References of no series are nothing to it.
    void add(const std::string &origin, std::string_view reference, Instant knownAt, Instant until, std::size_t which);
    [[nodiscard]] std::optional<std::size_t> find(const std::string &origin, std::string_view reference, Instant knownAt, Instant until) const;

private:
    struct Told {
        Instant end;
        std::size_t which = 0;
    };
    std::map<std::pair<std::string, std::string>, std::map<Instant, Told>> m_all; ///< by origin and series, then by when they were known
};

} // namespace qd::rebuild
