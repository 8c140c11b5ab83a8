// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keys.h"

namespace qd::widgets {

bool isCharacter(const QKeySequence &key)
{
    if (key.isEmpty())
        return false;
    const QKeyCombination first = key[0];
    const Qt::KeyboardModifiers held = first.keyboardModifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    // Qt's keys that are no character (Escape, arrows, F1) lie above those that are.
    return held == Qt::NoModifier && first.key() > Qt::Key_Space && first.key() < Qt::Key_Escape;
}

} // namespace qd::widgets
