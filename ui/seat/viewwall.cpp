// SPDX-License-Identifier: GPL-3.0-or-later
// What a wall says of all open incidents.
#include "core/comms/clocks.h"
#include "core/comms/template.h"
#include "core/model/outward.h"
#include "core/topology/impact.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

namespace qd::seat {

using state::EntryKind;
using state::State;

namespace {

constexpr std::size_t kLines = 12, kPromises = 12, kLooked = 400; ///< of each incident's timeline, from its end
constexpr std::size_t kWithImpact = 8; ///< of the open incidents, the most severe
constexpr qsizetype kSentence = 400;

bool isDeed(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Declared:
    case EntryKind::Severity:
    case EntryKind::Status:
    case EntryKind::Decision:
    case EntryKind::TaskDone:
    case EntryKind::Update:
    case EntryKind::Command: return true;
    default: return false;
    }
}

/// The first line, at most so long.
QString firstLine(const QString &text)
{
    return text.section(QLatin1Char('\n'), 0, 0).left(kSentence);
}

QString words(const char *text)
{
    return QCoreApplication::translate("qd::seat::ViewBuilder", text);
}

/// What an update's own field says of it: "impact", or "overview" as the executive template that comes with the program calls it. The
/// text itself begins with title and severity of when it was sent.
QString impactOf(const state::Update &update)
{
    for (const char *field : {"impact", "overview"})
        if (const auto it = update.values.find(field); it != update.values.end() && !it->second.empty() && !comms::isNotKnown(it->second))
            return firstLine(qstr(it->second));
    return {};
}

/// The answers the severity was last reckoned from.
QString answered(const Reckoning &reckoned)
{
    QString sentence;
    if (reckoned.hurt == "no")
        sentence = words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "No customer is hurt"));
    else if (reckoned.hurt == "soon")
        sentence = words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "Customers are not hurt yet, but soon"));
    else if (reckoned.hurt == "yes")
        sentence = reckoned.howMany == "most" ? words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "Most customers are hurt"))
            : reckoned.howMany == "some"      ? words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "Some customers are hurt"))
                                              : words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "A few customers are hurt"));
    if (!sentence.isEmpty() && reckoned.workaround == "yes")
        sentence += QStringLiteral(" · ") + words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "there is a workaround"));
    return sentence;
}

/// What was last told to those who ask "what does it mean for us?", else what was answered when its severity was reckoned, else what the
/// map says suffers.
QString impactSentence(const State &state, const state::Incident &incident)
{
    for (auto u = incident.updates.rbegin(); u != incident.updates.rend(); ++u) {
        const AudienceKind kind = kindOfAudience(u->audience);
        if (const QString said = kind == AudienceKind::Customer || kind == AudienceKind::Executive ? impactOf(*u) : QString(); !said.isEmpty())
            return said;
    }
    if (const QString said = answered(incident.reckoned); !said.isEmpty())
        return said;
    const Impact impact = topology::impactOf(state, incident);
    QStringList names;
    for (const AffectedBusiness &each : impact.business)
        names << qstr(each.what.name.empty() ? each.what.id : each.what.name);
    if (names.isEmpty())
        for (const std::string &id : impact.services)
            if (const Service *s = state.workspace->service(id))
                names << qstr(s->name.empty() ? s->id : s->name);
    if (names.isEmpty())
        return {};
    //: %1: "checkout, payments"
    QString sentence = words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "Affects %1")).arg(names.join(QStringLiteral(", ")));
    if (impact.blast > 0)
        sentence += QStringLiteral(" · ") + words(QT_TRANSLATE_NOOP("qd::seat::ViewBuilder", "services that depend on it: %1")).arg(impact.blast);
    return sentence;
}

} // namespace

void ViewBuilder::wall(const State &state, view::ViewModel &out)
{
    QHash<QString, std::size_t> rows;
    for (std::size_t i = 0; i < out.incidents.size(); ++i)
        rows.insert(out.incidents[i].id, i);
    view::Wall &wall = out.wall;
    std::vector<const state::Incident *> open;
    for (const auto &[number, incident] : state.incidents)
        if (incident.isOpen())
            open.push_back(&incident);
    std::stable_sort(open.begin(), open.end(), [](const auto *a, const auto *b) {
        return std::tuple(a->isDrill(), a->severity) < std::tuple(b->isDrill(), b->severity);
    });
    for (std::size_t i = 0; i < open.size(); ++i) {
        const state::Incident &incident = *open[i];
        const QString id = qstr(incident.id);
        view::IncidentRow &row = out.incidents[rows.value(id)];
        if (i < kWithImpact)
            row.impact = impactSentence(state, incident);
        if (const auto held = incident.roles.find(Role::Commander); held != incident.roles.end())
            row.commandedSince = held->second.since;
        std::size_t looked = 0, taken = 0;
        for (auto e = incident.timeline.rbegin(); e != incident.timeline.rend() && looked < kLooked && taken < kLines; ++e, ++looked) {
            if (!isDeed(e->kind) || e->removed)
                continue;
            const bool named = e->kind == EntryKind::Command && e->actor != "core" && !e->actor.empty();
            wall.lines.push_back({e->at, id, (named ? name(state, e->actor) + QLatin1Char(' ') : QString()) + firstLine(qstr(e->text)), incident.isDrill()});
            ++taken;
        }
        for (const comms::UpdateClock &clock : comms::clocksOf(state, incident))
            wall.promises.push_back({clock.due, id, qstr(clock.audience), incident.isDrill()});
    }
    // However much a drill says, what is real keeps its room.
    std::stable_sort(wall.lines.begin(), wall.lines.end(), [](const auto &a, const auto &b) { return std::tuple(a.drill, b.at) < std::tuple(b.drill, a.at); });
    std::stable_sort(wall.promises.begin(), wall.promises.end(), [](const auto &a, const auto &b) { return std::tuple(a.drill, a.due) < std::tuple(b.drill, b.due); });
    wall.lines.resize(std::min(wall.lines.size(), kLines));
    wall.promises.resize(std::min(wall.promises.size(), kPromises));
}

} // namespace qd::seat
