// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/sentupdates.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::comms {

using style::Tone;
using style::Type;

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
{
    setAccessibleName(tr("Sent updates"));
    m_list->setContentsMargins(3 * theme.step(), 2 * theme.step(), 3 * theme.step(), 2 * theme.step());
    m_list->setSpacing(theme.step());
}

void SentUpdates::setUpdates(const std::vector<view::UpdateRow> &updates, int most)
{
    std::vector<const view::UpdateRow *> order;
    for (const auto &u : updates)
        order.push_back(&u);
    std::stable_sort(order.begin(), order.end(), [](auto *a, auto *b) { return a->at > b->at; });
    QString shown = QString::number(most);
    for (std::size_t i = 0; i < order.size() && static_cast<int>(i) < most; ++i)
        shown += QLatin1Char('\n') + order[i]->id + order[i]->delivery + order[i]->byHand.join(QLatin1Char(',')) + order[i]->text;
    if (shown == m_shown)
        return;
    m_shown = shown;
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (order.empty()) {
        auto *none = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, this);
        none->setPlain(tr("No update sent yet; C writes one."));
        m_list->addWidget(none);
        return;
    }
    for (std::size_t i = 0; i < order.size() && static_cast<int>(i) < most; ++i) {
        const auto &u = *order[i];
        auto *line = new QWidget(this);
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
        const QString state = u.delivery.isEmpty() && !u.byHand.isEmpty() ? tr("by hand: %1").arg(u.byHand.join(QStringLiteral(", "))) : deliveryText(u.delivery);
        auto *tag = new widgets::Tag(m_theme, state, line);
        if (u.delivery == QLatin1String("failed"))
            tag->setLook(widgets::Tag::Look::Filled, Tone::Critical);
        else if (u.delivery == QLatin1String("unknown"))
            tag->setLook(widgets::Tag::Look::Filled, Tone::Error);
        row->addWidget(tag);
        m_list->addWidget(line);
        auto *text = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, this);
        text->setElided(true);
        text->setPlain(u.text.simplified());
        m_list->addWidget(text);
    }
}

} // namespace qd::comms
