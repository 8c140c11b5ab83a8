// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/linked.h"
#include "core/state/state.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How a text of a review points at a line of the record: as a Markdown link of the scheme "entry",
///
///     payments began to fail [13:59:31](entry:line/412), and the map pointed downstream
///
/// which any Markdown tool keeps and shows as a link, and which stands inside a mark of a class ([[confidential: …]], core/model/marking.h) as any other words.
/// What is behind the scheme is percent-encoded but for A-Z a-z 0-9 . _ ~ / : @ -
namespace qd::review {

using state::kEntryScheme;
inline constexpr std::size_t kCitedMost = 5000;  ///< of one text; further ones are words
inline constexpr std::size_t kReferenceBytes = 400, kCiteLabelBytes = 100;

/// One link to the record, in bytes of the text it stands in.
struct Cited {
    std::size_t at = 0, length = 0;      ///< of the whole link, brackets and all
    std::string label, reference;        ///< reference: decoded
};

/// In order. None within code, in ``` or in `…`. A link whose label or target is too long, or goes over a line's end, is none.
[[nodiscard]] std::vector<Cited> citedIn(std::string_view markdown);
/// "[13:59:31](entry:line/412)". Brackets and line ends in the label become blanks.
[[nodiscard]] std::string cite(std::string_view label, std::string_view reference);

/// How line `index` of the timeline is pointed at: "message/ID" for what was said in chat, else "line/412" by its record, "line/412/3" for the third of one.
[[nodiscard]] std::string referenceOf(const state::Incident &incident, std::size_t index);
/// The line meant: as referenceOf() gives it, or by a line's own `reference` ("task/3": the first of it). Empty: there is none, or it was erased.
[[nodiscard]] std::optional<std::size_t> lineMeant(const state::Incident &incident, std::string_view reference);

/// What stands in no timeline, and is pointed at as well: a change by its record, an alert by its key. Of an alert it is what it was when it joined the incident, else when the review pointed at it first (core/state/linked.h).
inline constexpr std::string_view kChangeReference = "change/";
using state::kAlertReference;
/// A line by its record ("line/412") is also one of an incident that became part of this one (withMerged), where this one has no line of that record; every other reference is
/// of the incident alone. Of such a line nothing is said that is marked above internal: who is cleared for that here may not be there.
/// When what a reference points at was: a line of the timeline, a change, an alert. None: there is no such thing, or not any more.
[[nodiscard]] std::optional<Instant> evidenceAt(const state::State &state, const state::Incident &incident, std::string_view reference);
/// What it says. Empty: there is no such thing, or nothing is left of it.
[[nodiscard]] std::string evidenceText(const state::State &state, const state::Incident &incident, std::string_view reference);
/// The same thing by its one name: a line as referenceOf() gives it, one of a part always by its record. Empty: there is none.
[[nodiscard]] std::string exactReference(const state::State &state, const state::Incident &incident, std::string_view reference);

} // namespace qd::review
