// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

namespace qd::seat {

namespace {

/// As Alertmanager writes matchers.
QString matchersText(const std::vector<Matcher> &matchers)
{
    QStringList parts;
    for (const Matcher &m : matchers) {
        const char *sign = m.isEqual ? (m.isRegex ? "=~" : "=") : (m.isRegex ? "!~" : "!=");
        parts << qstr(m.name) + QLatin1String(sign) + QLatin1Char('"') + qstr(m.value) + QLatin1Char('"');
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

void ViewBuilder::silences(const state::State &state, view::ViewModel &out)
{
    for (const state::Source &src : state.sources)
        for (const auto &x : src.silences)
            if (x.state == "active" || x.state == "pending")
                out.silences.push_back({qstr(src.connection.name), qstr(x.id), matchersText(x.matchers), qstr(x.comment), qstr(x.createdBy), x.startsAt,
                                        x.endsAt, x.state == "active"});
    std::map<Symbol, int> quiet;
    for (const state::Alert &a : state.alerts.all)
        if (a.ownBy != 0)
            ++quiet[a.ownBy];
    for (const state::Suppressor &x : state.suppressors.all) {
        if (!x.stands())
            continue;
        QString what = matchersText(x.matchers);
        if (!x.service.empty())
            what = QCoreApplication::translate("qd::seat::ViewBuilder", "service %1").arg(qstr(x.service)) + (what.isEmpty() ? QString() : QStringLiteral(", ") + what);
        if (!x.keys.empty())
            what = QCoreApplication::translate("qd::seat::ViewBuilder", "%Ln alert(s)", nullptr, static_cast<int>(x.keys.size()));
        const Symbol by = state.symbols.find(x.id);
        // What is held is heard: it is what fires of its own alerts.
        const bool isIdle = x.kind == events::SuppressorKind::Held ? std::none_of(x.keys.begin(), x.keys.end(), [&](const std::string &key) {
            const state::Alert *a = state.alert(key);
            return a && a->status == AlertStatus::Firing;
        })
                                                                   : by == 0 || !quiet.contains(by);
        out.silences.push_back({QString(), qstr(x.id), what, qstr(x.reason), name(state, x.owner), x.from, x.until, x.begun, isIdle});
    }
    std::stable_sort(out.silences.begin(), out.silences.end(), [](const auto &a, const auto &b) { return a.until < b.until; });
}

bool ViewBuilder::isEcho(const state::State &state, const state::Incident &incident, const state::Entry &entry)
{
    if (entry.kind != state::EntryKind::Message)
        return false;
    const auto room = std::find_if(incident.rooms.begin(), incident.rooms.end(), [&](const state::Room &r) { return r.address == entry.room; });
    const state::Source *source = room == incident.rooms.end() ? nullptr : state.source(room->connection);
    return source != nullptr && !source->connection.address.empty() && source->connection.address == entry.reference;
}

} // namespace qd::seat
