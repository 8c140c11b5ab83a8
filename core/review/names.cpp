// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/names.h"

#include "core/base/foldedtext.h"

#include <algorithm>
#include <array>

namespace qd::review {

namespace {

/// The word at the beginning, whole, or the one character that is of none.
std::string_view beginningOf(std::string_view text)
{
    std::size_t end = 0;
    for (Character next = firstCharacter(text); next.letter == Letter::OfWord; next = firstCharacter(text.substr(end)))
        end += next.bytes;
    return text.substr(0, end > 0 ? end : firstCharacter(text).bytes);
}

std::string nameFolded(std::string_view name, bool letters)
{
    std::string out = foldedText(name, {.letters = letters}).text;
    if (out.ends_with(' '))
        out.pop_back();
    if (out.starts_with(' '))
        out.erase(0, 1);
    return out;
}

/// A name ends at the end of a word, and behind a character that is one by itself.
bool endsAt(std::string_view text, std::size_t at)
{
    return firstCharacter(text.substr(at)).letter != Letter::OfWord || lastCharacter(text.substr(0, at)).letter == Letter::ByItself;
}

} // namespace

std::string foldedName(std::string_view name)
{
    return nameFolded(name, true);
}

void NameIndex::add(std::string_view name, std::size_t which, bool asWritten)
{
    std::string folded = foldedName(name);
    if (folded.empty())
        return;
    auto &lengths = m_lengths[std::string(beginningOf(folded))];
    if (const auto at = std::lower_bound(lengths.begin(), lengths.end(), folded.size()); at == lengths.end() || *at != folded.size())
        lengths.insert(at, folded.size());
    m_names[std::move(folded)].push_back({which, asWritten ? nameFolded(name, false) : std::string()});
}

void NameIndex::eachOf(const FoldedText &folded, std::string_view text, const Take &take) const
{
    const std::string_view all = folded.text;
    bool isBehindWord = false;
    for (std::size_t at = 0; at < all.size();) {
        const std::string_view rest = all.substr(at), beginning = beginningOf(rest);
        const Letter letter = firstCharacter(beginning).letter;
        // A name stands at the beginning of a word, or where no word ends right before it.
        if (const auto lengths = isBehindWord && letter != Letter::ByItself ? m_lengths.end() : m_lengths.find(beginning); lengths != m_lengths.end())
            for (const std::size_t length : lengths->second) {
                if (length > rest.size())
                    break;
                const auto names = m_names.find(rest.substr(0, length));
                if (names == m_names.end() || !endsAt(rest, length))
                    continue;
                const auto [from, bytes] = folded.written(at, length);
                for (const Name &name : names->second)
                    if (name.exact.empty() || name.exact == nameFolded(text.substr(from, bytes), false))
                        take(from, bytes, name.which);
            }
        isBehindWord = letter == Letter::OfWord;
        at += beginning.size();
    }
}

void NameIndex::eachIn(std::string_view text, const Take &take) const
{
    if (isEmpty())
        return;
    const FoldedText joined = foldedText(text);
    if (!joined.hides)
        return eachOf(joined, text, take);
    // What is drawn as nothing may stand in a name, and beside one.
    std::vector<std::array<std::size_t, 3>> found;
    const Take keep = [&](std::size_t at, std::size_t length, std::size_t which) { found.push_back({at, length, which}); };
    eachOf(joined, text, keep);
    eachOf(foldedText(text, {.hidden = Hidden::Parts}), text, keep);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (const auto &[at, length, which] : found)
        take(at, length, which);
}

} // namespace qd::review
