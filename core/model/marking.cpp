// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/marking.h"

#include "core/base/ascii.h"
#include "core/base/nearest.h"

#include <algorithm>

namespace qd {

namespace {

constexpr std::string_view kOpen = "[[", kClose = "]]";
constexpr std::size_t kClassBytes = 16; ///< of a word that may be one
constexpr DataClass kMarkClasses[] = {DataClass::Public, DataClass::Internal, DataClass::Confidential, DataClass::Restricted};

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Blanks of every kind that a telephone may put there, and a line's end also as JSON writes it: mayHoldMark() reads that.
constexpr std::string_view kBlanks[] = {" ", "\t", "\n", "\\n", "\\t", "\u00a0", "\u202f", "\u200b", "\u2060", "\ufeff"};

/// The length of "[U+200B]" at `at`, as SafeText writes what is drawn as nothing, or of what it leaves of that kind; 0: there is none.
std::size_t tokenAt(std::string_view text, std::size_t at)
{
    constexpr std::string_view kBegin = "[U+", kLeft[] = {"\ufe0e", "\ufe0f"};
    const std::string_view rest = text.substr(std::min(at, text.size()));
    for (const std::string_view left : kLeft)
        if (rest.starts_with(left))
            return left.size();
    if (!rest.starts_with(kBegin))
        return 0;
    std::size_t to = at + kBegin.size();
    while (to < text.size() && isHex(text[to]))
        ++to;
    const std::size_t digits = to - at - kBegin.size();
    return digits >= 4 && digits <= 6 && to < text.size() && text[to] == ']' ? to + 1 - at : 0;
}

std::size_t skipTokens(std::string_view text, std::size_t at)
{
    while (const std::size_t length = tokenAt(text, at))
        at += length;
    return at;
}

/// At most `most` letters and one more, in small ones; `at` goes behind the last. What is drawn as nothing is passed over among them, and ends a word
/// that is one already.
template <typename IsWord>
std::string lettersAt(std::string_view text, std::size_t &at, std::size_t most, IsWord isWord)
{
    std::string out;
    for (std::size_t to = skipTokens(text, at); to < text.size() && isLetter(text[to]) && out.size() <= most;) {
        out += asciiLower(text.substr(to, 1));
        at = ++to;
        to = skipTokens(text, to);
        if (to != at && isWord(out))
            break;
    }
    return out;
}

constexpr std::string_view kFor = "for";

std::string forAt(std::string_view text, std::size_t &at)
{
    return lettersAt(text, at, kFor.size(), [](std::string_view word) { return word == kFor; });
}

/// Behind "[[" at `at`, also where something that is drawn as nothing was put between the two; 0: there is none.
std::size_t openAt(std::string_view text, std::size_t at)
{
    if (at >= text.size() || text[at] != kOpen[0] || tokenAt(text, at) > 0)
        return 0;
    const std::size_t second = skipTokens(text, at + 1);
    return second < text.size() && text[second] == kOpen[1] ? second + 1 : 0;
}

std::size_t findOpen(std::string_view text, std::size_t from)
{
    for (std::size_t at = text.find(kOpen[0], from); at != std::string_view::npos; at = text.find(kOpen[0], at + 1))
        if (openAt(text, at) > 0)
            return at;
    return std::string_view::npos;
}

/// Where the next mark may open or one is closed; the text's end: nowhere. No further than that is looked for a mark's names.
std::size_t nextPair(std::string_view text, std::size_t at)
{
    while (at < text.size()) {
        if (const std::size_t length = tokenAt(text, at))
            at += length;
        else if (openAt(text, at) > 0 || text.substr(at, 2) == kClose)
            return at;
        else
            ++at;
    }
    return text.size();
}

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    for (bool more = true; more;) {
        more = false;
        if (const std::size_t behind = skipTokens(text, at); behind != at) {
            at = behind;
            more = true;
        }
        for (const std::string_view blank : kBlanks)
            if (text.substr(std::min(at, text.size())).starts_with(blank)) {
                at += blank.size();
                more = true;
            }
    }
    return at;
}

/// "for" and what ends it.
bool beginsNames(std::string_view text, std::size_t at)
{
    return forAt(text, at) == kFor && skipBlanks(text, at) > at;
}

/// The class a mark at `at` ("[[") opens with, if it is one; `after` is behind the class's word.
std::optional<DataClass> classAt(std::string_view text, std::size_t at, std::size_t &after)
{
    std::size_t to = skipBlanks(text, openAt(text, at));
    const std::string name = lettersAt(text, to, kClassBytes, [](std::string_view word) { return fromWord<DataClass>(word).has_value(); });
    if (name.empty() || name.size() > kClassBytes)
        return std::nullopt;
    after = to;
    if (const auto exact = fromWord<DataClass>(name))
        return exact;
    // A typing mistake must not give words away; only where a colon shows that a class was meant.
    const std::size_t next = skipBlanks(text, to);
    std::vector<std::string_view> words;
    for (const DataClass each : kMarkClasses)
        words.push_back(word(each));
    words.push_back("privileged");
    const bool isMeant = next < text.size() && (text[next] == ':' || beginsNames(text, next));
    return isMeant && !nearest(name, words).empty() ? std::optional(DataClass::Restricted) : std::nullopt;
}

/// "for dana, legal:" after a class; `at` goes to where the words begin. False: names were begun and nothing says where they end.
bool readNames(std::string_view text, std::size_t &at, std::size_t end, std::vector<std::string> &names)
{
    std::size_t from = skipBlanks(text, at);
    if (beginsNames(text, from)) {
        const std::size_t colon = text.substr(0, end).find(':', from);
        if (colon == std::string_view::npos)
            return false;
        (void)forAt(text, from);
        std::size_t begin = skipBlanks(text, from);
        while (begin <= colon) {
            const std::size_t to = std::min(text.substr(0, colon).find(',', begin), colon);
            std::string name = asciiLower(text.substr(begin, to - begin));
            name.erase(0, name.find_first_not_of(" \t\n@"));
            name.resize(name.find_last_not_of(" \t\n") + 1);
            if (!name.empty() && names.size() < kMarkNames)
                names.push_back(std::move(name));
            begin = to + 1;
        }
        if (names.empty())
            names.emplace_back(); // for nobody
        from = colon;
    }
    if (from < end && text[from] == ':')
        ++from;
    at = std::min(skipBlanks(text, from), end);
    return true;
}

} // namespace

