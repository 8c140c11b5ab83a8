// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/whypane.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QFontMetrics>
#include <QGridLayout>
#include <QScrollBar>
#include <algorithm>

namespace qd::triage {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

WhyPane::WhyPane(const style::Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Why is this here"));
    setFocusPolicy(Qt::TabFocus);
    rebuild();
}

void WhyPane::show(const view::AlertRow *row, const view::AlertDetail &detail)
{
    const QString key = row != nullptr ? row->key : QString();
    const auto same = [&] {
        return m_clocks == widgets::shownClocks() && key == m_key && detail.key == m_detail.key && detail.because.size() == m_detail.because.size()
            && detail.labels.size() == m_detail.labels.size() && detail.annotations.size() == m_detail.annotations.size();
    };
    if (same())
        return;
    const bool other = key != m_key;
    m_clocks = widgets::shownClocks();
    m_key = key;
    m_title = row != nullptr ? row->title : QString();
    m_detail = detail;
    rebuild();
    if (other)
        verticalScrollBar()->setValue(0);
}

void WhyPane::setFull(bool full)
{
    if (full == m_full)
        return;
    m_full = full;
    rebuild();
}

void WhyPane::addLine(const QString &left, const QString &right, bool strongLeft)
{
    auto *name = new PlainLabel(m_theme, strongLeft ? Type::SmallStrong : Type::Small, Tone::Secondary, m_page);
    name->setPlain(left);
    name->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *value = new PlainLabel(m_theme, Type::Small, Tone::Text, m_page);
    value->setWordWrap(true);
    value->setPlain(right);
    value->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    const int row = m_grid->rowCount();
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(value, row, 1);
}

void WhyPane::rebuild()
{
    const int scrolled = verticalScrollBar()->value();
    m_page = new QWidget;
    m_grid = new QGridLayout(m_page);
    m_grid->setContentsMargins(3 * m_theme.step(), 0, 3 * m_theme.step(), m_theme.step());
    m_grid->setHorizontalSpacing(2 * m_theme.step());
    m_grid->setVerticalSpacing(m_theme.step() / 2);
    m_grid->setColumnStretch(1, 1);
    const auto sentence = [this](const QString &text) {
        auto *label = new PlainLabel(m_theme, Type::Small, Tone::Secondary, m_page);
        label->setWordWrap(true);
        label->setPlain(text);
        m_grid->addWidget(label, m_grid->rowCount(), 0, 1, 2);
    };
    if (m_key.isEmpty()) {
        sentence(tr("Choose an alert to read which rules brought it here, and what they ruled out."));
    } else if (m_detail.key != m_key) {
        sentence(tr("Reading …"));
    } else {
        if (m_detail.because.empty())
            sentence(tr("No rule left a reason for this alert."));
        for (const view::AlertDetail::Because &reason : m_detail.because)
            addLine(widgets::shownClock(reason.at), reason.text);
        if (m_full) {
            for (const auto &list : {m_detail.annotations, m_detail.labels, m_detail.links}) {
                if (!list.empty())
                    addLine({}, {});
                for (const view::Labelled &labelled : list)
                    addLine(labelled.name, labelled.value);
            }
            addLine(QStringLiteral("key"), m_detail.key);
        }
    }
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    setWidget(m_page);
    fitLines();
    verticalScrollBar()->setValue(scrolled);
}

void WhyPane::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    fitLines();
}

void WhyPane::fitLines()
{
    m_page->layout()->activate();
    const int room = height() - 2 * frameWidth();
    const int wide = width() - verticalScrollBar()->sizeHint().width();
    int whole = 0; // where the last line that is whole ends
    bool isAll = true;
    if (m_page->layout()->heightForWidth(wide) > room || m_page->sizeHint().height() > room) {
        const int spacing = m_grid->verticalSpacing(), left = m_grid->contentsMargins().left(), right = m_grid->contentsMargins().right();
        int first = 0; // the left column is as wide as its widest
        for (int row = 0; row < m_grid->rowCount(); ++row)
            if (const QLayoutItem *a = m_grid->itemAtPosition(row, 0); a && m_grid->itemAtPosition(row, 1) != a)
                first = std::max(first, a->sizeHint().width());
        int y = m_grid->contentsMargins().top();
        for (int row = 0; row < m_grid->rowCount(); ++row) {
            const QLayoutItem *a = m_grid->itemAtPosition(row, 0), *b = m_grid->itemAtPosition(row, 1);
            if (!a)
                continue;
            const bool isWide = a == b;
            const int room1 = wide - left - right - (isWide ? 0 : first + m_grid->horizontalSpacing());
            const QLayoutItem *text = isWide || !b ? a : b;
            const int lines = text->hasHeightForWidth() ? text->heightForWidth(room1) : text->sizeHint().height();
            if (y + lines > room) {
                isAll = false;
                break;
            }
            y += lines;
            whole = y;
            y += spacing;
        }
    }
    setViewportMargins(0, 0, 0, isAll || whole == 0 ? 0 : room - whole);
    verticalScrollBar()->setSingleStep(QFontMetrics(m_theme.font(Type::Small)).height() + m_grid->verticalSpacing());
}

} // namespace qd::triage
