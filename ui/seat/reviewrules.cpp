// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/seat/reviewrules.h"

#include "core/model/taxonomy.h"
#include "core/review/cost.h"
#include "core/review/frame.h"
#include "core/review/gates.h"
#include "core/review/lint.h"
#include "core/review/participants.h"
#include "core/review/prompts.h"
#include "core/review/security.h"
#include "core/review/source.h"
#include "ui/seat/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace qd::seat {

namespace {

struct KnownSection {
    std::string_view id;
    const char *title;
};
/// In reading order; the ids are kReviewSections, and what is written for people outside alone.
constexpr KnownSection kSections[] = {
    {"narrative", QT_TRANSLATE_NOOP("qd::seat::Sections", "Narrative")},
    {"summary", QT_TRANSLATE_NOOP("qd::seat::Sections", "Summary")},
    {"impact", QT_TRANSLATE_NOOP("qd::seat::Sections", "Impact")},
    {"went-well", QT_TRANSLATE_NOOP("qd::seat::Sections", "What went well")},
    {"timeline", QT_TRANSLATE_NOOP("qd::seat::Sections", "Timeline")},
    {"decisions", QT_TRANSLATE_NOOP("qd::seat::Sections", "Decisions")},
    {"hypotheses", QT_TRANSLATE_NOOP("qd::seat::Sections", "Hypotheses")},
    {"participants", QT_TRANSLATE_NOOP("qd::seat::Sections", "People")},
    {review::kExternalSection, QT_TRANSLATE_NOOP("qd::seat::Sections", "To our customers")},
};
/// Where the workspace names none, as its reader has them.
constexpr std::string_view kUsualAudiences[] = {"customers", "technical", "executive", "regulator", "partners"};

QString nameOf(const state::State &state, const std::string &id)
{
    return id.empty() ? QString() : qstr(state.workspace->nameOf(id));
}

/// Who is of the workspace no more stands by what the cast calls them.
QString calledIn(const state::State &state, const CastShelf &cast, const std::string &id)
{
    const view::CastMember *known = cast.find(id);
    return known && !known->known ? known->neutral : nameOf(state, id);
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
    case review::FindingKind::Outage: return say(QT_TRANSLATE_NOOP("qd::seat::Findings", "“%1” says that all of it was gone"));
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
    QString title = qstr(id).replace(QLatin1Char('-'), QLatin1Char(' '));
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

QStringList audiencesOf(const state::State &state)
{
    const Workspace &w = *state.workspace;
    QStringList out{QStringLiteral("internal")};
    const auto add = [&](std::string_view audience) {
        if (const QString name = QString::fromUtf8(audience.data(), static_cast<qsizetype>(audience.size())); !name.isEmpty() && name != QLatin1String("public") && !out.contains(name))
            out.push_back(name);
    };
    for (const std::string &audience : w.audiences)
        add(audience);
    if (w.audiences.empty())
        for (const std::string_view audience : kUsualAudiences)
            add(audience);
    for (const UpdateTemplate &t : w.templates)
        add(t.audience);
    for (const ClearanceRule &rule : w.clearances)
        for (const std::string &audience : rule.audiences)
            add(audience);
    return out;
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
            if (r.by == you) {
                row.yours = true;
                row.yourNote = QString::fromStdString(r.note);
                row.yourConfidence = r.confidence;
                for (const std::string &line : r.evidence)
                    row.yourEvidence << qstr(line);
            }
            if (r.confidence != Confidence::Unsaid)
                row.confidence.push_back(r.confidence);
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
    const bool isOfSecurity = !review::securityReason(state, incident).empty();
    std::vector<TaxonomyLayer> layers = taxonomy.layers;
    if (isOfSecurity)
        std::stable_partition(layers.begin(), layers.end(), [](const TaxonomyLayer &l) { return l.id == review::kSecurityLayer; });
    const auto heading = [&](const TaxonomyLayer &of, const QString &layer, int depth) {
        view::FactorRow row;
        row.id = qstr(of.id);
        row.title = qstr(labelOf(of, language));
        row.layer = layer;
        row.isHeading = true;
        row.depth = depth;
        out.push_back(std::move(row));
    };
    for (const TaxonomyLayer &layer : layers) {
        heading(layer, qstr(layer.id), 0);
        const auto take = [&](const TaxonomyFactor &f, int depth) {
            view::FactorRow row;
            row.title = qstr(labelOf(f, language));
            row.layer = qstr(layer.id);
            row.depth = depth;
            row.offered = isOfSecurity && layer.id == review::kSecurityLayer;
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

QStringList holesOf(const state::State &state, const state::Incident &incident, Instant from, Instant to)
{
    QStringList out;
    const std::string own = "incident/" + incident.id;
    const std::string first = toRfc3339(from).substr(0, 10), last = toRfc3339(std::max(from, to)).substr(0, 10);
    for (const state::Erasure &e : state.keeping.erasures)
        for (const events::ErasedStream &stream : e.streams) {
            const std::string day = stream.stream.starts_with("alerts/") ? stream.stream.substr(7, 10) : std::string();
            const QString why = e.reason.empty() ? QCoreApplication::translate("qd::seat::Holes", "no reason is recorded") : qstr(e.reason);
            if (!day.empty() && first <= day && day <= last)
                out << QCoreApplication::translate("qd::seat::Holes", "The alerts of %1 were erased (%2): queue, map and lanes lack them.").arg(qstr(day), why);
            else if (stream.stream == own || stream.stream.starts_with(own + "/"))
                out << QCoreApplication::translate("qd::seat::Holes", "A part of the record of %1 was erased (%2): what follows from it is missing here.").arg(qstr(incident.id), why);
        }
    out.removeDuplicates();
    return out;
}

QString leftOutWords(std::size_t leftOut)
{
    const int lines = static_cast<int>(leftOut);
    return QCoreApplication::translate("qd::seat::Holes", "The record is longer than what is shown of it: %Ln line(s) between the oldest and the newest are left out here. The journal has them all.", nullptr, lines);
}

std::vector<view::ReviewPerson> peopleOf(const state::State &state, const state::Incident &incident, const std::string &you, const CastShelf &cast)
{
    std::vector<view::ReviewPerson> out;
    const state::Review &r = incident.review;
    const std::uint64_t written = review::lastWritten(r);
    const auto take = [&](const std::string &id, const std::vector<std::string> &parts) {
        if (std::any_of(out.begin(), out.end(), [&](const view::ReviewPerson &p) { return p.id == qstr(id); }))
            return;
        view::ReviewPerson p;
        p.id = qstr(id);
        p.name = calledIn(state, cast, id);
        QStringList as;
        for (const std::string &part : parts)
            as << qstr(review::partIn(part, languageShown()));
        p.role = as.join(QStringLiteral(", "));
        p.required = std::find(r.people.begin(), r.people.end(), id) != r.people.end();
        p.you = !id.empty() && id == you;
        for (const state::Contribution *c : r.saidFor(id)) {
            const QString who = c->by == id ? QString() : calledIn(state, cast, c->by) + QStringLiteral(": ");
            p.text += (p.text.isEmpty() ? QString() : QStringLiteral("\n\n")) + who + qstr(c->text);
        }
        p.delegate = nameOf(state, std::string(r.delegateOf(id)));
        p.contributed = !p.text.isEmpty() || !p.delegate.isEmpty();
        p.wasThere = std::find(r.debrief.attended.begin(), r.debrief.attended.end(), id) != r.debrief.attended.end();
        for (const state::Signature &s : r.debrief.signatures)
            if (s.person == id) {
                p.hasSigned = true;
                p.signatureStands = s.seq >= written;
            }
        out.push_back(std::move(p));
    };
    for (const review::Participant &p : review::participants(state, incident))
        take(p.person, p.parts);
    for (const std::string &id : r.people)
        take(id, {});
    for (const state::Contribution &c : r.contributions)
        take(c.person, {});
    for (const std::string &id : r.debrief.attended)
        take(id, {});
    for (const state::Signature &s : r.debrief.signatures)
        take(s.person, {});
    std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.required && !b.required; });
    return out;
}

view::Debrief debriefOf(const state::State &state, const state::Incident &incident, const std::string &you, const CastShelf &cast)
{
    const state::Review &r = incident.review;
    const state::Debrief &d = r.debrief;
    const std::uint64_t written = review::lastWritten(r);
    view::Debrief out;
    out.heldAt = d.heldAt;
    for (const std::string &id : d.attended)
        out.attended << calledIn(state, cast, id);
    std::set<std::string> asked(r.people.begin(), r.people.end());
    if (!r.owner.empty())
        asked.insert(r.owner);
    out.toSign = static_cast<int>(asked.size());
    for (const state::Signature &s : d.signatures) {
        const bool stands = s.seq >= written;
        out.standing += stands && asked.contains(s.person) ? 1 : 0;
        out.youSigned = out.youSigned || s.person == you;
        out.yoursStands = out.yoursStands || (stands && s.person == you);
    }
    for (const state::Cost &c : d.costs)
        out.costs.push_back({c.number, qstr(c.what), c.cents, c.withdrawn});
    const review::CostReckoned cost = review::costOf(state, incident);
    out.currency = qstr(state.workspace->review.cost.currency);
    out.people = static_cast<int>(cost.people);
    out.minutes = cost.minutes;
    out.labour = cost.labour.value_or(0);
    out.isReckoned = cost.labour.has_value();
    out.noted = cost.noted;
    if (!d.feedback.empty())
        out.scores.resize(5);
    for (const state::Feedback &f : d.feedback) {
        if (f.score >= 1 && f.score <= out.scores.size())
            ++out.scores[f.score - 1];
        if (!f.text.empty() || !f.person.empty())
            out.words.push_back({static_cast<int>(f.score), qstr(f.text), calledIn(state, cast, f.person)});
    }
    // The order they came in would say who spoke first.
    std::sort(out.words.begin(), out.words.end(), [](const auto &a, const auto &b) { return std::tie(a.score, a.text, a.person) < std::tie(b.score, b.text, b.person); });
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
        row.statement = qstr(review::word(kind));
        for (const std::string &question : review::promptsFor(kind, language))
            row.questions << qstr(question);
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<view::LivePattern> patternsAt(const state::State &state, const state::Incident &incident)
{
    std::vector<view::LivePattern> out;
    const state::Review &r = incident.review;
    if (!r.isOpen() || r.phase >= ReviewPhase::Reviewed || std::none_of(state.patterns.begin(), state.patterns.end(), review::isLive))
        return out;
    for (const state::Pattern *p : review::touchedBy(review::servicesOf(state, incident), state.patterns)) {
        view::LivePattern row{p->number, qstr(p->title), qstr(p->requirement), {}};
        for (const std::string &each : p->incidents)
            row.incidents << qstr(each);
        out.push_back(std::move(row));
    }
    return out;
}

QStringList momentQuestions(const std::string &kind)
{
    QStringList out;
    for (const std::string &question : review::promptsForMoment(kind, languageShown()))
        out << qstr(question);
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
    review::LintContext context = review::lintContext(state, incident, section, spelling, languageShown());
    if (section.empty()) {
        context.wantsEvidence = false;
        context.forbidsNames = true;
    }
    for (const review::Finding &f : review::lint(bytes, context)) {
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
