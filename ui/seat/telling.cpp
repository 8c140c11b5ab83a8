// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/telling.h"

#include "core/topology/chain.h"
#include "ui/seat/castshelf.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>
#include <algorithm>
#include <numeric>

namespace qd::seat {

namespace {

constexpr std::size_t kSpansReplayed = 300;

/// By what they were then, as in the evidence, where names are asked for.
QString whoWas(const view::EvidenceRow &row)
{
    if (row.actor.isEmpty() || !row.role.isEmpty())
        return row.actor.isEmpty() ? row.actor : row.role;
    const bool isPerson = row.lane == view::Lane::Chat || row.lane == view::Lane::People || row.lane == view::Lane::Decisions || row.lane == view::Lane::Updates;
    return isPerson ? QCoreApplication::translate("qd::review::EvidenceModel", "somebody") : row.actor;
}

view::TimelineEntry entryOf(const view::EvidenceRow &row, const view::PastPoint &point)
{
    view::TimelineEntry t;
    t.id = row.id;
    t.text = row.textAt(point.at, point.clock);
    t.actor = point.named ? row.actor : whoWas(row);
    t.reference = row.reference;
    t.lane = row.lane;
    t.kind = row.kind;
    t.at = row.at;
    t.edited = row.edited && (point.clock == view::PastClock::AsItWas || row.before.empty() || row.before.front().until <= point.at);
    t.removed = row.removed;
    return t;
}

/// What a line of an alert says of a label, as the readers of histories write them: (service="web", severity="page").
QString labelIn(const QString &text, const QString &label)
{
    const QString begins = label + QStringLiteral("=\"");
    for (qsizetype at = text.indexOf(begins); at >= 0; at = text.indexOf(begins, at + 1)) {
        if (at > 0 && text.at(at - 1) != QLatin1Char('(') && text.at(at - 1) != QLatin1Char(' '))
            continue;
        const qsizetype from = at + begins.size(), to = text.indexOf(QLatin1Char('"'), from);
        return to < 0 ? QString() : text.mid(from, to - from);
    }
    return {};
}

bool isImportedAlert(const view::EvidenceRow &row)
{
    return row.kind == QLatin1String("alert") && !row.origin.isEmpty();
}

/// An alert of a file, as one of ours would be.
ReelAlert alertOf(const view::EvidenceRow &row, const QString &service)
{
    ReelAlert out{row.text, labelIn(row.text, QStringLiteral("service")), AlertSeverity::Unknown, {{row.at, row.knownAt, row.until}}};
    if (out.service.isEmpty())
        out.service = service;
    if (const auto severity = fromWord<AlertSeverity>(labelIn(row.text, QStringLiteral("severity")).toLower().toStdString()))
        out.severity = *severity;
    return out;
}

/// The queue and the map of one moment, as alerts are added to them and taken away.
class Queue {
public:
    Queue(view::ViewModel &out, const Workspace &workspace)
        : m_out(out)
        , m_workspace(workspace)
    {
        for (const auto *list : {&out.active, &out.standing, &out.suppressed, &out.shelf})
            for (const view::AlertRow &row : *list)
                m_there.insert(row.key);
    }
    /// Takes out what was over, though that was not known yet.
    template <typename IsOver>
    void end(IsOver isOver)
    {
        for (auto *list : {&m_out.active, &m_out.standing, &m_out.suppressed, &m_out.shelf})
            std::erase_if(*list, [&](view::AlertRow &row) {
                const Instant to = isOver(row.key);
                if (!to)
                    return false;
                if (view::MapNode *node = list == &m_out.active || list == &m_out.standing ? nodeOf(row.service) : nullptr; node && node->alerts > 0) {
                    --node->alerts;
                    m_eased.insert(node->id);
                }
                view::AlertRow over = std::move(row);
                over.status = AlertStatus::Resolved;
                over.endsAt = to;
                m_out.resolved.insert(m_out.resolved.begin(), std::move(over));
                m_changed = true;
                return true;
            });
    }
    void add(const QString &key, const ReelAlert &alert, const ReelAlert::Fired &fired)
    {
        if (m_there.contains(key))
            return;
        m_there.insert(key);
        view::AlertRow row;
        row.key = key;
        row.title = alert.title;
        row.service = alert.service;
        row.severity = alert.severity;
        row.status = AlertStatus::Firing;
        row.startsAt = fired.from;
        std::erase_if(m_out.resolved, [&](const view::AlertRow &r) { return r.key == key; });
        m_out.active.push_back(std::move(row));
        m_changed = true;
        if (view::MapNode *node = nodeOf(alert.service)) {
            ++node->alerts;
            if (node->alerts == 1 || topology::rank(alert.severity) > topology::rank(node->worst))
                node->worst = alert.severity;
        }
    }
    void finish()
    {
        if (!m_changed)
            return;
        reckonEased();
        std::stable_sort(m_out.active.begin(), m_out.active.end(), [](const auto &a, const auto &b) {
            const auto rank = [](AlertSeverity s) { return s == AlertSeverity::Unknown ? 3 : static_cast<int>(s); };
            return rank(a.severity) != rank(b.severity) ? rank(a.severity) > rank(b.severity) : a.startsAt > b.startsAt;
        });
        m_out.spans.clear();
        for (const auto *list : {&m_out.active, &m_out.standing, &m_out.resolved})
            for (const view::AlertRow &row : *list)
                m_out.spans.push_back({row.key, row.title, row.severity, row.startsAt, row.endsAt});
        std::stable_sort(m_out.spans.begin(), m_out.spans.end(), [](const auto &a, const auto &b) { return a.from < b.from; });
    }

private:
    /// Where something was taken away, the worst is that of what is left.
    void reckonEased()
    {
        if (m_eased.isEmpty())
            return;
        for (view::MapNode &node : m_out.nodes)
            if (m_eased.contains(node.id))
                node.worst = AlertSeverity::None;
        for (const auto *list : {&m_out.active, &m_out.standing})
            for (const view::AlertRow &row : *list)
                if (view::MapNode *node = nodeOf(row.service); node && m_eased.contains(node->id) && topology::rank(row.severity) > topology::rank(node->worst))
                    node->worst = row.severity;
    }
    [[nodiscard]] view::MapNode *nodeOf(const QString &service)
    {
        const Service *known = m_workspace.service(view::bytes(service)); // it may be called by another name
        const QString id = known ? qstr(known->id) : service;
        for (view::MapNode &node : m_out.nodes)
            if (node.id == id || node.name == service)
                return &node;
        return nullptr;
    }

