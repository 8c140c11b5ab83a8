// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/ownalert.h"
#include "core/triage/reports.h"

#include <algorithm>
#include <unordered_set>

namespace qd::triage {

using state::Alert;
using state::Source;
using state::State;

namespace {

constexpr Span kResend = minutes(1);        ///< Prometheus re-sends firing alerts this often unless told otherwise
constexpr Span kPushPatience = minutes(5);  ///< a Prometheus that pushed before is quiet for longer: silent
constexpr Span kLeastPatience = seconds(10); ///< for a source that says it cannot be reached
constexpr Span kPollPatience = seconds(45);  ///< longer than signs of life are gathered before they are journaled
constexpr Span kChatPatience = seconds(30);

bool isPoll(const Source &s)
{
    return isPolled(s.connection.kind);
}

Span resend(const Source &s)
{
    return isInbound(s.connection.kind) && s.connection.interval.ns > 0 ? s.connection.interval : kResend;
}

/// What a source that is no poll may be quiet for, and its last word of the kind that is waited for.
struct Expected {
    Span limit; ///< zero: nothing is expected
    Instant word;
};

/// A Prometheus sends what fires again and again, and what is over for a quarter of an hour more: one whose last word told of
/// something firing owes the next, one that told of ends only may be quiet for good.
Expected expected(const Source &s)
{
    if (isPolled(s.connection.kind) || isCalendar(s.connection.kind))
        return {std::max(s.connection.interval * 3, s.problem.empty() ? kPollPatience : kLeastPatience), s.lastSeen};
    if (isAttended(s.connection.kind))
        return {kChatPatience, s.lastSeen};
    if (!isInbound(s.connection.kind) || s.deliveries == 0)
        return {{}, s.lastSeen};
    if (s.pushedFiring && s.pushedAt - s.pushedFiring <= resend(s) * 2)
        return {s.connection.interval.ns > 0 ? std::max(s.connection.interval * 3, kLeastPatience) : kPushPatience, s.pushedAt};
    if (s.connection.interval.ns > 0)
        return {std::max(s.connection.interval * 3, kLeastPatience), s.lastSeen};
    return {{}, s.lastSeen};
}

/// From when its silence is counted.
Instant heard(const State &state, const Source &s)
{
    return std::max({expected(s).word, s.addedAt, state.resumedAt});
}

/// Nothing is heard from a way out, but it says when nothing goes through it.
bool isWayOut(const Source &s)
{
    return isPager(s.connection.kind) || isPublisher(s.connection.kind);
}

bool isBlocked(const Source &s)
{
    return s.state == "trouble" && (isPager(s.connection.kind) || (isPublisher(s.connection.kind) && allows(s.armed, Write::Publish)));
}

events::Events silentAlert(const State &state, const ReportRules &rules, const Source &s, bool firing, Instant now)
{
    OwnAlert alert;
    if (isPager(s.connection.kind)) {
        alert.name = "PagesBlocked";
        alert.about = {"connection", s.connection.name};
        alert.severity = AlertSeverity::Error;
        alert.summary = "Pages do not go out through \"" + s.connection.name + "\"" + (s.problem.empty() ? "" : ": " + s.problem);
        alert.description = "Calls go by the next channel of whom they are for, where there is one. `test-page` tries this one again.";
        return ownAlert(state, rules, alert, firing, now);
    }
    if (isPublisher(s.connection.kind)) {
        alert.name = "StatusPageStale";
        alert.about = {"connection", s.connection.name};
        alert.severity = AlertSeverity::Error;
        alert.summary = "The public reads an old status page through \"" + s.connection.name + "\"" + (s.problem.empty() ? "" : ": " + s.problem);
        alert.description = "What the page says now did not get through " + s.connection.name + ", or is not what is read there. It is tried again until it is.";
        return ownAlert(state, rules, alert, firing, now);
    }
    alert.name = "SourceSilent";
    alert.about = {"connection", s.connection.name};
    alert.severity = isChat(s.connection.kind) || isCalendar(s.connection.kind) ? AlertSeverity::Warning : AlertSeverity::Error;
    alert.summary = "Source \"" + s.connection.name + "\" is silent" + (s.problem.empty() ? "" : ": " + s.problem);
    alert.description = "Nothing was heard from " + s.connection.name
        + (s.lastSeen ? " since " + toRfc3339(Instant{s.lastSeen.ns / 1'000'000'000 * 1'000'000'000}) : std::string(" since the core started"))
        + ". What it reported before is kept as it was: silence resolves nothing.";
    return ownAlert(state, rules, alert, firing, now);
}

} // namespace

Span patience(const Source &s)
{
    return expected(s).limit;
}

events::Events decideAbsent(const State &state, const ReportBatch &batch, Instant now)
{
    const Source *source = state.source(batch.connection);
    if (!source || !batch.snapshot)
        return {};
    const std::uint64_t bit = state.seenBit(source);
    if (bit == State::kSharedBit)
        return {};
    std::uint64_t otherPolls = 0;
    for (const Source &s : state.sources)
        if (&s != source && s.set == source->set && isPoll(s) && !s.silent && s.problem.empty())
            otherPolls |= state.seenBit(&s) & ~State::kSharedBit;
    const std::unordered_set<std::uint64_t> listed(batch.fingerprint.begin(), batch.fingerprint.end());
    events::AlertsEnded ended;
    events::AlertsUnseen unseen;
    for (const Alert &a : state.alerts.all) {
        if (a.status != AlertStatus::Firing || a.set != source->set || (a.seenBy & bit) == 0 || listed.contains(a.fingerprint))
            continue;
        if ((a.seenBy & otherPolls) != 0)
            unseen.fingerprint.push_back(a.fingerprint);
        else
            ended.fingerprint.push_back(a.fingerprint);
    }
    events::Events out;
    if (!unseen.fingerprint.empty()) {
        unseen.connection = batch.connection;
        out.emplace_back(std::move(unseen));
    }
    if (!ended.fingerprint.empty()) {
        ended.set = std::string(state.text(source->set));
        ended.at = now;
        ended.because = {"absent", {"a complete listing by " + batch.connection + " no longer has it"}, {}};
        out.emplace_back(std::move(ended));
    }
    return out;
}

events::Events decideExpired(const State &state, Instant now)
{
    if (!state.alerts.expiryBound || now < state.alerts.expiryBound)
        return {};
    std::uint64_t polls = 0, trusted = 0, pushes = 0;
    for (const Source &s : state.sources) {
        const std::uint64_t bit = state.seenBit(&s) & ~State::kSharedBit;
        const auto isHeard = [&](Instant since, Instant last) { return !s.silent && since && last - since >= resend(s) && now - last <= resend(s) * 2; };
        if (isPoll(s))
            polls |= bit;
        else if (isHeard(s.seenSinceStart, s.lastSeen))
            trusted |= bit;
        if (isHeard(s.pushedSinceStart, s.pushedAt))
            pushes |= bit;
    }
    std::vector<events::Event> out;
    for (std::size_t i = 0; i < state.alerts.all.size(); ++i) {
        const Alert &a = state.alerts.all[i];
        if (a.status != AlertStatus::Firing || !a.endsAt || a.endsAt > now || (a.seenBy & polls) != 0 || (a.seenBy & (a.path == Path::Push ? pushes : trusted)) == 0)
            continue;
        const std::string set(state.text(a.set));
        auto it = std::find_if(out.begin(), out.end(), [&](const auto &e) { return get<events::AlertsEnded>(e).set == set; });
        if (it == out.end()) {
            events::AlertsEnded e;
            e.set = set;
            e.at = now;
            e.because = {"expired", {"its endsAt passed without a re-send, while its source was heard all along"}, {}};
            out.emplace_back(std::move(e));
            it = out.end() - 1;
        }
        get<events::AlertsEnded>(*it).fingerprint.push_back(a.fingerprint);
    }
    return out;
}

events::Events decideFreshness(const State &state, const ReportRules &rules, Instant now)
{
    events::Events out;
    const auto say = [&](events::Event e, const Source &s, bool firing) {
        out.push_back(std::move(e));
        auto own = silentAlert(state, rules, s, firing, now);
        std::move(own.begin(), own.end(), std::back_inserter(out));
    };
    for (const Source &s : state.sources) {
        if (isWayOut(s)) {
            if (isBlocked(s) && !s.silent)
                say(events::SourceWentSilent{s.connection.name, s.lastSeen, {isPager(s.connection.kind) ? "pages-blocked" : "page-stale", {s.problem}, {}}}, s, true);
            else if (s.silent && (s.state == "live" || (isPublisher(s.connection.kind) && !isBlocked(s)))) // disarmed: nothing is expected of it any more
                say(events::SourceRecovered{s.connection.name}, s, false);
            continue;
        }
        const Span limit = patience(s);
        if (limit.ns == 0)
            continue;
        const bool live = isAttended(s.connection.kind) && s.state == "live";
        const bool quiet = !live && now - heard(state, s) > limit;
        if (quiet && !s.silent) {
            events::Because why{"freshness",
                                {"nothing heard for " + toText(now - heard(state, s)) + ", expected every " + toText(s.connection.interval)},
                                {}};
            if (!s.problem.empty())
                why.matched.push_back("last problem: " + s.problem);
            say(events::SourceWentSilent{s.connection.name, s.lastSeen, std::move(why)}, s, true);
        } else if (!quiet && s.silent && (live || now - expected(s).word <= limit)) {
            say(events::SourceRecovered{s.connection.name}, s, false);
        }
    }
    return out;
}

events::Events decideForgotten(const State &state, const ReportRules &rules, const Source &source, Instant now)
{
    return source.silent ? silentAlert(state, rules, source, false, now) : events::Events{};
}

Instant nextSilence(const State &state)
{
    Instant due;
    for (const Source &s : state.sources) {
        const Span limit = patience(s);
        if (limit.ns == 0 || s.silent)
            continue;
        const Instant at = heard(state, s) + limit + nanos(1);
        if (!due || at < due)
            due = at;
    }
    return due;
}

Instant nextDue(const State &state)
{
    const Instant expiry = state.alerts.expiryBound, silence = nextSilence(state);
    return !expiry || (silence && silence < expiry) ? silence : expiry;
}

} // namespace qd::triage
