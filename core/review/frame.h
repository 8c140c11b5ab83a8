// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/marking.h"
#include "core/model/workspace.h"
#include "core/state/review.h"

#include <string>
#include <string_view>
#include <vector>

/// What a review says around what people wrote, in the language it is written in: en or de. What is kept (ids of sections, words of the State) is English, always. Pure.
namespace qd::review {

/// The first language the workspace names for its reviews; none is named: English. What a review is opened in.
[[nodiscard]] std::string_view languageOf(const Workspace &workspace);
/// What a review was opened in, whatever the workspace says since; of one that was opened before that was kept, and of one that is not open, the workspace's. What stands around its texts, and what the record tells in them.
[[nodiscard]] std::string_view languageOf(const Workspace &workspace, const state::Review &review);
/// What its words are looked through for: its own language, then the others the workspace names for reviews; it names none: all.
[[nodiscard]] std::vector<std::string> spelledIn(const Workspace &workspace, const state::Review &review);

/// What stands over a section: "Was geschah"; of the team's own its name ("lessons-learned" as "Lessons learned").
[[nodiscard]] std::string headingOf(std::string_view section, std::string_view language);
/// A role's name as a list says it: "Einsatzleitung"; of the team's own its title.
[[nodiscard]] std::string roleName(std::string_view role, std::string_view language);
/// As a sentence says it instead of a name: "the incident commander", "Einsatzleitung" (without an article, which would have a case); empty: who has no role in it, "a responder", "Einsatzkraft".
[[nodiscard]] std::string roleInSentence(std::string_view role, std::string_view language);
/// What somebody did (core/review/participants.h): "raised a hypothesis", "was called for payments", a role.
[[nodiscard]] std::string partIn(std::string_view part, std::string_view language);
/// "internal" and "public"; the workspace's own audiences are called as it calls them.
[[nodiscard]] std::string audienceName(std::string_view audience, std::string_view language);
/// Other words of lists: "no owner", ", due ", "done"; itself where there is none.
[[nodiscard]] std::string frameWord(std::string_view english, std::string_view language);
/// "[sealed: restricted, short]" (core/model/marking.h) as it is read where a text is in this language; anything else: empty.
[[nodiscard]] std::string holeIn(std::string_view hole, std::string_view language);

} // namespace qd::review
