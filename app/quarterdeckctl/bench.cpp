// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/bench.h"

#include "app/quarterdeckctl/benchingest.h"
#include "app/quarterdeckctl/benchscale.h"

#include <vector>

namespace qd::app {

std::span<const Bench> benches()
{
    static const std::vector<Bench> all{{"ingest", "alerts a second from HTTP bytes to committed record", benchIngest},
                                         {"scale", "does an alert cost the same with a million active as with none", benchScale}};
    return all;
}

} // namespace qd::app
