// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/amounts.h"
#include "core/control/factorjson.h"
#include "core/control/items.h"
#include "core/model/issuetext.h"
#include "core/review/copies.h"
#include "core/review/cost.h"
#include "core/review/frame.h"
#include "core/review/gates.h"
#include "core/review/security.h"
#include "core/review/source.h"
#include "core/review/taxonomy.h"
#include "core/review/tracked.h"

#include <algorithm>

namespace qd::control {

namespace {

constexpr std::int64_t kDayNs = 24LL * 3600 * 1'000'000'000;

/// Of the record's time: what is read of a record later is the same.
bool isLate(const state::State &s, Instant due)
{
    return due && s.time > due;
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
        const auto last = std::find_if(r.contributions.rbegin(), r.contributions.rend(), [&](const state::Contribution &c) { return c.person == person; });
        out.push_back(json::object{{"person", person}, {"contributed", !r.saidFor(person).empty()}, {"delegate", std::string(r.delegateOf(person))}, {"at", timeJson(last == r.contributions.rend() ? Instant{} : last->at)}});
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
                                   {"of", f.of}, {"disputed", f.isDisputed()}, {"ratings", surenessJson(f.sureness)}, {"evidence", textsJson(f.evidence)}});
    }
    return out;
}

/// "SHOP-12: In Progress, with Eve Abara; closed there; done here?", for people.
std::string thereOf(const state::State &s, const state::Action &a, const std::optional<review::Proposed> &proposed)
{
    const state::Tracked &t = a.tracked;
    if (t.connection.empty())
        return {};
    const auto other = review::otherThere(*s.workspace, a);
    const auto day = [](Instant at) { return at ? toRfc3339(at).substr(0, 10) : std::string("no day"); };
    const bool isRead = static_cast<bool>(t.seenAt), isOtherDay = isRead && t.due && day(t.due) != day(a.due), isOtherTitle = isRead && !t.toldTitle.empty() && !t.title.empty() && hashOfIssueText(t.title) != t.toldTitle;
    return t.key + (t.status.empty() ? "" : ": " + t.status) + (other ? ", with " + (other->empty() ? "nobody" : *other) : std::string()) + (isOtherDay ? ", due " + day(t.due) : std::string()) + (isOtherTitle ? ", called \"" + t.title + "\"" : std::string()) + (proposed ? "; " + proposed->says : "") + (review::isElsewhere(s, t) ? "; " + t.connection + " is set to another place" : "");
}

/// With the command that says yes to it.
json::value proposalJson(const state::Incident &i, const state::Action &a, const std::optional<review::Proposed> &proposed)
{
    if (!proposed)
        return nullptr;
    const std::string state(word(proposed->state));
    return json::object{{"state", state}, {"says", proposed->says}, {"reason", proposed->reason},
                        {"command", "quarterdeckctl review action " + i.id + " --action " + std::to_string(a.number) + " --state " + state + " --reason \"" + proposed->reason + "\""}};
}

json::object actionJson(const state::State &s, const state::Incident &i, const state::Action &a)
{
    json::array slips;
    for (const state::Slip &slip : a.slips)
        slips.push_back(json::object{{"from", timeJson(slip.from)}, {"at", timeJson(slip.at)}, {"by", slip.by}});
    const Instant until = a.isOpen() || !a.turnedAt ? s.time : a.turnedAt;
    const auto proposed = review::proposedThere(s, i, a);
    json::value tracked = nullptr;
    if (const state::Tracked &t = a.tracked; !t.connection.empty()) {
        const Person *there = review::assignedThere(*s.workspace, t);
        const auto other = review::otherThere(*s.workspace, a);
        tracked = json::object{{"connection", t.connection}, {"key", t.key}, {"url", t.url}, {"title", t.title}, {"status", t.status}, {"assignee", t.assignee}, {"closed", t.closed},
                               {"due", timeJson(t.due)}, {"changedAt", timeJson(t.changedAt)}, {"seenAt", timeJson(t.seenAt)}, {"person", there ? there->id : std::string()},
                               {"other", other ? json::value(*other) : json::value(nullptr)}};
    }
    return {{"action", a.number}, {"text", a.text}, {"owner", a.owner}, {"due", timeJson(a.due)}, {"strength", wordJson(a.strength)}, {"verification", a.verification}, {"factor", a.factor},
            {"state", wordJson(a.state)}, {"reason", a.reason}, {"at", timeJson(a.at)}, {"turnedAt", timeJson(a.turnedAt)}, {"ageDays", std::max<std::int64_t>(0, (until - a.at).ns / kDayNs)},
            {"overdue", a.isOpen() && isLate(s, a.due)}, {"slips", std::move(slips)}, {"tracked", std::move(tracked)},
            {"there", thereOf(s, a, proposed)}, {"proposal", proposalJson(i, a, proposed)}};
}

json::array signaturesJson(const state::Review &r)
{
    const std::uint64_t written = review::lastWritten(r);
    json::array out;
    for (const state::Signature &s : r.debrief.signatures)
        out.push_back(json::object{{"person", s.person}, {"at", timeJson(s.at)}, {"stands", s.seq >= written}});
    return out;
}

json::array costsJson(const state::Review &r)
{
    json::array out;
    for (const state::Cost &c : r.debrief.costs)
        out.push_back(json::object{{"cost", c.number}, {"what", c.what}, {"amount", moneyText(c.cents)}, {"withdrawn", c.withdrawn}, {"by", c.by}, {"at", timeJson(c.at)}});
    return out;
}

