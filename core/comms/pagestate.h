// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <span>
#include <vector>

/// What the components of status pages are, and when a page is wrong or late. Pure rules; the desk says what incidents touch.
namespace qd::comms {

/// An incident the public may notice, and the services it touches: those it is of or whose alerts it has, and what depends on them.
struct Blast {
    std::string incident;
    IncidentSeverity severity = IncidentSeverity::Sev3;
    bool mitigated = false;
    std::vector<std::string> hit, hard, soft; ///< sorted; hard: depends on what is hit over hard edges alone
};

/// The open incidents that are real and confirmed, each with what it hits; hard and soft are the map's to say.
[[nodiscard]] std::vector<Blast> incidentHits(const state::State &state);

struct ComponentVerdict {
    ComponentState state = ComponentState::Operational;
    events::Because because;
};

inline constexpr Span kDriftAfter = minutes(5); ///< so long a service is in trouble before a page that says otherwise is wrong

/// By hand; else under maintenance; else the worst of what open notices say and what follows from incidents no notice speaks of it for.
/// SEV1 is a major outage of what it hits, SEV2 a partial one, SEV3 a degradation; one step less for what needs it over hard edges and once
/// it is mitigated; over soft edges never more than a degradation.
[[nodiscard]] ComponentVerdict componentVerdict(const StatusPage &page, const state::StatusPageState *known, const PageComponent &component,
                                                std::span<const Blast> blasts);

/// Components that are something else from now on. A component is recorded once when it is first known.
[[nodiscard]] events::Events pageTurns(const state::State &state, std::span<const Blast> blasts);
/// Components that are said to work while a service they stand for has had a firing, unsuppressed alert of severity error or critical for
/// kDriftAfter, or a SEV1 or SEV2 hits it; and those of which that is so no more.
[[nodiscard]] events::Events pageDrifts(const state::State &state, Instant now);
/// What time alone makes of pages: open notices whose promised next word did not come, maintenance that begins or ends, words by hand whose
/// time is over.
[[nodiscard]] events::Events pagesDue(const state::State &state, Instant now);
/// What a State says about when pagesDue() or pageDrifts() next has something to say, whatever the time: made once a record, by one pass over
/// alerts and incidents (none without pages), and asked as often as anybody likes.
class PageOutlook {
public:
    explicit PageOutlook(const state::State &state);
    /// If nothing else happens; none: not at all.
    [[nodiscard]] Instant next(Instant now) const;

private:
    struct Component {
        bool isGreen = false, drifts = false;
        Instant from; ///< when a green page is wrong about it at the earliest; none: never, as things are
    };
    Instant m_timed;            ///< what time alone makes of pages
    bool m_isGone = false;      ///< one that drifts is not on its page any more: at once
    std::vector<Component> m_components;
};

/// The same, asked once.
[[nodiscard]] inline Instant nextPageDue(const state::State &state, Instant now)
{
    return PageOutlook(state).next(now);
}

} // namespace qd::comms
