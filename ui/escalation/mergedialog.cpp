// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/mergedialog.h"

#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QLineEdit>
#include <algorithm>

namespace qd::escalation {

namespace {

constexpr int kMergeReasonLimit = 500;

bool isOpenIncident(const view::IncidentRow &incident)
{
    return incident.status <= IncidentStatus::Mitigated;
}

} // namespace

MergeDialog::MergeDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Merge incidents"), tr("Merge"), parent)
    , m_from(new QComboBox(this))
    , m_into(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    for (const view::IncidentRow &incident : view->incidents)
        if (isOpenIncident(incident))
            for (QComboBox *box : {m_from, m_into})
                box->addItem(incident.id + QStringLiteral(" · ") + incident.title, incident.id);
    // The one looked at is the one that goes on.
    m_into->setCurrentIndex(std::max(0, m_into->findData(view->focus)));
    m_from->setCurrentIndex(m_into->currentIndex() == 0 ? m_from->count() - 1 : 0);
    for (QComboBox *box : {m_from, m_into}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(40);
        connect(box, &QComboBox::currentIndexChanged, this, &MergeDialog::check);
    }
    m_reason->setMaxLength(kMergeReasonLimit);
    m_reason->setPlaceholderText(tr("why it is the same"));
    addField(tr("Incident"), m_from);
    addField(tr("Becomes part of"), m_into);
    addField(tr("Reason"), m_reason);
    addNote(tr("Its alerts move, its calls end and whoever was called is told once, both rooms are told. Ctrl+Z in the list of alerts takes it back until somebody writes in it."));
    finish();
    connect(m_reason, &QLineEdit::textChanged, this, &MergeDialog::check);
    check();
    m_reason->setFocus();
}

bool MergeDialog::isPossible(const view::ViewModel &view)
{
    return std::count_if(view.incidents.begin(), view.incidents.end(), isOpenIncident) > 1;
}

void MergeDialog::check()
{
    if (m_from->currentData() == m_into->currentData())
        return setReady(false, tr("An incident is merged into another one."));
    setReady(!m_reason->text().trimmed().isEmpty());
}

QJsonObject MergeDialog::arguments() const
{
    return {{QStringLiteral("incident"), m_from->currentData().toString()}, {QStringLiteral("into"), m_into->currentData().toString()}, {QStringLiteral("reason"), m_reason->text().trimmed()}};
}

} // namespace qd::escalation
