// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/foldedtext.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qd::review {

inline constexpr std::size_t kLeastAlikeLetters = 3; ///< of a name; a shorter one is found only as it is written: "le" is no "Lê"

/// How near a name's letters are looked at: as Unicode says they are the same; or also with marks more or less ("Muller", "Mueller" for "Müller") and in letters of another alphabet that are drawn alike.
enum class Alike : std::uint8_t { Same, Seen };

/// Names to be found in texts, each as a word of its own: letters of any script big or small, whatever punctuation stands beside it, over blanks and line ends of any kind, and with what is
/// drawn as nothing within it (core/base/foldedtext.h). In a script without blanks between words a name may stand anywhere. However many they are, a text is gone through once (twice where
/// something in it is drawn as nothing; as often again where letters are looked at as they are seen, and the text or a name has some of another alphabet that are drawn as ASCII): what costs is the text,
/// and how many lengths names have that begin alike.
class NameIndex {
public:
    explicit NameIndex(Alike alike = Alike::Same);
    /// `which`: what the caller knows it by. `asWritten`: found only with the letters as they are here. A name of blanks alone is never found.
    void add(std::string_view name, std::size_t which, bool asWritten = false);
    using Take = std::function<void(std::size_t at, std::size_t length, std::size_t which)>;
    /// Every place where one stands, in bytes of the text as it is and in their order; at one place the shorter first.
    void eachIn(std::string_view text, const Take &take) const;
    [[nodiscard]] bool isEmpty() const { return m_isEmpty; }

private:
    struct Name {
        std::size_t which = 0;
        bool isAsWritten = false, isLong = false; ///< isLong: kLeastAlikeLetters
        std::string same, read;          ///< folded by Likeness::Same, and by the table's
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    template <typename T>
    using ByText = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

    /// Names by one likeness.
    struct Table {
        Likeness likeness = Likeness::Same;
        ByText<std::vector<std::size_t>> lengths; ///< of the names that begin with this word, or with this one character that is of none; ascending
        ByText<std::vector<Name>> names; ///< folded; without umlauts but for Likeness::Same
    };
    void add(Table &to, std::string_view name, std::size_t which, bool asWritten);
    static void eachOf(const Table &table, const FoldedText &folded, std::string_view text, Hidden hidden, const Take &take);
    [[nodiscard]] static bool isName(const Table &table, const Name &name, std::string_view words, Hidden hidden);

    std::vector<Table> m_tables;
    bool m_isEmpty = true, m_haveSeeming = false; ///< a name has letters that are drawn as ASCII
};

/// Words as the index compares them: two that fold alike are one name.
[[nodiscard]] std::string foldedName(std::string_view name);

} // namespace qd::review
