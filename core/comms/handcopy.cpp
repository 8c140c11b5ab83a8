// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/handcopy.h"

#include "core/base/markup.h"
#include "core/comms/words.h"

namespace qd::comms {

namespace {

constexpr std::size_t kLabelLimit = 40;

/// "@here" and its like call everybody in a channel: a word joiner between keeps them words.
std::string woken(std::string_view text)
{
    std::string out(text);
    for (const std::string_view call : {"@here", "@channel", "@everyone", "@all", "@team"})
        for (auto at = out.find(call); at != std::string::npos; at = out.find(call, at + 4))
            out.insert(at + 1, "\xE2\x81\xA0");
    return out;
}

/// "Impact" of "Impact: nobody can pay"; "" when the line begins with no label.
std::string_view labelOf(std::string_view line)
{
    const auto at = line.find(':');
    if (at == std::string_view::npos || at == 0 || at > kLabelLimit || at + 1 >= line.size() || line[at + 1] != ' ')
        return {};
    return line.substr(0, at);
}

template <typename Line>
std::string byLine(std::string_view text, const char *between, Line line)
{
    std::string out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        out += (from == 0 ? "" : between) + line(text.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

} // namespace

std::string_view word(HandPlace place)
{
    static constexpr std::string_view kWords[] = {"slack", "teams", "mail", "plain"};
    return kWords[static_cast<std::size_t>(place)];
}

std::string_view nameOf(HandPlace place)
{
    static constexpr std::string_view kNames[] = {"Slack", "Microsoft Teams", "mail", "plain text"};
    return kNames[static_cast<std::size_t>(place)];
}

HandPlace handPlace(std::string_view text, bool &known)
{
    known = true;
    for (const HandPlace p : {HandPlace::Slack, HandPlace::Teams, HandPlace::Mail, HandPlace::Plain})
        if (text == word(p))
            return p;
    known = false;
    return HandPlace::Plain;
}

HandCopy handCopy(HandPlace place, std::string_view title, std::string_view text)
{
    const auto marked = [](const char *mark) {
        return [mark](std::string_view line) {
            const std::string_view label = labelOf(line);
            return label.empty() ? std::string(line) : mark + std::string(label) + ":" + mark + std::string(line.substr(label.size() + 1));
        };
    };
    switch (place) {
    case HandPlace::Slack: return {woken("*" + std::string(title) + "*\n" + byLine(text, "\n", marked("*"))), {}};
    case HandPlace::Teams: {
        const auto bold = [](std::string_view line) {
            const std::string_view label = labelOf(line);
            return label.empty() ? markupEscaped(line) : "<b>" + markupEscaped(label) + ":</b>" + markupEscaped(line.substr(label.size() + 1));
        };
        return {woken("**" + std::string(title) + "**\n\n" + byLine(text, "\n", marked("**"))),
                woken("<p><b>" + markupEscaped(title) + "</b></p><p>" + byLine(text, "<br>", bold) + "</p>")};
    }
    case HandPlace::Mail: return {"Subject: " + std::string(title) + "\n\n" + std::string(text) + "\n", {}};
    case HandPlace::Plain: break;
    }
    return {std::string(text), {}};
}

} // namespace qd::comms
