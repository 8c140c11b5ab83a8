// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"

#include <string>
#include <vector>

namespace qd::state {

/// A shift that was handed over, or offered and not answered yet.
struct ShiftHandover {
    std::uint32_t number = 0;
    std::string from, to, brief, summary, watch; ///< brief: what the console itself counted then
    Instant at, answeredAt;
    bool accepted = false;
    std::string words;                   ///< the receiver's read-back; why it was declined or withdrawn
    std::string answeredBy;
    QD_FIELDS(f(1, "number", e.number); f(2, "from", e.from); f(3, "to", e.to); f(4, "brief", e.brief); f(5, "summary", e.summary);
              f(6, "watch", e.watch); f(7, "at", e.at); f(8, "answeredAt", e.answeredAt); f(9, "accepted", e.accepted); f(10, "words", e.words);
              f(11, "answeredBy", e.answeredBy);)

    [[nodiscard]] bool isOpen() const { return !answeredAt; }
};

struct Shifts {
    static constexpr std::size_t kKept = 50;
    std::vector<ShiftHandover> all;      ///< the last kKept, in order
    std::uint32_t last = 0;
    QD_FIELDS(f(1, "all", e.all); f(2, "last", e.last);)

    [[nodiscard]] const ShiftHandover *find(std::uint32_t number) const
    {
        for (const ShiftHandover &h : all)
            if (h.number == number)
                return &h;
        return nullptr;
    }
};

} // namespace qd::state
