// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QString>

namespace qd::widgets {

/// Whether a key is a letter, a digit or a sign that somebody may press by chance or say to a machine that types (WCAG 2.1.4).
[[nodiscard]] bool isCharacter(const QKeySequence &key);

/// Whether such keys do something while a list has the keyboard: until somebody switches them off. GUI thread.
void letCharactersAct(bool act);
[[nodiscard]] bool charactersAct();

} // namespace qd::widgets
