// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppstreammanagement.h"

#include <charconv>

namespace qd::chat {

void StreamManagement::start(std::string id, bool resumable)
{
    m_on = true;
    m_resumable = resumable;
    m_id = std::move(id);
    m_inbound = 0;
    m_acked = 0;
    m_unacked.clear();
}

void StreamManagement::forget()
{
    *this = StreamManagement();
}

Result<> StreamManagement::acknowledge(std::string_view text)
{
    std::uint32_t h = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), h);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(Code::Invalid, "the chat server acknowledged with something that is no number");
    const std::uint32_t handled = h - m_acked; // modulo 2^32
    if (handled > m_unacked.size())
        return fail(Code::Invalid, "the chat server acknowledged stanzas that were never sent");
    m_unacked.erase(m_unacked.begin(), m_unacked.begin() + handled);
    m_acked = h;
    return {};
}

} // namespace qd::chat
