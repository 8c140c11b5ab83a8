// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/replaystrip.h"

#include "ui/timeline/lanelayout.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/timetext.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace qd::review {

using style::Tone;
using style::Type;

namespace {

constexpr int kBarRows = 3;
constexpr double kNotYet = 0.35;  ///< how much is left of what is not there yet
constexpr double kMargin = 0.02;  ///< of the stretch, at either end

timeline::TimeScale scaleOf(const Replay &replay, double left, double width)
{
    timeline::TimeScale scale;
    const Span length = std::max(replay.to() - replay.from(), minutes(1));
    const Span margin{static_cast<std::int64_t>(kMargin * static_cast<double>(length.ns))};
    scale.from = replay.from() - margin;
    scale.length = length + margin * 2;
    scale.left = left;
    scale.width = std::max(1.0, width);
    return scale;
}

} // namespace

ReplayLanes::ReplayLanes(const style::Theme &theme, const Replay &replay, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_replay(replay)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Lanes of the replay"));
    connect(&theme, &style::Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ReplayLanes::setEvidence(std::shared_ptr<const view::Evidence> evidence, const std::shared_ptr<const view::Cast> &cast)
{
    m_evidence = std::move(evidence);
    m_nobody = view::Nameless(cast, view::Nameless::Whom::Everybody);
    m_unknown = view::Nameless(cast, view::Nameless::Whom::Unknown);
    m_laid = {};
    for (auto &marks : m_marks)
        marks.clear();
    for (const std::uint32_t i : m_evidence->order) {
        const view::EvidenceRow &row = m_evidence->row(i);
        const Row lane = row.lane == view::Lane::Alerts ? Alerts : row.lane == view::Lane::Changes ? Changes : row.lane == view::Lane::Updates ? Updates : People;
        if (row.lane != view::Lane::Chat)
            m_marks[lane].push_back({row.at, row.knownAt, i, row.lane == view::Lane::Decisions});
    }
    update();
}

void ReplayLanes::setSpans(std::shared_ptr<const std::vector<view::AlertSpan>> spans)
{
    if (spans == m_spans)
        return;
    m_spans = std::move(spans);
    update();
}

void ReplayLanes::refresh()
{
    setAccessibleDescription(!m_replay.isPast() ? tr("The present")
                                 : m_replay.clock() == view::PastClock::AsKnown ? tr("The past, as known at %1").arg(widgets::shownClock(m_replay.at()))
                                                                                : tr("The past, as it was at %1").arg(widgets::shownClock(m_replay.at())));
    update();
}

double ReplayLanes::left() const
{
    return QFontMetricsF(m_theme.font(Type::Small)).horizontalAdvance(tr("People, decisions")) + 6.0 * m_theme.step();
}

double ReplayLanes::x(Instant at) const
{
    return scaleOf(m_replay, left(), width() - left()).x(at);
}

Instant ReplayLanes::at(double x) const
{
    return scaleOf(m_replay, left(), width() - left()).at(x);
}

ReplayLanes::There ReplayLanes::there(Instant happened, Instant known, const Replay &replay)
{
    if (!replay.isPast())
        return There::Yes;
    if (happened > replay.at())
        return There::NotYet;
    return replay.clock() == view::PastClock::AsKnown && known > replay.at() ? There::Unknown : There::Yes;
}

QSize ReplayLanes::sizeHint() const
{
    return {100 * m_theme.step(), 6 * m_theme.rowHeight()};
}

QSize ReplayLanes::minimumSizeHint() const
{
    return {60 * m_theme.step(), 5 * m_theme.rowHeight()};
}

void ReplayLanes::resizeEvent(QResizeEvent *)
{
    update();
}

void ReplayLanes::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::LeftButton && event->position().x() >= left())
        Q_EMIT dragged(at(event->position().x()));
}

void ReplayLanes::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        Q_EMIT dragged(at(std::max(left(), event->position().x())));
}

void ReplayLanes::paintBars(QPainter &painter, const QRectF &lane)
{
    if (m_spans == nullptr)
        return paintMarks(painter, lane, Alerts);
    std::vector<timeline::SpanInput> input;
    for (const view::AlertSpan &span : *m_spans)
        input.push_back({span.from, span.to, span.severity});
    const auto scale = scaleOf(m_replay, left(), width() - left());
    const auto rows = timeline::layoutSpans(input, scale, m_replay.to(), kBarRows, m_theme.step());
    const double height = lane.height() / kBarRows;
    const double line = m_replay.isPast() ? x(m_replay.at()) : width();
    for (const timeline::Bar &bar : rows.bars) {
        const view::AlertSpan &span = (*m_spans)[bar.span];
        const double now = there(span.from, std::max(span.from, span.known), m_replay) == There::Yes ? line : 0; // it fired, and nobody could see it yet
        const QColor fill = m_theme.fill(input[bar.span].severity);
        QColor later = fill;
        later.setAlphaF(kNotYet);
        const QRectF box(bar.left, lane.top() + bar.row * height + 1, std::max(1.0, bar.right - bar.left), std::max(2.0, height - 2));
        painter.fillRect(box, later);
        if (box.left() < now)
            painter.fillRect(QRectF(box.left(), box.top(), std::min(box.right(), now) - box.left(), box.height()), fill);
    }
}

