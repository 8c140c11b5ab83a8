// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sidetables.h"

#include "core/review/prompts.h"
#include "ui/review/debriefpanels.h"
#include "ui/review/presentation.h"
#include "ui/widgets/timetext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>
#include <algorithm>

namespace qd::review {

namespace {

struct Said {
    Q_DECLARE_TR_FUNCTIONS(qd::review::Said)
};

constexpr QLatin1Char kBelow('|');   ///< in the id of a row that stands below a factor
constexpr QLatin1Char kNote('#');

QDateTime shownTime(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch((at + widgets::zoneOffset(at)).ns / 1'000'000, Qt::UTC);
}

} // namespace

QString strengthWords(Strength strength)
{
    switch (strength) {
    case Strength::Unsaid: return QStringLiteral("—");
    case Strength::Eliminate: return Said::tr("eliminates it");
    case Strength::Engineer: return Said::tr("engineered");
    case Strength::Administer: return Said::tr("a rule");
    case Strength::Train: return Said::tr("training");
    }
    return {};
}

QString stateWords(ActionState state)
{
    switch (state) {
    case ActionState::Open: return Said::tr("open");
    case ActionState::Done: return Said::tr("done");
    case ActionState::Verified: return Said::tr("verified");
    case ActionState::Dropped: return Said::tr("dropped");
    }
    return {};
}

QString proposedWords(ActionState state)
{
    return state == ActionState::Open ? Said::tr("open again there; open here? Y") : Said::tr("closed there; done here? Y");
}

QString phaseWords(ReviewPhase phase)
{
    switch (phase) {
    case ReviewPhase::None: return Said::tr("NOT OPENED");
    case ReviewPhase::Draft: return Said::tr("DRAFT");
    case ReviewPhase::InReview: return Said::tr("IN REVIEW");
    case ReviewPhase::Reviewed: return Said::tr("REVIEWED");
    case ReviewPhase::Closed: return Said::tr("CLOSED");
    }
    return {};
}

QString standingWords(IncidentStatus status)
{
    if (status <= IncidentStatus::Mitigated)
        return Said::tr("STILL RUNNING");
    return status == IncidentStatus::Cancelled ? Said::tr("CANCELLED") : status == IncidentStatus::Merged ? Said::tr("MERGED") : QString();
}

QString notBegunWords(IncidentStatus status)
{
    if (status <= IncidentStatus::Mitigated)
        return Said::tr("The incident is still running: its past until now can be gone through; a review is written once it is resolved.");
    if (status == IncidentStatus::Merged)
        return Said::tr("The incident became part of another: what is learnt of it is written there.");
    return Said::tr("Nobody began a review: the record can be gone through, and Ctrl+O begins to write.");
}

QString dueWords(Instant due, Instant now)
{
    if (!due)
        return QStringLiteral("—");
    return due >= now ? Said::tr("in %1").arg(widgets::ageText(due - now)) : Said::tr("late %1").arg(widgets::ageText(now - due));
}

QString dayWords(Instant at, Instant now)
{
    if (!at)
        return QStringLiteral("—");
    const QDateTime day = shownTime(at);
    return QLocale().toString(day, day.date().year() == shownTime(now).date().year() ? QStringLiteral("d MMM") : QStringLiteral("d MMM yyyy"));
}

QString trackedWords(const view::ReviewAction &a)
{
    QStringList out;
    if (!a.tracked.isEmpty())
        out << a.tracked;
    if (a.there)
        out << (a.there->isEmpty() ? Said::tr("with nobody there") : Said::tr("with %1 there").arg(*a.there));
    if (a.proposed)
        out << proposedWords(*a.proposed);
    return out.join(QStringLiteral(" · "));
}

QString actionDueWords(const view::ReviewAction &a, Instant now)
{
    const QString day = dayWords(a.due ? a.due - widgets::zoneOffset(a.due) : a.due, now); // the day itself, which is UTC's, on whatever clock it is read
    return a.state == ActionState::Open && a.due && a.due < now ? Said::tr("late, %1").arg(day) : day;
}

QString factorOf(const QString &row)
{
    return row.section(kBelow, 0, 0);
}

QString citedBy(const QString &row)
{
    const QString below = row.section(kBelow, 1);
    return below.startsWith(kNote) ? QString() : below;
}

std::vector<TableRow> factorRows(const view::Review &review, bool all, const CitedWords &cited)
{
    std::vector<TableRow> out;
    const auto &factors = review.factors;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const view::FactorRow &f = factors[i];
        if (f.isHeading) {
            // A heading stands over something that is shown.
            bool holds = false;
            for (std::size_t j = i + 1; j < factors.size() && (!factors[j].isHeading || factors[j].depth > f.depth); ++j)
                holds = holds || (!factors[j].isHeading && (all || factors[j].offered || !factors[j].raters.isEmpty()));
            const bool isOffered = f.depth == 0 && i + 1 < factors.size() && factors[i + 1].offered;
            if (holds)
                out.push_back({QStringLiteral("heading/") + f.id, {f.depth == 0 ? f.title.toUpper() : QStringLiteral("  ") + f.title, isOffered ? Said::tr("offered: %1").arg(review.security) : QString()}, true});
            continue;
        }
        if (!all && !f.offered && f.raters.isEmpty())
            continue;
        QString who;
        if (!f.raters.isEmpty())
            who = f.disputed ? Said::tr("raters disagree — discuss") : Said::tr("%1 of %2", "raters who see a factor").arg(f.raters.size()).arg(f.outOf);
        if (!f.confidence.empty()) {
            QStringList sure;
            for (const Confidence c : f.confidence)
                sure << confidenceWords(c);
            who += QStringLiteral(" · ") + Said::tr("sure: %1", "how sure raters are").arg(sure.join(QStringLiteral(", ")));
        }
        if (f.yours)
            who += QStringLiteral(" · ") + Said::tr("you too");
        const QString indent(2 * f.depth, QLatin1Char(' '));
        out.push_back({f.id, {indent + f.title, who}, false, !f.raters.isEmpty(), f.raters.isEmpty()});
        for (const QString &reference : f.evidence) {
            const QString line = cited ? cited(reference) : reference;
            out.push_back({f.id + kBelow + reference, {indent + QStringLiteral("  ↳ ") + (line.isEmpty() ? Said::tr("a line that is not in the record here: %1").arg(reference) : line), {}}});
        }
        for (int n = 0; n < f.notes.size(); ++n)
            out.push_back({f.id + kBelow + kNote + QString::number(n), {indent + QStringLiteral("  “%1”").arg(f.notes[n].simplified()), {}}});
    }
    return out;
}

