// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/alerts.h"
#include "core/model/impact.h"

namespace qd::events {

// --- what is kept and what is destroyed: erasure, strike, holds ---

struct ErasedStream {
    std::string stream;
    Instant begins;                      ///< what it held happened from here on
    QD_FIELDS(f(1, "stream", e.stream); f(2, "begins", e.begins);)
};

/// The numbers a status page has given: readers' feeds and Statuspage know what was said by them.
struct PageNumbers {
    std::string page;
    std::uint32_t lastNotice = 0, lastMaintenance = 0;
    QD_FIELDS(f(1, "page", e.page); f(2, "lastNotice", e.lastNotice); f(3, "lastMaintenance", e.lastMaintenance);)
};

/// A person had whole streams erased: their keys are destroyed once this is committed. The numbers go on from here, so that
/// none is given twice though its first bearer is gone.
struct StreamsErased {
    std::vector<ErasedStream> streams;
    std::string reason;
    Actor by;
    std::uint32_t lastIncident = 0, lastEscalation = 0;
    std::uint64_t lastOutbox = 0;
    std::vector<PageNumbers> pages;
    QD_FIELDS(f(1, "streams", e.streams); f(2, "reason", e.reason); f(3, "by", e.by); f(4, "lastIncident", e.lastIncident);
              f(5, "lastEscalation", e.lastEscalation); f(6, "lastOutbox", e.lastOutbox); f(7, "pages", e.pages);)
};

/// One event of an erased stream, as it may still be known: no name, no word of it.
struct ErasedRow {
    std::uint64_t seq = 0;
    Instant at;
    std::string kind;                    ///< the event's name
    std::string role;                    ///< of its author in the incident then: "commander", "responder", "unbound"; "" for the core's and machines'
    std::string hash;                    ///< the record's RFC 6962 leaf hash, in hex
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "kind", e.kind); f(4, "role", e.role); f(5, "hash", e.hash);)
};
inline constexpr std::size_t kErasedRows = 10'000; ///< of one erasure

/// Before streams are erased: what will be left of them, read from the records while they can be read.
struct ErasureIndexed {
    std::string stream;
    std::vector<ErasedRow> rows;
    std::uint64_t unlisted = 0;          ///< events beyond kErasedRows that were counted
    bool whole = true;                   ///< false: there is more that was not counted
    QD_FIELDS(f(1, "stream", e.stream); f(2, "rows", e.rows); f(3, "unlisted", e.unlisted); f(4, "whole", e.whole);)
};

/// Where a text stood: the place of its event in a record.
struct StruckText {
    std::uint64_t seq = 0;
    std::uint32_t order = 0;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "order", e.order);)
};

/// A person had one text struck, with all its repetitions: their keys are destroyed once this is committed. No incident: the
/// text was of none.
struct TextStruck {
    std::string incident, reason;
    std::vector<StruckText> texts;
    Actor by;
    std::vector<std::string> streams = {}; ///< what they stood in besides the incident's own
    std::vector<std::uint64_t> outbox = {}; ///< the outbox entries among them
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "texts", e.texts); f(4, "by", e.by); f(5, "streams", e.streams);
              f(6, "outbox", e.outbox);)
};

/// A person classed a line that was written before: from this record on its texts read as if they had been marked so when they were written, in every
/// record, at every instant (core/desk/classes.h). The bytes of the earlier records stay as they are. A later one of the same line takes its place.
struct LineClassed {
    std::string incident, reason;
    std::string line;                    ///< as it was named: "1234", "1234.2"
    DataClass level = DataClass::Confidential; ///< internal without names: it is classed no more
    std::vector<std::string> names;      ///< people and teams who need to know; none: whoever has the clearance
    std::vector<StruckText> texts;       ///< its own, edits and revisions among them: the mark one of them is in as a whole gives way to this one
    std::vector<StruckText> copies;      ///< what repeats it: marked so as well, whatever it is marked already
    std::vector<std::string> streams;    ///< what these stand in besides the incident's own
    Actor by;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "line", e.line); f(4, "class", e.level); f(5, "names", e.names);
              f(6, "texts", e.texts); f(7, "copies", e.copies); f(8, "streams", e.streams); f(9, "by", e.by);)
};

