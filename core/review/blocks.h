// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Markdown as blocks of words: what a review is published from. No HTML, no picture and no address but of a link is in them.
namespace qd::review {

/// Words of one look.
struct Run {
    std::string text;
    bool bold = false, italic = false, code = false, struck = false;
    std::string link = {};               ///< http, https or mailto; nothing else ever stands here
    std::string evidence = {};           ///< what of the record it points at: "line/12"; every other destination of a link
    [[nodiscard]] bool looksLike(const Run &o) const
    {
        return bold == o.bold && italic == o.italic && code == o.code && struck == o.struck && link == o.link && evidence == o.evidence;
    }
    bool operator==(const Run &) const = default;
};

struct Block {
    enum class Kind : std::uint8_t { Heading, Paragraph, Item, Code, Rule, Cell };
    Kind kind = Kind::Paragraph;
    int level = 0;                       ///< Heading: 1 … 6; Item: how deep, from 1
    int quoted = 0;                      ///< how many quotations it stands in
    unsigned number = 0;                 ///< Item: of an ordered list; 0: of none
    bool head = false, startsRow = false; ///< Cell
    bool goesOn = false;                 ///< a further paragraph of the item before it, at its `level`
    std::vector<Run> runs = {};
    [[nodiscard]] std::string text() const;
    bool operator==(const Block &) const = default;
};

inline constexpr int kDeepest = 8;       ///< of lists and quotations: what is deeper is shown at this depth

/// CommonMark with tables and struck words. Never fails: what is no Markdown is text. Raw HTML stands there as the text it is; of a picture its description
/// is left; titles of links, languages of code are left out. Texts are safeText().
[[nodiscard]] std::vector<Block> blocksOf(std::string_view markdown);
/// Stands where something was taken out of a Markdown before it is read, and in its blocks until core/review/seams.h closes them. It is one of the characters safeText() shows as what they are, so
/// no text of ours has one.
inline constexpr std::string_view kSeam = "\uFFFB";
/// The same of a Markdown that has seams: they stand in the words, and in no address. picture: what a picture is called before its description.
[[nodiscard]] std::vector<Block> blocksWithSeams(std::string_view markdown, std::string_view picture);
/// safeLine() of what stands between seams.
[[nodiscard]] std::string lineWithSeams(std::string_view text);

/// The words of blocks, one a line; a change of them by their places in it.
[[nodiscard]] std::string plainText(const std::vector<Block> &blocks);
struct Edit {
    std::size_t at = 0, length = 0;      ///< bytes of plainText()
    std::string text;                    ///< what stands there then, in the look of the first of them
};
/// `edits` in order, none over another. Blocks that lose all their words go.
void change(std::vector<Block> &blocks, const std::vector<Edit> &edits);

} // namespace qd::review
