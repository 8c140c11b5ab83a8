// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/leaveroomdialog.h"

#include "core/model/connection.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QJsonArray>
#include <QPushButton>

namespace qd::escalation {

namespace {

QJsonArray roomsOf(const QJsonObject &item)
{
    QJsonArray out;
    for (const QJsonValue &room : item.value(QLatin1String("rooms")).toArray())
        if (room.toObject().value(QLatin1String("leftAt")).isNull())
            out.append(room);
    return out;
}

/// Whether the platform of this connection can archive a room.
bool canArchive(const view::ViewModel &view, const QString &connection)
{
    for (const view::Feed &feed : view.strip.feeds)
        if (feed.name == connection)
            return archivesRooms(feed.kind.toStdString());
    return false;
}

} // namespace

LeaveRoomDialog::LeaveRoomDialog(const style::Theme &theme, const view::ViewModelPtr &view, const QJsonObject &item, QWidget *parent)
    : FormDialog(theme, tr("Leave a room of %1").arg(view->focus), tr("Leave"), parent)
    , m_incident(view->focus)
    , m_room(new QComboBox(this))
{
    for (const QJsonValue &each : roomsOf(item)) {
        const QString address = each.toObject().value(QLatin1String("room")).toString(), connection = each.toObject().value(QLatin1String("connection")).toString();
        m_room->addItem(connection.isEmpty() ? address : tr("%1 · by %2").arg(address, connection), address);
        m_room->setItemData(m_room->count() - 1, canArchive(*view, connection), Qt::UserRole + 1);
    }
    addField(tr("Room"), m_room);
    addNote(tr("From then on nothing said there is read, and nothing is written there. What was said stays in the record. Archived, it stays to be read at its platform, and nobody writes in it any more."));
    m_archive = addButton(tr("Archive and leave"));
    finish();
    connect(m_archive, &QPushButton::clicked, this, [this] {
        m_isArchived = true;
        Q_EMIT submitted();
    });
    connect(&doIt(), &QPushButton::clicked, this, [this] { m_isArchived = false; });
    connect(m_room, &QComboBox::currentIndexChanged, this, &LeaveRoomDialog::check);
    check();
    m_room->setFocus();
}

bool LeaveRoomDialog::isPossible(const QJsonObject &item)
{
    return !roomsOf(item).isEmpty();
}

void LeaveRoomDialog::check()
{
    m_archive->setVisible(m_room->currentData(Qt::UserRole + 1).toBool());
    setReady(m_room->count() > 0);
}

QJsonObject LeaveRoomDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("room"), m_room->currentData().toString()}};
    if (m_isArchived)
        out.insert(QStringLiteral("archive"), true);
    return out;
}

} // namespace qd::escalation
