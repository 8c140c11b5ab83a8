// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/draft.h"

#include <algorithm>

namespace qd::comms {

LastPost lastPost(const state::Incident &incident, std::string_view updateTemplate)
{
    const auto it = std::find_if(incident.updates.rbegin(), incident.updates.rend(), [&](const state::Update &u) { return u.updateTemplate == updateTemplate; });
    if (it == incident.updates.rend())
        return {};
    return {it->number, it->text, Values(it->values.begin(), it->values.end()), it->at};
}

bool isNextUpdate(std::string_view field)
{
    return field == "next" || field == "next_update";
}

Values carriedOn(const UpdateTemplate &update, const LastPost &last, const Values &set)
{
    Values out = set;
    for (const UpdateField &f : update.fields)
        if (const auto it = last.values.find(f.name); it != last.values.end() && !isNextUpdate(f.name) && !out.contains(f.name))
            out[f.name] = it->second;
    return out;
}

Draft draft(const UpdateTemplate &update, const Values &live, Values values, const LastPost &last, const LintContext &context,
            const std::vector<std::string> &places)
{
    Draft out;
    out.preview = preview(update, live, values);
    out.values = std::move(values);
    LintContext spoken = context;
    spoken.language = update.language;
    out.advice = lint(out.preview.text, spoken);
    out.lengths = lengthsOf(out.preview.text, update, places);
    if (last.number != 0)
        out.difference = redline(last.text, out.preview.text);
    return out;
}

LintContext lintContext(const Workspace &workspace, AudienceKind kind)
{
    LintContext out;
    out.kind = kind;
    out.jargon = workspace.jargon;
    for (const Person &p : workspace.people)
        if (!p.name.empty())
            out.people.push_back(p.name);
    for (const Service &s : workspace.services)
        out.services.push_back(s.id);
    return out;
}

std::vector<Advice> adviceOn(LintContext context, const Localized &texts)
{
    std::vector<Advice> out;
    for (const auto &[language, text] : texts) {
        context.language = language;
        for (Advice &advice : lint(text, context))
            if (out.size() < kAdviceLimit)
                out.push_back(std::move(advice));
    }
    return out;
}

std::vector<std::string> placesOfRooms(const state::State &state, const state::Incident &incident)
{
    std::vector<std::string> out;
    for (const state::Room &room : incident.rooms)
        if (const state::Source *s = state.source(room.connection); s && std::find(out.begin(), out.end(), s->connection.kind) == out.end())
            out.push_back(s->connection.kind);
    return out;
}

} // namespace qd::comms
