// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/sentupdates.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/timetext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

namespace {

/// How the button of an update is called.
QString buttonOf(const QString &update)
{
    return QStringLiteral("sentupdates.copy.") + update;
}

} // namespace

QString deliveryText(const QString &delivery)
{
    if (delivery == QLatin1String("queued"))
        return SentUpdates::tr("queued");
    if (delivery == QLatin1String("sent"))
        return SentUpdates::tr("sent");
    if (delivery == QLatin1String("confirmed"))
        return SentUpdates::tr("arrived");
    if (delivery == QLatin1String("unknown"))
        return SentUpdates::tr("arrival unknown");
    if (delivery == QLatin1String("failed"))
        return SentUpdates::tr("NOT DELIVERED");
    return delivery.isEmpty() ? SentUpdates::tr("recorded only") : delivery;
}

SentUpdates::SentUpdates(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_list(new QVBoxLayout(this))
    , m_said(new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this))
{
    setAccessibleName(tr("Sent updates"));
    m_list->setContentsMargins(3 * theme.step(), 2 * theme.step(), 3 * theme.step(), 2 * theme.step());
    m_list->setSpacing(theme.step());
    m_said->setWordWrap(true);
    m_said->hide();
    m_list->addWidget(m_said);
}

void SentUpdates::tell(const QString &sentence)
{
    m_said->setPlain(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

QString SentUpdates::said() const { return m_said->plain(); }

QPushButton *SentUpdates::copyButton(const QString &update) const
{
    return findChild<QPushButton *>(buttonOf(update));
}

void SentUpdates::setUpdates(const std::vector<view::UpdateRow> &updates, int most)
{
    std::vector<const view::UpdateRow *> order;
    for (const auto &u : updates)
        order.push_back(&u);
    std::stable_sort(order.begin(), order.end(), [](auto *a, auto *b) { return a->at > b->at; });
    order.resize(std::min(order.size(), static_cast<std::size_t>(most)));
    QString shown = QString::number(most);
    for (const view::UpdateRow *u : order)
        shown += QLatin1Char('\n') + u->id + u->delivery + (u->unheard ? QLatin1Char('!') : QLatin1Char(' ')) + u->instead + u->byHand.join(QLatin1Char(',')) + u->text;
    if (shown == m_shown)
        return;
    m_shown = shown;
    const QString focused = m_rows != nullptr && focusWidget() != nullptr && m_rows->isAncestorOf(focusWidget()) ? focusWidget()->objectName() : QString();
    if (m_rows != nullptr) { // a menu of it may be open still
        m_rows->hide();
        m_rows->setObjectName({});
        for (QPushButton *button : m_rows->findChildren<QPushButton *>())
            button->setObjectName({});
        m_rows->deleteLater();
    }
    m_rows = new QWidget(this);
    auto *rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.step());
    m_list->insertWidget(0, m_rows);
    if (order.empty()) {
        auto *none = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, m_rows);
        none->setPlain(tr("No update sent yet; C writes one."));
        rows->addWidget(none);
    }
    for (const view::UpdateRow *u : order)
        addRow(*u);
    m_rows->show();
    if (auto *again = focused.isEmpty() ? nullptr : findChild<QPushButton *>(focused))
        again->setFocus();
}

void SentUpdates::addRow(const view::UpdateRow &u)
{
    auto *line = new QWidget(m_rows);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * m_theme.step());
    const auto add = [&](const QString &text, Type type, Tone tone) {
        auto *label = new widgets::PlainLabel(m_theme, type, tone, line);
        label->setPlain(text);
        row->addWidget(label);
    };
    add(u.audience, Type::Strong, Tone::Text);
    add(QStringList{widgets::shownMinutes(u.at), u.by}.join(QStringLiteral(" · ")), Type::Small, Tone::Secondary);
    row->addStretch(1);
    const bool isByHand = u.delivery.isEmpty() && !u.byHand.isEmpty();
    QString state = u.unheard ? tr("NOBODY WAS TOLD") : isByHand ? tr("by hand: %1").arg(u.byHand.join(QStringLiteral(", "))) : deliveryText(u.delivery);
    if (!u.instead.isEmpty())
        state = tr("%1, said in %2 instead").arg(state, u.instead);
    auto *tag = new widgets::Tag(m_theme, state, line);
    if (u.delivery == QLatin1String("failed"))
        tag->setLook(widgets::Tag::Look::Filled, Tone::Critical);
    else if (u.unheard || u.delivery == QLatin1String("unknown"))
        tag->setLook(widgets::Tag::Look::Filled, Tone::Error);
    row->addWidget(tag);
    auto *copy = new QPushButton(tr("Copy as"), line);
    copy->setObjectName(buttonOf(u.id));
    copy->setAccessibleName(tr("Copy update %1 to %2").arg(u.id, u.audience));
    auto *menu = new QMenu(copy);
    for (const HandPlace place : {HandPlace::Slack, HandPlace::Teams, HandPlace::Mail, HandPlace::Plain}) {
        const QString text = place == HandPlace::Slack ? tr("Copy for Slack") : place == HandPlace::Teams ? tr("Copy for Teams") : place == HandPlace::Mail ? tr("Copy as mail") : tr("Copy as plain text");
        connect(menu->addAction(text), &QAction::triggered, this, [this, id = u.id, place] { Q_EMIT copyAsked(id, place); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("It is posted by hand…")), &QAction::triggered, this, [this, id = u.id] { Q_EMIT postedAsked(id); });
    copy->setMenu(menu);
    row->addWidget(copy);
    m_rows->layout()->addWidget(line);
    auto *text = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, m_rows);
    text->setElided(true);
    text->setPlain(u.text.simplified());
    m_rows->layout()->addWidget(text);
}

} // namespace qd::comms
