// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/replaystrip.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace qd::review {

using style::Tone;
using style::Type;

ReplayStrip::ReplayStrip(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_lanes(new ReplayLanes(theme, m_replay, this))
    , m_moment(new widgets::PlainLabel(theme, Type::Figure, Tone::Past, this))
    , m_play(new QPushButton(this))
    , m_speed(new QPushButton(this))
    , m_known(new QPushButton(this))
    , m_was(new QPushButton(this))
    , m_present(new QPushButton(tr("present"), this))
{
    setAccessibleName(tr("Replay"));
    m_moment->setElided(true);
    const int step = theme.step();
    auto *title = new widgets::PlainLabel(theme, Type::Heading, Tone::Secondary, this);
    title->setPlain(tr("REPLAY"));
    auto *clock = new widgets::PlainLabel(theme, Type::Small, Tone::Secondary, this);
    clock->setPlain(tr("clock:"));
    auto *clockKey = new widgets::KeyCap(theme, QStringLiteral("K"), this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(3 * step, step, 3 * step, step);
    bar->setSpacing(2 * step);
    bar->addWidget(title);
    const auto key = [&](const QString &cap, const QString &words) {
        auto *key = new widgets::KeyCap(m_theme, cap, this);
        bar->addWidget(key);
        m_hints.push_back(key);
        if (words.isEmpty())
            return;
        auto *said = new widgets::PlainLabel(m_theme, Type::Small, Tone::Secondary, this);
        said->setPlain(words);
        bar->addWidget(said);
        m_hints.push_back(said);
    };
    key(QStringLiteral("["), {});
    key(QStringLiteral("]"), tr("minute"));
    key(QStringLiteral("{"), {});
    key(QStringLiteral("}"), tr("event"));
    bar->addWidget(m_play);
    bar->addWidget(m_speed);
    bar->addStretch(1);
    bar->addWidget(m_moment);
    bar->addWidget(m_present);
    bar->addSpacing(2 * step);
    bar->addWidget(clockKey);
    bar->addWidget(clock);
    m_hints.push_back(clockKey);
    m_hints.push_back(clock);
    m_hints.push_back(title);
    bar->addWidget(m_known);
    bar->addWidget(m_was);
    for (QPushButton *button : {m_play, m_speed, m_known, m_was, m_present})
        button->setAutoDefault(false);
    for (QPushButton *button : {m_known, m_was})
        button->setCheckable(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new widgets::Rule(theme, Qt::Horizontal, this));
    column->addLayout(bar);
    column->addWidget(m_lanes, 1);
    setFocusProxy(m_lanes);

    m_timer.setInterval(kFrameMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_replay.pass(millis(m_passed.restart())))
            tell();
        if (!m_replay.isPlaying())
            m_timer.stop();
        refresh();
    });
    connect(m_lanes, &ReplayLanes::dragged, this, &ReplayStrip::go);
    connect(m_play, &QPushButton::clicked, this, &ReplayStrip::play);
    connect(m_speed, &QPushButton::clicked, this, &ReplayStrip::faster);
    connect(m_known, &QPushButton::clicked, this, [this] { setClock(view::PastClock::AsKnown); });
    connect(m_was, &QPushButton::clicked, this, [this] { setClock(view::PastClock::AsItWas); });
    connect(m_present, &QPushButton::clicked, this, &ReplayStrip::leave);
    connect(&theme, &style::Theme::changed, this, &ReplayStrip::refresh);
    refresh();
}

/// Which of the two holds is told by a mark, by its weight and in words, in every look.
void ReplayStrip::sayClock(QPushButton *button, view::PastClock clock, const QString &words)
{
    const bool holds = m_replay.clock() == clock;
    const QString text = (holds ? QStringLiteral("● ") : QStringLiteral("○ ")) + words;
    const QFont font = m_theme.font(holds ? Type::Strong : Type::Body);
    button->setChecked(holds);
    if (button->text() == text && button->font() == font)
        return;
    button->setText(text);
    button->setFont(font);
    button->setAccessibleName(holds ? tr("Clock: %1. It holds.").arg(words) : tr("Clock: %1. It does not hold.").arg(words));
}

