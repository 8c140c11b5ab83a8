// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

class Hunspell;

namespace qd::review {

/// Words as dictionaries know them. A word is right when one of the languages has it: texts of incidents mix them. Dictionaries are Debian's
/// (hunspell-en-us, hunspell-de-de). Opening one takes a quarter of a second. Safe from any thread, one at a time.
class Spelling {
public:
    inline static const std::filesystem::path kDictionaries = "/usr/share/hunspell";
    static constexpr std::size_t kSuggestions = 5;

    /// `languages`: en, de. Never fails: what is not there is named by missing().
    [[nodiscard]] static std::unique_ptr<Spelling> open(const std::vector<std::string> &languages, const std::filesystem::path &folder = kDictionaries);
    ~Spelling();
    Spelling(const Spelling &) = delete;
    Spelling &operator=(const Spelling &) = delete;

    /// False when no dictionary could be read: then nothing is said of any word.
    [[nodiscard]] bool isReady() const { return !m_dictionaries.empty(); }
    /// "There is no German dictionary (/usr/share/hunspell/de_DE.dic): install hunspell-de-de.", one a language.
    [[nodiscard]] const std::vector<std::string> &missing() const { return m_missing; }
    /// Also true for what is no word: numbers, identifiers, addresses.
    [[nodiscard]] bool knows(std::string_view word) const;
    /// At most kSuggestions. Slow: up to a tenth of a second.
    [[nodiscard]] std::vector<std::string> suggestions(std::string_view word) const;

private:
    Spelling() = default;
    std::vector<std::unique_ptr<Hunspell>> m_dictionaries;
    std::vector<std::string> m_missing;
    mutable std::mutex m_mutex;
};

} // namespace qd::review
