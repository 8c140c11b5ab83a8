// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/changedialog.h"

#include "ui/shell/declaredialog.h"

#include <QComboBox>
#include <QLineEdit>

namespace qd::shell {

namespace {
constexpr int kTitleLimit = 200, kLinkLimit = 2000;
}

ChangeDialog::ChangeDialog(const style::Theme &theme, const QString &service, const view::ViewModelPtr &view, Instant now, QWidget *parent)
    : FormDialog(theme, tr("Mark a change"), tr("Mark"), parent)
    , m_now(now)
    , m_title(new QLineEdit(this))
    , m_service(new QComboBox(this))
    , m_when(new QLineEdit(this))
    , m_link(new QLineEdit(this))
{
    m_title->setMaxLength(kTitleLimit);
    m_title->setPlaceholderText(tr("config push, deploy 4.2, rollback …"));
    m_service->setEditable(true);
    m_service->addItems(view->services);
    m_service->setCurrentText(service);
    m_service->lineEdit()->setPlaceholderText(tr("none"));
    m_when->setPlaceholderText(tr("now"));
    m_link->setMaxLength(kLinkLimit);
    m_link->setPlaceholderText(QStringLiteral("https://"));
    addField(tr("Change"), m_title);
    addField(tr("Service"), m_service, tr("It is drawn at this service on the map, and ranked by its nearness to what fires."));
    addField(tr("When (UTC)"), m_when, tr("14:01, or 20m for twenty minutes ago."));
    addField(tr("Link"), m_link);
    finish();
    for (QLineEdit *field : {m_title, m_when})
        connect(field, &QLineEdit::textChanged, this, &ChangeDialog::check);
    check();
    m_title->setFocus();
}

void ChangeDialog::check()
{
    const QString when = m_when->text().trimmed();
    const bool timed = when.isEmpty() || DeclareDialog::readSince(when, m_now);
    setReady(timed && !m_title->text().trimmed().isEmpty(), timed ? QString() : tr("“When” cannot be read; write 14:01, or 20m for twenty minutes ago."));
}

QJsonObject ChangeDialog::arguments() const
{
    QJsonObject arguments{{QStringLiteral("title"), m_title->text().trimmed()}};
    if (const QString service = m_service->currentText().trimmed(); !service.isEmpty())
        arguments.insert(QStringLiteral("service"), service);
    if (const QString link = m_link->text().trimmed(); !link.isEmpty())
        arguments.insert(QStringLiteral("link"), link);
    if (const QString when = m_when->text().trimmed(); !when.isEmpty())
        arguments.insert(QStringLiteral("at"), QString::fromStdString(toRfc3339(DeclareDialog::readSince(when, m_now))));
    return arguments;
}

} // namespace qd::shell
