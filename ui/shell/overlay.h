// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QFrame>
#include <QPointer>

namespace qd::widgets {
class KeyHints;
class PlainLabel;
}

namespace qd::shell {

/// What lies over the window for a moment: a frame inside the window that takes the keyboard and gives it back to whoever
/// had it. Not a popup: a popup gets no focus, so that Escape goes on meaning what it means in the panel below. Escape
/// leaves; when the keyboard goes elsewhere in the window it hides; a window of another size places it anew. GUI thread.
class Overlay : public QFrame {
    Q_OBJECT
public:
    Overlay(const style::Theme &theme, QWidget *window);

    /// Hides and gives the keyboard back.
    void leave();

protected:
    void appear(QWidget &keyboard); ///< placed, on top, the keyboard in `keyboard`
    virtual void place() = 0;       ///< sets the geometry within the parent
    /// Of a sheet that lists something: below each other its title, what is listed from edge to edge, a sentence in as many lines as it takes, and the keys.
    void layOut(widgets::PlainLabel &title, QWidget &listed, widgets::PlainLabel &sentence, widgets::KeyHints &keys);
    [[nodiscard]] int sheetWidth(int widest = kSheetSteps) const; ///< as wide as the window lets it be, in steps at most
    void placeSheet(int width, int height); ///< as high as the window lets it be, nearer to its top
    static constexpr int kSheetSteps = 300;
    virtual void left() {}          ///< before it hides
    [[nodiscard]] const style::Theme &theme() const { return m_theme; }

    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const style::Theme &m_theme;
    QPointer<QWidget> m_before;
};

} // namespace qd::shell
