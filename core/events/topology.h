// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"
#include "core/model/servicemap.h"

namespace qd::events {

// --- the map of services: who a call is likely a consequence of, what follows from it, and edges that were discovered ---

/// Conclusion: what a call is about is likely a consequence of trouble elsewhere; nobody named: it is no more.
struct SuspectNamed {
    std::uint32_t escalation = 0;
    std::string incident, service, suspect;
    std::vector<std::string> path;       ///< services, from `service` to `suspect`, both included
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "service", e.service); f(4, "suspect", e.suspect);
              f(5, "path", e.path); f(6, "because", e.because);)
};

/// Conclusion: its next step waits, by a fold rule of the workspace, because who owns the suspect has answered; until `until` at most.
struct CallFolded {
    std::uint32_t escalation = 0;
    std::string incident, service, suspect, rule;
    Instant until;
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "service", e.service); f(4, "suspect", e.suspect);
              f(5, "rule", e.rule); f(6, "until", e.until); f(7, "because", e.because);)
};

/// Conclusion: it waits no more and is never folded again; its next step follows at `until`.
struct CallUnfolded {
    std::uint32_t escalation = 0;
    std::string incident;
    Instant until;
    Because because;
    QD_FIELDS(f(1, "escalation", e.escalation); f(2, "incident", e.incident); f(3, "until", e.until); f(4, "because", e.because);)
};

/// Input: edges somebody or something found. They change nothing until they are accepted.
struct EdgesProposed {
    std::string origin;                  ///< "backstage", "csv", "prometheus/NAME", "labels"
    std::vector<MapEdge> edges;
    Actor by;
    QD_FIELDS(f(1, "origin", e.origin); f(2, "edges", e.edges); f(3, "by", e.by);)
};

/// Input: these edges count from now on like those of the workspace.
struct EdgesAccepted {
    std::vector<MapEdge> edges;
    Actor by;
    QD_FIELDS(f(1, "edges", e.edges); f(2, "by", e.by);)
};

/// Input: these are not so: proposals go and are not made again, accepted ones count no more.
struct EdgesDismissed {
    std::vector<MapEdge> edges;
    Actor by;
    QD_FIELDS(f(1, "edges", e.edges); f(2, "by", e.by);)
};

/// Input: what these fold rules would have hidden was shown to somebody (what-if), who may have them in force from now on.
struct FoldsShown {
    std::vector<FoldRule> folds;
    std::string sentence;                ///< what they were told
    Actor by;
    QD_FIELDS(f(1, "folds", e.folds); f(2, "sentence", e.sentence); f(3, "by", e.by);)
};

} // namespace qd::events
