// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapcanvas.h"

#include "ui/widgets/plaintext.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace qd::map {

using style::Type;

namespace {

constexpr double kLeastZoom = 0.2, kMostZoom = 2.0;

} // namespace

MapCanvas::MapCanvas(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Dependency map; T shows it as a table"));
    connect(&theme, &style::Theme::changed, this, qOverload<>(&QWidget::update));
}

void MapCanvas::setView(const view::ViewModelPtr &view)
{
    m_view = view;
    m_index.clear();
    m_anyAlert = false;
    for (std::size_t i = 0; i < view->nodes.size(); ++i) {
        m_index.insert(view->nodes[i].id, i);
        m_anyAlert = m_anyAlert || view->nodes[i].alerts > 0;
    }
    if (!m_current.isEmpty() && !m_index.contains(m_current))
        setCurrent({});
    if (!m_closure.isEmpty()) // the edges may be new
        m_closure = closure(view->edges, m_current, m_closureWay);
    update();
}

void MapCanvas::setLayout(const Layout &layout)
{
    const bool first = m_layout.centres.isEmpty();
    m_layout = layout;
    if (first || !m_touched)
        fit();
    update();
}

QSizeF MapCanvas::nodeSize(const view::ViewModel &view) const
{
    const QFontMetricsF metrics(m_theme.font(Type::Body));
    double widest = 0;
    for (const auto &n : view.nodes)
        widest = std::max(widest, metrics.horizontalAdvance(n.name));
    const double step = m_theme.step();
    return {std::clamp(std::ceil(widest) + 14 * step, 26 * step, 52 * step), std::ceil(metrics.height() * 2)};
}

const view::MapNode *MapCanvas::node(const QString &id) const
{
    const auto at = m_index.constFind(id);
    return at == m_index.constEnd() ? nullptr : &m_view->nodes[*at];
}

void MapCanvas::setCurrent(const QString &id)
{
    if (id == m_current)
        return;
    m_current = id;
    m_closure.clear();
    if (const view::MapNode *n = node(id)) {
        const auto severity = word(n->worst);
        setAccessibleDescription(n->alerts > 0 ? tr("%1, alerts: %2, worst %3")
                                                     .arg(n->name, QString::number(n->alerts),
                                                          QString::fromUtf8(severity.data(), static_cast<qsizetype>(severity.size())))
                                               : tr("%1, no alerts").arg(n->name));
        ensureVisible(id);
    }
    Q_EMIT currentChanged(id);
    update();
}

void MapCanvas::walk(Qt::Key direction)
{
    if (m_view == nullptr || m_layout.centres.isEmpty())
        return;
    if (!m_layout.centres.contains(m_current)) {
        // Begin where the trouble is.
        QString start;
        for (const auto &n : m_view->nodes) {
            if (m_layout.centres.contains(n.id) && (start.isEmpty() || n.worst > node(start)->worst))
                start = n.id;
        }
        setCurrent(start);
        return;
    }
    const QPointF here = m_layout.centres.value(m_current);
    QString best;
    double bestDistance = 1e18;
    const auto offer = [&](const QString &id) {
        const auto at = m_layout.centres.constFind(id);
        if (at == m_layout.centres.constEnd() || id == m_current)
            return;
        const double d = std::hypot(at->x() - here.x(), (at->y() - here.y()) * 0.6);
        if (d < bestDistance) {
            bestDistance = d;
            best = id;
        }
    };
    if (direction == Qt::Key_Down || direction == Qt::Key_Up) {
        for (const auto &e : m_view->edges) {
            if (direction == Qt::Key_Down && e.from == m_current)
                offer(e.to);
            else if (direction == Qt::Key_Up && e.to == m_current)
                offer(e.from);
        }
    } else {
        const int sign = direction == Qt::Key_Right ? 1 : -1;
        for (auto it = m_layout.centres.begin(); it != m_layout.centres.end(); ++it) {
            if (std::abs(it->y() - here.y()) < m_layout.node.height() && (it->x() - here.x()) * sign > 1)
                offer(it.key());
        }
    }
    if (!best.isEmpty())
        setCurrent(best);
}

void MapCanvas::toggleClosure(Direction direction)
{
    if (m_view == nullptr || m_current.isEmpty())
        return;
    if (!m_closure.isEmpty() && m_closureWay == direction) {
        clearClosure();
        return;
    }
    m_closureWay = direction;
    m_closure = closure(m_view->edges, m_current, direction);
    update();
}

void MapCanvas::clearClosure()
{
    m_closure.clear();
    update();
}

