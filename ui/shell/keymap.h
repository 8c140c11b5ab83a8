// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/shell/actionbook.h"

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QStringList>

namespace qd::shell {

class Settings;

/// Which key does what: what the program comes with, changed by what the settings say. Two actions that could both answer a key never have
/// it; who asks for a taken one is told by whom. GUI thread; made once all actions are in the book, which outlives it like the settings.
class KeyMap final {
public:
    KeyMap(const ActionBook &book, Settings &settings, QWidget &window);

    /// Gives every action its keys. What in the settings is not understood, collides or names no action is told, and what is usual stands.
    [[nodiscard]] QStringList apply();

    struct Row {
        QString name, panel, text;
        QList<QKeySequence> keys, usual;
        [[nodiscard]] bool isChanged() const { return keys != usual; }
    };
    [[nodiscard]] std::vector<Row> rows() const;

    /// Errors: NotFound for a name that no action has, Conflict with whoever has the key, Invalid for none.
    Result<> change(const QString &name, const QKeySequence &key);
    Result<> reset(const QString &name);
    void resetAll();
    [[nodiscard]] bool letters() const;
    void setLetters(bool act);

private:
    struct Known {
        const ActionBook::Entry *entry = nullptr;
        QList<QKeySequence> usual, wanted;
    };
    [[nodiscard]] Known *find(const QString &name);
    /// Who else would answer this key where this action does; nothing when nobody.
    [[nodiscard]] const Known *holder(const Known &of, const QKeySequence &key) const;
    void give();
    /// What stands in a hint for a key the program comes with: the one it is now; empty: none.
    [[nodiscard]] QString shown(const QString &usual, const QWidget &hint) const;

    const ActionBook &m_book;
    Settings &m_settings;
    QWidget &m_window;
    std::vector<Known> m_known;
    bool m_isUsual = true;
};

} // namespace qd::shell
