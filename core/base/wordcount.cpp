// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/wordcount.h"

#include "core/base/foldedtext.h"

#include <algorithm>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/utext.h>

namespace qd {

namespace {

bool isAsciiAt(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

bool partsWords(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// A letter or a number, of ASCII or beyond; "_" alone is no word.
bool hasLetter(std::string_view text)
{
    while (!text.empty()) {
        const Character c = firstCharacter(text);
        if (c.letter != Letter::No && text.front() != '_')
            return true;
        text.remove_prefix(c.bytes);
    }
    return false;
}

/// By blanks alone.
std::size_t betweenBlanks(std::string_view text)
{
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !partsWords(text[end]))
            ++end;
        out += hasLetter(text.substr(at, end - at)) ? 1 : 0;
        at = end + 1;
    }
    return out;
}

/// ICU's own, one a thread: going through a text changes it. None where its tables are missing.
icu::BreakIterator *breaks()
{
    static thread_local const std::unique_ptr<icu::BreakIterator> it = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
        return U_SUCCESS(status) ? std::move(made) : nullptr;
    }();
    return it.get();
}

/// What stands between two words makes them two: a blank, or punctuation beyond ASCII but for a hyphen or an apostrophe that is set.
bool isApart(std::string_view between)
{
    constexpr std::string_view kWithin[] = {"’", "\u2010", "\u2011", "\u00ad", "\u200c", "\u200d"};
    while (!between.empty()) {
        const std::string_view one = between.substr(0, firstCharacter(between).bytes);
        if (one.size() == 1 ? partsWords(one.front()) || !isAsciiAt(one.front()) : std::find(std::begin(kWithin), std::end(kWithin), one) == std::end(kWithin))
            return true;
        between.remove_prefix(one.size());
    }
    return false;
}

} // namespace

std::size_t wordsIn(std::string_view text)
{
    icu::BreakIterator *it = breaks();
    if (it == nullptr || std::all_of(text.begin(), text.end(), isAsciiAt))
        return betweenBlanks(text);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UText, decltype(&utext_close)> read(utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status), &utext_close);
    it->setText(read.get(), status);
    if (U_FAILURE(status))
        return betweenBlanks(text);
    std::size_t out = 0, end = 0; // end: of the word before
    for (std::int32_t at = it->first(), to = it->next(); to != icu::BreakIterator::DONE; at = to, to = it->next()) {
        const auto begin = static_cast<std::size_t>(at);
        const std::string_view word = text.substr(begin, static_cast<std::size_t>(to - at));
        if (!hasLetter(word))
            continue;
        const bool isFirst = out == 0, isByItself = firstCharacter(word).letter == Letter::ByItself;
        out += isFirst || isByItself || isApart(text.substr(end, begin - end)) || lastCharacter(text.substr(0, end)).letter == Letter::ByItself ? 1 : 0;
        end = static_cast<std::size_t>(to);
    }
    static const icu::UnicodeString nothing;
    it->setText(nothing); // the text is not ours to keep
    return out;
}

} // namespace qd
