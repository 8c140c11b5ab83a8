// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/whatif.h"

#include "core/desk/cascade.h"
#include "core/desk/due.h"
#include "core/desk/failures.h"
#include "core/events/codec.h"
#include "core/oncall/escalation.h"

#include <algorithm>
#include <map>

namespace qd::desk {

using state::State;

namespace {

constexpr Span kTimerSlack = seconds(2); ///< the desk's timer looks every second: what it did within this is the record's own
constexpr Span kAfterStart = seconds(80); ///< so long calls may have waited for sources after a start

/// What is taken as it was: what came from outside, and what was concluded about sources rather than by rules.
bool isFact(const events::Event &event)
{
    return events::isInput(event)
        || visit(
               []<typename T>(const T &e) {
                   if constexpr (std::is_same_v<T, events::OutboxQueued>)
                       return e.because.rule == "asked"; // a silence somebody wanted written
                   else if constexpr (std::is_same_v<T, events::RuleFailed>)
                       return e.rule == "grouping"; // said once a run, not once a record
                   else if constexpr (std::is_same_v<T, events::AlertsReported>)
                       return !isFailureAlarm(e);
                   else
                       return std::is_same_v<T, events::AlertsEnded> || std::is_same_v<T, events::AlertsUnseen>
                           || std::is_same_v<T, events::AlertsCarried> || std::is_same_v<T, events::SourceWentSilent> || std::is_same_v<T, events::SourceRecovered>
                           || std::is_same_v<T, events::ErasureRefused> || std::is_same_v<T, events::ErasureIndexed> || std::is_same_v<T, events::SecretSuspected> || std::is_same_v<T, events::HeartbeatTurned> || std::is_same_v<T, events::AlertsLeftOut>;
               },
               event);
}

Bytes bytesOf(const events::Event &event)
{
    Bytes out;
    events::encode(event, 0, out);
    return out;
}

Bytes heartbeatsOf(const Workspace &workspace)
{
    Workspace only;
    only.heartbeats = workspace.heartbeats;
    return bytesOf(events::WorkspaceChanged{std::move(only), {}, {}});
}

std::string instantText(Instant t)
{
    return toRfc3339(t).substr(0, 19) + "Z";
}

/// "4 minutes"; what is no whole number of one unit, as everywhere.
std::string spanInWords(Span span)
{
    for (const auto &[unit, name] : {std::pair<Span, const char *>{hours(1), "hour"}, {minutes(1), "minute"}, {seconds(1), "second"}})
        if (span.ns >= unit.ns && span.ns % unit.ns == 0)
            return std::to_string(span.ns / unit.ns) + " " + name + (span.ns == unit.ns ? "" : "s");
    return toText(span);
}

std::string counted(std::uint64_t n, const char *one, const char *many)
{
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

/// Which calls waited folded under a suspect, and what came of it.
struct Folds {
    struct One {
        Instant since, until;
        std::string service, suspect;
    };
    std::map<std::uint32_t, One> all; ///< by escalation

    void add(const events::Events &events, Instant at)
    {
        for (const auto &e : events)
            if (const auto *folded = getIf<events::CallFolded>(&e))
                all.emplace(folded->escalation, One{at, {}, folded->service, folded->suspect});
            else if (const auto *unfolded = getIf<events::CallUnfolded>(&e); unfolded && all.contains(unfolded->escalation))
                all.at(unfolded->escalation).until = at;
    }
};

/// Who is called for what, and when first. What is called for is an incident, or an alert group: each time it calls anew counts for itself, by
/// its place among them, because numbers of calls are others under other rules.
struct Calls {
    enum Kind { Real, Observed, Drill };
    std::map<std::pair<std::string, std::string>, Instant> first; ///< what for, person
    std::map<std::string, Instant> subjects;
    std::uint64_t count[3] = {};

    void add(const State &state, const events::Events &events, Instant at)
    {
        for (const auto &e : events)
            if (const auto *step = getIf<events::StepReached>(&e)) {
                const std::string &subject = subjectOf(state, *step);
                count[kindOf(state, *step)] += step->people.size();
                for (const std::string &person : step->people)
                    first.emplace(std::pair(subject, person), at);
                if (!step->people.empty())
                    subjects.emplace(subject, at);
            }
    }

private:
    static const state::Escalation *callOf(const State &state, const events::StepReached &step)
    {
        return step.escalation >= 1 && step.escalation <= state.escalations.size() ? &state.escalations[step.escalation - 1] : nullptr;
    }

    static Kind kindOf(const State &state, const events::StepReached &step)
    {
        const state::Incident *incident = state.incident(step.incident);
        const state::Escalation *call = callOf(state, step);
        return call && call->observed ? Observed : incident && incident->isDrill() ? Drill : Real;
    }

    const std::string &subjectOf(const State &state, const events::StepReached &step)
    {
        const state::Escalation *call = callOf(state, step);
        if (!step.incident.empty() || !call || call->group.empty())
            return step.incident;
        std::string &name = m_groupCalls[step.escalation];
        if (name.empty()) {
            const std::size_t n = ++m_ofGroup[call->group];
            name = "group " + call->group + (n > 1 ? ", call " + std::to_string(n) : std::string());
        }
        return name;
    }

    std::map<std::uint32_t, std::string> m_groupCalls; ///< by call
    std::map<std::string, std::size_t> m_ofGroup;
};

class Replay {
public:
    Replay(State was, State would, bool isFixed) : m_was(std::move(was)), m_would(std::move(would)), m_isFixed(isFixed)
    {
        m_away.since = m_would.time;
    }

    void use(Workspace workspace)
    {
        const std::uint64_t seq = m_would.seq;
        m_hasOtherBeats = heartbeatsOf(workspace) != (m_would.workspace ? heartbeatsOf(*m_would.workspace) : heartbeatsOf({}));
        Cascade c(m_would, m_would.time, &m_reactions);
        if (!workspace.folds.empty()) // to be shown what they would have hidden they must be in force
            c.add(events::FoldsShown{workspace.folds, "what-if", {"core", Path::Own}});
        c.add(events::WorkspaceChanged{std::move(workspace), "what-if", {}});
        (void)c.finish();
        m_would.seq = seq;
    }

    void record(std::uint64_t seq, Instant time, const events::Events &events)
    {
        timers(time, events);
        m_out.to = seq;
        if (m_out.from == 0)
            m_out.from = seq;
        m_would.seq = seq - 1; // records of our own in between have no number
        const events::Events made = again(time, events);
        compare(seq, events, made);
        state::applyRecord(m_was, seq, time, events);
        m_callsWere.add(m_was, events, time);
        m_callsWould.add(m_would, made, time);
        m_foldsWere.add(events, time);
        m_foldsWould.add(made, time);
    }

    WhatIf finish()
    {
        calls();
        folds();
        alerts();
        std::stable_sort(m_out.others.begin(), m_out.others.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
        if (m_out.others.size() > kOthers) {
            m_out.others.resize(kOthers);
            m_out.isCut = true;
        }
        m_out.sentence = sentence() + (m_hasOtherBeats ? " Heartbeats are other ones there and are not judged again: `heartbeat dryrun` is for them." : "");
        return std::move(m_out);
    }

private:
    const triage::ReportRules &rules()
    {
        if (m_rulesOf != m_would.workspace) {
            m_rulesOf = m_would.workspace;
            m_rules.emplace(m_would.workspace);
        }
        return *m_rules;
    }

    /// What would have been due before the next record, had the clock been the only one to speak.
    void timers(Instant next, const events::Events &events)
    {
        const bool gap = std::any_of(events.begin(), events.end(), [](const events::Event &e) {
            return holds<events::CoreStarted>(e) || holds<events::ClockJumped>(e);
        });
        if (gap || m_out.to == 0)
            return; // nothing ran
        for (int n = 0; n < 1000; ++n) {
            m_outlooks.forget(); // records of our own have no number
            const Instant found = nextRuleDue(m_would, m_would.time, m_outlooks), due = std::max(found, m_would.time);
            if (!found || due + kTimerSlack >= next || due - m_would.resumedAt < kAfterStart)
                return;
            events::Events conclusions = rulesDue(m_would, rules(), m_away, false, due, due);
            if (conclusions.empty())
                return;
            const std::uint64_t seq = m_would.seq;
            Cascade c(m_would, due, &m_reactions);
            c.add(events::ClockWoke{});
            c.add(std::move(conclusions));
            const events::Events made = c.finish();
            m_callsWould.add(m_would, made, due);
            m_foldsWould.add(made, due);
            m_would.seq = seq;
        }
    }

    events::Events again(Instant time, const events::Events &events)
    {
        Cascade c(m_would, time, &m_reactions);
        events::Events due;
        std::size_t taken = 0; // of what the cascade made: what stands in the record in this order is not put in again
        for (const events::Event &e : events) {
            if (!isFact(e))
                continue;
            if (m_isFixed && holds<events::WorkspaceChanged>(e))
                continue;
            if (followsFromDeclaring(events, e))
                continue; // who is called, and whether really, is for the rules to say
            if (const auto *jump = getIf<events::ClockJumped>(&e)) {
                const Span gap = std::max(jump->away, jump->jumped);
                if (gap.ns > 0)
                    m_away = {time - gap, gap > oncall::kGap};
            } else if (holds<events::CoreStarted>(e)) {
                m_away = {m_would.time == time ? m_lastTime : m_would.time, time - m_lastTime > oncall::kGap};
            }
            if (isMade(c, taken, e) || isDue(due, e))
                continue;
            const std::size_t before = c.made().size();
            if (const auto *reported = getIf<events::AlertsReported>(&e)) {
                for (std::size_t at = 0; at < reported->batch.size();) {
                    auto decided = rules().decide(m_would, reported->batch, at);
                    c.add(std::move(decided.events));
                    at = std::max(decided.next, at + 1);
                }
            } else if (holds<events::ClockWoke>(e)) {
                due = rulesDue(m_would, rules(), m_away, isCatchingUp(m_would, m_away, time), c.time(), c.time());
                c.add(e);
            } else {
                c.add(e);
            }
            taken = before + 1; // what followed from it may stand further on in the record
        }
        for (events::Event &e : due)
            c.add(std::move(e));
        m_lastTime = time;
        return c.finish();
    }

    /// The escalation a declaration, or another service, starts by itself, as against one somebody asked for.
    static bool followsFromDeclaring(const events::Events &events, const events::Event &e)
    {
        const auto *started = getIf<events::EscalationStarted>(&e);
        return started && std::any_of(events.begin(), events.end(), [&](const auto &other) {
            const auto *declared = getIf<events::IncidentDeclared>(&other);
            const auto *corrected = getIf<events::ServiceCorrected>(&other);
            return (declared && declared->incident == started->incident) || (corrected && corrected->incident == started->incident);
        });
    }

    /// True when the cascade made this fact by itself, after what was put in last: a command in a chat message, for example.
    static bool isMade(const Cascade &c, std::size_t &taken, const events::Event &e)
    {
        const Bytes bytes = bytesOf(e);
        for (std::size_t n = taken; n < c.made().size(); ++n)
            if (c.made()[n].index() == e.index() && bytesOf(c.made()[n]) == bytes) {
                taken = n + 1;
                return true;
            }
        return false;
    }

    /// True when it is among what the clock made due and comes in with that.
    static bool isDue(const events::Events &due, const events::Event &e)
    {
        const Bytes bytes = bytesOf(e);
        return std::any_of(due.begin(), due.end(), [&](const auto &d) { return d.index() == e.index() && bytesOf(d) == bytes; });
    }

    void compare(std::uint64_t seq, const events::Events &was, const events::Events &would)
    {
        if (m_isFixed && std::any_of(was.begin(), was.end(), [](const auto &e) { return holds<events::WorkspaceChanged>(e); }))
            return; // left out on purpose, with what followed from it
        const bool same = was.size() == would.size()
            && std::equal(was.begin(), was.end(), would.begin(), [](const auto &a, const auto &b) { return a.index() == b.index() && bytesOf(a) == bytesOf(b); });
        ++(same ? m_out.recordsSame : m_out.recordsOther);
        if (same || m_out.firstOther != 0)
            return;
        m_out.firstOther = seq;
        std::size_t n = 0;
        while (n < was.size() && n < would.size() && was[n].index() == would[n].index() && bytesOf(was[n]) == bytesOf(would[n]))
            ++n;
        const auto name = [n](const events::Events &all) { return n < all.size() ? std::string(events::typeName(all[n])) : std::string("nothing"); };
        m_out.firstOtherWhat = name(would) + " instead of " + name(was);
    }

    void say(Instant at, std::string what)
    {
        if (m_out.others.size() <= 4 * kOthers)
            m_out.others.push_back({at, std::move(what)});
    }

    void calls()
    {
        m_out.callsWere = m_callsWere.count[Calls::Real], m_out.callsWould = m_callsWould.count[Calls::Real];
        m_out.observedWere = m_callsWere.count[Calls::Observed], m_out.observedWould = m_callsWould.count[Calls::Observed];
        m_out.drillsWere = m_callsWere.count[Calls::Drill], m_out.drillsWould = m_callsWould.count[Calls::Drill];
        for (const auto &[key, at] : m_callsWere.first) {
            const auto other = m_callsWould.first.find(key);
            if (other == m_callsWould.first.end())
                say(at, key.second + " is not called for " + key.first + " (was called at " + instantText(at) + ")");
        }
        for (const auto &[key, at] : m_callsWould.first)
            if (!m_callsWere.first.contains(key))
                say(at, key.second + " is called for " + key.first + " (was not called)");
        for (const auto &[incident, at] : m_callsWere.subjects) {
            const auto other = m_callsWould.subjects.find(incident);
            Moved &moved = m_moved[static_cast<std::size_t>(whatIs(incident))];
            moved.uncalled += other == m_callsWould.subjects.end() ? 1 : 0;
            if (other == m_callsWould.subjects.end() || other->second == at)
                continue;
            const bool later = other->second > at;
            ++(later ? m_out.laterFirst : m_out.soonerFirst);
            ++(later ? moved.later : moved.sooner);
            Span &most = later ? moved.mostLater : moved.mostSooner;
            most = std::max(most, later ? other->second - at : at - other->second);
            say(std::min(at, other->second), incident + " is first called " + toText(later ? other->second - at : at - other->second) + (later ? " later" : " sooner") + ", at " + instantText(other->second));
        }
    }

    /// What is called for, in the words of the sentence.
    enum class About : std::uint8_t { Incident = 0, Group = 1, Drill = 2 };
    struct Moved {
        std::uint64_t later = 0, sooner = 0, uncalled = 0;
        Span mostLater, mostSooner;
    };
    [[nodiscard]] About whatIs(const std::string &subject) const
    {
        const state::Incident *incident = m_was.incident(subject);
        return !incident ? About::Group : incident->isDrill() ? About::Drill : About::Incident;
    }

    /// ", 1 real incident 4 minutes later".
    [[nodiscard]] static std::string shifted(std::uint64_t n, const char *one, const char *many, Span most, const char *how)
    {
        return n == 0 ? std::string() : ", " + counted(n, one, many) + (n > 1 ? " up to " : " ") + spanInWords(most) + how;
    }

    void folds()
    {
        m_out.foldsWere = m_foldsWere.all.size();
        m_out.foldsWould = m_foldsWould.all.size();
        for (const auto &[number, f] : m_foldsWould.all) {
            m_out.foldedToTheEnd += f.until ? 0 : 1;
            if (!m_foldsWere.all.contains(number))
                say(f.since, "escalation/" + std::to_string(number) + " of " + f.service + " is folded under " + f.suspect
                                 + (f.until ? ", and its page goes " + toText(f.until - f.since) + " later" : ", and no page of it waits in the end"));
        }
        for (const auto &[number, f] : m_foldsWere.all)
            if (!m_foldsWould.all.contains(number))
                say(f.since, "escalation/" + std::to_string(number) + " of " + f.service + " is not folded (was folded under " + f.suspect + ")");
    }

    void alerts()
    {
        for (const state::Alert &a : m_was.alerts.all) {
            const std::string key = m_was.key(a);
            const state::Alert *b = m_would.alert(key);
            if (!b)
                continue;
            std::string other;
            const auto differs = [&](const char *what, std::string_view was, std::string_view would) {
                if (was != would)
                    other += (other.empty() ? "" : ", ") + std::string(what) + " " + (would.empty() ? "none" : std::string(would)) + " instead of " + (was.empty() ? "none" : std::string(was));
            };
            differs("severity", word(a.severity), word(b->severity));
            differs("service", m_was.text(a.service), m_would.text(b->service));
            differs("group", m_was.text(a.group), m_would.text(b->group));
            differs("suppression", word(a.suppression), word(b->suppression));
            if (other.empty())
                continue;
            ++m_out.alertsOther;
            say(a.openedAt, key + " (" + std::string(m_was.text(a.title)) + "): " + other);
        }
    }

    [[nodiscard]] bool isAsManyCalls() const
    {
        return m_out.callsWere == m_out.callsWould && m_out.observedWere == m_out.observedWould && m_out.drillsWere == m_out.drillsWould;
    }

    static std::string difference(std::uint64_t were, std::uint64_t would, const std::string &one, const std::string &many)
    {
        return would < were ? counted(were - would, ("fewer " + one).c_str(), ("fewer " + many).c_str()) : counted(would - were, ("more " + one).c_str(), ("more " + many).c_str());
    }

    std::string sentence() const
    {
        if (m_out.from == 0)
            return "There is nothing to fold again in that time.";
        if (m_out.recordsOther == 0 && m_out.others.empty() && isAsManyCalls())
            return "Nothing would have been different: the conclusions of " + counted(m_out.recordsSame, "record is", "records are") + " the same, byte for byte.";
        if (m_out.others.empty() && isAsManyCalls())
            return "No call and no alert would have been another, but " + counted(m_out.recordsOther, "record", "records") + " concluded otherwise, first seq:" + std::to_string(m_out.firstOther) + " ("
                + m_out.firstOtherWhat + ").";
        std::string out = m_out.callsWere == m_out.callsWould ? "As many pages" : difference(m_out.callsWere, m_out.callsWould, "page", "pages");
        if (m_out.observedWere != m_out.observedWould)
            out += ", " + difference(m_out.observedWere, m_out.observedWould, "that is only observed", "that are only observed");
        if (m_out.drillsWere != m_out.drillsWould)
            out += ", " + difference(m_out.drillsWere, m_out.drillsWould, "of a drill", "of drills");
        static constexpr const char *kOne[] = {"real incident", "alert group", "drill"}, *kMany[] = {"real incidents", "alert groups", "drills"};
        for (std::size_t n = 0; n < std::size(m_moved); ++n) {
            const Moved &m = m_moved[n];
            out += shifted(m.later, kOne[n], kMany[n], m.mostLater, " later") + shifted(m.sooner, kOne[n], kMany[n], m.mostSooner, " sooner");
            if (m.uncalled > 0)
                out += ", " + counted(m.uncalled, kOne[n], kMany[n]) + " for which nobody is called";
        }
        if (m_out.foldsWould != m_out.foldsWere)
            out += ", " + counted(m_out.foldsWould, "call", "calls") + " folded instead of " + std::to_string(m_out.foldsWere) + ", " + std::to_string(m_out.foldedToTheEnd) + " of them to the end";
        if (m_out.alertsOther > 0)
            out += ", " + counted(m_out.alertsOther, "alert", "alerts") + " judged otherwise";
        return out + ".";
    }

    State m_was, m_would;
    const bool m_isFixed;
    bool m_hasOtherBeats = false; ///< other heartbeats than those in force when the stretch began
    std::shared_ptr<const Workspace> m_rulesOf;
    std::optional<triage::ReportRules> m_rules;
    triage::Reactions m_reactions;
    Away m_away;
    Instant m_lastTime;
    Calls m_callsWere, m_callsWould;
    Folds m_foldsWere, m_foldsWould;
    Outlooks m_outlooks;
    Moved m_moved[3]; ///< by About
    WhatIf m_out;
};

} // namespace

Result<WhatIf> whatIf(const state::Past &past, State was, State would, std::uint64_t to, std::optional<Workspace> workspace, const std::function<bool()> &go)
{
    const std::uint64_t from = was.seq + 1;
    Replay replay(std::move(was), std::move(would), workspace.has_value());
    if (workspace)
        replay.use(std::move(*workspace));
    bool stopped = false;
    if (from <= to) {
        const auto read = past.replay(from, to, {}, [&](std::uint64_t seq, Instant time, const events::Events &events) {
            stopped = seq % 256 == 0 && !go();
            if (!stopped)
                replay.record(seq, time, events);
            return !stopped;
        });
        if (!read)
            return tl::unexpected(read.error());
    }
    if (stopped)
        return fail(Code::Unavailable, "The core is stopping.");
    return replay.finish();
}

} // namespace qd::desk
