// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <optional>
#include <string>
#include <string_view>

namespace qd {

/// What is kept for a time of its own: days of alerts, incidents, incidents that were drills, months of who looked at what; and within
/// incidents what was said in chat, and the files that were kept.
enum class RecordClass : std::uint8_t { Alerts = 0, Incident = 1, Drill = 2, Access = 3, Messages = 4, Evidence = 5 };
[[nodiscard]] std::string_view word(RecordClass v); ///< "alerts", "incident", "drill", "access", "messages", "evidence"
template <> std::optional<RecordClass> fromWord(std::string_view text);

/// How long records of a class are kept after what they tell of was over. A class without a rule is kept for ever.
struct RetentionRule {
    RecordClass of = RecordClass::Alerts;
    Span keep;
    QD_FIELDS(f(1, "of", e.of); f(2, "keep", e.keep);)
};
inline constexpr Span kKeptAtLeast = hours(24), kKeptAtMost = hours(24 * 365 * 50);

} // namespace qd
