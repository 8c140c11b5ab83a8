// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/review.h"
#include "core/rebuild/samealert.h"
#include "core/state/incidents.h"

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace qd::desk {

/// What an incident was imported, for what a later file knows more of it. Pure.
class ImportedEnds {
public:
    /// Null: a new one.
    explicit ImportedEnds(const state::Incident *incident);
    /// The end of a line that has none, where this fact is that line's and has one. Once: the line has it then.
    [[nodiscard]] std::optional<events::FactImported> learnt(const events::FactImported &fact);
    /// The same series was told of at that time by the same origin, on other steps: it is no other alert.
    [[nodiscard]] bool isToldOf(const events::FactImported &fact) const { return m_series.find(fact.origin, fact.reference, fact.knownAt, fact.until).has_value(); }

private:
    struct Line {
        std::uint64_t record = 0;
        std::uint32_t nth = 0;
        std::string reference;
        Instant at, knownAt, until;
    };
    std::vector<Line> m_lines;
    std::map<std::tuple<std::string, std::string, Instant>, std::size_t> m_named;              ///< by origin, reference and beginning
    std::map<std::tuple<std::string, Instant, std::string, std::string>, std::size_t> m_said;  ///< those without a reference: by origin, beginning, actor and words
    rebuild::ToldSeries m_series;
};

} // namespace qd::desk
