// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/timelinecanvas.h"

#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>

namespace qd::timeline {

using style::Type;
using view::Lane;

namespace {

constexpr double kNowPart = 0.8;      ///< where "now" stands while following: the rest is for what is due
constexpr double kLeastNowPart = 0.62; ///< when the next promise needs more of the rest
constexpr auto kContext = "qd::timeline::TimelineCanvas";

QString say(const char *text)
{
    return QCoreApplication::translate(kContext, text);
}

} // namespace

QString laneName(Lane lane)
{
    switch (lane) {
    case Lane::Alerts: return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "Alerts"));
    case Lane::Changes: return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "Changes"));
    case Lane::People: return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "People"));
    case Lane::Decisions: return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "Decisions"));
    case Lane::Updates: return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "Updates"));
    case Lane::Chat: break;
    }
    return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "Chat"));
}

QString entryWords(const view::TimelineEntry &entry)
{
    if (entry.removed)
        return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "(removed)"));
    if (entry.claims.isEmpty())
        return entry.reply ? QStringLiteral("↳ ") + entry.text : entry.text;
    if (entry.text.isEmpty())
        return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "asked to remove a line of %1")).arg(entry.claims);
    return say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "asked to change a line of %1 to: %2")).arg(entry.claims, entry.text);
}

QString deliveryWords(const view::TimelineEntry &entry)
{
    return entry.instead.isEmpty() ? entry.delivery : say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "%1, said in %2 instead")).arg(entry.delivery, entry.instead);
}

QString entryText(const view::TimelineEntry &entry)
{
    QStringList parts{widgets::shownClock(entry.at)};
    if (!entry.actor.isEmpty())
        parts << entry.actor;
    parts << entryWords(entry);
    if (!entry.about.isEmpty())
        parts << say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "about: %1")).arg(entry.about);
    if (entry.edited && !entry.removed)
        parts << say(QT_TRANSLATE_NOOP("qd::timeline::TimelineCanvas", "edited"));
    if (!entry.delivery.isEmpty())
        parts << deliveryWords(entry);
    if (!entry.reactions.isEmpty())
        parts << entry.reactions.join(QLatin1Char(' '));
    return parts.join(QStringLiteral(" · "));
}

