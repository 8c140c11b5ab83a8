// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readreview.h"

#include "core/model/taxonomy.h"

#include <algorithm>
#include <utility>

namespace qd::workspace {

namespace {

constexpr std::size_t kSeverities = 5, kReviewNames = 20, kRetiredLimit = 500, kLeakWords = 1000;
constexpr std::size_t kCostCurrencyMost = 8;
constexpr std::int64_t kHourMost = 10'000'000; ///< hundredths

/// The roles as [cost.roles] names them.
constexpr std::pair<const char *, Role> kCostRoles[] = {{"commander", Role::Commander}, {"deputy", Role::Deputy}, {"scribe", Role::Scribe}, {"communications", Role::Communications}, {"liaison", Role::Liaison},
                                                        {"expert", Role::Expert}, {"responder", Role::Responder}, {"observer", Role::Observer}, {"reporter", Role::Reporter}};

template <typename Names>
std::string listed(const Names &names)
{
    std::string out;
    for (const auto &name : names)
        out += (out.empty() ? "" : ", ") + std::string(name);
    return out;
}

ReviewRule &ruleOf(ReviewRules &rules, IncidentSeverity severity)
{
    const auto it = std::find_if(rules.severities.begin(), rules.severities.end(), [&](const ReviewRule &r) { return r.severity == severity; });
    if (it != rules.severities.end())
        return *it;
    rules.severities.push_back({severity, 0, false, false});
    return rules.severities.back();
}

std::string idsInLayers(const Taxonomy &taxonomy)
{
    std::vector<std::string> ids;
    for (const TaxonomyLayer &layer : taxonomy.layers)
        ids.push_back(layer.id);
    return listed(ids);
}

/// When drafts are due: { severity = "SEV1", within = 3 }, or in working days.
void readDue(Fields &in, ReviewRules &rules)
{
    in.each("due", kSeverities, "{ severity = \"SEV1\", days = 3 }", [&](Element element) {
        if (!element.isTable())
            return false;
        Fields inner = element.fields("a due date of reviews");
        const std::string severity = inner.text("severity", true);
        const auto which = fromWord<IncidentSeverity>(severity);
        const bool isWorking = inner.has("working_days");
        const auto days = inner.number(isWorking ? "working_days" : "days", 0, 1, kReviewDaysMost);
        if (!severity.empty() && !which)
            inner.problem("severity", "\"" + severity + "\" is no severity of an incident; write SEV1 to SEV5");
        if (isWorking == inner.has("days"))
            inner.problemAt(inner.place(), "a due date of reviews is in days or in working_days; write one of them");
        inner.finish();
        if (!which)
            return true;
        ReviewRule &rule = ruleOf(rules, *which);
        if (rule.days != 0)
            inner.problemAt(inner.place(), "reviews of a " + severity + " have two due dates; keep one");
        rule.days = static_cast<std::uint32_t>(days);
        rule.working = isWorking;
        return true;
    });
}

template <typename Known>
std::vector<std::string> chosen(Fields &in, const char *key, const Known &known, const std::string &what)
{
    std::vector<std::string> out;
    for (Given &given : in.texts(key, kReviewNames)) {
        if (std::find(std::begin(known), std::end(known), given.id) == std::end(known))
            in.problemAt(given.place, "\"" + given.id + "\" is no " + what + "; there are " + listed(known));
        else if (std::find(out.begin(), out.end(), given.id) != out.end())
            in.problemAt(given.place, given.id + " is named twice; write it once");
        out.push_back(std::move(given.id));
    }
    return out;
}

} // namespace

void readReview(Fields in, Draft &draft)
{
    if (std::exchange(draft.hasReview, true))
        in.problemAt(in.place(), "[review] is there twice; keep one");
    ReviewRules &r = draft.workspace.review;
    readDue(in, r);
    r.saysGated = in.has("gated");
    for (const Given &severity : in.texts("gated", kSeverities))
        if (const auto s = fromWord<IncidentSeverity>(severity.id))
            ruleOf(r, *s).gated = true;
        else
            in.problemAt(severity.place, "\"" + severity.id + "\" is no severity of an incident; write SEV1 to SEV5");
    r.gates = chosen(in, "gates", kReviewGates, "gate of a review");
    r.noGates = in.has("gates") && r.gates.empty();
    for (const auto &[key, to] : {std::pair{"customers", &r.customers}, std::pair{"words", &r.words}, std::pair{"internal_domains", &r.domains}})
        for (Given &given : in.texts(key, kLeakWords))
            to->push_back(std::move(given.id));
    r.sections = chosen(in, "sections", kReviewSections, "section a review is opened with");
    r.languages = chosen(in, "languages", kReviewLanguages, "language words are looked through for");
}

void readCost(Fields in, Draft &draft)
{
    if (std::exchange(draft.hasCost, true))
        in.problemAt(in.place(), "[cost] is there twice; keep one");
    CostModel &cost = draft.workspace.review.cost;
    cost.currency = in.text("currency", true);
    if (cost.currency.size() > kCostCurrencyMost)
        in.problem("currency", "a currency is short; write currency = \"EUR\"");
    cost.hourly = static_cast<std::uint64_t>(in.amount("hourly", 1, kHourMost).value_or(0));
    if (!in.has("roles"))
        return;
    if (!in.has("hourly"))
        in.problem("roles", "roles cost otherwise than an hour of anybody, which is not said; write hourly = 85.00 under [cost]");
    Fields roles = in.table("roles");
    for (const auto &[key, role] : kCostRoles)
        if (const auto hourly = roles.amount(key, 0, kHourMost))
            cost.roles.push_back({role, static_cast<std::uint64_t>(*hourly)});
    roles.finish();
}

void readTaxonomyRules(Fields in, Draft &draft)
{
    if (std::exchange(draft.hasTaxonomy, true))
        in.problemAt(in.place(), "[taxonomy] is there twice; keep one");
    TaxonomyRules &t = draft.workspace.taxonomy;
    t.version = in.text("version", true);
    t.replaces = in.flag("replaces", false);
    for (Given &id : in.texts("retired", kRetiredLimit)) {
        if (!usualTaxonomy().factor(id.id))
            in.problemAt(id.place, "the console's own taxonomy has no factor \"" + id.id + "\"; `get taxonomy` lists them");
        t.retired.push_back(std::move(id.id));
    }
}

void readFactor(Fields in, Draft &draft)
{
    TaxonomyFactor f;
    f.id = in.id();
    f.layer = in.text("layer", true);
    f.group = in.text("group");
    const Taxonomy &usual = usualTaxonomy();
    if (!f.layer.empty() && !usual.layer(f.layer))
        in.problem("layer", "\"" + f.layer + "\" is no layer of the taxonomy; there are " + idsInLayers(usual));
    if (!f.group.empty() && (f.layer != "contributing" || !usual.group(f.group)))
        in.problem("group", "a contributing factor is technical, human, process or external; others have no group");
    if (f.layer == "contributing" && f.group.empty())
        in.problemAt(in.place(), "factor " + f.id + " is a contributing one, so it needs a group: technical, human, process or external");
    for (const auto &[key, language, isRequired] : {std::tuple{"label", "en", true}, std::tuple{"label_de", "de", false}}) {
        std::string text = in.text(key, isRequired);
        if (text.size() > kFactorLabelBytes)
            in.problem(key, "the label of a factor is at most " + std::to_string(kFactorLabelBytes) + " bytes; shorten it");
        if (!text.empty())
            f.label[language] = std::move(text);
    }
    f.rate = static_cast<std::uint32_t>(in.number("rate", 0, 0, 100) * 100);
    f.source = in.text("source");
    f.retired = in.flag("retired", false);
    draft.factors.push_back({f.id, in.place()});
    draft.workspace.taxonomy.factors.push_back(std::move(f));
}

void checkReview(const Draft &draft, Problems &problems)
{
    if (draft.factors.size() > kFactorsMost)
        problems.add(draft.factors[kFactorsMost].place, "there are " + std::to_string(draft.factors.size()) + " factors; at most " + std::to_string(kFactorsMost) + " are allowed", Code::TooLarge);
    if (!draft.factors.empty() && !draft.hasTaxonomy)
        problems.add(draft.factors.front().place, "factors of our own need a version, which is kept with every rating; write [taxonomy] with version = \"2026-12\"");
}

} // namespace qd::workspace
