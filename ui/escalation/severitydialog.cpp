// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/severitydialog.h"

#include "core/command/severity.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QLineEdit>

namespace qd::escalation {

namespace {

constexpr int kReasonLimit = 500;
constexpr int kSeverities = 5;

} // namespace

SeverityDialog::SeverityDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Severity of %1").arg(view->focus), tr("Change"), parent)
    , m_incident(view->focus)
    , m_hurt(new QComboBox(this))
    , m_howMany(new QComboBox(this))
    , m_workaround(new QComboBox(this))
    , m_severity(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    for (const view::IncidentRow &incident : view->incidents)
        if (incident.id == view->focus)
            m_now = static_cast<int>(incident.severity);
    // In the order of the rule's own values, below the unanswered one.
    m_hurt->addItems({tr("not answered"), tr("no"), tr("not yet, but soon"), tr("yes")});
    m_howMany->addItems({tr("not answered"), tr("few"), tr("some"), tr("most or all")});
    m_workaround->addItems({tr("not answered"), tr("no"), tr("yes")});
    for (int n = 1; n <= kSeverities; ++n)
        m_severity->addItem(QStringLiteral("SEV%1").arg(n));
    m_severity->setCurrentIndex(m_now - 1);
    m_reason->setMaxLength(kReasonLimit);
    addField(tr("Are customers hurt?"), m_hurt);
    addField(tr("How many?"), m_howMany);
    addField(tr("Is there a workaround?"), m_workaround);
    m_arithmetic = addNote(tr("Answer the three questions, or choose below. In doubt the higher one."));
    addField(tr("Severity"), m_severity);
    addField(tr("Reason"), m_reason);
    finish();
    for (QComboBox *box : {m_hurt, m_howMany, m_workaround})
        connect(box, &QComboBox::currentIndexChanged, this, &SeverityDialog::suggest);
    connect(m_severity, &QComboBox::currentIndexChanged, this, &SeverityDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &SeverityDialog::check);
    check();
    m_hurt->setFocus();
}

void SeverityDialog::suggest()
{
    if (m_hurt->currentIndex() == 0 || m_howMany->currentIndex() == 0 || m_workaround->currentIndex() == 0)
        return;
    const auto s = command::suggestSeverity(static_cast<command::Hurt>(m_hurt->currentIndex() - 1), static_cast<command::HowMany>(m_howMany->currentIndex() - 1),
                                            static_cast<command::Workaround>(m_workaround->currentIndex() - 1));
    m_arithmetic->setPlain(tr("Suggested: %1").arg(QString::fromStdString(s.arithmetic)));
    m_severity->setCurrentIndex(static_cast<int>(s.severity) - 1);
}

void SeverityDialog::check()
{
    const int chosen = m_severity->currentIndex() + 1;
    if (chosen == m_now)
        return setReady(false, tr("That is its severity now."));
    const bool explained = chosen < m_now || !m_reason->text().trimmed().isEmpty();
    setReady(explained, explained ? QString() : tr("Say why it is less severe than SEV%1.").arg(m_now));
}

QJsonObject SeverityDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("severity"), m_severity->currentText()}};
    if (const QString text = m_reason->text().trimmed(); !text.isEmpty())
        out.insert(QStringLiteral("reason"), text);
    return out;
}

} // namespace qd::escalation
