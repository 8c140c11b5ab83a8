// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircline.h"

#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kParams = 64; ///< servers send 15 at most

std::string tagUnescaped(std::string_view value)
{
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\') {
            out += value[i];
            continue;
        }
        if (++i == value.size())
            break; // a lone backslash at the end is dropped
        switch (value[i]) {
        case ':': out += ';'; break;
        case 's': out += ' '; break;
        case 'r': out += '\r'; break;
        case 'n': out += '\n'; break;
        default: out += value[i];
        }
    }
    return out;
}

std::string tagEscaped(std::string_view value)
{
    std::string out;
    for (const char c : value)
        switch (c) {
        case ';': out += "\\:"; break;
        case ' ': out += "\\s"; break;
        case '\\': out += "\\\\"; break;
        case '\r': out += "\\r"; break;
        case '\n': out += "\\n"; break;
        case '\0': break;
        default: out += c;
        }
    return out;
}

/// The next word of a line, which loses it and the spaces behind.
std::string_view word(std::string_view &rest)
{
    const std::size_t end = rest.find(' ');
    const std::string_view out = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : rest.find_first_not_of(' ', end) == std::string_view::npos ? rest.size() : rest.find_first_not_of(' ', end));
    return out;
}

/// Text that cannot end a line.
std::string inLine(std::string_view text)
{
    std::string out(text);
    std::replace_if(out.begin(), out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return out;
}

/// Text that is one word: not empty, no spaces, no colon before it.
std::string oneWord(std::string_view text)
{
    std::string out = inLine(text);
    std::erase(out, ' ');
    out.erase(0, out.find_first_not_of(':'));
    return out.empty() ? "*" : out;
}

void cutAtCharacter(std::string &text, std::size_t limit)
{
    if (text.size() <= limit)
        return;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
        --limit;
    text.resize(limit);
}

} // namespace

IrcLine ircLine(std::string command, std::vector<std::string> params)
{
    IrcLine line;
    line.command = std::move(command);
    line.params = std::move(params);
    return line;
}

std::string_view IrcLine::tag(std::string_view name) const
{
    const auto it = std::find_if(tags.begin(), tags.end(), [&](const auto &t) { return t.first == name; });
    return it == tags.end() ? std::string_view() : std::string_view(it->second);
}

bool IrcLine::hasTag(std::string_view name) const
{
    return std::any_of(tags.begin(), tags.end(), [&](const auto &t) { return t.first == name; });
}

int IrcLine::numeric() const
{
    if (command.size() != 3 || command.find_first_not_of("0123456789") != std::string::npos)
        return 0;
    return (command[0] - '0') * 100 + (command[1] - '0') * 10 + (command[2] - '0');
}

Result<IrcLine> parseIrcLine(std::string_view text)
{
    if (text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        return fail(Code::Invalid, "the IRC server sent a line that holds the end of a line");
    IrcLine line;
    if (text.starts_with('@')) {
        std::string_view tags = word(text);
        if (tags.size() >= kIrcTags)
            return fail(Code::TooLarge, "the IRC server sent a line with too many tags");
        tags.remove_prefix(1);
        while (!tags.empty()) {
            const std::string_view one = tags.substr(0, tags.find(';'));
            tags.remove_prefix(std::min(tags.size(), one.size() + 1));
            const std::size_t equals = one.find('=');
            const std::string_view name = one.substr(0, equals);
            if (name.empty())
                continue;
            const std::string value = equals == std::string_view::npos ? std::string() : tagUnescaped(one.substr(equals + 1));
            const auto known = std::find_if(line.tags.begin(), line.tags.end(), [&](const auto &t) { return t.first == name; });
            if (known == line.tags.end())
                line.tags.emplace_back(name, value);
            else
                known->second = value; // the last of two counts
        }
    }
    if (text.size() > kIrcRead)
        return fail(Code::TooLarge, "the IRC server sent a line that is too long");
    if (text.starts_with(':'))
        line.source = std::string(word(text).substr(1));
    line.command = std::string(word(text));
    std::transform(line.command.begin(), line.command.end(), line.command.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (line.command.empty())
        return fail(Code::Invalid, "the IRC server sent a line without a command");
    while (!text.empty()) {
        if (line.params.size() == kParams)
            return fail(Code::TooLarge, "the IRC server sent a line with too many parameters");
        if (text.starts_with(':')) {
            line.params.emplace_back(text.substr(1));
            break;
        }
        line.params.emplace_back(word(text));
    }
    return line;
}

std::string writeIrcLine(const IrcLine &line)
{
    std::string tags;
    for (const auto &[name, value] : line.tags) {
        std::string one = oneWord(name);
        std::erase_if(one, [](char c) { return c == ';' || c == '=' || c == '\\'; });
        if (!value.empty())
            one += '=' + tagEscaped(value);
        if (tags.size() + one.size() + 1 <= kIrcClientTags)
            tags += (tags.empty() ? "" : ";") + one;
    }
    std::string out = oneWord(line.command);
    for (std::size_t i = 0; i < line.params.size(); ++i) {
        const std::string &param = line.params[i];
        if (i + 1 < line.params.size())
            out += ' ' + oneWord(param);
        else if (param.empty() || param.starts_with(':') || param.find_first_of(std::string_view(" \r\n\0", 4)) != std::string::npos)
            out += " :" + inLine(param);
        else
            out += ' ' + param;
    }
    cutAtCharacter(out, kIrcText);
    return tags.empty() ? out : '@' + tags + ' ' + out;
}

} // namespace qd::chat
