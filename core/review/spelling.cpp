// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/spelling.h"

#include "core/review/tradewords.h"

#include <algorithm>
#include <hunspell/hunspell.hxx>

namespace qd::review {

namespace {

struct DictionaryOf {
    std::string_view language, file, name, package;
};
constexpr DictionaryOf kDictionaryOf[] = {{"en", "en_US", "English", "hunspell-en-us"}, {"de", "de_DE", "German", "hunspell-de-de"}};

bool isLetterByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// "p99", "loadBalancer", "DNS", "pool_limit", "db-1.eu": nobody's spelling.
bool isIdentifier(std::string_view word)
{
    if (!std::all_of(word.begin(), word.end(), [](char c) { return isLetterByte(c) || c == '\'' || c == '-'; }))
        return true;
    return std::any_of(word.begin() + 1, word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The code point that begins at `at`, which moves behind it; 0 for what is no UTF-8.
char32_t codePoint(std::string_view text, std::size_t &at)
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    const std::size_t more = lead < 0x80 ? 0 : lead < 0xc0 ? 4 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf8 ? 3 : 4;
    if (more == 4 || at + more > text.size())
        return 0;
    char32_t out = more == 0 ? lead : lead & (0x3f >> more);
    for (std::size_t n = 0; n < more; ++n)
        out = out << 6 | (static_cast<unsigned char>(text[at++]) & 0x3f);
    return out;
}

/// No letter of it is Latin, as all of the dictionaries' are. A word that mixes the two is looked up.
bool isOfAnotherScript(std::string_view word)
{
    bool isAny = false;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = codePoint(word, at);
        if (c == U'\'' || c == U'-' || (c >= 0x2000 && c <= 0x206f)) // what joins the parts of a word, and signs nobody sees
            continue;
        if (c < 0x250 || (c >= 0x1e00 && c <= 0x1eff)) // Unicode 15: the blocks of Latin letters
            return false;
        isAny = true;
    }
    return isAny;
}

} // namespace

Spelling::~Spelling() = default;

std::unique_ptr<Spelling> Spelling::open(const std::vector<std::string> &languages, const std::filesystem::path &folder)
{
    std::unique_ptr<Spelling> out(new Spelling);
    for (const std::string &language : languages) {
        const auto known = std::find_if(std::begin(kDictionaryOf), std::end(kDictionaryOf), [&](const DictionaryOf &d) { return d.language == language; });
        if (known == std::end(kDictionaryOf)) {
            out->m_missing.push_back("There is no dictionary for \"" + language + "\".");
            continue;
        }
        const auto affixes = folder / (std::string(known->file) + ".aff"), words = folder / (std::string(known->file) + ".dic");
        std::error_code error;
        if (!std::filesystem::is_regular_file(affixes, error) || !std::filesystem::is_regular_file(words, error)) {
            out->m_missing.push_back("There is no " + std::string(known->name) + " dictionary (" + words.string() + "): install " + std::string(known->package) + ".");
            continue;
        }
        auto dictionary = std::make_unique<Hunspell>(affixes.c_str(), words.c_str());
        if (dictionary->get_dict_encoding() != "UTF-8") {
            out->m_missing.push_back("The " + std::string(known->name) + " dictionary (" + words.string() + ") is not in UTF-8: install " + std::string(known->package) + " of Debian 12.");
            continue;
        }
        out->m_dictionaries.push_back(std::move(dictionary));
    }
    return out;
}

bool Spelling::knows(std::string_view word) const
{
    if (word.size() < 2 || isIdentifier(word) || m_dictionaries.empty())
        return true;
    const std::lock_guard lock(m_mutex);
    const auto isRight = [&](const std::string &w) { return isOfAnotherScript(w) || isTradeWord(w) || std::any_of(m_dictionaries.begin(), m_dictionaries.end(), [&](const auto &d) { return d->spell(w); }); };
    if (isRight(std::string(word)))
        return true;
    for (std::size_t at = 0; at <= word.size();) { // "pre-filled": each part by itself
        const std::size_t end = std::min(word.find('-', at), word.size());
        if ((at == 0 && end == word.size()) || (end > at + 1 && !isRight(std::string(word.substr(at, end - at)))))
            return false;
        at = end + 1;
    }
    return true;
}

std::vector<std::string> Spelling::suggestions(std::string_view word) const
{
    std::vector<std::string> out = m_dictionaries.empty() ? std::vector<std::string>() : tradeWordsNear(word, 2);
    const std::lock_guard lock(m_mutex);
    for (const auto &dictionary : m_dictionaries)
        for (std::string &each : dictionary->suggest(std::string(word)))
            if (out.size() < kSuggestions && std::find(out.begin(), out.end(), each) == out.end())
                out.push_back(std::move(each));
    return out;
}

} // namespace qd::review
