// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/impact.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

/// How part of a text is classed, in the text itself, so that people can type it anywhere and it stays with the words wherever they go:
///
///     the login leaks [[confidential: tokens of 40 customers]], see [[restricted for dana, legal: the notice of the bank]]
///
/// What stands outside such marks is internal. Default deny: a mark that is not closed reaches to the end of the text, marks in a mark belong to it
/// and the strictest class holds, a class that is nearly the word of one is restricted. `privileged`, what is said to a lawyer and by one, is restricted under
/// its own name.

/// From what anybody may read to what only some may.
[[nodiscard]] constexpr int rankOf(DataClass level)
{
    switch (level) {
    case DataClass::Public: return 0;
    case DataClass::Internal: return 1;
    case DataClass::Confidential: return 2;
    case DataClass::Restricted: return 3;
    }
    return 3;
}

/// One marked part of a text.
struct Marked {
    std::size_t at = 0, length = 0;      ///< bytes, brackets and all
    DataClass level = DataClass::Restricted; ///< the strictest of it and of the marks within
    struct Need {
        DataClass level = DataClass::Restricted;
        std::vector<std::string> names;  ///< people and teams who need to know, in small letters; none: whoever has the clearance
    };
    std::vector<Need> needs;             ///< its own and those of the marks within: who reads it meets every one
    std::string_view words;              ///< into the text
    std::size_t unclosed = 0;            ///< pairs of brackets that nothing closes: then it reaches to the end of the text
};

inline constexpr std::size_t kMarkNames = 50; ///< of one mark; further names are not read, so they give nobody anything

/// In order, none within another.
[[nodiscard]] std::vector<Marked> marksIn(std::string_view text);
/// The mark that the whole text is; none where words stand outside it, or there are several.
[[nodiscard]] std::optional<Marked> wholeMark(std::string_view text);
/// Whether whoever may read what needs `is` also meets `needed`: it is as strict or stricter.
[[nodiscard]] bool isAsStrict(const Marked::Need &is, const Marked::Need &needed);
/// True for bytes (a text, JSON, a record's body) that may hold a mark above `level`. Quick.
[[nodiscard]] bool mayHoldMark(std::string_view bytes, DataClass level = DataClass::Public);

/// Who reads, as far as marks are concerned. core/governance says which reader somebody is.
struct Reader {
    DataClass level = DataClass::Public;
    std::vector<std::string> ids;        ///< of a person: theirs, and their teams'
    DataClass most = DataClass::Restricted; ///< nothing above it is shown, also where they are named
    bool operator==(const Reader &) const = default;
};
[[nodiscard]] bool mayRead(const Reader &reader, const Marked &mark);

/// What is left of a mark for who may not read it: "[sealed: restricted, short]". short: up to 40 characters, medium: up to 400.
inline constexpr std::size_t kShortMark = 40, kMediumMark = 400;
[[nodiscard]] std::string holeOf(const Marked &mark);

/// How marks that may be read are written: with their brackets, so that their class stays with them, or as their words alone.
enum class Brackets { Kept, Dropped };

/// The text as this reader may have it. `shown`: the marks that stay readable are added.
[[nodiscard]] std::string sealed(std::string_view text, const Reader &reader, Brackets brackets = Brackets::Kept, std::vector<DataClass> *shown = nullptr);
/// The marks this reader may not read.
[[nodiscard]] std::vector<Marked> keptFrom(std::string_view text, const Reader &reader);
/// The text without them, as if they had never been written.
[[nodiscard]] std::string without(std::string_view text, const Reader &reader);
/// Whether every "[[" of the text is closed and every "]]" closes one.
[[nodiscard]] bool isPaired(std::string_view text);
/// The text with its marks closed: what is put behind it belongs to none of them.
[[nodiscard]] std::string closed(std::string_view text);
/// A text that is one mark. "" as text stays "".
[[nodiscard]] std::string marked(std::string_view text, DataClass level, const std::vector<std::string> &names = {});

} // namespace qd
