// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slacktext.h"

#include "core/chat/textparts.h"

#include <algorithm>

namespace qd::chat {

namespace {

std::string entitiesRead(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const auto takes = [&](std::string_view entity, char c) {
            if (!text.starts_with(entity))
                return false;
            out += c;
            text.remove_prefix(entity.size());
            return true;
        };
        if (takes("&amp;", '&') || takes("&lt;", '<') || takes("&gt;", '>'))
            continue;
        out += text.front();
        text.remove_prefix(1);
    }
    return out;
}

/// What stands between < and >.
std::string meant(std::string_view inside, const SlackNames &names)
{
    const std::size_t bar = inside.find('|');
    const std::string target = entitiesRead(inside.substr(0, bar));
    const std::string label = bar == std::string_view::npos ? std::string() : entitiesRead(inside.substr(bar + 1));
    if (target.starts_with("@") || target.starts_with("#")) {
        const std::string name = label.empty() ? names(std::string_view(target).substr(1)) : label;
        return name.empty() ? target : target.front() + name;
    }
    if (target.starts_with("!")) {
        if (!label.empty())
            return label;
        const std::size_t end = target.find('^');
        return '@' + target.substr(1, end == std::string::npos ? end : end - 1);
    }
    if (label.empty() || label == target)
        return target;
    const bool isMail = target == "mailto:" + label; // Slack makes links of addresses and names by itself
    return isMail || target == "http://" + label || target == "https://" + label ? label : label + " (" + target + ")";
}

} // namespace

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

std::string slackPlain(std::string_view markup, const SlackNames &names)
{
    std::string out;
    while (!markup.empty()) {
        const std::size_t open = markup.find('<');
        out += entitiesRead(markup.substr(0, open));
        if (open == std::string_view::npos)
            break;
        markup.remove_prefix(open + 1);
        const std::size_t close = markup.find('>');
        if (close == std::string_view::npos) {
            out += '<' + entitiesRead(markup);
            break;
        }
        out += meant(markup.substr(0, close), names);
        markup.remove_prefix(close + 1);
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
