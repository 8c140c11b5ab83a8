// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/roomdialog.h"

#include <QLineEdit>
#include <QPushButton>

namespace qd::escalation {

RoomDialog::RoomDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("A room for %1").arg(view->focus), tr("Make a room"), parent)
    , m_incident(view->focus)
    , m_address(new QLineEdit(this))
{
    m_address->setPlaceholderText(tr("a new one"));
    m_address->setMaxLength(kAddressLength);
    addField(tr("Room"), m_address, tr("The address of a chat room where people talk about it already; what was said there since it began is read. Left empty, a new one is made where chat is armed for rooms."));
    finish();
    connect(m_address, &QLineEdit::textChanged, this, [this] {
        doIt().setText(address().isEmpty() ? tr("Make a room") : tr("Attach the room"));
    });
    setReady(true);
    m_address->setFocus();
}

QString RoomDialog::address() const { return m_address->text().trimmed(); }

QString RoomDialog::method() const
{
    return address().isEmpty() ? QStringLiteral("incident.makeroom") : QStringLiteral("incident.room");
}

QJsonObject RoomDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (!address().isEmpty())
        out.insert(QStringLiteral("room"), address());
    return out;
}

} // namespace qd::escalation
