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

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Blanks of every kind that a telephone may put there, and a line's end also as JSON writes it: mayHoldMark() reads that.
constexpr std::string_view kBlanks[] = {" ", "\t", "\n", "\\n", "\\t", "\u00a0", "\u202f", "\u200b", "\u2060", "\ufeff"};

std::size_t skipBlanks(std::string_view text, std::size_t at)
{
    for (bool more = true; more;) {
        more = false;
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
    return at < text.size() && asciiLower(text.substr(at, 3)) == "for" && skipBlanks(text, at + 3) > at + 3;
}

/// The class a mark at `at` ("[[") opens with, if it is one; `after` is behind the class's word.
std::optional<DataClass> classAt(std::string_view text, std::size_t at, std::size_t &after)
{
    const std::size_t from = skipBlanks(text, at + kOpen.size());
    std::size_t to = from;
    while (to < text.size() && to - from <= kClassBytes && isLetter(text[to]))
        ++to;
    if (to == from || to - from > kClassBytes)
        return std::nullopt;
    const std::string name = asciiLower(text.substr(from, to - from));
    after = to;
    if (const auto exact = fromWord<DataClass>(name))
        return exact;
    // A typing mistake must not give words away; only where a colon shows that a class was meant.
    const std::size_t next = skipBlanks(text, to);
    std::vector<std::string_view> words;
    for (const DataClass each : kMarkClasses)
        words.push_back(word(each));
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
        std::size_t begin = skipBlanks(text, from + 3);
        while (begin <= colon) {
            std::size_t to = std::min(text.find(',', begin), colon);
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

/// What is within a mark may be read by who may read both.
void stricter(Marked &mark, DataClass level, std::vector<std::string> names)
{
    if (rankOf(level) > rankOf(mark.level))
        mark.level = level;
    if (names.empty())
        return;
    if (mark.names.empty()) {
        mark.names = std::move(names);
        return;
    }
    std::erase_if(mark.names, [&](const std::string &name) { return std::find(names.begin(), names.end(), name) == names.end(); });
    if (mark.names.empty())
        mark.names.emplace_back(); // nobody is in both
}

} // namespace

std::vector<Marked> marksIn(std::string_view text)
{
    std::vector<Marked> out;
    for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
        Marked mark;
        mark.at = at;
        std::size_t begin = 0;
        const auto level = classAt(text, at, begin);
        if (!level) {
            ++at; // "[[[restricted: …": the next bracket may open one
            continue;
        }
        mark.level = *level;
        std::size_t depth = 1, to = begin;
        if (const std::size_t end = text.find(kClose, begin); !readNames(text, begin, std::min(end, text.size()), mark.names))
            mark.names.emplace_back();
        while (to < text.size() && depth > 0) {
            std::size_t after = 0;
            if (text.substr(to, 2) == kOpen) {
                if (const auto inner = classAt(text, to, after)) {
                    std::vector<std::string> names;
                    if (!readNames(text, after, std::min(text.find(kClose, after), text.size()), names))
                        names.emplace_back();
                    stricter(mark, *inner, std::move(names));
                }
                ++depth;
                to += 2;
            } else if (text.substr(to, 2) == kClose) {
                --depth;
                to += 2;
            } else {
                ++to;
            }
        }
        const std::size_t end = depth == 0 ? to - kClose.size() : text.size();
        mark.words = text.substr(begin, end - begin);
        mark.length = to - at;
        at = to;
        out.push_back(std::move(mark));
    }
    return out;
}

bool mayHoldMark(std::string_view bytes, DataClass level)
{
    for (std::size_t at = bytes.find(kOpen); at != std::string_view::npos; at = bytes.find(kOpen, at + 1)) {
        std::size_t after = 0;
        // Names bound also what everybody could read otherwise.
        if (const auto found = classAt(bytes, at, after); found && (rankOf(*found) > rankOf(level) || after >= bytes.size() || bytes[after] != ':'))
            return true;
    }
    return false;
}

bool mayRead(const Reader &reader, const Marked &mark)
{
    if (rankOf(mark.level) > rankOf(reader.most))
        return false;
    if (mark.names.empty())
        return rankOf(mark.level) <= rankOf(reader.level);
    return std::any_of(mark.names.begin(), mark.names.end(), [&](const std::string &name) { return !name.empty() && std::find(reader.ids.begin(), reader.ids.end(), name) != reader.ids.end(); });
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
        const std::string_view two = text.substr(at, 2);
        if (two == kOpen || (two == kClose && depth > 0)) {
            depth = two == kOpen ? depth + 1 : depth - 1;
            out += two;
            ++at;
            continue;
        }
        out += two == kClose ? "] " : text.substr(at, 1);
    }
    if (out.ends_with(']'))
        out += ' ';
    for (; depth > 0; --depth)
        out += kClose;
    return out.append(kClose);
}

} // namespace qd
