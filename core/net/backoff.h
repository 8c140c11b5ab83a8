// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"

namespace qd::net {

/// Waits between attempts to reconnect: "full jitter", a uniformly random time between zero and a bound that doubles
/// from `base` to `cap`, so that many clients of a returning server do not come at once. Not thread-safe.
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
class Backoff final {
public:
    explicit Backoff(Random &random, Span base = seconds(1), Span cap = seconds(60))
        : m_random(random), m_base(base), m_cap(cap), m_bound(base)
    {}

    /// How long to wait before the next attempt.
    [[nodiscard]] Span next();
    /// After a connection has held.
    void reset() { m_bound = m_base; }

private:
    Random &m_random;
    Span m_base;
    Span m_cap;
    Span m_bound;
};

} // namespace qd::net