/// From now on nothing in `scope` may be erased or struck.
struct HoldPlaced {
    std::uint32_t hold = 0;
    std::string scope, matter, custodian, reason; ///< scope: a stream and all below it, or "*"
    Actor by;
    QD_FIELDS(f(1, "hold", e.hold); f(2, "scope", e.scope); f(3, "matter", e.matter); f(4, "custodian", e.custodian);
              f(5, "reason", e.reason); f(6, "by", e.by);)
};

struct HoldReleased {
    std::uint32_t hold = 0;
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "hold", e.hold); f(2, "reason", e.reason); f(3, "by", e.by);)
};

/// Somebody wanted to erase or strike what a hold covers.
struct ErasureRefused {
    std::string what, why;
    Actor by;
    QD_FIELDS(f(1, "what", e.what); f(2, "why", e.why); f(3, "by", e.by);)
};

/// An alert that is active while the day that told of it is erased, as it stands.
struct CarriedAlert {
    std::string set, title, service, group, owner, incident, suppressedBy, acknowledgedBy, link;
    std::uint64_t fingerprint = 0, openedSeq = 0;
    std::vector<std::string> labels, annotations; ///< name, value, name, value …
    std::vector<std::string> seenBy;              ///< connections that report it now
    Instant startsAt, endsAt, updatedAt, openedAt, lastSeen, acknowledgedAt;
    std::uint32_t occurrence = 1, reports = 1, because = 0; ///< because: index into the event's list
    AlertSeverity severity = AlertSeverity::Unknown;
    Workflow workflow = Workflow::New;
    Suppression suppression = Suppression::None;
    Path path = Path::Push;
    bool firstOut = false;
    std::string reportedBy, ownBy, correlation;   ///< suppression: what its source says, and what ours does
    Suppression reported = Suppression::None, own = Suppression::None;
    std::uint32_t ownBecause = 0;
    bool flapping = false;
    QD_FIELDS(f(1, "set", e.set); f(2, "title", e.title); f(3, "service", e.service); f(4, "group", e.group); f(5, "owner", e.owner);
              f(6, "incident", e.incident); f(7, "suppressedBy", e.suppressedBy); f(8, "acknowledgedBy", e.acknowledgedBy);
              f(9, "link", e.link); f(10, "fingerprint", e.fingerprint); f(11, "openedSeq", e.openedSeq); f(12, "labels", e.labels);
              f(13, "annotations", e.annotations); f(14, "seenBy", e.seenBy); f(15, "startsAt", e.startsAt); f(16, "endsAt", e.endsAt);
              f(17, "updatedAt", e.updatedAt); f(18, "openedAt", e.openedAt); f(19, "lastSeen", e.lastSeen);
              f(20, "acknowledgedAt", e.acknowledgedAt); f(21, "occurrence", e.occurrence); f(22, "reports", e.reports);
              f(23, "because", e.because); f(24, "severity", e.severity); f(25, "workflow", e.workflow);
              f(26, "suppression", e.suppression); f(27, "path", e.path); f(28, "firstOut", e.firstOut);
              f(29, "reported", e.reported); f(30, "reportedBy", e.reportedBy); f(31, "own", e.own); f(32, "ownBy", e.ownBy);
              f(33, "ownBecause", e.ownBecause); f(34, "flapping", e.flapping); f(35, "correlation", e.correlation);)
};

struct CarriedGroup {
    std::string name;
    std::uint32_t members = 0, episode = 1;
    Instant openedAt;
    QD_FIELDS(f(1, "name", e.name); f(2, "members", e.members); f(3, "episode", e.episode); f(4, "openedAt", e.openedAt);)
};

/// Conclusion, before a day's stream is erased: what is still active, told again today, so that it outlives the day.
struct AlertsCarried {
    std::vector<CarriedAlert> alerts;
    std::vector<CarriedGroup> groups;
    std::vector<Because> because;
    QD_FIELDS(f(1, "alerts", e.alerts); f(2, "groups", e.groups); f(3, "because", e.because);)
};

} // namespace qd::events
