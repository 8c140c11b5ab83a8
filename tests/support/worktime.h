// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <ctime>

namespace qd::tests {

/// How long this thread has worked: for bounds of what something costs. What else the machine has to do makes no difference, as it would to a clock's time.
class WorkTimer final {
public:
    /// Milliseconds since it was made.
    [[nodiscard]] std::int64_t elapsed() const { return now() - m_since; }

private:
    static std::int64_t now()
    {
        timespec worked{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &worked);
        return static_cast<std::int64_t>(worked.tv_sec) * 1'000 + worked.tv_nsec / 1'000'000;
    }

    std::int64_t m_since = now();
};

} // namespace qd::tests
