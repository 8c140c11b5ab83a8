// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace qd::widgets {

/// A file or folder of this machine: typed, or chosen. Nothing of it is opened here. NewFile: one to be written, which need not be there; whether one that
/// is there is written over is asked by whoever writes.
class PathField final : public QWidget {
    Q_OBJECT
public:
    enum class Kind { File, Folder, NewFile };
    explicit PathField(Kind kind, QWidget *parent = nullptr);

    [[nodiscard]] QString path() const; ///< absolute: what is typed begins at the person's own folder; empty: nothing is
    void setPath(const QString &path);
    /// How the field is called for assistive technology, and what is chosen for it.
    void setName(const QString &name);
    void setHint(const QString &hint);
    [[nodiscard]] QLineEdit &field() const { return *m_field; }

Q_SIGNALS:
    void changed();

private:
    void choose();

    Kind m_kind;
    QLineEdit *m_field;
    QPushButton *m_choose;
};

} // namespace qd::widgets
