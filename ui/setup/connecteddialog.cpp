// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/setup/connecteddialog.h"

#include "core/model/connection.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPlainTextEdit>
#include <QPushButton>

namespace qd::setup {

namespace {

/// "alertmanager  http://…", one a line.
QString addressesIn(const QString &said)
{
    const QJsonObject urls = QJsonDocument::fromJson(said.toUtf8()).object().value(QLatin1String("urls")).toObject();
    QStringList lines;
    for (auto it = urls.begin(); it != urls.end(); ++it)
        lines << it.key() + QStringLiteral("  ") + it.value().toString();
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QString feedSentence(const view::Feed &feed)
{
    const std::string kind = feed.kind.toStdString();
    if (!feed.problem.isEmpty())
        return ConnectedDialog::tr("It does not work: %1").arg(feed.problem);
    if (isPager(kind) || isPublisher(kind) || isTracker(kind) || isLibrary(kind))
        return ConnectedDialog::tr("It is there. It says nothing by itself: what is sent through it shows whether it works.");
    if (feed.state == QLatin1String("fresh"))
        return feed.lastSeen ? ConnectedDialog::tr("It works: last heard at %1.").arg(widgets::shownMinutes(feed.lastSeen)) : ConnectedDialog::tr("It works.");
    if (feed.state == QLatin1String("awaiting"))
        return isInbound(kind) ? ConnectedDialog::tr("It waits: nothing was sent to it yet.") : ConnectedDialog::tr("It is being tried; it has not answered yet.");
    return ConnectedDialog::tr("It has said nothing for too long.");
}

ConnectedDialog::ConnectedDialog(const style::Theme &theme, const QString &name, const QString &kind, const QString &said, QWidget *parent)
    : FormDialog(theme, tr("Connected: %1").arg(name), tr("Arm it…"), parent)
    , m_name(name)
    , m_kind(kind)
    , m_addresses(addressesIn(said))
    , m_result(new widgets::PlainLabel(theme, style::Type::Strong, style::Tone::Text, this))
    , m_writes(new widgets::PlainLabel(theme, style::Type::Body, style::Tone::Text, this))
{
    m_result->setWordWrap(true);
    m_writes->setWordWrap(true);
    addField(tr("Test"), m_result);
    addField(tr("May write"), m_writes);
    if (!m_addresses.isEmpty()) {
        auto *urls = new QPlainTextEdit(m_addresses, this);
        urls->setReadOnly(true);
        urls->setTabChangesFocus(true);
        urls->setLineWrapMode(QPlainTextEdit::NoWrap);
        urls->setMinimumHeight(8 * theme.lineHeight());
        addField(tr("Send to"), urls, tr("The key in them is shown this once; the log keeps only its fingerprint. Copy what you need now."));
    }
    finish(tr("Close"));
    m_result->setPlain(tr("The core takes it in…"));
    m_writes->setPlain(tr("nothing (observe)"));
    setReady(false);
    doIt().setVisible(ableTo(kind.toStdString()) != 0);
}

void ConnectedDialog::follow(const view::ViewModel &view)
{
    for (const view::Feed &feed : view.strip.feeds) {
        if (feed.name != m_name)
            continue;
        m_result->setPlain(feedSentence(feed));
        m_writes->setPlain(feed.arming == QLatin1String("observe") ? tr("nothing (observe)") : feed.arming);
        setReady(doIt().isVisibleTo(this));
    }
}

QString ConnectedDialog::result() const
{
    return m_result->plain();
}

QString ConnectedDialog::writes() const
{
    return m_writes->plain();
}

QString ConnectedDialog::addresses() const
{
    return m_addresses;
}

} // namespace qd::setup
