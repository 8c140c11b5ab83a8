// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/brief.h"

#include "core/command/nearchanges.h"
#include "core/command/related.h"

#include <algorithm>
#include <map>

namespace qd::command {

using state::Incident;
using state::State;

namespace {

/// How often an alert came since then. Of what came again often the oldest times are not kept, and of its first time only the end is: that counts
/// when it ended since.
std::size_t cameSince(const State &state, std::uint32_t index, Instant since)
{
    const state::Alert &a = state.alerts.all[index];
    const auto times = state.alerts.transitions(index); // ends and beginnings in turn; the last one of what fires is a beginning
    const std::size_t last = times.size() - (a.status == AlertStatus::Firing || times.empty() ? 0 : 1);
    if (last == 0)
        return a.openedAt && a.openedAt >= since ? 1 : 0;
    std::size_t count = 0, n = last;
    for (; n >= 1; n -= std::min<std::size_t>(n, 2))
        count += times[n - 1] >= since ? 1 : 0;
    const bool beginsWithAnEnd = last % 2 == 0;
    return count + (beginsWithAnEnd && times.front() >= since ? 1 : 0);
}

constexpr Span kShift = hours(8);
constexpr std::size_t kRelatedInBrief = 3, kChangesInBrief = 3;
constexpr Span kExpiresSoon = hours(2);
constexpr std::size_t kStanding = 5; ///< standing alerts named in a shift's brief, the oldest

std::string setTime(Instant t)
{
    return t ? clockText(t) : std::string("no set time");
}

std::string ago(Instant t, Instant now)
{
    const std::string text = toText(Span{std::max<std::int64_t>((now - t).ns, 0) / minutes(1).ns * minutes(1).ns});
    return text == "0s" ? "under a minute" : text;
}

std::string due(Instant at, Instant now)
{
    if (!at)
        return {};
    return at < now ? ", overdue since " + setTime(at) : ", due " + setTime(at);
}

void bound(std::vector<std::string> &lines)
{
    if (lines.size() <= kBriefLines)
        return;
    const std::size_t more = lines.size() - kBriefLines + 1;
    lines.resize(kBriefLines - 1);
    lines.push_back("and " + std::to_string(more) + " more");
}

void promises(const State &, const Incident &i, Instant now, std::vector<std::string> &to)
{
    for (const auto &p : i.promises)
        if (!p.keptAt)
            to.push_back("promised to " + p.audience + (p.text.empty() ? std::string(": the next word") : ": " + p.text) + due(p.due, now));
}

std::string kindInWords(events::SuppressorKind kind)
{
    switch (kind) {
    case events::SuppressorKind::Window: return "maintenance window";
    case events::SuppressorKind::Held: return "hold of calls";
    default: return std::string(events::word(kind));
    }
}

/// What keeps alerts quiet or their calls waiting and is over within `within`, the next first: the sources' silences, and our own silences,
/// shelves, snoozes, windows and holds. What is over by itself with its alert's end has no time and is not named.
void quietEnds(const State &state, Instant now, Span within, std::vector<std::string> &to)
{
    std::vector<std::pair<Instant, std::string>> ends;
    const auto isSoon = [&](Instant until) { return until && until > now && until - now <= within; };
    for (const auto &source : state.sources)
        for (const auto &s : source.silences)
            if (s.state == "active" && isSoon(s.endsAt))
                ends.emplace_back(s.endsAt, "silence by " + s.createdBy + " ends " + setTime(s.endsAt) + (s.comment.empty() ? "" : ": " + s.comment));
    for (const state::Suppressor &s : state.suppressors.all)
        if (s.isActive() && isSoon(s.until))
            ends.emplace_back(s.until, kindInWords(s.kind) + (s.service.empty() ? "" : " of " + state.workspace->nameOf(s.service)) + " by " + state.workspace->nameOf(s.owner) + " ends "
                                           + setTime(s.until) + (s.reason.empty() ? "" : ": " + s.reason));
    for (const MaintenanceWindow &w : state.workspace->maintenance)
        if (w.from <= now && isSoon(w.until))
            ends.emplace_back(w.until, "maintenance window " + w.id + " ends " + setTime(w.until) + (w.reason.empty() ? "" : ": " + w.reason));
    std::stable_sort(ends.begin(), ends.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto &[until, words] : ends)
        to.push_back(std::move(words));
}

} // namespace

Brief brief(const State &state, const Incident &i, Instant now)
{
    const Workspace &w = *state.workspace;
    Brief out;
    out.severity = std::string(word(i.severity)) + ", " + std::string(word(i.status)) + ", declared " + setTime(i.declaredAt) + ", " + ago(i.declaredAt, now) + " ago";
    out.situation.push_back(i.id + ": " + i.title);
    if (!i.service.empty())
        out.situation.push_back("service " + w.nameOf(i.service) + ", impact since " + setTime(i.impactSince));
    std::size_t firing = 0, unseen = 0;
    for (const std::string &key : i.alerts)
        if (const state::Alert *a = state.alert(key); a && a->status == AlertStatus::Firing) {
            ++firing;
            unseen += a->workflow == Workflow::New ? 1 : 0;
        }
    if (!i.alerts.empty())
        out.situation.push_back(std::to_string(firing) + " of " + std::to_string(i.alerts.size()) + " alerts fire" + (unseen ? ", " + std::to_string(unseen) + " unacknowledged" : ""));
    for (auto d = i.decisions.rbegin(); d != i.decisions.rend() && d - i.decisions.rbegin() < 3; ++d)
        out.situation.push_back("decided " + setTime(d->at) + " by " + w.nameOf(d->by) + ": " + d->text);
    if (!i.parent.empty())
        out.situation.push_back("part of the work on " + i.parent);
    for (const auto &[number, other] : state.incidents)
        if (other.parent == i.id && other.isOpen())
            out.situation.push_back("with " + other.id + ", " + std::string(word(other.severity)) + ": " + other.title);
    const std::vector<Related> others = related(state, subjectOf(state, i), now);
    for (std::size_t n = 0; n < std::min(others.size(), kRelatedInBrief); ++n)
        out.situation.push_back("may be about the same: " + inWords(state, others[n]));
    const std::vector<NearChange> changes = nearChanges(state, i);
    for (std::size_t n = 0; n < std::min(changes.size(), kChangesInBrief); ++n)
        if (changes[n].near != Nearness::Elsewhere)
            out.situation.push_back("changed nearby: " + inWords(state, changes[n]));
    for (const auto &t : i.tasks)
        if (!t.doneAt)
            out.actions.push_back(w.nameOf(t.person) + ": " + t.text + due(t.due, now) + (t.acceptBy() && t.acceptBy() <= now ? ", nobody is on it" : ""));
    for (const auto &x : state.escalations)
        if (x.incident == i.id && x.isRunning())
            out.actions.push_back("being called by policy " + x.policy + (x.steps.empty() ? "" : ": step " + std::to_string(x.steps.back().number)) + (x.observed ? " (observed only)" : ""));
    promises(state, i, now, out.watch);
    for (const auto &h : i.hypotheses)
        if (!h.refuted && !h.confirmed)
            out.watch.push_back("suspected: " + h.text + " (" + w.nameOf(h.by) + ")");
    quietEnds(state, now, kExpiresSoon, out.watch);
    bound(out.situation), bound(out.actions), bound(out.watch);
    return out;
}

Brief shiftBrief(const State &state, Instant now)
{
    const Workspace &w = *state.workspace;
    Brief out;
    std::size_t firing = 0, standing = 0;
    std::vector<std::string> stands;
    std::map<std::string, std::size_t> byService; // occurrences that began in this shift
    for (std::uint32_t index = 0; index < state.alerts.all.size(); ++index) {
        const state::Alert &a = state.alerts.all[index];
        if (const std::size_t came = cameSince(state, index, now - kShift); came > 0)
            byService[std::string(state.text(a.service))] += came;
        if (a.status != AlertStatus::Firing)
            continue;
        ++firing;
        if (a.openedAt && now - a.openedAt > w.standingAfter) {
            ++standing;
            stands.push_back("stands since " + toRfc3339(a.openedAt).substr(0, 10) + ": " + std::string(state.text(a.title)));
        }
    }
    std::size_t open = 0;
    for (const auto &[number, i] : state.incidents) {
        if (!i.isOpen())
            continue;
        ++open;
        out.situation.push_back(i.id + ", " + std::string(word(i.severity)) + ", " + std::string(word(i.status)) + ": " + i.title + ", "
                                + (i.holder(Role::Commander).empty() ? std::string("no commander") : w.nameOf(i.holder(Role::Commander)) + " commands"));
        promises(state, i, now, out.actions);
        for (const auto &t : i.tasks)
            if (!t.doneAt)
                out.actions.push_back(i.id + ", " + w.nameOf(t.person) + ": " + t.text + due(t.due, now));
    }
    out.severity = std::to_string(open) + (open == 1 ? " incident is open, " : " incidents are open, ") + std::to_string(firing) + (firing == 1 ? " alert fires, " : " alerts fire, ")
        + std::to_string(standing) + " of them for more than " + toText(w.standingAfter);
    std::vector<std::pair<std::size_t, std::string>> fragile;
    for (const auto &[service, count] : byService)
        if (count > 1 && !service.empty())
            fragile.emplace_back(count, service);
    std::sort(fragile.begin(), fragile.end(), [](const auto &a, const auto &b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    for (std::size_t n = 0; n < std::min<std::size_t>(fragile.size(), 3); ++n)
        out.situation.push_back("fragile: " + w.nameOf(fragile[n].second) + ", " + std::to_string(fragile[n].first) + " alerts in " + toText(kShift));
    for (const auto &source : state.sources)
        if (source.silent)
            out.watch.push_back("silent source: " + source.connection.name);
    quietEnds(state, now, kShift, out.watch);
    for (const auto &[number, i] : state.incidents)
        if (std::any_of(i.closing.refired.begin(), i.closing.refired.end(), [&](const std::string &key) {
                const state::Alert *a = state.alert(key);
                return a && a->status == AlertStatus::Firing;
            }))
            out.watch.push_back(i.id + " fires again since it was resolved");
    // What stands is known; what changes comes first.
    std::sort(stands.begin(), stands.end());
    for (std::size_t n = 0; n < std::min(stands.size(), kStanding); ++n)
        out.watch.push_back(std::move(stands[n]));
    if (stands.size() > kStanding)
        out.watch.push_back("and " + std::to_string(stands.size() - kStanding) + " more that stand");
    bound(out.situation), bound(out.actions), bound(out.watch);
    return out;
}

std::string toText(const Brief &brief)
{
    std::string out = brief.severity;
    const auto part = [&](const char *name, const std::vector<std::string> &lines) {
        if (lines.empty())
            return;
        out += std::string("\n") + name + ":";
        for (const std::string &line : lines)
            out += "\n- " + line;
    };
    part("Situation", brief.situation);
    part("Under way", brief.actions);
    part("Watch", brief.watch);
    return out;
}

} // namespace qd::command
