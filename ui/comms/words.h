// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/draft.h"
#include "ui/view/viewmodel.h"

namespace qd::comms {

/// From what the window shows to what the rules take. Pure.

[[nodiscard]] inline QString utf8(const std::string &text) { return QString::fromStdString(text); }

[[nodiscard]] UpdateTemplate templateOf(const view::TemplateRow &row);
/// The incident in focus as template values; `nextUpdate` is what the person is about to promise, or none for the
/// nearest promise that is not kept; `language`: of the template that takes them.
[[nodiscard]] Values liveOf(const view::ViewModel &view, Instant now, Instant nextUpdate = {}, const QString &language = QStringLiteral("en"));
/// The last update of a template, and what the lint goes by.
[[nodiscard]] LastPost lastOf(const view::ViewModel &view, const QString &updateTemplate);
[[nodiscard]] LintContext lintContextOf(const view::ViewModel &view, AudienceKind kind);

} // namespace qd::comms
