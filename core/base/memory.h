// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace qd {

/// Gives pages that were freed, and that the allocator keeps for what comes next, back to the system (malloc_trim(3)). For after a large piece of work,
/// in a pause: each arena is locked while it is looked through. Any thread.
void giveBackFreed();

} // namespace qd
