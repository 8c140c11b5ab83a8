// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

/// A reason that is chosen by its digit instead of being typed.
struct ReasonPreset {
    std::uint32_t key = 1;               ///< the digit, 1 to 9
    std::string words;
    std::vector<std::string> verbs;      ///< of these; none: of every verb that takes a reason
    QD_FIELDS(f(1, "key", e.key); f(2, "words", e.words); f(3, "verbs", e.verbs);)
};
inline constexpr std::uint32_t kReasonKeys = 9;
inline constexpr std::size_t kReasonBytes = 200; ///< of one preset's words

/// The verbs that take a reason, as the command line names them; what a preset may be for.
[[nodiscard]] std::span<const std::string_view> reasonVerbs();
/// What there is where the team wrote none of its own.
[[nodiscard]] const std::vector<ReasonPreset> &usualReasons();

} // namespace qd
