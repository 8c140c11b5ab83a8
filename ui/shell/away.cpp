// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/away.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace qd::shell {

namespace {

constexpr int kNamed = 3;
constexpr int kTextShown = 60;

/// What a commander would want to be told on coming back. Log lines, messages and single alerts are on the timeline.
bool matters(const view::TimelineEntry &entry)
{
    static const QStringList kinds{QStringLiteral("declared"), QStringLiteral("role"),     QStringLiteral("command"),            QStringLiteral("severity"), QStringLiteral("status"),
                                   QStringLiteral("decision"), QStringLiteral("update"),   QStringLiteral("hypothesis-settled"), QStringLiteral("page"),     QStringLiteral("escalation"),
                                   QStringLiteral("ack"),      QStringLiteral("task-done"), QStringLiteral("change"),            QStringLiteral("source"),
                                   QStringLiteral("suppression"), QStringLiteral("missed"), QStringLiteral("flood")};
    return kinds.contains(entry.kind);
}

QString cut(const QString &text)
{
    return text.size() > kTextShown ? text.left(kTextShown - 1) + QStringLiteral("…") : text;
}

QString inShort(const view::TimelineEntry &entry)
{
    return (entry.actor.isEmpty() ? QString() : entry.actor + QStringLiteral(": ")) + cut(entry.text.section(QLatin1Char('\n'), 0, 0));
}

} // namespace

Away::Away(const widgets::Ticker &ticker, QObject *parent) : QObject(parent), m_ticker(ticker), m_last(ticker.now()), m_told(m_last)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool Away::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel: {
        const Instant now = m_ticker.live();
        const Instant since = std::exchange(m_last, now);
        if (since && now - since >= kAway)
            Q_EMIT returned(since);
        break;
    }
    default: break;
    }
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel: {
        const Instant now = m_ticker.live();
        if (event->spontaneous() && now - m_told >= kTold) { // what the program sends itself is nobody's hand
            if (std::exchange(m_told, now))
                Q_EMIT used();
        }
        break;
    }
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

QString Away::sentence(const view::ViewModel &view, Instant since, Instant now)
{
    std::vector<std::pair<Instant, QString>> all;
    for (const view::TimelineEntry &entry : view.timeline)
        if (entry.at > since && entry.at <= now && matters(entry))
            all.emplace_back(entry.at, inShort(entry));
    if (!view.focus.isEmpty()) // the timeline is then of that incident alone
        for (const view::IncidentRow &i : view.incidents)
            if (i.id != view.focus && i.declaredAt > since && i.declaredAt <= now)
                all.emplace_back(i.declaredAt, cut(tr("%1 declared: %2").arg(i.id, i.title)));
    if (all.empty())
        return {};
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    const int changed = static_cast<int>(all.size());
    QStringList named;
    for (std::size_t n = all.size() - std::min<std::size_t>(all.size(), kNamed); n < all.size(); ++n)
        named << all[n].second;
    const int minutesAway = static_cast<int>((now - since).ns / minutes(1).ns);
    return tr("You were away %n minute(s): ", nullptr, minutesAway) + tr("%n thing(s) changed. ", nullptr, changed) + named.join(QStringLiteral(" · "));
}

std::vector<view::TimelineEntry> Away::happened(const view::ViewModel &view, int most)
{
    std::vector<view::TimelineEntry> out;
    for (auto entry = view.timeline.rbegin(); entry != view.timeline.rend() && static_cast<int>(out.size()) < most; ++entry)
        if (matters(*entry))
            out.push_back(*entry);
    return out;
}

QString Away::joining(const view::ViewModel &view, Instant now)
{
    const auto incident = std::find_if(view.incidents.begin(), view.incidents.end(), [&](const view::IncidentRow &i) { return i.id == view.focus; });
    if (incident == view.incidents.end() || incident->status > IncidentStatus::Mitigated || now - incident->declaredAt < kUnderWay)
        return {};
    const std::vector<view::TimelineEntry> all = happened(view, 1000);
    QStringList named;
    for (std::size_t n = 0; n < std::min<std::size_t>(all.size(), kNamed); ++n)
        named.prepend(inShort(all[n]));
    const QString commander = incident->commander.isEmpty() ? tr("nobody commands") : tr("%1 commands").arg(incident->commander);
    return tr("%1 has been going on for %n minute(s), ", nullptr, static_cast<int>((now - incident->declaredAt).ns / minutes(1).ns)).arg(incident->id)
        + QStringLiteral("SEV%1, ").arg(static_cast<int>(incident->severity)) + commander + QStringLiteral(". ")
        + tr("%n thing(s) happened; Ctrl+Shift+Y lists them. ", nullptr, static_cast<int>(all.size())) + named.join(QStringLiteral(" · "));
}

} // namespace qd::shell
