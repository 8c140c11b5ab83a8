// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <span>

namespace qd::events {

/// Version-1 encoding of events: deterministic CBOR (RFC 8949 section 4.2.1) by libcbor; number columns are little-endian
/// typed arrays (RFC 8746). One event: [order in its record, type number, {field number: value}]; defaults are left out.
/// A body is a CBOR sequence (RFC 8742) of events. Unknown field numbers and unknown types are skipped when reading, so
/// that an older program reads a newer journal's known parts.

/// One event with its place among the events of its record.
struct Placed {
    std::uint32_t order = 0;
    Event event;
};

void encode(const Event &event, std::uint32_t order, Bytes &out);

/// Every event of a body, in order. Corrupt for bytes that are not this encoding.
[[nodiscard]] Result<std::vector<Placed>> decode(BytesView body);

/// The parts of one record: events grouped by stream, each body encoded; the order across streams is kept.
struct StreamBody {
    std::string stream;
    std::uint16_t family = 0; ///< coarse: 1 organisation, 2 alerts, 3 incident, 4 calls, 5 the record itself
    Bytes body;
};
[[nodiscard]] std::vector<StreamBody> encodeRecord(std::span<const Event> events, Instant at);

/// The events of all parts of a record, put back in order.
[[nodiscard]] Result<Events> decodeRecord(std::span<const BytesView> bodies);

} // namespace qd::events
