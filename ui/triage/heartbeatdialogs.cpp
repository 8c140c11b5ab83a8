// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/heartbeatdialogs.h"

#include "core/model/workspace.h"
#include "ui/triage/spanwords.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

namespace qd::triage {

namespace {

constexpr int kReasonLimit = 500;
constexpr Span kLongest = hours(24 * 30);

bool isSpan(const QString &text, Span most)
{
    const Result<Span> span = parseSpan(text.trimmed().toStdString());
    return span && span->ns > 0 && *span <= most;
}

} // namespace

MuteDialog::MuteDialog(const style::Theme &theme, const view::HeartbeatRow &heartbeat, QWidget *parent)
    : FormDialog(theme, tr("Mute a heartbeat"), tr("Mute"), parent)
    , m_id(heartbeat.id)
    , m_duration(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    addNote(heartbeat.name);
    for (const Span span : {hours(1), hours(4), hours(8), hours(24), hours(24 * 7)})
        m_duration->addItem(inWords(span));
    m_duration->setEditable(true);
    m_duration->setCurrentIndex(1);
    addField(tr("For"), m_duration, tr("At most 30d. It is watched on; what is still missed then is announced as new."));
    m_reason->setMaxLength(kReasonLimit);
    m_reason->setPlaceholderText(tr("why nobody needs to know"));
    addField(tr("Reason"), m_reason);
    finish();
    connect(m_duration, &QComboBox::currentTextChanged, this, &MuteDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &MuteDialog::check);
    check();
    m_reason->setFocus();
}

void MuteDialog::check()
{
    if (!isSpan(m_duration->currentText(), kLongest))
        return setReady(false, tr("“For” cannot be read; write 4h or 2d, at most 30d."));
    setReady(!m_reason->text().trimmed().isEmpty());
}

QJsonObject MuteDialog::arguments() const
{
    return {{QStringLiteral("heartbeat"), m_id}, {QStringLiteral("duration"), m_duration->currentText().trimmed()}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
}

DryRunDialog::DryRunDialog(const style::Theme &theme, const view::HeartbeatRow &heartbeat, QWidget *parent)
    : FormDialog(theme, tr("Other numbers for a heartbeat"), tr("Try"), parent)
    , m_id(heartbeat.id)
    , m_misses(new QSpinBox(this))
    , m_of(new QSpinBox(this))
    , m_grace(new QLineEdit(inWords(heartbeat.grace), this))
    , m_interval(new QLineEdit(inWords(heartbeat.interval), this))
    , m_since(new QComboBox(this))
{
    addNote(tr("%1: what was recorded, folded with other numbers. Nothing is changed; to keep them, write them into the workspace.").arg(heartbeat.name));
    m_misses->setRange(1, static_cast<int>(kHeartbeatWindows));
    m_of->setRange(1, static_cast<int>(kHeartbeatWindows));
    m_misses->setValue(heartbeat.misses);
    m_of->setValue(heartbeat.of);
    addField(tr("Windows missed"), m_misses);
    addField(tr("Of the last"), m_of);
    addField(tr("Interval"), m_interval);
    addField(tr("Grace"), m_grace);
    for (const char *since : {"24h", "7d", "30d", "90d"})
        m_since->addItem(QLatin1String(since));
    m_since->setEditable(true);
    m_since->setCurrentIndex(2);
    addField(tr("Since"), m_since, tr("How long ago, such as 30d, or an instant."));
    finish();
    connect(m_misses, &QSpinBox::valueChanged, this, [this](int misses) {
        if (m_of->value() < misses)
            m_of->setValue(misses);
    });
    for (QLineEdit *field : {m_grace, m_interval})
        connect(field, &QLineEdit::textChanged, this, &DryRunDialog::check);
    connect(m_of, &QSpinBox::valueChanged, this, &DryRunDialog::check);
    check();
    m_misses->setFocus();
    m_misses->selectAll();
}

void DryRunDialog::check()
{
    const Result<Span> grace = parseSpan(m_grace->text().trimmed().toStdString());
    if (!isSpan(m_interval->text(), hours(24 * 366)) || !grace)
        return setReady(false, tr("A length of time cannot be read; write 90s, 5m or 1d."));
    if (m_of->value() < m_misses->value())
        return setReady(false, tr("It cannot miss more windows than are looked at."));
    setReady(true);
}

QJsonObject DryRunDialog::arguments() const
{
    return {{QStringLiteral("heartbeat"), m_id},
            {QStringLiteral("misses"), m_misses->value()},
            {QStringLiteral("of"), m_of->value()},
            {QStringLiteral("grace"), m_grace->text().trimmed()},
            {QStringLiteral("interval"), m_interval->text().trimmed()},
            {QStringLiteral("since"), m_since->currentText().trimmed()}};
}

} // namespace qd::triage
