// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/items.h"
#include "core/review/gates.h"
#include "core/review/taxonomy.h"

#include <algorithm>

namespace qd::control {

namespace {

constexpr std::int64_t kDayNs = 24LL * 3600 * 1'000'000'000;

/// Of the record's time: what is read of a record later is the same.
bool isLate(const state::State &s, Instant due)
{
    return due && s.time > due;
}

/// "41.35" of hundredths; "" where it is not known. A number would be written 4.135E1.
std::string percentOf(std::uint32_t hundredths)
{
    const std::string rest = std::to_string(hundredths % 100);
    return hundredths == 0 ? std::string() : std::to_string(hundredths / 100) + (hundredths % 100 == 0 ? "" : "." + std::string(2 - rest.size(), '0') + rest);
}

json::array gatesJson(const state::State &s, const state::Incident &i)
{
    json::array out;
    for (const review::Gate &g : review::gatesOf(s, i))
        out.push_back(json::object{{"gate", g.name}, {"standing", textJson(review::word(g.standing))}, {"says", g.says}, {"missing", textsJson(g.missing)}, {"waivedBy", g.waivedBy}, {"reason", g.reason}});
    return out;
}

json::array peopleJson(const state::Review &r)
{
    json::array out;
    for (const std::string &person : r.people) {
        const auto it = std::find_if(r.contributions.begin(), r.contributions.end(), [&](const state::Contribution &c) { return c.person == person; });
        const bool isGiven = it != r.contributions.end();
        out.push_back(json::object{{"person", person}, {"contributed", isGiven && !it->text.empty()}, {"delegate", isGiven ? it->delegate : std::string()}, {"at", timeJson(isGiven ? it->at : Instant{})}});
    }
    return out;
}

json::array sectionsJson(const state::Review &r)
{
    json::array out;
    for (const state::Section &each : r.sections) {
        json::array asides;
        for (const state::Revision &aside : each.asides)
            asides.emplace_back(aside.number);
        const state::Revision last = each.revisions.empty() ? state::Revision{} : each.revisions.back();
        out.push_back(json::object{{"section", each.id}, {"revision", each.revision()}, {"written", review::isWritten(each)}, {"draft", last.draft}, {"by", last.by}, {"at", timeJson(last.at)},
                                   {"bytes", each.text().size()}, {"heldBy", each.heldBy}, {"heldSince", timeJson(each.heldSince)}, {"asides", std::move(asides)}});
    }
    return out;
}

json::array factorsJson(const state::Review &r, const Taxonomy &taxonomy)
{
    json::array out;
    for (const review::FactorSeen &f : review::factorsSeen(r, taxonomy)) {
        const TaxonomyFactor *known = taxonomy.factor(f.factor);
        out.push_back(json::object{{"factor", f.factor}, {"label", known ? labelOf(*known, "en") : f.factor}, {"layer", known ? known->layer : std::string()}, {"raters", textsJson(f.raters)},
                                   {"of", f.of}, {"disputed", f.isDisputed()}, {"evidence", textsJson(f.evidence)}});
    }
    return out;
}

json::object actionJson(const state::State &s, const state::Action &a)
{
    json::array slips;
    for (const state::Slip &slip : a.slips)
        slips.push_back(json::object{{"from", timeJson(slip.from)}, {"at", timeJson(slip.at)}, {"by", slip.by}});
    const Instant until = a.isOpen() || !a.turnedAt ? s.time : a.turnedAt;
    json::value tracked = nullptr;
    if (const state::Tracked &t = a.tracked; !t.connection.empty())
        tracked = json::object{{"connection", t.connection}, {"key", t.key}, {"url", t.url}, {"title", t.title}, {"status", t.status}, {"assignee", t.assignee}, {"closed", t.closed},
                               {"due", timeJson(t.due)}, {"changedAt", timeJson(t.changedAt)}, {"seenAt", timeJson(t.seenAt)}};
    return {{"action", a.number}, {"text", a.text}, {"owner", a.owner}, {"due", timeJson(a.due)}, {"strength", wordJson(a.strength)}, {"verification", a.verification}, {"factor", a.factor},
            {"state", wordJson(a.state)}, {"reason", a.reason}, {"at", timeJson(a.at)}, {"turnedAt", timeJson(a.turnedAt)}, {"ageDays", std::max<std::int64_t>(0, (until - a.at).ns / kDayNs)},
            {"overdue", a.isOpen() && isLate(s, a.due)}, {"slips", std::move(slips)}, {"tracked", std::move(tracked)}};
}

json::array publicationsJson(const state::Review &r)
{
    json::array out;
    for (const state::Publication &p : r.publications)
        out.push_back(json::object{{"publication", p.number}, {"audience", p.audience}, {"format", p.format}, {"where", p.where}, {"digest", p.digest}, {"by", p.by}, {"at", timeJson(p.at)}});
    return out;
}

} // namespace

json::object reviewItem(const state::State &s, const state::Incident &i)
{
    const state::Review &r = i.review;
    json::array actions, allowed;
    for (const state::Action &a : r.actions)
        actions.push_back(actionJson(s, a));
    for (const state::AllowedWords &w : r.allowed)
        allowed.push_back(json::object{{"words", w.words}, {"reason", w.reason}, {"by", w.by}, {"at", timeJson(w.at)}});
    const auto open = static_cast<std::size_t>(std::count_if(r.comments.begin(), r.comments.end(), [](const state::ReviewComment &c) { return c.settledBy.empty(); }));
    const bool isDone = r.phase >= ReviewPhase::Reviewed;
    return {{"incident", i.id}, {"title", i.title}, {"service", i.service}, {"severity", wordJson(i.severity)}, {"kind", i.kind}, {"phase", wordJson(r.phase)}, {"reason", r.reason},
            {"owner", r.owner}, {"facilitator", r.facilitator}, {"openedBy", r.openedBy}, {"openedAt", timeJson(r.openedAt)}, {"turnedAt", timeJson(r.turnedAt)},
            {"due", timeJson(r.due)}, {"overdue", !isDone && isLate(s, r.due)}, {"meeting", timeJson(r.meeting)}, {"gated", review::isGated(s.workspace->review, i.severity)},
            {"gates", gatesJson(s, i)}, {"people", peopleJson(r)}, {"sections", sectionsJson(r)}, {"comments", r.comments.size()}, {"openComments", open},
            {"factors", factorsJson(r, taxonomyUnder(s.workspace->taxonomy))}, {"actions", std::move(actions)}, {"publications", publicationsJson(r)}, {"allowed", std::move(allowed)}};
}

json::array reviewItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents)
        if (i.review.isOpen())
            out.push_back(reviewItem(s, i));
    return out;
}

json::array actionItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents)
        for (const state::Action &a : i.review.actions) {
            json::object item = actionJson(s, a);
            item["incident"] = i.id;
            item["service"] = i.service;
            out.push_back(std::move(item));
        }
    return out;
}

json::array taxonomyItems(const state::State &s)
{
    const Taxonomy taxonomy = taxonomyUnder(s.workspace->taxonomy);
    json::array out;
    for (const TaxonomyFactor &f : taxonomy.factors) {
        const review::Agreement agreed = review::agreement(s, f.id);
        json::object labels;
        for (const auto &[language, text] : f.label)
            labels[language] = text;
        out.push_back(json::object{{"id", f.id}, {"layer", f.layer}, {"group", f.group}, {"label", labelOf(f, "en")}, {"labels", std::move(labels)}, {"rate", percentOf(f.rate)}, {"retired", f.retired}, {"source", f.source},
                                   {"version", taxonomy.version}, {"rated", agreed.incidents}, {"kappa", agreed.kappa ? json::value(*agreed.kappa) : json::value(nullptr)}});
    }
    return out;
}

} // namespace qd::control
