// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notices.h"

#include "ui/widgets/timetext.h"

#include <QCoreApplication>

namespace qd::shell {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(qd::shell::Notices)
};

QString marked(const view::ViewModel &view, bool drill, const QString &text)
{
    return view.strip.practice ? Words::tr("PRACTICE: %1").arg(text) : drill ? Words::tr("DRILL: %1").arg(text) : text;
}

QString alertWord(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Critical: return Words::tr("critical");
    case AlertSeverity::Error: return Words::tr("error");
    case AlertSeverity::Warning: return Words::tr("warning");
    case AlertSeverity::Info: return Words::tr("info");
    case AlertSeverity::Unknown:
    case AlertSeverity::None: break;
    }
    return {};
}

/// "SEV2 INC-7"; where alerts call by themselves there is no SEV: "alert (critical), escalation/4".
QString calledFor(const view::Call &call)
{
    if (!call.incident.isEmpty())
        return QStringLiteral("SEV%1 %2").arg(static_cast<int>(call.severity)).arg(call.incident);
    const QString severity = alertWord(call.alert);
    return severity.isEmpty() ? call.escalation : Words::tr("alert (%1), %2", "severity, escalation/4").arg(severity, call.escalation);
}

} // namespace

std::vector<Notice> noticesOf(const view::ViewModel &view)
{
    std::vector<Notice> out;
    for (const view::Call &call : view.calls) {
        Notice n;
        n.key = call.key;
        n.incident = call.incident;
        n.summary = marked(view, call.drill, Words::tr("You are called: %1").arg(calledFor(call)));
        n.body = call.suspect.isEmpty() ? call.about : call.about + QLatin1Char('\n') + Words::tr("likely consequence of %1").arg(call.suspect);
        n.body += QLatin1Char('\n') + Words::tr("Answer with A in the window, or: quarterdeckctl ack %1").arg(call.incident.isEmpty() ? call.escalation : call.incident);
        n.grave = !call.drill;
        n.again = call.severity == IncidentSeverity::Sev1 && !call.drill ? kSaidAgain : Span{};
        n.at = call.at;
        out.push_back(std::move(n));
    }
    for (const view::IncidentRow &i : view.incidents) {
        if (i.severity != IncidentSeverity::Sev1 || i.status > IncidentStatus::Mitigated)
            continue;
        Notice n;
        n.key = QStringLiteral("sev1/") + i.id;
        n.incident = i.id;
        n.summary = marked(view, i.drill, Words::tr("SEV1: %1").arg(i.id));
        n.body = i.title;
        n.grave = !i.drill;
        n.again = i.drill || !i.commander.isEmpty() ? Span{} : kSaidAgain;
        n.at = i.declaredAt;
        out.push_back(std::move(n));
    }
    for (const view::CommandCall &c : view.commandCalls) {
        Notice n;
        n.key = QStringLiteral("%1/%2/%3").arg(c.isClaim ? QStringLiteral("claim") : QStringLiteral("offer"), c.incident).arg(c.at.ns);
        n.incident = c.incident;
        n.summary = marked(view, c.drill, c.isClaim ? Words::tr("%1 takes command of %2").arg(c.from, c.incident) : Words::tr("%1 offers you command of %2").arg(c.from, c.incident));
        const QString how = c.isClaim ? Words::tr("Object until %1: Ctrl+Shift+N in the window").arg(widgets::shownClock(c.until)) : Words::tr("Accept with a read-back: Ctrl+Shift+H in the window");
        n.body = c.why.isEmpty() ? how : c.why + QLatin1Char('\n') + how;
        n.grave = c.isClaim && !c.drill; // silence is consent
        n.at = c.at;
        out.push_back(std::move(n));
    }
    if (const view::Leading &leading = view.stack.leading; !leading.callOut.isEmpty()) {
        Notice n;
        n.key = QStringLiteral("callout/%1/%2").arg(view.focus).arg(leading.calledOutAt.ns);
        n.incident = view.focus;
        n.summary = marked(view, false, Words::tr("%1: say where it stands").arg(view.focus));
        n.body = leading.callOut;
        n.at = leading.calledOutAt;
        out.push_back(std::move(n));
    }
    for (const view::ShiftOffer &offer : view.shifts) {
        if (!offer.toYou)
            continue;
        Notice n;
        n.key = QStringLiteral("shift/%1").arg(offer.number);
        n.summary = marked(view, false, Words::tr("%1 offers you the shift").arg(offer.from));
        n.body = offer.summary;
        n.at = offer.at;
        out.push_back(std::move(n));
    }
    if (view.strip.flood) {
        Notice n;
        n.key = QStringLiteral("flood");
        n.summary = marked(view, false, Words::tr("Alert flood"));
        n.body = Words::tr("%Ln alert(s) in 10 minutes", nullptr, view.strip.last10);
        n.at = view.made;
        out.push_back(std::move(n));
    }
    return out;
}

} // namespace qd::shell
