// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/draft.h"
#include "ui/view/viewmodel.h"

namespace qd::comms {

/// From what the window shows to what the rules take. Pure.

[[nodiscard]] inline QString utf8(const std::string &text) { return QString::fromStdString(text); }

[[nodiscard]] UpdateTemplate templateOf(const view::TemplateRow &row);
/// The incident in focus as values of the template that takes them, in its language; `nextUpdate` is what the person is about to promise, or none for
/// what the core goes by where nothing is said (nextAfter()).
[[nodiscard]] Values liveOf(const view::ViewModel &view, Instant now, const view::TemplateRow &row, Instant nextUpdate = {});
/// What heads an update of it: its subject with these values, else what the core says.
[[nodiscard]] std::string headingOf(const view::TemplateRow &row, const Values &live, const Values &set);
/// The last update of a template, and what the lint goes by.
[[nodiscard]] LastPost lastOf(const view::ViewModel &view, const QString &updateTemplate);
[[nodiscard]] LintContext lintContextOf(const view::ViewModel &view, AudienceKind kind);

} // namespace qd::comms
