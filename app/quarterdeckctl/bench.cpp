// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/bench.h"

#include "app/quarterdeckctl/benchingest.h"

#include <vector>

namespace qd::app {

std::span<const Bench> benches()
{
    static const std::vector<Bench> all{{"ingest", "alerts a second from HTTP bytes to committed record", benchIngest}};
    return all;
}

} // namespace qd::app
