// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::review {

/// A section as a review is opened with it, in Markdown.
struct Prefilled {
    std::string id, text;
};

inline constexpr std::size_t kQuotedBytes = 300;   ///< of what somebody said, in a pre-filled section
inline constexpr std::size_t kPrefilledLines = 150; ///< of one list; what is beyond is counted: lines of the log and what was said in a room before anything else

/// The sections of kReviewSections in their order, from the record alone: what happened, with a link to each line it is taken from; what was decided and against
/// what; what was thought and refuted; in the timeline also what the scribe wrote, which tasks were given and how command went; what went well; who took part. People are named in the last alone. What people wrote is quoted with its
/// Markdown made harmless and its marks of a class kept; each text within state::kSectionBytes. Pure.
[[nodiscard]] std::vector<Prefilled> prefill(const state::State &state, const state::Incident &incident);

/// What somebody wrote, as words of a Markdown text: in one line, nothing of it is structure, marks ([[confidential: …]]) stay and are closed.
[[nodiscard]] std::string inMarkdown(std::string_view text, std::size_t most = kQuotedBytes);

} // namespace qd::review
