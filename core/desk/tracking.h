// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/decide.h"
#include "core/events/event.h"
#include "core/state/state.h"

namespace qd::desk {

/// What a tracker is told of an action that changed: its title, what it is, when it is due, and, only when it was turned, whether it is done. Nothing for an action in
/// no tracker. What a tracker says changes no action, so nothing of it ever comes back to it. Pure.
[[nodiscard]] events::Events tellTracker(const state::State &state, const events::ActionKept &e);
[[nodiscard]] events::Events tellTracker(const state::State &state, const events::ActionTurned &e);
/// An issue was made, a page was written: an ActionTracked, a ReviewPublished. The edge gives what it is known by there and its address, with a blank between.
[[nodiscard]] events::Events arrivedThere(const state::State &state, const events::OutboxMoved &e);

/// What makes `action` an issue of a tracker's (key: one that is there already), or, without a connection, lets go of it: as TrackAction. It may be a new one that is
/// kept in the same record. Errors: NotFound, Invalid, Conflict, Forbidden.
[[nodiscard]] Result<Decision> decideTracked(const state::State &state, const state::Incident &incident, const state::Action &action, const std::string &connection, const std::string &key,
                                             const events::Actor &by);

/// The issue an action is written as: its text, where it is from, how it will be known that it works, whose it is. Its `address` is who is given it there, where
/// that is to be said: the owner's account, when it was told of another last.
[[nodiscard]] events::OutboxQueued issueOf(const state::State &state, const state::Incident &incident, const state::Action &action);
/// What waits to become a page and was written otherwise since goes out as it reads now, or, where that may not leave, not at all: asked after whatever changes a
/// review's words. What is the same in the rendition stays as it is.
[[nodiscard]] events::Events writePagesAnew(const state::State &state, const std::string &incident);
/// The page of the library a rendition for this audience was written to before, or "". One in another space or site than the library is set to now is none.
[[nodiscard]] std::string pageBefore(const state::State &state, const state::Incident &incident, std::string_view connection, std::string_view audience);

} // namespace qd::desk
