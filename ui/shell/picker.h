// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"

#include <QFrame>
#include <QKeySequence>
#include <QString>
#include <functional>
#include <vector>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace qd::shell {

/// One thing that can be picked.
struct Pick {
    QString text;
    QString hint;          ///< quiet, after the text: where it acts, what it is now
    QString keys;          ///< its shortcut, shown so that people learn it
    bool enabled = true;
    std::function<void()> run;
};

/// A field over a list, inside its window: the command palette, the incident switcher, the choice of a severity. What
/// is typed narrows the list fuzzily, best first. Return picks, Escape leaves; the widget that had the keyboard gets it
/// back first, so that a picked action finds it there. A free text is offered when nothing is picked and `onText` is
/// set.
class Picker final : public QFrame {
    Q_OBJECT
public:
    Picker(const style::Theme &theme, QWidget *window);

    void open(const QString &prompt, std::vector<Pick> picks, std::function<void(const QString &)> onText = {});
    [[nodiscard]] QLineEdit &field() const { return *m_field; }
    [[nodiscard]] QListView &list() const { return *m_list; }
    [[nodiscard]] const std::vector<Pick> &picks() const { return m_picks; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void narrow(const QString &typed);
    void pickCurrent();
    void leave();
    void place();

    const style::Theme &m_theme;
    QLineEdit *m_field;
    QListView *m_list;
    QStandardItemModel *m_model;
    std::vector<Pick> m_picks;
    std::function<void(const QString &)> m_onText;
    QWidget *m_before = nullptr;
};

} // namespace qd::shell
