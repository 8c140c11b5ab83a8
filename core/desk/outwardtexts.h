// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/decide.h"

/// What a text for outside holds, as whoever writes it says it, and what they should know of it. Pure.
namespace qd::desk {

inline constexpr std::size_t kOutwardTitleBytes = 200, kOutwardTextBytes = 8000;

/// The incident of a message that is meant by its number (0: the only one that is open): the one named, else the only open one, else, where none is open, the only
/// one with such a message that waits. Errors: as incidentMeant(); Conflict (several have one), with which.
[[nodiscard]] Result<const state::Incident *> messageIncident(const state::State &state, const std::string &incident, std::uint32_t message);

/// Its embargo or expiry (`what`): a span from now or an instant, within 30 days. Errors: Invalid.
[[nodiscard]] Result<Instant> outwardMoment(const std::string &text, Instant now, const char *what);
/// The texts of further languages, as they are to be from now on: an empty one is taken away.
[[nodiscard]] Result<> addLanguages(const Workspace &workspace, const DraftMessage &command, events::MessageDrafted &e);
/// Where it goes, each destination once and known, 20 at most.
[[nodiscard]] Result<std::vector<std::string>> destinationsMeant(const state::State &state, const state::Incident &incident, const std::vector<std::string> &given);

/// What of it will reach nobody, said before it does not: none of it stops the release.
void noteDestinations(const state::State &state, const state::Incident &incident, const std::vector<std::string> &to, std::vector<std::string> &notes);
/// What the words that were just written might say better. It advises: nothing is refused for it.
void noteAdvice(const Workspace &workspace, const events::MessageDrafted &e, const DraftMessage &given, std::vector<std::string> &notes);
/// A page refuses a text that is longer than a post of it may be.
void notePageLengths(const Workspace &workspace, const std::vector<std::string> &to, const std::string &text, const Localized &texts, std::vector<std::string> &notes);

} // namespace qd::desk
