// SPDX-License-Identifier: GPL-3.0-or-later
// The links that are pinned to the incident: their rows, and what the stack's keys do to them.
#include "ui/escalation/commandstack.h"

#include "ui/escalation/linkdialog.h"
#include "ui/widgets/plaintext.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace qd::escalation {

Rows linkRows(const view::ViewModel &view)
{
    Rows rows;
    for (const view::PinnedLink &link : view.stack.links) {
        RowContent row;
        row.id = QStringLiteral("link:") + link.title;
        row.lead = link.title;
        row.text = link.url;
        row.key = QStringLiteral("⏎");
        rows.push_back(row);
    }
    return rows;
}

void CommandStack::pinLink()
{
    if (m_view->focus.isEmpty()) {
        Q_EMIT refused(tr("There is no incident to pin a link to."));
        return;
    }
    auto *dialog = new LinkDialog(m_theme, *m_view, window());
    open(dialog, QStringLiteral("incident.pin"), [dialog] { return dialog->arguments(); });
}

/// The window opens nothing outside itself: the address is copied, and whoever wants it pastes it.
void CommandStack::linkMenu(StackRow *row)
{
    const QString title = row->content().lead, url = row->content().text;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(title);
    QAction *copy = menu->addAction(tr("Copy the address"));
    connect(copy, &QAction::triggered, this, [url] { QGuiApplication::clipboard()->setText(url); });
    menu->addSeparator();
    if (!m_view->strip.recorded)
        menu->addAction(widgets::unrecordedText())->setEnabled(false);
    connect(menu->addAction(tr("Take it off")), &QAction::triggered, this, [this, title] { send(QStringLiteral("incident.pin"), {{QStringLiteral("title"), title}, {QStringLiteral("url"), QString()}}); });
    menu->setActiveAction(copy);
    menu->popup(row->mapToGlobal(QPoint(row->width() / 3, row->height())));
}

} // namespace qd::escalation
