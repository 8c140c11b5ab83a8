// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/shelvedialog.h"

#include "core/triage/shelfcap.h"
#include "ui/triage/spanwords.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>
#include <algorithm>

namespace qd::triage {

ShelveDialog::ShelveDialog(const style::Theme &theme, const std::vector<view::AlertRow> &alerts, QWidget *parent)
    : FormDialog(theme, tr("Shelve alerts"), tr("Shelve"), parent)
    , m_cap(hours(24))
    , m_duration(new QComboBox(this))
    , m_oneShot(new QCheckBox(tr("or sooner, once it clears"), this))
    , m_reason(new widgets::ReasonField(this))
{
    for (const view::AlertRow &alert : alerts) {
        m_keys << alert.key;
        m_cap = std::min(m_cap, shelfCap(alert.severity));
    }
    addNote(alerts.size() == 1 ? alerts.front().title : tr("%Ln alert(s)", nullptr, static_cast<int>(alerts.size())));
    for (const Span span : {minutes(5), minutes(15), minutes(30), hours(1), hours(4), hours(8), hours(24)})
        if (span <= m_cap)
            m_duration->addItem(inWords(span));
    m_duration->setEditable(true);
    m_duration->setCurrentIndex(m_duration->count() - 1);
    addField(tr("For"), m_duration, tr("At most %1 at this severity; then it is announced as new if it still fires.").arg(inWords(m_cap)));
    addField(tr("Until"), m_oneShot);
    m_reason->setHint(tr("why it can wait"));
    addField(tr("Reason"), m_reason);
    finish();
    connect(m_duration, &QComboBox::currentTextChanged, this, &ShelveDialog::check);
    connect(m_reason, &QComboBox::editTextChanged, this, &ShelveDialog::check);
    check();
    m_reason->setFocus();
}

void ShelveDialog::check()
{
    const Result<Span> span = parseSpan(m_duration->currentText().trimmed().toStdString());
    if (!span || span->ns <= 0)
        return setReady(false, tr("“For” cannot be read; write 10m or 1h."));
    if (*span > m_cap)
        return setReady(false, tr("Alerts of this severity are shelved for at most %1.").arg(inWords(m_cap)));
    setReady(!m_reason->reason().isEmpty());
}

QJsonObject ShelveDialog::arguments() const
{
    return {{QStringLiteral("alerts"), QJsonArray::fromStringList(m_keys)},
            {QStringLiteral("duration"), m_duration->currentText().trimmed()},
            {QStringLiteral("oneShot"), m_oneShot->isChecked()},
            {QStringLiteral("reason"), m_reason->reason()}};
}

} // namespace qd::triage
