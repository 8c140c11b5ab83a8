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
    if (m_alarm) {
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

void FeedsButton::setShort(bool brief)
{
    m_short = brief;
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

FeedsPopup::FeedsPopup(const style::Theme &theme, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Feeds"));
}

void FeedsPopup::open(const std::vector<view::Feed> &feeds, Instant now, const QPoint &topRight)
{
    auto *grid = new QGridLayout(this);
    const int step = m_theme.step();
    grid->setContentsMargins(4 * step, 3 * step, 4 * step, 3 * step);
    grid->setHorizontalSpacing(5 * step);
    grid->setVerticalSpacing(2 * step);
    const auto cell = [&](int row, int column, const QString &text, Type type, Tone tone) {
        auto *label = new PlainLabel(m_theme, type, tone, this);
        label->setPlain(text);
        grid->addWidget(label, row, column);
    };
    const std::vector<QString> heads{tr("FEED"), tr("KIND"), tr("STATE"), tr("SEEN"), tr("EXPECTED EVERY"), tr("MAY WRITE")};
    for (std::size_t c = 0; c < heads.size(); ++c)
        cell(0, static_cast<int>(c), heads[c], Type::Heading, Tone::Secondary);
    int row = 1;
    for (const view::Feed &feed : feeds) {
        const bool bad = weight(feed) > 0;
        cell(row, 0, feed.name, bad ? Type::Strong : Type::Body, Tone::Text);
        cell(row, 1, feed.kind, Type::Body, Tone::Secondary);
        cell(row, 2, bad ? QStringLiteral("▲ ") + stateWord(feed.state) : stateWord(feed.state), bad ? Type::Strong : Type::Body,
             bad ? Tone::Text : Tone::Secondary);
        cell(row, 3, seen(feed, now), Type::Figure, bad ? Tone::Text : Tone::Secondary);
        cell(row, 4, feed.period.ns > 0 ? widgets::ageText(feed.period) : QStringLiteral("—"), Type::Body, Tone::Secondary);
        cell(row, 5, feed.arming == QLatin1String("observe") ? tr("nothing (observe)") : feed.arming, Type::Body, Tone::Secondary);
        ++row;
        if (!feed.problem.isEmpty()) {
            auto *problem = new PlainLabel(m_theme, Type::Small, Tone::Text, this);
            problem->setPlain(feed.problem);
            problem->setWordWrap(true);
            grid->addWidget(problem, row++, 0, 1, 6);
        }
    }
    if (feeds.empty())
        cell(row, 0, tr("Nothing is connected."), Type::Body, Tone::Secondary);
    adjustSize();
    move(topRight.x() - width(), topRight.y());
    QFrame::show();
}

void FeedsPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Base));
    painter.setPen(m_theme.color(Tone::Outline));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace qd::shell
