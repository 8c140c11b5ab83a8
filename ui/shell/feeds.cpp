// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/feeds.h"

#include "ui/widgets/paint.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QGridLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::PlainLabel;

namespace {

int weight(const view::Feed &feed)
{
    if (feed.state == QLatin1String("failed"))
        return 3;
    if (feed.state == QLatin1String("silent"))
        return 2;
    return feed.state == QLatin1String("late") ? 1 : 0;
}

QString seen(const view::Feed &feed, Instant now)
{
    return feed.lastSeen ? widgets::waitText(now - feed.lastSeen) : QCoreApplication::translate("qd::shell::Feeds", "never seen");
}

/// A row of the popup, from the state's word.
QString stateWord(const QString &state)
{
    if (state == QLatin1String("fresh"))
        return QCoreApplication::translate("qd::shell::Feeds", "fresh");
    if (state == QLatin1String("late"))
        return QCoreApplication::translate("qd::shell::Feeds", "late");
    if (state == QLatin1String("silent"))
        return QCoreApplication::translate("qd::shell::Feeds", "silent");
    if (state == QLatin1String("failed"))
        return QCoreApplication::translate("qd::shell::Feeds", "failed");
    return QCoreApplication::translate("qd::shell::Feeds", "awaiting");
}

} // namespace

std::vector<view::Feed> troubled(const std::vector<view::Feed> &feeds)
{
    std::vector<view::Feed> list;
    std::copy_if(feeds.begin(), feeds.end(), std::back_inserter(list), [](const view::Feed &f) { return weight(f) > 0; });
    std::stable_sort(list.begin(), list.end(), [](const view::Feed &a, const view::Feed &b) { return weight(a) > weight(b); });
    return list;
}

FeedsButton::FeedsButton(const style::Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
}

void FeedsButton::show(const std::vector<view::Feed> &feeds, Instant now)
{
    const std::vector<view::Feed> bad = troubled(feeds);
    m_alarm = !bad.empty();
    m_failed = m_alarm && weight(bad.front()) > 1;
    Instant oldest;
    for (const view::Feed &feed : feeds) {
        if (feed.lastSeen && (!oldest || feed.lastSeen < oldest))
            oldest = feed.lastSeen;
    }
    QString quiet, strong;
    if (m_alarm && m_nameless) {
        strong = QStringLiteral("▲ ") + tr("%Ln feed(s)", nullptr, static_cast<int>(bad.size()));
    } else if (m_alarm) {
        quiet = bad.front().name + QLatin1Char(' ');
        strong = bad.front().lastSeen ? widgets::waitText(now - bad.front().lastSeen) : stateWord(bad.front().state);
        if (bad.size() > 1)
            strong += QStringLiteral(" +%1").arg(bad.size() - 1);
    } else if (feeds.empty()) {
        quiet = tr("no feeds");
    } else {
        quiet = m_short ? QString() : tr("feeds ");
        strong = oldest ? widgets::ageText(now - oldest) : tr("awaiting");
    }
    if (quiet == m_quiet && strong == m_strong)
        return;
    m_quiet = quiet;
    m_strong = strong;
    setAccessibleName(m_alarm ? tr("Feed in trouble: %1%2").arg(quiet, strong) : tr("Feeds; the oldest was seen %1 ago").arg(strong));
    updateGeometry();
    update();
}

void FeedsButton::setShort(bool brief, bool nameless)
{
    m_short = brief;
    m_nameless = nameless;
}

QSize FeedsButton::sizeHint() const
{
    const QFontMetrics body(m_theme.font(Type::Body)), figure(m_theme.font(Type::Figure));
    // Room for one more figure, so that a passing second does not move the strip.
    return {body.horizontalAdvance(m_quiet) + figure.horizontalAdvance(m_strong) + (m_alarm ? 4 * m_theme.step() : 2) + 2,
            std::max(24, body.height() + 6)};
}

void FeedsButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int x = 1;
    if (m_alarm) {
        QPen pen(m_theme.color(m_failed ? Tone::Critical : Tone::Error), 1.6, Qt::DashLine);
        if (m_theme.color(Tone::FillOutline).isValid())
            pen.setColor(m_theme.color(Tone::FillOutline));
        painter.setPen(pen);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
        x += 2 * m_theme.step();
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(Tone::Focus), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    painter.setFont(m_theme.font(Type::Body));
    painter.setPen(m_theme.color(m_alarm ? Tone::Text : Tone::Secondary));
    painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter, m_quiet);
    x += QFontMetrics(painter.font()).horizontalAdvance(m_quiet);
    painter.setFont(m_theme.font(m_alarm ? Type::Figure : Type::Body));
    painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter, m_strong);
}

