// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commands.h"
#include "core/state/state.h"

namespace qd::control {

/// `page.preview` takes what `page.post` takes, `page.maintenance.preview` what `page.maintenance` takes.
inline constexpr const char *kPagePreview = "page.preview", *kMaintenancePreview = "page.maintenance.preview";

/// {"page","languages","overall":{language: sentence},"state","components":[{"component","name":{…},"state"}],"files":[{"path","language","html"}],"advice":[{"kind","words","say"}]}: the page as it would
/// read and be served, byte for byte, with a post or work that nobody published. Nothing changes. Errors: as of the command, but for its checks.
[[nodiscard]] Result<std::string> pagePreviewJson(const state::State &state, const desk::Command &command, const events::Actor &by, Instant now);

} // namespace qd::control
