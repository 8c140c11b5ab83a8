// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace qd {

/// Where time comes from. `now` is wall time (may jump), `boot` is time since boot including suspend (never goes back).
/// Implementations are thread-safe.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual Span boot() const = 0;
};

/// Where unpredictable bytes come from. Implementations are thread-safe.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// CLOCK_REALTIME and CLOCK_BOOTTIME.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Span boot() const override;
};

/// The kernel's generator, by libsodium.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

} // namespace qd
