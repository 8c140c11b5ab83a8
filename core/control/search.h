// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/replica.h"
#include "core/search/indexer.h"

#include <functional>
#include <string>

namespace qd::control {

/// Where searches are answered: search::Indexer::search. Any thread.
using SearchIn = std::function<void(store::TextQuery, std::size_t limit, search::Indexer::Done)>;

/// What the method `search` takes.
struct SearchParams {
    static constexpr const char *kMethod = "search";
    std::string text;
    std::uint32_t limit = 50; ///< 1 to search::Indexer::kHitLimit
    QD_FIELDS(f(1, "text", e.text); f(2, "limit", e.limit);)
};

/// Answers `search`: `{"schema":1,"seq":N,"at":"…Z","query":…,"total":n,"more":bool,"complete":bool,"percent":p,"notice":…,
/// "items":[{"seq","at","kind","incident","alert","title","service","by","excerpt","pieces":[…]}]}`, newest first. `pieces` are the excerpt
/// cut where matches begin and end: every second one matched. `notice` is one sentence when not all is there yet. Fields: an
/// alert's incident and title are those of now. `replica` and `in` are used until `answer` was called, once, from any thread.
void answerSearch(const std::string &params, Instant now, link::Replica &replica, const SearchIn &in,
                  std::function<void(Result<std::string>)> answer);

} // namespace qd::control
