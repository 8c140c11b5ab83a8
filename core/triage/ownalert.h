// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/triage/reports.h"

namespace qd::triage {

/// An alert of the console itself. Its identity is its name and what it is about.
struct OwnAlert {
    std::string name;                            ///< "SourceSilent"
    std::pair<std::string, std::string> about;   ///< a label: connection, incident, heartbeat …
    AlertSeverity severity = AlertSeverity::Error;
    std::string summary, description;            ///< said while it fires; when it ends, what it said stays
    std::string service = "quarterdeck";
};

/// Its report and what the rules make of it, or of its end. Pure.
[[nodiscard]] events::Events ownAlert(const state::State &state, const ReportRules &rules, const OwnAlert &alert, bool firing, Instant now);

} // namespace qd::triage
