// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace qd::test {

/// The widget of a dialog that assistive technology knows by this name, or nullptr.
template <typename Widget>
Widget *named(const QDialog &dialog, const QString &name)
{
    for (Widget *w : dialog.findChildren<Widget *>())
        if (w->accessibleName() == name)
            return w;
    return nullptr;
}

} // namespace qd::test
