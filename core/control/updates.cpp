// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/updates.h"

#include "core/base/eachtext.h"
#include "core/base/safetext.h"
#include "core/comms/draft.h"
#include "core/comms/handcopy.h"
#include "core/control/items.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"

#include <algorithm>

namespace qd::control {

namespace {

std::string_view changeWord(comms::Change change)
{
    return change == comms::Change::Added ? "added" : change == comms::Change::Removed ? "removed" : "same";
}

/// When the next update will be due if this one goes out now: the promise that is open, or what the severity or the template is used to.
Instant nextAfter(const state::State &state, const state::Incident &i, const UpdateTemplate &t, Instant now)
{
    Instant next;
    for (const auto &p : i.promises)
        if (!p.keptAt && p.audience == t.audience && p.due > now)
            next = std::max(next, p.due);
    const Span asked = state.workspace->cadenceOf(i.severity, t.audience), cadence = asked.ns > 0 ? asked : t.cadence;
    return next ? next : cadence.ns > 0 ? now + cadence : Instant{};
}

} // namespace

Result<std::string> updateDraftJson(const state::State &state, const UpdateDraft &d, Instant now, const std::string &person, const std::string &viewAs)
{
    const auto i = desk::incidentMeant(state, d.incident);
    if (!i)
        return tl::unexpected(i.error());
    const UpdateTemplate *known = state.workspace->updateTemplate(d.updateTemplate);
    if (!known)
        return fail(Code::NotFound, "There is no template \"" + safeLine(d.updateTemplate, 60) + "\" in the workspace.");
    const UpdateTemplate spoken = comms::spokenTo(*state.workspace, *known), *t = &spoken;
    const state::Incident &incident = **i;
    comms::LastPost last = comms::lastPost(incident, t->id);
    comms::Values values(d.set.begin(), d.set.end());
    if (d.carry)
        values = comms::carriedOn(*t, last, values);
    comms::LiveIncident live = comms::liveIncident(state, incident, now);
    live.nextUpdate = nextAfter(state, incident, *t, now);
    comms::Values variables = comms::liveVariables(live);
    const auto drafted = [&] { return comms::draft(*t, variables, values, last, comms::lintContext(*state.workspace, t->kind), comms::placesOfRooms(state, incident)); };
    comms::Draft draft = drafted();
    const governance::Subject about{incident.service, incident.id};
    const Reader audience = governance::readerOf(state, {governance::Place::Kind::Audience, t->audience, {}, about});
    const AudienceKind kind = kindOfAudience(t->audience);
    const bool isOutside = kind != AudienceKind::Technical && kind != AudienceKind::Executive; // nobody there reads brackets
    const std::string outside = sealed(draft.preview.text, audience, isOutside ? Brackets::Dropped : Brackets::Kept);
    const auto tooMuch = governance::tooMuchIn(state, events::UpdateIssued{incident.id, t->id, t->audience, draft.preview.text, 0, {}, {}});
    if (mayHoldMark(draft.preview.text) || mayHoldMark(last.text)) {
        std::vector<Reader> readers{governance::readerOf(state, {governance::Place::Kind::Person, person, {}, about})};
        if (!viewAs.empty()) {
            auto place = governance::placeNamed(state, viewAs);
            if (!place)
                return tl::unexpected(place.error());
            place->about = about;
            readers.push_back(governance::readerOf(state, *place));
        }
        for (const Reader &reader : readers) {
            const auto close = [&](std::string &text) { text = sealed(text, reader); };
            eachText(variables, close);
            eachText(values, close);
            eachText(last.values, close);
            close(last.text);
        }
        draft = drafted();
    }
    if (tooMuch && draft.preview.problem.empty())
        draft.preview.problem = governance::refusalOf(*tooMuch, "update");

    json::object out{{"incident", incident.id}, {"template", t->id}, {"audience", t->audience}, {"kind", wordJson(t->kind)}, {"language", t->language}, {"text", draft.preview.text},
                     {"missing", textsJson(draft.preview.missing)}, {"unknown", textsJson(draft.preview.unknown)}, {"problem", draft.preview.problem}};
    json::object carried;
    for (const auto &[name, value] : draft.values)
        carried[name] = value;
    out["values"] = std::move(carried);
    json::array &advice = out["advice"].emplace_array();
    for (const comms::Advice &a : draft.advice)
        advice.push_back(json::object{{"kind", textJson(comms::word(a.kind))}, {"at", a.at}, {"length", a.length}, {"words", a.words}, {"say", a.say}});
    json::array &lengths = out["lengths"].emplace_array();
    for (const comms::Length &l : draft.lengths)
        lengths.push_back(json::object{{"place", l.place}, {"characters", l.characters}, {"most", l.most}, {"over", l.isOver()}, {"beyond", l.beyond}});
    out["last"] = last.number == 0 ? json::value(nullptr) : json::value(json::object{{"update", last.number}, {"at", timeJson(last.at)}, {"text", last.text}});
    json::array &difference = out["difference"].emplace_array();
    for (const comms::Piece &p : draft.difference)
        difference.push_back(json::object{{"change", textJson(changeWord(p.change))}, {"text", p.text}});
    json::object copies;
    const std::string title = live.severity + " " + live.id + ": " + sealed(safeLine(live.title), audience);
    for (const comms::HandPlace place : {comms::HandPlace::Slack, comms::HandPlace::Teams, comms::HandPlace::Mail, comms::HandPlace::Plain})
        copies[comms::word(place)] = comms::handCopy(place, title, outside).text;
    out["copies"] = std::move(copies);
    return json::serialize(out);
}

} // namespace qd::control
