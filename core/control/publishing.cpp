// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/publishing.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/control/factorjson.h"
#include "core/control/items.h"
#include "core/desk/publishing.h"
#include "core/model/taxonomy.h"
#include "core/review/effects.h"
#include "core/review/render.h"
#include "core/review/source.h"
#include "core/review/taxonomy.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace qd::control {

namespace {

json::value numberJson(double v)
{
    return std::isfinite(v) ? json::value(v) : json::value(nullptr);
}

/// Seconds, or nothing of too few.
json::object lengthJson(const review::Distribution &before, const review::Distribution &after)
{
    const auto side = [](const review::Distribution &d) { return json::object{{"count", d.count}, {"medianSeconds", d.count < review::kFewest ? json::value(nullptr) : json::value(d.median.seconds())}}; };
    return {{"before", side(before)}, {"after", side(after)}};
}

json::array labelsJson(const Taxonomy &taxonomy, const std::vector<std::string> &factors)
{
    json::array out;
    for (const std::string &id : factors) {
        const TaxonomyFactor *factor = taxonomy.factor(id);
        out.emplace_back(factor ? labelOf(*factor, "en") : id);
    }
    return out;
}

json::object matrixItem(const review::Matrix &matrix, const Taxonomy &taxonomy)
{
    json::array counts, lifts;
    for (std::size_t row = 0; row < matrix.factors.size(); ++row) {
        json::array count, lift;
        for (std::size_t column = 0; column < matrix.factors.size(); ++column) {
            count.emplace_back(matrix.incidents[row][column]);
            lift.push_back(matrix.lift[row][column] > 0 ? json::value(matrix.lift[row][column]) : json::value(nullptr));
        }
        counts.push_back(std::move(count));
        lifts.push_back(std::move(lift));
    }
    return {{"kind", "matrix"}, {"factor", nullptr}, {"label", "all"}, {"with", nullptr}, {"period", nullptr}, {"factors", textsJson(matrix.factors)}, {"labels", labelsJson(taxonomy, matrix.factors)},
            {"counts", std::move(counts)}, {"lift", std::move(lifts)}};
}

} // namespace

Result<std::string> renditionJson(const state::State &state, const RenditionParams &p, const std::string &person)
{
    const auto format = review::formatNamed(p.format.empty() ? "md" : p.format);
    if (!format)
        return fail(Code::Invalid, "\"" + safeLine(p.format, 40) + "\" is no format here; there are md, html, txt and confluence.");
    const auto what = desk::publishable(state, p.incident, p.audience, person, p.section);
    if (!what)
        return tl::unexpected(what.error());
    const review::Rendition &r = what->rendition;
    json::array leaks;
    for (const review::Leak &l : what->leaks)
        leaks.push_back(json::object{{"kind", textJson(review::word(l.kind))}, {"words", l.words}, {"line", l.line}, {"section", l.section}, {"around", l.around}, {"say", l.say}, {"allowable", review::mayBeAllowed(l.kind)}});
    std::string text = review::renderedAs(r, *format);
    json::object out{{"incident", r.incident}, {"audience", r.audience}, {"outside", r.isOutside}, {"title", r.title}, {"language", r.language}, {"format", textJson(review::word(*format))}, {"digest", sha256Hex(text)},
                     {"empty", r.blocks.empty()}, {"removed", r.removed}, {"sectionsLeftOut", r.sectionsLeftOut}, {"drafts", textsJson(what->drafts)}, {"leaks", std::move(leaks)}};
    out["text"] = std::move(text);
    return json::serialize(out);
}

std::unordered_set<std::string> readAgainInLists(const state::State &s)
{
    std::vector<std::pair<Instant, std::string>> all;
    for (const auto &[number, i] : s.incidents)
        if (!i.review.publications.empty())
            all.emplace_back(i.review.publications.back().at, i.id);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kReadAgainInLists));
    std::partial_sort(all.begin(), end, all.end(), std::greater<>());
    std::unordered_set<std::string> out;
    for (auto it = all.begin(); it != end; ++it)
        out.insert(it->second);
    return out;
}

json::array readsJson(const state::State &s, const state::Incident &i, bool isReadAgain)
{
    const auto all = isReadAgain ? desk::publishedAgain(s, i) : std::vector<desk::Reads>(i.review.publications.size());
    json::array out;
    for (const desk::Reads each : all)
        out.push_back(each == desk::Reads::NotKnown ? json::value(nullptr) : textJson(each == desk::Reads::Same ? "same" : "otherwise"));
    return out;
}

