// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/reactions.h"

#include "core/model/timeinterval.h"
#include "core/triage/alarms.h"
#include "core/triage/correlations.h"
#include "core/triage/inhibitions.h"
#include "core/triage/quieters.h"

#include <algorithm>

namespace qd::triage {

using state::Alert;
using state::AlertTable;
using state::State;
using events::Verdict;

/// What is placed or planned and begins or ends.
static events::Events decideTurning(const State &state, Instant now);

namespace {

constexpr std::size_t kReasonLimit = 60000; ///< distinct reasons an event can number (16 bits)

/// AlertsSuppressed, row by row, every text once.
class Rows {
public:
    explicit Rows(const State &state) : m_state(state) { m_event.names = {""}; }

    void add(const Alert &a, Suppression how, const std::string &by, bool announce, events::Because because)
    {
        m_event.set.push_back(name(std::string(m_state.text(a.set))));
        m_event.fingerprint.push_back(a.fingerprint);
        m_event.suppression.push_back(static_cast<std::uint8_t>(how));
        m_event.by.push_back(name(by));
        m_event.announce.push_back(announce ? 1 : 0);
        std::string key = because.rule;
        for (const std::string &m : because.matched)
            key += '\n' + m;
        if (m_event.because.size() >= kReasonLimit)
            key = m_reasons.begin()->first;
        const auto [at, isNew] = m_reasons.emplace(std::move(key), static_cast<std::uint16_t>(m_event.because.size()));
        if (isNew)
            m_event.because.push_back(std::move(because));
        m_event.reason.push_back(at->second);
    }
    void take(events::Events &out)
    {
        if (!m_event.fingerprint.empty())
            out.emplace_back(std::move(m_event));
    }

private:
    std::uint32_t name(const std::string &text)
    {
        if (text.empty())
            return 0;
        const auto [at, isNew] = m_names.emplace(text, static_cast<std::uint32_t>(m_event.names.size()));
        if (isNew)
            m_event.names.push_back(text);
        return at->second;
    }
    const State &m_state;
    events::AlertsSuppressed m_event;
    std::unordered_map<std::string, std::uint32_t> m_names;
    std::unordered_map<std::string, std::uint16_t> m_reasons;
};

bool hasRules(const Workspace &w)
{
    return !w.inhibitions.empty() || !w.maintenance.empty() || !w.correlations.empty() || !w.intervals.empty();
}

} // namespace

class Reactions::Impl {
public:
    events::Events after(const State &state, const events::Event &event, const events::Event *before);
    void reset()
    {
        m_workspace.reset();
        m_inhibitions.reset();
        m_correlations.reset();
        m_quieters = {};
        m_made = false;
    }

private:
    /// The alerts an event is about, and those of them it opened.
    struct Touched {
        std::vector<std::uint32_t> all, opened, moved; ///< moved: came or went again
    };
    [[nodiscard]] static Touched touchedBy(const State &state, const events::Event &event, const events::Event *before, bool everything);
    [[nodiscard]] bool makeWhenDue(const State &state, bool placed);
    void suppress(const State &state, std::vector<std::uint32_t> &alerts, bool mayAnnounce, events::Events &out);
    void endOneShots(const State &state, const std::vector<std::uint32_t> &alerts, events::Events &out);
    static void flap(const State &state, const std::vector<std::uint32_t> &alerts, events::Events &out);

