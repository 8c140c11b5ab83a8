// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/keymap.h"
#include "ui/widgets/formdialog.h"

#include <QAbstractTableModel>

class QCheckBox;
class QKeySequenceEdit;
class QLineEdit;

namespace qd::widgets {
class TwinTable;
}

namespace qd::shell {

/// The rows of a key map, those that hold the words looked for.
class KeysModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Panel, Action, Keys, Usual, Columns };
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<KeyMap::Row> rows, const QString &words);
    [[nodiscard]] const KeyMap::Row *row(int index) const;
    [[nodiscard]] int indexOf(const QString &name) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<KeyMap::Row> m_rows;
};

/// Every action with its key, and another one for the chosen action. Stays open; a key that is taken is refused with who has it.
class KeysDialog final : public widgets::FormDialog {
    Q_OBJECT
public:
    KeysDialog(const style::Theme &theme, KeyMap &keys, const QString &file, QWidget *parent);

    void choose(const QString &name); ///< an action, by its name
    [[nodiscard]] QString chosen() const;
    [[nodiscard]] QKeySequenceEdit &key() const { return *m_key; }
    [[nodiscard]] QCheckBox &letters() const { return *m_letters; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] KeysModel &model() const { return *m_model; }
    void resetChosen();
    void resetAll();

private:
    void fill();
    void told(const Result<> &result, const QString &done);

    KeyMap &m_keys;
    QLineEdit *m_filter;
    KeysModel *m_model;
    widgets::TwinTable *m_table;
    QKeySequenceEdit *m_key;
    QCheckBox *m_letters;
};

} // namespace qd::shell
