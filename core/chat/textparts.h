// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"

#include <cstdint>
#include <functional>
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

/// Whether a part with this id on the wire is a message's first: that is the one in which people are called by name.
[[nodiscard]] bool beginsIt(const Outgoing &outgoing, std::string_view id);
/// The mentions of a message in the platform's own way, with a space between; `in` gives one, or "" for who cannot be called.
[[nodiscard]] std::string mentionsOf(const Outgoing &outgoing, const std::function<std::string(const std::string &address)> &in);
/// For platforms that call people by the name they have in the room: "ana, ben: ", or "" when none of them is there.
[[nodiscard]] std::string calledByNick(const Outgoing &outgoing, const std::vector<Member> &members);
/// Who was called by a mention: "Dana_Novak@u012ab3cd@acme.slack.com", one word of the name that is shown and the address it stands for.
[[nodiscard]] std::string withAddress(std::string_view name, std::string_view address);

/// A file that came with a message: its bytes stay on the platform.
struct SharedFile {
    std::string name;
    std::uint64_t bytes = 0;
};
/// What a message says with the files it came with, each in a line of its own: "[file: heap.png, 120 KB]"; of more than kFilesNamed, how many more. A command stays what it is.
[[nodiscard]] std::string withFiles(std::string text, const std::vector<SharedFile> &files);
inline constexpr std::size_t kFilesNamed = 10;
/// What stands in the `number`th of those lines (from 1) for the file, without its size; "" when there are fewer.
[[nodiscard]] std::string fileNamed(std::string_view text, std::size_t number);

/// For platforms that set reactions one by one: what turns `ours` into `wished`, as "+👍" and "-👀", at least one part (empty: it is
/// as it was). `ours` is then `wished`.
[[nodiscard]] std::vector<std::string> reactionParts(std::vector<std::string> &ours, const std::vector<std::string> &wished);

} // namespace qd::chat
