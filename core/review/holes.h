// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/marking.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::review {

/// A "[sealed: …]" in a text, as holeOf() writes them: of words that were kept from somebody.
struct Hole {
    std::size_t at = 0;
    std::string_view says;               ///< brackets and all, into the text
};
[[nodiscard]] std::vector<Hole> holesIn(std::string_view text);

/// What a text was written over, as far as it was kept from its writer.
struct WrittenOver {
    std::string_view text;               ///< of the revision, whole
    Reader window;                       ///< the reader of the least the writer may have read it as: what it may not read stood there as "[sealed: …]"
    std::function<bool(const Marked &)> mayGo; ///< parts the writer may leave out: they can read them, or wrote them
};

/// The text with what was kept from its writer put back: each "[sealed: …]" becomes again the words it stands for. They are known by their
/// order, so each has to be there as often and in the same order as in what the text was written over; but those that may go, and those that stand
/// in the text in full, need not be. A text over one that nothing was kept of is returned as it is.
/// Errors: Conflict, where one is missing, was moved, stands within a mark or cannot be told from another: nothing may be lost unseen.
[[nodiscard]] Result<std::string> putBack(std::string_view text, const WrittenOver &over);
/// Words quoted from a text, classed as what they were taken from: those that stand in a mark, or take in a part of one, are marked as it is. Words that
/// cannot be found in the text are as strict as all its marks together. A mark that is quoted whole keeps its own brackets.
[[nodiscard]] std::string asMarked(std::string_view quote, std::string_view text);
/// Whether a text has a place where something was kept from somebody.
[[nodiscard]] bool hasHole(std::string_view text);

} // namespace qd::review
