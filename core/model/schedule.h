// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/zone.h"
#include "core/model/words.h"

#include <string>
#include <vector>

namespace qd {

/// A window of the week on a wall clock: on these days from `from` until `until`, minutes of the day. `until` at or before
/// `from` reaches into the next day; 1440 is its end.
struct DayWindow {
    std::uint32_t days = 0;              ///< bit 0 Monday … bit 6 Sunday
    std::uint32_t from = 0, until = 0;
    QD_FIELDS(f(1, "days", e.days); f(2, "from", e.from); f(3, "until", e.until);)
    [[nodiscard]] bool holds(LocalTime t) const;
    bool operator==(const DayWindow &) const = default;
};

/// "mon-fri 08:00-20:00", "sat,sun 10:00-16:00", "22:00-06:00" (every day), "sat" (the whole day).
[[nodiscard]] Result<DayWindow> parseDayWindow(std::string_view text);
[[nodiscard]] std::string toText(const DayWindow &window);

/// People taking turns. The n-th shift begins at `start` + n × `length` on the wall clock of the zone, so handoffs stay at
/// their time of day when clocks change; nobody is on before the first.
struct Layer {
    std::string id, zone;                ///< zone: empty = the schedule's
    std::vector<std::string> people;     ///< person ids, in the order of their turns
    std::int64_t start = 0;              ///< LocalTime of the first handoff
    Span length;                         ///< of a shift, 1 h … 1 year, whole minutes
    std::vector<DayWindow> only;         ///< on only in these windows, on the zone's wall clock; empty = always
    QD_FIELDS(f(1, "id", e.id); f(2, "zone", e.zone); f(3, "people", e.people); f(4, "start", e.start); f(5, "length", e.length);
              f(6, "only", e.only);)
};

/// In its span it replaces everything the layers say.
struct Temporary {
    std::int64_t from = 0, until = 0;    ///< LocalTime, in the schedule's zone
    std::vector<std::string> people;
    std::string reason;
    QD_FIELDS(f(1, "from", e.from); f(2, "until", e.until); f(3, "people", e.people); f(4, "reason", e.reason);)
};

/// Who is on call when: layers, then temporaries, then overrides made at run time (events).
struct Schedule {
    std::string id, name, zone;          ///< zone: IANA name
    std::vector<Layer> layers;           ///< of those with somebody on, the last counts …
    bool together = false;               ///< … or, together, all of them
    std::vector<Temporary> temporaries;
    std::vector<std::string> editors;    ///< people and teams who may override it; empty = everybody in the workspace
    bool locked = false;                 ///< nobody may, at run time
    std::string calendar = {};           ///< a connection of kind ical: what that says counts over the layers; "": none
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "zone", e.zone); f(4, "layers", e.layers); f(5, "together", e.together);
              f(6, "temporaries", e.temporaries); f(7, "editors", e.editors); f(8, "locked", e.locked); f(90, "calendar", e.calendar);)
};

enum class OverrideKind : std::uint8_t { Add = 0, Remove = 1, Replace = 2, Temporary = 3 };
[[nodiscard]] std::string_view word(OverrideKind kind);
template <> std::optional<OverrideKind> fromWord(std::string_view text);

/// A change of a schedule for a span, made at run time.
struct Override {
    std::uint32_t number = 0;            ///< counts up for the life of the log
    OverrideKind kind = OverrideKind::Add;
    std::vector<std::string> people;     ///< who comes: one for Add and Replace, one or more for Temporary, none for Remove
    std::string replaces;                ///< who goes: Remove and Replace
    Instant from, until;
    QD_FIELDS(f(1, "number", e.number); f(2, "kind", e.kind); f(3, "people", e.people); f(4, "replaces", e.replaces);
              f(5, "from", e.from); f(6, "until", e.until);)
};

} // namespace qd
