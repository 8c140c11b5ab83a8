// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/triage/matcherindex.h"

#include <optional>

namespace qd::triage {

/// Who is inhibited by whom, as Alertmanager decides it (inhibit.go): firing alerts by rule and by the values of the rule's equal
/// labels, so that a source that comes or goes concerns its own targets only. What it says follows from the State alone,
/// whatever came in which order. One thread.
class Inhibitions {
public:
    explicit Inhibitions(const Workspace &workspace);
    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    /// The alert opened, ended or has other labels. Appends the targets whose sources came or went.
    void note(const state::State &state, std::uint32_t alert, std::vector<std::uint32_t> &concerned);

    struct Found {
        const InhibitionRule *rule = nullptr;
        std::uint32_t source = 0; ///< the first that inhibits it
    };
    /// By the first rule that inhibits it.
    [[nodiscard]] std::optional<Found> of(std::uint32_t alert) const;
    /// In words, for "why".
    [[nodiscard]] static events::Because because(const state::State &state, const Found &found);
    /// The key of the alert that inhibits, of what because() said; empty: it was not said by it.
    [[nodiscard]] static std::string sourceIn(const events::Because &because);

private:
    using Key = std::vector<Symbol>;
    struct KeyHash {
        std::size_t operator()(const Key &key) const
        {
            std::size_t h = key.size();
            for (const Symbol s : key)
                h = (h ^ s) * 0x9e3779b97f4a7c15ULL;
            return h ^ (h >> 29);
        }
    };
    /// Alerts of one rule with the same values of its equal labels, by index, ascending.
    struct Bucket {
        std::vector<std::uint32_t> sources;  ///< that are no targets
        std::vector<std::uint32_t> twoSided; ///< sources that are targets as well: they inhibit no other such alert
        std::vector<std::uint32_t> targets;
    };
    struct Place {
        std::uint32_t rule = 0;
        bool isSource = false, isTarget = false;
        Bucket *bucket = nullptr;
        bool operator==(const Place &) const = default;
    };

    const std::vector<InhibitionRule> m_rules;
    MatcherIndex m_index; ///< the sources of all rules, then the targets
    std::vector<std::unordered_map<Key, Bucket, KeyHash>> m_buckets; ///< by rule
    std::unordered_map<std::uint32_t, std::vector<Place>> m_places;  ///< by alert
    std::vector<std::uint32_t> m_matched;
    Key m_key;
};

} // namespace qd::triage
