// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

class QMenu;
class QWidget;

namespace qd::shell {

struct Pick;

/// Every action of the window with the panel it acts in: the palette, the menu and the key help are all made from this
/// one list, so that nothing can be done that cannot be found. A test walks it.
class ActionBook final {
public:
    struct Entry {
        QString panel; ///< for people: "Triage"
        QAction *action = nullptr;
        QString name;                  ///< for settings: "shell.declare", "map.u"; in no language, each once
        const QWidget *root = nullptr; ///< of the panel; none: the window's own
        /// The action's text without its panel's name before it.
        [[nodiscard]] QString text() const;
    };

    explicit ActionBook(QWidget &window);

    /// An action of the window itself.
    QAction *add(const char *name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> run);
    /// Takes in the actions that `root` and the widgets in it carry. One without a name of its own is called by `id` and its first key; "slash" for "/".
    void adopt(const QString &panel, const QWidget &root, const QString &id);

    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    [[nodiscard]] std::vector<Pick> picks() const;
    void fill(QMenu &menu) const; ///< the window's own actions first, then one submenu a panel

private:
    [[nodiscard]] bool holds(const QAction *action) const;
    [[nodiscard]] QString nameFor(const QAction &action, const QString &id) const;

    QWidget &m_window;
    std::vector<Entry> m_entries;
};

} // namespace qd::shell