json::array libraryItems(const state::State &s)
{
    const auto again = readAgainInLists(s);
    json::array out;
    for (const auto &[number, i] : s.incidents) {
        if (i.review.publications.empty())
            continue;
        json::array reads = readsJson(s, i, again.contains(i.id));
        std::size_t n = 0;
        for (const state::Publication &p : i.review.publications)
            out.push_back(json::object{{"incident", i.id}, {"publication", p.number}, {"title", i.title}, {"service", i.service}, {"severity", wordJson(i.severity)}, {"phase", wordJson(i.review.phase)},
                                       {"audience", p.audience}, {"format", p.format}, {"where", p.where}, {"digest", p.digest},
                                       {"digestBy", review::formatNamed(p.format) ? "core" : p.by}, {"by", p.by}, {"at", timeJson(p.at)}, {"reads", std::move(reads[n++])}});
    }
    return out;
}

json::array patternItems(const state::State &s)
{
    const Taxonomy taxonomy = taxonomyUnder(s.workspace->taxonomy);
    json::array out;
    std::vector<std::pair<std::string, std::vector<std::string>>> open; // reviews, and the services of their incidents
    if (std::any_of(s.patterns.begin(), s.patterns.end(), review::isLive))
        for (const auto &[number, i] : s.incidents)
            if (i.review.isOpen() && i.review.phase < ReviewPhase::Reviewed)
                open.emplace_back(i.id, review::servicesOf(s, i));
    const std::vector<review::Witness> witnesses = review::witnessesOf(s);
    for (const state::Pattern &p : s.patterns) {
        json::array reviews; // that touch it
        for (const auto &[id, services] : open)
            if (!review::touchedBy(services, {p}).empty())
                reviews.emplace_back(id);
        out.push_back(json::object{{"id", "pattern/" + std::to_string(p.number)}, {"pattern", p.number}, {"state", wordJson(p.state)}, {"title", p.title}, {"requirement", p.requirement},
                                   {"factors", textsJson(p.factors)}, {"labels", labelsJson(taxonomy, p.factors)}, {"services", textsJson(p.services)}, {"incidents", textsJson(p.incidents)},
                                   {"seenSince", textsJson(review::seenSince(p, witnesses))}, {"openReviews", std::move(reviews)}, {"reason", p.reason}, {"by", p.by}, {"at", timeJson(p.at)}, {"changedAt", timeJson(p.changedAt)}});
    }
    std::size_t n = 0;
    for (const review::Suggestion &x : review::suggestedPatterns(witnesses, s.patterns))
        out.push_back(json::object{{"id", "suggestion/" + std::to_string(++n)}, {"pattern", 0}, {"state", "suggested"}, {"title", ""}, {"requirement", ""}, {"factors", textsJson(x.factors)},
                                   {"labels", labelsJson(taxonomy, x.factors)}, {"services", textsJson(x.services)}, {"incidents", textsJson(x.incidents)}, {"seenSince", json::array()}, {"openReviews", json::array()}, {"reason", ""},
                                   {"by", ""}, {"at", nullptr}, {"changedAt", nullptr}});
    return out;
}

