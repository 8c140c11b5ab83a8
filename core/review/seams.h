// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/blocks.h"

#include <string_view>
#include <vector>

namespace qd::review {

/// Takes out of blocks every kSeam, and of blanks and punctuation around it what stood there for the words that are gone: blanks twice, a comma, a semicolon, a colon or a dash with
/// nothing on one of its sides, brackets and quotation marks around nothing, a full stop of no sentence. No letter, no digit and no other sign of the words that stay is
/// changed; where two words would become one, a blank stands between them. In a block of code only blanks at the end of a line go. A block without words goes.
void closeSeams(std::vector<Block> &blocks);

} // namespace qd::review
