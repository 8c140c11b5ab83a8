// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/words.h"

#include <string>

namespace qd::command {

/// The three questions behind a severity, asked in words anybody on the call can answer.
enum class Hurt : std::uint8_t { No, Soon, Yes };     ///< are customers hurt?
enum class HowMany : std::uint8_t { Few, Some, Most }; ///< how many?
enum class Workaround : std::uint8_t { None, Exists };

/// A severity and how it was reached, as arithmetic people can check.
struct Suggestion {
    IncidentSeverity severity = IncidentSeverity::Sev3;
    std::string arithmetic; ///< "SEV1; not yet +1; some +1 = SEV3"
};

/// SEV1, one step less for each: customers are not hurt yet (two more when they will not be), some of them only (two: few), there is
/// a workaround. Never below SEV5. When in doubt the answer that gives the higher severity is right: it can be lowered with a reason.
[[nodiscard]] Suggestion suggestSeverity(Hurt hurt, HowMany howMany, Workaround workaround);

} // namespace qd::command
