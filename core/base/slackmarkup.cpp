// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/slackmarkup.h"

namespace qd {

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

} // namespace qd
