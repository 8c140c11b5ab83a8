// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/bundling.h"

#include <algorithm>
#include <set>

namespace qd::oncall {

using state::Bundle;
using state::State;

namespace {

bool isPage(const state::OutboxEntry &o)
{
    return o.what.effect == events::Effect::Page && o.what.subject.starts_with("page/");
}

/// The SEV1 a call is of: its own incident, or that of an alert which fires and calls by itself; null: none.
const state::Incident *sev1Of(const State &state, const state::Escalation &x)
{
    const auto isSev1 = [](const state::Incident &i) { return i.isOpen() && i.severity == IncidentSeverity::Sev1; };
    if (x.group.empty()) {
        const state::Incident *incident = state.incident(x.incident);
        return incident && incident->severity == IncidentSeverity::Sev1 ? incident : nullptr;
    }
    const Symbol group = state.symbols.find(x.group);
    const auto firesIn = [&](const state::Incident &i) {
        return std::any_of(i.alerts.begin(), i.alerts.end(), [&](const std::string &key) {
            const state::Alert *a = state.alert(key);
            return a && a->status == AlertStatus::Firing && a->group == group && state.text(a->incident) == i.id;
        });
    };
    for (const auto &[number, i] : state.incidents) // few are SEV1, and none has as many alerts as there are
        if (isSev1(i) && firesIn(i))
            return &i;
    return nullptr;
}

Instant dueOf(const State &state, const Bundle &b)
{
    if (b.waiting.empty())
        return {};
    const Instant gathered = b.waiting.front().at + kGather;
    return b.lastAt ? std::max(gathered, b.lastAt + state.workspace->bundleEvery) : gathered;
}

} // namespace

std::string pageSubject(std::uint32_t escalation, std::uint32_t step)
{
    return "page/" + std::to_string(escalation) + "/" + std::to_string(step);
}

Bundling bundling(const State &state, const state::Escalation &x, const std::string &person, Instant now)
{
    Bundling out{false, {"page/bundle", {}, {}}};
    if (const state::Incident *sev1 = sev1Of(state, x)) {
        out.because.ruledOut.push_back("bundling: " + (x.group.empty() ? std::string() : "an alert of " + x.group + " is of ") + sev1->id + (x.group.empty() ? " is SEV1" : ", a SEV1"));
        return out;
    }
    if (x.isDirect()) {
        out.because.ruledOut.push_back("bundling: " + person + " was asked for by name");
        return out;
    }
    std::set<std::string> lately;
    bool isFirst = true;
    for (const auto &[number, o] : state.outbox) {
        if (!isPage(o))
            continue;
        // Alerts that call by themselves have no incident: then the first page of their call is.
        isFirst = isFirst && (x.incident.empty() ? o.what.escalation != x.number : o.what.incident != x.incident);
        if (o.what.person == person && o.queuedAt > now - kBundleWindow)
            lately.insert(o.what.subject);
    }
    const Bundle *b = state.pageBook.of(person);
    const std::size_t waiting = b ? b->waiting.size() : 0;
    if (isFirst && (!b || std::none_of(b->waiting.begin(), b->waiting.end(), [&](const auto &w) { return x.incident.empty() ? w.escalation == x.number : w.incident == x.incident; }))) {
        out.because.ruledOut.push_back("bundling: it is the first page of " + (x.incident.empty() ? "escalation/" + std::to_string(x.number) : x.incident));
        return out;
    }
    const std::string count = person + " had " + std::to_string(lately.size()) + (lately.size() == 1 ? " page" : " pages") + " in " + toText(kBundleWindow);
    out.waits = waiting > 0 || lately.size() >= state.workspace->bundleAfter;
    if (out.waits)
        out.because.matched.push_back(count + (waiting > 0 ? ", and " + std::to_string(waiting) + " wait already" : ""));
    else
        out.because.ruledOut.push_back("bundling: " + count + ", fewer than " + std::to_string(state.workspace->bundleAfter));
    return out;
}

events::Events bundlesDue(const State &state, Instant now)
{
    events::Events out;
    std::uint32_t number = state.pageBook.lastBundle;
    for (const Bundle &b : state.pageBook.bundles) {
        const Instant due = dueOf(state, b);
        if (!due || due > now)
            continue;
        events::BundleSent e;
        e.bundle = ++number;
        e.person = b.person;
        e.because.rule = "page/bundle";
        for (const state::WaitingPage &w : b.waiting) {
            const bool known = w.escalation >= 1 && w.escalation <= state.escalations.size();
            if (!known || !state.escalations[w.escalation - 1].isRunning())
                e.because.ruledOut.push_back("escalation/" + std::to_string(w.escalation) + ": it is over");
            else if (std::find(e.escalations.begin(), e.escalations.end(), w.escalation) == e.escalations.end())
                e.escalations.push_back(w.escalation);
        }
        e.because.matched.push_back(std::to_string(b.waiting.size()) + (b.waiting.size() == 1 ? " page" : " pages") + " waited since " + toRfc3339(b.waiting.front().at));
        out.emplace_back(std::move(e));
    }
    return out;
}

Instant nextBundle(const State &state)
{
    Instant next;
    for (const Bundle &b : state.pageBook.bundles)
        if (const Instant due = dueOf(state, b); due && (!next || due < next))
            next = due;
    return next;
}

} // namespace qd::oncall
