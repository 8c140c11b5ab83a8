// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/picker.h"
#include "ui/view/source.h"

#include <QObject>

namespace qd::shell {

/// The window as somebody else would read it: who is picked from those there are, or typed; Escape, from wherever the keyboard is, goes back. What lies
/// over the window is left before, since it shows what was asked for oneself. Everything else is the source's. GUI thread; a child of its window.
class LookAs final : public QObject {
    Q_OBJECT
public:
    LookAs(view::ViewSource &source, Picker &picker, QWidget *window);

    void ask(const QString &prompt);
    void back();
    [[nodiscard]] bool isSomebodyElse() const { return m_looking; }

Q_SIGNALS:
    void told(const QString &sentence);
    void refused(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look(const QString &reader);
    [[nodiscard]] bool isEscape(QObject *watched, QEvent *event) const;

    view::ViewSource &m_source;
    Picker &m_picker;
    QWidget *m_window;
    bool m_looking = false;
};

} // namespace qd::shell
