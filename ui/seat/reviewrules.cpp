// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/reviewrules.h"

#include "core/model/taxonomy.h"
#include "core/review/gates.h"
#include "core/review/lint.h"
#include "core/review/participants.h"
#include "core/review/prompts.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <set>
#include <string_view>

namespace qd::seat {

namespace {

struct KnownSection {
    std::string_view id;
    const char *title;
};
/// In reading order; the ids are kReviewSections.
constexpr KnownSection kSections[] = {
    {"narrative", QT_TRANSLATE_NOOP("qd::seat::Sections", "Narrative")},
    {"summary", QT_TRANSLATE_NOOP("qd::seat::Sections", "Summary")},
    {"impact", QT_TRANSLATE_NOOP("qd::seat::Sections", "Impact")},
    {"went-well", QT_TRANSLATE_NOOP("qd::seat::Sections", "What went well")},
    {"timeline", QT_TRANSLATE_NOOP("qd::seat::Sections", "Timeline")},
    {"decisions", QT_TRANSLATE_NOOP("qd::seat::Sections", "Decisions")},
    {"hypotheses", QT_TRANSLATE_NOOP("qd::seat::Sections", "Hypotheses")},
    {"participants", QT_TRANSLATE_NOOP("qd::seat::Sections", "People")},
};

QString nameOf(const state::State &state, const std::string &id)
{
    return id.empty() ? QString() : qstr(state.workspace->nameOf(id));
}

std::string languageShown()
{
    return QLocale().language() == QLocale::German ? "de" : "en";
}

QString findingWords(review::FindingKind kind, const QString &words)
{
    const auto say = [&](const char *text) { return QCoreApplication::translate("qd::seat::Findings", text).arg(words); };
    switch (kind) {
    case review::FindingKind::Blame: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "blame: “%1”"));
    case review::FindingKind::Counterfactual: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "counterfactual: “%1”"));
    case review::FindingKind::HumanError: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "an error of people, and nothing behind it: “%1”"));
    case review::FindingKind::Name: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "a name: “%1”"));
    case review::FindingKind::Order: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "times out of order: “%1”"));
    case review::FindingKind::Unsupported: return QCoreApplication::translate("qd::seat::Findings", "unsupported: no line of the record stands behind it");
    case review::FindingKind::Spelling: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "spelling: “%1”"));
    }
    return words;
}

} // namespace

std::vector<std::string> sectionIds(const state::Review &review)
{
    std::vector<std::string> out;
    for (const KnownSection &s : kSections)
        out.emplace_back(s.id);
    for (const state::Section &s : review.sections)
        if (std::find(out.begin(), out.end(), s.id) == out.end())
            out.push_back(s.id);
    return out;
}

