// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qd {
struct FoldedText;
}

namespace qd::review {

/// Names to be found in texts, each as a word of its own: letters of any script big or small, whatever punctuation stands beside it, over blanks and line ends of any kind, and with what is
/// drawn as nothing within it (core/base/foldedtext.h). In a script without blanks between words a name may stand anywhere. However many they are, a text is gone through once (twice where
/// something in it is drawn as nothing): what costs is the text, and how many lengths names have that begin alike.
class NameIndex {
public:
    /// `which`: what the caller knows it by. `asWritten`: found only with the letters as they are here. A name of blanks alone is never found.
    void add(std::string_view name, std::size_t which, bool asWritten = false);
    using Take = std::function<void(std::size_t at, std::size_t length, std::size_t which)>;
    /// Every place where one stands, in bytes of the text as it is and in their order; at one place the shorter first.
    void eachIn(std::string_view text, const Take &take) const;
    [[nodiscard]] bool isEmpty() const { return m_names.empty(); }

private:
    struct Name {
        std::size_t which = 0;
        std::string exact;               ///< asWritten: the letters; else empty
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    template <typename T>
    using ByText = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

    void eachOf(const FoldedText &folded, std::string_view text, const Take &take) const;

    ByText<std::vector<std::size_t>> m_lengths; ///< of the names that begin with this word, or with this one character that is of none; ascending
    ByText<std::vector<Name>> m_names;   ///< folded
};

/// Words as the index compares them: two that fold alike are one name.
[[nodiscard]] std::string foldedName(std::string_view name);

} // namespace qd::review
