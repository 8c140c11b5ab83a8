// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/pagetext.h"

#include "core/comms/pageview.h"
#include "ui/view/answer.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace qd::comms {

namespace {

QString pageSay(const char *text)
{
    return QCoreApplication::translate("qd::comms::Page", text);
}

QString becauseWords(const QJsonValue &because)
{
    return view::textsIn(because.toObject(), "matched").join(QStringLiteral(", ")); // the rule's own name is for the record: what matched says why
}

/// The checks its words went out without; "": none.
QString missingChecks(const QJsonObject &update)
{
    return view::textsIn(update.value(QLatin1String("forced")).toObject(), "missing").join(QStringLiteral(", "));
}

QString newestText(const QJsonObject &update, const QStringList &languages)
{
    const auto phase = fromWord<PagePhase>(view::textIn(update, "phase").toStdString()).value_or(PagePhase::Investigating);
    const PageWords &words = pageWords(languages.isEmpty() ? std::string() : languages.constFirst().toStdString());
    return QString::fromUtf8(words.phases[static_cast<std::size_t>(phase)]) + QLatin1Char('\n') + firstOf(update.value(QLatin1String("text")), languages);
}

} // namespace

QString firstOf(const QJsonValue &texts, const QStringList &languages)
{
    const QJsonObject all = texts.toObject();
    for (const QString &language : languages)
        if (const QString text = all.value(language).toString(); !text.isEmpty())
            return text;
    return all.isEmpty() ? QString() : all.constBegin().value().toString();
}

QStringList languagesOf(const QJsonObject &page)
{
    return view::textsIn(page, "languages");
}

QString stateWords(const QString &state)
{
    switch (fromWord<ComponentState>(state.toStdString()).value_or(ComponentState::Operational)) {
    case ComponentState::Operational: return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "○ operational"));
    case ComponentState::Degraded: return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "◇ degraded"));
    case ComponentState::PartialOutage: return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "△ partial outage"));
    case ComponentState::MajorOutage: return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ major outage"));
    case ComponentState::Maintenance: break;
    }
    return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "□ under maintenance"));
}

QString componentLine(const QJsonObject &component, const QStringList &languages)
{
    QStringList parts{firstOf(component.value(QLatin1String("name")), languages), stateWords(view::textIn(component, "state"))};
    if (const QJsonObject hand = component.value(QLatin1String("byHand")).toObject(); !hand.isEmpty()) {
        const Instant until = view::instantIn(hand, "until");
        parts << (until ? pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "said by %1 until %2: %3")).arg(view::textIn(hand, "by"), widgets::shownMinutes(until), view::textIn(hand, "reason"))
                        : pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "said by %1: %2")).arg(view::textIn(hand, "by"), view::textIn(hand, "reason")));
    } else if (const QString because = becauseWords(component.value(QLatin1String("because"))); !because.isEmpty()) {
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "follows: %1")).arg(because);
    } else {
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "follows from incidents"));
    }
    if (view::instantIn(component, "driftsSince"))
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ DRIFTS"));
    return parts.join(QStringLiteral(" · "));
}

QString driftWords(const QJsonObject &page)
{
    QStringList parts;
    const QStringList languages = languagesOf(page);
    for (const QJsonValue &value : page.value(QLatin1String("components")).toArray()) {
        const QJsonObject component = value.toObject();
        if (const Instant since = view::instantIn(component, "driftsSince"))
            parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "%1 since %2 (%3)")).arg(firstOf(component.value(QLatin1String("name")), languages), widgets::shownMinutes(since), becauseWords(component.value(QLatin1String("driftBecause"))));
    }
    return parts.isEmpty() ? QString() : pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ DRIFT: the page is green and the map is red: %1")).arg(parts.join(QStringLiteral("; ")));
}

QString targetLine(const QString &name, const view::Feed *feed)
{
    if (feed == nullptr)
        return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "✗ %1: no such connection")).arg(name);
    if (!feed->arming.split(QStringLiteral(", ")).contains(QLatin1String("publish")))
        return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "✗ %1: only observes, nothing is pushed; Ctrl+Shift+A arms it")).arg(name);
    if (feed->state == QLatin1String("failed"))
        return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "✗ %1 failed: %2")).arg(name, feed->problem);
    if (feed->state == QLatin1String("silent") || feed->state == QLatin1String("late"))
        return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ %1 is stale, read back last at %2. %3")).arg(name, widgets::shownMinutes(feed->lastSeen), feed->problem).trimmed();
    if (feed->state == QLatin1String("awaiting"))
        return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "· %1: not pushed yet")).arg(name);
    return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "✓ %1 fresh: read back as pushed")).arg(name);
}

QJsonObject openNotice(const QJsonObject &page, const QString &incident)
{
    std::vector<QJsonObject> open;
    for (const QJsonValue &value : page.value(QLatin1String("notices")).toArray()) {
        const QJsonObject notice = value.toObject();
        if (view::textIn(notice, "phase") == QLatin1String("resolved"))
            continue;
        if (!incident.isEmpty() && view::textIn(notice, "incident") == incident)
            return notice;
        open.push_back(notice);
    }
    return incident.isEmpty() && open.size() == 1 ? open.front() : QJsonObject();
}

