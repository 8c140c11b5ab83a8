// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <md4c.h>

namespace qd::review {

/// How md4c reads our Markdown, wherever it does: what one reader takes for words is words to all of them. No HTML, and no code but between fences:
/// a line that is only indented is a sentence.
inline constexpr unsigned kMarkdownFlags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS;

} // namespace qd::review
