// SPDX-License-Identifier: GPL-3.0-or-later
// What is learnt after an incident: which reviews there are, and the one that is open, in full.
#include "core/review/ended.h"
#include "core/review/gates.h"
#include "core/review/security.h"
#include "core/review/tracked.h"
#include "ui/seat/evidence.h"
#include "ui/seat/incidentfigures.h"
#include "ui/seat/reviewrules.h"
#include "ui/seat/text.h"
#include "ui/seat/viewbuilder.h"

#include <algorithm>

namespace qd::seat {

using state::State;

namespace {

/// As somebody writes it: an editor gives back what it is given, so nothing of ours is put into it.
QString written(const std::string &text)
{
    return QString::fromStdString(text);
}

bool isLive(const state::KeyMoment &moment)
{
    return !moment.withdrawnAt;
}

/// Reviews that are written first, then what runs, what nobody reviewed yet, what is done, and what was called off or became part of another.
int rankOf(const view::ReviewRow &row)
{
    if (row.phase != ReviewPhase::None)
        return row.phase == ReviewPhase::Closed ? 3 : 0;
    if (row.isRunning())
        return 1;
    return row.status == IncidentStatus::Cancelled || row.status == IncidentStatus::Merged ? 4 : 2;
}

/// When any of them changed last: they do without a record of the incidents they are about.
Instant patternsChanged(const State &state)
{
    Instant last;
    for (const state::Pattern &p : state.patterns)
        last = std::max(last, p.changedAt);
    return last;
}

/// The same revision as before, shared, or a new one.
view::RevisionPtr revisionOf(const State &state, const state::Revision &r, const std::vector<view::RevisionPtr> *before, const std::string &you)
{
    if (before != nullptr)
        for (const view::RevisionPtr &known : *before)
            if (known->number == r.number && known->at == r.at && known->base == r.base && known->draft == r.draft && known->yours == (r.by == you))
                return known;
    return std::make_shared<const view::RevisionText>(view::RevisionText{r.number, r.base, written(r.text), qstr(state.workspace->nameOf(r.by)), r.at, r.draft, r.by == you, qstr(r.editor)});
}

} // namespace

void ViewBuilder::reviews(const State &state, view::ViewModel &out)
{
    const std::size_t erasures = state.keeping.erasures.size();
    const Instant patterns = patternsChanged(state);
    if (m_listedOf != state.workspace || m_listedErasures != erasures || m_listedPatterns != patterns || m_listed.size() > state.incidents.size()) {
        m_listed.clear();
        m_reviews.clear();
    }
    bool isSame = m_listedOf == state.workspace && m_listed.size() == state.incidents.size();
    for (const auto &[number, i] : state.incidents) {
        ListedReview &listed = m_listed[number];
        if (listed.changed == i.changed && !listed.row.incident.isEmpty())
            continue;
        isSame = false;
        const state::Review &r = i.review;
        listed.changed = i.changed;
        listed.end = review::endedAt(i);
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
        row.contributed = static_cast<int>(review::heardOf(state, r));
        row.patterns = static_cast<int>(patternsAt(state, i).size());
        row.openActions = static_cast<int>(std::count_if(r.actions.begin(), r.actions.end(), [](const state::Action &a) { return a.isOpen(); }));
        row.status = i.status;
        row.declaredAt = i.declaredAt;
        listed.row = std::move(row);
    }
    m_listedOf = state.workspace;
    m_listedErasures = erasures;
    m_listedPatterns = patterns;
    if (!isSame) {
        std::vector<const ListedReview *> order;
        order.reserve(m_listed.size());
        for (const auto &[number, listed] : m_listed)
            order.push_back(&listed);
        std::stable_sort(order.begin(), order.end(), [](const ListedReview *a, const ListedReview *b) {
            const int left = rankOf(a->row), right = rankOf(b->row);
            if (left != right)
                return left < right;
            if (left == 0 && a->row.due && b->row.due && a->row.due != b->row.due)
                return a->row.due < b->row.due;
            return a->end != b->end ? a->end > b->end : a->row.declaredAt > b->row.declaredAt;
        });
        if (order.size() > kReviewsShown)
            order.resize(kReviewsShown);
        m_reviews.clear();
        for (const ListedReview *listed : order)
            m_reviews.push_back(listed->row);
    }
    out.reviews = m_reviews;
    out.unlistedReviews = static_cast<int>(m_listed.size() - m_reviews.size());
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
    const auto spans = looking.as ? nullptr : looking.spans; // what they are called is not sealed for somebody else
    // What is due turns with the clock; nothing else of it changes without a record.
    const std::int64_t minute = looking.now.ns / minutes(1).ns;
    const Instant patterns = patternsChanged(state);
    if (m_review && m_reviewPatterns == patterns && m_reviewFor == i->id && m_reviewChanged == i->changed && m_reviewOf == state.workspace && m_reviewMinute == minute && m_reviewYou == you && m_review->evidence == evidence && m_review->spans == spans && m_reviewErasures == state.keeping.erasures.size()) {
        out.review = m_review;
        return;
    }
    auto made = std::make_shared<view::Review>();
    const state::Review &r = i->review;
    const auto stretch = EvidenceShelf::stretchOf(*i, looking.now);
    made->incident = qstr(i->id);
    made->title = qstr(i->title);
    made->severity = i->severity;
    made->worst = i->worst;
    made->phase = r.phase;
    made->owner = name(state, r.owner);
    made->facilitator = name(state, r.facilitator);
    made->reason = qstr(r.reason);
    made->openedAt = r.openedAt;
    made->due = r.due;
    made->dueFor = static_cast<int>(r.dueFor);
    made->meeting = r.meeting;
    made->from = evidence->order.empty() ? stretch.from : std::min(stretch.from + hours(2), evidence->row(evidence->order.front()).at);
    const Instant end = review::endedAt(*i);
    made->to = end ? end : stretch.to;
    made->status = i->status;
    made->imported = std::any_of(i->timeline.begin(), i->timeline.end(), [](const state::Entry &e) { return !e.origin.empty(); });
    made->factsExpected = i->factsExpected;
    made->factsArrived = i->factsArrived;
    made->yours = !you.empty() && (r.owner == you || r.facilitator == you);
    made->evidence = std::move(evidence);
    made->cast = m_evidence.cast().cast();
    made->spans = spans;
    made->holes = holesOf(state, *i, made->from, made->to);
    if (const std::size_t leftOut = m_evidence.leftOut(); leftOut > 0)
        made->holes << leftOutWords(leftOut);
    for (const state::KeyMoment &m : i->moments)
        if (isLive(m))
            made->moments.push_back({m.number, qstr(m.reference), qstr(m.kind), qstr(m.text), m.at, momentQuestions(m.kind)});
    std::stable_sort(made->moments.begin(), made->moments.end(), [](const auto &a, const auto &b) { return a.at < b.at; });
    for (const std::string &id : sectionIds(r))
        made->sections.push_back(section(state, r, id, you));
    for (const state::ReviewComment &c : r.comments)
        made->comments.push_back({c.number, c.answers, qstr(c.section), qstr(c.quote), qstr(c.text), name(state, c.by), name(state, c.settledBy), c.at});
    made->people = peopleOf(state, *i, you, m_evidence.cast());
    made->factors = factorsOf(state, *i, you);
    for (const state::Action &a : r.actions) {
        view::ReviewAction row{a.number, qstr(a.text), qstr(a.owner), name(state, a.owner), qstr(a.verification), qstr(a.factor), qstr(a.reason), {}, a.due, a.strength, a.state, static_cast<int>(a.slips.size())};
        if (!a.tracked.key.empty())
            row.tracked = qstr(a.tracked.key) + (a.tracked.status.empty() ? QString() : QStringLiteral(" · ") + qstr(a.tracked.status));
        row.tracker = qstr(a.tracked.connection);
        if (const auto other = review::otherThere(*state.workspace, a))
            row.there = qstr(*other);
        if (const auto proposed = review::proposedThere(state, *i, a))
            row.proposed = proposed->state;
        made->actions.push_back(std::move(row));
    }
    made->gates = gatesOf(state, *i);
    made->prompts = promptRows();
    made->audiences = audiencesOf(state);
    made->debrief = debriefOf(state, *i, you, m_evidence.cast());
    made->patterns = patternsAt(state, *i);
    made->security = qstr(review::securityReason(state, *i));
    made->figures = figuresOf(state, *i, looking.now);
    m_reviewFor = i->id;
    m_reviewChanged = i->changed;
    m_reviewOf = state.workspace;
    m_reviewMinute = minute;
    m_reviewYou = you;
    m_reviewErasures = state.keeping.erasures.size();
    m_reviewPatterns = patterns;
    m_review = std::move(made);
    out.review = m_review;
}

} // namespace qd::seat