QString sectionTitle(const std::string &id)
{
    for (const KnownSection &s : kSections)
        if (id == s.id)
            return QCoreApplication::translate("qd::seat::Sections", s.title);
    QString title = qstr(id);
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

std::vector<view::FactorRow> factorsOf(const state::State &state, const state::Incident &incident, const std::string &you)
{
    const Taxonomy taxonomy = taxonomyUnder(state.workspace->taxonomy);
    const std::string language = languageShown();
    const auto &ratings = incident.review.ratings;
    std::set<std::string> who;
    for (const state::Rating &r : ratings)
        who.insert(r.by);
    const auto rated = [&](view::FactorRow row, const std::string &id) {
        row.id = qstr(id);
        row.outOf = static_cast<int>(who.size());
        for (const state::Rating &r : ratings) {
            if (r.factor != id)
                continue;
            row.raters << nameOf(state, r.by);
            row.yours = row.yours || r.by == you;
            if (!r.note.empty())
                row.notes << qstr(r.note);
            for (const std::string &line : r.evidence)
                if (const QString cited = qstr(line); !row.evidence.contains(cited))
                    row.evidence << cited;
        }
        row.disputed = !row.raters.isEmpty() && row.raters.size() < row.outOf;
        return row;
    };
    std::vector<view::FactorRow> out;
    const auto heading = [&](const TaxonomyLayer &of, const QString &layer, int depth) {
        view::FactorRow row;
        row.id = qstr(of.id);
        row.title = qstr(labelOf(of, language));
        row.layer = layer;
        row.isHeading = true;
        row.depth = depth;
        out.push_back(std::move(row));
    };
    for (const TaxonomyLayer &layer : taxonomy.layers) {
        heading(layer, qstr(layer.id), 0);
        const auto take = [&](const TaxonomyFactor &f, int depth) {
            view::FactorRow row;
            row.title = qstr(labelOf(f, language));
            row.layer = qstr(layer.id);
            row.depth = depth;
            row = rated(std::move(row), f.id);
            if (!f.retired || !row.raters.isEmpty())
                out.push_back(std::move(row));
        };
        for (const TaxonomyFactor &f : taxonomy.factors)
            if (f.layer == layer.id && f.group.empty())
                take(f, 1);
        for (const TaxonomyLayer &group : taxonomy.groups) {
            const auto inGroup = [&](const TaxonomyFactor &f) { return f.layer == layer.id && f.group == group.id; };
            if (std::none_of(taxonomy.factors.begin(), taxonomy.factors.end(), inGroup))
                continue;
            heading(group, qstr(layer.id), 1);
            for (const TaxonomyFactor &f : taxonomy.factors)
                if (inGroup(f))
                    take(f, 2);
        }
    }
    // Rated by an older taxonomy, and no longer in this one.
    std::set<std::string> old;
    for (const state::Rating &r : ratings)
        if (taxonomy.factor(r.factor) == nullptr && old.insert(r.factor).second) {
            view::FactorRow row;
            row.title = qstr(r.factor);
            row.depth = 1;
            out.push_back(rated(std::move(row), r.factor));
        }
    return out;
}

std::vector<view::GateRow> gatesOf(const state::State &state, const state::Incident &incident)
{
    std::vector<view::GateRow> out;
    if (!incident.review.isOpen())
        return out;
    for (const review::Gate &gate : review::gatesOf(state, incident)) {
        QStringList missing;
        for (const std::string &each : gate.missing)
            missing << qstr(each);
        view::GateRow row{qstr(gate.name), qstr(gate.says), nameOf(state, gate.waivedBy), qstr(gate.reason), gate.standing == review::GateStanding::Met};
        if (!missing.isEmpty())
            row.sentence += QLatin1Char(' ') + missing.join(QStringLiteral(", ")) + QLatin1Char('.');
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<view::ReviewPerson> peopleOf(const state::State &state, const state::Incident &incident, const std::string &you)
{
    std::vector<view::ReviewPerson> out;
    const state::Review &r = incident.review;
    const auto take = [&](const std::string &id, const std::vector<std::string> &parts) {
        if (std::any_of(out.begin(), out.end(), [&](const view::ReviewPerson &p) { return p.id == qstr(id); }))
            return;
        view::ReviewPerson p;
        p.id = qstr(id);
        p.name = nameOf(state, id);
        QStringList as;
        for (const std::string &part : parts)
            as << qstr(part);
        p.role = as.join(QStringLiteral(", "));
        p.required = std::find(r.people.begin(), r.people.end(), id) != r.people.end();
        p.you = !id.empty() && id == you;
        for (const state::Contribution &c : r.contributions)
            if (c.person == id) {
                p.text = qstr(c.text);
                p.delegate = nameOf(state, c.delegate);
                p.contributed = !c.text.empty() || !c.delegate.empty();
            }
        out.push_back(std::move(p));
    };
    for (const review::Participant &p : review::participants(state, incident))
        take(p.person, p.parts);
    for (const std::string &id : r.people)
        take(id, {});
    for (const state::Contribution &c : r.contributions)
        take(c.person, {});
    std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.required && !b.required; });
    return out;
}

std::vector<view::PromptRow> promptRows()
{
    const std::string language = languageShown();
    std::vector<view::PromptRow> out;
    for (std::size_t i = 0; i < review::kStatements; ++i) {
        const auto kind = static_cast<review::Statement>(i);
        view::PromptRow row;
        row.kind = qstr(review::exampleOf(kind, language));
        for (const std::string &question : review::promptsFor(kind, language))
            row.questions << qstr(question);
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<view::Finding> findingsOf(const state::State &state, const state::Incident &incident, const std::string &section, const QString &text, const review::Spelling *spelling)
{
    const std::string bytes = text.toStdString();
    std::vector<view::Finding> out;
    std::size_t byte = 0;
    int unit = 0;
    const auto unitsAt = [&](std::size_t at) {
        if (at < byte)
            byte = 0, unit = 0;
        unit += static_cast<int>(QString::fromUtf8(bytes.data() + byte, static_cast<qsizetype>(at - byte)).size());
        byte = at;
        return unit;
    };
    for (const review::Finding &f : review::lint(bytes, review::lintContext(state, incident, section, spelling, languageShown()))) {
        view::Finding found;
        found.from = unitsAt(f.at);
        found.length = static_cast<int>(QString::fromUtf8(bytes.data() + f.at, static_cast<qsizetype>(f.length)).size());
        found.rule = qstr(review::word(f.kind));
        found.words = findingWords(f.kind, qstr(f.words));
        found.question = qstr(f.question);
        found.unsupported = f.kind == review::FindingKind::Unsupported;
        out.push_back(std::move(found));
    }
    return out;
}

} // namespace qd::seat
