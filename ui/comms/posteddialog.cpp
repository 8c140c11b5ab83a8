// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/posteddialog.h"

#include <QLineEdit>

namespace qd::comms {

namespace {

constexpr int kWhereLength = 60;

} // namespace

PostedDialog::PostedDialog(const style::Theme &theme, const QString &incident, const QString &update, const QString &where, QWidget *parent)
    : FormDialog(theme, tr("Update %1 is posted by hand").arg(update), tr("Record it"), parent)
    , m_incident(incident)
    , m_update(update)
    , m_where(new QLineEdit(where, this))
{
    m_where->setMaxLength(kWhereLength);
    addField(tr("Where"), m_where, tr("Slack, Teams, mail, telephone: where its audience has read or heard it."));
    finish();
    connect(m_where, &QLineEdit::textChanged, this, &PostedDialog::check);
    check();
    m_where->selectAll();
    m_where->setFocus();
}

void PostedDialog::check()
{
    setReady(!m_where->text().trimmed().isEmpty());
}

QJsonObject PostedDialog::arguments() const
{
    return {{QStringLiteral("incident"), m_incident}, {QStringLiteral("update"), m_update.toInt()}, {QStringLiteral("where"), m_where->text().trimmed()}};
}

} // namespace qd::comms
