// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace qd::app {

/// Descriptors the core keeps for itself: journal, control socket and seats, pollers, chat.
inline constexpr std::size_t kOwnDescriptors = 512;

/// Raises this process's limit of open files (RLIMIT_NOFILE of getrlimit(2), often 1,024) as far as `wanted` connections of senders
/// need and the system lets it. Gives how many connections there is room for: so many are served and the next is answered, instead of
/// the core being without a descriptor for its own files. Less than `wanted` is logged.
[[nodiscard]] std::size_t roomForConnections(std::size_t wanted);

} // namespace qd::app
