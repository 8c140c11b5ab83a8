// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/reviewrules.h"

namespace qd {

struct TaxonomyLayer {
    std::string id;
    Localized label;
};

/// Layered, versioned, several of each to choose. resources/taxonomy/factors.json holds the console's own.
struct Taxonomy {
    std::string version;                 ///< "2026.1", "2026.1+team-3", "team-3"
    std::vector<TaxonomyLayer> layers, groups; ///< in the order they are shown
    std::vector<TaxonomyFactor> factors; ///< in the order they are shown, those retired among them
    [[nodiscard]] const TaxonomyFactor *factor(std::string_view id) const;
    [[nodiscard]] const TaxonomyLayer *layer(std::string_view id) const;
    [[nodiscard]] const TaxonomyLayer *group(std::string_view id) const;
};

/// The label in this language, else in English, else the id.
[[nodiscard]] std::string labelOf(const TaxonomyFactor &factor, std::string_view language);
[[nodiscard]] std::string labelOf(const TaxonomyLayer &layer, std::string_view language);

inline constexpr std::string_view kMitigatorLayer = "mitigator"; ///< what went well
/// Whether a factor is something that helped, and so no cause.
[[nodiscard]] bool isMitigator(const Taxonomy &taxonomy, std::string_view factor);

/// Errors: Invalid, with what is wrong: no JSON, ids twice, layers there are not, labels missing, a rate above 100 %.
[[nodiscard]] Result<Taxonomy> readTaxonomy(std::string_view json);
/// The console's own. Made once; safe from any thread.
[[nodiscard]] const Taxonomy &usualTaxonomy();
/// What holds under these rules: theirs over the console's own, or instead of it.
[[nodiscard]] Taxonomy taxonomyUnder(const TaxonomyRules &rules);

} // namespace qd
