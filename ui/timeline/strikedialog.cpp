// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/strikedialog.h"

#include "ui/widgets/readingbox.h"
#include "ui/widgets/typetoarm.h"

#include <QLineEdit>

namespace qd::timeline {

namespace {
constexpr int kReasonBytes = 500;
}

StrikeDialog::StrikeDialog(const style::Theme &theme, const QString &incident, const QString &record, const QString &words, bool isSecret, QWidget *parent)
    : FormDialog(theme, tr("Strike the text of record %1").arg(record), tr("Strike it"), parent)
    , m_incident(incident)
    , m_record(record)
    , m_words(new widgets::ReadingBox(theme, words.isEmpty() ? tr("What record %1 says is not shown here.").arg(record) : words, this))
    , m_reason(new QLineEdit(isSecret ? tr("held a secret") : QString(), this))
    , m_arm(new widgets::TypeToArm(this))
{
    m_reason->setMaxLength(kReasonBytes);
    m_arm->setTarget(record);
    addField(tr("Will be gone"), m_words,
             tr("With every text of that record, its edits, and each copy the console wrote of it, for everybody and for good. That it was struck, by whom and why, stays. What chat rooms and their servers hold stays there until somebody takes it out."));
    addField(tr("Why"), m_reason, tr("It stays in the record: not the words themselves."));
    addField(tr("The record's number"), m_arm);
    finish();
    connect(m_reason, &QLineEdit::textChanged, this, &StrikeDialog::check);
    connect(m_arm, &widgets::TypeToArm::armedChanged, this, &StrikeDialog::check);
    check();
    (isSecret ? static_cast<QWidget *>(m_arm) : m_reason)->setFocus();
}

void StrikeDialog::check()
{
    const bool isSaid = !m_reason->text().trimmed().isEmpty();
    setReady(m_arm->isArmed() && isSaid, !isSaid ? tr("Say why.") : m_arm->isArmed() ? QString() : tr("Type the record's number, which arms it."));
}

QJsonObject StrikeDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("entry"), m_record}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
    if (!m_incident.isEmpty())
        out.insert(QStringLiteral("incident"), m_incident);
    return out;
}

QString StrikeDialog::words() const
{
    return m_words->plain();
}

} // namespace qd::timeline
