// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/words.h"

namespace qd::comms {

UpdateTemplate templateOf(const view::TemplateRow &row)
{
    UpdateTemplate out;
    out.id = row.id.toStdString();
    out.name = row.name.toStdString();
    out.audience = row.audience.toStdString();
    out.body = row.body.toStdString();
    for (const auto &f : row.fields)
        out.fields.push_back({f.name.toStdString(), f.hint.toStdString(), f.required});
    return out;
}

Values liveOf(const view::ViewModel &view, Instant now, Instant nextUpdate)
{
    LiveIncident incident;
    incident.now = now;
    for (const auto &i : view.incidents) {
        if (i.id != view.focus)
            continue;
        incident.id = i.id.toStdString();
        incident.title = i.title.toStdString();
        incident.severity = word(i.severity);
        incident.status = word(i.status);
        incident.service = i.service.toStdString();
        incident.commander = i.commander.toStdString();
        incident.room = i.room.toStdString();
        incident.declaredAt = i.declaredAt;
        incident.alerts = i.alerts;
    }
    incident.nextUpdate = nextUpdate;
    if (!nextUpdate) {
        for (const auto &p : view.stack.promises) {
            if (!p.kept && p.due > now && (!incident.nextUpdate || p.due < incident.nextUpdate))
                incident.nextUpdate = p.due;
        }
    }
    return liveVariables(incident);
}

bool isNextUpdate(const std::string &field)
{
    return field == "next" || field == "next_update";
}

} // namespace qd::comms
