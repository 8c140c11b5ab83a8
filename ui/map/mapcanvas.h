// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/map/graph.h"
#include "ui/map/layout.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace qd::map {

/// The painted map: boxes, edges, marks. Shows a view's nodes where a Layout puts them. What arrives changes marks and
/// borders, never positions, zoom or the current node; only the person's own zoom, pan, fit and resize move the picture.
/// Its table twin is the accessible path. GUI thread.
class MapCanvas final : public QWidget {
    Q_OBJECT
public:
    explicit MapCanvas(const style::Theme &theme, QWidget *parent = nullptr);

    void setView(const view::ViewModelPtr &view);
    /// New positions. The picture is fitted when it never was, or nobody has touched it.
    void setLayout(const Layout &layout);
    [[nodiscard]] const Layout &laidOut() const { return m_layout; }
    /// The size of a box for this theme and these names.
    [[nodiscard]] QSizeF nodeSize(const view::ViewModel &view) const;

    void setCurrent(const QString &id);
    [[nodiscard]] QString current() const { return m_current; }
    /// Along an edge or a rank: Down to what it needs, Up to what needs it, Left and Right within its rank.
    void walk(Qt::Key direction);
    /// Highlights a closure of the current node; the same again clears it.
    void toggleClosure(Direction direction);
    void clearClosure();
    /// Nodes whose name holds the text stay lit; empty ends it. Gives how many fit.
    int find(const QString &text);

    void zoom(double factor, QPointF around);
    void fit();
    void centre();
    [[nodiscard]] double scale() const { return m_zoom; }
    /// Where a node is on the widget.
    [[nodiscard]] QRectF boxOf(const QString &id) const;

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(const QString &id);
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    [[nodiscard]] const view::MapNode *node(const QString &id) const;
    [[nodiscard]] bool isLit(const view::MapNode &node) const;
    [[nodiscard]] bool isPathLit(const view::MapEdge &edge) const;
    [[nodiscard]] QPointF toLayout(const QPointF &widget) const { return (widget - m_offset) / m_zoom; }
    void ensureVisible(const QString &id);
    void paintEdge(QPainter &painter, const view::MapEdge &edge) const;
    void paintNode(QPainter &painter, const view::MapNode &node) const;
    void paintLegend(QPainter &painter) const;
    /// A font that does not shrink with the picture until it is well below its size.
    [[nodiscard]] QFont steadyFont(style::Type type) const;
    [[nodiscard]] QString legendText() const;
    [[nodiscard]] double legendHeight() const;

    const style::Theme &m_theme;
    view::ViewModelPtr m_view;
    QHash<QString, std::size_t> m_index;
    Layout m_layout;
    QString m_current, m_hovered, m_find;
    QSet<QString> m_closure;
    Direction m_closureWay = Direction::Needs;
    double m_zoom = 1;
    QPointF m_offset;
    bool m_touched = false, m_anyAlert = false;
    QPointF m_dragFrom;
    bool m_dragging = false;
};

} // namespace qd::map
