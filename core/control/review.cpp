// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/review.h"

#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"
#include "core/review/spelling.h"

#include <algorithm>

namespace qd::control {

namespace {

json::array revisionsJson(const std::vector<state::Revision> &all)
{
    json::array out;
    for (const state::Revision &r : all)
        out.push_back(json::object{{"revision", r.number}, {"base", r.base}, {"draft", r.draft}, {"by", r.by}, {"at", timeJson(r.at)}, {"record", r.seq}, {"text", r.text}});
    return out;
}

json::array sectionTexts(const state::State &s, const state::Incident &i)
{
    json::array out;
    for (const state::Section &each : i.review.sections) {
        const std::string text(each.text());
        const auto findings = review::lint(text, review::lintContext(s, i, each.id, nullptr, "en"));
        out.push_back(json::object{{"section", each.id}, {"text", text}, {"revision", each.revision()}, {"heldBy", each.heldBy}, {"heldSince", timeJson(each.heldSince)},
                                   {"findings", findings.size()}, {"revisions", revisionsJson(each.revisions)}, {"asides", revisionsJson(each.asides)}});
    }
    return out;
}

} // namespace

Result<std::string> reviewJson(const state::State &s, const ReviewRead &read)
{
    const auto i = desk::openReview(s, read.incident);
    if (!i)
        return tl::unexpected(i.error());
    const state::Review &r = (*i)->review;
    json::object out = reviewItem(s, **i);
    out["texts"] = sectionTexts(s, **i);
    json::array comments, contributions;
    for (const state::ReviewComment &c : r.comments)
        comments.push_back(json::object{{"comment", c.number}, {"answers", c.answers}, {"section", c.section}, {"quote", c.quote}, {"text", c.text}, {"by", c.by}, {"at", timeJson(c.at)},
                                        {"settledBy", c.settledBy}, {"settledAt", timeJson(c.settledAt)}});
    for (const state::Contribution &c : r.contributions)
        contributions.push_back(json::object{{"person", c.person}, {"text", c.text}, {"delegate", c.delegate}, {"by", c.by}, {"at", timeJson(c.at)}});
    out["said"] = std::move(comments);
    out["contributions"] = std::move(contributions);
    return json::serialize(out);
}

Result<Linted> linted(const state::State &s, const ReviewLint &asked, const std::string &person)
{
    const auto i = desk::openReview(s, asked.incident);
    if (!i)
        return tl::unexpected(i.error());
    Linted out{(*i)->id, asked.section, {}, asked.word, 0, {}, {}, s.workspace->review.languages};
    if (out.languages.empty())
        out.languages.assign(std::begin(kReviewLanguages), std::end(kReviewLanguages));
    const std::string language = asked.language == "de" ? "de" : "en";
    out.context = review::lintContext(*s.workspace, language);
    out.context.words.insert(out.context.words.end(), (*i)->alertNames.begin(), (*i)->alertNames.end());
    if (!asked.word.empty())
        return out;
    if (asked.text.size() > state::kSectionBytes)
        return fail(Code::TooLarge, "A text to look through is at most 64 KB.");
    const state::Section *section = (*i)->review.section(asked.section);
    if (asked.text.empty() && !section)
        return fail(Code::NotFound, "The review of " + (*i)->id + " has no section \"" + safeLine(asked.section, 60) + "\".");
    // What is found quotes the text: it is looked through as its reader has it.
    const Reader reader = governance::readerOf(s, {governance::Place::Kind::Person, person, {}, {(*i)->service, (*i)->id}});
    out.text = asked.text.empty() ? sealed(section->text(), reader) : safeText(asked.text, state::kSectionBytes);
    out.revision = asked.text.empty() ? section->revision() : 0;
    review::LintContext context = review::lintContext(s, **i, asked.section, nullptr, language);
    if (asked.section.empty()) {
        context.wantsEvidence = false;
        context.forbidsNames = true;
    }
    out.findings = review::lint(out.text, context);
    return out;
}

std::string lintedJson(Linted l, const review::Spelling &spelling)
{
    json::array findings, suggestions;
    l.context.spelling = &spelling;
    if (l.word.empty())
        for (review::Finding &f : review::lint(l.text, l.context))
            if (f.kind == review::FindingKind::Spelling)
                l.findings.push_back(std::move(f));
    std::stable_sort(l.findings.begin(), l.findings.end(), [](const review::Finding &a, const review::Finding &b) { return a.at < b.at; });
    for (const review::Finding &f : l.findings)
        findings.push_back(json::object{{"kind", textJson(word(f.kind))}, {"at", f.at}, {"length", f.length}, {"words", f.words}, {"question", f.question}});
    if (!l.word.empty() && !spelling.knows(l.word))
        suggestions = textsJson(spelling.suggestions(safeLine(l.word, 100)));
    return json::serialize(json::object{{"incident", l.incident}, {"section", l.section}, {"revision", l.revision}, {"findings", std::move(findings)},
                                        {"notLookedAt", textsJson(spelling.missing())}, {"suggestions", std::move(suggestions)}});
}

} // namespace qd::control
