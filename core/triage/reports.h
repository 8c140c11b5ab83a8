// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"
#include "core/triage/matcher.h"
#include "core/triage/routes.h"

#include <map>
#include <unordered_map>

namespace qd::triage {

/// What the rules make of reports. Pure: the same state, batch and workspace give the same events, byte for byte.
/// Built anew when the workspace changes (it holds compiled patterns). It remembers which rule took which label values, and is not
/// thread-safe.
class ReportRules {
public:
    explicit ReportRules(std::shared_ptr<const Workspace> workspace);

    struct Decided {
        events::Events events;              ///< AlertsReported + AlertsDecided, or nothing when no row changes anything
        std::vector<std::uint32_t> repeats; ///< rows that are re-sends of what is known: journaled as run-lengths
        std::size_t next = 0;               ///< first row not looked at: a fingerprint came twice, fold these events first
        std::map<std::string, std::uint32_t> leftOut; ///< firing rows that were not taken, by alertname (leftout.h)
        std::uint32_t ignored = 0;          ///< stale rows and resolves of what never fired
        std::vector<std::string> problems;  ///< rules that could not decide; the catch-all did
    };
    /// Rows from `from` on, each decided against the state so far.
    [[nodiscard]] Decided decide(const state::State &state, const ReportBatch &batch, std::size_t from) const;

    /// Which service an alert belongs to: the first service label with a known service or alias, else the first that has a value.
    [[nodiscard]] std::string serviceOf(const std::function<std::string_view(std::string_view)> &label) const;

private:
    [[nodiscard]] Decided decide(const state::State &state, const ReportBatch &batch, std::size_t from, bool isLimited) const;
    static constexpr std::size_t kRemembered = 1u << 16;
    static constexpr std::size_t kReasonsRemembered = 1u << 12; ///< some hundred bytes each
    struct Rule {
        GroupRule rule;
        MatcherSet match;
        std::string words; ///< "rule ID (matchers)"
    };
    /// What groups an alert, by index; at most one of them.
    struct Taken {
        static constexpr std::uint32_t kNone = 0xffffffff;
        std::uint32_t rule = kNone;
        std::uint32_t route = kNone; ///< where no rule matches: the first route that takes the alert, if it says by what it groups
    };
    using Label = std::function<std::string_view(std::string_view)>;
    [[nodiscard]] Taken taken(const Label &label, std::vector<std::string> &problems) const;
    /// The same, remembered by the values of m_groupLabels.
    [[nodiscard]] Taken remembered(const std::string &values, const Label &label, std::vector<std::string> &problems) const;
    [[nodiscard]] const std::vector<std::string> *groupByOf(const Taken &taken) const;
    /// The service that values of the service labels, in their order, name.
    template <typename ValueAt>
    [[nodiscard]] std::string serviceBy(const ValueAt &valueAt) const;
    /// because(), remembered: deliveries are small and say the same few hundred things again and again.
    [[nodiscard]] const events::Because &reason(const Taken &taken, std::uint32_t severityText, std::string_view severityWord, AlertSeverity severity, const std::string &service) const;
    [[nodiscard]] events::Because because(const Taken &taken, std::uint32_t severityText, std::string_view severityWord, AlertSeverity severity, const std::string &service) const;

    std::shared_ptr<const Workspace> m_workspace;
    std::vector<Rule> m_groups;
    using Numbered = std::map<std::string, std::uint32_t, std::less<>>;
    Numbered m_groupLabels; ///< labels the group rules and routes look at, numbered
    Numbered m_byLabels;    ///< labels that are in the names of groups, numbered; "alertname" is 0
    RouteTree m_routes;                ///< group what no group rule matches
    std::vector<std::string> m_broken; ///< group rules whose pattern does not compile
    mutable std::unordered_map<std::string, Taken> m_taken; ///< at most kRemembered
    mutable std::unordered_map<std::string, events::Because> m_reasons; ///< by what they say it of; at most kReasonsRemembered
    mutable std::string m_reasonKey;
};

/// Firing alerts of this connection that its complete listing lacks: ended, or only unseen when another fresh poll of the set
/// still reports them. What only a push or webhook reported is left alone. `batch` is a snapshot.
[[nodiscard]] events::Events decideAbsent(const state::State &state, const ReportBatch &batch, Instant now);

/// Firing alerts past their endsAt whose source is fresh and was heard for a full re-send interval since the core started.
[[nodiscard]] events::Events decideExpired(const state::State &state, Instant now);

/// A source that should have been heard by now, or is heard again. Each with the console's own alert about it.
[[nodiscard]] events::Events decideFreshness(const state::State &state, const ReportRules &rules, Instant now);

/// The end of the console's own alert about a source that is about to be removed; nothing when there is none.
[[nodiscard]] events::Events decideForgotten(const state::State &state, const ReportRules &rules, const state::Source &source, Instant now);

/// How long a source may be quiet before it counts as silent; zero when nothing is expected of it.
[[nodiscard]] Span patience(const state::Source &source);

/// The earliest instant at which a source that is not silent yet would count as silent; none when nothing is expected.
[[nodiscard]] Instant nextSilence(const state::State &state);

/// The earliest instant at which decideExpired or decideFreshness could conclude something; none when nothing is waited for.
[[nodiscard]] Instant nextDue(const state::State &state);

} // namespace qd::triage
