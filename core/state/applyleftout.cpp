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
        // What is over longest goes, else what was heard of longest ago; never what is an alarm, which would not end then.
        if (all.size() >= kLeftOutKept) {
            const auto goes = std::min_element(all.begin(), all.end(), [](const LeftOut &a, const LeftOut &b) {
                const auto rank = [](const LeftOut &l) { return l.overAt ? 0 : l.raised ? 2 : 1; };
                return rank(a) != rank(b) ? rank(a) < rank(b) : a.overAt ? a.overAt < b.overAt : a.last < b.last;
            });
            if (goes->raised && !goes->overAt)
                return; // as many alarms as are kept say it already
            all.erase(goes);
        }
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
