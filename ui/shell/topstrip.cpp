// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/topstrip.h"

#include "ui/shell/feeds.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/phrase.h"
#include "ui/widgets/plaintext.h"
#include "ui/widgets/timetext.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

namespace qd::shell {

using style::Tone;
using style::Type;
using widgets::Phrase;
using widgets::Tag;
using Run = widgets::Phrase::Run;

namespace {

/// Steps of economy: 1 drops the local clock and quiet words, 2 shortens the commander's name, 3 drops the
/// count of other incidents and the key that takes command, 4 the run mode's name, 5 the state and the word of the overrides. Then, for large text on a small screen:
/// 6 half of the title and, in a flood, the rate; 7 the clock, which the desktop has too; 8 the commander when it is you, the time of the promise, the names of silent feeds; 9 the title, 10 the
/// audience of the promise and, in practice, OBSERVE; 11 the elapsed time. PRACTICE, UNRECORDED, the severity, the incident's id, the promise's countdown, FLOOD, how many overrides are in force, the feeds, OBSERVE or ARMED always stay.
constexpr int kMostEconomy = 11;
constexpr int kTitleCharacters = 34, kHalfTitle = 16;

QString statusWord(IncidentStatus status)
{
    switch (status) {
    case IncidentStatus::Triage: return TopStrip::tr("TRIAGE");
    case IncidentStatus::Active: return TopStrip::tr("ACTIVE");
    case IncidentStatus::Mitigated: return TopStrip::tr("MITIGATED");
    case IncidentStatus::Resolved: return TopStrip::tr("RESOLVED");
    case IncidentStatus::Closed: return TopStrip::tr("CLOSED");
    case IncidentStatus::Cancelled: return TopStrip::tr("CANCELLED");
    case IncidentStatus::Merged: return TopStrip::tr("MERGED");
    }
    return {};
}

const view::IncidentRow *inFocus(const view::ViewModel &view)
{
    const auto it = std::find_if(view.incidents.begin(), view.incidents.end(), [&](const view::IncidentRow &i) { return i.id == view.focus; });
    return it == view.incidents.end() ? nullptr : &*it;
}

/// A figure a second: whole from ten on.
QString perSecond(double figure)
{
    return QLocale().toString(figure, 'f', figure >= 10 || figure == 0 ? 0 : 1);
}

QString stormText(const view::Storm &storm)
{
    return storm.raw <= 0 ? QString() : TopStrip::tr("raw %1/s → %2 new → %3 groups").arg(perSecond(storm.raw), perSecond(storm.fresh), perSecond(storm.groups));
}

/// How loud this desk is, in marks that are no colours: nothing up to what one person can answer in ten minutes, hollow at twice that, solid
/// above; beyond lies the flood, which has its own word. In a flood also what is left of all that comes in.
std::vector<Run> rateRuns(const view::Strip &strip, int economy)
{
    constexpr int kCalm = 1, kManageable = 2;
    const QString mark = strip.last10 <= kCalm ? QString() : strip.last10 <= kManageable ? QStringLiteral("○ ") : QStringLiteral("● ");
    std::vector<Run> runs{{mark, Type::Body, Tone::Text}, {QString::number(strip.last10), Type::Figure, strip.last10 <= kCalm ? Tone::Secondary : Tone::Text}, {TopStrip::tr("/10 min"), Type::Body, Tone::Secondary}};
    if (!strip.flood || strip.storm.raw <= 0)
        return runs;
    if (economy < 1)
        runs.push_back({QStringLiteral(" · ") + stormText(strip.storm), Type::Body, Tone::Secondary});
    else if (economy < 5)
        runs.push_back({QStringLiteral(" · ") + perSecond(strip.storm.raw) + QStringLiteral("→") + perSecond(strip.storm.fresh) + QStringLiteral("→") + perSecond(strip.storm.groups) + TopStrip::tr("/s"), Type::Body, Tone::Secondary});
    return runs;
}

} // namespace

TopStrip::TopStrip(const style::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
    , m_practice(new Tag(theme, tr("PRACTICE"), this))
    , m_past(new Tag(theme, {}, this))
    , m_alarm(new Tag(theme, {}, this))
    , m_badge(new widgets::Badge(theme, this))
    , m_title(new Phrase(theme, this))
    , m_status(new Tag(theme, {}, this))
    , m_more(new Phrase(theme, this))
    , m_elapsed(new Phrase(theme, this))
    , m_clock(new Phrase(theme, this))
    , m_commander(new Phrase(theme, this))
    , m_promise(new Phrase(theme, this))
    , m_flood(new Tag(theme, tr("FLOOD"), this))
    , m_rate(new Phrase(theme, this))
    , m_overrides(new Phrase(theme, this))
    , m_feeds(new FeedsButton(theme, this))
    , m_muted(new Tag(theme, tr("MUTED"), this))
    , m_mode(new Tag(theme, {}, this))
    , m_menu(new QToolButton(this))
{
    setAccessibleName(tr("Incident strip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_practice->setLook(Tag::Look::Inverted);
    m_flood->setLook(Tag::Look::Filled, Tone::Error);
    m_past->setLook(Tag::Look::Filled, Tone::Past);
    m_past->hide();
    m_alarm->setLook(Tag::Look::Filled, Tone::Critical);
    m_muted->setLook(Tag::Look::Framed, Tone::Override);
    m_muted->setVisible(false);
    m_title->setElidable(kTitleCharacters);
    m_menu->setText(QStringLiteral("☰"));
    m_menu->setAutoRaise(true);
    m_menu->setPopupMode(QToolButton::InstantPopup);
    m_menu->setMinimumSize(28, 28);
    m_menu->setAccessibleName(tr("Menu"));
    for (QWidget *part : std::initializer_list<QWidget *>{m_practice, m_past, m_alarm, m_badge, m_title, m_status, m_more, m_elapsed, m_clock,
                                                          m_commander})
        m_row->addWidget(part);
    m_row->addStretch(1);
    for (QWidget *part : std::initializer_list<QWidget *>{m_promise, m_flood, m_rate, m_overrides, m_feeds, m_muted, m_mode, m_menu})
        m_row->addWidget(part);
    connect(m_feeds, &FeedsButton::clicked, this, &TopStrip::feedsRequested);
    connect(&theme, &style::Theme::changed, this, [this] {
        styleMenu();
        refresh();
    });
    styleMenu();
}

void TopStrip::styleMenu()
{
    // A widget with a style sheet no longer takes its colours from the palette.
    m_menu->setStyleSheet(QStringLiteral("QToolButton { color: %1; } QToolButton::menu-indicator { image: none; }").arg(m_theme.color(Tone::Text).name()));
}

QSize TopStrip::sizeHint() const
{
    return {600, static_cast<int>(m_theme.rowHeight() * 1.6)};
}

QSize TopStrip::minimumSizeHint() const
{
    return {300, sizeHint().height()};
}

void TopStrip::show(const view::ViewModelPtr &view)
{
    m_view = view;
    refresh();
}

void TopStrip::setNow(Instant now)
{
    m_now = now;
    if (m_view)
        refresh();
}

void TopStrip::muteUntil(Instant until)
{
    m_mutedUntil = until;
    m_economy = 0;
    refresh();
}

void TopStrip::refresh()
{
    if (!m_view)
        return;
    showIncident();
    showTimes();
    showRight();
    fit();
    update();
}

void TopStrip::showIncident()
{
    const view::Strip &strip = m_view->strip;
    const view::IncidentRow *incident = inFocus(*m_view);
    m_practice->setVisible(strip.practice || (incident != nullptr && incident->drill));
    m_practice->setPlain(strip.practice ? tr("PRACTICE") : tr("DRILL"));
    m_past->setVisible(m_view->past.isPast());
    if (m_view->past.isPast())
        m_past->setPlain(tr("PAST · %1").arg(widgets::shownClock(m_view->past.at)));
    const bool lost = strip.link == view::CoreLink::Lost;
    m_alarm->setVisible(lost || !strip.recorded);
    m_alarm->setPlain(lost ? tr("CORE LOST") : tr("UNRECORDED"));
    m_badge->setVisible(incident != nullptr);
    m_status->setVisible(incident != nullptr && m_economy < 5);
    m_elapsed->setVisible(incident != nullptr && m_economy < 11);
    m_commander->setVisible(incident != nullptr && (m_economy < 8 || !incident->commandedByYou));
    m_title->setElidable(m_economy < 6 ? kTitleCharacters : kHalfTitle);
    const auto open = std::count_if(m_view->incidents.begin(), m_view->incidents.end(), [](const view::IncidentRow &i) {
        return i.status <= IncidentStatus::Mitigated;
    });
    m_more->setVisible(incident != nullptr && open > 1 && m_economy < 3);
    m_more->say({{tr("+%Ln open", nullptr, static_cast<int>(open - 1)), Type::Body, Tone::Secondary}});
    if (incident == nullptr) {
        m_title->say({{strip.link == view::CoreLink::Starting || strip.link == view::CoreLink::Loading ? QStringLiteral("Quarterdeck")
                                                                                                        : tr("No incident"), Type::Title},
                      {strip.link == view::CoreLink::Live ? tr("   Ctrl+Shift+D declares one") : QString(), Type::Body, Tone::Secondary}});
        return;
    }
    const int severity = static_cast<int>(incident->severity);
    if (incident->severityTold)
        m_badge->setMark(style::mark(incident->severity), tr("Severity %1").arg(severity));
    else
        m_badge->setMark(style::mark(AlertSeverity::Unknown), tr("Severity: not known from its files"));
    m_title->say({{m_economy < 9 ? incident->id + QStringLiteral(" · ") + incident->title : incident->id, Type::Title}});
    m_status->setPlain(incident->statusTold ? statusWord(incident->status) : m_economy < 2 ? tr("STATUS NOT KNOWN FROM ITS FILES") : tr("STATUS ?"));
    const bool nobody = incident->commander.isEmpty();
    if (!incident->commanderTold)
        m_commander->say({{m_economy < 8 ? tr("command ") : QString(), Type::Body, Tone::Secondary}, {m_economy < 2 ? tr("not known from its files") : QStringLiteral("?"), Type::Strong}});
    else if (nobody)
        m_commander->say({{tr("nobody commands"), Type::Strong}, {m_economy < 3 ? tr(" — take it: Ctrl+Shift+T") : QString(), Type::Body, Tone::Secondary}});
    else
        m_commander->say({{m_economy < 1 ? tr("command ") : QString(), Type::Body, Tone::Secondary},
                          {m_economy < 2 ? incident->commander : incident->commander.section(QLatin1Char(' '), 0, 0), Type::Strong},
                          {incident->commandedByYou && m_economy < 5 ? tr(" (you)") : QString(), Type::Body, Tone::Secondary}});
}

void TopStrip::showTimes()
{
    const view::IncidentRow *incident = inFocus(*m_view);
    if (incident != nullptr) {
        const Instant until = incident->resolvedAt ? incident->resolvedAt : m_now;
        m_elapsed->say({{m_economy < 1 ? tr("elapsed ") : QStringLiteral("+"), Type::Body, Tone::Secondary},
                        {widgets::elapsedText(until - incident->declaredAt), Type::Figure}});
    }
    const QString place = widgets::localPlace();
    std::vector<Run> clock{{widgets::shownClock(m_now), Type::Figure}, {QLatin1Char(' ') + widgets::zoneName(), Type::Body, Tone::Secondary}};
    if (m_economy < 1 && widgets::shownClocks() == widgets::Clocks::Local && widgets::zoneName() != QLatin1String("UTC"))
        clock.push_back({QStringLiteral(" · ") + widgets::utcMinutes(m_now) + QStringLiteral(" UTC"), Type::Body, Tone::Secondary});
    else if (!place.isEmpty() && m_economy < 1)
        clock.push_back({QStringLiteral(" · ") + widgets::localMinutes(m_now) + QLatin1Char(' ') + place, Type::Body, Tone::Secondary});
    m_clock->say(std::move(clock));
    m_clock->setVisible(m_economy < 7 || incident == nullptr);

    const auto &promises = m_view->stack.promises;
    const view::Promise *next = nullptr;
    for (const view::Promise &promise : promises) {
        if (!promise.kept && (next == nullptr || promise.due < next->due))
            next = &promise;
    }
    m_promise->setVisible(incident != nullptr && next != nullptr);
    if (next != nullptr) {
        const bool late = next->due < m_now, soon = !late && next->soonAt && next->soonAt <= m_now;
        const QString overdue = late && next->chased && m_economy < 8 ? tr("OVERDUE ") : QString(); // whoever sees to updates was told
        m_promise->say({{late ? QStringLiteral("▲ ") + overdue : soon ? QStringLiteral("◷ ") : QString(), Type::Body, late ? Tone::Error : Tone::Text},
                        {m_economy >= 1 ? QString() : next->id.isEmpty() ? tr("next update ") : tr("next promise "), Type::Body, Tone::Secondary},
                        {m_economy < 8 ? next->audience + QLatin1Char(' ') + widgets::shownMinutes(next->due) : m_economy < 10 ? next->audience : tr("due"), Type::Strong},
                        {late ? QStringLiteral(" ") : tr(" in "), Type::Body, Tone::Secondary},
                        {widgets::countdownText(next->due - m_now), late || soon ? Type::Strong : Type::Body, late || soon ? Tone::Text : Tone::Secondary}});
    }
}

void TopStrip::showRight()
{
    const view::Strip &strip = m_view->strip;
    const bool known = strip.link == view::CoreLink::Live || strip.link == view::CoreLink::Lost;
    m_flood->setVisible(strip.flood);
    m_rate->setVisible(known && (m_economy < 6 || !strip.flood));
    m_rate->say(rateRuns(strip, m_economy));
    widgets::setPlainToolTip(m_flood, stormText(strip.storm));
    QStringList extra;
    // What keeps alerts quiet is said as long as any does, however little room there is.
    if (strip.overrides > 0)
        extra << (m_economy < 5 ? tr("%Ln override(s)", nullptr, strip.overrides) : QStringLiteral("⊘ %1").arg(strip.overrides));
    widgets::setPlainToolTip(m_overrides, strip.overrides > 0 ? tr("%Ln override(s)", nullptr, strip.overrides) : QString());
    if (strip.quarantined > 0 && m_economy < 8)
        extra << tr("%Ln set aside", nullptr, strip.quarantined);
    if (strip.refused > 0 && m_economy < 3)
        extra << tr("%Ln refused", nullptr, strip.refused);
    m_overrides->setVisible(known && !extra.isEmpty());
    m_overrides->say({{extra.join(QStringLiteral(" · ")), Type::Body, Tone::Secondary}});
    m_muted->setVisible(m_mutedUntil && m_now < m_mutedUntil);
    m_muted->setPlain(tr("MUTED %1").arg(widgets::countdownText(m_mutedUntil - m_now)));
    m_feeds->setVisible(known);
    m_feeds->setShort(m_economy >= 2, m_economy >= 8);
    m_feeds->show(strip.feeds, m_now);
    m_mode->setVisible(known && !strip.runMode.isEmpty() && (m_economy < 10 || strip.armed || !strip.practice));
    m_mode->setPlain((m_economy < 4 ? strip.runMode + QStringLiteral(" · ") : QString()) + (strip.armed ? tr("ARMED") : tr("OBSERVE")));
    // What writes to the world is said louder than what only looks.
    m_mode->setLook(strip.armed ? Tag::Look::Filled : Tag::Look::Framed, Tone::Override);
}

void TopStrip::fit()
{
    const int spacing = m_theme.step() * (m_economy < 1 ? 4 : 3);
    m_row->setSpacing(spacing);
    m_row->setContentsMargins(4 * m_theme.step(), 0, 3 * m_theme.step(), 0);
    m_row->invalidate();
    // Words come back only when there is clearly room, so that the strip does not flicker between two steps.
    const int wanted = m_row->minimumSize().width();
    if (wanted > width() && m_economy < kMostEconomy) {
        ++m_economy;
        showIncident();
        showTimes();
        showRight();
        fit();
    }
}

void TopStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_economy = 0;
    refresh();
}

void TopStrip::mousePressEvent(QMouseEvent *event)
{
    if (m_title->geometry().contains(event->position().toPoint()) || m_more->geometry().contains(event->position().toPoint()))
        Q_EMIT switchRequested();
}

void TopStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Tone::Strip));
    if (m_view && m_view->past.isPast()) {
        QColor past = m_theme.color(Tone::Past);
        past.setAlphaF(0.15);
        painter.fillRect(rect(), past);
    }
    painter.setPen(m_theme.color(Tone::Line));
    painter.drawLine(0, height() - 1, width(), height() - 1);
    if (!m_view || !m_practice->isVisible())
        return;
    // Practice is written in the frame of the window, not only in a word.
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Tone::Text));
    const int band = m_theme.step();
    for (int x = -band; x < width(); x += 4 * band)
        painter.drawPolygon(QPolygonF({{static_cast<qreal>(x), static_cast<qreal>(band)}, {static_cast<qreal>(x + band), 0.0},
                                       {static_cast<qreal>(x + 3 * band), 0.0}, {static_cast<qreal>(x + 2 * band), static_cast<qreal>(band)}}));
}

} // namespace qd::shell
