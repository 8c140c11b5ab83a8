// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/clearance.h"
#include "ui/view/viewmodel.h"

namespace qd::seat {

/// The view as somebody else would read it: every text in it that is marked above what they may read is sealed. It only takes away: nobody sees more by
/// looking as somebody else. What names an incident or a service is read by what holds there, all else by what holds everywhere. Nothing is named here, so no text a view gains can be forgotten.
void sealFor(view::ViewModel &view, const state::State &state, const governance::Place &as);

/// Whom one can look as: people, rooms, pages, recipients, audiences, the public; name as `governance::placeNamed` reads it, value in words, with what they
/// read of `about`.
[[nodiscard]] std::vector<view::Labelled> readersIn(const state::State &state, const governance::Subject &about = {});

} // namespace qd::seat
