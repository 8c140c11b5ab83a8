// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/source.h"
#include "ui/widgets/ticker.h"

#include <QFrame>
#include <QTimer>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace qd::style {
class Theme;
}
namespace qd::widgets {
class PlainLabel;
}

namespace qd::shell {

/// Finds what was said, inside its window: a field over the hits, newest first. What is typed is asked of the core after
/// a short pause; an answer that comes late is dropped. Return goes to the hit's alert or incident, Escape leaves and
/// gives the keyboard back. Everything found is shown as plain text.
class SearchBox final : public QFrame {
    Q_OBJECT
public:
    static constexpr int kPauseMs = 150; ///< after the last key, before the core is asked
    static constexpr int kHits = 50;

    SearchBox(view::ViewSource &source, const style::Theme &theme, widgets::Ticker &ticker, QWidget *window);

    void open();
    [[nodiscard]] QLineEdit &field() const { return *m_field; }
    [[nodiscard]] QListView &list() const { return *m_list; }
    [[nodiscard]] QString status() const; ///< the line under the field

Q_SIGNALS:
    /// The person chose a hit; either may be empty.
    void chosen(const QString &incident, const QString &alert);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void typed();
    void ask();
    void show(const QJsonObject &answer);
    void tell(const QString &sentence);
    void choose();
    void leave();
    void place();
    void move(int rows);

    view::ViewSource &m_source;
    const style::Theme &m_theme;
    widgets::Ticker &m_ticker;
    QLineEdit *m_field;
    widgets::PlainLabel *m_status;
    QListView *m_list;
    QStandardItemModel *m_model;
    QTimer m_pause;
    quint64 m_asked = 0; ///< the number of the newest question
    QWidget *m_before = nullptr;
};

} // namespace qd::shell
