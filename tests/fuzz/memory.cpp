// SPDX-License-Identifier: GPL-3.0-or-later
// What a parser holds at most while it reads one input, counted by the sanitizer's allocator itself. The resident size libFuzzer watches
// (-rss_limit_mb) is mostly the fuzzer's own: its corpus, the sanitizer's shadow and its quarantine of freed memory.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sanitizer/allocator_interface.h>

extern "C" int __real_LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
extern "C" int __wrap_LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

constexpr std::int64_t kHeldAtMost = 64 << 20; ///< bytes, for an input of at most 64 KiB

thread_local bool t_reading = false;
thread_local std::int64_t t_held = 0, t_most = 0;

void onTaken(const volatile void *, std::size_t size)
{
    if (!t_reading)
        return;
    t_held += static_cast<std::int64_t>(size);
    if (t_held > t_most)
        t_most = t_held;
    if (t_held <= kHeldAtMost)
        return;
    t_reading = false;
    std::fprintf(stderr, "broken promise: more than %lld bytes are held for one input\n", static_cast<long long>(kHeldAtMost));
    std::abort();
}

void onGiven(const volatile void *at)
{
    if (t_reading && at)
        t_held -= static_cast<std::int64_t>(__sanitizer_get_allocated_size(at));
}

std::int64_t s_most = 0;

} // namespace

int __wrap_LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const bool installed = [] {
        std::atexit([] { std::fprintf(stderr, "stat::most_bytes_held_for_an_input: %lld\n", static_cast<long long>(s_most)); });
        return __sanitizer_install_malloc_and_free_hooks(onTaken, onGiven) > 0;
    }();
    if (!installed)
        std::abort();
    t_held = t_most = 0;
    t_reading = true;
    const int result = __real_LLVMFuzzerTestOneInput(data, size);
    t_reading = false;
    if (t_most > s_most)
        s_most = t_most;
    return result;
}
