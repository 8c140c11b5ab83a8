// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "ui/view/strip.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace qd::seat {

/// How much came in during the last seconds, by the times of the records: reports, what of them was new, and the groups that went into.
/// Reports that repeat what is known are recorded as run-lengths; they count in the seconds they came in, once the core has said so. A value;
/// view thread only.
class StormMeter {
public:
    static constexpr std::int64_t kSeconds = 10; ///< that are averaged

    void take(Instant at, const events::Event &event);
    [[nodiscard]] view::Storm at(Instant now) const;
    void reset() { m_seconds.clear(); }

private:
    struct Second {
        std::uint64_t raw = 0, fresh = 0;
        std::set<std::string> groups;
    };
    [[nodiscard]] Second &second(std::int64_t number);

    std::map<std::int64_t, Second> m_seconds; ///< the last minute at most
};

} // namespace qd::seat
