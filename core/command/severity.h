// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/impact.h"

#include <optional>
#include <string>
#include <string_view>

namespace qd::command {

/// The three questions behind a severity, asked in words anybody on the call can answer.
enum class Hurt : std::uint8_t { No, Soon, Yes };     ///< are customers hurt?
enum class HowMany : std::uint8_t { Few, Some, Most }; ///< how many?
enum class Workaround : std::uint8_t { None, Exists };
/// "no", "soon", "yes"; "few", "some", "most"; "no", "yes".
[[nodiscard]] std::string_view word(Hurt v);
[[nodiscard]] std::string_view word(HowMany v);
[[nodiscard]] std::string_view word(Workaround v);

struct Answers {
    Hurt hurt = Hurt::Yes;
    HowMany howMany = HowMany::Most;
    Workaround workaround = Workaround::None;
};
/// All three answered, or none; else the sentence that says which is missing or not known.
[[nodiscard]] Result<std::optional<Answers>> answersOf(std::string_view hurt, std::string_view howMany, std::string_view workaround);

/// A severity from what an incident affects and three answers, as arithmetic people can check. Pure.
/// - Customers hurt: the share the matrix gives the answer, of the largest business service affected (they may be the same people);
///   revenue lost an hour: that share of all of them together. Each has a level in the matrix, the worse counts.
/// - Where neither is known it begins at SEV1, and "some" and "few" are steps less.
/// - Steps less severe: not hurt yet, not hurt, a workaround. Steps more: confidential or restricted data, regulated.
/// Between SEV1 and SEV5. Without business services and with the console's own matrix that is what it was before there were any. When in
/// doubt the answer that gives the higher severity is right: it can be lowered with a reason. Technical severity takes no part.
[[nodiscard]] Reckoning reckon(const SeverityMatrix &matrix, const Impact &impact, const Answers &answers);

/// "Webshop (by checkout): 20,000 customers, 52,000 EUR/h, restricted, regulated".
[[nodiscard]] std::string inWords(const AffectedBusiness &business, const SeverityMatrix &matrix);

} // namespace qd::command
