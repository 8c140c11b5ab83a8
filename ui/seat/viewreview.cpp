// SPDX-License-Identifier: GPL-3.0-or-later
// What is learnt after an incident: which reviews there are, and the one that is open, in full.
#include "ui/seat/evidence.h"
#include "ui/seat/reviewrules.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <algorithm>

namespace qd::seat {

using state::State;

namespace {

constexpr std::size_t kReviewsShown = 500;

/// As somebody writes it: an editor gives back what it is given, so nothing of ours is put into it.
QString written(const std::string &text)
{
    return QString::fromStdString(text);
}

bool isLive(const state::KeyMoment &moment)
{
    return !moment.withdrawnAt;
}

/// The same revision as before, shared, or a new one.
view::RevisionPtr revisionOf(const State &state, const state::Revision &r, const std::vector<view::RevisionPtr> *before, const std::string &you)
{
    if (before != nullptr)
        for (const view::RevisionPtr &known : *before)
            if (known->number == r.number && known->at == r.at && known->base == r.base && known->draft == r.draft && known->yours == (r.by == you))
                return known;
    return std::make_shared<const view::RevisionText>(view::RevisionText{r.number, r.base, written(r.text), qstr(state.workspace->nameOf(r.by)), r.at, r.draft, r.by == you});
}

} // namespace

void ViewBuilder::reviews(const State &state, view::ViewModel &out)
{
    for (const auto &[number, i] : state.incidents) {
        const state::Review &r = i.review;
        if (!r.isOpen() && (i.isOpen() || i.status == IncidentStatus::Cancelled))
            continue;
        view::ReviewRow row;
        row.incident = qstr(i.id);
        row.title = qstr(i.title);
        row.facilitator = name(state, r.facilitator);
        row.severity = i.severity;
        row.phase = r.phase;
        row.resolvedAt = i.resolvedAt;
        row.due = r.due;
        row.meeting = r.meeting;
        row.required = static_cast<int>(r.people.size());
        row.contributed = static_cast<int>(std::count_if(r.people.begin(), r.people.end(), [&](const std::string &p) {
            return std::any_of(r.contributions.begin(), r.contributions.end(), [&](const state::Contribution &c) { return c.person == p && (!c.text.empty() || !c.delegate.empty()); });
        }));
        row.openActions = static_cast<int>(std::count_if(r.actions.begin(), r.actions.end(), [](const state::Action &a) { return a.isOpen(); }));
        out.reviews.push_back(std::move(row));
    }
    const auto rank = [](const view::ReviewRow &r) { return r.phase == ReviewPhase::None ? 1 : r.phase == ReviewPhase::Closed ? 2 : 0; };
    std::stable_sort(out.reviews.begin(), out.reviews.end(), [&](const auto &a, const auto &b) {
        if (rank(a) != rank(b))
            return rank(a) < rank(b);
        return rank(a) == 0 && a.due && b.due && a.due != b.due ? a.due < b.due : a.resolvedAt > b.resolvedAt;
    });
    if (out.reviews.size() > kReviewsShown)
        out.reviews.resize(kReviewsShown);
}

view::ReviewSection ViewBuilder::section(const State &state, const state::Review &review, const std::string &id, const std::string &you) const
{
    view::ReviewSection out;
    out.id = qstr(id);
    out.title = sectionTitle(id);
    const view::ReviewSection *before = m_review && m_review->incident == qstr(m_reviewFor) ? m_review->section(out.id) : nullptr;
    const state::Section *s = review.section(id);
    if (s == nullptr)
        return out;
    for (const state::Revision &r : s->revisions)
        out.revisions.push_back(revisionOf(state, r, before != nullptr ? &before->revisions : nullptr, you));
    for (const state::Revision &r : s->asides)
        out.asides.push_back(revisionOf(state, r, before != nullptr ? &before->asides : nullptr, you));
    out.heldBy = name(state, s->heldBy);
    out.heldSince = s->heldSince;
    out.heldByYou = !s->heldBy.empty() && s->heldBy == you;
    return out;
}

void ViewBuilder::review(const State &state, const Looking &looking, view::ViewModel &out)
{
    const state::Incident *i = state.incident(view::bytes(looking.review));
    if (i == nullptr) {
        m_review.reset();
        m_evidence.forget();
        return;
    }
    auto evidence = m_evidence.evidence(state, *i, looking.now);
    const std::string you = looking.person.toStdString();
    // What is due turns with the clock; nothing else of it changes without a record.
    const std::int64_t minute = looking.now.ns / minutes(1).ns;
    if (m_review && m_reviewFor == i->id && m_reviewChanged == i->changed && m_reviewOf == state.workspace && m_reviewMinute == minute && m_reviewYou == you && m_review->evidence == evidence) {
        out.review = m_review;
        return;
    }
    auto made = std::make_shared<view::Review>();
    const state::Review &r = i->review;
    const auto stretch = EvidenceShelf::stretchOf(*i, looking.now);
    made->incident = qstr(i->id);
    made->title = qstr(i->title);
    made->severity = i->severity;
    made->phase = r.phase;
    made->owner = name(state, r.owner);
    made->facilitator = name(state, r.facilitator);
    made->reason = qstr(r.reason);
    made->openedAt = r.openedAt;
    made->due = r.due;
    made->meeting = r.meeting;
    made->from = evidence->order.empty() ? stretch.from : std::min(stretch.from + hours(2), evidence->row(evidence->order.front()).at);
    made->to = i->resolvedAt ? i->resolvedAt : stretch.to;
    made->imported = std::any_of(i->timeline.begin(), i->timeline.end(), [](const state::Entry &e) { return !e.origin.empty(); });
    made->yours = !you.empty() && (r.owner == you || r.facilitator == you);
    made->evidence = std::move(evidence);
    for (const state::KeyMoment &m : i->moments)
        if (isLive(m))
            made->moments.push_back({m.number, qstr(m.reference), qstr(m.kind), qstr(m.text), m.at});
    std::stable_sort(made->moments.begin(), made->moments.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    for (const std::string &id : sectionIds(r))
        made->sections.push_back(section(state, r, id, you));
    for (const state::ReviewComment &c : r.comments)
        made->comments.push_back({c.number, c.answers, qstr(c.section), qstr(c.quote), qstr(c.text), name(state, c.by), name(state, c.settledBy), c.at});
    made->people = peopleOf(state, *i, you);
    made->factors = factorsOf(state, *i, you);
    for (const state::Action &a : r.actions) {
        view::ReviewAction row{a.number, qstr(a.text), qstr(a.owner), name(state, a.owner), qstr(a.verification), qstr(a.factor), qstr(a.reason), {}, a.due, a.strength, a.state, static_cast<int>(a.slips.size())};
        if (!a.tracked.key.empty())
            row.tracked = qstr(a.tracked.key) + (a.tracked.status.empty() ? QString() : QStringLiteral(" · ") + qstr(a.tracked.status));
        made->actions.push_back(std::move(row));
    }
    made->gates = gatesOf(state, *i);
    made->prompts = promptRows();
    m_reviewFor = i->id;
    m_reviewChanged = i->changed;
    m_reviewOf = state.workspace;
    m_reviewMinute = minute;
    m_reviewYou = you;
    m_review = std::move(made);
    out.review = m_review;
}

} // namespace qd::seat
