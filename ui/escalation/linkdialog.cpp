// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/linkdialog.h"

#include <QLineEdit>

namespace qd::escalation {

namespace {

constexpr int kLinkLetters = 1000;

} // namespace

LinkDialog::LinkDialog(const style::Theme &theme, const view::ViewModel &view, QWidget *parent)
    : FormDialog(theme, tr("Pin a link to %1").arg(view.focus), tr("Pin it"), parent)
    , m_incident(view.focus)
    , m_title(new QLineEdit(this))
    , m_url(new QLineEdit(this))
{
    m_title->setMaxLength(kLinkLetters);
    m_url->setMaxLength(kLinkLetters);
    m_title->setPlaceholderText(tr("conference"));
    m_url->setPlaceholderText(QStringLiteral("https://"));
    addField(tr("Name"), m_title, tr("One that is pinned already is pinned anew."));
    addField(tr("Address"), m_url, tr("http or https; everybody in the incident sees it."));
    const auto check = [this] {
        const QString url = m_url->text().trimmed();
        const bool isHttp = url.startsWith(QLatin1String("https://"), Qt::CaseInsensitive) || url.startsWith(QLatin1String("http://"), Qt::CaseInsensitive);
        setReady(!m_title->text().trimmed().isEmpty() && isHttp, url.isEmpty() || isHttp ? QString() : tr("Only http and https addresses are pinned."));
    };
    connect(m_title, &QLineEdit::textChanged, this, check);
    connect(m_url, &QLineEdit::textChanged, this, check);
    finish();
    check();
    m_title->setFocus();
}

QJsonObject LinkDialog::arguments() const
{
    return {{QStringLiteral("incident"), m_incident}, {QStringLiteral("title"), m_title->text().trimmed()}, {QStringLiteral("url"), m_url->text().trimmed()}};
}

} // namespace qd::escalation
