// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/publishing.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/desk/publishing.h"
#include "core/model/taxonomy.h"
#include "core/review/render.h"
#include "core/review/source.h"

#include <cmath>

namespace qd::control {

namespace {

json::value numberJson(double v)
{
    return std::isfinite(v) ? json::value(v) : json::value(nullptr);
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
        leaks.push_back(json::object{{"kind", textJson(review::word(l.kind))}, {"words", l.words}, {"line", l.line}, {"around", l.around}, {"say", l.say}});
    std::string text = review::renderedAs(r, *format);
    json::object out{{"incident", r.incident}, {"audience", r.audience}, {"outside", r.isOutside}, {"title", r.title}, {"format", textJson(review::word(*format))}, {"digest", sha256Hex(text)},
                     {"empty", r.blocks.empty()}, {"removed", r.removed}, {"sectionsLeftOut", r.sectionsLeftOut}, {"leaks", std::move(leaks)}};
    out["text"] = std::move(text);
    return json::serialize(out);
}

json::array libraryItems(const state::State &s)
{
    json::array out;
    for (const auto &[number, i] : s.incidents)
        for (const state::Publication &p : i.review.publications)
            out.push_back(json::object{{"incident", i.id}, {"publication", p.number}, {"title", i.title}, {"service", i.service}, {"severity", wordJson(i.severity)}, {"phase", wordJson(i.review.phase)},
                                       {"audience", p.audience}, {"format", p.format}, {"where", p.where}, {"digest", p.digest}, {"by", p.by}, {"at", timeJson(p.at)}});
    return out;
}

json::array patternItems(const state::State &s)
{
    const Taxonomy taxonomy = taxonomyUnder(s.workspace->taxonomy);
    json::array out;
    for (const state::Pattern &p : s.patterns) {
        json::array reviews; // open ones that touch it
        if (review::isLive(p))
            for (const auto &[number, i] : s.incidents)
                if (i.review.isOpen() && i.review.phase < ReviewPhase::Reviewed && !review::touchedBy(review::servicesOf(s, i), {p}).empty())
                    reviews.emplace_back(i.id);
        out.push_back(json::object{{"id", "pattern/" + std::to_string(p.number)}, {"pattern", p.number}, {"state", wordJson(p.state)}, {"title", p.title}, {"requirement", p.requirement},
                                   {"factors", textsJson(p.factors)}, {"labels", labelsJson(taxonomy, p.factors)}, {"services", textsJson(p.services)}, {"incidents", textsJson(p.incidents)},
                                   {"openReviews", std::move(reviews)}, {"reason", p.reason}, {"by", p.by}, {"at", timeJson(p.at)}, {"changedAt", timeJson(p.changedAt)}});
    }
    std::size_t n = 0;
    for (const review::Suggestion &x : review::suggestedPatterns(review::witnessesOf(s), s.patterns))
        out.push_back(json::object{{"id", "suggestion/" + std::to_string(++n)}, {"pattern", 0}, {"state", "suggested"}, {"title", ""}, {"requirement", ""}, {"factors", textsJson(x.factors)},
                                   {"labels", labelsJson(taxonomy, x.factors)}, {"services", textsJson(x.services)}, {"incidents", textsJson(x.incidents)}, {"openReviews", json::array()}, {"reason", ""},
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
    for (const review::FactorCount &f : trends.factors)
        out.push_back(json::object{{"kind", "factor"}, {"factor", f.factor}, {"label", label(f.factor)}, {"with", nullptr}, {"period", nullptr}, {"incidents", f.incidents}, {"share", f.share}, {"together", f.together}});
    for (const review::Pair &p : trends.pairs)
        out.push_back(json::object{{"kind", "pair"}, {"factor", p.first}, {"label", label(p.first)}, {"with", p.second}, {"withLabel", label(p.second)}, {"period", nullptr}, {"incidents", p.incidents}, {"lift", p.lift}});
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

json::array effectItems(const state::State &s)
{
    json::array out;
    for (const review::ActionEffect &e : review::effectsOf(s, s.time)) {
        const review::Effect &x = e.recurrence.effect;
        const auto exposure = [](const review::Exposure &part, const std::vector<std::string> &incidents) {
            return json::object{{"events", part.events}, {"days", part.days}, {"incidents", textsJson(incidents)}};
        };
        out.push_back(json::object{{"incident", e.incident}, {"action", e.action->number}, {"text", e.action->text}, {"owner", e.action->owner}, {"factor", e.action->factor}, {"state", wordJson(e.action->state)},
                                   {"doneAt", timeJson(e.action->turnedAt)}, {"sentence", x.sentence}, {"verdict", textJson(review::word(x.verdict))}, {"why", x.why},
                                   {"before", exposure(x.before, e.recurrence.before)}, {"after", exposure(x.after, e.recurrence.after)}, {"ratio", numberJson(x.ratio)}, {"low", numberJson(x.low)},
                                   {"high", numberJson(x.high)}, {"p", numberJson(x.pValue)}, {"confidence", review::kConfidence}});
    }
    return out;
}

} // namespace qd::control
