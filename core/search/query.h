// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/store/textsegment.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::state {
class State;
}

namespace qd::search {

inline constexpr std::size_t kQueryLimit = 1024;  ///< bytes of a query
inline constexpr std::size_t kTermLimit = 16;     ///< words, phrases and exclusions of a query
inline constexpr std::size_t kScopeLimit = 2000;  ///< alerts of one incident, or incidents of one service, that a filter reaches

/// What a person asked for. All filters and all terms must hold.
struct Query
{
    std::vector<store::TextQuery::Term> wanted, unwanted;
    std::string incident, service, kind, person; ///< empty: any
    Instant since, until;                        ///< none: no bound; both included
    std::string role, hash, erased;              ///< of what was erased: the author's role, the beginning of the record's hash, the event's name or "any"; small letters
    /// Whether it asks what is left of erased streams: nothing there has a word.
    [[nodiscard]] bool isOfErased() const { return !role.empty() || !hash.empty() || !erased.empty(); }
};

/// Reads `words "a phrase" prefix* -without incident:INC-7 service:S kind:K by:PERSON since:T until:T`, and of what was erased
/// `erased:any role:commander hash:3f78 incident:… since:… until:…`. T is RFC 3339, a
/// day (2026-11-23, UTC), or a span back from `now` (90m, 2h, 7d). A word with a colon that names no filter is text, so is
/// everything between quotes. Invalid with one sentence for what cannot be meant; TooLarge beyond the limits.
[[nodiscard]] Result<Query> parseQuery(std::string_view text, Instant now);

/// What the filters of a query reach that no single text says of itself: the alerts that are attached to the incident now,
/// the incidents of the service.
struct Scope
{
    std::vector<std::uint64_t> alerts;  ///< fingerprints
    std::vector<std::string> incidents;
    bool cut = false; ///< there were more than kScopeLimit; the newest are here
};
[[nodiscard]] Scope scopeOf(const Query &query, const state::State &state);

/// The same question as the index takes it.
[[nodiscard]] store::TextQuery indexQuery(const Query &query, const Scope &scope);

/// The facet words of a document and of a filter; the same on both sides.
[[nodiscard]] std::string facet(std::string_view name, std::string_view value);
[[nodiscard]] std::string alertFacet(std::uint64_t fingerprint);

} // namespace qd::search
