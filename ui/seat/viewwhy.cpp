// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/groupcalls.h"
#include "core/topology/causes.h"
#include "core/triage/why.h"
#include "ui/seat/neartext.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QCoreApplication>
#include <algorithm>

namespace qd::seat {

using triage::Fact;

/// The reasons of triage::why in the words of the window; what rules matched and ruled out stands below its conclusion.
void ViewBuilder::why(const state::State &state, const state::Alert &a, view::ViewModel &out)
{
    auto &lines = out.detail.because;
    const auto say = [&](const triage::Reason &r) -> QString {
        const auto n = [&](std::size_t i) { return i < r.names.size() ? qstr(r.names[i]) : QString(); };
        switch (r.fact) {
        case Fact::Began: return QCoreApplication::translate("qd::seat::ViewBuilder", "began, by the source's own word");
        case Fact::Reported: {
            QStringList by;
            for (std::size_t i = 2; i < r.names.size(); ++i)
                by << n(i);
            return by.isEmpty() ? QCoreApplication::translate("qd::seat::ViewBuilder", "no connection reports it any more; the last report came by %1").arg(n(1))
                                : QCoreApplication::translate("qd::seat::ViewBuilder", "reported by %1").arg(by.join(QStringLiteral(", ")));
        }
        case Fact::Opened: return n(0) == QLatin1String("1") ? QString() : QCoreApplication::translate("qd::seat::ViewBuilder", "occurrence %1 of this alert").arg(n(0));
        case Fact::FirstOfGroup: return QCoreApplication::translate("qd::seat::ViewBuilder", "first of its group");
        case Fact::Suppressed: return QCoreApplication::translate("qd::seat::ViewBuilder", "%1 by %2").arg(n(0), n(1));
        case Fact::KeptQuiet: {
            const QString who = n(2).isEmpty() ? QString() : QStringLiteral(", ") + name(state, r.names[2]);
            return QCoreApplication::translate("qd::seat::ViewBuilder", "%1 by %2").arg(n(0), n(1)) + who + (n(3).isEmpty() ? QString() : QStringLiteral(": ") + n(3));
        }
        case Fact::Flapping: {
            const QString flaps = QCoreApplication::translate("qd::seat::ViewBuilder", "flaps: it comes and goes too often");
            if (n(0) == QLatin1String("off"))
                return flaps + QCoreApplication::translate("qd::seat::ViewBuilder", "; gone for %1 at most: an off-delay of %2 at its source (keep_firing_for) makes one alert of it").arg(n(1), n(2));
            if (n(0) == QLatin1String("on"))
                return flaps + QCoreApplication::translate("qd::seat::ViewBuilder", "; it fired for %1 at most: an on-delay of %2 at its source (for) keeps it out").arg(n(1), n(2));
            return flaps;
        }
        case Fact::Correlated: return QCoreApplication::translate("qd::seat::ViewBuilder", "belongs to %1").arg(n(0));
        case Fact::Acknowledged:
            return QCoreApplication::translate("qd::seat::ViewBuilder", "acknowledged by %1").arg(name(state, r.names[0])) + (n(1).isEmpty() ? QString() : QStringLiteral(": ") + n(1));
        case Fact::Assigned: return QCoreApplication::translate("qd::seat::ViewBuilder", "assigned to %1").arg(name(state, r.names[0]));
        case Fact::PartOf: return QCoreApplication::translate("qd::seat::ViewBuilder", "part of %1").arg(n(0));
        case Fact::HeldOutside: {
            const QString who = n(2).isEmpty() ? QString() : QStringLiteral(", ") + name(state, r.names[2]);
            QStringList assigned;
            for (std::size_t i = 3; i < r.names.size(); ++i)
                assigned << name(state, r.names[i]);
            return QCoreApplication::translate("qd::seat::ViewBuilder", "held as %1: %2").arg(n(0), n(1)) + who
                + (assigned.isEmpty() ? QString()
                                      : QStringLiteral("; ") + QCoreApplication::translate("qd::seat::ViewBuilder", "assigned to %1").arg(assigned.join(QStringLiteral(", "))));
        }
        case Fact::Called: return QCoreApplication::translate("qd::seat::ViewBuilder", "policy %1: %2").arg(n(0), n(2));
        case Fact::WouldCall:
            return QCoreApplication::translate("qd::seat::ViewBuilder", "policy %1 would have called: nobody is paged by the console here").arg(n(0));
        case Fact::NoService: return QCoreApplication::translate("qd::seat::ViewBuilder", "nobody was called: the alert names no service");
        case Fact::UnknownService: return QCoreApplication::translate("qd::seat::ViewBuilder", "nobody was called: service %1 is not in the workspace").arg(n(0));
        case Fact::NoPolicy: return QCoreApplication::translate("qd::seat::ViewBuilder", "nobody was called: the service has no escalation policy");
        case Fact::Observed: return QCoreApplication::translate("qd::seat::ViewBuilder", "nobody was called: the pager of record for %1 is the team's own").arg(n(0));
        case Fact::NoIncident:
            return QCoreApplication::translate("qd::seat::ViewBuilder", "nobody was called: no incident was declared for it, and for its service the console pages for incidents only");
        case Fact::NotByItself: return QCoreApplication::translate("qd::seat::ViewBuilder", "it called nobody by itself: %1").arg(qstr(oncall::whyNot(state, a)));
        case Fact::NotStarted: return QCoreApplication::translate("qd::seat::ViewBuilder", "nobody was called: no escalation was started for %1").arg(n(0));
        case Fact::LikelyOf: return QCoreApplication::translate("qd::seat::ViewBuilder", "likely consequence of %1: %2").arg(n(0), n(1));
        case Fact::Folded: return QCoreApplication::translate("qd::seat::ViewBuilder", "folded under %1: the next page waits until %2 at most").arg(n(0), n(1));
        case Fact::Resolved:
            return n(0) == QLatin1String("source") ? QCoreApplication::translate("qd::seat::ViewBuilder", "resolved")
                                                   : QCoreApplication::translate("qd::seat::ViewBuilder", "resolved: no connection reports it any more");
        }
        return {};
    };
    Instant before = a.startsAt;
    for (const triage::Reason &r : triage::why(state, a)) {
        const Instant at = r.at ? r.at : std::max(before, a.openedAt); // what has no time of its own stands where it is said
        before = at;
        if (const QString text = say(r); !text.isEmpty())
            lines.push_back({at, text});
        if (!r.because || r.fact == Fact::Called || r.fact == Fact::WouldCall)
            continue;
        for (const auto &m : r.because->matched)
            lines.push_back({at, qstr(m)});
        for (const auto &m : r.because->ruledOut)
            lines.push_back({at, QCoreApplication::translate("qd::seat::ViewBuilder", "ruled out: %1").arg(qstr(m))});
    }
    const std::string_view service = state.text(a.service);
    if (a.status == AlertStatus::Firing && !service.empty() && oncall::callsOf(state, a).empty() && topology::hasNeeds(state, service)) {
        const topology::Causes causes(state);
        if (const auto cause = causes.of(service)) {
            lines.push_back({before, QCoreApplication::translate("qd::seat::ViewBuilder", "likely consequence of %1: %2").arg(qstr(cause->suspect), qstr(state::pathText(cause->path)))});
            for (const auto &m : causes.because(*cause).matched)
                lines.push_back({before, qstr(m)});
        }
    }
    if (a.status == AlertStatus::Firing)
        for (const command::NearChange &n : command::nearChanges(state, a))
            lines.push_back({n.change->at, QCoreApplication::translate("qd::seat::ViewBuilder", "changed nearby: %1").arg(qstr(n.change->title) + (n.change->service.empty() ? QString() : QStringLiteral(" · ") + name(state, n.change->service)) + QStringLiteral(" · ") + nearText(n))});
    std::stable_sort(lines.begin(), lines.end(), [](const auto &x, const auto &y) { return x.at < y.at; });
}

} // namespace qd::seat
