// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace qd {

/// What a name that is written with other letters than it seems to be could be taken for.
struct Lookalike {
    std::string seems;  ///< the plain ASCII name it looks like; empty when it looks like none
    bool mixes = false; ///< a word of it mixes letters of scripts that are not written together, such as Latin and Cyrillic
    [[nodiscard]] explicit operator bool() const { return mixes || !seems.empty(); }
};

/// Judges a name as Unicode does: by character the skeleton of UTS #39, section 4, and per word the restriction level "highly restrictive" of its section 5.2
/// (Latin beside Han, Kana, Hangul is one script's writing; Latin beside Cyrillic or Greek is not). Text of ASCII alone is never a
/// lookalike. Only the first 1,024 bytes are judged. Thread-safe.
[[nodiscard]] Lookalike lookalikeOf(std::string_view name);

/// The ASCII letters that a letter beyond ASCII is drawn as, big or small as it is ("A" for a Cyrillic А, "I" for a Cyrillic І), its marks left out; empty: it is drawn as none, or is no letter. Thread-safe.
[[nodiscard]] std::string asciiDrawnAs(char32_t letter);

} // namespace qd