FeedsPopup::FeedsPopup(const style::Theme &theme, const QWidget &button, QWidget *window)
    : Overlay(theme, window)
    , m_button(button)
    , m_scroll(new QScrollArea(this))
    , m_page(new QWidget)
    , m_grid(new QGridLayout(m_page))
{
    setAccessibleName(tr("Feeds"));
    setFocusPolicy(Qt::StrongFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2, 2, 2, 2);
    column->addWidget(m_scroll);
    m_scroll->setFrameShape(NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_page);
    setFocusProxy(m_scroll); // arrows and pages scroll a long list
}

void FeedsPopup::open(const std::vector<view::Feed> &feeds, Instant now)
{
    const int step = theme().step();
    m_grid->setContentsMargins(4 * step, 3 * step, 4 * step, 3 * step);
    m_grid->setHorizontalSpacing(5 * step);
    m_grid->setVerticalSpacing(2 * step);
    show(feeds, now);
    appear(*m_scroll);
}

void FeedsPopup::say(int row, int column, const QString &text, Type type, Tone tone, int columns)
{
    PlainLabel *&label = m_cells[{row, column}];
    if (label == nullptr) {
        label = new PlainLabel(theme(), type, tone, m_page);
        m_grid->addWidget(label, row, column, 1, columns);
        label->show(); // a hidden one takes no place in the layout
    }
    label->setType(type);
    label->setTone(tone);
    label->setWordWrap(columns > 1);
    label->setPlain(text);
}

void FeedsPopup::show(const std::vector<view::Feed> &feeds, Instant now)
{
    const std::vector<QString> heads{tr("FEED"), tr("KIND"), tr("STATE"), tr("SEEN"), tr("EXPECTED EVERY"), tr("MAY WRITE")};
    const int columns = static_cast<int>(heads.size());
    for (int c = 0; c < columns; ++c)
        say(0, c, heads[static_cast<std::size_t>(c)], Type::Heading, Tone::Secondary);
    // Two lines a feed: what it is, and in words what is wrong with it, or what waits there.
    int row = 1;
    for (const view::Feed &feed : feeds) {
        const bool bad = weight(feed) > 0;
        say(row, 0, feed.name, bad ? Type::Strong : Type::Body, Tone::Text);
        say(row, 1, feed.kind, Type::Body, Tone::Secondary);
        say(row, 2, bad ? QStringLiteral("▲ ") + stateWord(feed.state) : stateWord(feed.state), bad ? Type::Strong : Type::Body, bad ? Tone::Text : Tone::Secondary);
        say(row, 3, seen(feed, now), Type::Figure, bad ? Tone::Text : Tone::Secondary);
        say(row, 4, feed.period.ns > 0 ? widgets::ageText(feed.period) : QStringLiteral("—"), Type::Body, Tone::Secondary);
        say(row, 5, feed.arming == QLatin1String("observe") ? tr("nothing (observe)") : feed.arming, Type::Body, Tone::Secondary);
        const QString waits = feed.pending > 0 ? tr("%n pending", nullptr, feed.pending) : QString();
        say(row + 1, 0, feed.problem.isEmpty() ? waits : feed.problem, Type::Small, feed.problem.isEmpty() ? Tone::Secondary : Tone::Text, columns);
        m_cells[{row + 1, 0}]->setVisible(!feed.problem.isEmpty() || feed.pending > 0);
        row += 2;
    }
    if (feeds.empty())
        say(row++, 0, tr("Nothing is connected."), Type::Body, Tone::Secondary, columns);
    // What there were more of before, or of another width, goes.
    for (auto cell = m_cells.begin(); cell != m_cells.end();) {
        const bool left = cell->first.first >= row || (feeds.empty() && cell->first.first > 0 && cell->first.second > 0);
        if (left)
            cell->second->deleteLater();
        cell = left ? m_cells.erase(cell) : std::next(cell);
    }
    if (isVisible())
        place();
}

void FeedsPopup::place()
{
    const QSize room = parentWidget()->size(), margins(4, 4);
    const QPoint under = m_button.mapTo(parentWidget(), QPoint(m_button.width(), m_button.height() + 4));
    m_grid->activate();
    QSize wanted = m_page->sizeHint() + margins;
    wanted.setWidth(std::min(wanted.width(), room.width() - 8));
    if (m_page->hasHeightForWidth())
        wanted.setHeight(m_page->heightForWidth(wanted.width() - margins.width()) + margins.height());
    wanted.setHeight(std::min(wanted.height(), room.height() - under.y() - 8));
    setGeometry(QRect(QPoint(std::max(4, under.x() - wanted.width()), under.y()), wanted));
}

} // namespace qd::shell
