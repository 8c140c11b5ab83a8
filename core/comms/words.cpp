// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/words.h"

#include <algorithm>

namespace qd::comms {

namespace {

constexpr std::string_view kBlank = " \t\r\n\v\f";

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string folded(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::vector<std::string_view> split(std::string_view text)
{
    std::vector<std::string_view> out;
    for (auto [word, rest] = firstWord(text); !word.empty(); std::tie(word, rest) = firstWord(rest))
        out.push_back(word);
    return out;
}

std::pair<std::string_view, std::string_view> firstWord(std::string_view text)
{
    text = trimmed(text);
    const auto end = text.find_first_of(kBlank);
    if (end == std::string_view::npos)
        return {text, {}};
    return {text.substr(0, end), trimmed(text.substr(end))};
}

std::pair<std::string_view, std::string_view> lastWord(std::string_view text)
{
    text = trimmed(text);
    const auto before = text.find_last_of(kBlank);
    if (before == std::string_view::npos)
        return {{}, text};
    return {trimmed(text.substr(0, before)), text.substr(before + 1)};
}

bool startsWithWords(std::string_view text, std::string_view words)
{
    if (words.empty() || text.size() < words.size())
        return false;
    if (!std::equal(words.begin(), words.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); }))
        return false;
    return text.size() == words.size() || kBlank.find(text[words.size()]) != std::string_view::npos;
}

} // namespace qd::comms
