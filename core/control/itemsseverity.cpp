// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"

#include "core/base/safetext.h"
#include "core/command/severity.h"
#include "core/topology/impact.h"

namespace qd::control {

namespace {

using command::Answers, command::HowMany, command::Hurt, command::Workaround;

json::object suggestionJson(const Reckoning &r)
{
    return {{"hurt", r.hurt}, {"howMany", r.howMany}, {"workaround", r.workaround}, {"severity", wordJson(r.suggested)}, {"arithmetic", r.arithmetic}};
}

json::array suggestionsJson(const SeverityMatrix &matrix, const Impact &impact)
{
    json::array out;
    for (const Hurt hurt : {Hurt::Yes, Hurt::Soon, Hurt::No})
        for (const HowMany howMany : {HowMany::Most, HowMany::Some, HowMany::Few})
            for (const Workaround workaround : {Workaround::None, Workaround::Exists})
                out.push_back(suggestionJson(command::reckon(matrix, impact, {hurt, howMany, workaround})));
    return out;
}

json::array businessJson(const Impact &impact, const SeverityMatrix &matrix)
{
    json::array out;
    for (const AffectedBusiness &b : impact.business)
        out.push_back(json::object{{"id", b.what.id}, {"name", b.what.name}, {"customers", b.what.customers}, {"revenuePerHour", b.what.revenue}, {"data", wordJson(b.what.data)},
                                   {"regulated", b.what.regulated}, {"service", b.service}, {"hops", b.hops}, {"text", command::inWords(b, matrix)}});
    return out;
}

std::string namesListed(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &n : names)
        out += (out.empty() ? "" : ", ") + n;
    return out.empty() ? "none" : out;
}

/// What is behind a suggestion before anything is answered, for people.
std::string explained(const state::State &s, const state::Incident &i, const Impact &impact, const SeverityMatrix &matrix)
{
    std::string out = i.id + " is " + std::string(word(i.severity)) + ": " + i.title;
    const auto line = [&](const std::string &text) { out += "\n- " + text; };
    line("its services: " + namesListed(impact.services) + (impact.blast > 0 ? "; " + std::to_string(impact.blast) + " more depend on them" : ""));
    if (impact.business.empty())
        line(s.workspace->business.empty() ? "the workspace names no business services; the answers alone decide" : "no business service is carried by any of them; the answers alone decide");
    for (const AffectedBusiness &b : impact.business)
        line(command::inWords(b, matrix));
    line("technical severity: " + (impact.technical == AlertSeverity::None ? std::string("nothing of it fires") : std::string(word(impact.technical))) + "; it takes no part");
    line("matrix: " + nameOf(matrix));
    if (!i.reckoned.matrix.empty())
        line("last time: " + i.reckoned.arithmetic + " (matrix " + i.reckoned.matrix + ")");
    return out;
}

} // namespace

json::value reckoningJson(const Reckoning &r)
{
    if (r.matrix.empty())
        return nullptr;
    json::object out = suggestionJson(r);
    out["matrix"] = r.matrix;
    out["business"] = textsJson(r.business);
    return out;
}

static json::object impactJson(const Impact &impact, const SeverityMatrix &matrix)
{
    return {{"technical", impact.technical == AlertSeverity::None ? json::value(nullptr) : wordJson(impact.technical)},
            {"services", textsJson(impact.services)},
            {"blast", impact.blast},
            {"business", businessJson(impact, matrix)},
            {"matrix", nameOf(matrix)},
            {"suggestions", suggestionsJson(matrix, impact)}};
}

Result<std::string> reckonJson(const state::State &s, std::string_view service, std::string_view alerts)
{
    state::Incident about;
    about.service = service;
    while (!alerts.empty()) {
        const std::string_view key = alerts.substr(0, alerts.find(' '));
        alerts.remove_prefix(std::min(alerts.size(), key.size() + 1));
        if (key.empty())
            continue;
        if (!s.alert(key))
            return fail(Code::NotFound, "There is no alert " + safeLine(key, 200) + "; `get alerts` lists the keys.");
        about.alerts.emplace_back(key);
    }
    return json::serialize(impactJson(topology::impactOf(s, about), s.workspace->matrix()));
}

json::array severityItems(const state::State &s)
{
    json::array out;
    const SeverityMatrix &matrix = s.workspace->matrix();
    for (const auto &[number, i] : s.incidents) {
        if (!i.isOpen())
            continue;
        const Impact impact = topology::impactOf(s, i);
        json::object item{{"incident", i.id}, {"severity", wordJson(i.severity)}};
        for (auto &each : impactJson(impact, matrix))
            item.insert(std::move(each));
        item["decided"] = reckoningJson(i.reckoned);
        item["text"] = explained(s, i, impact, matrix);
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace qd::control
