// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/clearance.h"
#include "ui/view/viewmodel.h"

namespace qd::seat {

/// The view as somebody else would read it: every text in it that is marked above what they may read is sealed. It only takes away: nobody sees more by
/// looking as somebody else. Nothing is named here, so no text a view gains can be forgotten.
void sealFor(view::ViewModel &view, const state::State &state, const governance::Place &as);

/// Whom one can look as: people, rooms, pages, recipients, audiences, the public; name as `governance::placeNamed` reads it, value in words.
[[nodiscard]] std::vector<view::Labelled> readersIn(const state::State &state);

} // namespace qd::seat
