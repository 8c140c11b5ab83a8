// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/link/recordring.h"

#include "core/events/texts.h"
#include "core/events/weight.h"

namespace qd::link {

void RecordRing::add(const desk::RecordPtr &record)
{
    if (events::changesThePast(record->events)) {
        m_slots.clear();
        m_bytes = m_weight = 0;
    }
    m_slots.push_back({record, events::weightOf(record->events), nullptr, {}});
    m_weight += m_slots.back().weight;
    while (m_slots.size() > kRecords || ((m_bytes > kBytes || m_weight > m_weightAtMost) && m_slots.size() > 1)) {
        m_bytes -= m_slots.front().frame ? m_slots.front().frame->size() : 0;
        m_weight -= m_slots.front().weight;
        m_slots.pop_front();
    }
}

RecordRing::Slot *RecordRing::find(std::uint64_t seq)
{
    if (m_slots.empty() || seq < m_slots.front().record->seq || seq - m_slots.front().record->seq >= m_slots.size())
        return nullptr;
    return &m_slots[seq - m_slots.front().record->seq];
}

void RecordRing::setFrame(Slot &slot, Payload frame, governance::SeatReadersPtr sealedFor)
{
    m_bytes -= slot.frame ? slot.frame->size() : 0;
    m_bytes += frame->size();
    slot.frame = std::move(frame);
    slot.sealedFor = std::move(sealedFor);
}

} // namespace qd::link
