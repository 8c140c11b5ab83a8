// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commands.h"
#include "core/review/leaks.h"
#include "core/state/state.h"

namespace qd::desk {

/// A review as an audience may have it, and what keeps it from being published.
struct Publishable {
    review::Rendition rendition;
    std::vector<review::Leak> leaks;
    std::vector<std::string> drafts;     ///< headings of sections that are written on: that is not in it before it is said to be done
};

/// "internal", "public", or an audience of the workspace: what they are cleared for says governance::readerOf. Outside is whoever is not technical,
/// executive or internal. Errors: Invalid (no name), NotFound (the workspace has no such audience; those it has are named).
[[nodiscard]] Result<review::Audience> reviewAudience(const state::State &state, const state::Incident &incident, const std::string &name);

/// The rendition `person` can make for this audience, of all sections or of one: what they may not read themselves is in none, nor what is restricted. Outside all of one that is not reviewed begins with saying that it is a draft. Errors: as openReview(), reviewAudience().
[[nodiscard]] Result<Publishable> publishable(const state::State &state, const std::string &incident, const std::string &audience, const std::string &person, const std::string &section = {});

/// What is published holds nothing the leak check stops at: asked of every RecordPublication and PublishReview before anything is decided, of the text as it is now.
/// Where the format is one of review::Format, the digest is that of the rendition as it is now. What another program made of it cannot be made again here: its digest is
/// as told, and the record says so; the page it was made from, where it is named, is the one of now. Errors: Forbidden, with what was found; Conflict (it was written
/// otherwise meanwhile).
[[nodiscard]] Result<> mayBePublished(const state::State &state, const RecordPublication &command, const events::Actor &by);

/// How what was published reads beside its review as that is now.
enum class Reads : std::uint8_t { NotKnown, Same, Otherwise };

/// Of each publication of a review, in their order: its rendition is made again as whoever published it may make it, and the digests are compared. NotKnown: what another program made where the page it
/// was made from was not told, and what somebody published who has left since, for what they might read is not asked any more. Costs a rendition for each audience and person.
[[nodiscard]] std::vector<Reads> publishedAgain(const state::State &state, const state::Incident &incident);

} // namespace qd::desk
