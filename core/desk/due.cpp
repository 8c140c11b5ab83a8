// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/due.h"

#include "core/command/command.h"
#include "core/command/nags.h"
#include "core/command/poll.h"
#include "core/command/practice.h"
#include "core/command/sla.h"
#include "core/desk/causes.h"
#include "core/desk/identities.h"
#include "core/desk/instead.h"
#include "core/desk/outward.h"
#include "core/desk/pages.h"
#include "core/desk/topics.h"
#include "core/oncall/bundling.h"
#include "core/oncall/escalation.h"
#include "core/oncall/handoffs.h"
#include "core/triage/leftout.h"
#include "core/triage/ownalert.h"
#include "core/triage/reactions.h"

#include <algorithm>

namespace qd::desk {

namespace {

constexpr Span kCatchUp = seconds(15);      ///< after a start or a gap, how long calls wait for polled sources to be heard
constexpr Span kPushCatchUp = seconds(75);  ///< the same for those that push: Prometheus re-sends every minute
constexpr Span kPushedLately = minutes(10); ///< … if they pushed so shortly before the gap

/// An incident without a commander is an alarm like any other.
events::Events vacancyAlert(const state::State &state, const triage::ReportRules &rules, const events::CommandVacant &e, Instant now)
{
    triage::OwnAlert alert; // without the incident's words: those are its own stream's
    alert.name = "NoCommander";
    alert.about = {"incident", e.incident};
    alert.severity = AlertSeverity::Critical;
    alert.summary = "Nobody commands " + e.incident;
    alert.description = e.because.matched.empty() ? std::string() : e.because.matched.front() + ". Whoever takes command says so: Ctrl+Shift+T, !take, quarterdeckctl take.";
    return triage::ownAlert(state, rules, alert, e.vacant, now);
}

/// A clock that runs out is an alarm while something can be done about it, and while it was not.
events::Events slaAlert(const state::State &state, const triage::ReportRules &rules, const events::SlaTurned &e, Instant now)
{
    triage::OwnAlert alert;
    alert.name = "SlaClock";
    alert.about = {"clock", e.incident + "/" + std::string(word(e.part))};
    alert.severity = AlertSeverity::Error;
    alert.summary = e.incident + ": SLA " + e.rule + ", " + std::string(word(e.part)) + ", is " + std::string(word(e.state));
    alert.description = e.because.matched.empty() ? std::string() : e.because.matched.front() + ".";
    return triage::ownAlert(state, rules, alert, !e.doneAt && e.state != SlaState::OnTrack, now);
}

/// Bad practice is a warning on the list of alarms, and hinders nobody.
events::Events practiceAlert(const state::State &state, const triage::ReportRules &rules, const events::PracticeTurned &e, Instant now)
{
    triage::OwnAlert alert;
    alert.name = "CommandPractice";
    alert.about = {"practice", e.incident + "/" + e.kind};
    alert.severity = AlertSeverity::Warning;
    alert.summary = e.incident + ": " + (e.kind == "span" ? "too many answer to one commander" : "who commands also repairs");
    alert.description = e.because.matched.empty() ? std::string() : e.because.matched.front() + ".";
    return triage::ownAlert(state, rules, alert, e.stands, now);
}

} // namespace

bool isCatchingUp(const state::State &state, const Away &away, Instant wall)
{
    const Span since = wall - state.resumedAt;
    return std::any_of(state.sources.begin(), state.sources.end(), [&](const state::Source &s) {
        if (s.silent || s.seenSinceStart)
            return false;
        if (isPolled(s.connection.kind))
            return since < kCatchUp;
        // After a long gap a problem may be over that its sender was still pushing when the gap began.
        return away.isLong && since < kPushCatchUp && isInbound(s.connection.kind) && s.lastPath == Path::Push && s.lastSeen
            && s.lastSeen > away.since - kPushedLately;
    });
}

events::Events rulesDue(const state::State &state, const triage::ReportRules &rules, const Away &away, bool catchingUp, Instant now, Instant wall)
{
    events::Events out = oncall::handoffs(state, now);
    append(out, triage::decideDue(state, now));
    for (auto &e : command::advance(state, now)) {
        const auto *vacant = getIf<events::CommandVacant>(&e);
        events::Events alarm = vacant ? vacancyAlert(state, rules, *vacant, now) : events::Events{};
        out.push_back(std::move(e));
        append(out, std::move(alarm));
    }
    for (auto &e : command::slaDue(state, now)) {
        events::Events alarm = slaAlert(state, rules, get<events::SlaTurned>(e), now);
        out.push_back(std::move(e));
        append(out, std::move(alarm));
    }
    for (auto &e : command::practiceDue(state)) {
        events::Events alarm = practiceAlert(state, rules, get<events::PracticeTurned>(e), now);
        out.push_back(std::move(e));
        append(out, std::move(alarm));
    }
    append(out, command::callOutsDue(state, now));
    append(out, command::pollsDue(state, now));
    append(out, command::nagsDue(state, now));
    append(out, triage::decideLeftOut(state, rules, now));
    append(out, pagesDue(state, rules, now));
    append(out, outwardDue(state, rules, now, wall));
    append(out, glassDue(state, rules, now));
    append(out, insteadDue(state, now));
    append(out, topicsDue(state, now));
    if (!catchingUp) {
        events::Events steps = oncall::advance(state, now);
        append(out, oncall::reviewGap(state, steps, away.since, now));
        append(out, std::move(steps));
        append(out, foldsDue(state, now));
        append(out, oncall::bundlesDue(state, now));
    }
    return out;
}

const comms::PageOutlook &Outlooks::pages(const state::State &state)
{
    turnTo(state);
    if (!m_pages)
        m_pages.emplace(state);
    return *m_pages;
}

Instant Outlooks::outward(const state::State &state)
{
    turnTo(state);
    if (!m_outward)
        m_outward = nextOutwardDue(state);
    return *m_outward;
}

void Outlooks::turnTo(const state::State &state)
{
    if (m_seq == state.seq && m_time == state.time)
        return;
    forget();
    m_seq = state.seq;
    m_time = state.time;
}

Instant nextRuleDue(const state::State &state, Instant now, Outlooks &outlooks)
{
    Instant due = oncall::nextDue(state);
    for (const Instant other : {command::nextDue(state), command::nextSla(state, now), command::nextPoll(state), command::nextNag(state), command::nextPractice(state), command::nextCallOut(state), triage::nextLeftOut(state), triage::nextReaction(state, now), oncall::nextBundle(state), nextFold(state), outlooks.pages(state).next(now), outlooks.outward(state), nextInstead(state), nextTopic(state), nextGlass(state)})
        if (other && (!due || other < due))
            due = other;
    return due;
}

} // namespace qd::desk