    view::ViewModel &m_out;
    const Workspace &m_workspace;
    QSet<QString> m_there, m_eased; ///< m_eased: nodes
    bool m_changed = false;
};

} // namespace

bool isVisible(const view::EvidenceRow &row, Instant at, view::PastClock clock)
{
    return (clock == view::PastClock::AsItWas ? row.at : row.knownAt) <= at;
}

Telling::Telling(std::shared_ptr<const view::Evidence> evidence, const std::map<std::string, ReelAlert> *alerts, const view::IncidentRow *imported)
    : m_evidence(std::move(evidence))
    , m_isImported(imported != nullptr)
{
    if (imported)
        m_incident = *imported;
    if (alerts != nullptr)
        for (const auto &[key, alert] : *alerts)
            m_alerts.push_back({QString::fromStdString(key), alert});
    if (m_evidence == nullptr)
        return;
    const auto &order = m_evidence->order;
    m_was.reserve(order.size());
    for (const std::uint32_t i : order) {
        const view::EvidenceRow &row = m_evidence->row(i);
        m_was.push_back(row.at);
        if (m_isImported && isImportedAlert(row))
            m_alerts.push_back({row.id, alertOf(row, m_incident.service)});
        if (m_isImported && !row.origin.isEmpty() && !row.removed) { // what was written of it here is of today
            const std::string actor = view::bytes(row.actor);
            m_told.add(row.kind.toStdString(), view::bytes(row.text), isProgram(actor) ? std::string() : actor, row.at, row.knownAt);
        }
    }
    m_byKnown.resize(order.size());
    std::iota(m_byKnown.begin(), m_byKnown.end(), 0U);
    const auto knownAt = [&](std::uint32_t place) { return m_evidence->row(order[place]).knownAt; };
    std::stable_sort(m_byKnown.begin(), m_byKnown.end(), [&](std::uint32_t a, std::uint32_t b) { return knownAt(a) < knownAt(b); });
    m_known.reserve(order.size());
    for (const std::uint32_t place : m_byKnown)
        m_known.push_back(knownAt(place));
}

std::vector<std::uint32_t> Telling::visible(Instant at, view::PastClock clock) const
{
    const auto &times = clock == view::PastClock::AsItWas ? m_was : m_known;
    const auto count = static_cast<std::size_t>(std::upper_bound(times.begin(), times.end(), at) - times.begin());
    std::vector<std::uint32_t> places(std::min(count, kLines));
    const std::size_t first = count - places.size();
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = clock == view::PastClock::AsItWas ? static_cast<std::uint32_t>(first + i) : m_byKnown[first + i];
    std::sort(places.begin(), places.end()); // the evidence's order is that in which it happened
    return places;
}

/// The incident itself, as its files tell of it.
void Telling::tellStanding(view::ViewModel &out, const view::PastPoint &point) const
{
    const rebuild::Standing standing = m_told.at(point.at, point.clock == view::PastClock::AsKnown);
    view::IncidentRow row = m_incident;
    row.severityTold = standing.severity.has_value();
    row.severity = standing.severity.value_or(view::IncidentRow{}.severity);
    const bool isOver = row.resolvedAt && row.resolvedAt <= point.at; // until when it went on is known of every one that was rebuilt
    row.statusTold = standing.status.has_value() || isOver;
    row.status = standing.status.value_or(isOver ? IncidentStatus::Resolved : IncidentStatus::Active); // before, it is looked at as what ran
    if (standing.status && row.status >= IncidentStatus::Resolved)
        row.resolvedAt = standing.statusSince;
    else if (row.resolvedAt > point.at || standing.status)
        row.resolvedAt = {};
    row.commander.clear();
    row.commandedByYou = false;
    row.commandedSince = {};
    out.stack.roles.clear();
    out.stack.rolesTold = false;
    for (const auto &[role, held] : standing.roles) {
        view::RoleRow &told = out.stack.roles.emplace_back();
        told.role = role;
        told.person = qstr(held.person);
        told.since = held.since;
        if (role == Role::Commander) {
            row.commander = told.person;
            row.commandedSince = held.since;
        }
    }
    row.commanderTold = !row.commander.isEmpty();
    out.focus = row.id;
    out.incidents = {std::move(row)};
}

void Telling::tell(view::ViewModel &out, const view::PastPoint &point, const Workspace &workspace) const
{
    out.past = point;
    out.strip.recorded = true;
    const bool asItWas = point.clock == view::PastClock::AsItWas;
    if (m_isImported) {
        tellStanding(out, point);
    } else if (!asItWas) {
        return; // what was known is what the State of that moment holds
    }
    if (m_evidence != nullptr) {
        out.timeline.clear();
        for (const std::uint32_t place : visible(point.at, point.clock))
            out.timeline.push_back(entryOf(m_evidence->row(m_evidence->order[place]), point));
    }
    Queue queue(out, workspace);
    if (!m_isImported) {
        QHash<QString, Instant> over;
        for (const Known &known : m_alerts)
            if (!known.alert.fired.empty() && known.alert.at(point.at) == nullptr)
                for (const ReelAlert::Fired &f : known.alert.fired)
                    if (f.to && f.to <= point.at)
                        over[known.key] = f.to;
        queue.end([&](const QString &key) { return over.value(key); });
    }
    for (const Known &known : m_alerts)
        if (const ReelAlert::Fired *fired = known.alert.at(point.at); fired && (asItWas || fired->known <= point.at))
            queue.add(known.key, known.alert, *fired);
    queue.finish();
    if (m_isImported)
        out.incidents.front().alerts = static_cast<int>(out.active.size());
}

std::shared_ptr<const std::vector<view::AlertSpan>> Telling::spans() const
{
    auto out = std::make_shared<std::vector<view::AlertSpan>>();
    for (const Known &known : m_alerts)
        for (const ReelAlert::Fired &f : known.alert.fired)
            out->push_back({known.key, known.alert.title, known.alert.severity, f.from, f.to, false, f.known});
    std::stable_sort(out->begin(), out->end(), [](const auto &a, const auto &b) { return a.severity != b.severity ? a.severity > b.severity : a.from < b.from; });
    if (out->size() > kSpansReplayed)
        out->resize(kSpansReplayed);
    std::stable_sort(out->begin(), out->end(), [](const auto &a, const auto &b) { return a.from < b.from; });
    return out;
}

} // namespace qd::seat
