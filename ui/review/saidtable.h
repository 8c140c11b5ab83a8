// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/review/rows.h"
#include "ui/style/theme.h"

#include <QWidget>
#include <functional>

namespace qd::widgets {
class PlainLabel;
class TwinTable;
}

namespace qd::review {

/// A table, and below it what the row one stands on says in words. Where there is no row it says why. GUI thread.
class SaidTable final : public QWidget {
    Q_OBJECT
public:
    SaidTable(const style::Theme &theme, const QStringList &columns, const QString &name, const QString &empty, QWidget *parent);

    void show(std::vector<TableRow> rows, std::function<QString(const QString &id)> words);
    [[nodiscard]] QString chosen() const; ///< the id of that row; empty: there is none
    [[nodiscard]] QString words() const;
    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] RowsModel &rows() const { return *m_rows; }

Q_SIGNALS:
    void chosenChanged();
    void opened(const QString &id);

private:
    void say();

    QString m_empty;
    std::function<QString(const QString &id)> m_say;
    RowsModel *m_rows;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_words;
};

} // namespace qd::review
