// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/sidetables.h"

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

std::vector<TableRow> factorRows(const view::Review &review, bool all)
{
    std::vector<TableRow> out;
    const auto &factors = review.factors;
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const view::FactorRow &f = factors[i];
        if (f.isHeading) {
            // A heading stands over something that is shown.
            bool holds = false;
            for (std::size_t j = i + 1; j < factors.size() && (!factors[j].isHeading || factors[j].depth > f.depth); ++j)
                holds = holds || (!factors[j].isHeading && (all || !factors[j].raters.isEmpty()));
            if (holds)
                out.push_back({QStringLiteral("heading/") + f.id, {f.depth == 0 ? f.title.toUpper() : QStringLiteral("  ") + f.title, {}}, true});
            continue;
        }
        if (!all && f.raters.isEmpty())
            continue;
        QString who;
        if (!f.raters.isEmpty())
            who = f.disputed ? Said::tr("raters disagree — discuss") : Said::tr("%1 of %2 raters").arg(f.raters.size()).arg(f.outOf);
        if (f.yours)
            who += QStringLiteral(" · ") + Said::tr("you too");
        out.push_back({f.id, {QString(2 * f.depth, QLatin1Char(' ')) + f.title, who}, false, !f.raters.isEmpty(), f.raters.isEmpty()});
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
        if (!a.tracked.isEmpty())
            what += QStringLiteral(" · ") + a.tracked;
        QString due = dayWords(a.due, now);
        if (a.state == ActionState::Open && a.due && a.due < now)
            due = Said::tr("late, %1").arg(due);
        if (a.slips > 0)
            due += QStringLiteral(" · ") + Said::tr("moved %Ln time(s)", nullptr, a.slips);
        out.push_back({QString::number(a.number), {what, a.ownerName.isEmpty() ? Said::tr("no owner") : a.ownerName, due, strengthWords(a.strength), a.verification.isEmpty() ? QStringLiteral("—") : a.verification},
                       false, a.state == ActionState::Open && a.owner.isEmpty(), a.state != ActionState::Open});
    }
    return out;
}

std::vector<TableRow> peopleRows(const view::Review &review)
{
    std::vector<TableRow> out;
    for (const view::ReviewPerson &p : review.people) {
        const QString standing = !p.delegate.isEmpty() ? Said::tr("%1 says it for them").arg(p.delegate) : p.contributed ? Said::tr("contributed") : p.required ? Said::tr("missing") : QStringLiteral("—");
        out.push_back({p.id, {p.you ? Said::tr("%1 (you)").arg(p.name) : p.name, p.role, standing}, false, p.required && !p.contributed, !p.required});
    }
    return out;
}

std::vector<TableRow> promptRows(const view::Review &review)
{
    std::vector<TableRow> out;
    for (const view::PromptRow &p : review.prompts) {
        out.push_back({QStringLiteral("heading/") + p.kind, {p.kind.toUpper()}, true});
        for (int i = 0; i < p.questions.size(); ++i)
            out.push_back({p.kind + QString::number(i), {p.questions[i]}});
    }
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

std::vector<TableRow> reviewRows(const std::vector<view::ReviewRow> &reviews, Instant now)
{
    std::vector<TableRow> out;
    for (const view::ReviewRow &r : reviews) {
        const bool isLate = (r.phase == ReviewPhase::Draft || r.phase == ReviewPhase::InReview) && r.due && r.due < now;
        out.push_back({r.incident,
                       {QStringLiteral("SEV%1").arg(static_cast<int>(r.severity)), r.incident, r.title, phaseWords(r.phase), r.phase == ReviewPhase::None || r.phase >= ReviewPhase::Reviewed ? QStringLiteral("—") : dueWords(r.due, now),
                        r.required > 0 ? Said::tr("%1 of %2").arg(r.contributed).arg(r.required) : QStringLiteral("—"), QString::number(r.openActions), dayWords(r.resolvedAt, now)},
                       false, isLate, r.phase == ReviewPhase::Closed});
    }
    return out;
}

} // namespace qd::review
