// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// "Outage" is said of what is gone altogether, and of nothing else (PagerDuty's post-mortem guide, by way of ux.md section 4).
namespace qd::review {

/// How much an incident took, as far as somebody said it.
enum class Extent : std::uint8_t { Unknown, Part, All };
struct ExtentKnown {
    Extent extent = Extent::Unknown;
    std::string says;                    ///< what is known, "some were hurt; a status page said degraded"; empty: nothing is. Of an extent that is not known: it contradicts itself
};
/// By the answers behind its severity, the last ones, and by what its notices on status pages ever said of a component. "Most", without a workaround, is the
/// most that can be answered, and taken for all of it. Where the two say otherwise than each other, it is not known. language: en or de. Pure.
[[nodiscard]] ExtentKnown extentOf(const state::State &state, const state::Incident &incident, std::string_view language);

/// Where words say that all of it was gone, in English or in German: places and lengths. "Partial outage" and "kein Ausfall" say something else.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> outageWordsIn(std::string_view words);
/// What is known of how much was gone, or that nothing is: one sentence, to go behind the question that asks for it.
[[nodiscard]] std::string extentSentence(const ExtentKnown &known, std::string_view language);

} // namespace qd::review
