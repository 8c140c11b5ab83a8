// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace qd::view {

enum class Lane { Alerts, Changes, People, Decisions, Updates, Chat };

struct TimelineEntry {
    QString id, text, actor;
    QString reference;  ///< what the core calls it: "task/3"; empty: it cannot be referred to
    QString about = {}; ///< of a task or a decision: the words of the line it was made from
    QString claims;     ///< whose line its sender asked to change or remove, in vain
    Lane lane = Lane::People;
    QString kind;       ///< "declared", "change", "page", "ack", "log", "decision", "hypothesis", "task", "promise", "update", "message", "gap" …
    Instant at;
    bool edited = false, removed = false;
    bool reply = false; ///< it was said in a thread
    QStringList before; ///< what an edited message said before, the newest first; the last few
    std::uint32_t moment = 0; ///< the key moment it is, or is marked as; 0: none
    QString delivery;   ///< "", "queued", "sent", "confirmed", "unknown", "failed"
    QStringList reactions;
    AlertSeverity severity = AlertSeverity::None;
    QString message = {}; ///< of chat: what its platform calls it
    QString own = {};   ///< of a line of the log that the person at this seat wrote: its words alone; empty: it is none of theirs
    QString record = {}; ///< whose texts a strike of this line takes: "SEQ" or, of what was imported, "SEQ.N"; of one about a secret, the record it names; empty: of none
    QString instead = {}; ///< where it was said while its own room does not take it

    [[nodiscard]] bool isSecret() const { return kind == QLatin1String("secret"); } ///< it says of another line that it seems to hold one
};

/// The newest line of the record, whatever is in focus.
struct Recorded {
    std::uint64_t seq = 0;   ///< its record; 0: nothing is
    QString who;             ///< a name; empty: the core
    QString kind;            ///< as of a TimelineEntry
    QString text;            ///< empty: it is of an incident that is not in focus, and read there
    QString incident;        ///< empty: of none
    Instant at;              ///< when it was recorded
};

struct AlertSpan {
    QString key, title;
    AlertSeverity severity = AlertSeverity::Unknown;
    Instant from, to; ///< to is none while it fires
    bool quiet = false; ///< shelved, snoozed, silenced: it calls nobody now
    Instant known = {}; ///< when it could be known; none: at once
};

/// How many alarms opened, minute by minute of the last day, and when that was a flood.
struct AlarmRate {
    struct Minute {
        std::int64_t minute = 0; ///< since 1970
        int opened = 0;
    };
    struct Flood {
        Instant from, to;        ///< to is none while it goes on
    };
    std::vector<Minute> minutes; ///< those in which some did, oldest first
    std::vector<Flood> floods;   ///< oldest first
};

} // namespace qd::view
