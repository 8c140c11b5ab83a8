// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/lint.h"

#include <re2/re2.h>
#include <span>

/// What lint() looks for, by language. For this folder only: it brings RE2 with it.
namespace qd::comms {

/// The first group is what is said of it.
struct LintPattern {
    AdviceKind kind;
    RE2 pattern;
    std::string_view say;
};

/// A word that only we understand, and what to write instead.
struct LintTerm {
    std::string_view term, say;
};

struct LintWords {
    std::vector<const LintPattern *> patterns;
    std::span<const LintTerm> jargon;
    const RE2 *fault = nullptr; ///< behind a person's name: they did something wrong
    const RE2 *by = nullptr;    ///< before it: something was done by them
};

[[nodiscard]] const LintWords &englishLintWords();
[[nodiscard]] const LintWords &germanLintWords();
/// English, where there are no words of a language's own.
[[nodiscard]] inline const LintWords &lintWordsOf(std::string_view language)
{
    return language == "de" ? germanLintWords() : englishLintWords();
}

} // namespace qd::comms
