// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wall/bands.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>

namespace qd::wall {

using style::Tone;

namespace {

struct BandWords {
    Q_DECLARE_TR_FUNCTIONS(qd::wall)
};

QString moreText(int count)
{
    return BandWords::tr("+%Ln more", nullptr, count);
}

/// Words of different weight on one line.
struct Part {
    QString text;
    const QFont *font;
    Tone tone;
};

double widthOf(const std::vector<Part> &parts)
{
    double width = 0;
    for (const Part &p : parts)
        width += Brush::widthOf(p.text, *p.font);
    return width;
}

void write(Brush &brush, double x, double right, double top, double height, const std::vector<Part> &parts)
{
    for (const Part &p : parts)
        x += brush.write(QRectF(x, top, right - x, height), p.text, *p.font, p.tone);
}

void paintHead(Brush &brush, const Fonts &f, const Content &c, const QRectF &room)
{
    const double gap = f.line.text * 0.9;
    double x = room.left();
    x += brush.write(QRectF(x, room.top(), room.width(), room.height()), c.clock, f.clock, Tone::Text) + f.line.text * 0.25;
    x += brush.write(QRectF(x, room.top() + room.height() * 0.06, room.right() - x, room.height()), c.zone, f.text, Tone::Secondary) + gap;
    if (!c.state.isEmpty()) {
        const QRectF box(x, room.center().y() - f.line.text / 2, room.right() - x, f.line.text);
        x += brush.tag(box, c.state, f.strong, c.isStateAlarm ? Tone::Critical : Tone::Text, c.isStateAlarm ? Tone::OnFill : Tone::Base) + gap / 2;
        if (c.isStateAlarm)
            x += brush.write(QRectF(x, room.top(), room.right() - x, room.height()), c.stateWords, f.text, Tone::Text) + gap / 2;
        x += gap / 2;
    }
    // What does not fit whole is left out, what matters least first: the phase, the promise, how long somebody has had command.
    const std::vector<Part> phase{{BandWords::tr("phase") + QLatin1Char(' '), &f.text, Tone::Secondary}, {c.phase, &f.text, Tone::Text}};
    const std::vector<Part> promise{{BandWords::tr("next promise") + QLatin1Char(' '), &f.text, Tone::Secondary},
                                    {c.promise + QLatin1Char(' '), &f.text, Tone::Text},
                                    {(c.promiseLate ? QStringLiteral("▲ ") : QString()) + c.promiseAt + QLatin1Char(' '), &f.strong, Tone::Text},
                                    {c.promiseLeft, &f.text, c.promiseLate ? Tone::Text : Tone::Secondary}};
    std::vector<Part> command{{BandWords::tr("command") + QLatin1Char(' '), &f.text, Tone::Secondary}, {c.commander, &f.text, Tone::Text}, {QLatin1Char(' ') + c.commandAge, &f.text, Tone::Secondary}};
    const double room1 = room.right() - x;
    const bool hasCommand = !c.commander.isEmpty(), hasPromise = !c.promise.isEmpty();
    if (!hasCommand)
        return;
    bool withPhase = !c.phase.isEmpty(), withPromise = hasPromise;
    const auto needed = [&] { return widthOf(command) + (withPhase ? gap + widthOf(phase) : 0) + (withPromise ? gap + widthOf(promise) : 0); };
    if (needed() > room1)
        withPhase = false;
    if (needed() > room1)
        withPromise = false;
    if (needed() > room1)
        command.erase(command.begin());
    write(brush, x, room.right(), room.top(), room.height(), command);
    if (withPhase)
        write(brush, x + widthOf(command) + gap, room.right(), room.top(), room.height(), phase);
    if (withPromise)
        write(brush, room.right() - widthOf(promise), room.right() + 2, room.top(), room.height(), promise);
}

void paintIncidents(Brush &brush, const Fonts &f, const Plan &plan, const Content &c, const QRectF &room)
{
    double y = room.top();
    if (c.incidents.empty()) {
        brush.write(QRectF(room.left(), y, room.width(), f.line.title), BandWords::tr("No incident"), f.title, Tone::Secondary);
        return;
    }
    const double badge = f.line.title * 1.35, left = room.left() + badge + f.line.text * 0.5;
    for (int n = 0; n < plan.incidents; ++n) {
        const Content::Incident &i = c.incidents[static_cast<std::size_t>(n)];
        const double age = Brush::widthOf(i.age, f.text);
        brush.badge(QRectF(room.left(), y + f.line.title * 0.06, badge, f.line.title * 0.88), style::mark(i.severity), f.strong);
        double x = left;
        if (i.drill)
            x += brush.tag(QRectF(x, y + f.line.title / 2 - f.line.text / 2, room.right() - x, f.line.text), BandWords::tr("DRILL"), f.strong, Tone::Text, Tone::Base) + f.line.text * 0.4;
        brush.write(QRectF(x, y, room.right() - x - age - f.line.text * 0.5, f.line.title), i.title, f.title, Tone::Text);
        brush.write(QRectF(room.right() - age - 1, y, age + 2, f.line.title), i.age, f.text, Tone::Secondary, Qt::AlignRight | Qt::AlignVCenter);
        y += f.line.title;
        if (!plan.impacts)
            continue;
        brush.write(QRectF(left, y, room.right() - left, f.line.text), i.impact, f.text, Tone::Secondary);
        y += f.line.text;
    }
    if (plan.moreIncidents > 0)
        brush.write(QRectF(left, y, room.right() - left, f.line.text), moreText(plan.moreIncidents), f.text, Tone::Secondary);
}

/// How many of the lines are shown, and how many of those may take a second row: what was decided is read whole before it is shortened, and
/// the newest come before older ones.
struct DecisionRows {
    int shown = 0, second = 0;
};
DecisionRows rowsFor(const std::vector<Content::Line> &lines, int shown, int total, int rows, const QFont &font, double width)
{
    constexpr int kFewest = 3; // as many are shown though they be shortened
    const auto spare = [&](int count) { return rows - count - (count < total ? 1 : 0); };
    const auto wanted = [&](int count) {
        return static_cast<int>(std::count_if(lines.begin(), lines.begin() + count, [&](const Content::Line &line) { return Brush::broken(line.text, font, width).size() > 1; }));
    };
    DecisionRows out{shown, 0};
    while (out.shown > kFewest && wanted(out.shown) > spare(out.shown))
        --out.shown;
    out.second = std::max(0, spare(out.shown));
    return out;
}

void paintLines(Brush &brush, const Fonts &f, const Plan &plan, const Content &c, const QRectF &room)
{
    double y = room.top();
    double clock = 0;
    for (const auto *list : {&c.lines, &c.promises})
        for (const Content::Line &line : *list)
            clock = std::max(clock, Brush::widthOf(line.time + QLatin1Char(' '), f.strong));
    const double width = room.width() - clock;
    const int used = plan.lines + (plan.moreLines > 0 ? 1 : 0) + plan.promises + (plan.morePromises > 0 ? 1 : 0);
    const double left = room.height() - (plan.lines > 0 ? f.line.label : 0) - (plan.promises > 0 ? f.line.label : 0) - used * f.line.text;
    const int total = plan.lines + plan.moreLines;
    const DecisionRows rows = rowsFor(c.lines, plan.lines, total, plan.lines + (plan.moreLines > 0 ? 1 : 0) + static_cast<int>(std::max(0.0, left) / f.line.text), f.text, width);
    const auto list = [&](const QString &heading, const std::vector<Content::Line> &lines, int count, int more, bool strong, int second) {
        if (count == 0)
            return;
        brush.write(QRectF(room.left(), y, room.width(), f.line.label), heading, f.label, Tone::Secondary);
        y += f.line.label;
        for (int n = 0; n < count; ++n) {
            const Content::Line &line = lines[static_cast<std::size_t>(n)];
            brush.write(QRectF(room.left(), y, clock, f.line.text), line.time, strong ? f.strong : f.text, strong ? Tone::Text : Tone::Secondary);
            QStringList said = Brush::broken(line.text, f.text, width);
            if (said.size() > 1 && second-- <= 0)
                said = {line.text};
            for (const QString &part : std::as_const(said)) {
                brush.write(QRectF(room.left() + clock, y, width, f.line.text), part, f.text, Tone::Text);
                y += f.line.text;
            }
        }
        if (more > 0) {
            brush.write(QRectF(room.left() + clock, y, width, f.line.text), moreText(more), f.text, Tone::Secondary);
            y += f.line.text;
        }
    };
    list(BandWords::tr("LAST DECISIONS"), c.lines, rows.shown, total - rows.shown, false, rows.second);
    list(BandWords::tr("PROMISED NEXT"), c.promises, plan.promises, plan.morePromises, true, 0);
}

void paintTrend(Brush &brush, const std::vector<int> &rate, const QRectF &room)
{
    if (rate.size() < 2)
        return;
    const int most = std::max(3, *std::max_element(rate.begin(), rate.end()));
    QPainter &p = brush.painter();
    p.setPen(QPen(brush.theme().color(Tone::Dim), 1, Qt::DotLine));
    p.drawLine(room.bottomLeft(), room.bottomRight());
    QPainterPath path;
    for (std::size_t i = 0; i < rate.size(); ++i) {
        const QPointF at(room.left() + room.width() * static_cast<double>(i) / static_cast<double>(rate.size() - 1), room.bottom() - room.height() * rate[i] / most);
        if (i == 0)
            path.moveTo(at);
        else
            path.lineTo(at);
    }
    p.setPen(QPen(brush.theme().color(Tone::Text), std::max(2.0, room.height() / 18)));
    p.setBrush(Qt::NoBrush);
    p.drawPath(path);
}

void paintFoot(Brush &brush, const Fonts &f, const Content &c, const QRectF &room)
{
    const double gap = f.line.text * 0.7;
    double x = room.left();
    if (c.flood)
        x += brush.tag(room, BandWords::tr("FLOOD"), f.strong, Tone::Error) + gap;
    const auto at = [&](double from) { return QRectF(from, room.top(), room.right() - from, room.height()); };
    x += brush.write(at(x), QString::number(c.last10), f.strong, Tone::Text);
    x += brush.write(at(x), QLatin1Char(' ') + BandWords::tr("in 10 min"), f.text, Tone::Secondary) + gap;
    const double trend = std::min(f.line.text * 5, (room.right() - x) * 0.4);
    if (trend > f.line.text * 2) {
        paintTrend(brush, c.rate, QRectF(x, room.top() + room.height() * 0.15, trend, room.height() * 0.7));
        x += trend + gap * 0.5;
        const QString hour = BandWords::tr("60 min");
        if (Brush::widthOf(hour, f.text) < (room.right() - x) * 0.3)
            x += brush.write(at(x), hour, f.text, Tone::Secondary) + gap;
    }
    if (c.feeds.empty()) {
        brush.write(at(x), BandWords::tr("no feeds"), f.text, Tone::Secondary);
        return;
    }
    const double inset = f.line.text * 0.25;
    for (std::size_t i = 0; i < c.feeds.size(); ++i) {
        const Content::Feed &feed = c.feeds[i];
        const std::vector<Part> parts{{(feed.troubled ? QStringLiteral("◷ ") : QString()) + feed.name + QLatin1Char(' '), &f.text, Tone::Text}, {feed.age, feed.troubled ? &f.strong : &f.text, feed.troubled ? Tone::Text : Tone::Secondary}};
        const int left = static_cast<int>(c.feeds.size() - i);
        const double counted = left > 1 ? Brush::widthOf(moreText(left - 1), f.text) + gap : 0;
        const double width = widthOf(parts) + (feed.troubled ? 2 * inset : 0);
        if (x + width + counted > room.right() && i > 0) {
            brush.write(at(x), moreText(left), f.text, Tone::Secondary);
            return;
        }
        if (feed.troubled) {
            brush.painter().setPen(QPen(brush.theme().color(Tone::Error), 2, Qt::DashLine));
            brush.painter().setBrush(Qt::NoBrush);
            brush.painter().drawRect(QRectF(x, room.top() + 1, std::min(width, room.right() - x), room.height() - 2));
            x += inset;
        }
        write(brush, x, room.right(), room.top(), room.height(), parts);
        x += widthOf(parts) + (feed.troubled ? inset : 0) + gap;
    }
}

} // namespace

void paintBands(Brush &brush, const Fonts &f, const Plan &plan, const Content &c, const QRectF &room)
{
    const double gap = f.line.gap;
    double y = room.top();
    const auto rule = [&] { brush.rule(room.left(), y + gap / 2, room.width()); };
    if (plan.head) {
        paintHead(brush, f, c, QRectF(room.left(), y, room.width(), plan.headHeight));
        y += plan.headHeight;
        rule();
        y += gap;
    }
    paintIncidents(brush, f, plan, c, QRectF(room.left(), y, room.width(), plan.incidentsHeight));
    y += plan.incidentsHeight;
    const double floor = room.bottom() - (plan.foot ? plan.footHeight + gap : 0);
    if (floor - y > f.line.label + f.line.text + gap) {
        rule();
        y += gap;
        const bool hasLines = plan.lines + plan.promises > 0;
        const bool beside = hasLines && !isNarrow(room.width(), f.line);
        const double left = !hasLines ? room.width() : beside ? room.width() * 0.56 : 0;
        if (left > 0)
            paintServices(brush, f, c, QRectF(room.left(), y, left, floor - y));
        if (plan.named && left <= 0) {
            QStringList names;
            for (const view::MapNode &n : c.nodes)
                if (n.alerts > 0 || n.suspect)
                    names << n.name;
            brush.write(QRectF(room.left(), y, room.width(), f.line.text), BandWords::tr("affects %1").arg(names.join(QStringLiteral(", "))), f.text, Tone::Text);
            y += f.line.text;
        }
        if (hasLines)
            paintLines(brush, f, plan, c, QRectF(room.left() + (beside ? left + gap : 0), y, room.width() - (beside ? left + gap : 0), floor - y));
    }
    if (plan.foot) {
        y = room.bottom() - plan.footHeight - gap;
        rule();
        paintFoot(brush, f, c, QRectF(room.left(), room.bottom() - plan.footHeight, room.width(), plan.footHeight));
    }
}

} // namespace qd::wall
