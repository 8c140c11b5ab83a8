// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/journal/erasure.h"

#include <algorithm>

using namespace qd;
using namespace qd::journal;

/// The public part of an erasure, which anybody can make, and a hold: refused, or read so that it is written as it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const BytesView body(data, size);
    if (const auto keys = decodeErasure(body)) {
        const Bytes again = encodeErasure(*keys);
        require(again.size() == body.size() && std::equal(again.begin(), again.end(), body.begin()));
        require(std::is_sorted(keys->begin(), keys->end()) && std::adjacent_find(keys->begin(), keys->end()) == keys->end());
    } else {
        require(keys.error().code == Code::Corrupt);
    }
    if (const auto hold = decodeHold(7, body)) {
        const auto again = decodeHold(7, encodeHold(*hold));
        require(again);
        require(*again == *hold);
    }
    return 0;
}