/// Where marks stand follows from the room and the stretch; which of them are there, from the moment alone.
void ReplayLanes::layOut()
{
    const Laid wanted{left(), width() - left(), 2.5 * m_theme.step(), m_replay.from(), m_replay.to()};
    if (wanted == m_laid)
        return;
    m_laid = wanted;
    const auto scale = scaleOf(m_replay, wanted.left, wanted.width);
    for (int row = 0; row < Rows; ++row) {
        std::vector<Instant> times;
        times.reserve(m_marks[row].size());
        for (const Mark &mark : m_marks[row])
            times.push_back(mark.at);
        m_places[row].clear();
        for (const timeline::Cluster &cluster : timeline::layoutLane(times, scale, wanted.size).clusters) {
            Place place{cluster.x, cluster.room, cluster.events.size(), {}, m_marks[row][cluster.events.front()], false};
            const auto counted = [](const Mark &mark) { return std::max(mark.at, mark.known); };
            for (const std::size_t i : cluster.events) {
                const Mark &mark = m_marks[row][i];
                place.happened = !place.happened ? mark.at : std::min(place.happened, mark.at);
                place.isDecision = place.isDecision || mark.isDecision;
                if (counted(mark) < counted(place.counts))
                    place.counts = mark;
            }
            m_places[row].push_back(place);
        }
    }
}

void ReplayLanes::paintMarks(QPainter &painter, const QRectF &lane, Row row)
{
    layOut();
    const double size = m_laid.size;
    const QFontMetricsF metrics(m_theme.font(Type::Small));
    for (const Place &place : m_places[row]) {
        const Mark &shown = place.counts;
        const There first = there(place.happened, std::max(shown.at, shown.known), m_replay), own = there(shown.at, shown.known, m_replay);
        const There best = own == There::Yes ? There::Yes : first == There::NotYet ? There::NotYet : There::Unknown;
        painter.save();
        painter.setOpacity(best == There::Yes ? 1.0 : kNotYet);
        const QRectF box(place.x - size / 2, lane.center().y() - size / 2, size, size);
        const style::Shape shape = row == Changes || place.isDecision ? style::Shape::Square : row == Updates ? style::Shape::Triangle : style::Shape::Circle;
        widgets::paintShape(painter, m_theme, box, shape, row == Changes ? Tone::Override : Tone::Text);
        painter.restore();
        QString words;
        if (place.count > 1)
            words = QString::number(place.count);
        if (row == Changes && place.count == 1) {
            const auto said = [&] {
                const QString &text = m_evidence->row(shown.row).text;
                return (m_replay.isNamed() ? m_unknown : m_nobody).text(text, shown.at);
            };
            words = best == There::Unknown ? tr("happened %1, known %2").arg(widgets::shownMinutes(shown.at), widgets::shownMinutes(shown.known)) : best == There::Yes ? said() : QString();
        }
        if (words.isEmpty() || place.room < 6 * m_theme.step())
            continue;
        painter.setPen(m_theme.color(best == There::Yes ? Tone::Text : Tone::Faint));
        painter.drawText(QRectF(place.x + size, lane.top(), place.room - size, lane.height()), Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(words, Qt::ElideRight, place.room - size));
    }
}

void ReplayLanes::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    if (!m_replay.from())
        return;
    painter.setFont(m_theme.font(Type::Small));
    const QString names[Rows] = {tr("Alerts"), tr("Changes"), tr("People, decisions"), tr("Updates")};
    const double axis = m_theme.rowHeight();
    const double height = std::max(1.0, (this->height() - axis) / static_cast<double>(Rows));
    const auto scale = scaleOf(m_replay, left(), width() - left());
    for (int row = 0; row < Rows; ++row) {
        const QRectF lane(left(), row * height, width() - left(), height);
        painter.setPen(m_theme.color(Tone::Secondary));
        painter.drawText(QRectF(3 * m_theme.step(), lane.top(), left() - 4 * m_theme.step(), height), Qt::AlignVCenter | Qt::AlignLeft, names[row]);
        painter.setPen(m_theme.color(Tone::Line));
        painter.drawLine(QPointF(left(), lane.bottom()), QPointF(width(), lane.bottom()));
        const QRectF inside = lane.adjusted(0, m_theme.step(), 0, -m_theme.step());
        if (row == Alerts)
            paintBars(painter, inside);
        else
            paintMarks(painter, inside, static_cast<Row>(row));
    }
    painter.setPen(m_theme.color(Tone::Secondary));
    for (const timeline::Tick &tick : timeline::ticks(scale, 30.0 * m_theme.step()))
        painter.drawText(QRectF(tick.x - 15 * m_theme.step(), this->height() - axis, 30 * m_theme.step(), axis), Qt::AlignCenter, tick.label);
    if (!m_replay.isPast())
        return;
    // Where one is, unmistakably in the past.
    const double line = x(m_replay.at());
    const QColor past = m_theme.color(Tone::Past);
    painter.fillRect(QRectF(line - 1, 0, 2.5, this->height() - axis), m_theme.ink(Tone::Past));
    const QString words = widgets::shownClock(m_replay.at());
    const double wide = QFontMetricsF(m_theme.font(Type::SmallStrong)).horizontalAdvance(words) + 4 * m_theme.step();
    const QRectF flag(std::clamp(line - wide / 2, left(), std::max(left(), width() - wide)), this->height() - axis, wide, axis);
    painter.fillRect(flag, past);
    painter.setFont(m_theme.font(Type::SmallStrong));
    painter.setPen(m_theme.color(Tone::OnFill));
    painter.drawText(flag, Qt::AlignCenter, words);
    if (hasFocus()) {
        painter.setPen(m_theme.color(Tone::Focus));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

} // namespace qd::review