QString noticeLine(const QJsonObject &notice, const QStringList &languages, Instant now)
{
    if (notice.isEmpty())
        return pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "Nothing is announced; P says something."));
    const QJsonArray updates = notice.value(QLatin1String("updates")).toArray();
    const QJsonObject last = updates.last().toObject();
    QStringList parts{pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "Notice %1: %2")).arg(notice.value(QLatin1String("notice")).toInt()).arg(firstOf(notice.value(QLatin1String("title")), languages)), view::textIn(notice, "phase"),
                      pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "last word %1 by %2")).arg(widgets::shownMinutes(view::instantIn(last, "at")), view::textIn(last, "by"))};
    if (const QString incident = view::textIn(notice, "incident"); !incident.isEmpty())
        parts.insert(1, incident);
    if (const QString missing = missingChecks(last); !missing.isEmpty())
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ without %1: %2")).arg(missing, last.value(QLatin1String("forced")).toObject().value(QLatin1String("reason")).toString());
    const Instant overdue = view::instantIn(notice, "overdueAt"), next = view::instantIn(last, "nextDue");
    if (overdue && notice.value(QLatin1String("ended")).toBool())
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ what it says expired or was withdrawn at %1; say what is true now")).arg(widgets::shownMinutes(overdue));
    else if (overdue || (next && now && next < now))
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "▲ next word was due at %1")).arg(widgets::shownMinutes(overdue ? overdue : next));
    else if (next)
        parts << pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "next word by %1")).arg(widgets::shownMinutes(next));
    return parts.join(QStringLiteral(" · "));
}

std::vector<Piece> noticePieces(const QJsonObject &notice, const QStringList &languages)
{
    const QJsonArray updates = notice.value(QLatin1String("updates")).toArray();
    if (updates.isEmpty())
        return {};
    const std::string newest = newestText(updates.last().toObject(), languages).toStdString();
    if (updates.size() == 1)
        return {{Change::Same, newest}};
    return redline(newestText(updates.at(updates.size() - 2).toObject(), languages).toStdString(), newest);
}

QString asPlanned(const WorkMeant &work, const QString &language, const QString &zone)
{
    const PageWords &words = pageWords(language.toStdString());
    const char *turn = !work.ends ? work.isUnderWay ? words.underWay : words.scheduled : work.isUnderWay ? words.over : words.cancelled;
    QStringList lines{work.title.isEmpty() ? QString::fromUtf8(turn) : work.title + QStringLiteral(" – ") + QString::fromUtf8(turn)};
    if (work.from && work.until)
        lines << QString::fromStdString(pageTime(work.from, zone.toStdString())) + QStringLiteral(" – ") + QString::fromStdString(pageTime(work.until, zone.toStdString()));
    if (!work.text.isEmpty())
        lines << work.text;
    if (!work.names.isEmpty())
        lines << QString::fromUtf8(words.affects) + QLatin1Char(' ') + work.names.join(QStringLiteral(", "));
    return lines.join(QLatin1Char('\n'));
}

QString plannedLines(const QJsonObject &page)
{
    const QStringList languages = languagesOf(page);
    const std::string zone = view::textIn(page, "zone").toStdString();
    QStringList lines;
    for (const QJsonValue &value : page.value(QLatin1String("maintenances")).toArray()) {
        const QJsonObject m = value.toObject();
        const bool isUnderWay = view::textIn(m, "state") == QLatin1String("in progress");
        if (!isUnderWay && view::textIn(m, "state") != QLatin1String("scheduled"))
            continue;
        const QString number = QString::number(m.value(QLatin1String("maintenance")).toInt()), title = firstOf(m.value(QLatin1String("title")), languages),
                      until = QString::fromStdString(pageTime(view::instantIn(m, "until"), zone));
        lines << (isUnderWay ? pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "□ Maintenance %1 under way: %2 · until %3")).arg(number, title, until)
                             : pageSay(QT_TRANSLATE_NOOP("qd::comms::Page", "□ Maintenance %1: %2 · %3 – %4")).arg(number, title, QString::fromStdString(pageTime(view::instantIn(m, "from"), zone)), until));
    }
    return lines.join(QLatin1Char('\n'));
}

QString asOnThePage(const PostMeant &post, const QString &language, const QString &zone)
{
    const PageWords &words = pageWords(language.toStdString());
    QStringList lines{QString::fromUtf8(words.phases[static_cast<std::size_t>(post.phase)]), post.text.trimmed()};
    QStringList said;
    for (const auto &[name, state] : post.components)
        said << name + QStringLiteral(": ") + QString::fromUtf8(words.states[static_cast<std::size_t>(state)]);
    if (!said.isEmpty())
        lines << said.join(QStringLiteral(" · "));
    if (post.next)
        lines << QString::fromUtf8(words.next) + QLatin1Char(' ') + QString::fromStdString(pageTime(post.next, zone.toStdString()));
    return lines.join(QLatin1Char('\n'));
}

} // namespace qd::comms
