// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/lint.h"

#include <span>

namespace qd::review {

/// A way of putting things that hides how they came about: a pattern over words in small letters or not, of one sentence.
struct Phrase {
    FindingKind kind = FindingKind::Blame;
    std::string_view pattern;            ///< RE2; the first group is what is said of it
};
[[nodiscard]] std::span<const Phrase> phrases();

} // namespace qd::review
