// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/search/query.h"

using namespace qd;

/// What somebody searches for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (const auto query = search::parseQuery(fuzz::text(data, size), fuzz::kNow))
        require(query->wanted.size() + query->unwanted.size() <= search::kTermLimit);
    return 0;
}