std::vector<Marked> marksIn(std::string_view text)
{
    std::vector<Marked> out;
    for (std::size_t at = findOpen(text, 0); at != std::string_view::npos; at = findOpen(text, at)) {
        Marked mark;
        mark.at = at;
        mark.level = DataClass::Public;
        // What is within a mark may be read by who may read both.
        const auto also = [&](DataClass level, std::size_t &after) {
            Marked::Need need{level, {}};
            if (!readNames(text, after, nextPair(text, after), need.names))
                need.names.emplace_back();
            if (rankOf(level) > rankOf(mark.level))
                mark.level = level;
            mark.needs.push_back(std::move(need));
        };
        std::size_t begin = 0;
        const auto level = classAt(text, at, begin);
        if (!level) {
            ++at; // "[[[restricted: …": the next bracket may open one
            continue;
        }
        std::size_t depth = 1, to = begin;
        also(*level, begin);
        while (to < text.size() && depth > 0) {
            if (const std::size_t token = tokenAt(text, to)) {
                to += token; // its bracket closes nothing
            } else if (const std::size_t opened = openAt(text, to)) {
                std::size_t after = 0;
                if (const auto inner = classAt(text, to, after))
                    also(*inner, after);
                ++depth;
                to = opened;
            } else if (text.substr(to, 2) == kClose) {
                --depth;
                to += kClose.size();
            } else {
                ++to;
            }
        }
        const std::size_t end = depth == 0 ? to - kClose.size() : text.size();
        mark.words = text.substr(begin, end - begin);
        mark.length = to - at;
        mark.unclosed = depth;
        at = to;
        out.push_back(std::move(mark));
    }
    return out;
}

std::optional<Marked> wholeMark(std::string_view text)
{
    std::vector<Marked> marks = marksIn(text);
    if (marks.size() != 1 || marks.front().at != 0 || marks.front().length != text.size())
        return std::nullopt;
    return std::move(marks.front());
}

bool isAsStrict(const Marked::Need &is, const Marked::Need &needed)
{
    const auto isNeeded = [&](const std::string &name) { return std::find(needed.names.begin(), needed.names.end(), name) != needed.names.end(); };
    return rankOf(is.level) >= rankOf(needed.level)
        && (needed.names.empty() || (!is.names.empty() && std::all_of(is.names.begin(), is.names.end(), isNeeded)));
}

bool mayHoldMark(std::string_view bytes, DataClass level)
{
    for (std::size_t at = findOpen(bytes, 0); at != std::string_view::npos; at = findOpen(bytes, at + 1)) {
        std::size_t after = 0;
        // Names bound also what everybody could read otherwise.
        if (const auto found = classAt(bytes, at, after); found && (rankOf(*found) > rankOf(level) || after >= bytes.size() || bytes[after] != ':'))
            return true;
    }
    return false;
}

