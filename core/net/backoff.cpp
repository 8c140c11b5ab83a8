// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/backoff.h"

#include <algorithm>
#include <cstring>

namespace qd::net {

Span Backoff::next()
{
    std::array<std::uint8_t, 8> bytes{};
    m_random.fill(bytes);
    std::uint64_t draw = 0;
    std::memcpy(&draw, bytes.data(), sizeof draw);
    // The remainder's bias is below one in a thousand million for bounds of minutes in nanoseconds.
    const Span wait = nanos(static_cast<std::int64_t>(draw % static_cast<std::uint64_t>(m_bound.ns + 1)));
    m_bound = std::min(m_cap, m_bound * 2);
    return wait;
}

} // namespace qd::net
