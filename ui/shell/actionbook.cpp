// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/actionbook.h"

#include "ui/shell/picker.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QWidget>
#include <algorithm>

namespace qd::shell {

namespace {

QString windowPanel()
{
    return QCoreApplication::translate("qd::shell::ActionBook", "Everywhere");
}

} // namespace

QString ActionBook::Entry::text() const
{
    QString text = action->text();
    const QString prefix = panel + QStringLiteral(": ");
    if (text.startsWith(prefix, Qt::CaseInsensitive)) {
        text = text.mid(prefix.size());
        text[0] = text[0].toUpper();
    }
    return text;
}

ActionBook::ActionBook(QWidget &window)
    : m_window(window)
{
}

bool ActionBook::holds(const QAction *action) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [action](const Entry &e) { return e.action == action; });
}

QAction *ActionBook::add(const char *name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> run)
{
    auto *action = new QAction(text, &m_window);
    action->setObjectName(QLatin1String("shell.") + QLatin1String(name));
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WindowShortcut);
    QObject::connect(action, &QAction::triggered, &m_window, [run = std::move(run)] { run(); });
    m_window.addAction(action);
    m_entries.push_back({windowPanel(), action, action->objectName(), nullptr});
    return action;
}

QString ActionBook::nameFor(const QAction &action, const QString &id) const
{
    QString name = action.objectName();
    if (name.isEmpty()) {
        // Settings part their names at slashes.
        QString key = action.shortcut().toString(QKeySequence::PortableText).toLower();
        name = id + QLatin1Char('.') + key.replace(QLatin1Char('/'), QLatin1String("slash")).replace(QLatin1Char('\\'), QLatin1String("backslash"));
    }
    QString free = name;
    for (int n = 2; std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry &e) { return e.name == free; }); ++n)
        free = name + QLatin1Char('-') + QString::number(n);
    return free;
}

void ActionBook::adopt(const QString &panel, const QWidget &root, const QString &id)
{
    QList<const QWidget *> widgets{&root};
    for (const QWidget *child : root.findChildren<QWidget *>())
        widgets << child;
    for (const QWidget *widget : widgets) {
        // Text fields and menus carry Qt's own actions.
        if (qobject_cast<const QLineEdit *>(widget) != nullptr || qobject_cast<const QMenu *>(widget) != nullptr)
            continue;
        for (QAction *action : widget->actions()) {
            // Qt marks its own with "_q_", such as the cross that clears a field.
            // A button that opens a menu has that menu for an action.
            if (!action->isSeparator() && action->menu() == nullptr && !action->objectName().startsWith(QLatin1String("_q_")) && !holds(action))
                m_entries.push_back({panel, action, nameFor(*action, id), &root});
        }
    }
}

std::vector<Pick> ActionBook::picks() const
{
    std::vector<Pick> picks;
    for (const Entry &entry : m_entries) {
        Pick pick;
        pick.text = entry.text();
        pick.hint = entry.panel == windowPanel() ? QString() : entry.panel;
        if (entry.action->isCheckable() && entry.action->isChecked())
            pick.hint += QStringLiteral(" ✓");
        pick.keys = entry.action->shortcut().toString(QKeySequence::NativeText);
        pick.enabled = entry.action->isEnabled();
        pick.run = [action = QPointer<QAction>(entry.action)] {
            if (action)
                action->trigger();
        };
        picks.push_back(std::move(pick));
    }
    return picks;
}

void ActionBook::fill(QMenu &menu) const
{
    menu.clear();
    QMenu *submenu = nullptr;
    QString panel;
    for (const Entry &entry : m_entries) {
        if (entry.panel == windowPanel()) {
            menu.addAction(entry.action);
            continue;
        }
        if (submenu == nullptr || panel != entry.panel) {
            panel = entry.panel;
            if (submenu == nullptr)
                menu.addSeparator();
            submenu = menu.addMenu(panel);
        }
        submenu->addAction(entry.action);
    }
}

} // namespace qd::shell