int MapCanvas::find(const QString &text)
{
    m_find = text.trimmed();
    int fits = 0;
    QString first;
    if (m_view != nullptr && !m_find.isEmpty()) {
        for (const auto &n : m_view->nodes) {
            if (m_layout.centres.contains(n.id) && n.name.contains(m_find, Qt::CaseInsensitive)) {
                ++fits;
                if (first.isEmpty())
                    first = n.id;
            }
        }
    }
    if (!first.isEmpty())
        setCurrent(first);
    update();
    return fits;
}

bool MapCanvas::isLit(const view::MapNode &n) const
{
    if (!m_find.isEmpty())
        return n.name.contains(m_find, Qt::CaseInsensitive);
    if (!m_closure.isEmpty())
        return m_closure.contains(n.id);
    return !m_anyAlert || n.alerts > 0 || n.blast || n.suspect || n.id == m_current;
}

bool MapCanvas::isPathLit(const view::MapEdge &e) const
{
    if (!m_closure.isEmpty())
        return m_closure.contains(e.from) && m_closure.contains(e.to);
    return e.onPath;
}

void MapCanvas::fit()
{
    const QRectF bounds = m_layout.bounds();
    if (bounds.isEmpty() || width() < 10 || height() < 10)
        return;
    const double margin = 5 * m_theme.step();
    const QRectF room(margin, margin + 2 * m_theme.step(), width() - 2 * margin,
                      height() - legendHeight() - 2 * margin - 4 * m_theme.step());
    m_zoom = std::clamp(std::min(room.width() / bounds.width(), room.height() / bounds.height()), kLeastZoom, 1.0);
    m_offset = room.center() - bounds.center() * m_zoom;
    m_touched = false;
    update();
}

void MapCanvas::centre()
{
    if (!m_layout.centres.contains(m_current)) {
        fit();
        return;
    }
    const QPointF middle(width() / 2.0, (height() - legendHeight()) / 2);
    const QPointF wanted = middle - m_layout.centres.value(m_current) * m_zoom;
    if ((wanted - m_offset).manhattanLength() < 1) { // centred already: everything
        fit();
        return;
    }
    m_offset = wanted;
    m_touched = true;
    update();
}

void MapCanvas::zoom(double factor, QPointF around)
{
    const QPointF fixed = toLayout(around);
    m_zoom = std::clamp(m_zoom * factor, kLeastZoom, kMostZoom);
    m_offset = around - fixed * m_zoom;
    m_touched = true;
    update();
}

void MapCanvas::ensureVisible(const QString &id)
{
    if (!m_layout.centres.contains(id))
        return;
    const QRectF box = boxOf(id);
    const QRectF room = QRectF(rect()).adjusted(8, 8, -8, -8 - legendHeight());
    if (room.contains(box))
        return;
    QPointF move;
    if (box.left() < room.left())
        move.setX(room.left() - box.left());
    else if (box.right() > room.right())
        move.setX(room.right() - box.right());
    if (box.top() < room.top())
        move.setY(room.top() - box.top());
    else if (box.bottom() > room.bottom())
        move.setY(room.bottom() - box.bottom());
    m_offset += move;
}

QRectF MapCanvas::boxOf(const QString &id) const
{
    const QRectF box = m_layout.box(id);
    return {box.topLeft() * m_zoom + m_offset, box.size() * m_zoom};
}

QSize MapCanvas::minimumSizeHint() const
{
    return {60 * m_theme.step(), 36 * m_theme.step()};
}

void MapCanvas::resizeEvent(QResizeEvent *)
{
    if (!m_touched)
        fit();
}

void MapCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_dragFrom = event->position();
        m_dragging = false;
    }
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton) {
        const QPointF d = event->position() - m_dragFrom;
        if (m_dragging || d.manhattanLength() > 5) {
            m_dragging = true;
            m_touched = true;
            m_offset += d;
            m_dragFrom = event->position();
            update();
        }
        return;
    }
    const QString id = m_layout.at(toLayout(event->position()));
    if (id == m_hovered)
        return;
    m_hovered = id;
    setCursor(id.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    QStringList says;
    if (const view::MapNode *n = m_view != nullptr ? node(id) : nullptr) {
        says << n->name;
        if (n->alerts > 0)
            says << tr("alerts: %1").arg(n->alerts);
        if (!n->team.isEmpty())
            says << tr("team %1").arg(n->team);
        if (!n->owner.isEmpty())
            says << tr("owner %1").arg(n->owner);
        if (!n->change.isEmpty())
            says << n->change;
    }
    widgets::setPlainToolTip(this, says.join(QLatin1Char('\n')));
    update();
}

void MapCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_dragging)
        return;
    const QString id = m_layout.at(toLayout(event->position()));
    setCurrent(id);
    if (!id.isEmpty())
        Q_EMIT chosen(id);
}

void MapCanvas::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() != 0)
        zoom(event->angleDelta().y() > 0 ? 1.15 : 1 / 1.15, event->position());
    event->accept();
}

} // namespace qd::map
