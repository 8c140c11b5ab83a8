// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace qd {

/// For platforms that name emojis by words (Slack, Mattermost): an emoji as its word, without colons, or "" where we know none; and
/// back, ":word:" where we know none.
[[nodiscard]] std::string emojiName(std::string_view emoji);
[[nodiscard]] std::string emojiOf(std::string_view name);
/// The same emoji reads the same, however a platform or a person writes it: "pushpin", ":pushpin:" and "📌" alike, without the tone
/// of a skin and without the sign that asks for colours.
[[nodiscard]] std::string plainEmoji(std::string_view emoji);

} // namespace qd
