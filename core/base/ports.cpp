// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ports.h"

#include <ctime>
#include <sodium.h>

namespace qd {

namespace {
std::int64_t read(clockid_t id)
{
    timespec ts{};
    clock_gettime(id, &ts);
    return static_cast<std::int64_t>(ts.tv_sec) * 1'000'000'000 + ts.tv_nsec;
}
} // namespace

Instant SystemClock::now() const
{
    return {read(CLOCK_REALTIME)};
}

Span SystemClock::boot() const
{
    return {read(CLOCK_BOOTTIME)};
}

void SystemRandom::fill(std::span<std::uint8_t> bytes)
{
    randombytes_buf(bytes.data(), bytes.size());
}

} // namespace qd
