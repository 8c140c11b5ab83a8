// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/textparts.h"

#include "core/base/amounts.h"
#include "core/base/safetext.h"

#include <algorithm>

namespace qd::chat {

std::string localPart(std::string_view name)
{
    std::string out;
    for (const char c : name.substr(0, 128)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.')
            out += c;
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out;
}

std::string localOf(std::string_view address, std::string_view host, std::size_t longest)
{
    if (address.size() <= host.size() + 1 || !address.ends_with(host) || address[address.size() - host.size() - 1] != '@')
        return {};
    const std::string_view local = address.substr(0, address.size() - host.size() - 1);
    const bool sound = local.size() <= longest && std::all_of(local.begin(), local.end(), [](unsigned char c) { return c > 0x20 && c != 0x7F && c != '@' && c != '/' && c != '#'; });
    return sound ? std::string(local) : std::string();
}

std::string cleanLines(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') // ends a line, with or without a line feed behind
            out += i + 1 < text.size() && text[i + 1] == '\n' ? "" : "\n";
        else if (static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\n' || text[i] == '\t')
            out += text[i];
    }
    return out;
}

bool isAsciiWord(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool isUrlByte(char c) { return isAsciiWord(c) || std::string_view("-._~:/?#&+,;=%@").find(c) != std::string_view::npos; }

bool beginsUrl(std::string_view text)
{
    for (const std::string_view scheme : {"https://", "http://"})
        if (text.size() > scheme.size() && text.starts_with(scheme) && isAsciiWord(text[scheme.size()]))
            return true;
    return false;
}

std::vector<std::string> splitText(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return {std::string(text)};
    const std::size_t room = limit - 16; // for "(12/34) "
    std::vector<std::string> parts;
    while (!text.empty()) {
        std::size_t cut = std::min(room, text.size());
        if (cut < text.size()) {
            const std::size_t near = text.substr(0, cut).find_last_of("\n ");
            if (near != std::string_view::npos && near > cut - cut / 8)
                cut = near + 1;
            while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80)
                --cut;
        }
        if (cut == 0)
            cut = std::min(room, text.size()); // not UTF-8: cut anywhere
        parts.emplace_back(text.substr(0, cut));
        text.remove_prefix(cut);
    }
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts[i].insert(0, '(' + std::to_string(i + 1) + '/' + std::to_string(parts.size()) + ") ");
    return parts;
}

std::string withFiles(std::string text, const std::vector<SharedFile> &files)
{
    if (text.starts_with('!'))
        return text;
    for (std::size_t n = 0; n < std::min(files.size(), kFilesNamed); ++n)
        text += (text.empty() ? "[file: " : "\n[file: ") + safeLine(files[n].name.empty() ? "without a name" : files[n].name, 100) + ", " + bytesInWords(files[n].bytes) + ']';
    if (files.size() > kFilesNamed)
        text += "\n[and " + std::to_string(files.size() - kFilesNamed) + " more]";
    return text;
}

std::string fileNamed(std::string_view text, std::size_t number)
{
    constexpr std::string_view kBegin = "[file: ";
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (!line.starts_with(kBegin) || number == 0 || --number > 0)
            continue;
        line.remove_prefix(kBegin.size());
        if (line.ends_with(']'))
            line.remove_suffix(1);
        return std::string(line.substr(0, line.rfind(", ")));
    }
    return {};
}

std::vector<std::string> reactionParts(std::vector<std::string> &ours, const std::vector<std::string> &wished)
{
    std::vector<std::string> out;
    for (const std::string &emoji : wished)
        if (std::find(ours.begin(), ours.end(), emoji) == ours.end())
            out.push_back('+' + emoji);
    for (const std::string &emoji : ours)
        if (std::find(wished.begin(), wished.end(), emoji) == wished.end())
            out.push_back('-' + emoji);
    ours = wished;
    if (out.empty())
        out.emplace_back();
    return out;
}

bool beginsIt(const Outgoing &outgoing, std::string_view id)
{
    return id == outgoing.idem.text();
}

std::string mentionsOf(const Outgoing &outgoing, const std::function<std::string(const std::string &)> &in)
{
    std::string out;
    if (outgoing.kind == Outgoing::Kind::Message)
        for (const std::string &address : outgoing.mentions)
            if (const std::string one = in(address); !one.empty())
                out += (out.empty() ? "" : " ") + one;
    return out;
}

std::string withAddress(std::string_view name, std::string_view address)
{
    std::string out;
    for (const char c : name)
        out += std::string_view(" \t\r\n\v\f@:,").find(c) == std::string_view::npos ? c : '_';
    return out + '@' + std::string(address);
}

std::string calledByNick(const Outgoing &outgoing, const std::vector<Member> &members)
{
    std::string out;
    if (outgoing.kind == Outgoing::Kind::Message)
        for (const Member &m : members)
            if (!m.own && !m.id.empty() && !m.name.empty() && std::find(outgoing.mentions.begin(), outgoing.mentions.end(), m.id) != outgoing.mentions.end())
                out += (out.empty() ? "" : ", ") + m.name;
    return out.empty() ? out : out + ": ";
}

} // namespace qd::chat
