// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"

#include <atomic>

namespace qd::tests {

/// 2026-11-23T14:00:00Z, when every test's day begins.
inline constexpr Instant kMorning{1'795'442'400'000'000'000};

/// An instant as RFC 3339 writes it.
inline Instant at(std::string_view text)
{
    return *parseInstant(text);
}

/// A clock that stands still until it is moved. Thread-safe.
class FakeClock final : public Clock {
public:
    explicit FakeClock(Instant now = kMorning) : m_now(now.ns) {}
    [[nodiscard]] Instant now() const override { return {m_now.load()}; }
    [[nodiscard]] Span boot() const override { return {m_boot.load()}; }

    /// Time passes: both move on.
    void advance(Span by)
    {
        m_now += by.ns;
        m_boot += by.ns;
    }
    /// Somebody sets the wall clock: only it moves, either way.
    void jump(Span by) { m_now += by.ns; }

private:
    std::atomic<std::int64_t> m_now, m_boot{hours(1).ns};
};

} // namespace qd::tests
