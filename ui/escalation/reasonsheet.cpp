// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/escalation/reasonsheet.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/reasonfield.h"

#include <QJsonObject>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::escalation {

namespace {

constexpr int kReasonsInSight = 2; ///< the others scroll

} // namespace

ReasonSheet::ReasonSheet(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_list(new QWidget)
    , m_column(new QVBoxLayout(m_list))
    , m_none(new widgets::PlainLabel(theme, style::Type::Body, style::Tone::Secondary, m_list))
{
    m_none->setPlain(tr("None is owed."));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(theme.step());
    m_none->setMinimumHeight(theme.rowHeight()); // as high as its name beside it
    m_column->addWidget(m_none);
    m_column->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_list);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(1); // what is empty takes one line, not the least of a scrolled list
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ReasonSheet::setOwed(const QJsonArray &owed)
{
    // What was answered elsewhere meanwhile is not asked for any more.
    std::erase_if(m_lines, [&](const Line &line) {
        if (std::any_of(owed.begin(), owed.end(), [&](const QJsonValue &value) { return value.toObject().value(QLatin1String("owed")).toInt() == line.owed; }))
            return false;
        line.reason->parentWidget()->hide();
        line.reason->parentWidget()->deleteLater();
        return true;
    });
    for (const QJsonValue &value : owed) {
        const QJsonObject item = value.toObject();
        const int number = item.value(QLatin1String("owed")).toInt();
        if (std::any_of(m_lines.begin(), m_lines.end(), [&](const Line &line) { return line.owed == number; }))
            continue;
        auto *row = new QWidget(m_list);
        auto *both = new QVBoxLayout(row);
        both->setContentsMargins(0, 0, 0, 0);
        both->setSpacing(m_theme.step());
        auto *text = new widgets::PlainLabel(m_theme, style::Type::Body, style::Tone::Text, row);
        const QString what = item.value(QLatin1String("text")).toString();
        text->setPlain(what);
        text->setElided(true);
        text->setMinimumHeight(m_theme.rowHeight());
        auto *reason = new widgets::ReasonField(row);
        reason->setAccessibleName(tr("Why: %1").arg(what));
        reason->setHint(tr("why; may be left out"));
        both->addWidget(text);
        both->addWidget(reason);
        m_column->insertWidget(m_column->count() - 1, row);
        m_lines.push_back({number, reason});
    }
    m_none->setVisible(m_lines.empty());
    updateGeometry();
}

QSize ReasonSheet::sizeHint() const
{
    if (m_lines.empty())
        return {m_none->sizeHint().width(), std::max(m_none->sizeHint().height(), m_theme.rowHeight())};
    const int one = m_lines.front().reason->parentWidget()->sizeHint().height() + m_theme.step();
    return {40 * m_theme.step(), std::min<int>(static_cast<int>(m_lines.size()), kReasonsInSight) * one};
}

QJsonArray ReasonSheet::answers() const
{
    QJsonArray out;
    for (const Line &line : m_lines)
        if (const QString reason = line.reason->reason(); !reason.isEmpty())
            out.append(QJsonObject{{QStringLiteral("owed"), line.owed}, {QStringLiteral("reason"), reason}});
    return out;
}

} // namespace qd::escalation
