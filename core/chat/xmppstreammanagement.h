// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace qd::chat {

/// The counters and the resend queue of XEP-0198, without any I/O. Counts are modulo 2^32, move in frame order and never go
/// back: a server ends the stream of a client whose `h` does.
class StreamManagement final {
public:
    /// `<enabled/>` was read (not "will be handled"): both counters start at zero here.
    void start(std::string id, bool resumable);
    /// The session is over: nothing can be resumed any more.
    void forget();

    [[nodiscard]] bool isOn() const { return m_on; }
    [[nodiscard]] bool canResume() const { return m_on && m_resumable && !m_id.empty(); }
    [[nodiscard]] const std::string &id() const { return m_id; }

    /// A stanza (iq, message, presence) was read from the stream.
    void countInbound() { if (m_on) ++m_inbound; }
    [[nodiscard]] std::uint32_t inbound() const { return m_inbound; }

    /// A stanza was, or is about to be, written.
    void sent(std::string frame) { if (m_on) m_unacked.push_back(std::move(frame)); }
    /// The server has handled `h` of ours. Refused when h goes back or beyond what was sent: the stream cannot be trusted.
    [[nodiscard]] Result<> acknowledge(std::string_view h);
    /// What the server has not acknowledged, oldest first: sent again after a resume.
    [[nodiscard]] const std::deque<std::string> &unacked() const { return m_unacked; }

private:
    bool m_on = false;
    bool m_resumable = false;
    std::string m_id;
    std::uint32_t m_inbound = 0;
    std::uint32_t m_acked = 0;
    std::deque<std::string> m_unacked;
};

} // namespace qd::chat
