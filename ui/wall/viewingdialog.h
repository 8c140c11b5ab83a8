// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wall/legibility.h"
#include "ui/widgets/formdialog.h"

class QDoubleSpinBox;

namespace qd::wall {

/// From where the wall is read and how large its screen is; says what that makes of its letters before it is done.
class ViewingDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    ViewingDialog(const style::Theme &theme, const Viewing &said, const QSizeF &physical, const QSizeF &pixels, QWidget *parent);

    [[nodiscard]] Viewing viewing() const; ///< zeros: not said
    [[nodiscard]] QDoubleSpinBox &metres() const { return *m_metres; }
    [[nodiscard]] QDoubleSpinBox &inches() const { return *m_inches; }
    [[nodiscard]] QString sentence() const;

private:
    void say();

    QSizeF m_physical, m_pixels;
    QDoubleSpinBox *m_metres, *m_inches;
    widgets::PlainLabel *m_words;
};

} // namespace qd::wall
