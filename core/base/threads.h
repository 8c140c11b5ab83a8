// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace qd {

/// How much a thread's work presses.
enum class Pressing : std::uint8_t {
    Now,   ///< somebody waits for it: senders, the commander, the disk
    Later, ///< nobody does; it takes what the others leave (nice 10 for this thread alone: setpriority(2), Linux)
};

/// Names the calling thread, so that top -H, gdb and perf say who is busy (prctl(2), PR_SET_NAME: the first 15 bytes), and says
/// how much it presses. Called once, first thing on the thread.
void beginThread(const char *name, Pressing pressing = Pressing::Now);

} // namespace qd
