// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slacktext.h"

#include "core/chat/textparts.h"

#include <algorithm>

namespace qd::chat {

std::string slackEscaped(std::string_view text)
{
    std::string out;
    for (const char c : cleanLines(text)) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string slackAsked(std::string_view text, const SlackNames &names)
{
    constexpr std::string_view kMarks[] = {"<@", "<#", "<!", "<http://", "<https://", "<mailto:"};
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("<>", 1);
        const bool isMark = end != std::string_view::npos && text[end] == '>' && std::any_of(std::begin(kMarks), std::end(kMarks), [&](std::string_view mark) { return text.starts_with(mark); });
        const std::string_view part = isMark ? text.substr(0, end + 1) : text.substr(0, text.find('<', 1));
        text.remove_prefix(part.size());
        const std::size_t bar = part.find('|');
        if (isMark && part.starts_with("<@") && bar != std::string_view::npos) {
            const std::string_view label = part.substr(bar + 1, part.size() - bar - 2);
            out += slackPlain(std::string(part.substr(0, bar)) + '>', [&](std::string_view id) {
                const std::string name = names(id);
                return name.empty() ? std::string(label) : name;
            });
        } else if (isMark || !part.starts_with('<')) {
            out += slackPlain(part, names);
        } else {
            out += '<' + slackPlain(part.substr(1), names);
        }
    }
    return out;
}

std::string slackAddress(std::string_view id, std::string_view workspace)
{
    if (id.empty())
        return {};
    std::string out(id);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out + '@' + std::string(workspace);
}

std::string slackLocal(std::string_view address, std::string_view workspace)
{
    return localOf(address, workspace, 80);
}

std::string slackId(std::string_view address, std::string_view workspace, std::string_view kinds)
{
    std::string id = slackLocal(address, workspace);
    std::transform(id.begin(), id.end(), id.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const bool sound = id.size() >= 9 && kinds.find(id.front()) != std::string_view::npos
        && std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); })
        && id.find_first_of("0123456789") != std::string::npos;
    return sound ? id : std::string();
}

} // namespace qd::chat