    std::shared_ptr<const Workspace> m_workspace;
    std::unique_ptr<Inhibitions> m_inhibitions;
    std::unique_ptr<Correlations> m_correlations;
    Quieters m_quieters;
    std::uint64_t m_forgotten = 0;
    bool m_made = false;
};

/// True when the indexes were made anew: then every alert is to be looked at.
bool Reactions::Impl::makeWhenDue(const State &state, bool placed)
{
    if (m_made && m_workspace == state.workspace && m_forgotten == state.alerts.forgotten) {
        if (placed)
            m_quieters.make(state);
        return placed;
    }
    if (!m_made || m_workspace != state.workspace) {
        m_quieters = {};
        m_correlations = std::make_unique<Correlations>(*state.workspace);
    }
    // Made anew rather than moved: after a sweep the alerts have other indexes.
    m_inhibitions = std::make_unique<Inhibitions>(*state.workspace);
    m_workspace = state.workspace;
    m_forgotten = state.alerts.forgotten;
    m_made = true;
    m_quieters.make(state);
    std::vector<std::uint32_t> none;
    if (!m_inhibitions->isEmpty())
        for (std::uint32_t i = 0; i < state.alerts.all.size(); ++i) {
            m_inhibitions->note(state, i, none);
            none.clear();
        }
    m_correlations->fill(state);
    return true;
}

Reactions::Impl::Touched Reactions::Impl::touchedBy(const State &state, const events::Event &event, const events::Event *before, bool everything)
{
    Touched out;
    const AlertTable &t = state.alerts;
    if (const auto *decided = getIf<events::AlertsDecided>(&event)) {
        const auto *reported = before ? getIf<events::AlertsReported>(before) : nullptr;
        if (!reported || reported->batch.size() != decided->verdict.size())
            return out;
        const ReportBatch &b = reported->batch;
        const state::Source *source = state.source(b.connection);
        const Symbol set = source ? source->set : state.symbols.find(b.connection);
        for (std::size_t row = 0; row < b.size(); ++row) {
            const auto verdict = static_cast<Verdict>(decided->verdict[row]);
            const bool moved = verdict == Verdict::Resolved || verdict == Verdict::Refired || verdict == Verdict::Reopened;
            if (verdict == Verdict::Stale || verdict == Verdict::Unmatched || (!everything && !moved))
                continue;
            const std::uint32_t index = t.find(set, b.fingerprint[row]);
            if (index == AlertTable::npos)
                continue;
            out.all.push_back(index);
            if (moved)
                out.moved.push_back(index);
            if (verdict != Verdict::Updated && verdict != Verdict::Resolved)
                out.opened.push_back(index);
        }
    } else if (const auto *ended = getIf<events::AlertsEnded>(&event)) {
        const Symbol set = state.symbols.find(ended->set);
        for (const std::uint64_t fingerprint : ended->fingerprint)
            if (const std::uint32_t index = t.find(set, fingerprint); index != AlertTable::npos)
                out.all.push_back(index);
        out.moved = out.all;
    } else if (const auto *closed = getIf<events::AlertsClosed>(&event)) {
        for (const std::string &key : closed->keys)
            if (const std::uint32_t index = state.alertIndex(key); index != AlertTable::npos)
                out.all.push_back(index);
        out.moved = out.all;
    }
    return out;
}

void Reactions::Impl::suppress(const State &state, std::vector<std::uint32_t> &alerts, bool mayAnnounce, events::Events &out)
{
    std::sort(alerts.begin(), alerts.end());
    alerts.erase(std::unique(alerts.begin(), alerts.end()), alerts.end());
    const bool isNothing = m_quieters.isEmpty() && m_inhibitions->isEmpty();
    Rows rows(state);
    for (const std::uint32_t index : alerts) {
        const Alert &a = state.alerts.all[index];
        if (a.status != AlertStatus::Firing || (isNothing && a.own == Suppression::None))
            continue;
        const auto *quieter = m_quieters.isEmpty() ? nullptr : m_quieters.of(state, index);
        const bool first = quieter && quieter->how != Suppression::Snoozed; // what only one's own snooze keeps quiet may be inhibited
        const auto inhibited = first ? std::nullopt : m_inhibitions->of(index);
        const std::string_view by = state.text(a.ownBy);
        if (inhibited) {
            std::string id = "inhibition/" + inhibited->rule->id;
            if (a.own != Suppression::Inhibited || by != id)
                rows.add(a, Suppression::Inhibited, id, false, Inhibitions::because(state, *inhibited));
        } else if (quieter) {
            if (a.own != quieter->how || by != quieter->id)
                rows.add(a, quieter->how, quieter->id, false, quieter->because);
        } else if (a.own != Suppression::None) {
            const bool announce = mayAnnounce && a.own != Suppression::Inhibited;
            rows.add(a, Suppression::None, std::string(by), announce,
                     {std::string(by), {a.own == Suppression::Inhibited ? "no alert that inhibits it fires any more" : "it does not apply any more"}, {}});
        }
    }
    rows.take(out);
}

void Reactions::Impl::endOneShots(const State &state, const std::vector<std::uint32_t> &alerts, events::Events &out)
{
    std::map<std::string, std::vector<std::string>> cleared;
    for (const std::uint32_t index : alerts)
        if (state.alerts.all[index].status == AlertStatus::Resolved)
            for (const auto *shelf : m_quieters.oneShotsOf(index))
                cleared[shelf->id].push_back(state.key(state.alerts.all[index]));
    for (auto &[id, keys] : cleared)
        out.emplace_back(events::SuppressionExpired{id, std::move(keys), {id, {"shelved until it clears, and it has"}, {}}});
}

void Reactions::Impl::flap(const State &state, const std::vector<std::uint32_t> &alerts, events::Events &out)
{
    std::map<std::pair<Symbol, std::string>, events::AlertsFlapped> begun;
    for (const std::uint32_t index : alerts)
        if (auto because = beginsToFlap(state, index)) {
            const Alert &a = state.alerts.all[index];
            events::AlertsFlapped &e = begun[{a.set, because->rule + because->matched.front()}];
            e.set = std::string(state.text(a.set));
            e.because = std::move(*because);
            e.fingerprint.push_back(a.fingerprint);
        }
    for (auto &[key, e] : begun)
        out.emplace_back(std::move(e));
}

events::Events Reactions::Impl::after(const State &state, const events::Event &event, const events::Event *before)
{
    enum class About { Nothing, Alerts, Placed, Workspace, Quieted };
    const About about = visit(
        []<typename T>(const T &) {
            if constexpr (std::is_same_v<T, events::AlertsDecided> || std::is_same_v<T, events::AlertsEnded> || std::is_same_v<T, events::AlertsClosed>)
                return About::Alerts;
            else if constexpr (std::is_same_v<T, events::SuppressionPlaced> || std::is_same_v<T, events::SuppressionEnded>
                               || std::is_same_v<T, events::SuppressionBegan> || std::is_same_v<T, events::SuppressionExpired>
                               || std::is_same_v<T, events::SuppressionKept>)
                return About::Placed;
            else if constexpr (std::is_same_v<T, events::WorkspaceChanged>)
                return About::Workspace;
            else if constexpr (std::is_same_v<T, events::AlertsSuppressed>)
                return About::Quieted;
            else
                return About::Nothing;
        },
        event);
    events::Events out;
    if (about == About::Nothing)
        return out;
    if (about == About::Quieted)
        return state.flood.active ? out : decideFlood(state, state.time);
    const bool isPlaced = about == About::Placed;
    const bool hasPlaced = std::any_of(state.suppressors.all.begin(), state.suppressors.all.end(), [](const auto &s) { return s.stands() && s.kind != events::SuppressorKind::Held; });
    const bool applies = hasRules(*state.workspace) || hasPlaced || (m_made && !m_quieters.isEmpty());
    if (about == About::Alerts && !applies) {
        // Nothing keeps anything quiet here, so nothing is looked up.
        if (m_made)
            reset();
        const Touched touched = touchedBy(state, event, before, false);
        flap(state, touched.moved, out);
    } else {
        const bool everything = makeWhenDue(state, isPlaced) || about == About::Workspace;
        Touched touched = touchedBy(state, event, before, true);
        std::vector<std::uint32_t> concerned = touched.all;
        if (!m_inhibitions->isEmpty())
            for (const std::uint32_t index : touched.all)
                m_inhibitions->note(state, index, concerned);
        if (everything) {
            concerned.clear();
            for (std::uint32_t i = 0; i < state.alerts.all.size(); ++i)
                concerned.push_back(i);
        }
        suppress(state, concerned, !holds<events::SuppressionEnded>(event) && about != About::Workspace, out);
        endOneShots(state, touched.all, out);
        flap(state, touched.moved, out);
        if (!m_correlations->isEmpty() && !touched.opened.empty()) {
            std::sort(touched.opened.begin(), touched.opened.end());
            for (auto &e : m_correlations->opened(state, touched.opened))
                out.push_back(std::move(e));
        }
    }
    if (about == About::Workspace)
        for (auto &e : decideTurning(state, state.time))
            out.push_back(std::move(e));
    const bool quieted = std::any_of(out.begin(), out.end(), [](const auto &e) { return holds<events::AlertsSuppressed>(e); });
    if (about == About::Alerts && !quieted && !state.flood.active)
        for (auto &e : decideFlood(state, state.time))
            out.push_back(std::move(e));
    return out;
}

Reactions::Reactions() : m(std::make_unique<Impl>()) {}
Reactions::~Reactions() = default;

void Reactions::reset()
{
    m->reset();
}

events::Events Reactions::after(const State &state, const events::Event &event, const events::Event *before)
{
    return m->after(state, event, before);
}

namespace {

/// What a window in the workspace should be now, and when that changes next.
bool isOpen(const MaintenanceWindow &w, Instant now)
{
    return w.from <= now && now < w.until;
}

} // namespace

static events::Events decideTurning(const State &state, Instant now)
{
    events::Events out;
    for (const state::Suppressor &s : state.suppressors.all) {
        if (!s.stands())
            continue;
        if (s.until && s.until <= now)
            out.emplace_back(events::SuppressionExpired{s.id, {}, {s.id, {"until " + toRfc3339(s.until)}, {}}});
        else if (!s.begun && s.from <= now)
            out.emplace_back(events::SuppressionBegan{s.id, {s.id, {"from " + toRfc3339(s.from)}, {}}});
    }
    for (const MaintenanceWindow &w : state.workspace->maintenance) {
        const std::string id = "maintenance/" + w.id;
        const auto *use = state.suppressors.use(id);
        const bool active = use && use->active;
        if (isOpen(w, now) && !active)
            out.emplace_back(events::SuppressionBegan{id, {id, {"from " + toRfc3339(w.from)}, {}}});
        else if (!isOpen(w, now) && active)
            out.emplace_back(events::SuppressionExpired{id, {}, {id, {"until " + toRfc3339(w.until)}, {}}});
    }
    events::Events over; // after what begins: where one interval follows another, nothing is heard in between
    for (const TimeInterval &t : state.workspace->intervals) {
        const auto times = IntervalTimes::make(t.when);
        const std::string id = "interval/" + t.id;
        const auto *use = state.suppressors.use(id);
        const bool active = use && use->active, holds = times && times->holds(now);
        if (holds && !active)
            out.emplace_back(events::SuppressionBegan{id, {id, {"it is " + clockText(now)}, {}}});
        else if (!holds && active)
            over.emplace_back(events::SuppressionExpired{id, {}, {id, {"it is " + clockText(now)}, {}}});
    }
    events::append(out, std::move(over));
    return out;
}

events::Events decideDue(const State &state, Instant now)
{
    events::Events out = decideTurning(state, now);
    for (auto *more : {&decideCalm, &decideFlood})
        for (auto &e : more(state, now))
            out.push_back(std::move(e));
    return out;
}

Instant nextReaction(const State &state, Instant now)
{
    Instant due = nextAlarmReaction(state);
    const auto note = [&](Instant at) {
        if (at && (!due || at < due))
            due = at;
    };
    for (const state::Suppressor &s : state.suppressors.all)
        if (s.stands())
            note(s.begun ? s.until : s.from);
    for (const MaintenanceWindow &w : state.workspace->maintenance) {
        const auto *use = state.suppressors.use("maintenance/" + w.id);
        const bool active = use && use->active;
        if (active)
            note(isOpen(w, state.time) ? w.until : state.time);
        else if (w.until > state.time)
            note(w.from);
    }
    // From the clock's time on: a bound at which nothing changes moves no state, and one that passed unseen is due now.
    constexpr int kBoundsAhead = 64; ///< further ones are found when they are nearer
    const Instant from = std::max(now, state.time);
    for (const TimeInterval &t : state.workspace->intervals) {
        const auto times = IntervalTimes::make(t.when);
        if (!times)
            continue;
        const auto *use = state.suppressors.use("interval/" + t.id);
        const bool active = use && use->active;
        Instant at = from;
        for (int n = 0; at && n < kBoundsAhead && times->holds(at) == active; ++n)
            at = times->nextBound(at);
        if (at && times->holds(at) != active)
            note(at);
    }
    return due;
}

} // namespace qd::triage
