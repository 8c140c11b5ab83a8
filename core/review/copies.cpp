// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/copies.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_set>

namespace qd::review {

namespace {

using state::Entry;
using state::Incident;

/// What a telling says, to find another's lines in: made when the first other one is held against it.
struct Said {
    std::unordered_set<std::size_t> digests;
    std::size_t lines = 0;
};

/// Of an incident the lines that two tellings of it have in common, and from when to when these are.
struct Telling {
    const Incident *incident = nullptr;
    bool isRebuilt = false;
    Instant from = {}, to = {};
    std::optional<Said> all = {}, messages = {};
};

/// What two tellings are compared by: of one that was run here nothing but what was said in its rooms is in a file as well.
bool isCompared(const Entry &line, bool isRebuilt, bool isOnlySaid)
{
    if (!isRebuilt)
        return line.kind == state::EntryKind::Message && line.origin.empty();
    return !line.origin.empty() && (!isOnlySaid || line.kind == state::EntryKind::Message);
}

std::vector<Telling> tellings(const state::State &state)
{
    std::vector<Telling> out;
    bool isAnyRebuilt = false;
    for (const auto &[number, i] : state.incidents)
        isAnyRebuilt = isAnyRebuilt || i.factsArrived > 0;
    if (!isAnyRebuilt)
        return out;
    for (const auto &[number, i] : state.incidents) {
        Telling t{&i, i.factsArrived > 0};
        for (const Entry &line : i.timeline)
            if (isCompared(line, t.isRebuilt, false)) {
                t.from = !t.from || line.at < t.from ? line.at : t.from;
                t.to = std::max(t.to, line.at);
            }
        if (t.from && !i.isDrill() && i.status != IncidentStatus::Merged)
            out.push_back(std::move(t));
    }
    // Who was run here comes first, else who was there first.
    std::stable_sort(out.begin(), out.end(), [](const Telling &a, const Telling &b) { return a.isRebuilt < b.isRebuilt; });
    return out;
}

std::size_t digestOf(Instant at, char what, std::string_view words)
{
    return std::hash<std::string_view>()(words) * 1'000'003u ^ std::hash<std::int64_t>()(at.ns) ^ static_cast<std::size_t>(what);
}

/// The words of a line; Slack's answers in a thread begin with an arrow where a file tells of them.
std::size_t saidAs(const Entry &line)
{
    constexpr std::string_view kAnswers = "↳ ";
    const std::string_view text = line.text;
    return digestOf(line.at, 't', text.starts_with(kAnswers) ? text.substr(kAnswers.size()) : text);
}

/// What its platform or its file calls it; 0: nothing.
std::size_t namedAs(const Entry &line)
{
    constexpr std::string_view kFact = "fact/";
    const std::string_view name = line.origin.empty() ? std::string_view(line.messageId) : line.reference.starts_with(kFact) ? std::string_view(line.reference).substr(kFact.size()) : std::string_view();
    return name.empty() ? 0 : digestOf(line.at, 'n', name);
}

const Said &saidIn(Telling &t, bool isOnlySaid)
{
    std::optional<Said> &out = isOnlySaid ? t.messages : t.all;
    if (out)
        return *out;
    out.emplace();
    for (const Entry &line : t.incident->timeline)
        if (isCompared(line, t.isRebuilt, isOnlySaid)) {
            ++out->lines;
            out->digests.insert(saidAs(line));
            if (const std::size_t name = namedAs(line))
                out->digests.insert(name);
        }
    return *out;
}

bool isSame(Telling &a, const Telling &b)
{
    const bool isOnlySaid = !a.isRebuilt || !b.isRebuilt;
    const Said &there = saidIn(a, isOnlySaid);
    std::size_t lines = 0, common = 0;
    for (const Entry &line : b.incident->timeline)
        if (isCompared(line, b.isRebuilt, isOnlySaid)) {
            ++lines;
            const std::size_t name = namedAs(line);
            common += there.digests.contains(saidAs(line)) || (name != 0 && there.digests.contains(name)) ? 1 : 0;
        }
    return 2 * common > std::min(there.lines, lines) && common > 0;
}

} // namespace

std::vector<std::pair<const Incident *, const Incident *>> sameHistories(const state::State &state)
{
    std::vector<std::pair<const Incident *, const Incident *>> out;
    std::vector<Telling> all = tellings(state);
    for (auto b = all.begin(); b != all.end(); ++b)
        for (auto a = all.begin(); b->isRebuilt && a != b; ++a)
            if (a->from <= b->to && b->from <= a->to && isSame(*a, *b))
                out.emplace_back(a->incident, b->incident);
    return out;
}

std::string factsMissing(const Incident &incident)
{
    if (!incident.lacksFacts())
        return {};
    return std::to_string(incident.factsArrived) + " of " + std::to_string(incident.factsExpected) + (incident.factsExpected == 1 ? " fact is" : " facts are") + " here; run the same rebuild again with --incident "
        + incident.id + ", which adds what is missing.";
}

} // namespace qd::review
