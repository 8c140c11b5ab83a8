// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/placedialog.h"

#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

namespace qd::escalation {

namespace {

constexpr int kPlaceReasonLimit = 500;

bool isUnderWay(const view::IncidentRow &incident)
{
    return incident.status <= IncidentStatus::Mitigated;
}

} // namespace

PlaceDialog::PlaceDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Where %1 belongs").arg(view->focus), tr("Place it there"), parent)
    , m_incident(view->focus)
    , m_under(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    const auto self = std::find_if(view->incidents.begin(), view->incidents.end(), [this](const view::IncidentRow &i) { return i.id == m_incident; });
    const bool isDrill = self != view->incidents.end() && self->drill;
    for (const view::IncidentRow &other : view->incidents)
        if (isUnderWay(other) && other.id != m_incident && other.drill == isDrill)
            m_under->addItem(other.id + QStringLiteral(" · ") + other.title, other.id);
    m_under->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_under->setMinimumContentsLength(40);
    m_reason->setMaxLength(kPlaceReasonLimit);
    m_reason->setPlaceholderText(tr("why it belongs there, if there is time"));
    m_now = addNote(tr("Asking the core…"));
    addField(tr("Part of"), m_under);
    addField(tr("Reason"), m_reason);
    addNote(tr("It stays an incident of its own, with its own commander. The brief and the stand-down sheet of the one above name it while it is open. What is the same trouble is merged instead."));
    m_takeOut = addButton(tr("Take it out (Ctrl+Return)"));
    m_takeOut->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_takeOut->hide();
    finish();
    connect(m_takeOut, &QPushButton::clicked, this, [this] {
        m_out = true;
        Q_EMIT submitted();
    });
    connect(&doIt(), &QPushButton::clicked, this, [this] { m_out = false; });
    check();
    m_under->setFocus();
}

void PlaceDialog::check()
{
    const bool anywhere = m_under->count() > 0;
    setReady(anywhere, anywhere ? QString() : tr("There is no other open incident it could be part of."));
}

void PlaceDialog::setKnown(const QJsonObject &item)
{
    const QString parent = item.value(QLatin1String("parent")).toString();
    QStringList parts;
    for (const QJsonValue &part : item.value(QLatin1String("parts")).toArray())
        parts << part.toString();
    QString words = parent.isEmpty() ? tr("%1 is part of no other incident.").arg(m_incident) : tr("%1 is part of the work on %2.").arg(m_incident, parent);
    if (!parts.isEmpty())
        words += QLatin1Char(' ') + tr("Part of it: %1.").arg(parts.join(QStringLiteral(", ")));
    m_now->setPlain(words);
    m_takeOut->setVisible(!parent.isEmpty());
    if (const int at = m_under->findData(parent); at >= 0)
        m_under->setCurrentIndex(at);
}

QString PlaceDialog::now() const
{
    return m_now->plain();
}

QJsonObject PlaceDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}};
    if (!m_out)
        out.insert(QStringLiteral("parent"), m_under->currentData().toString());
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

} // namespace qd::escalation
