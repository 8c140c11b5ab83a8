// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/governance/retention.h"
#include "core/state/holds.h"

#include <algorithm>
#include <map>

namespace qd::desk {

using state::State;

namespace {

constexpr std::size_t kStreamsLimit = 1000;
constexpr std::size_t kNameLimit = 200;

std::string dayOf(Instant t)
{
    return toRfc3339(t).substr(0, 10);
}

/// The day of "alerts/2026-11-23", or nothing.
Instant beginOfDay(std::string_view stream)
{
    if (!stream.starts_with("alerts/") || stream.size() != 17)
        return {};
    const auto day = parseInstant(std::string(stream.substr(7)) + "T00:00:00Z");
    return day && dayOf(*day) == stream.substr(7) ? *day : Instant{};
}

Result<events::ErasedStream> erasable(const State &state, const std::string &stream, Instant now)
{
    if (stream.starts_with("incident/")) {
        const std::string id = stream.substr(9, stream.find('/', 9) - 9);
        const auto *incident = state.incident(id);
        if (!incident)
            return fail(Code::NotFound, "There is no incident " + safeLine(id, 60) + " any more.");
        if (incident->isOpen())
            return fail(Code::Conflict, id + " is " + std::string(word(incident->status)) + "; resolve it before it is erased.");
        return events::ErasedStream{stream, incident->declaredAt};
    }
    if (stream.starts_with("alerts/")) {
        const Instant begins = beginOfDay(stream);
        if (!begins)
            return fail(Code::Invalid, "A day of alerts is named like alerts/2026-11-23.");
        if (dayOf(now) <= dayOf(begins))
            return fail(Code::Conflict, "Today's alerts can be erased from tomorrow on (the day ends at midnight UTC).");
        return events::ErasedStream{stream, begins};
    }
    if (stream.starts_with("access/")) {
        const Instant from = governance::accessMayGo(stream);
        if (!from)
            return fail(Code::Invalid, "A month of access is named like access/2026-11.");
        if (now < from)
            return fail(Code::Forbidden, "Who looked at what in " + stream.substr(7) + " is kept until " + toRfc3339(from).substr(0, 10)
                                             + ", 90 days after its month: nobody takes away the trace of what they did before others can have seen it.");
        return events::ErasedStream{stream, Instant{1}};
    }
    if (stream.starts_with("person/"))
        return events::ErasedStream{stream, Instant{1}};
    return fail(Code::Invalid, "\"" + safeLine(stream, 60) + "\" cannot be erased; name a day of alerts (alerts/2026-11-23), an incident (incident/INC-7) or person/ID.");
}

std::vector<std::string> pairs(const State &state, std::size_t first, std::size_t count)
{
    std::vector<std::string> out;
    for (std::size_t i = first; i < first + count; ++i) {
        out.emplace_back(state.text(state.alerts.pairs[i].name));
        out.emplace_back(state.text(state.alerts.pairs[i].value));
    }
    return out;
}

/// Every active alert that something before `until` tells of.
events::AlertsCarried carry(const State &state, Instant until)
{
    events::AlertsCarried out;
    std::map<std::uint32_t, std::uint32_t> reasons;
    std::map<Symbol, bool> groups;
    const auto &t = state.alerts;
    for (std::uint32_t index = 0; index < t.all.size(); ++index) {
        const state::Alert &a = t.all[index];
        // One that began later is known from later days alone, unless it had been there before.
        if (a.status != AlertStatus::Firing || (a.openedAt >= until && a.occurrence == 1 && t.transitions(index).empty()))
            continue;
        events::CarriedAlert &c = out.alerts.emplace_back();
        const auto text = [&](Symbol s) { return std::string(state.text(s)); };
        c.set = text(a.set);
        c.title = text(a.title);
        c.service = text(a.service);
        c.group = text(a.group);
        c.owner = text(a.owner);
        c.incident = text(a.incident);
        c.suppressedBy = text(a.suppressedBy);
        c.acknowledgedBy = text(a.acknowledgedBy);
        c.link = text(a.link);
        c.fingerprint = a.fingerprint;
        c.openedSeq = a.openedSeq;
        c.labels = pairs(state, a.firstPair, a.labels);
        c.annotations = pairs(state, std::size_t{a.firstPair} + a.labels, a.annotations);
        for (const state::Source *source : state.seenBy(a))
            c.seenBy.push_back(source->connection.name);
        if ((a.seenBy & State::kSharedBit) != 0)
            c.seenBy.emplace_back(); // by one without a bit of its own
        c.startsAt = a.startsAt;
        c.endsAt = a.endsAt;
        c.updatedAt = a.updatedAt;
        c.openedAt = a.openedAt;
        c.lastSeen = a.lastSeen;
        c.acknowledgedAt = a.acknowledgedAt;
        c.occurrence = a.occurrence;
        c.reports = a.reports;
        const auto [reason, fresh] = reasons.emplace(a.because, static_cast<std::uint32_t>(out.because.size()));
        if (fresh)
            out.because.push_back(t.because[a.because]);
        c.because = reason->second;
        c.severity = a.severity;
        c.workflow = a.workflow;
        c.suppression = a.suppression;
        c.reported = a.reported;
        c.reportedBy = text(a.reportedBy);
        c.own = a.own;
        c.ownBy = text(a.ownBy);
        const auto [own, freshOwn] = reasons.emplace(a.ownBecause, static_cast<std::uint32_t>(out.because.size()));
        if (freshOwn)
            out.because.push_back(t.because[a.ownBecause]);
        c.ownBecause = own->second;
        c.flapping = a.flapping;
        c.correlation = text(a.correlation);
        c.path = a.path;
        c.firstOut = a.firstOut;
        if (groups.emplace(a.group, true).second)
            if (const auto g = t.groups.find(a.group); g != t.groups.end())
                out.groups.push_back({c.group, g->second.members, g->second.episode, g->second.openedAt});
    }
    return out;
}

Result<std::string> reasonOf(const std::string &raw)
{
    const std::string reason = safeText(raw, kTextLimit);
    if (reason.find_first_not_of(" \t\n") == std::string::npos)
        return fail(Code::Invalid, "Say why: --reason; it stays in the record when the rest is gone.");
    return reason;
}

} // namespace

Result<Decision> decideErasure(const State &state, const EraseStreams &command, const events::Actor &by, Instant now)
{
    if (command.streams.empty() || command.streams.size() > kStreamsLimit)
        return fail(Code::Invalid, "Name between 1 and 1,000 streams to erase.");
    const auto reason = reasonOf(command.reason);
    if (!reason)
        return tl::unexpected(reason.error());
    events::StreamsErased erased{{}, *reason, by, state.lastIncident, static_cast<std::uint32_t>(state.escalations.size()), state.lastOutbox, {}};
    for (const state::StatusPageState &page : state.pages)
        erased.pages.push_back({page.id, page.lastNotice, page.lastMaintenance});
    Instant until;
    for (const auto &stream : command.streams) {
        auto one = erasable(state, stream, now);
        if (!one)
            return tl::unexpected(one.error());
        if (stream.starts_with("alerts/"))
            until = std::max(until, one->begins + hours(24));
        erased.streams.push_back(std::move(*one));
    }
    Decision d;
    if (until)
        if (auto carried = carry(state, until); !carried.alerts.empty())
            d.events.emplace_back(std::move(carried));
    d.events.emplace_back(std::move(erased));
    d.id = command.streams.front();
    return d;
}

Result<Decision> decideHold(const State &state, const PlaceHold &command, const events::Actor &by)
{
    const auto reason = reasonOf(command.reason);
    if (!reason)
        return tl::unexpected(reason.error());
    const std::string scope = safeLine(command.scope, kNameLimit);
    const std::string_view first = std::string_view(scope).substr(0, scope.find('/'));
    static constexpr std::string_view kKinds[] = {"*", "org", "alerts", "incident", "person", "access"};
    if (std::find(std::begin(kKinds), std::end(kKinds), first) == std::end(kKinds) || scope.size() != command.scope.size() || scope.ends_with('/'))
        return fail(Code::Invalid, "The scope of a hold is a stream and all below it (alerts, alerts/2026-11-23, incident/INC-7, person/ID), or * for everything.");
    const std::string matter = safeLine(command.matter, kNameLimit);
    if (matter.empty())
        return fail(Code::Invalid, "A hold needs a matter: the case or request it is for.");
    const std::uint32_t number = state.keeping.lastHold + 1;
    return Decision{{events::HoldPlaced{number, scope, matter, safeLine(command.custodian, kNameLimit), *reason, by}}, "hold/" + std::to_string(number)};
}

Result<Decision> decideRelease(const State &state, const ReleaseHold &command, const events::Actor &by)
{
    const auto reason = reasonOf(command.reason);
    if (!reason)
        return tl::unexpected(reason.error());
    if (state::standing(state.keeping, command.hold) == state.keeping.holds.end())
        return fail(Code::NotFound, "There is no hold " + std::to_string(command.hold) + "; `quarterdeckctl hold list` shows them.");
    return Decision{{events::HoldReleased{command.hold, *reason, by}}, "hold/" + std::to_string(command.hold)};
}

} // namespace qd::desk
