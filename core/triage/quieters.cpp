// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/triage/quieters.h"

#include "core/model/timeinterval.h"
#include "core/triage/shelfcap.h"

#include <algorithm>

namespace qd::triage {

using events::SuppressorKind;
using state::Alert;
using state::State;
using state::Suppressor;

namespace {

std::string matcherWords(const std::vector<Matcher> &matchers)
{
    std::string out;
    for (const Matcher &m : matchers)
        out += m.name + (m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=")) + "\"" + m.value + "\" ";
    return out;
}

Suppression howOf(SuppressorKind kind)
{
    switch (kind) {
    case SuppressorKind::Silence: return Suppression::Silenced;
    case SuppressorKind::Shelf: return Suppression::Shelved;
    case SuppressorKind::Snooze: return Suppression::Snoozed;
    case SuppressorKind::Window: return Suppression::Maintenance;
    case SuppressorKind::Held: return Suppression::None; // it calls nobody (core/oncall), and is seen
    }
    return Suppression::Silenced;
}

/// What a person says of one alert counts before what holds for many.
int rank(Suppression how)
{
    switch (how) {
    case Suppression::Shelved: return 0;
    case Suppression::Silenced: return 1;
    case Suppression::Maintenance: return 2;
    default: return 3;
    }
}

events::Because becauseOf(const std::string &id, const std::vector<Matcher> &matchers, const std::string &service, Instant until)
{
    events::Because out{id, {}, {}};
    if (!matchers.empty())
        out.matched.push_back(matcherWords(matchers).substr(0, matcherWords(matchers).size() - 1));
    if (!service.empty())
        out.matched.push_back("service " + service);
    if (until)
        out.matched.push_back("until " + toRfc3339(until));
    return out;
}

} // namespace

void Quieters::add(Quieter quieter, const std::vector<Matcher> &matchers, std::vector<std::shared_ptr<const MatcherSet>> &sets)
{
    std::shared_ptr<const MatcherSet> set;
    if (!matchers.empty()) {
        auto &[text, made] = m_compiled[quieter.id];
        if (std::string now = matcherWords(matchers); now != text || !made) {
            auto fresh = MatcherSet::make(matchers);
            made = fresh ? std::make_shared<const MatcherSet>(std::move(*fresh)) : nullptr;
            text = std::move(now);
        }
        set = made;
    } else if (!quieter.service.empty()) {
        m_byService[quieter.service].push_back(static_cast<std::uint32_t>(m_all.size()));
    }
    sets.push_back(std::move(set));
    m_all.push_back(std::move(quieter));
}

void Quieters::make(const State &state)
{
    m_all.clear();
    m_byService.clear();
    m_byAlert.clear();
    struct Active {
        const Suppressor *placed = nullptr;
        const MaintenanceWindow *window = nullptr;
        int rank = 0;
    };
    std::vector<Active> active;
    for (const Suppressor &s : state.suppressors.all)
        if (s.isActive() && s.kind != SuppressorKind::Held)
            active.push_back({&s, nullptr, rank(howOf(s.kind))});
    for (const MaintenanceWindow &w : state.workspace->maintenance)
        if (const auto *use = state.suppressors.use("maintenance/" + w.id); use && use->active)
            active.push_back({nullptr, &w, rank(Suppression::Maintenance)});
    std::stable_sort(active.begin(), active.end(), [](const Active &a, const Active &b) { return a.rank < b.rank; });

    std::vector<std::shared_ptr<const MatcherSet>> sets;
    for (const Active &a : active) {
        if (a.window) {
            const std::string id = "maintenance/" + a.window->id;
            add({Suppression::Maintenance, id, a.window->service, {}, false, becauseOf(id, a.window->match, a.window->service, a.window->until)}, a.window->match, sets);
            continue;
        }
        const Suppressor &s = *a.placed;
        for (const std::string &key : s.keys)
            if (const std::uint32_t alert = state.alertIndex(key); alert != state::AlertTable::npos)
                m_byAlert[alert].push_back(static_cast<std::uint32_t>(m_all.size()));
        add({howOf(s.kind), s.id, s.service, s.kind == SuppressorKind::Shelf ? s.until - s.from : Span{}, s.oneShot, becauseOf(s.id, s.matchers, s.service, s.until)},
            s.matchers, sets);
    }
    m_index = MatcherIndex(std::move(sets));
    makeMutes(state);
    if (m_compiled.size() > 2 * m_all.size() + 100)
        std::erase_if(m_compiled, [&](const auto &c) { return std::none_of(m_all.begin(), m_all.end(), [&](const Quieter &q) { return q.id == c.first; }); });
}

void Quieters::makeMutes(const State &state)
{
    m_muted.clear();
    m_mutedByValues.clear();
    const Workspace &w = *state.workspace;
    const bool hasTimes = std::any_of(w.routes.begin(), w.routes.end(), [](const Route &r) { return !r.muted.empty() || !r.active.empty(); });
    if (m_workspace != state.workspace) {
        m_workspace = state.workspace;
        m_routes = hasTimes ? RouteTree(w) : RouteTree();
        m_routeLabels = m_routes.labels();
    }
    if (!hasTimes)
        return;
    const auto isNow = [&](const std::string &interval) {
        if (const auto *use = state.suppressors.use("interval/" + interval))
            return use->active;
        // New with the workspace: its beginning is said after this, and nothing is muted or heard in between.
        const auto found = std::find_if(w.intervals.begin(), w.intervals.end(), [&](const TimeInterval &t) { return t.id == interval; });
        const auto times = found == w.intervals.end() ? fail(Code::NotFound, "") : IntervalTimes::make(found->when);
        return times && times->holds(state.time);
    };
    m_muted.resize(w.routes.size());
    for (std::size_t i = 0; i < w.routes.size(); ++i) {
        const Route &route = w.routes[i];
        if (const auto muted = std::find_if(route.muted.begin(), route.muted.end(), isNow); muted != route.muted.end()) {
            const std::string id = "interval/" + *muted;
            m_muted[i] = Quieter{Suppression::Maintenance, id, {}, {}, false, {id, {"route " + route.id + " is muted in " + *muted}, {}}};
        } else if (!route.active.empty() && std::none_of(route.active.begin(), route.active.end(), isNow)) {
            const std::string id = "interval/" + route.active.front();
            m_muted[i] = Quieter{Suppression::Maintenance, id, {}, {}, false, {id, {"route " + route.id + " is active only in " + route.active.front()}, {}}};
        }
    }
    if (std::none_of(m_muted.begin(), m_muted.end(), [](const auto &m) { return m.has_value(); }))
        m_muted.clear();
}

const Quieters::Quieter *Quieters::mutedBy(const State &state, const Alert &alert)
{
    if (m_muted.empty())
        return nullptr;
    // Once for all alerts whose labels say the same to the routes.
    std::vector<Symbol> values;
    values.reserve(m_routeLabels.size());
    for (const std::string &name : m_routeLabels)
        values.push_back(state.symbols.find(state.label(alert, name)));
    const auto [known, isNew] = m_mutedByValues.try_emplace(std::move(values), nullptr);
    if (isNew) {
        m_routes.of([&](std::string_view name) { return state.label(alert, name); }, m_taking);
        if (!m_taking.empty() && std::all_of(m_taking.begin(), m_taking.end(), [&](std::uint32_t route) { return m_muted[route].has_value(); }))
            known->second = &*m_muted[m_taking.front()];
    }
    return known->second;
}

const Quieters::Quieter *Quieters::of(const State &state, std::uint32_t alert)
{
    const Alert &a = state.alerts.all[alert];
    auto best = static_cast<std::uint32_t>(m_all.size());
    if (const auto own = m_byAlert.find(alert); own != m_byAlert.end())
        for (const std::uint32_t n : own->second)
            if (m_all[n].length <= shelfCap(a.severity))
                best = std::min(best, n);
    m_index.match(state, a, m_matched);
    for (const std::uint32_t n : m_matched)
        if (m_all[n].service.empty() || m_all[n].service == state.text(a.service)) {
            best = std::min(best, n);
            break;
        }
    if (!m_byService.empty() && a.service != 0)
        if (const auto windows = m_byService.find(std::string(state.text(a.service))); windows != m_byService.end())
            best = std::min(best, windows->second.front());
    return best < m_all.size() ? &m_all[best] : mutedBy(state, a);
}

std::vector<const Quieters::Quieter *> Quieters::oneShotsOf(std::uint32_t alert) const
{
    std::vector<const Quieter *> out;
    if (const auto own = m_byAlert.find(alert); own != m_byAlert.end())
        for (const std::uint32_t n : own->second)
            if (m_all[n].oneShot)
                out.push_back(&m_all[n]);
    return out;
}

} // namespace qd::triage
