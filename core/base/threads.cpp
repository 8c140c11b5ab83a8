// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/threads.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace qd {

namespace {
constexpr int kNice = 10;
}

void beginThread(const char *name, Pressing pressing)
{
    ::prctl(PR_SET_NAME, name);
    if (pressing == Pressing::Later)
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
}

} // namespace qd
