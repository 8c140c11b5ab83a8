// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/viewmodel.h"

#include <QWidget>

namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// The line under the strip that is there only when what the window shows cannot be taken for granted: it is as somebody else would read it, the core is
/// lost, nothing is being recorded, or whoever sits here holds a right they took for a time. The strip says the word of a trouble, this says what it means and
/// what still works: whole where the window is wide, in one line that ends in an ellipsis where it has no room to give.
class Banner final : public QWidget {
    Q_OBJECT
public:
    explicit Banner(const style::Theme &theme, QWidget *parent = nullptr);
    /// `trouble`: why the core does not start again, or empty.
    void show(const view::ViewModel &view, const QString &trouble = {});

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool m_isPast = false;
    const style::Theme &m_theme;
    widgets::PlainLabel *m_head;
    widgets::PlainLabel *m_text;
};

} // namespace qd::shell
