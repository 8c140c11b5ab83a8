// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/intake.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace qd::sources {

/// Which events of a CloudEvents sender are recorded already: they are delivered at least once, and the same `source` and
/// `id` are the same event (CloudEvents 1.0, section 3.1). An event is remembered once it is committed; one that was refused or
/// failed may come again. Remembers the last kLimit of this process, as hashes; the oldest are forgotten. Thread-safe.
class SeenIds final {
public:
    static constexpr std::size_t kLimit = 65'536;
    static constexpr std::size_t kWaitingLimit = 4096; ///< repeats of events under way; more are told to come again

    /// 64 bits of SHA-256: a sender cannot look for one that hides another's event.
    [[nodiscard]] static std::uint64_t identity(std::string_view connection, std::string_view source, std::string_view id);

    /// True: the caller hands the event in, and says with settle() what became of it. False: it is recorded, or another
    /// delivery of it is under way.
    [[nodiscard]] bool claim(std::uint64_t identity);
    /// What became of a claimed event. Calls those who wait for it.
    void settle(std::uint64_t identity, const Result<> &result);
    /// Calls `done` when the event that could not be claimed is recorded (at once, when it is), or with the Error that kept
    /// it from being recorded.
    void wait(std::uint64_t identity, Done done);

private:
    void remember(std::uint64_t identity);

    std::mutex m_mutex;
    std::unordered_set<std::uint64_t> m_seen;
    std::vector<std::uint64_t> m_order; ///< a ring once it is full
    std::size_t m_oldest = 0;
    std::unordered_map<std::uint64_t, std::vector<Done>> m_underWay;
    std::size_t m_waiting = 0;
};

} // namespace qd::sources
