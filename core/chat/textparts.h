// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qd::chat {

/// A wished-for name as the local part of a room's address: lower-case letters, digits, '-', '_', '.'; the rest becomes '-'.
[[nodiscard]] std::string localPart(std::string_view name);
/// Text in parts of at most `limit` bytes, cut at character boundaries (at a line or word end where one is near), marked
/// "(1/3) …" when there is more than one.
[[nodiscard]] std::vector<std::string> splitText(std::string_view text, std::size_t limit);

/// For platforms that set reactions one by one: what turns `ours` into `wished`, as "+👍" and "-👀", at least one part (empty: it is
/// as it was). `ours` is then `wished`.
[[nodiscard]] std::vector<std::string> reactionParts(std::vector<std::string> &ours, const std::vector<std::string> &wished);

} // namespace qd::chat
