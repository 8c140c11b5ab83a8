// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/review.h"

#include "core/base/safetext.h"
#include "core/control/items.h"
#include "core/desk/decide.h"
#include "core/governance/clearance.h"
#include "core/review/frame.h"
#include "core/review/spelling.h"

#include <algorithm>
#include <tuple>

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
        const auto findings = review::lint(text, review::lintContext(s, i, each.id, nullptr, review::languageOf(*s.workspace, i.review)));
        out.push_back(json::object{{"section", each.id}, {"text", text}, {"ours", textsJson(review::wordsOfOurs(sealed(text, Reader{DataClass::Internal, {}}), s.workspace->jargon))}, {"revision", each.revision()}, {"heldBy", each.heldBy}, {"heldSince", timeJson(each.heldSince)},
                                   {"findings", findings.size()}, {"revisions", revisionsJson(each.revisions)}, {"asides", revisionsJson(each.asides)}});
    }
    return out;
}

/// What was said of how it was handled, by nobody's name but theirs who wished it: by score and words, which tells nothing of who spoke first.
json::array surveyWords(const state::Review &r)
{
    std::vector<const state::Feedback *> all;
    for (const state::Feedback &f : r.debrief.feedback)
        if (!f.text.empty() || !f.person.empty())
            all.push_back(&f);
    std::sort(all.begin(), all.end(), [](const auto *a, const auto *b) { return std::tie(a->score, a->text, a->person) < std::tie(b->score, b->text, b->person); });
    json::array out;
    for (const state::Feedback *f : all)
        out.push_back(json::object{{"score", f->score}, {"text", f->text}, {"person", f->person}});
    return out;
}

/// As the window says it of a word.
std::string ifOurs(const std::vector<std::string> &unknown)
{
    constexpr std::size_t kNamed = 20;
    if (unknown.empty())
        return {};
    std::string list;
    for (std::size_t n = 0; n < unknown.size() && n < kNamed; ++n)
        list += (n == 0 ? "" : ", ") + json::serialize(json::value(unknown[n]));
    return std::string("What of it is a word of ours is no finding any more, for everybody and for good, once it is under [workspace] of the workspace's file: jargon = [") + list + (unknown.size() > kNamed ? ", …]" : "]");
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
    for (const state::Contribution &c : r.contributions) {
        const auto said = r.saidFor(c.person);
        const bool isNewest = c.text.empty() ? r.delegateOf(c.person) == c.delegate : std::find(said.begin(), said.end(), &c) != said.end();
        contributions.push_back(json::object{{"person", c.person}, {"text", c.text}, {"delegate", c.delegate}, {"by", c.by}, {"at", timeJson(c.at)}, {"newest", isNewest}});
    }
    out["said"] = std::move(comments);
    out["contributions"] = std::move(contributions);
    out["feedback"].as_object()["words"] = surveyWords(r);
    return json::serialize(out);
}

Result<Linted> linted(const state::State &s, const ReviewLint &asked, const std::string &person)
{
    const auto i = desk::openReview(s, asked.incident);
    if (!i)
        return tl::unexpected(i.error());
    Linted out{(*i)->id, asked.section, {}, asked.word, 0, {}, {}, review::spelledIn(*s.workspace, (*i)->review), {}};
    const std::string language = asked.language == "de" ? "de" : asked.language == "en" ? "en" : std::string(review::languageOf(*s.workspace, (*i)->review));
    out.context = review::lintContext(s, language);
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
    out.ours = review::wordsOfOurs(out.text, s.workspace->jargon);
    return out;
}

std::string lintedJson(Linted l, const review::Spelling &spelling)
{
    json::array findings, suggestions;
    std::vector<std::string> unknown; // words that may be ours
    l.context.spelling = &spelling;
    if (l.word.empty())
        for (review::Finding &f : review::lint(l.text, l.context))
            if (f.kind == review::FindingKind::Spelling)
                l.findings.push_back(std::move(f));
    std::stable_sort(l.findings.begin(), l.findings.end(), [](const review::Finding &a, const review::Finding &b) { return a.at < b.at; });
    for (const review::Finding &f : l.findings) {
        if (f.kind == review::FindingKind::Spelling && std::find(unknown.begin(), unknown.end(), f.words) == unknown.end())
            unknown.push_back(f.words);
        findings.push_back(json::object{{"kind", textJson(word(f.kind))}, {"at", f.at}, {"length", f.length}, {"words", f.words}, {"question", f.question}});
    }
    const bool isWord = !l.word.empty() && !spelling.knows(l.word);
    if (isWord)
        unknown.push_back(safeLine(l.word, 100));
    if (isWord)
        suggestions = textsJson(spelling.suggestions(safeLine(l.word, 100)));
    return json::serialize(json::object{{"incident", l.incident}, {"section", l.section}, {"revision", l.revision}, {"findings", std::move(findings)},
                                        {"notLookedAt", textsJson(spelling.missing())}, {"suggestions", std::move(suggestions)}, {"ours", textsJson(l.ours)}, {"ifOurs", ifOurs(unknown)}});
}

} // namespace qd::control
