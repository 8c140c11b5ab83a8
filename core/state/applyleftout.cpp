// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

/// What is not taken because too much of the same name fires.
namespace qd::state {

std::string inWords(const LeftOut &what)
{
    return std::to_string(what.alerts) + (what.alerts == 1 ? " more alert" : " more alerts") + " called " + what.alertname + (what.overAt ? " were left out until " + clockText(what.last) : " are left out")
        + ": " + std::to_string(what.limit) + " of them " + (what.overAt ? "fired" : "fire") + ", which is the limit (alerts_per_name)";
}

void apply(State &state, const events::AlertsLeftOut &e)
{
    auto &all = state.leftOut;
    auto it = std::find_if(all.begin(), all.end(), [&](const LeftOut &l) { return l.connection == e.connection && l.alertname == e.alertname; });
    if (e.turn != events::LeftOutTurn::Counted) {
        if (it == all.end())
            return;
        const bool begins = e.turn == events::LeftOutTurn::Began;
        it->raised = begins;
        it->overAt = begins ? Instant{} : state.time;
        note(state, {}, EntryKind::Alert, "core", (begins ? "" : "none is left out any more: ") + inWords(*it), e.connection);
        return;
    }
    if (it == all.end()) {
        if (all.size() >= kLeftOutKept) // what is over longest goes, else what was heard of longest ago
            all.erase(std::min_element(all.begin(), all.end(), [](const LeftOut &a, const LeftOut &b) {
                return a.overAt.ns == 0 || b.overAt.ns == 0 ? (a.overAt.ns != 0) > (b.overAt.ns != 0) || ((a.overAt.ns != 0) == (b.overAt.ns != 0) && a.last < b.last) : a.overAt < b.overAt;
            }));
        it = all.insert(all.end(), LeftOut{e.connection, e.alertname, e.first, {}, 0, 0, 0, 0, false, {}});
    } else if (it->overAt) {
        *it = LeftOut{e.connection, e.alertname, e.first, {}, it->deliveries, 0, it->most, 0, false, {}};
    }
    it->last = std::max(it->last, e.last);
    it->deliveries += e.count;
    it->alerts = e.alerts;
    it->most = std::max(it->most, e.alerts);
    it->limit = e.limit;
}

} // namespace qd::state