QString ReplayStrip::clockWords(view::PastClock clock) const
{
    return (clock == view::PastClock::AsKnown ? m_known : m_was)->text();
}

void ReplayStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    for (QWidget *hint : m_hints)
        hint->setVisible(width() >= 60 * m_theme.lineHeight());
    m_moment->setVisible(width() >= 45 * m_theme.lineHeight());
}

void ReplayStrip::show(const view::Review &review)
{
    if (review.incident != m_replay.incident() && m_replay.isPast())
        leave();
    if (review.incident != m_replay.incident() || review.spans) // read beside the view, before anybody goes there
        setSpans(review.spans);
    m_replay.setStretch(review.incident, review.from, review.to);
    if (review.evidence != m_evidence && review.evidence != nullptr) {
        m_evidence = review.evidence;
        m_replay.setEvents(*m_evidence);
        m_lanes->setEvidence(m_evidence, review.cast);
    }
    refresh();
}

void ReplayStrip::setSpans(std::shared_ptr<const std::vector<view::AlertSpan>> spans)
{
    m_lanes->setSpans(std::move(spans));
}

void ReplayStrip::tell()
{
    Q_EMIT wanted(m_replay.point());
}

void ReplayStrip::go(Instant at)
{
    m_replay.go(at);
    tell();
    refresh();
}

void ReplayStrip::minute(int step)
{
    m_replay.minute(step);
    tell();
    refresh();
}

void ReplayStrip::event(int step)
{
    m_replay.event(step);
    tell();
    refresh();
}

void ReplayStrip::home()
{
    go(m_replay.from());
}

void ReplayStrip::end()
{
    go(m_replay.to());
}

void ReplayStrip::play()
{
    m_replay.setPlaying(!m_replay.isPlaying());
    if (m_replay.isPlaying()) {
        m_passed.start();
        m_timer.start();
        tell();
    } else {
        m_timer.stop();
    }
    refresh();
}

void ReplayStrip::faster()
{
    m_replay.nextSpeed();
    refresh();
}

void ReplayStrip::setClock(view::PastClock clock)
{
    m_replay.setClock(clock);
    tell();
    refresh();
}

void ReplayStrip::setNamed(bool named)
{
    m_replay.setNamed(named);
    if (m_replay.isPast())
        tell();
    refresh();
}

void ReplayStrip::leave()
{
    m_timer.stop();
    if (!m_replay.isPast())
        return;
    m_replay.leave();
    Q_EMIT wanted({});
    refresh();
}

void ReplayStrip::refresh()
{
    m_play->setText(m_replay.isPlaying() ? tr("❚❚ pause") : tr("▶ play"));
    m_play->setAccessibleName(m_replay.isPlaying() ? tr("Pause") : tr("Play"));
    m_speed->setText(QStringLiteral("%1×").arg(m_replay.speed()));
    m_speed->setAccessibleName(tr("Speed: %1 times").arg(m_replay.speed()));
    sayClock(m_known, view::PastClock::AsKnown, tr("as known then"));
    sayClock(m_was, view::PastClock::AsItWas, tr("as it was"));
    const bool isKnown = m_replay.clock() == view::PastClock::AsKnown;
    const QString said = isKnown ? tr("The clock that holds: as known then") : tr("The clock that holds: as it was");
    if (accessibleDescription() != said)
        setAccessibleDescription(said);
    m_present->setEnabled(m_replay.isPast());
    m_moment->setPlain(m_replay.isPast() ? (isKnown ? tr("PAST · as known at %1") : tr("PAST · as it was at %1")).arg(widgets::shownClock(m_replay.at())) : QString());
    m_lanes->refresh();
}

} // namespace qd::review
