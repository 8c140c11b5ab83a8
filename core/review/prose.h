// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd::review {

/// A stretch of a Markdown text people read as one: a paragraph, a heading, an item, a cell.
struct Passage {
    enum class Kind : std::uint8_t { Paragraph, Heading, Item, Cell };
    Kind kind = Kind::Paragraph;
    bool isQuote = false;                ///< in a quotation: somebody else's words
    std::size_t at = 0, end = 0;         ///< bytes of the text
};

/// The words of a Markdown text where they stand in it. `words` is as long as the text: each byte of a word as it is, and a blank for all that is no word of
/// the author's (marks of structure, code, targets of links, links to the record, class marks), so that what is found in it is found in the text.
struct Prose {
    std::string words;
    std::vector<Passage> passages;       ///< in order
};

/// Never fails; what is no Markdown is text. Nothing is loaded: pictures and HTML are no words.
[[nodiscard]] Prose proseOf(std::string_view markdown);

/// A sentence of a passage. `end` reaches to the next one's beginning, so that a link behind its full stop is its own.
struct Sentence {
    std::size_t at = 0, end = 0;
    bool isQuestion = false;
    std::size_t words = 0;
};
[[nodiscard]] std::vector<Sentence> sentencesOf(const Prose &prose, const Passage &passage);

} // namespace qd::review