TimelineCanvas::TimelineCanvas(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Timeline; T shows it as a table"));
    connect(&theme, &style::Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimelineCanvas::setView(const view::ViewModelPtr &view)
{
    const bool otherFocus = m_view == nullptr || view->focus != m_focus;
    const std::size_t before = m_items.size();
    m_view = view;
    m_focus = view->focus;
    if (!m_now)
        m_now = view->made;
    m_items.clear();
    for (const auto &e : view->timeline) {
        if (!m_filter.shows(e))
            continue;
        const bool open = e.delivery == QLatin1String("failed") || e.delivery == QLatin1String("unknown")
            || e.delivery == QLatin1String("queued");
        QString text = entryWords(e);
        if (open)
            text += QStringLiteral(" — ") + deliveryWords(e);
        m_items.push_back({e.id, text, e.kind, e.at, e.lane, e.removed, e.moment != 0});
    }
    for (const auto &p : view->stack.promises) {
        if (!p.kept && m_filter.showsKind(QStringLiteral("promise")))
            m_items.push_back({QStringLiteral("due:") + (p.id.isEmpty() ? p.audience : p.id), tr("%1 due · %2").arg(widgets::shownMinutes(p.due), p.audience),
                               QStringLiteral("promise"), p.due, Lane::Updates, true, false});
    }
    std::stable_sort(m_items.begin(), m_items.end(), [](const Item &a, const Item &b) { return a.at < b.at; });
    for (auto &lane : m_lanes)
        lane.clear();
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_lanes[static_cast<std::size_t>(m_items[i].lane)].push_back(i);
    if (!m_selected.isEmpty() && indexOf(m_selected) < 0)
        select({});
    if (otherFocus)
        setArea(std::nullopt);
    if (otherFocus || (!m_fitted && !isEmpty())) {
        m_missed = 0;
        m_following = true;
        fitAll();
        m_fitted = !isEmpty();
    } else if (!m_following && m_items.size() > before) {
        m_missed += static_cast<int>(m_items.size() - before);
        Q_EMIT windowChanged();
    }
    describe();
    update();
}

void TimelineCanvas::setFilter(const KindFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    if (m_view == nullptr)
        return;
    const int missed = m_missed;
    setView(m_view);
    m_missed = missed; // what is shown again did not arrive
    Q_EMIT windowChanged();
}

void TimelineCanvas::setNow(Instant now)
{
    m_now = now;
    keepFollowing();
    update();
}

void TimelineCanvas::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    m_missed = 0;
    keepFollowing();
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::keepFollowing()
{
    if (!m_following)
        return;
    const QString before = rangeText(m_scale);
    m_scale = m_scale.with(m_now, m_nowPart);
    if (rangeText(m_scale) != before)
        Q_EMIT windowChanged();
}

Instant TimelineCanvas::earliest() const
{
    Instant first = m_now;
    if (m_view == nullptr)
        return first;
    if (!m_items.empty())
        first = std::min(first, m_items.front().at);
    for (const auto &s : m_view->spans)
        first = std::min(first, s.from);
    return first;
}

void TimelineCanvas::fitAll()
{
    const auto part = [](Span span, double of) { return Span{static_cast<std::int64_t>(static_cast<double>(span.ns) * of)}; };
    const Span past = std::max(part(m_now - std::max(earliest(), m_now - hours(6)), 1.06), minutes(12));
    Span future = part(past, 1 / kNowPart - 1);
    const auto next = std::find_if(m_items.begin(), m_items.end(), [this](const Item &i) { return i.at > m_now; });
    if (next != m_items.end()) // with room for its label
        future = std::clamp(part(next->at - m_now, 1.3), future, part(past, 1 / kLeastNowPart - 1));
    m_scale.length = past + future;
    m_nowPart = static_cast<double>(past.ns) / static_cast<double>(m_scale.length.ns);
    m_scale = m_scale.with(m_now, m_nowPart);
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::zoom(double factor)
{
    m_scale = m_scale.zoomed(factor, m_following ? m_scale.x(m_now) : m_scale.left + m_scale.width / 2);
    keepFollowing();
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::pan(double part)
{
    setFollowing(false);
    m_scale = m_scale.panned(part);
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::goStart()
{
    setFollowing(false);
    m_scale = m_scale.with(earliest(), 0.04);
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::goNow()
{
    setFollowing(true);
}

void TimelineCanvas::centre()
{
    const int index = indexOf(m_selected);
    if (index < 0 || m_centred == m_selected) {
        m_centred.clear();
        setFollowing(true);
        fitAll();
        return;
    }
    m_centred = m_selected;
    setFollowing(false);
    m_scale = m_scale.with(m_items[static_cast<std::size_t>(index)].at, 0.5);
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::step(int direction)
{
    if (m_items.empty())
        return;
    int index = indexOf(m_selected);
    if (index < 0) {
        // From the newest that has happened, so that "," begins with what was last said.
        const auto after = std::upper_bound(m_items.begin(), m_items.end(), m_now, [](Instant n, const Item &i) { return n < i.at; });
        index = static_cast<int>(after - m_items.begin()) - (direction > 0 ? 1 : 0);
    }
    index = std::clamp(index + direction, 0, static_cast<int>(m_items.size()) - 1);
    const Item &item = m_items[static_cast<std::size_t>(index)];
    select(item.id);
    reveal(item.at);
}

void TimelineCanvas::reveal(Instant at)
{
    if (m_scale.contains(at))
        return;
    setFollowing(false);
    m_scale = m_scale.with(at, 0.5);
    Q_EMIT windowChanged();
    update();
}

void TimelineCanvas::setFound(const std::vector<Found> &found, const QString &at)
{
    m_found.clear();
    for (const Found &f : found)
        m_found.insert(f.id);
    m_foundAt = at;
    update();
}

void TimelineCanvas::select(const QString &id)
{
    if (id == m_selected)
        return;
    m_selected = id;
    if (const int index = indexOf(id); m_area && index >= 0)
        setArea(Area{m_area->anchor, m_items[static_cast<std::size_t>(index)].at});
    describe();
    Q_EMIT selectionChanged(id);
    update();
}

void TimelineCanvas::describe()
{
    const QString text = selectedText();
    setAccessibleDescription(text.isEmpty() ? rateText() : text);
}

void TimelineCanvas::toggleArea()
{
    if (m_area)
        return endArea();
    const int index = indexOf(m_selected);
    const Instant at = index < 0 ? m_now : m_items[static_cast<std::size_t>(index)].at;
    setArea(Area{at, at});
}

void TimelineCanvas::endArea()
{
    setArea(std::nullopt);
}

void TimelineCanvas::setArea(const std::optional<Area> &area)
{
    if (area == m_area)
        return;
    m_area = area;
    Q_EMIT areaChanged();
    update();
}

QString TimelineCanvas::selectedText() const
{
    if (m_view == nullptr || m_selected.isEmpty())
        return {};
    for (const auto &e : m_view->timeline) {
        if (e.id == m_selected)
            return entryText(e);
    }
    const int index = indexOf(m_selected);
    return index < 0 ? QString() : m_items[static_cast<std::size_t>(index)].text;
}

bool TimelineCanvas::isEmpty() const
{
    // Of what there is, not of what a filter leaves of it.
    return m_items.empty() && (m_view == nullptr || (m_view->spans.empty() && m_view->timeline.empty()));
}

QSize TimelineCanvas::minimumSizeHint() const
{
    return {60 * m_theme.step(), 40 * m_theme.step()};
}

int TimelineCanvas::indexOf(const QString &id) const
{
    if (id.isEmpty())
        return -1;
    const auto at = std::find_if(m_items.begin(), m_items.end(), [&](const Item &i) { return i.id == id; });
    return at == m_items.end() ? -1 : static_cast<int>(at - m_items.begin());
}

void TimelineCanvas::relayout()
{
    const QFontMetrics body(m_theme.font(Type::Small));
    double label = 0;
    for (std::size_t i = 0; i < kLanes; ++i)
        label = std::max<double>(label, body.horizontalAdvance(laneName(static_cast<Lane>(i))));
    label = std::max<double>(label, body.horizontalAdvance(tr("Alarm rate")));
    m_scale.left = label + 6 * m_theme.step();
    m_scale.width = std::max(1.0, width() - m_scale.left);
    m_top = body.height() + 2 * m_theme.step();
    m_bottom = height() - body.height() - 3 * m_theme.step();
}

void TimelineCanvas::resizeEvent(QResizeEvent *)
{
    relayout();
    keepFollowing();
}

const TimelineCanvas::Hit *TimelineCanvas::hitAt(const QPointF &at) const
{
    for (auto hit = m_hits.rbegin(); hit != m_hits.rend(); ++hit) {
        if (hit->box.contains(at))
            return &*hit;
    }
    return nullptr;
}

void TimelineCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragFrom = event->position();
    m_dragging = false;
    m_sweeping = event->modifiers().testFlag(Qt::ShiftModifier);
    if (m_sweeping) {
        const Instant at = m_scale.at(event->position().x());
        setArea(Area{at, at});
    }
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (m_sweeping && m_area && event->buttons() & Qt::LeftButton) {
        setArea(Area{m_area->anchor, m_scale.at(std::clamp(event->position().x(), m_scale.left, m_scale.left + m_scale.width))});
        return;
    }
    if (event->buttons() & Qt::LeftButton) {
        const double dx = event->position().x() - m_dragFrom.x();
        if (m_dragging || std::abs(dx) > 4) {
            m_dragging = true;
            pan(-dx / m_scale.width);
            m_dragFrom = event->position();
        }
        return;
    }
    const Hit *hit = hitAt(event->position());
    const QString id = hit != nullptr ? hit->id : QString();
    if (id == m_hovered)
        return;
    m_hovered = id;
    setCursor(id.isEmpty() || id == kRateHit ? Qt::ArrowCursor : Qt::PointingHandCursor);
    widgets::setPlainToolTip(this, hit != nullptr ? hit->says : QString());
    update();
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_dragging)
        return;
    if (m_sweeping) {
        m_sweeping = false;
        if (m_area && m_area->from() == m_area->to()) // a click with Shift chose nothing
            endArea();
        return;
    }
    const Hit *hit = hitAt(event->position());
    if (hit != nullptr && hit->alert) {
        Q_EMIT alertChosen(hit->id);
        return;
    }
    select(hit != nullptr && hit->id != kRateHit ? hit->id : QString());
}

void TimelineCanvas::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    if (delta.x() != 0 || event->modifiers() & Qt::ShiftModifier) {
        const int d = delta.x() != 0 ? delta.x() : delta.y();
        pan(-d / 1200.0);
    } else if (delta.y() != 0) {
        m_scale = m_scale.zoomed(delta.y() > 0 ? 0.8 : 1.25, event->position().x());
        keepFollowing();
        Q_EMIT windowChanged();
        update();
    }
    event->accept();
}

} // namespace qd::timeline
