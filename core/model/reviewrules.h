// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/model/statuspage.h"
#include "core/model/words.h"

#include <string>
#include <vector>

namespace qd {

/// What a review of an incident of this severity is held to.
struct ReviewRule {
    IncidentSeverity severity = IncidentSeverity::Sev1;
    std::uint32_t days = 0;              ///< until its draft is due, from when the incident was resolved
    bool working = false;                ///< … of Monday to Friday
    bool gated = false;                  ///< it is not reviewed before what the gates ask for is there, or done without
    QD_FIELDS(f(1, "severity", e.severity); f(2, "days", e.days); f(3, "working", e.working); f(4, "gated", e.gated);)
    bool operator==(const ReviewRule &) const = default;
};
inline constexpr std::uint32_t kReviewDaysMost = 90;

/// What can be asked for before a review is reviewed.
inline constexpr std::string_view kReviewGates[] = {"contributions", "sections", "factors", "actions", "attendance", "signatures"};
/// Those that are asked for where the workspace does not say which: a contribution in writing stands for having been at the meeting.
inline constexpr std::string_view kUsualReviewGates[] = {"contributions", "sections", "factors", "actions"};
/// The sections a review is opened with. People add their own.
inline constexpr std::string_view kReviewSections[] = {"summary", "impact", "narrative", "timeline", "decisions", "hypotheses", "went-well", "participants"};
/// The languages the words of a review are looked through for.
inline constexpr std::string_view kReviewLanguages[] = {"en", "de"};

/// What an hour of a person costs who works on an incident, in hundredths of the currency.
struct RoleCost {
    Role role = Role::Commander;
    std::uint64_t hourly = 0;
    QD_FIELDS(f(1, "role", e.role); f(2, "hourly", e.hourly);)
};
/// [cost] of the workspace. Nothing is reckoned without an hourly rate.
struct CostModel {
    std::string currency;                ///< as it is written: "EUR"
    std::uint64_t hourly = 0;            ///< of whoever has no role, or one that is not named below
    std::vector<RoleCost> roles;         ///< one a role
    QD_FIELDS(f(1, "currency", e.currency); f(2, "hourly", e.hourly); f(3, "roles", e.roles);)
};

/// [review] of the workspace. What it does not say is as usual; ask through core/review.
struct ReviewRules {
    std::vector<ReviewRule> severities;  ///< one a severity; days 0: the usual
    bool saysGated = false;              ///< which severities are gated is said above; else it is as usual
    std::vector<std::string> gates;      ///< of kReviewGates; none: kUsualReviewGates, unless `noGates`
    bool noGates = false;
    std::vector<std::string> sections;   ///< that have to be written by people; none: the usual
    std::vector<std::string> languages;  ///< of kReviewLanguages; none: all
    std::vector<std::string> customers, words; ///< names that stand in nothing that is published outside
    std::vector<std::string> domains;    ///< whose hosts are ours alone: "corp.example.net"
    CostModel cost;
    QD_FIELDS(f(1, "severities", e.severities); f(2, "gates", e.gates); f(3, "noGates", e.noGates); f(4, "sections", e.sections); f(5, "languages", e.languages);
              f(6, "saysGated", e.saysGated); f(7, "customers", e.customers); f(8, "words", e.words); f(9, "domains", e.domains);
              f(10, "cost", e.cost);)
};

/// One factor of the taxonomy. Its id stays for ever: ratings of old reviews name it.
struct TaxonomyFactor {
    std::string id, layer, group;        ///< group: within the layer "contributing"
    Localized label;                     ///< by language, English at least
    std::uint32_t rate = 0;              ///< in hundredths of a percent, how often it is elsewhere as published; 0: not known
    bool retired = false;                ///< no longer chosen; where it was, it stays
    std::string source = {};             ///< where it is from
    QD_FIELDS(f(1, "id", e.id); f(2, "layer", e.layer); f(3, "group", e.group); f(4, "label", e.label); f(5, "rate", e.rate);
              f(6, "retired", e.retired); f(7, "source", e.source);)
    bool operator==(const TaxonomyFactor &) const = default;
};

/// [taxonomy] and [[factor]] of the workspace: what the team adds to the console's own, or has instead of it.
struct TaxonomyRules {
    std::string version;                 ///< none: the console's own as it is
    bool replaces = false;               ///< none of the console's own factors
    std::vector<TaxonomyFactor> factors; ///< one with the id of the console's takes its place
    std::vector<std::string> retired;    ///< ids of the console's own
    QD_FIELDS(f(1, "version", e.version); f(2, "replaces", e.replaces); f(3, "factors", e.factors); f(4, "retired", e.retired);)
};
inline constexpr std::size_t kFactorsMost = 500, kFactorLabelBytes = 120;

} // namespace qd
