// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/base/time.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// One parser under test: reads any bytes; a crash, a sanitizer's report or a broken promise (require) is a finding.
/// https://llvm.org/docs/LibFuzzer.html; replay.cpp calls it over stored inputs without a fuzzer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace qd::fuzz {

inline void requireAt(bool holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, what);
    std::abort();
}

inline std::string_view text(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), size};
}

/// A still moment for parsers that count from now.
inline constexpr Instant kNow{1'790'000'000'000'000'000};

} // namespace qd::fuzz

/// What a parser promises about whatever it takes, checked in every build.
#define require(condition) qd::fuzz::requireAt(static_cast<bool>(condition), #condition, __FILE__, __LINE__)
