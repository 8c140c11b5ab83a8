// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/theme.h"
#include "ui/view/source.h"

#include <QDialog>
#include <QJsonArray>
#include <QStringList>
#include <QTimer>

class QLineEdit;

namespace qd::widgets {
class PlainLabel;
class TwinTable;
}

namespace qd::review {

class RowsModel;

/// What was published of all reviews: for whom, as what, where to, when. Filtered as one types, by what is listed and by what the reviews say, which the core's search
/// finds; Return opens the review it is of. GUI thread.
class LibraryDialog final : public QDialog {
    Q_OBJECT
public:
    LibraryDialog(view::ViewSource &source, const style::Theme &theme, QWidget *parent);

    [[nodiscard]] widgets::TwinTable &table() const { return *m_table; }
    [[nodiscard]] RowsModel &model() const { return *m_model; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] QString said() const;

Q_SIGNALS:
    void incidentOpened(const QString &incident); ///< its review is to be shown; this one is closed

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fill();
    void seek();                         ///< in the reviews' texts
    void openChosen();

    view::ViewSource &m_source;
    QLineEdit *m_filter;
    RowsModel *m_model;
    widgets::TwinTable *m_table;
    widgets::PlainLabel *m_said;
    QJsonArray m_items;                  ///< as they came
    QTimer m_pause;                      ///< after the last letter
    QStringList m_found;                 ///< incidents whose reviews hold what is typed
    QString m_notice;                    ///< what the search says of its answer
    quint64 m_asked = 0;
};

} // namespace qd::review
