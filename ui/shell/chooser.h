// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/overlay.h"

#include <QStyledItemDelegate>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace qd::shell {

/// A row of a chooser's list: one line of the theme's height, the current one marked. What stands in it is painted by the heir.
class ChoiceDelegate : public QStyledItemDelegate {
public:
    ChoiceDelegate(const style::Theme &theme, QObject *parent);
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const final;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const final;

protected:
    virtual void paintRow(QPainter &painter, QRect box, const QModelIndex &index) const = 0;
    /// One line of text from the box's left, elided where it ends; returns the width the whole text takes.
    int say(QPainter &painter, const QRect &box, const QString &text, style::Type type, style::Tone tone) const;
    [[nodiscard]] const style::Theme &theme() const { return m_theme; }

private:
    const style::Theme &m_theme;
};

/// A field over a list, inside its window. The keyboard stays in the field: arrows and pages walk the list, Return
/// chooses, Escape leaves.
class Chooser : public Overlay {
    Q_OBJECT
public:
    [[nodiscard]] QLineEdit &field() const { return *m_field; }
    [[nodiscard]] QListView &list() const { return *m_list; }

protected:
    Chooser(const style::Theme &theme, QWidget *window, int mostCharacters);
    void setDelegate(ChoiceDelegate *delegate);
    void setHead(QWidget *head); ///< between the field and the list
    void begin(); ///< the field in the theme's size, everything shown
    [[nodiscard]] QStandardItemModel &model() const { return *m_model; }
    virtual void choose() = 0; ///< Return, or a click on a row

    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void walk(int rows);

    QLineEdit *m_field;
    QWidget *m_head = nullptr;
    QListView *m_list;
    QStandardItemModel *m_model;
};

} // namespace qd::shell
