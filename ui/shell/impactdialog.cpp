// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/impactdialog.h"

#include "ui/shell/declaredialog.h"
#include "ui/widgets/timeinput.h"

#include <QLineEdit>
#include <algorithm>

namespace qd::shell {

namespace {
constexpr int kMomentLetters = 40, kImpactReasonLimit = 500;
}

ImpactDialog::ImpactDialog(const style::Theme &theme, const view::ViewModelPtr &view, Instant now, QWidget *parent)
    : FormDialog(theme, tr("Since when %1 hurts").arg(view->focus), tr("Correct"), parent)
    , m_incident(view->focus)
    , m_now(now)
    , m_since(new QLineEdit(this))
    , m_reason(new QLineEdit(this))
{
    const auto row = std::find_if(view->incidents.begin(), view->incidents.end(), [this](const view::IncidentRow &i) { return i.id == m_incident; });
    const Instant known = row == view->incidents.end() ? Instant{} : row->impactSince ? row->impactSince : row->declaredAt;
    m_since->setMaxLength(kMomentLetters);
    m_since->setText(known ? widgets::typedMoment(known) : QString());
    m_reason->setMaxLength(kImpactReasonLimit);
    m_reason->setPlaceholderText(tr("how one knows, if there is time"));
    addField(tr("Hurts since (UTC)"), m_since, tr("2026-11-23 14:01, 14:01, or 20m for twenty minutes ago. How long it took to notice and to mend is reckoned from here."));
    addField(tr("Reason"), m_reason);
    addNote(tr("Both times are in the record: the one that was thought, and the one that is known now."));
    finish();
    connect(m_since, &QLineEdit::textChanged, this, &ImpactDialog::check);
    check();
    m_since->setFocus();
    m_since->selectAll();
}

void ImpactDialog::check()
{
    if (m_since->text().trimmed().isEmpty())
        return setReady(false);
    const bool read{DeclareDialog::readSince(m_since->text(), m_now)};
    setReady(read, read ? QString() : tr("“Since” cannot be read, or is still to come; write 2026-11-23 14:01, 14:01, or 20m for twenty minutes ago."));
}

QJsonObject ImpactDialog::arguments() const
{
    QJsonObject out{{QStringLiteral("incident"), m_incident}, {QStringLiteral("since"), QString::fromStdString(toRfc3339(DeclareDialog::readSince(m_since->text(), m_now)))}};
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        out.insert(QStringLiteral("reason"), reason);
    return out;
}

} // namespace qd::shell
