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
