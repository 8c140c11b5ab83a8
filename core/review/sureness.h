// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/reviewwords.h"

#include <cstdint>

namespace qd::review {

/// How sure people said they were that a factor had a part in it: ratings are counted, each once. That somebody is less sure makes no factor count for less.
struct Sureness {
    std::uint64_t low = 0, medium = 0, high = 0, unsaid = 0;
    void add(Confidence said)
    {
        switch (said) {
        case Confidence::Low: ++low; break;
        case Confidence::Medium: ++medium; break;
        case Confidence::High: ++high; break;
        case Confidence::Unsaid: ++unsaid; break;
        }
    }
    [[nodiscard]] std::uint64_t all() const { return low + medium + high + unsaid; }
    bool operator==(const Sureness &) const = default;
};

} // namespace qd::review