bool mayRead(const Reader &reader, const Marked &mark)
{
    const auto isTheirs = [&](const std::string &name) { return !name.empty() && std::find(reader.ids.begin(), reader.ids.end(), name) != reader.ids.end(); };
    return std::all_of(mark.needs.begin(), mark.needs.end(), [&](const Marked::Need &need) {
        return rankOf(need.level) <= rankOf(need.names.empty() ? std::min(reader.level, reader.most, [](DataClass a, DataClass b) { return rankOf(a) < rankOf(b); }) : reader.most)
            && (need.names.empty() || std::any_of(need.names.begin(), need.names.end(), isTheirs));
    });
}

std::string holeOf(const Marked &mark)
{
    const auto characters = static_cast<std::size_t>(std::count_if(mark.words.begin(), mark.words.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    return "[sealed: " + std::string(word(mark.level)) + (characters <= kShortMark ? ", short]" : characters <= kMediumMark ? ", medium]" : ", long]");
}

std::string sealed(std::string_view text, const Reader &reader, Brackets brackets, std::vector<DataClass> *shown)
{
    std::string out;
    std::size_t at = 0;
    for (const Marked &mark : marksIn(text)) {
        out += text.substr(at, mark.at - at);
        at = mark.at + mark.length;
        if (!mayRead(reader, mark)) {
            out += holeOf(mark);
            continue;
        }
        out += brackets == Brackets::Kept ? text.substr(mark.at, mark.length) : mark.words;
        if (shown)
            shown->push_back(mark.level);
    }
    return out += text.substr(at);
}

std::vector<Marked> keptFrom(std::string_view text, const Reader &reader)
{
    std::vector<Marked> out = marksIn(text);
    std::erase_if(out, [&](const Marked &mark) { return mayRead(reader, mark); });
    return out;
}

std::string without(std::string_view text, const Reader &reader)
{
    std::string out;
    std::size_t at = 0;
    for (const Marked &mark : keptFrom(text, reader)) {
        out += text.substr(at, mark.at - at);
        at = mark.at + mark.length;
        // The blank before it goes with it where what follows brings its own, or none is needed.
        const bool isTwice = at >= text.size() || std::string_view(" \n.,;:!?)").find(text[at]) != std::string_view::npos;
        if (isTwice && out.ends_with(' '))
            out.pop_back();
        else if (out.empty() && at < text.size() && text[at] == ' ')
            ++at;
    }
    out += text.substr(at);
    // Brackets that stood on both sides of what is gone may open a mark now; each round is shorter.
    return out.size() < text.size() ? without(out, reader) : out;
}

bool isPaired(std::string_view text)
{
    std::size_t depth = 0;
    for (std::size_t at = nextPair(text, 0); at < text.size(); at = nextPair(text, at)) {
        if (const std::size_t opened = openAt(text, at)) {
            ++depth;
            at = opened;
        } else if (depth == 0) {
            return false;
        } else {
            --depth;
            at += kClose.size();
        }
    }
    return depth == 0;
}

std::string closed(std::string_view text)
{
    std::string out(text);
    const std::vector<Marked> marks = marksIn(text);
    if (marks.empty() || marks.back().unclosed == 0)
        return out;
    if (out.ends_with(']'))
        out += ' ';
    for (std::size_t n = marks.back().unclosed; n > 0; --n)
        out += kClose;
    return out;
}

std::string marked(std::string_view text, DataClass level, const std::vector<std::string> &names)
{
    if (text.empty())
        return {};
    std::string out = "[[" + std::string(word(level));
    for (std::size_t n = 0; n < names.size(); ++n)
        out += (n == 0 ? " for " : ", ") + names[n];
    out += ": ";
    // Brackets that close nothing would end it before its words do; those that open something are closed with it.
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::size_t token = tokenAt(text, at), opened = openAt(text, at);
        const bool isClose = text.substr(at, 2) == kClose;
        std::size_t length = 1;
        if (token > 0) {
            length = token;
        } else if (opened > 0) {
            length = opened - at;
            ++depth;
        } else if (isClose && depth > 0) {
            length = kClose.size();
            --depth;
        } else if (isClose) {
            out += "] ";
            continue;
        }
        out += text.substr(at, length);
        at += length - 1;
    }
    if (out.ends_with(']'))
        out += ' ';
    for (; depth > 0; --depth)
        out += kClose;
    return out.append(kClose);
}

} // namespace qd
