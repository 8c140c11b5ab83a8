// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/comms/clocks.h"
#include "core/comms/outward.h"
#include "core/command/sla.h"

#include <algorithm>

namespace qd::control {

namespace {

json::object byLanguage(const Localized &texts)
{
    json::object out;
    for (const auto &[language, text] : texts)
        out[language] = text;
    return out;
}

json::object versionItem(const state::MessageVersion &v)
{
    return {{"version", v.number}, {"title", v.title}, {"text", v.text}, {"audience", v.audience}, {"to", textsJson(v.to)}, {"hash", v.hash}, {"by", v.by},
            {"at", timeJson(v.at)}, {"embargo", timeJson(v.embargo)}, {"expires", timeJson(v.expires)}, {"phase", v.phase}, {"titles", byLanguage(v.titles)}, {"texts", byLanguage(v.texts)}};
}

/// Who may answer a check now: of the deputies those whose time has come, never who wrote the version.
json::array whoMayAnswer(const state::State &s, const state::OutwardMessage &m, const comms::StageStanding &standing)
{
    std::vector<std::string> out;
    if (comms::isJudged(m))
        for (const auto *list : {&standing.stage->approvers, &standing.stage->deputies})
            for (std::string &person : comms::peopleOf(*s.workspace, *list))
                if (comms::mayJudge(*s.workspace, m, standing, person, s.time) && std::find(out.begin(), out.end(), person) == out.end())
                    out.push_back(std::move(person));
    return textsJson(out);
}

json::object messageItem(const state::State &s, const state::Incident &i, const state::OutwardMessage &m)
{
    const Workspace &w = *s.workspace;
    json::array versions, stages, judgements;
    for (const auto &v : m.versions)
        versions.push_back(versionItem(v));
    for (const auto &st : comms::standingsOf(w, m))
        stages.push_back(json::object{{"stage", st.stage->id},
                                      {"name", st.stage->name.empty() ? st.stage->id : st.stage->name},
                                      {"state", textJson(comms::word(st.kind))},
                                      {"approvers", textsJson(comms::peopleOf(w, st.stage->approvers))},
                                      {"deputies", textsJson(comms::peopleOf(w, st.stage->deputies))},
                                      {"after", textsJson(st.stage->after)},
                                      {"mayAnswer", whoMayAnswer(s, m, st)},
                                      {"openedAt", timeJson(st.openedAt)},
                                      {"due", timeJson(st.due)},
                                      {"late", st.isLate},
                                      {"by", st.judgement ? st.judgement->by : std::string()},
                                      {"at", timeJson(st.judgement ? st.judgement->at : Instant{})},
                                      {"reason", st.judgement ? st.judgement->reason : std::string()}});
    for (const auto &j : m.judgements)
        judgements.push_back(json::object{{"stage", j.stage}, {"version", j.version}, {"hash", j.hash}, {"approved", j.approved}, {"deputy", j.isDeputy}, {"by", j.by},
                                          {"at", timeJson(j.at)}, {"reason", j.reason}});
    const state::MessageVersion &v = m.newest();
    return {{"incident", i.id},
            {"message", m.number},
            {"state", textJson(comms::standingWord(w, m))},
            {"title", v.title},
            {"audience", v.audience},
            {"holding", m.holding},
            {"version", v.number},
            {"hash", v.hash},
            {"to", textsJson(v.to)},
            {"embargo", timeJson(v.embargo)},
            {"expires", timeJson(v.expires)},
            {"phase", v.phase},
            {"stages", std::move(stages)},
            {"blocks", textsJson(comms::blocksOf(w, m, s.time))},
            {"versions", std::move(versions)},
            {"judgements", std::move(judgements)},
            {"released", m.released},
            {"releasedBy", m.releasedBy},
            {"releasedAt", timeJson(m.releasedAt)},
            {"sentAt", timeJson(m.sentAt)},
            {"heldAt", timeJson(m.heldAt)},
            {"held", m.held},
            {"secondsToRelease", m.releasedAt ? json::value((m.releasedAt - i.declaredAt).seconds()) : json::value(nullptr)},
            {"endedAt", timeJson(m.endedAt)},
            {"missing", textsJson(m.missing)},
            {"reason", m.reason},
            {"told", textsJson(m.told)}};
}

} // namespace

json::array messageItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, incident] : s.incidents)
        for (const auto &m : incident.outward)
            if (!m.versions.empty())
                out.push_back(messageItem(s, incident, m));
    return out;
}

json::array clocksJson(const state::State &s, const state::Incident &incident)
{
    json::array out;
    for (const comms::UpdateClock &c : comms::clocksOf(s, incident))
        out.push_back(json::object{{"audience", c.audience}, {"promise", c.promise}, {"since", timeJson(c.since)}, {"due", timeJson(c.due)}, {"missedAt", timeJson(c.missedAt)},
                                   {"chasedAt", timeJson(c.chasedAt)}, {"holding", c.holding.empty() ? json::value(nullptr) : json::value(c.holding)}, {"usual", c.isUsual}});
    return out;
}

json::array slaJson(const state::State &state, const state::Incident &incident)
{
    json::array out;
    for (const command::SlaClock &c : command::slaClocks(state, incident, state.time))
        out.push_back(json::object{{"incident", incident.id}, {"sla", c.rule->id}, {"clock", wordJson(c.part)}, {"state", wordJson(c.state)}, {"service", incident.service},
                                   {"from", timeJson(c.from)}, {"due", timeJson(c.due)}, {"doneAt", timeJson(c.doneAt)}});
    return out;
}

json::array slaItems(const state::State &state)
{
    json::array out;
    for (const auto &[number, incident] : state.incidents)
        if (incident.isOpen())
            for (json::value &clock : slaJson(state, incident))
                out.push_back(std::move(clock));
    return out;
}

json::array linksJson(const state::Incident &incident)
{
    json::array out;
    for (const state::PinnedLink &l : incident.links)
        out.push_back(json::object{{"title", l.title}, {"url", l.url}, {"by", l.by}, {"at", timeJson(l.at)}});
    return out;
}

json::array holdingJson(const state::State &s, const state::Incident &incident)
{
    json::array out;
    if (incident.isOpen())
        for (const HoldingStatement *h : comms::holdingFor(s, incident))
            out.emplace_back(h->id);
    return out;
}

json::array holdingHashesJson(const state::State &s, const state::Incident &incident)
{
    json::array out;
    if (incident.isOpen())
        for (const HoldingStatement *h : comms::holdingFor(s, incident))
            out.push_back(json::object{{"id", h->id}, {"hash", comms::digestOf(*h)}});
    return out;
}

} // namespace qd::control
