// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/timeline/kindfilter.h"

#include <QWidget>

class QCompleter;
class QHBoxLayout;
class QLineEdit;

namespace qd::widgets {
class PlainLabel;
}

namespace qd::timeline {

/// The kinds that are shown as chips, each removed by pressing it, how much they hide, and the field for the next one, which knows the kinds there
/// are. Backspace in the empty field takes the last chip back; Escape leaves the field. It takes no room while nothing is filtered. GUI thread.
class KindBar final : public QWidget {
    Q_OBJECT
public:
    explicit KindBar(const style::Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] const KindFilter &filter() const { return m_filter; }
    void show(const view::ViewModel &view); ///< what there is, and how much of it is hidden
    void begin();                           ///< the keyboard into the field
    void clear();
    void hideSystem(bool hide); ///< what the console writes of itself, while no kind is chosen
    [[nodiscard]] QLineEdit &field() const { return *m_field; }
    [[nodiscard]] QString hidden() const; ///< "12 hidden by filter"

Q_SIGNALS:
    void filterChanged();
    void left(); ///< the keyboard goes back to the lanes

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take();
    void rebuild();
    void fit();

    const style::Theme &m_theme;
    KindFilter m_filter;
    QStringList m_known;
    QHBoxLayout *m_chips;
    widgets::PlainLabel *m_hidden, *m_problem;
    QLineEdit *m_field;
    QCompleter *m_completer;
    bool m_typing = false;
};

} // namespace qd::timeline