std::vector<TableRow> actionRows(const view::Review &review, Instant now)
{
    std::vector<TableRow> out;
    for (const view::ReviewAction &a : review.actions) {
        QString what = a.text;
        if (a.state != ActionState::Open)
            what += QStringLiteral(" · ") + stateWords(a.state);
        if (const QString there = trackedWords(a); !there.isEmpty())
            what += QStringLiteral(" · ") + there;
        QString due = actionDueWords(a, now);
        if (a.slips > 0)
            due += QStringLiteral(" · ") + Said::tr("moved %Ln time(s)", nullptr, a.slips);
        out.push_back({QString::number(a.number), {what, a.ownerName.isEmpty() ? Said::tr("no owner") : a.ownerName, due, strengthWords(a.strength), a.verification.isEmpty() ? QStringLiteral("—") : a.verification},
                       false, a.proposed.has_value() || (a.state == ActionState::Open && a.owner.isEmpty()), a.state != ActionState::Open && !a.proposed});
    }
    return out;
}

std::vector<TableRow> peopleRows(const view::Review &review)
{
    std::vector<TableRow> out;
    for (const view::ReviewPerson &p : review.people) {
        QStringList standing;
        if (!p.delegate.isEmpty() || p.contributed || p.required)
            standing << (!p.delegate.isEmpty() ? Said::tr("%1 says it for them").arg(p.delegate) : p.contributed ? Said::tr("contributed") : Said::tr("missing"));
        for (const view::ReviewSection &s : review.sections)
            if (!s.heldBy.isEmpty() && s.heldBy == p.name)
                standing << Said::tr("writes “%1” now").arg(s.title);
        if (p.wasThere)
            standing << Said::tr("was there");
        if (p.hasSigned)
            standing << (p.signatureStands ? Said::tr("signed") : Said::tr("signed before the last change"));
        out.push_back({p.id, {p.you ? Said::tr("%1 (you)").arg(p.name) : p.name, p.role, standing.isEmpty() ? QStringLiteral("—") : standing.join(QStringLiteral(" · "))}, false, p.required && !p.contributed, !p.required});
    }
    return out;
}

std::vector<TableRow> promptRows(const view::Review &review, const AskedOf &of)
{
    std::vector<TableRow> out;
    const auto take = [&](const QString &id, const QString &heading, const QStringList &questions) {
        out.push_back({QStringLiteral("heading/") + id, {heading}, true});
        for (int i = 0; i < questions.size(); ++i)
            out.push_back({id + QString::number(i), {questions[i]}});
    };
    for (const view::MomentRow &m : review.moments)
        if (!m.reference.isEmpty() && !m.questions.isEmpty() && (m.reference == of.reference || m.reference == of.called))
            take(QStringLiteral("moment/%1/").arg(m.number), Said::tr("THE CHOSEN LINE IS MARKED: %1").arg(markerWords(m.kind)), m.questions);
    const auto said = statementOf(of.text.toStdString());
    const QString fits = said ? QString::fromUtf8(word(*said).data(), static_cast<qsizetype>(word(*said).size())) : QString();
    const auto isFitting = [&](const view::PromptRow &p) { return !fits.isEmpty() && p.statement == fits; };
    for (const view::PromptRow &p : review.prompts)
        if (isFitting(p))
            take(p.kind, Said::tr("FITS WHAT IS CHOSEN: %1", "an example of what was said").arg(p.kind.toUpper()), p.questions);
    if (!review.patterns.empty())
        out.push_back({QStringLiteral("heading/patterns"), {Said::tr("WHAT RECURS AT ITS SERVICES")}, true});
    for (const view::LivePattern &p : review.patterns) {
        const QString what = p.requirement.isEmpty() ? Said::tr("%1: what would have to be true for it not to recur?").arg(p.title) : Said::tr("%1 Was that so here? (%2)").arg(p.requirement, p.title);
        out.push_back({QStringLiteral("pattern/%1").arg(p.number), {p.incidents.isEmpty() ? what : what + QLatin1Char(' ') + Said::tr("Seen in %1.").arg(p.incidents.join(QStringLiteral(", ")))}});
    }
    for (const view::PromptRow &p : review.prompts)
        if (!isFitting(p))
            take(p.kind, p.kind.toUpper(), p.questions);
    return out;
}

