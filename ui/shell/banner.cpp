// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/banner.h"

#include "ui/governance/glass.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QPainter>

namespace qd::shell {

using style::Tone;
using style::Type;

namespace {

constexpr int kWideFrom = 66; ///< lines of text, as wide as they are high

} // namespace

Banner::Banner(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_head(new widgets::PlainLabel(theme, Type::Strong, Tone::Text, this))
    , m_text(new widgets::PlainLabel(theme, Type::Body, Tone::Text, this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(4 * theme.step(), 2 * theme.step(), 4 * theme.step(), 2 * theme.step());
    row->setSpacing(3 * theme.step());
    row->addWidget(m_head, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    m_text->setElided(true);
    setVisible(false);
}

void Banner::show(const view::ViewModel &view, const QString &trouble)
{
    const bool lost = view.strip.link == view::CoreLink::Lost;
    const QString as = view.strip.lookedAs;
    m_isPast = view.past.isPast() && !lost && as.isEmpty();
    const governance::GlassLine glass = governance::glassLine(view.strip, view.made);
    setVisible(m_isPast || lost || !as.isEmpty() || !view.strip.recorded || !glass.head.isEmpty() || !view.strip.notice.isEmpty());
    if (m_isPast) {
        m_head->setPlain((view.past.clock == view::PastClock::AsKnown ? tr("THE PAST, as known at %1") : tr("THE PAST, as it was at %1")).arg(widgets::shownClock(view.past.at)));
        m_text->setPlain((view.strip.recorded ? QString() : tr("Nothing is being recorded.") + QLatin1Char(' ')) + tr("Nothing can be done there but what is written about it. Alt+End goes back to the present."));
    } else if (!as.isEmpty()) {
        // Stands whatever else is wrong; the strip says that in a word.
        m_head->setPlain(tr("YOU LOOK AS: %1").arg(as));
        const QString also = lost ? tr("The core is lost.") : !view.strip.recorded ? tr("Nothing is being recorded.") : QString();
        m_text->setPlain(tr("What they may not read is sealed, and nothing can be done meanwhile. Esc goes back. %1").arg(also).trimmed());
    } else if (lost) {
        m_head->setPlain(tr("The core is lost — restarting."));
        m_text->setPlain(tr("What you see is of %1; what is typed now waits for its return. %2")
                             .arg(widgets::shownClock(view.made) + QLatin1Char(' ') + widgets::zoneName(), trouble.isEmpty() ? view.strip.linkProblem : trouble));
    } else if (!view.strip.recorded) {
        m_head->setPlain(tr("Nothing is being recorded:"));
        // The reason first: it is what somebody can do something about.
        QString reason = view.strip.unrecordedReason.trimmed();
        if (!reason.isEmpty() && !reason.endsWith(QLatin1Char('.')))
            reason += QLatin1Char('.');
        m_text->setPlain(tr("%1 Command and paging go on, but the journal does not hold them.").arg(reason).trimmed());
    } else if (!glass.head.isEmpty()) {
        m_head->setPlain(glass.head);
        m_text->setPlain((glass.text + QLatin1Char(' ') + view.strip.notice).trimmed());
    } else if (!view.strip.notice.isEmpty()) {
        m_head->setPlain(tr("The core has a notice."));
        m_text->setPlain(view.strip.notice);
    }
    setAccessibleName(m_head->plain() + QLatin1Char(' ') + m_text->plain());
}

void Banner::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() >= kWideFrom * m_theme.lineHeight();
    m_text->setElided(!wide);
    m_text->setWordWrap(wide);
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Raised));
    painter.fillRect(QRect(0, height() - 3, width(), 3), m_theme.color(m_isPast ? Tone::Past : Tone::Critical));
}

} // namespace qd::shell
