// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/descriptors.h"

#include "core/base/log.h"

#include <algorithm>
#include <string>
#include <sys/resource.h>

namespace qd::app {

std::size_t roomForConnections(std::size_t wanted)
{
    const rlim_t needed = wanted + kOwnDescriptors;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return wanted;
    if (limit.rlim_cur < needed) {
        rlimit more = limit;
        more.rlim_cur = std::min<rlim_t>(needed, limit.rlim_max);
        if (setrlimit(RLIMIT_NOFILE, &more) == 0)
            limit = more;
    }
    if (limit.rlim_cur >= needed)
        return wanted;
    // Senders get what is left, and never more than a quarter of very little: commanding comes first.
    const std::size_t all = limit.rlim_cur;
    const std::size_t room = std::max(all > kOwnDescriptors ? all - kOwnDescriptors : 0, all / 4);
    log(LogLevel::Warning, "serve",
        "this system lets the core open " + std::to_string(all) + " files at a time: " + std::to_string(room) + " connections of senders instead of "
            + std::to_string(wanted) + " (ulimit -n, LimitNOFILE)");
    return room;
}

} // namespace qd::app
