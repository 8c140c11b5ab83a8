// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/overridebar.h"

#include "ui/widgets/keyhints.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace qd::triage {

using style::Tone;
using style::Type;

OverrideBar::OverrideBar(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_selection(new QWidget(this))
    , m_done(new QWidget(this))
    , m_count(new widgets::PlainLabel(theme, Type::Strong, Tone::Text, m_selection))
    , m_text(new widgets::PlainLabel(theme, Type::Body, Tone::Text, m_done))
    , m_undo(new widgets::PlainLabel(theme, Type::Body, Tone::Secondary, m_done))
    , m_keys(new widgets::KeyHints(theme, m_selection))
    , m_moreKeys(new widgets::KeyHints(theme, m_selection))
    , m_key(new widgets::KeyCap(theme, QStringLiteral("Ctrl+Z"), m_done))
{
    setAccessibleName(tr("Overrides"));
    const int step = theme.step();
    // Two lines with their words are read faster than one of bare keys.
    for (const auto &[key, what] : std::vector<std::pair<QString, QString>>{{QStringLiteral("A"), tr("ack")}, {QStringLiteral("O"), tr("owner")}, {QStringLiteral("Z"), tr("snooze")},
                                                                            {QStringLiteral("S"), tr("shelve")}, {QStringLiteral("H"), tr("hold")}})
        m_keys->add(key, what);
    for (const auto &[key, what] : std::vector<std::pair<QString, QString>>{{QStringLiteral("⇧A"), tr("un-ack")}, {QStringLiteral("⇧E"), tr("call on")}, {QStringLiteral("G"), tr("attach")},
                                                                            {QStringLiteral("X"), tr("split")}, {QStringLiteral("⇧X"), tr("take out")}, {QStringLiteral("⇧G"), tr("merge")}, {QStringLiteral("R"), tr("close")}})
        m_moreKeys->add(key, what);
    auto *first = new QHBoxLayout;
    first->setSpacing(3 * step);
    first->addWidget(m_count);
    first->addWidget(m_keys, 1);
    auto *selection = new QVBoxLayout(m_selection);
    selection->setContentsMargins(3 * step, step, 3 * step, step);
    selection->setSpacing(step);
    selection->addLayout(first);
    selection->addWidget(m_moreKeys);
    m_text->setElided(true);
    m_undo->setPlain(tr("takes it back"));
    auto *done = new QHBoxLayout(m_done);
    done->setContentsMargins(3 * step, step, 3 * step, step);
    done->setSpacing(step + 2);
    done->addWidget(m_text, 1);
    done->addWidget(m_key);
    done->addWidget(m_undo);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_done);
    column->addWidget(m_selection);
    fit();
}

QString OverrideBar::sentence(const view::OverrideRow &row)
{
    const int n = row.alerts;
    const QString until = widgets::shownStamp(row.until);
    if (row.kind == QLatin1String("assigned"))
        return tr("%Ln alert(s) given to %1", nullptr, n).arg(row.subject);
    if (row.kind == QLatin1String("heard"))
        return n > 0 ? tr("%Ln alert(s) taken out of %1", nullptr, n).arg(row.subject) : tr("%1 ended").arg(row.subject);
    if (row.kind == QLatin1String("acknowledged"))
        return tr("%Ln alert(s) acknowledged", nullptr, n);
    if (row.kind == QLatin1String("unacknowledged"))
        return tr("%Ln alert(s) not acknowledged any more", nullptr, n);
    if (row.kind == QLatin1String("snoozed"))
        return tr("%Ln alert(s) snoozed until %1", nullptr, n).arg(until);
    if (row.kind == QLatin1String("shelved"))
        return tr("%Ln alert(s) shelved until %1", nullptr, n).arg(until);
    if (row.kind == QLatin1String("silenced"))
        return tr("%1 placed, until %2").arg(row.subject, until);
    if (row.kind == QLatin1String("held"))
        return tr("%Ln alert(s) call nobody until %1", nullptr, n).arg(until);
    if (row.kind == QLatin1String("maintenance"))
        return tr("%1 planned").arg(row.subject);
    if (row.kind == QLatin1String("split"))
        return tr("%Ln alert(s) split off into “%1”", nullptr, n).arg(row.subject);
    if (row.kind == QLatin1String("merged"))
        return tr("%Ln alert(s) merged into “%1”", nullptr, n).arg(row.subject);
    if (row.kind == QLatin1String("attached"))
        return tr("%Ln alert(s) attached to %1", nullptr, n).arg(row.subject);
    if (row.kind == QLatin1String("closed"))
        return tr("%Ln alert(s) closed", nullptr, n);
    if (row.kind == QLatin1String("incident-merged"))
        return tr("%1 merged").arg(row.subject);
    if (row.kind == QLatin1String("incident-split"))
        return row.subject.isEmpty() ? tr("%Ln alert(s) taken out of their incident", nullptr, n) : tr("%Ln alert(s) split off into %1", nullptr, n).arg(row.subject);
    if (row.kind == QLatin1String("marked"))
        return tr("A key moment marked");
    if (row.kind == QLatin1String("polled"))
        return tr("Poll %1 asked").arg(row.subject.section(QLatin1Char('/'), 1));
    if (row.kind == QLatin1String("written")) {
        const qsizetype slash = row.subject.indexOf(QLatin1Char('/')); // behind it the silence that was ended
        return slash < 0 ? tr("A silence is asked of %1").arg(row.subject) : tr("Silence %1 of %2 is ended").arg(row.subject.mid(slash + 1, 8), row.subject.left(slash));
    }
    return tr("%1: called on").arg(row.subject);
}

void OverrideBar::setSelected(int count)
{
    m_selected = count;
    m_count->setPlain(tr("%Ln selected", nullptr, count));
    fit();
}

void OverrideBar::setLast(const std::optional<view::OverrideRow> &last, Instant now)
{
    m_last = last;
    if (last)
        m_text->setPlain(sentence(*last));
    setNow(now);
}

void OverrideBar::setNow(Instant now)
{
    m_now = now;
    fit();
}

QString OverrideBar::shownSelection() const
{
    return m_selection->isHidden() ? QString() : m_count->plain();
}

QString OverrideBar::shownLast() const
{
    return m_done->isHidden() ? QString() : m_text->plain();
}

void OverrideBar::fit()
{
    m_selection->setVisible(m_selected > 1);
    m_done->setVisible(m_last && m_last->undoable && m_now - m_last->at < kShown);
    setVisible(!m_selection->isHidden() || !m_done->isHidden());
}

void OverrideBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Raised));
    painter.setPen(m_theme.color(Tone::Line));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace qd::triage
