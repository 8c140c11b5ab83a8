// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/events/codec.h"
#include "core/state/state.h"

using namespace qd;

/// The body of a record's part: whatever decodes is written again the same way, and folds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto decoded = events::decode(BytesView(data, size));
    if (!decoded)
        return 0;
    Bytes written;
    events::Events list;
    for (const auto &placed : *decoded) {
        events::encode(placed.event, placed.order, written);
        list.push_back(placed.event);
    }
    const auto again = events::decode(written);
    require(again);
    Bytes rewritten;
    for (const auto &placed : *again)
        events::encode(placed.event, placed.order, rewritten);
    require(rewritten == written);

    state::State state;
    state::applyRecord(state, 1, fuzz::kNow, list);
    state::applyRecord(state, 2, fuzz::kNow, list);
    return 0;
}
