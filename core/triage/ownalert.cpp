// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/ownalert.h"

namespace qd::triage {

events::Events ownAlert(const state::State &state, const ReportRules &rules, const OwnAlert &alert, bool firing, Instant now)
{
    BatchBuilder b("console", Path::Own, now, 1);
    b.begin();
    b.label("alertname", alert.name);
    b.label(alert.about.first, alert.about.second);
    b.label("service", alert.service);
    b.label("severity", word(alert.severity));
    if (firing) {
        b.annotation("summary", alert.summary);
        b.annotation("description", alert.description);
    }
    b.status(firing ? AlertStatus::Firing : AlertStatus::Resolved);
    b.startsAt(now);
    if (!firing)
        b.endsAt(now);
    b.end();
    return rules.decide(state, b.take(), 0).events;
}

} // namespace qd::triage
