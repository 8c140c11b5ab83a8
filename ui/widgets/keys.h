// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

namespace qd::widgets {

/// Whether a key is a letter, a digit or a sign that somebody may press by chance or say to a machine that types (WCAG 2.1.4).
[[nodiscard]] bool isCharacter(const QKeySequence &key);

} // namespace qd::widgets
