// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/boxed.h"
#include "core/model/connection.h"
#include "core/model/report.h"
#include "core/model/workspace.h"

namespace qd::events {

/// Who did it: a person id, or "core" for the console itself, and the way it came in.
struct Actor {
    std::string person;
    Path via = Path::Person;
    QD_FIELDS(f(1, "person", e.person); f(2, "via", e.via);)
};

/// Why a conclusion was drawn: the rule, what it matched, what it ruled out. Carried by every conclusion; `why` reads it.
struct Because {
    std::string rule;
    std::vector<std::string> matched, ruledOut;
    QD_FIELDS(f(1, "rule", e.rule); f(2, "matched", e.matched); f(3, "ruledOut", e.ruledOut);)
};

// --- inputs of the organisation: what the console is and is connected to ---

struct CoreStarted {
    std::string version;
    std::string owner = {};              ///< the operating system's user it runs as: whose home it is
    QD_FIELDS(f(1, "version", e.version); f(2, "owner", e.owner);)
};

struct WorkspaceChanged {
    Boxed<Workspace> workspace;
    std::string digest;                  ///< SHA-256 over the files, hex
    std::vector<std::string> difference; ///< one line a change, for people
    QD_FIELDS(f(1, "workspace", *e.workspace); f(2, "digest", e.digest); f(3, "difference", e.difference);)
};

struct ConnectionAdded {
    Boxed<Connection> connection;
    Actor by;
    QD_FIELDS(f(1, "connection", *e.connection); f(2, "by", e.by);)
};

/// Lifts observe for the kinds of write named; zero disarms.
struct ConnectionArmed {
    std::string name;
    Writes allow = 0;
    Actor by;
    QD_FIELDS(f(1, "name", e.name); f(2, "allow", e.allow); f(3, "by", e.by);)
};

/// It is not there any more: its key opens nothing, nothing is expected of it, nothing is written through it. Alerts that
/// only it reported stay as they were; a name may be used again.
struct ConnectionRemoved {
    std::string name;
    Actor by;
    QD_FIELDS(f(1, "name", e.name); f(2, "by", e.by);)
};

/// Run-length of signs of life (polls that changed nothing, heartbeats, re-sent alerts): at most one each 30 s and source.
struct SourceSeen {
    std::string connection;
    Path path = Path::Poll;
    Instant first, last;
    std::uint32_t count = 1;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "path", e.path); f(3, "first", e.first); f(4, "last", e.last); f(5, "count", e.count);)
};

struct SourceFailed {
    std::string connection, reason;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "reason", e.reason);)
};

/// A chat or feed connection's own word on how it is: "connecting", "live", "catching-up", "offline", "auth-failed".
struct ConnectionReported {
    std::string connection, state, problem;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "state", e.state); f(3, "problem", e.problem);)
};

struct HeartbeatSeen {
    std::string connection, name;
    Instant first, last;
    std::uint32_t count = 1;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "name", e.name); f(3, "first", e.first); f(4, "last", e.last); f(5, "count", e.count);)
};

/// Run-length of requests refused at the door.
struct RequestsRefused {
    std::uint16_t status = 400;
    std::string reason;
    Instant first, last;
    std::uint32_t count = 1;
    QD_FIELDS(f(1, "status", e.status); f(2, "reason", e.reason); f(3, "first", e.first); f(4, "last", e.last); f(5, "count", e.count);)
};

struct ClockWoke {
    QD_FIELDS()
};

/// A change marker: a deploy, a configuration push.
struct ChangeSeen {
    std::string service, title, link, source;
    Instant at;
    Actor by;
    std::string identity; ///< what the sender calls it: of one source, the same twice is one change; "" = nothing
    QD_FIELDS(f(1, "service", e.service); f(2, "title", e.title); f(3, "link", e.link); f(4, "source", e.source); f(5, "at", e.at);
              f(6, "by", e.by); f(7, "identity", e.identity);)
};

// --- conclusions ---

struct SourceWentSilent {
    std::string connection;
    Instant lastSeen;
    Because because;
    QD_FIELDS(f(1, "connection", e.connection); f(2, "lastSeen", e.lastSeen); f(3, "because", e.because);)
};

struct SourceRecovered {
    std::string connection;
    QD_FIELDS(f(1, "connection", e.connection);)
};

/// A rule could not decide; the catch-all decided instead. Never a rollback, never a dropped page.
struct RuleFailed {
    std::string rule, problem;
    QD_FIELDS(f(1, "rule", e.rule); f(2, "problem", e.problem);)
};

} // namespace qd::events
