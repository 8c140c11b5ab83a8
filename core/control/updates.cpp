// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/updates.h"

#include "core/base/eachtext.h"
#include "core/base/safetext.h"
#include "core/comms/draft.h"
#include "core/comms/handcopy.h"
#include "core/comms/nextupdate.h"
#include "core/comms/reach.h"
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

/// An update as it is put somewhere by hand. Nobody holds it against a clearance any more there, so it passes the gate for its audience here; and its brackets may
/// go, so who copies it reads nothing by it that they may not (`copying`: they, and whom they look as).
struct ByHand {
    std::string title, text, problem; ///< problem: why it is not given out
};
ByHand byHand(std::string title, const comms::Preview &preview, const governance::Place &audience, const Reader &reader, const std::vector<Reader> &copying, bool removeMarked)
{
    const AudienceKind kind = kindOfAudience(audience.id);
    const bool isOutside = kind != AudienceKind::Technical && kind != AudienceKind::Executive; // nobody there reads brackets
    ByHand out{std::move(title), preview.text, preview.problem};
    if (!out.problem.empty())
        return out;
    const auto found = governance::tooMuchIn({out.text, out.title}, audience, reader);
    if (isOutside && (!isPaired(out.title) || !isPaired(out.text)))
        out.problem = "The update has [[ or ]] without its other half, so that nobody can tell where marked words begin and end. Nothing was copied; write both, or neither.";
    else if (found && !removeMarked)
        out.problem = governance::refusalOf(*found, "update", "copied");
    for (std::string *each : {&out.title, &out.text}) {
        *each = without(*each, reader);
        for (const Reader &person : copying)
            if (out.problem.empty() && !keptFrom(*each, person).empty())
                out.problem = "The update says what may not be read by whoever copies it. Nothing was copied; send it, or have somebody copy it who may.";
        *each = sealed(*each, reader, isOutside ? Brackets::Dropped : Brackets::Kept);
    }
    if (out.problem.empty() && safeLine(out.text).empty())
        out.problem = "Without what is marked the update says nothing any more; write what may be said.";
    return out;
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
    live.nextUpdate = comms::nextAfter(state, incident, *t, now).due;
    comms::Values variables = comms::liveVariables(live, t->language);
    const auto drafted = [&] { return comms::draft(*t, variables, values, last, comms::lintContext(*state.workspace, t->kind), comms::placesOfRooms(state, incident)); };
    comms::Draft draft = drafted();
    const governance::Subject about{incident.service, incident.id};
    const governance::Place audience{governance::Place::Kind::Audience, t->audience, {}, about};
    std::vector<Reader> readers{governance::readerOf(state, {governance::Place::Kind::Person, person, {}, about})};
    if (!viewAs.empty()) {
        auto place = governance::placeNamed(state, viewAs);
        if (!place)
            return tl::unexpected(place.error());
        place->about = about;
        readers.push_back(governance::readerOf(state, *place));
    }
    const auto filled = comms::headingOf(*state.workspace, *t, incident, variables, values);
    const std::string heading = filled ? *filled : comms::headingOf(*state.workspace, t, t->kind, incident); // a field that is missing is said of the text
    const ByHand copied = byHand(heading, draft.preview, audience, governance::readerOf(state, audience), readers, d.removeMarked);
    const std::vector<std::string> to = comms::destinationsOf(*t);
    const auto tooMuch = governance::tooMuchIn(state, events::UpdateIssued{incident.id, t->id, t->audience, draft.preview.text, 0, {}, {}, 0, {}, to, false,
                                                                              std::all_of(to.begin(), to.end(), [](const std::string &each) { return each == "rooms"; }) ? std::string() : heading});
    if (mayHoldMark(draft.preview.text) || mayHoldMark(last.text)) {
        for (const Reader &reader : readers) {
            const auto close = [&](std::string &text) { text = sealed(text, reader); };
            eachText(variables, close);
            eachText(values, close);
            eachText(last.values, close);
            close(last.text);
        }
        draft = drafted();
    }
    if (const auto may = comms::mayLeave(*state.workspace, *t); !may)
        draft.preview.problem = may.error().message;
    if (tooMuch && !d.removeMarked && draft.preview.problem.empty())
        draft.preview.problem = governance::refusalOf(*tooMuch, "update");

    json::object out{{"incident", incident.id}, {"template", t->id}, {"audience", t->audience}, {"kind", wordJson(t->kind)}, {"language", t->language}, {"text", draft.preview.text},
                     {"missing", textsJson(draft.preview.missing)}, {"unknown", textsJson(draft.preview.unknown)}, {"problem", draft.preview.problem}};
    json::array &fields = out["fields"].emplace_array();
    for (const UpdateField &f : t->fields)
        fields.push_back(json::object{{"name", f.name}, {"hint", f.hint}, {"required", f.required}});
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
    json::array &goesTo = out["goesTo"].emplace_array();
    for (const comms::Reach &place : comms::goesTo(state, incident, *t))
        goesTo.push_back(json::object{{"to", place.to}, {"name", place.name}, {"why", place.why}});
    json::object copies;
    for (const comms::HandPlace place : {comms::HandPlace::Slack, comms::HandPlace::Teams, comms::HandPlace::Mail, comms::HandPlace::Plain})
        if (copied.problem.empty())
            copies[comms::word(place)] = comms::handCopy(place, copied.title, copied.text).text;
    out["copies"] = std::move(copies);
    out["copyProblem"] = copied.problem;
    return json::serialize(out);
}

} // namespace qd::control