std::vector<TableRow> commentRows(const view::Review &review)
{
    std::vector<TableRow> out;
    for (const view::ReviewComment &c : review.comments) {
        const view::ReviewSection *section = review.section(c.section);
        const QString about = (section != nullptr ? section->title : c.section) + (c.quote.isEmpty() ? QString() : QStringLiteral(": “%1”").arg(c.quote));
        out.push_back({QString::number(c.number), {(c.answers != 0 ? QStringLiteral("↳ ") : QString()) + c.text, c.by, about, c.settledBy.isEmpty() ? QString() : Said::tr("settled by %1").arg(c.settledBy)}, false, false,
                       !c.settledBy.isEmpty()});
    }
    return out;
}

std::vector<TableRow> gateRows(const view::Review &review)
{
    const auto toDo = [&](const QString &gate) {
        if (gate == QLatin1String("contributions") && review.people.empty())
            return Said::tr("Ctrl+O says whose is asked for, or (-) that nobody's is");
        if (gate == QLatin1String("contributions"))
            return Said::tr("People: ↵ contributes, or names who says it for them");
        if (gate == QLatin1String("sections"))
            return Said::tr("write it; Ctrl+S says that it is done");
        if (gate == QLatin1String("factors"))
            return Said::tr("Factors: ↵ sees one, E cites the chosen line for it");
        if (gate == QLatin1String("actions"))
            return Said::tr("Actions: ↵ gives it an owner, a day, a verification");
        if (gate == QLatin1String("attendance"))
            return Said::tr("People: H says who was at the meeting");
        return gate == QLatin1String("signatures") ? Said::tr("People: S signs") : QString();
    };
    std::vector<TableRow> out, without;
    for (const view::GateRow &gate : review.gates) {
        if (gate.isOpen())
            out.push_back({gate.id, {gate.sentence, toDo(gate.id)}});
        else if (!gate.met)
            without.push_back({gate.id, {Said::tr("%1 does without: %2 (%3)").arg(gate.waivedBy, gate.sentence, gate.reason), {}}, false, false, true});
    }
    out.insert(out.end(), without.begin(), without.end());
    return out;
}

std::vector<TableRow> reviewRows(const std::vector<view::ReviewRow> &reviews, Instant now, const QString &words)
{
    std::vector<TableRow> out;
    const QStringList sought = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const view::ReviewRow &r : reviews) {
        const QString standing = standingWords(r.status), phase = phaseWords(r.phase), severity = QStringLiteral("SEV%1").arg(static_cast<int>(r.severity));
        const bool isSought = std::all_of(sought.begin(), sought.end(), [&](const QString &word) {
            const QString *const texts[] = {&r.incident, &r.title, &r.facilitator, &standing, &severity, &phase};
            return std::any_of(std::begin(texts), std::end(texts), [&](const QString *text) { return text->contains(word, Qt::CaseInsensitive); });
        });
        if (!isSought)
            continue;
        const bool isLate = (r.phase == ReviewPhase::Draft || r.phase == ReviewPhase::InReview) && r.due && r.due < now;
        out.push_back({r.incident,
                       {severity, r.incident, r.patterns > 0 ? r.title + QStringLiteral(" · ") + Said::tr("%n live pattern(s)", nullptr, r.patterns) : r.title, phase, r.phase == ReviewPhase::None || r.phase >= ReviewPhase::Reviewed ? QStringLiteral("—") : dueWords(r.due, now),
                        r.required > 0 ? Said::tr("%1 of %2").arg(r.contributed).arg(r.required) : QStringLiteral("—"), QString::number(r.openActions),
                        standing.isEmpty() ? dayWords(r.resolvedAt, now) : standing},
                       false, isLate, r.phase == ReviewPhase::Closed || (r.phase == ReviewPhase::None && !r.isRunning() && !standing.isEmpty())});
    }
    return out;
}

} // namespace qd::review
