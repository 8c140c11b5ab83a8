// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For this folder's .cpp files only: it brings Boost.JSON with it.

#include "core/control/jsonfields.h"
#include "core/review/taxonomy.h"

#include <string>

namespace qd::control {

/// "41.35" of hundredths; "" where it is not known. A number would be written 4.135E1.
[[nodiscard]] std::string percentOf(std::uint32_t hundredths);
/// {"low","medium","high","unsaid"}: ratings.
[[nodiscard]] json::object surenessJson(const review::Sureness &ratings);
/// {"kappa","kappaLow","kappaHigh","shaky","agreement","rated","ratedLeast"}: how far raters agree, and in words whether that can be trusted; rated: incidents by two raters or more, and how many of
/// them it takes, so that a window says it in its own language.
[[nodiscard]] json::object agreementJson(const review::Agreement &agreement);

} // namespace qd::control
