// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"
#include "core/journal/unlock.h"

namespace qd::journal {

/// What a recovery took along.
struct Recovered
{
    Created created;           ///< of the new home
    std::string origin;        ///< of the damaged log
    std::string damage;        ///< what is wrong with it, without its full stop
    std::uint64_t records = 0; ///< its records 1 to this one are in the new log, with the same numbers and times
    Instant until;             ///< the time of the last of them
    std::uint64_t unread = 0;  ///< parts whose key is gone: they are not in the new log, not even as holes
};

/// What the journal cannot say by itself: records are opaque to it.
struct Recovering
{
    Part nothing;                                                  ///< stands in a record of which no part could be read
    std::function<std::vector<std::vector<Part>>(const Recovered &)> said; ///< records that go behind the last one: what was done, and why
    std::function<Result<>()> rest;                                ///< as create()'s
};

/// Makes a home in `to` of what can be read of a damaged one (damagedlog.h): another log, with keys and an origin of its own, that
/// holds the same records sealed anew. The damaged home is not changed and proves what it proved; the new one proves nothing of the
/// time before it was made. `unlock` opens the one and will open the other; a key file is drawn anew. Errors: those of
/// DamagedLog::open and create(); Conflict when nothing is damaged, or when there is something in `to`. After an error nothing of the new
/// home stays. Slow: all of it is read and written.
[[nodiscard]] Result<Recovered> recover(const std::filesystem::path &from, const std::filesystem::path &to, const Ports &ports,
                                        const Unlock &unlock, Clock &clock, Random &random, const Recovering &how);

} // namespace qd::journal
