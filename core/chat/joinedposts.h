// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/chatevent.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::chat {

/// So many posts become one at most.
inline constexpr std::size_t kJoinedMost = 10;

/// Whether the second can be said in one post with the first, which waits before it: both are posts whose writer allows it (`joinable`: never an answer to somebody, never a call), of
/// one room and thread, with nothing to press and nobody called, and neither may have been sent before.
[[nodiscard]] bool mayJoin(const Outgoing &first, const Outgoing &second);

/// What waits in one room, in its order: how many of them, from the first on, become one post. At least one; never more than kJoinedMost, nor more than what `fits` says is one message
/// of the platform's.
[[nodiscard]] std::size_t joinedCount(const std::vector<const Outgoing *> &waiting, const std::function<bool(const std::string &text)> &fits);

/// What the first so many say together: each begins a line.
[[nodiscard]] std::string joinedText(const std::vector<const Outgoing *> &waiting, std::size_t count);

/// The ids of what is said with a post, as they travel with it, and whether a post with this list was also said under an id.
[[nodiscard]] std::string alsoText(const Outgoing &outgoing);
[[nodiscard]] bool alsoHas(std::string_view also, std::string_view id);

} // namespace qd::chat
