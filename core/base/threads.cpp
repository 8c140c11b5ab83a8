// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/threads.h"

#include <cstdint>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace qd {

namespace {

constexpr int kNice = 10;
constexpr std::uint64_t kShortSlice = 200'000; ///< ns; Linux grants 100 µs and more, and gives some milliseconds unasked

/// sched_setattr(2)'s argument, first version; glibc 2.36 has neither.
struct SchedulingAttributes {
    std::uint32_t size = sizeof(SchedulingAttributes), policy = 0;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0, deadline = 0, period = 0;
};

/// How long the thread runs before others have their turn; zero: as the system thinks fit. It does not change its share of the processor: short
/// slices come sooner. From Linux 6.12 on; earlier ones take no notice, and what is refused changes nothing.
void askForSlice(std::uint64_t ns)
{
    SchedulingAttributes attributes;
    if (::syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0)
        return;
    attributes.flags = 0;
    attributes.runtime = ns;
    (void)::syscall(SYS_sched_setattr, 0, &attributes, 0);
}

} // namespace

void beginThread(const char *name, Pressing pressing)
{
    ::prctl(PR_SET_NAME, name);
    if (pressing == Pressing::Later)
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
    // A request goes from thread to thread, each with little to do: beside a busy machine's other work it waits for its turn at every step,
    // and throughput with a few requests under way is nothing but that wait.
    askForSlice(pressing == Pressing::Now ? kShortSlice : 0);
}

} // namespace qd
