// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/comms/words.h"

#include "core/base/safetext.h"
#include "core/comms/nextupdate.h"
#include "ui/view/isolate.h"

#include <algorithm>

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
    out.kind = row.kind;
    out.limit = static_cast<std::uint32_t>(std::max(0, row.limit));
    out.notKnown = row.notKnown.toStdString();
    out.language = row.language.toStdString();
    return out;
}

Values liveOf(const view::ViewModel &view, Instant now, const view::TemplateRow &row, Instant nextUpdate)
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
    for (const auto &link : view.stack.links)
        if (link.title.compare(QString::fromUtf8(kConferenceLink.data(), static_cast<qsizetype>(kConferenceLink.size())), Qt::CaseInsensitive) == 0)
            incident.conference = link.url.toStdString();
    incident.nextUpdate = nextUpdate;
    if (!nextUpdate) {
        std::vector<Promised> promises;
        for (const auto &p : view.stack.promises)
            if (!p.id.isEmpty())
                promises.push_back({p.id.toUInt(), p.audience.toStdString(), p.made, p.due, p.kept});
        incident.nextUpdate = nextAfter(promises, row.audience.toStdString(), row.cadence, now).due;
    }
    return liveVariables(incident, row.language.toStdString());
}

std::string headingOf(const view::TemplateRow &row, const Values &live, const Values &set)
{
    UpdateTemplate line = templateOf(row);
    line.body = view::bytes(row.subject);
    line.limit = 0;
    if (const auto text = line.body.empty() ? Result<std::string>(std::string()) : render(line, live, set); text && !text->empty())
        return safeLine(*text, kHeadingBytes);
    return view::bytes(row.heading);
}

LastPost lastOf(const view::ViewModel &view, const QString &updateTemplate)
{
    LastPost out;
    const auto &updates = view.stack.updates;
    const auto it = std::find_if(updates.rbegin(), updates.rend(), [&](const view::UpdateRow &u) { return u.updateTemplate == updateTemplate; });
    if (it == updates.rend() || updateTemplate.isEmpty())
        return out;
    out.number = it->id.toUInt();
    out.text = it->text.toStdString();
    out.at = it->at;
    for (const view::FieldValue &v : it->values)
        out.values[v.name.toStdString()] = v.value.toStdString();
    return out;
}

LintContext lintContextOf(const view::ViewModel &view, AudienceKind kind)
{
    LintContext out;
    out.kind = kind;
    for (const view::Labelled &person : view.names)
        out.people.push_back(person.value.toStdString());
    for (const QString &service : view.services)
        out.services.push_back(service.toStdString());
    for (const QString &term : view.jargon)
        out.jargon.push_back(term.toStdString());
    return out;
}

} // namespace qd::comms
