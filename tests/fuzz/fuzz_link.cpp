// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/link/jsonrpc.h"
#include "core/link/protocol.h"

using namespace qd;

/// What comes over the control socket: records, status, answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto payload = fuzz::text(data, size);
    if (const auto record = link::decodeRecord(payload))
        require(link::decodeRecord(link::encodeRecord(*record)));
    if (const auto status = link::decodeStatus(payload))
        require(link::decodeStatus(link::encodeStatus(*status)));
    static_cast<void>(link::decodeSeq(payload));
    static_cast<void>(link::parseResponse(payload));
    return 0;
}
