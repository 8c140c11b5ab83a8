// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/textcopy.h"

#include "core/base/safetext.h"
#include "core/comms/handcopy.h"
#include "core/comms/outward.h"
#include "core/comms/template.h"
#include "core/control/items.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"
#include "core/governance/wayout.h"

#include <algorithm>

namespace qd::control {

namespace {

struct Copied {
    std::string what, title, text, audience; ///< what: "update/3", as people are told of it
};

Result<Copied> copiedOf(const state::State &state, const state::Incident &i, const TextCopy &asked)
{
    if (asked.message != 0) {
        const auto m = std::find_if(i.outward.begin(), i.outward.end(), [&](const auto &each) { return each.number == asked.message && !each.versions.empty(); });
        if (m == i.outward.end())
            return fail(Code::NotFound, i.id + " has no message " + std::to_string(asked.message) + "; `get messages` lists them.");
        if (!m->releasedAt || m->endedAt)
            return fail(Code::Conflict, "Message " + std::to_string(m->number) + " is " + std::string(comms::standingWord(*state.workspace, *m)) + "; what is put anywhere by hand is a message that was released.");
        const state::MessageVersion &v = m->newest();
        if (!m->sentAt) // nobody says by hand what nobody may be told yet
            return fail(Code::Conflict, "Message " + std::to_string(m->number) + " is under embargo until " + toRfc3339(v.embargo) + "; it is put anywhere by hand only once it has gone out.");
        return Copied{"message", v.title, comms::inEveryLanguage(v), v.audience};
    }
    if (i.updates.empty())
        return fail(Code::NotFound, i.id + " has no update yet.");
    const auto u = asked.update == 0 ? i.updates.end() - 1 : std::find_if(i.updates.begin(), i.updates.end(), [&](const auto &each) { return each.number == asked.update; });
    if (u == i.updates.end())
        return fail(Code::NotFound, i.id + " has no update " + std::to_string(asked.update) + ".");
    const UpdateTemplate *t = state.workspace->updateTemplate(u->updateTemplate);
    return Copied{"update", comms::headingOf(*state.workspace, t, t ? t->kind : kindOfAudience(u->audience), i), u->text, u->audience};
}

} // namespace

Result<std::string> textCopyJson(const state::State &state, const TextCopy &asked, const std::string &person)
{
    const auto meant = desk::incidentMeant(state, asked.incident);
    if (!meant)
        return tl::unexpected(meant.error());
    const state::Incident &i = **meant;
    auto copied = copiedOf(state, i, asked);
    if (!copied)
        return tl::unexpected(copied.error());
    const governance::Subject about{i.service, i.id};
    using governance::Place;
    const Place audience{Place::Kind::Audience, copied->audience, {}, about};
    for (const Place &place : {audience, Place{Place::Kind::Person, person, {}, about}})
        if (const auto found = governance::tooMuchIn({copied->text, copied->title}, place, governance::readerOf(state, place))) {
            std::string refusal = governance::refusalOf(*found, copied->what, "copied");
            refusal.resize(refusal.size() - governance::kWayOut.size()); // what was sent is not sent otherwise any more
            return fail(Code::Forbidden, std::move(refusal));
        }
    const AudienceKind kind = kindOfAudience(copied->audience);
    const Brackets brackets = kind == AudienceKind::Customer || kind == AudienceKind::Regulator ? Brackets::Dropped : Brackets::Kept; // nobody there reads them
    for (std::string *text : {&copied->title, &copied->text})
        *text = sealed(*text, governance::readerOf(state, audience), brackets);
    json::object copies, html;
    for (const comms::HandPlace place : {comms::HandPlace::Slack, comms::HandPlace::Teams, comms::HandPlace::Mail, comms::HandPlace::Plain}) {
        comms::HandCopy copy = comms::handCopy(place, copied->title, copied->text);
        copies[comms::word(place)] = std::move(copy.text);
        if (!copy.html.empty())
            html[comms::word(place)] = std::move(copy.html);
    }
    json::object out{{"incident", i.id}, {"audience", copied->audience}, {"title", copied->title}, {"text", copied->text}, {"copies", std::move(copies)}, {"html", std::move(html)}};
    if (asked.message != 0)
        out["message"] = asked.message;
    else
        out["update"] = asked.update != 0 ? asked.update : i.updates.back().number;
    return json::serialize(out);
}

} // namespace qd::control
