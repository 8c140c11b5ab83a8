// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

namespace qd::control {

json::array momentsJson(const state::Incident &incident)
{
    json::array out;
    for (const state::KeyMoment &m : incident.moments)
        out.push_back(json::object{{"moment", m.number}, {"kind", m.kind}, {"text", m.text}, {"at", timeJson(m.at)}, {"about", m.reference}, {"by", m.by},
                                   {"markedAt", timeJson(m.markedAt)}, {"withdrawnAt", timeJson(m.withdrawnAt)}});
    return out;
}

json::array evidenceJson(const state::Incident &incident)
{
    json::array out;
    for (const state::Evidence &e : incident.evidence)
        out.push_back(json::object{{"evidence", e.number}, {"name", e.name}, {"mediaType", e.mediaType}, {"bytes", e.bytes}, {"digest", e.digest}, {"text", e.text},
                                   {"by", e.by}, {"at", timeJson(e.at)}, {"seq", e.seq}});
    return out;
}

json::array pollsJson(const state::Incident &incident)
{
    json::array out;
    for (const state::Poll &p : incident.polls) {
        json::array asked, answers;
        for (std::size_t n = 0; n < p.people.size(); ++n)
            asked.push_back(json::object{{"person", p.people[n]}, {"role", p.roles[n]}});
        for (const state::PollAnswer &a : p.answers)
            answers.push_back(json::object{{"person", a.person}, {"answer", a.go ? "go" : "no-go"}, {"text", a.text}, {"at", timeJson(a.at)}, {"writtenBy", a.by},
                                          {"own", a.ownAt ? json::value(json::object{{"answer", a.ownGo ? "go" : "no-go"}, {"text", a.ownText}, {"at", timeJson(a.ownAt)}}) : json::value(nullptr)}});
        out.push_back(json::object{{"poll", p.number}, {"question", p.question}, {"by", p.by}, {"at", timeJson(p.at)}, {"due", timeJson(p.due)}, {"asked", std::move(asked)},
                                   {"answers", std::move(answers)}, {"notAnswered", textsJson(p.silent())}, {"result", state::inWords(p)},
                                   {"closedAt", timeJson(p.closedAt)}, {"withdrawn", p.withdrawn}, {"reason", p.reason}, {"decision", p.decision}});
    }
    return out;
}

} // namespace qd::control