json::array trendItems(const state::State &s)
{
    const Taxonomy taxonomy = taxonomyUnder(s.workspace->taxonomy);
    const auto label = [&](const std::string &id) { return labelsJson(taxonomy, {id}).front(); };
    const auto witnesses = review::witnessesOf(s);
    const review::Trends trends = review::trendsOf(witnesses, review::Period::Quarter);
    json::array out;
    const auto agreed = [&](json::object item, const review::Agreement &agreement) {
        for (const auto &field : agreementJson(agreement))
            item.insert(field);
        out.push_back(std::move(item));
    };
    const auto counted = [&](const char *kind, const review::FactorCount &f) {
        const TaxonomyFactor *known = taxonomy.factor(f.factor);
        agreed({{"kind", kind}, {"factor", f.factor}, {"label", label(f.factor)}, {"with", nullptr}, {"period", nullptr}, {"incidents", f.incidents}, {"share", f.share}, {"together", f.together},
                {"ofIncidents", f.ofFamilies}, {"elsewhere", known ? percentOf(known->rate) : std::string()}, {"elsewhereBy", known && known->rate > 0 ? known->source : std::string()},
                {"ratings", surenessJson(f.ratings)}},
               review::agreement(s, f.factor));
    };
    if (trends.families > 0)
        agreed({{"kind", "all"}, {"factor", nullptr}, {"label", "all"}, {"with", nullptr}, {"period", nullptr}, {"incidents", trends.families}, {"reviewed", trends.incidents}}, review::agreement(s));
    for (const review::FactorCount &f : trends.factors)
        counted("factor", f);
    const std::vector<review::FactorCount> well = review::mitigatorsOf(witnesses); // no causes
    for (const review::FactorCount &f : well)
        counted("mitigator", f);
    for (const review::PeriodCount &p : review::mitigatorPeriods(witnesses, review::Period::Month))
        for (std::size_t n = 0; n < well.size(); ++n)
            if (p.factors[n] > 0)
                out.push_back(json::object{{"kind", "mitigator-month"}, {"factor", well[n].factor}, {"label", label(well[n].factor)}, {"with", nullptr}, {"period", p.period}, {"incidents", p.factors[n]}});
    if (trends.families == 0)
        return out;
    for (const review::Pair &p : trends.pairs)
        out.push_back(json::object{{"kind", "pair"}, {"factor", p.first}, {"label", label(p.first)}, {"with", p.second}, {"withLabel", label(p.second)}, {"period", nullptr}, {"incidents", p.incidents}, {"lift", p.lift}});
    out.push_back(matrixItem(review::matrixOf(trends), taxonomy));
    const auto periods = [&](const review::Trends &t, const char *kind) {
        for (const review::PeriodCount &p : t.periods) {
            out.push_back(json::object{{"kind", kind}, {"factor", nullptr}, {"label", "all"}, {"with", nullptr}, {"period", p.period}, {"incidents", p.incidents}});
            for (std::size_t n = 0; n < t.factors.size(); ++n)
                if (p.factors[n] > 0)
                    out.push_back(json::object{{"kind", kind}, {"factor", t.factors[n].factor}, {"label", label(t.factors[n].factor)}, {"with", nullptr}, {"period", p.period}, {"incidents", p.factors[n]}});
        }
    };
    periods(trends, "quarter");
    periods(review::trendsOf(witnesses, review::Period::Month), "month");
    return out;
}

json::array factorItems(const state::State &s)
{
    const Taxonomy taxonomy = taxonomyUnder(s.workspace->taxonomy);
    json::array out;
    const auto add = [&](const char *kind, const std::vector<review::AtService> &all) {
        for (const review::AtService &each : all)
            out.push_back(json::object{{"kind", kind}, {"factor", each.factor}, {"label", labelsJson(taxonomy, {each.factor}).front()}, {"service", each.service}, {"incidents", each.incidents},
                                       {"ofService", each.ofService}, {"reviews", textsJson(each.which)}});
    };
    const auto witnesses = review::witnessesOf(s);
    add("cause", review::factorsAtServices(witnesses));
    add("mitigator", review::mitigatorsAtServices(witnesses));
    return out;
}

json::array effectItems(const state::State &s)
{
    const review::Counting counting = review::countingOf(s);
    json::array out;
    for (const review::ActionEffect &e : review::effectsOf(s, s.time)) {
        const review::Effect &x = e.recurrence.effect;
        const auto exposure = [](const review::Exposure &part, const std::vector<std::string> &incidents) {
            return json::object{{"events", part.events}, {"days", part.days}, {"incidents", textsJson(incidents)}};
        };
        // Beside the verdict, and none is made of it.
        json::object lengths{{"sentence", e.lengths}, {"toDetect", lengthJson(e.before.detected, e.after.detected)}, {"toResolve", lengthJson(e.before.resolved, e.after.resolved)}};
        out.push_back(json::object{{"incident", e.incident}, {"action", e.action->number}, {"text", e.action->text}, {"owner", e.action->owner}, {"factor", e.action->factor}, {"state", wordJson(e.action->state)},
                                   {"doneAt", timeJson(e.action->doneAt)}, {"reopened", e.action->reopened}, {"sentence", x.sentence}, {"verdict", textJson(review::word(x.verdict))}, {"why", x.why}, {"because", textJson(review::word(x.because))}, {"expected", x.expected},
                                   {"leastDays", static_cast<int>(review::kLeastDays)}, {"unrated", e.recurrence.unrated}, {"openSince", timeJson(x.because == review::Because::NotInPlace ? e.action->turnedAt : Instant{})},
                                   {"before", exposure(x.before, e.recurrence.before)}, {"after", exposure(x.after, e.recurrence.after)}, {"ratio", numberJson(x.ratio)}, {"low", numberJson(x.low)},
                                   {"high", numberJson(x.high)}, {"p", numberJson(x.pValue)}, {"confidence", review::kConfidence}, {"lengths", std::move(lengths)},
                                   {"countedFrom", timeJson(counting.since)}, {"countedFromBy", counting.by},
                                   {"countedFromKind", counting.kind}, {"countedFromName", counting.name}});
    }
    return out;
}

} // namespace qd::control
