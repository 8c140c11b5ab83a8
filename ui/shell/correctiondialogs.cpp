// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/correctiondialogs.h"

#include <QComboBox>
#include <QLineEdit>
#include <algorithm>

namespace qd::shell {

namespace {

constexpr int kCorrectedTitleLimit = 200, kCorrectionReasonLimit = 500;

const view::IncidentRow *focused(const view::ViewModelPtr &view)
{
    const auto row = std::find_if(view->incidents.begin(), view->incidents.end(), [&](const view::IncidentRow &i) { return i.id == view->focus; });
    return row == view->incidents.end() ? nullptr : &*row;
}

QJsonObject corrected(const QString &incident, const QString &field, const QString &value, const QLineEdit *reason)
{
    QJsonObject out{{QStringLiteral("incident"), incident}, {field, value}};
    if (const QString why = reason->text().trimmed(); !why.isEmpty())
        out.insert(QStringLiteral("reason"), why);
    return out;
}

} // namespace

TitleDialog::TitleDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("What %1 is called").arg(view->focus), tr("Correct"), parent)
    , m_incident(view->focus)
    , m_title(new QLineEdit(this))
    , m_reason(new QLineEdit(this))
{
    if (const auto *row = focused(view))
        m_was = row->title;
    m_title->setMaxLength(std::max(kCorrectedTitleLimit, static_cast<int>(m_was.size())));
    if (!m_was.contains(QStringLiteral("[sealed: "))) // the hole is no title
        m_title->setText(m_was);
    m_title->setPlaceholderText(tr("what is broken, for whom"));
    m_reason->setMaxLength(kCorrectionReasonLimit);
    m_reason->setPlaceholderText(tr("how one knows, if there is time"));
    addField(tr("Title"), m_title);
    addField(tr("Reason"), m_reason);
    addNote(tr("Rooms and lists have it from now on. What was sent stays as it was, and the timeline says both."));
    finish();
    const auto check = [this] { setReady(!m_title->text().trimmed().isEmpty() && m_title->text().trimmed() != m_was); };
    connect(m_title, &QLineEdit::textChanged, this, check);
    check();
    m_title->setFocus();
    m_title->selectAll();
}

QJsonObject TitleDialog::arguments() const
{
    return corrected(m_incident, QStringLiteral("title"), m_title->text().trimmed(), m_reason);
}

ServiceDialog::ServiceDialog(const style::Theme &theme, const view::ViewModelPtr &view, QWidget *parent)
    : FormDialog(theme, tr("Which service %1 is of").arg(view->focus), tr("Correct"), parent)
    , m_incident(view->focus)
    , m_service(new QComboBox(this))
    , m_reason(new QLineEdit(this))
{
    const auto *row = focused(view);
    if (row)
        m_was = row->service;
    m_service->setEditable(true);
    m_service->setCompleter(nullptr); // what is typed is meant, not the first that begins so
    m_service->addItems(view->services);
    m_service->setCurrentText(m_was);
    m_service->lineEdit()->setMaxLength(kCorrectedTitleLimit);
    m_service->lineEdit()->setPlaceholderText(tr("the service that suffers"));
    m_reason->setMaxLength(kCorrectionReasonLimit);
    m_reason->setPlaceholderText(tr("how one knows, if there is time"));
    addField(tr("Service"), m_service);
    addField(tr("Reason"), m_reason);
    addNote(row && row->status <= IncidentStatus::Active
                ? tr("Whose it is now is called; calls for the service it was thought to be that nobody answered end. Status pages, the map and rights follow.")
                : tr("Nobody is called for it any more. Status pages, the map and rights follow."));
    finish();
    const auto check = [this] { setReady(!m_service->currentText().trimmed().isEmpty() && m_service->currentText().trimmed() != m_was); };
    connect(m_service, &QComboBox::currentTextChanged, this, check);
    check();
    m_service->setFocus();
    m_service->lineEdit()->selectAll();
}

QJsonObject ServiceDialog::arguments() const
{
    return corrected(m_incident, QStringLiteral("service"), m_service->currentText().trimmed(), m_reason);
}

} // namespace qd::shell
