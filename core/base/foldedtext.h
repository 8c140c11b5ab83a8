// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd {

/// What a character is to the words around it.
enum class Letter : std::uint8_t {
    No,       ///< of no word: a blank, punctuation, a sign; what is no UTF-8
    OfWord,   ///< a letter, a number, a mark or "_"
    ByItself, ///< a letter of a script that is written without blanks between words (Han, Kana, Thai …) or with endings right behind them (Hangul)
};

/// A character at one end of a text, and its bytes; none of "".
struct Character {
    std::size_t bytes = 0;
    Letter letter = Letter::No;
};
[[nodiscard]] Character firstCharacter(std::string_view text);
[[nodiscard]] Character lastCharacter(std::string_view text);

/// What is drawn as nothing (a soft hyphen, a zero-width space, the token SafeText writes for one): whether it joins what is beside it, or is a blank.
enum class Hidden : std::uint8_t { Joins, Parts };

/// Which letters are one. Numbers and signs are what they are, and ASCII is never taken for other ASCII ("1" for "l").
enum class Likeness : std::uint8_t {
    Same,     ///< those Unicode says mean the same
    Unmarked, ///< and those with marks and without (é, e), where marks are an alphabet's own additions (Latin, Greek, Cyrillic, Arabic, Hebrew). ä, ö and ü stay, for they are written in two ways without (`withoutUmlauts`), and so do æ, ø and œ, as one of them
    Drawn,    ///< and those of any alphabet that are drawn as letters of ASCII (UTS #39), as a Cyrillic а
};

/// A text as one compares it, and where in what was written each byte of it comes from.
struct FoldedText {
    std::string text;
    std::vector<std::uint32_t> from;     ///< one more than `text` has bytes, ascending; the last is the written text's end
    bool hides = false;                  ///< it held something that is drawn as nothing
    bool seems = false;                  ///< it held a letter that is drawn as one of ASCII; known unless letters are `Same` alone

    /// What of the written text stands behind these bytes of `text`: where, and how many bytes. Of a character that was folded to several the whole.
    [[nodiscard]] std::pair<std::size_t, std::size_t> written(std::size_t at, std::size_t length) const;
};

struct Folding {
    bool letters = true;                 ///< letters big or small are one
    bool punctuation = true;             ///< apostrophes are "'", and dashes and hyphens "-", however they are set
    Hidden hidden = Hidden::Joins;
    Likeness likeness = Likeness::Same;
};

/// Characters that are drawn alike or mean the same become one (NFKC, and with `letters` NFKC_Casefold: Unicode TR15 and chapter 3.13), blanks of any kind and length become one blank,
/// and what is drawn as nothing goes. Pure and linear; texts of less than 4 GiB. Never fails: bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] FoldedText foldedText(std::string_view text, const Folding &how = {});

/// What was folded as `Unmarked` or `Drawn`, without ä, ö, ü and with none of the "e" that stand behind a, o and u: all ways to write a word with umlauts become one, and some that are other words.
/// Two that are one here are the same word if `readsAs` says so of them before.
[[nodiscard]] FoldedText withoutUmlauts(const FoldedText &folded);
/// Whether two words, folded as `Unmarked` or `Drawn`, may be one: "müller" is "muller" and "mueller", and these are not each other.
[[nodiscard]] bool readsAs(std::string_view one, std::string_view other);

} // namespace qd
