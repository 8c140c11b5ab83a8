// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/mark.h"

#include <QPolygonF>

namespace qd::style {

Mark mark(AlertSeverity severity)
{
    switch (severity) {
    case AlertSeverity::Critical: return {Tone::Critical, Shape::Octagon, QStringLiteral("C")};
    case AlertSeverity::Error: return {Tone::Error, Shape::Triangle, QStringLiteral("E")};
    case AlertSeverity::Warning: return {Tone::Warning, Shape::Diamond, QStringLiteral("W")};
    case AlertSeverity::Info: return {Tone::Info, Shape::Pill, QStringLiteral("I")};
    case AlertSeverity::None: return {Tone::Unknown, Shape::Pill, QStringLiteral("–")};
    case AlertSeverity::Unknown: break;
    }
    return {Tone::Unknown, Shape::Pill, QStringLiteral("?")};
}

Mark mark(IncidentSeverity severity)
{
    switch (severity) {
    case IncidentSeverity::Sev1: return {Tone::Critical, Shape::Octagon, QStringLiteral("S1")};
    case IncidentSeverity::Sev2: return {Tone::Error, Shape::Triangle, QStringLiteral("S2")};
    case IncidentSeverity::Sev3: return {Tone::Warning, Shape::Diamond, QStringLiteral("S3")};
    case IncidentSeverity::Sev4: return {Tone::Info, Shape::Pill, QStringLiteral("S4")};
    case IncidentSeverity::Sev5: break;
    }
    return {Tone::Unknown, Shape::Pill, QStringLiteral("S5")};
}

QPainterPath shapePath(Shape shape, const QRectF &box)
{
    QPainterPath path;
    const qreal l = box.left(), t = box.top(), r = box.right(), b = box.bottom();
    switch (shape) {
    case Shape::Octagon: {
        const qreal cut = std::min(box.width(), box.height()) * 0.29;
        path.addPolygon(QPolygonF({{l + cut, t}, {r - cut, t}, {r, t + cut}, {r, b - cut}, {r - cut, b}, {l + cut, b},
                                   {l, b - cut}, {l, t + cut}, {l + cut, t}}));
        break;
    }
    case Shape::Triangle: {
        // A wide triangle gets a flat top, so that its letter has room.
        const qreal flat = std::max(0.0, box.width() - box.height() * 1.15) / 2;
        const qreal c = box.center().x();
        path.addPolygon(QPolygonF({{c - flat * 0.6, t}, {c + flat * 0.6, t}, {r, b}, {l, b}, {c - flat * 0.6, t}}));
        break;
    }
    case Shape::Diamond:
        path.addPolygon(QPolygonF({{box.center().x(), t}, {r, box.center().y()}, {box.center().x(), b},
                                   {l, box.center().y()}, {box.center().x(), t}}));
        break;
    case Shape::Pill: path.addRoundedRect(box, box.height() / 2, box.height() / 2); break;
    case Shape::Square: path.addRect(box); break;
    case Shape::Circle: {
        const qreal d = std::min(box.width(), box.height());
        path.addEllipse(box.center(), d / 2, d / 2);
        break;
    }
    }
    path.closeSubpath();
    return path;
}

} // namespace qd::style
