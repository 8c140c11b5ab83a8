// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/review/rendition.h"

#include <optional>

namespace qd::review {

/// What a rendition is written as here; PDF and ODT are made by the window's program (ui/review/exporting.h).
enum class Format : std::uint8_t { Markdown, Html, Plain, Confluence };
[[nodiscard]] std::string_view word(Format format); ///< "md", "html", "txt", "confluence"
[[nodiscard]] std::optional<Format> formatNamed(std::string_view name);

/// The rendition as bytes. HTML: one page without script, whose policy (default-src 'none') lets no browser fetch anything; every text escaped, no picture, no
/// frame; links are followed by a click and name no referrer. Confluence: its storage format, as XHTML. Markdown: texts that would format or link are escaped,
/// and so is what would end the place a link leads to.
[[nodiscard]] std::string renderedAs(const Rendition &rendition, Format format);

/// The blocks alone as HTML and as XML well-formed, without a page around them.
[[nodiscard]] std::string htmlOf(const std::vector<Block> &blocks);

} // namespace qd::review
