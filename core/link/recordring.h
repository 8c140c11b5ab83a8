// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/governance/seatreaders.h"

#include <deque>
#include <memory>
#include <string>

namespace qd::link {

/// The newest records in memory, without gaps, with what a seat is sent of each; what fell out is read from the journal. One thread at a time.
class RecordRing final {
public:
    static constexpr std::size_t kRecords = 4096;
    static constexpr std::size_t kBytes = 64u << 20; ///< of frames
    using Payload = std::shared_ptr<const std::string>;

    /// One record. Its frame is made when the first seat needs it.
    struct Slot {
        desk::RecordPtr record;
        std::uint64_t weight = 0;
        Payload frame;
        governance::SeatReadersPtr sealedFor; ///< where it hides something from some readers: for whom it was made
    };

    /// `weightAtMost`: events and rows of all records (events::weightOf); the newest is kept whatever it weighs.
    explicit RecordRing(std::uint64_t weightAtMost) : m_weightAtMost(weightAtMost) {}

    /// `record` follows the one before. Where it destroys keys all else goes: it was read before.
    void add(const desk::RecordPtr &record);
    /// Null when it is not here.
    [[nodiscard]] Slot *find(std::uint64_t seq);
    void setFrame(Slot &slot, Payload frame, governance::SeatReadersPtr sealedFor);

private:
    const std::uint64_t m_weightAtMost;
    std::deque<Slot> m_slots;
    std::size_t m_bytes = 0;
    std::uint64_t m_weight = 0;
};

} // namespace qd::link
