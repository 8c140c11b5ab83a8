// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"

#include <functional>
#include <span>

namespace qd::events {

/// Version-1 encoding of events: deterministic CBOR (RFC 8949 section 4.2.1) by libcbor; number columns are little-endian
/// typed arrays (RFC 8746). One event: [order in its record, type number, {field number: value}]; defaults are left out.
/// A body is a CBOR sequence (RFC 8742) of events. Unknown field numbers and unknown types are skipped when reading, so
/// that an older program reads a newer journal's known parts.
/// Texts of people (texts.h) are left out of their event, which carries their field numbers as a bit set under number 63, and
/// stand in a body of their own as [order, 110, {field number: text}].

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
    std::uint16_t family = 0; ///< coarse: 1 organisation, 2 alerts, 3 incident, 4 calls, 5 texts, 6 the record itself
    Bytes body;
    bool single = false;      ///< texts of people: to be sealed under a key of their own
};

/// The most texts of one record that get a key each; what is beyond shares the last one's of its stream.
inline constexpr std::size_t kTextsApart = 1024;

[[nodiscard]] std::vector<StreamBody> encodeRecord(std::span<const Event> events, Instant at);

/// What texts held apart say, event by event: for who looks for one text among them.
struct HeldText {
    std::uint32_t order = 0; ///< of the event it belongs to
    std::vector<std::pair<int, std::string>> texts; ///< by field number; a map's values one by one
};
/// The texts in one body; empty for a body that holds events. Corrupt as decode().
[[nodiscard]] Result<std::vector<HeldText>> heldTexts(BytesView body);

/// The events of all parts of a record, put back in order and with their texts; a text whose part is missing reads
/// kStruckText. `each` is told every event with its place, which is not where it stands in what is returned when a stream is gone, and may change it.
[[nodiscard]] Result<Events> decodeRecord(std::span<const BytesView> bodies, const std::function<void(std::uint32_t order, Event &event)> &each = {});

} // namespace qd::events
