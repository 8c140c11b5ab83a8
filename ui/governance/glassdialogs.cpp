// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/governance/glassdialogs.h"

#include "core/model/rights.h"
#include "ui/governance/fields.h"
#include "ui/governance/glass.h"
#include "ui/governance/kept.h"
#include "ui/widgets/timetext.h"

#include <QComboBox>
#include <QLineEdit>
#include <algorithm>

namespace qd::governance {

namespace {
const QString kOfService = QStringLiteral("service"), kOfIncident = QStringLiteral("incident"); ///< arguments of access.break
constexpr Span kGlassLeast = minutes(1), kGlassMost = hours(4);                                 ///< core/desk/identities.h
constexpr int kSpanLetters = 20;
}

BreakGlassDialog::BreakGlassDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Break the glass: take a right for a time"), tr("Take it"), parent)
    , m_role(wideChoice(this))
    , m_where(wideChoice(this))
    , m_span(longLine(kSpanLetters, QStringLiteral("30m"), this))
    , m_reason(longLine(kReasonLetters, tr("what cannot wait, and for what it is needed"), this))
{
    for (const Right right : {Right::Respond, Right::Command, Right::Publish, Right::Administer}) {
        const QString sent = QString::fromUtf8(word(right).data(), static_cast<qsizetype>(word(right).size()));
        m_role->addItem(roleWords(sent), sent);
    }
    m_role->setCurrentIndex(1);
    for (const view::IncidentRow &incident : view->incidents)
        m_where->addItem(incident.id + QStringLiteral(" · ") + incident.title, QStringList{kOfIncident, incident.id});
    for (const QString &service : view->services)
        m_where->addItem(tr("service %1").arg(service), QStringList{kOfService, service});
    m_where->addItem(tr("everything"));
    const auto inFocus = std::find_if(view->incidents.begin(), view->incidents.end(), [&](const view::IncidentRow &each) { return each.id == view->focus; });
    m_where->setCurrentIndex(inFocus == view->incidents.end() ? m_where->count() - 1 : static_cast<int>(inFocus - view->incidents.begin()));
    addField(tr("Which right"), m_role, tr("It gives no clearance: what is restricted stays sealed, and what is read of it is recorded as ever."));
    addField(tr("Where"), m_where);
    addField(tr("How long"), m_span, tr("From 1m to 4h; left empty, 30 minutes. It ends by itself."));
    addField(tr("Why"), m_reason, tr("It is recorded, and told at once to two others: who administers first, then who may command there."));
    finish();
    connect(m_span, &QLineEdit::textChanged, this, &BreakGlassDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &BreakGlassDialog::check);
    check();
    m_reason->setFocus();
}

void BreakGlassDialog::check()
{
    const QString span = m_span->text().trimmed();
    if (!span.isEmpty()) {
        const Result<Span> read = parseSpan(span.toStdString());
        if (!read || *read < kGlassLeast || *read > kGlassMost)
            return setReady(false, tr("“%1” is no time to take a right for: from 1m to 4h.").arg(span));
    }
    setReady(!m_reason->text().trimmed().isEmpty());
}

QJsonObject BreakGlassDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("role"), m_role->currentData().toString()}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
    if (const QStringList where = m_where->currentData().toStringList(); where.size() == 2)
        out.insert(where.first(), where.last());
    if (const QString span = m_span->text().trimmed(); !span.isEmpty())
        out.insert(QStringLiteral("duration"), span);
    return out;
}

EndGlassDialog::EndGlassDialog(const style::Theme &theme, std::vector<view::Glass> glass, Instant now, QWidget *parent)
    : FormDialog(theme, tr("End a right that was taken for a time"), tr("End it"), parent)
    , m_which(wideChoice(this))
    , m_reason(longLine(kReasonLetters, tr("may be left empty"), this))
{
    for (const view::Glass &each : glass)
        m_which->addItem(tr("%1: %2, %3 left").arg(each.person, glassWords(each), widgets::shortAge(each.until - now)), each.number);
    addField(tr("Which"), m_which, tr("One's own; of others whoever administers."));
    addField(tr("Why"), m_reason);
    finish();
    setReady(m_which->count() > 0);
    m_reason->setFocus();
}

QJsonObject EndGlassDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("number"), static_cast<qint64>(m_which->currentData().toUInt())}};
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

} // namespace qd::governance
