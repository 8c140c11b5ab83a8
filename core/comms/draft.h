// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/lengths.h"
#include "core/comms/lint.h"
#include "core/comms/redline.h"
#include "core/comms/template.h"

/// An update before it is sent: how it will read, what is missing, what it might say better, how long it is, and what is new in it.
namespace qd::comms {

/// The last update of a template, as it went out.
struct LastPost {
    std::uint32_t number = 0; ///< 0: there was none
    std::string text;
    Values values;
    Instant at;
};
[[nodiscard]] LastPost lastPost(const state::Incident &incident, std::string_view updateTemplate);

/// What a draft begins with: the values of the last post under those given. The time of the next update is never carried on.
[[nodiscard]] Values carriedOn(const UpdateTemplate &update, const LastPost &last, const Values &set);
/// A field for the time of the next update, which the promise beside it fills.
[[nodiscard]] bool isNextUpdate(std::string_view field);

struct Draft {
    Preview preview;
    Values values;
    std::vector<Advice> advice;
    std::vector<Length> lengths;
    std::vector<Piece> difference; ///< since the last post; empty: there was none
};
/// `places`: where it goes, as lengths.h names them.
[[nodiscard]] Draft draft(const UpdateTemplate &update, const Values &live, Values values, const LastPost &last, const LintContext &context,
                          const std::vector<std::string> &places);

/// The names people and services have here.
[[nodiscard]] LintContext lintContext(const Workspace &workspace, AudienceKind kind);
/// What texts by their languages might say better, at most kAdviceLimit in all; `context` is of any.
[[nodiscard]] std::vector<Advice> adviceOn(LintContext context, const Localized &texts);
/// Where an update of this incident goes by itself: the platforms of its rooms.
[[nodiscard]] std::vector<std::string> placesOfRooms(const state::State &state, const state::Incident &incident);

} // namespace qd::comms
