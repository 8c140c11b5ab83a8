// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/severitydialog.h"

#include "ui/escalation/severityquestions.h"
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
    , m_questions(new SeverityQuestions(this))
    , m_severity(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    for (const view::IncidentRow &incident : view->incidents)
        if (incident.id == view->focus)
            m_now = static_cast<int>(incident.severity);
    for (int n = 1; n <= kSeverities; ++n)
        m_severity->addItem(QStringLiteral("SEV%1").arg(n));
    m_severity->setCurrentIndex(m_now - 1);
    m_reason->setMaxLength(kReasonLimit);
    m_affected = addNote(tr("The core is looking what it affects."));
    addField(tr("Are customers hurt?"), m_questions->hurt());
    addField(tr("How many?"), m_questions->howMany());
    addField(tr("Is there a workaround?"), m_questions->workaround());
    m_arithmetic = addNote(tr("Answer the three questions, or choose below. In doubt the higher one."));
    addField(tr("Severity"), m_severity);
    addField(tr("Reason"), m_reason);
    finish();
    connect(m_questions, &SeverityQuestions::changed, this, &SeverityDialog::suggest);
    connect(m_severity, &QComboBox::currentIndexChanged, this, &SeverityDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &SeverityDialog::check);
    check();
    m_questions->hurt()->setFocus();
}

void SeverityDialog::setExplained(const QJsonObject &item)
{
    m_questions->setExplained(item);
    m_affected->setPlain(m_questions->affected());
}

void SeverityDialog::suggest()
{
    if (const QString words = m_questions->suggestion(); !words.isEmpty()) {
        m_arithmetic->setPlain(words);
        m_severity->setCurrentText(m_questions->severity());
    }
    check();
}

void SeverityDialog::check()
{
    const int chosen = m_severity->currentIndex() + 1;
    if (m_questions->isAnswered() && !m_questions->isExplained())
        return setReady(false, tr("The core is looking what it affects."));
    if (chosen == m_now && !m_questions->isAnswered())
        return setReady(false, tr("That is its severity now."));
    const bool explained = chosen <= m_now || !m_reason->text().trimmed().isEmpty();
    setReady(explained, explained ? QString() : tr("Say why it is less severe than SEV%1.").arg(m_now));
}

QJsonObject SeverityDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("severity"), m_severity->currentText()}};
    m_questions->insertInto(out);
    if (const QString text = m_reason->text().trimmed(); !text.isEmpty())
        out.insert(QStringLiteral("reason"), text);
    return out;
}

} // namespace qd::escalation
