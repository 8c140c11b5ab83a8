// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qd::chat {

/// A wished-for name as the local part of a room's address: lower-case letters, digits, '-', '_', '.'; the rest becomes '-'.
[[nodiscard]] std::string localPart(std::string_view name);
/// The local part of an address of this host, of at most `longest` bytes and without what addresses are made of; else "".
[[nodiscard]] std::string localOf(std::string_view address, std::string_view host, std::size_t longest);
/// Text whose lines end in line feeds alone, without other control characters than tabs: one inside a word would hide it from us only.
[[nodiscard]] std::string cleanLines(std::string_view text);
/// Whether a link begins here, whose characters are no markup and would not be the same with a backslash; it goes on while isUrlByte, which
/// leaves out what could end a link's text or begin another.
[[nodiscard]] bool beginsUrl(std::string_view text);
[[nodiscard]] bool isUrlByte(char c);
[[nodiscard]] bool isAsciiWord(char c);
/// Text in parts of at most `limit` bytes, cut at character boundaries (at a line or word end where one is near), marked
/// "(1/3) …" when there is more than one.
[[nodiscard]] std::vector<std::string> splitText(std::string_view text, std::size_t limit);

/// A file that came with a message: its bytes stay on the platform.
struct SharedFile {
    std::string name;
    std::uint64_t bytes = 0;
};
/// What a message says with the files it came with, each in a line of its own: "[file: heap.png, 120 KB]"; of more than kFilesNamed, how many more. A command stays what it is.
[[nodiscard]] std::string withFiles(std::string text, const std::vector<SharedFile> &files);
inline constexpr std::size_t kFilesNamed = 10;

/// For platforms that set reactions one by one: what turns `ours` into `wished`, as "+👍" and "-👀", at least one part (empty: it is
/// as it was). `ours` is then `wished`.
[[nodiscard]] std::vector<std::string> reactionParts(std::vector<std::string> &ours, const std::vector<std::string> &wished);

} // namespace qd::chat
