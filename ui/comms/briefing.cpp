// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/briefing.h"

#include "core/model/marking.h"
#include "ui/widgets/timetext.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QJsonArray>
#include <QPageLayout>
#include <QPdfWriter>
#include <QAbstractTextDocumentLayout>
#include <QTextBlockFormat>
#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>

namespace qd::comms {

namespace {

constexpr int kLinesOfABlock = 40; ///< what is beyond is counted
constexpr qreal kMargin = 15;      ///< mm
constexpr int kDotsPerInch = 300;

QString say(const char *text)
{
    return QCoreApplication::translate("qd::comms::Briefing", text);
}

QString dayTime(Instant t)
{
    return t ? QString::fromStdString(toRfc3339(t)).left(16).replace(QLatin1Char('T'), QLatin1Char(' ')) + QStringLiteral(" UTC") : say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "not known"));
}

QString roleText(Role role)
{
    const std::string_view name = word(role);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

/// Actions of the form: what was done and decided, with its time.
bool isAction(const view::TimelineEntry &e)
{
    static const QStringList kinds{QStringLiteral("decision"), QStringLiteral("task"), QStringLiteral("task-done"), QStringLiteral("update"), QStringLiteral("severity"),
                                   QStringLiteral("status"), QStringLiteral("change"), QStringLiteral("role"), QStringLiteral("command"), QStringLiteral("outward")};
    return !e.removed && kinds.contains(e.kind);
}

} // namespace

Briefing briefingOf(const view::ViewModel &view, Instant now, const QString &by)
{
    Briefing out;
    const auto incident = std::find_if(view.incidents.begin(), view.incidents.end(), [&](const view::IncidentRow &i) { return i.id == view.focus; });
    if (incident == view.incidents.end())
        return out;
    out.incident = incident->id;
    out.title = incident->title;
    out.clearance = view.paper;
    const auto block = [&](const QString &title, QStringList lines) {
        if (lines.isEmpty())
            lines << say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "nothing is recorded"));
        out.blocks.push_back({title, std::move(lines)});
    };
    const auto severity = word(incident->severity), status = word(incident->status);
    const QString how = QString::fromUtf8(severity.data(), static_cast<qsizetype>(severity.size())) + QStringLiteral(", ") + QString::fromUtf8(status.data(), static_cast<qsizetype>(status.size()));
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "1. Incident name")), {(incident->drill ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "DRILL")) + QStringLiteral(" ") : QString()) + incident->title});
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "2. Incident number")), {incident->id + QStringLiteral(" · ") + how});
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "3. Date and time initiated")),
          {say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "impact since %1")).arg(dayTime(incident->impactSince)), say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "declared %1")).arg(dayTime(incident->declaredAt))});

    QStringList map;
    for (const view::MapNode &n : view.nodes) {
        QStringList needs;
        for (const view::MapEdge &e : view.edges)
            if (e.from == n.id)
                needs << e.to;
        if (n.alerts > 0)
            map << say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "%1: %2 alerts fire")).arg(n.name.isEmpty() ? n.id : n.name).arg(n.alerts) + (needs.isEmpty() ? QString() : say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "; needs %1")).arg(needs.join(QStringLiteral(", "))));
    }
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "4. Map: services in trouble")), map);

    QStringList situation;
    situation << say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "%1 alerts belong to it; service %2")).arg(incident->alerts).arg(incident->service.isEmpty() ? QStringLiteral("–") : incident->service);
    for (auto it = view.stack.updates.rbegin(); it != view.stack.updates.rend(); ++it) {
        situation << (it->unheard ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "Last update to %1, %2, which reached nobody:")) : say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "Last update to %1, %2:"))).arg(it->audience, dayTime(it->at)) << it->text.split(QLatin1Char('\n'));
        break;
    }
    for (const view::HypothesisRow &h : view.stack.hypotheses)
        situation << (h.refuted ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "Refuted: %1")) : h.confirmed ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "Confirmed: %1")) : say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "Suspected: %1"))).arg(h.text);
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "5. Situation summary")), situation);
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "6. Prepared by")), {by + QStringLiteral(", ") + dayTime(now)});

    QStringList objectives;
    for (const view::TaskRow &t : view.stack.tasks)
        if (!t.done)
            objectives << QStringLiteral("%1: %2").arg(t.assignee, t.text) + (t.due ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", ", due %1")).arg(dayTime(t.due)) : QString());
    for (const view::Promise &p : view.stack.promises)
        if (!p.kept)
            objectives << say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "update to %1 by %2")).arg(p.audience, dayTime(p.due));
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "7. Objectives: what is under way and owed")), objectives);

    QStringList actions;
    for (const view::TimelineEntry &e : view.timeline)
        if (isAction(e))
            actions << dayTime(e.at).mid(11) + QStringLiteral("  ") + e.text.simplified();
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "8. Actions, strategies and tactics")), actions);

    QStringList roles;
    for (const view::RoleRow &r : view.stack.roles)
        roles << roleText(r.role) + QStringLiteral(": ") + (r.person.isEmpty() ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "OPEN")) : r.person);
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "9. Organisation")), roles);

    QStringList resources;
    for (const view::EscalationCard &card : view.stack.escalations)
        for (const view::EscalationStep &step : card.steps)
            if (step.at && step.state != QLatin1String("waiting"))
                resources << QStringLiteral("%1: %2, %3").arg(step.targets, card.acknowledgedBy.isEmpty() ? step.state : say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "answered by %1")).arg(card.acknowledgedBy), dayTime(step.at));
    for (const view::PinnedLink &l : view.stack.links)
        resources << l.title + QStringLiteral(": ") + l.url;
    block(say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "10. Resources: who was called, where to meet")), resources);
    return out;
}

