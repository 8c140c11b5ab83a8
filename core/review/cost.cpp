// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/cost.h"

#include "core/review/ended.h"
#include "core/review/participants.h"

#include <algorithm>
#include <map>
#include <vector>

namespace qd::review {

using state::Incident;
using state::State;

namespace {

constexpr std::int64_t kMilli = 1'000'000, kSecond = 1000, kHour = 3600; ///< nanoseconds; of what is gathered, in milliseconds; seconds

/// A stretch of somebody's time, and what an hour in it costs. In a role it costs what that costs; being there alone, the usual.
struct Stretch {
    Instant from, until;
    std::uint64_t hourly = 0;
    bool inRole = false;
};

/// When it was over; of an open one, how far the record goes.
Instant overAt(const State &state, const Incident &i)
{
    const Instant ended = endedAt(i);
    return ended ? ended : state.time;
}

class CostReckoning {
public:
    CostReckoning(const State &state, const Incident &incident)
        : m_state(state), m_i(incident), m_model(state.workspace->review.cost), m_from(incident.declaredAt), m_until(overAt(state, incident))
    {}

    [[nodiscard]] CostReckoned all()
    {
        for (const Participant &p : participants(m_state, m_i))
            m_stretches.try_emplace(p.person);
        roles();
        presences();
        CostReckoned out;
        std::int64_t ms = 0;
        for (auto &[person, stretches] : m_stretches) {
            out.people += stretches.empty() ? 0 : 1;
            ms += reckon(stretches);
        }
        out.minutes = (ms / kSecond + 30) / 60;
        if (m_model.hourly != 0)
            out.labour = labour();
        else
            out.note = "People's time is not reckoned: no hourly rate is set ([cost] of the workspace).";
        if (m_model.hourly != 0 && out.people == 0)
            out.note = "The record has nobody's time between its declaration and its end.";
        for (const state::Cost &c : m_i.review.debrief.costs)
            out.noted += c.withdrawn ? 0 : c.cents;
        return out;
    }

private:
    void add(const std::string &person, Instant from, Instant until, std::uint64_t hourly, bool inRole)
    {
        const auto it = m_stretches.find(person);
        from = std::max(from, m_from);
        until = std::min(until, m_until);
        if (it != m_stretches.end() && from <= until)
            it->second.push_back({from, until, hourly, inRole});
    }
    [[nodiscard]] std::uint64_t rateOf(std::string_view role) const
    {
        const auto it = std::find_if(m_model.roles.begin(), m_model.roles.end(), [&](const RoleCost &r) { return word(r.role) == role; });
        return it == m_model.roles.end() ? m_model.hourly : it->hourly;
    }
    void roles()
    {
        for (const auto &[role, held] : m_i.roles)
            add(held.person, held.since, m_until, rateOf(word(role)), true);
        for (const state::OwnRole &own : m_i.ownRoles)
            add(own.held.person, own.held.since, m_until, m_model.hourly, true);
        for (const state::RoleHandedOver &was : m_i.handedOver)
            add(was.person, was.since, was.until, rateOf(was.role), true);
    }
    /// From the first to the last thing of theirs in the record. What is written after the end is no work on it any more.
    void presences()
    {
        std::map<std::string_view, std::pair<Instant, Instant>> seen;
        for (const state::Entry &e : m_i.timeline) {
            const Instant at = e.written();
            if (at < m_from || at > m_until || !isOfAPerson(m_state, e))
                continue;
            const auto [it, fresh] = seen.try_emplace(e.actor, at, at);
            if (!fresh)
                it->second = {std::min(it->second.first, at), std::max(it->second.second, at)};
        }
        for (const auto &[person, span] : seen)
            add(std::string(person), span.first, span.second, m_model.hourly, false);
    }
    /// One person's milliseconds, each once, gathered under what they cost.
    std::int64_t reckon(const std::vector<Stretch> &stretches)
    {
        std::vector<Instant> edges;
        for (const Stretch &s : stretches)
            edges.insert(edges.end(), {s.from, s.until});
        std::sort(edges.begin(), edges.end());
        edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
        std::int64_t all = 0;
        for (std::size_t n = 0; n + 1 < edges.size(); ++n) {
            const Stretch *counts = nullptr;
            for (const Stretch &s : stretches)
                if (s.from <= edges[n] && edges[n + 1] <= s.until && (!counts || std::pair(s.inRole, s.hourly) > std::pair(counts->inRole, counts->hourly)))
                    counts = &s;
            if (!counts)
                continue;
            const std::int64_t ms = (edges[n + 1] - edges[n]).ns / kMilli;
            m_byRate[counts->hourly] += ms;
            all += ms;
        }
        return all;
    }
    /// Rounded once, at the end.
    [[nodiscard]] std::int64_t labour() const
    {
        std::int64_t hundredthSeconds = 0;
        for (const auto &[hourly, ms] : m_byRate)
            hundredthSeconds += static_cast<std::int64_t>(hourly) * (ms / kSecond);
        return (hundredthSeconds + kHour / 2) / kHour;
    }

    const State &m_state;
    const Incident &m_i;
    const CostModel &m_model;
    const Instant m_from, m_until;
    std::map<std::string, std::vector<Stretch>> m_stretches; ///< by person
    std::map<std::uint64_t, std::int64_t> m_byRate;           ///< milliseconds by what an hour of them costs
};

} // namespace

CostReckoned costOf(const State &state, const Incident &incident)
{
    return CostReckoning(state, incident).all();
}

} // namespace qd::review
