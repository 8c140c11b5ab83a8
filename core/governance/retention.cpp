// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/retention.h"

#include "core/events/texts.h"

#include <algorithm>

namespace qd::governance {

using state::State;

namespace {

/// The first of the month after "2026-11".
Instant endOfMonth(std::string_view month)
{
    const auto begins = month.size() == 7 ? parseInstant(std::string(month) + "-01T00:00:00Z") : Result<Instant>(Instant{});
    if (!begins || !*begins)
        return {};
    return *parseInstant(toRfc3339(*begins + hours(24 * 31)).substr(0, 7) + "-01T00:00:00Z");
}

Instant endOfDay(std::string_view day)
{
    const auto begins = day.size() == 10 ? parseInstant(std::string(day) + "T00:00:00Z") : Result<Instant>(Instant{});
    return begins && *begins ? *begins + hours(24) : Instant{};
}

void measure(const state::Incident &incident, Retained &r)
{
    r.lines = incident.timeline.size();
    for (const state::Entry &e : incident.timeline)
        r.messages += e.kind == state::EntryKind::Message && e.text != events::kStruckText ? 1 : 0;
    for (const state::Evidence &e : incident.evidence)
        if (e.digest != events::kStruckText) {
            ++r.files;
            r.bytes += e.bytes;
        }
}

/// False for what is of no class.
bool place(const State &state, Retained &r)
{
    const std::string_view name(r.stream);
    if (name.starts_with("alerts/")) {
        r.of = RecordClass::Alerts;
        r.ended = endOfDay(name.substr(7));
        return static_cast<bool>(r.ended);
    }
    if (name.starts_with("access/")) {
        r.of = RecordClass::Access;
        r.ended = endOfMonth(name.substr(7));
        return static_cast<bool>(r.ended);
    }
    if (!name.starts_with("incident/") || name.find('/', 9) != std::string_view::npos)
        return false;
    const state::Incident *i = state.incident(name.substr(9));
    if (!i)
        return false;
    r.of = i->isDrill() ? RecordClass::Drill : RecordClass::Incident;
    measure(*i, r);
    // What was cancelled was never resolved: it was over with its last line.
    r.ended = i->isOpen() ? Instant{} : i->resolvedAt ? i->resolvedAt : i->timeline.empty() ? i->declaredAt : i->timeline.back().at;
    return true;
}

} // namespace

Instant accessMayGo(std::string_view stream)
{
    const Instant ended = stream.starts_with("access/") ? endOfMonth(stream.substr(7)) : Instant{};
    return ended ? ended + kAccessKept : Instant{};
}

std::vector<Retained> retained(const State &state, const std::vector<StandingStream> &streams)
{
    std::vector<Retained> out;
    const auto &rules = state.workspace->retention;
    for (const auto &[stream, hold] : streams) {
        Retained r;
        r.stream = stream;
        if (!place(state, r))
            continue;
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const RetentionRule &each) { return each.of == r.of; });
        if (rule != rules.end() && r.ended)
            r.expires = r.ended + (r.of == RecordClass::Access ? std::max(rule->keep, kAccessKept) : rule->keep);
        if (hold != 0)
            r.heldBy = "hold/" + std::to_string(hold);
        out.push_back(std::move(r));
    }
    std::sort(out.begin(), out.end(), [](const Retained &a, const Retained &b) {
        const bool first = static_cast<bool>(a.expires), second = static_cast<bool>(b.expires);
        return first != second ? first : a.expires != b.expires ? a.expires < b.expires : a.stream < b.stream;
    });
    out.erase(std::unique(out.begin(), out.end(), [](const Retained &a, const Retained &b) { return a.stream == b.stream; }), out.end());
    return out;
}

namespace {

const RetentionRule *ruleOf(const State &state, RecordClass of)
{
    const auto &rules = state.workspace->retention;
    const auto rule = std::find_if(rules.begin(), rules.end(), [of](const RetentionRule &each) { return each.of == of; });
    return rule == rules.end() ? nullptr : &*rule;
}

/// Files kept with an incident that are not struck yet: each is a record of its own.
void addEvidence(std::vector<RetainedMessages> &out, const state::Incident &incident, const RetentionRule &rule, const std::string &heldBy)
{
    for (const state::Evidence &e : incident.evidence)
        if (e.digest != events::kStruckText)
            out.push_back({incident.id, e.seq, 1, e.at, incident.isOpen() ? Instant{} : e.at + rule.keep, heldBy, RecordClass::Evidence});
}

} // namespace

std::vector<RetainedMessages> retainedMessages(const State &state, const std::vector<StandingStream> &streams)
{
    std::vector<RetainedMessages> out;
    const RetentionRule *rule = ruleOf(state, RecordClass::Messages), *ofFiles = ruleOf(state, RecordClass::Evidence);
    if (!rule && !ofFiles)
        return out;
    for (const auto &[stream, hold] : streams) {
        const state::Incident *i = stream.starts_with("incident/") && stream.find('/', 9) == std::string::npos ? state.incident(stream.substr(9)) : nullptr;
        if (!i)
            continue;
        const std::string heldBy = hold != 0 ? "hold/" + std::to_string(hold) : std::string();
        if (ofFiles)
            addEvidence(out, *i, *ofFiles, heldBy);
        if (!rule)
            continue;
        const std::size_t begin = out.size();
        for (const state::Entry &e : i->timeline) {
            if (e.kind != state::EntryKind::Message || e.text == events::kStruckText || (e.text.empty() && e.revisions.empty())) // nothing to strike
                continue;
            auto at = std::find_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), [&](const RetainedMessages &r) { return r.seq == e.seq; });
            if (at == out.end())
                at = out.insert(out.end(), {i->id, e.seq, 0, {}, {}, heldBy});
            ++at->count;
            at->said = std::max(at->said, e.at);
            at->expires = i->isOpen() ? Instant{} : at->said + rule->keep;
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const RetainedMessages &a, const RetainedMessages &b) {
        const bool first = static_cast<bool>(a.expires), second = static_cast<bool>(b.expires);
        return first != second ? first : a.expires < b.expires;
    });
    return out;
}

} // namespace qd::governance
