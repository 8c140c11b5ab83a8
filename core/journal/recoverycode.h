// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

namespace qd::journal {

/// 32 bytes as 11 groups of 5 characters of Crockford's base 32 (no I, L, O, U), with a check against typing errors.
[[nodiscard]] std::string recoveryCode(const Secret &bytes);
/// Reads it back; case, spaces and hyphens do not matter, I and L read as 1, O as 0. Invalid with one sentence
/// otherwise.
[[nodiscard]] Result<Secret> parseRecoveryCode(std::string_view text);

} // namespace qd::journal