Briefing activityLogOf(const QJsonObject &item)
{
    Briefing out;
    out.form = Briefing::Form::ActivityLog214;
    out.incident = item.value(QLatin1String("incident")).toString();
    for (const QJsonValue &block : item.value(QLatin1String("blocks")).toArray()) {
        QStringList lines;
        for (const QJsonValue &line : block.toObject().value(QLatin1String("lines")).toArray())
            lines << line.toString();
        out.blocks.push_back({block.toObject().value(QLatin1String("title")).toString(), std::move(lines)});
    }
    return out;
}

int holesIn(const Briefing &briefing)
{
    int holes = 0;
    for (const BriefingBlock &block : briefing.blocks)
        for (const QString &line : block.lines)
            holes += static_cast<int>(keptFrom(line.toStdString(), Reader{briefing.clearance, {}}).size());
    return holes;
}

QByteArray pdfOf(const Briefing &briefing)
{
    const bool isLog = briefing.form == Briefing::Form::ActivityLog214;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter);
    writer.setTitle(briefing.incident + (isLog ? QStringLiteral(" ICS-214") : QStringLiteral(" ICS-201")));
    writer.setCreator(QStringLiteral("Quarterdeck"));
    QTextDocument document;
    document.setDocumentMargin(0);
    document.setPageSize(QSizeF(writer.width(), writer.height()));
    document.documentLayout()->setPaintDevice(&writer);
    QTextCursor cursor(&document);
    const auto write = [&](const QString &text, qreal points, bool strong, qreal above) { // insertText: nothing in it is markup
        QTextCharFormat format;
        format.setFontPointSize(points);
        format.setFontWeight(strong ? QFont::Bold : QFont::Normal);
        QTextBlockFormat block;
        block.setTopMargin(above * kDotsPerInch / 72);
        if (cursor.position() == 0)
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block);
        // Paper and files go from hand to hand: what is marked above its clearance is a hole on it, whoever prints it.
        cursor.insertText(QString::fromStdString(sealed(text.toStdString(), Reader{briefing.clearance, {}})), format);
    };
    write(isLog ? say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "ACTIVITY LOG · ICS-214")) : say(QT_TRANSLATE_NOOP("qd::comms::Briefing", "INCIDENT BRIEFING · ICS-201")), 15, true, 0);
    for (const BriefingBlock &b : briefing.blocks) {
        write(b.title, 10, true, 9);
        const auto count = static_cast<int>(b.lines.size());
        // Of actions the newest are what matters.
        const int from = isLog ? 0 : std::max(0, count - kLinesOfABlock); // a log is whole
        if (from > 0)
            write(QCoreApplication::translate("qd::comms::Briefing", "%n earlier not shown", nullptr, from), 9, false, 1);
        for (int n = from; n < count; ++n)
            write(b.lines[n], 9, false, 1);
    }
    document.print(&writer);
    buffer.close();
    return bytes;
}

QString fileNameOf(const Briefing &briefing, Instant now)
{
    const QString at = QString::fromStdString(toRfc3339(now));
    return briefing.incident + (briefing.form == Briefing::Form::ActivityLog214 ? QStringLiteral("-activity-log-") : QStringLiteral("-briefing-")) + at.left(10).remove(QLatin1Char('-')) + QLatin1Char('-') + at.mid(11, 5).remove(QLatin1Char(':')) + QStringLiteral(".pdf");
}

} // namespace qd::comms
