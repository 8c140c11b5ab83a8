// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/keeping.h"
#include "core/state/state.h"

#include <functional>

namespace qd::journal {
class Journal;
struct Committed;
}

namespace qd::desk {

/// What will be left to know of streams that are about to be erased: of each event its record, time, kind, the role its author had in the incident then,
/// and the record's leaf hash; no name and no word. Gathers record by record, in their order.
class ErasedIndexing {
public:
    /// `streams`: each with everything below it.
    explicit ErasedIndexing(std::vector<std::string> streams);
    /// False once there is no room for more. Errors: Corrupt.
    [[nodiscard]] Result<bool> take(const journal::Committed &record);
    /// One a stream that anything was found of. `whole`: every record was taken.
    [[nodiscard]] events::Events finish(bool whole);

private:
    struct One {
        events::ErasureIndexed index;
        std::map<std::string, std::string> roles; ///< who has which, in the incident of this stream, up to here
    };
    std::vector<One> m_all;
    std::size_t m_rows = 0;
};

/// Read from the journal, from the beginning of what is erased on: up to events::kErasedRows events, and kErasedRead records.
inline constexpr std::uint64_t kErasedRead = 200'000;
[[nodiscard]] Result<events::Events> indexOfErased(const journal::Journal &journal, const state::State &state, const std::vector<events::ErasedStream> &streams);

} // namespace qd::desk
