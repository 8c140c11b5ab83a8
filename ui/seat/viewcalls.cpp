// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/viewbuilder.h"

#include "core/oncall/bundling.h"
#include "ui/seat/text.h"

#include <algorithm>

namespace qd::seat {

using state::State;

std::vector<view::PageRow> ViewBuilder::pages(const State &state, const state::Escalation &x, std::size_t n) const
{
    std::vector<view::PageRow> out;
    const state::Step &step = x.steps[n];
    const std::string subject = oncall::pageSubject(x.number, step.number);
    // A step that came round again has the same subject: what is of its time is its own.
    Instant until;
    for (std::size_t later = n + 1; later < x.steps.size() && !until; ++later)
        if (x.steps[later].number == step.number)
            until = x.steps[later].at;
    for (const auto &[number, o] : state.outbox)
        if (o.what.escalation == x.number && o.what.subject == subject && o.what.effect != events::Effect::PageAnswered && o.what.effect != events::Effect::PageOver
            && o.queuedAt >= step.at && (!until || o.queuedAt < until))
            out.push_back({name(state, o.what.person), qstr(o.what.connection), qstr(word(o.delivery)), qstr(o.reason)});
    if (const auto *incident = state.incident(x.incident))
        for (const state::Withheld &w : incident->withheld)
            if (w.what.effect == events::Effect::Page && w.at == step.at)
                out.push_back({name(state, w.what.person), qstr(w.what.connection), QStringLiteral("withheld"), qstr(w.what.reason)});
    for (const state::Bundle &b : state.pageBook.bundles)
        for (const state::WaitingPage &w : b.waiting)
            if (w.escalation == x.number && w.step == step.number && w.at == step.at)
                out.push_back({name(state, b.person), {}, QStringLiteral("bundled"), {}});
    return out;
}

void ViewBuilder::calls(const State &state, const Looking &looking, view::ViewModel &out)
{
    const std::string me = looking.person.toStdString();
    if (me.empty())
        return;
    for (const state::Escalation &x : state.escalations) {
        const state::Incident *incident = state.incident(x.incident);
        const bool isReal = x.isRunning() && !x.observed && (incident != nullptr || x.incident.empty());
        if (!isReal || std::find(x.answeredBy.begin(), x.answeredBy.end(), me) != x.answeredBy.end())
            continue;
        for (std::size_t n = x.steps.size(); n-- > 0;) { // the latest call of mine is the one that rings
            const state::Step &step = x.steps[n];
            if (std::find(step.people.begin(), step.people.end(), me) == step.people.end())
                continue;
            view::Call call{QStringLiteral("page/%1/%2/%3").arg(x.number).arg(step.number).arg(step.round), qstr(x.incident), qstr(x.about), IncidentSeverity::Sev3, step.at, qstr(x.suspect)};
            call.escalation = QStringLiteral("escalation/%1").arg(x.number);
            if (incident) {
                call.severity = incident->severity;
                call.drill = incident->isDrill();
            } else {
                call.alert = x.severity;
            }
            out.calls.push_back(std::move(call));
            break;
        }
    }
    std::stable_sort(out.calls.begin(), out.calls.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    for (const auto &[number, incident] : state.incidents) {
        if (!incident.isOpen())
            continue;
        if (const state::Offer &offer = incident.leading.offer; offer.to == me)
            out.commandCalls.push_back({qstr(incident.id), name(state, offer.from), qstr(offer.summary), false, incident.isDrill(), offer.at});
        if (const state::Claim &claim = incident.leading.claim; !claim.person.empty() && claim.person != me && incident.holder(Role::Commander) == me)
            out.commandCalls.push_back({qstr(incident.id), name(state, claim.person), qstr(claim.reason), true, incident.isDrill(), claim.at, claim.until});
    }
}

} // namespace qd::seat