/// Of all together.
json::object reckonedJson(const state::State &s, const state::Incident &i)
{
    const review::CostReckoned c = review::costOf(s, i);
    return {{"currency", s.workspace->review.cost.currency}, {"people", c.people}, {"minutes", c.minutes}, {"labour", c.labour ? json::value(moneyText(*c.labour)) : json::value(nullptr)},
            {"noted", moneyText(c.noted)}, {"total", moneyText(c.total())}, {"note", c.note}};
}

/// How often each score was given, 1 to 5; not when, and not in what order.
json::object surveyJson(const state::Review &r)
{
    std::vector<std::uint32_t> scores(5);
    for (const state::Feedback &f : r.debrief.feedback)
        if (f.score >= 1 && f.score <= scores.size())
            ++scores[f.score - 1];
    json::array given;
    for (const std::uint32_t n : scores)
        given.emplace_back(n);
    return {{"count", r.debrief.feedback.size()}, {"scores", std::move(given)}};
}

json::array publicationsJson(const state::State &s, const state::Incident &i, bool isReadAgain)
{
    json::array reads = readsJson(s, i, isReadAgain), out;
    for (std::size_t n = 0; n < reads.size(); ++n) {
        const state::Publication &p = i.review.publications[n];
        out.push_back(json::object{{"publication", p.number}, {"audience", p.audience}, {"format", p.format}, {"where", p.where}, {"digest", p.digest}, {"by", p.by}, {"at", timeJson(p.at)}, {"reads", std::move(reads[n])}});
    }
    return out;
}

/// Live ones that name a service of it, or none, while its review is open.
json::array patternsJson(const state::State &s, const state::Incident &i)
{
    json::array out;
    if (i.review.isOpen() && i.review.phase < ReviewPhase::Reviewed && std::any_of(s.patterns.begin(), s.patterns.end(), review::isLive))
        for (const state::Pattern *p : review::touchedBy(review::servicesOf(s, i), s.patterns))
            out.emplace_back("pattern/" + std::to_string(p->number));
    return out;
}

/// Met ones that are seen again in it.
json::array metAgainJson(const state::State &s, const state::Incident &i)
{
    json::array out;
    for (const std::uint32_t number : review::metAgainIn(s, i))
        out.emplace_back("pattern/" + std::to_string(number));
    return out;
}

} // namespace

json::object reviewItem(const state::State &s, const state::Incident &i, bool isReadAgain)
{
    const state::Review &r = i.review;
    json::array actions, allowed;
    for (const state::Action &a : r.actions)
        actions.push_back(actionJson(s, i, a));
    for (const state::AllowedWords &w : r.allowed)
        allowed.push_back(json::object{{"words", w.words}, {"reason", w.reason}, {"by", w.by}, {"at", timeJson(w.at)}});
    const auto open = static_cast<std::size_t>(std::count_if(r.comments.begin(), r.comments.end(), [](const state::ReviewComment &c) { return c.settledBy.empty(); }));
    const bool isDone = r.phase >= ReviewPhase::Reviewed;
    return {{"incident", i.id}, {"title", i.title}, {"service", i.service}, {"severity", wordJson(i.severity)}, {"kind", i.kind}, {"counted", review::isCounted(s, i)}, {"phase", wordJson(r.phase)}, {"reason", r.reason}, {"language", review::languageOf(*s.workspace, r)},
            {"owner", r.owner}, {"facilitator", r.facilitator}, {"openedBy", r.openedBy}, {"openedAt", timeJson(r.openedAt)}, {"turnedAt", timeJson(r.turnedAt)},
            {"due", timeJson(r.due)}, {"dueFor", r.dueFor == 0 ? json::value(nullptr) : wordJson(static_cast<IncidentSeverity>(r.dueFor))}, {"worst", wordJson(i.worst)}, {"overdue", !isDone && isLate(s, r.due)}, {"meeting", timeJson(r.meeting)}, {"gated", review::isGated(s.workspace->review, i)},
            {"gates", gatesJson(s, i)}, {"people", peopleJson(r)}, {"sections", sectionsJson(r)}, {"comments", r.comments.size()}, {"openComments", open},
            {"factors", factorsJson(r, taxonomyUnder(s.workspace->taxonomy))}, {"patterns", patternsJson(s, i)}, {"metAgain", metAgainJson(s, i)}, {"security", review::securityReason(s, i)}, {"actions", std::move(actions)}, {"publications", publicationsJson(s, i, isReadAgain)}, {"allowed", std::move(allowed)},
            {"heldAt", timeJson(r.debrief.heldAt)}, {"attended", textsJson(r.debrief.attended)}, {"signatures", signaturesJson(r)}, {"costs", costsJson(r)}, {"cost", reckonedJson(s, i)},
            {"feedback", surveyJson(r)}, {"factsMissing", review::factsMissing(i)}};
}

json::array reviewItems(const state::State &s)
{
    const auto again = readAgainInLists(s);
    json::array out;
    for (const auto &[number, i] : s.incidents)
        if (i.review.isOpen())
            out.push_back(reviewItem(s, i, again.contains(i.id)));
    return out;
}

json::array actionItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents)
        for (const state::Action &a : i.review.actions) {
            json::object item = actionJson(s, i, a);
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
        json::object item{{"id", f.id}, {"layer", f.layer}, {"group", f.group}, {"label", labelOf(f, "en")}, {"labels", std::move(labels)}, {"rate", percentOf(f.rate)}, {"retired", f.retired}, {"source", f.source},
                          {"version", taxonomy.version}, {"rated", agreed.incidents}};
        for (const auto &field : agreementJson(agreed))
            item.insert(field);
        out.push_back(std::move(item));
    }
    return out;
}

} // namespace qd::control
