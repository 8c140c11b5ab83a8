// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>
#include <vector>

/// Commands about what is destroyed and what is held. Part of core/desk/commands.h.
namespace qd::desk {

/// Destroys the keys of whole streams: "incident/INC-7", "alerts/2026-11-23". For ever.
struct EraseStreams {
    std::vector<std::string> streams;
    std::string reason;
    QD_FIELDS(f(1, "streams", e.streams); f(2, "reason", e.reason);)
};
/// Destroys the key of one text and of its repetitions. entry: "SEQ" or "SEQ.N", the N-th text of that record. No incident:
/// a text of none, such as a change marker's or the reason of an acknowledgement.
struct StrikeText {
    std::string incident, entry, reason;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "entry", e.entry); f(3, "reason", e.reason);)
};
/// Classes a line that was written before, with its edits and all that repeats it: from now on it reads as if it had been marked so at once, also in the past. entry: as
/// StrikeText's, or the line's reference ("entry/12", "message/…"). level: the word of a class; "" with people: restricted. internal without people: no class any
/// more. people: who need to know, people and teams; none: whoever has the clearance. Raising it is a responder's; lowering it is for who may command there
/// and may read it.
struct ClassLine {
    std::string incident, entry, level, reason;
    std::vector<std::string> people;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "entry", e.entry); f(3, "class", e.level); f(4, "reason", e.reason); f(5, "people", e.people);)
};
struct PlaceHold {
    std::string scope, matter, custodian, reason; ///< scope: a stream and all below it ("alerts", "incident/INC-7"), or "*"
    QD_FIELDS(f(1, "scope", e.scope); f(2, "matter", e.matter); f(3, "custodian", e.custodian); f(4, "reason", e.reason);)
};
struct ReleaseHold {
    std::uint32_t hold = 0;
    std::string reason;
    QD_FIELDS(f(1, "hold", e.hold); f(2, "reason", e.reason);)
};

} // namespace qd::desk
