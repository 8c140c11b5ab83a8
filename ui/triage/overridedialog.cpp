// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/overridedialog.h"

#include "core/base/time.h"
#include "ui/widgets/reasonfield.h"

#include <QComboBox>
#include <QLineEdit>

namespace qd::triage {

namespace {

constexpr int kOverrideTextLimit = 500;

} // namespace

OverrideDialog::OverrideDialog(const style::Theme &theme, const Asks &asks, const QJsonObject &about, QWidget *parent)
    : FormDialog(theme, asks.title, asks.verb, parent)
    , m_about(about)
    , m_nameArgument(asks.nameArgument)
    , m_needsReason(asks.needsReason)
    , m_hasReason(asks.hasReason)
    , m_reason(new widgets::ReasonField(this))
{
    addNote(asks.note);
    if (!asks.durations.isEmpty()) {
        m_duration = new QComboBox(this);
        m_duration->addItems(asks.durations);
        m_duration->setEditable(true);
        m_duration->setCurrentIndex(asks.durations.size() / 2);
        addField(tr("For"), m_duration);
        connect(m_duration, &QComboBox::currentTextChanged, this, &OverrideDialog::check);
    }
    if (!asks.name.isEmpty()) {
        m_name = new QLineEdit(this);
        m_name->setMaxLength(kOverrideTextLimit);
        m_name->setPlaceholderText(asks.nameHint);
        addField(asks.name, m_name);
        connect(m_name, &QLineEdit::textChanged, this, &OverrideDialog::check);
    }
    m_reason->setHint(asks.needsReason ? tr("why") : tr("why; may be left out"));
    if (m_hasReason)
        addField(tr("Reason"), m_reason);
    else
        m_reason->hide();
    finish();
    connect(m_reason, &QComboBox::currentTextChanged, this, &OverrideDialog::check);
    check();
    (m_hasReason ? static_cast<QWidget *>(m_reason) : m_name)->setFocus();
}

void OverrideDialog::check()
{
    if (m_duration != nullptr) {
        const Result<Span> span = parseSpan(m_duration->currentText().trimmed().toStdString());
        if (!span || span->ns <= 0)
            return setReady(false, tr("“For” cannot be read; write 10m or 1h."));
    }
    if (!m_hasReason)
        return setReady(m_name != nullptr && !m_name->text().trimmed().isEmpty());
    setReady(!m_needsReason || !m_reason->reason().isEmpty());
}

QJsonObject OverrideDialog::arguments() const
{
    QJsonObject out = m_about;
    if (m_duration != nullptr)
        out.insert(QStringLiteral("duration"), m_duration->currentText().trimmed());
    if (m_name != nullptr && !m_name->text().trimmed().isEmpty())
        out.insert(m_nameArgument, m_name->text().trimmed());
    if (const QString reason = m_reason->reason(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

} // namespace qd::triage
