// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qd::chat {

/// One line of IRC (RFC 1459) with message tags (IRCv3), as values: tags unescaped, the trailing parameter without its colon.
struct IrcLine {
    std::vector<std::pair<std::string, std::string>> tags; ///< client-only tags keep their '+'
    std::string source;                                    ///< nick!user@host, or a server's name; empty on what we write
    std::string command;                                   ///< upper case
    std::vector<std::string> params;

    /// A tag's value, "" when it has none or is absent.
    [[nodiscard]] std::string_view tag(std::string_view name) const;
    [[nodiscard]] bool hasTag(std::string_view name) const;
    /// A parameter, "" when there are fewer.
    [[nodiscard]] std::string_view param(std::size_t index) const { return index < params.size() ? std::string_view(params[index]) : std::string_view(); }
    [[nodiscard]] std::string_view last() const { return params.empty() ? std::string_view() : std::string_view(params.back()); }
    /// The nick of a person's source.
    [[nodiscard]] std::string_view nick() const { return std::string_view(source).substr(0, source.find('!')); }
    /// 0 unless the command is a numeric.
    [[nodiscard]] int numeric() const;

    bool operator==(const IrcLine &) const = default;
};

/// A line of ours without tags.
[[nodiscard]] IrcLine ircLine(std::string command, std::vector<std::string> params);

inline constexpr std::size_t kIrcTags = 8191;  ///< bytes of tags, with '@' and the space behind
inline constexpr std::size_t kIrcClientTags = 4094; ///< bytes of tags a client may send
inline constexpr std::size_t kIrcText = 510;        ///< bytes of a line without its tags and its end, as we write it
inline constexpr std::size_t kIrcRead = 8192;       ///< the same, as we read it: some servers allow more than the standard does

/// Reads one line (without CR LF). Refused: one that is too long (TooLarge), or holds a CR, LF, NUL or no command (Invalid).
[[nodiscard]] Result<IrcLine> parseIrcLine(std::string_view line);

/// Writes one line, without CR LF. Whatever the parts hold, the result is exactly one line with these parameters: CR, LF and NUL
/// become spaces, and a parameter that could be taken for two, or for none, loses what could be; only the last may hold spaces.
/// Longer than the limits it is cut at a character.
[[nodiscard]] std::string writeIrcLine(const IrcLine &line);

} // namespace qd::chat
