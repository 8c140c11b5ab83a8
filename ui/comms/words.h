// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/template.h"
#include "ui/view/viewmodel.h"

namespace qd::comms {

/// From what the window shows to what the rules take. Pure.

[[nodiscard]] UpdateTemplate templateOf(const view::TemplateRow &row);
/// The incident in focus as template values; `nextUpdate` is what the person is about to promise, or none for the
/// nearest promise that is not kept.
[[nodiscard]] Values liveOf(const view::ViewModel &view, Instant now, Instant nextUpdate = {});
/// A template that names its time of the next update as a field gets it from the promise beside it.
[[nodiscard]] bool isNextUpdate(const std::string &field);

} // namespace qd::comms
