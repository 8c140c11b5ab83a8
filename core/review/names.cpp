// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/names.h"

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

std::string nameFolded(std::string_view name, bool letters, Likeness likeness = Likeness::Same, Hidden hidden = Hidden::Joins)
{
    std::string out = foldedText(name, {.letters = letters, .hidden = hidden, .likeness = likeness}).text;
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

FoldedText foldedFor(std::string_view text, Likeness likeness, Hidden hidden = Hidden::Joins)
{
    FoldedText out = foldedText(text, {.hidden = hidden, .likeness = likeness});
    return likeness == Likeness::Same ? std::move(out) : withoutUmlauts(out);
}

std::size_t lettersIn(std::string_view text)
{
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character c = firstCharacter(text.substr(at));
        out += c.letter == Letter::No ? 0 : 1;
        at += c.bytes;
    }
    return out;
}

} // namespace

std::string foldedName(std::string_view name)
{
    return nameFolded(name, true);
}

NameIndex::NameIndex(Alike alike)
{
    if (alike == Alike::Same) {
        m_tables.push_back({});
        return;
    }
    // Two, for a letter that is drawn otherwise big than small (Σ, σ) is one of its own alphabet in the first.
    m_tables.push_back({.likeness = Likeness::Unmarked});
    m_tables.push_back({.likeness = Likeness::Drawn});
}

void NameIndex::add(std::string_view name, std::size_t which, bool asWritten)
{
    if (foldedName(name).empty())
        return;
    m_isEmpty = false;
    for (Table &table : m_tables)
        add(table, name, which, asWritten);
}

void NameIndex::add(Table &to, std::string_view name, std::size_t which, bool asWritten)
{
    const FoldedText folded = foldedFor(name, to.likeness);
    m_haveSeeming = m_haveSeeming || folded.seems;
    std::string key = folded.text;
    if (key.ends_with(' '))
        key.pop_back();
    if (key.starts_with(' '))
        key.erase(0, 1);
    auto &lengths = to.lengths[std::string(beginningOf(key))];
    if (const auto at = std::lower_bound(lengths.begin(), lengths.end(), key.size()); at == lengths.end() || *at != key.size())
        lengths.insert(at, key.size());
    Name kept{which, asWritten, lettersIn(name) >= kLeastAlikeLetters, nameFolded(name, !asWritten), {}};
    if (to.likeness != Likeness::Same)
        kept.read = nameFolded(name, !asWritten, to.likeness);
    to.names[std::move(key)].push_back(std::move(kept));
}

bool NameIndex::isName(const Table &table, const Name &name, std::string_view words, Hidden hidden)
{
    if (table.likeness == Likeness::Same && !name.isAsWritten)
        return true; // it is what the table has it by
    if (nameFolded(words, !name.isAsWritten, Likeness::Same, hidden) == name.same)
        return true;
    return table.likeness != Likeness::Same && name.isLong && readsAs(nameFolded(words, !name.isAsWritten, table.likeness, hidden), name.read);
}

void NameIndex::eachOf(const Table &table, const FoldedText &folded, std::string_view text, Hidden hidden, const Take &take)
{
    const std::string_view all = folded.text;
    bool isBehindWord = false;
    for (std::size_t at = 0; at < all.size();) {
        const std::string_view rest = all.substr(at), beginning = beginningOf(rest);
        const Letter letter = firstCharacter(beginning).letter;
        // A name stands at the beginning of a word, or where no word ends right before it.
        if (const auto lengths = isBehindWord && letter != Letter::ByItself ? table.lengths.end() : table.lengths.find(beginning); lengths != table.lengths.end())
            for (const std::size_t length : lengths->second) {
                if (length > rest.size())
                    break;
                const auto names = table.names.find(rest.substr(0, length));
                if (names == table.names.end() || !endsAt(rest, length))
                    continue;
                const auto [from, bytes] = folded.written(at, length);
                for (const Name &name : names->second)
                    if (isName(table, name, text.substr(from, bytes), hidden))
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
    // What is drawn as nothing may stand in a name, and beside one.
    std::vector<std::array<std::size_t, 3>> found;
    const Take keep = [&](std::size_t at, std::size_t length, std::size_t which) { found.push_back({at, length, which}); };
    bool isSeeming = m_haveSeeming, isMore = false;
    for (const Table &table : m_tables) {
        if (table.likeness == Likeness::Drawn && !isSeeming)
            continue;
        const FoldedText joined = foldedFor(text, table.likeness);
        isSeeming = isSeeming || joined.seems;
        isMore = isMore || joined.hides || (isSeeming && m_tables.size() > 1);
        if (!isMore)
            return eachOf(table, joined, text, Hidden::Joins, take);
        eachOf(table, joined, text, Hidden::Joins, keep);
        if (joined.hides)
            eachOf(table, foldedFor(text, table.likeness, Hidden::Parts), text, Hidden::Parts, keep);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (const auto &[at, length, which] : found)
        take(at, length, which);
}

} // namespace qd::review
