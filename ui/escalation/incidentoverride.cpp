// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/incidentoverride.h"

#include "core/base/time.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"
#include "ui/widgets/typetoarm.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLineEdit>

namespace qd::escalation {

IncidentOverrideDialog::IncidentOverrideDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Override in %1").arg(view->focus), tr("Override"), parent)
    , m_incident(view->focus)
    , m_what(new QComboBox(this))
    , m_who(new QComboBox(this))
    , m_for(new QComboBox(this))
    , m_reason(new widgets::ReasonField(this))
    , m_effect(nullptr)
    , m_arm(new widgets::TypeToArm(this))
{
    for (const view::IncidentRow &row : view->incidents)
        if (row.id == m_incident)
            m_service = row.service;
    for (const auto *rows : {&view->active, &view->standing})
        for (const view::AlertRow &row : *rows)
            if (row.incident == m_incident)
                m_alerts << row.key;
    const auto count = static_cast<int>(m_alerts.size());
    if (count > 0)
        m_what->addItem(tr("Hold: its %Ln alert(s) call nobody", nullptr, count), Hold);
    if (!m_service.isEmpty()) {
        m_what->addItem(tr("Silence %1: also alerts to come").arg(m_service), Silence);
        m_what->addItem(tr("Maintenance of %1: quiet, what resolves is resolved").arg(m_service), Maintenance);
    }
    if (count > 0) {
        m_what->addItem(tr("Give its %Ln alert(s) to somebody", nullptr, count), Give);
        m_what->addItem(tr("Call on: the next step, now"), NextStep);
        m_what->addItem(tr("Call on: this person, whoever the policy names"), CallOn);
    }
    for (const view::Labelled &person : view->names)
        m_who->addItem(person.value, person.name);
    m_for->addItems({QStringLiteral("15m"), QStringLiteral("30m"), QStringLiteral("1h"), QStringLiteral("2h"), QStringLiteral("8h")});
    m_for->setEditable(true);
    m_for->setCurrentIndex(2);
    m_reason->setHint(tr("why; everybody who wonders reads it"));
    addField(tr("What"), m_what);
    addField(tr("Who"), m_who);
    addField(tr("For"), m_for, tr("It ends by itself then, stands in force in the stack until then, and Ctrl+Z takes it back."));
    addField(tr("Reason"), m_reason);
    m_effect = addNote({});
    addField(tr("To arm"), m_arm);
    finish();
    connect(m_what, &QComboBox::currentIndexChanged, this, &IncidentOverrideDialog::check);
    connect(m_who, &QComboBox::currentIndexChanged, this, &IncidentOverrideDialog::check);
    connect(m_for, &QComboBox::currentTextChanged, this, &IncidentOverrideDialog::check);
    connect(m_reason, &QComboBox::editTextChanged, this, &IncidentOverrideDialog::check);
    connect(m_arm, &widgets::TypeToArm::armedChanged, this, &IncidentOverrideDialog::check);
    check();
    m_what->setFocus();
}

IncidentOverrideDialog::What IncidentOverrideDialog::what() const
{
    return static_cast<What>(m_what->currentData().toInt());
}

bool IncidentOverrideDialog::isOutward() const
{
    return what() == NextStep || what() == CallOn;
}

QString IncidentOverrideDialog::effect() const
{
    const QString span = m_for->currentText().trimmed(), who = m_who->currentText();
    const auto count = static_cast<int>(m_alerts.size());
    switch (what()) {
    case Hold: return tr("Return: %Ln alert(s) call nobody for %1. Ctrl+Z takes it back.", nullptr, count).arg(span);
    case Silence: return tr("Return: what fires on %1 is quiet for %2, here and for every source. Ctrl+Z takes it back.").arg(m_service, span);
    case Maintenance: return tr("Return: %1 is in maintenance for %2. Ctrl+Z takes it back.").arg(m_service, span);
    case Give: return tr("Return: %Ln alert(s) are %1's. Ctrl+Z takes it back.", nullptr, count).arg(who);
    case NextStep: return tr("People are called, which nobody takes back.");
    case CallOn: break;
    }
    return tr("%1 is called, which nobody takes back.").arg(who);
}

void IncidentOverrideDialog::check()
{
    if (m_what->count() == 0) {
        m_what->setEnabled(false);
        return setReady(false, tr("Nothing of it fires, and it is about no service: there is nothing to override."));
    }
    const bool ends = what() == Hold || what() == Silence || what() == Maintenance;
    m_for->setEnabled(ends);
    m_who->setEnabled(what() == Give || what() == CallOn);
    m_arm->setTarget(isOutward() ? m_incident : QString());
    setFieldVisible(m_arm, isOutward());
    m_effect->setPlain(effect());
    const Result<Span> span = parseSpan(m_for->currentText().trimmed().toStdString());
    if (ends && (!span || span->ns <= 0))
        return setReady(false, tr("“For” cannot be read; write 10m or 1h."));
    // What keeps quiet needs its reason at once; of the rest the incident owes it.
    setReady(m_arm->isArmed() && (!ends || !m_reason->reason().isEmpty()));
}

QString IncidentOverrideDialog::method() const
{
    switch (what()) {
    case Hold: return QStringLiteral("alert.hold");
    case Silence: return QStringLiteral("silence.create");
    case Maintenance: return QStringLiteral("maintenance.plan");
    case Give: return QStringLiteral("alert.assign");
    case NextStep:
    case CallOn: break;
    }
    return QStringLiteral("alert.escalate");
}

QJsonObject IncidentOverrideDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("reason"), m_reason->reason()}};
    if (m_for->isEnabled())
        out.insert(QStringLiteral("duration"), m_for->currentText().trimmed());
    if (what() == Silence)
        out.insert(QStringLiteral("matchers"), QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("service")}, {QStringLiteral("value"), m_service},
                                                                      {QStringLiteral("isRegex"), false}, {QStringLiteral("isEqual"), true}}});
    else if (what() == Maintenance)
        out.insert(QStringLiteral("service"), m_service);
    else
        out.insert(QStringLiteral("alerts"), QJsonArray::fromStringList(m_alerts));
    if (m_who->isEnabled())
        out.insert(QStringLiteral("person"), m_who->currentData().toString());
    return out;
}

} // namespace qd::escalation
