// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/linked.h"
#include "core/state/timeline.h"

#include <algorithm>

/// What is learnt after an incident, and what recurs across them.
namespace qd::state {

namespace {

Review *reviewOf(State &state, const std::string &incident)
{
    Incident *i = incidentOf(state, incident);
    return i ? &i->review : nullptr;
}

Section *sectionOf(Review &review, const std::string &id)
{
    const auto it = std::find_if(review.sections.begin(), review.sections.end(), [&](const Section &s) { return s.id == id; });
    if (it != review.sections.end())
        return &*it;
    return review.sections.size() < kSectionsKept ? &review.sections.emplace_back(Section{id, {}, {}, {}, {}}) : nullptr;
}

template <typename T>
T *reviewed(std::vector<T> &all, std::uint32_t number)
{
    const auto it = std::find_if(all.begin(), all.end(), [&](const T &one) { return one.number == number; });
    return it == all.end() ? nullptr : &*it;
}

Action *actionOf(State &state, const std::string &incident, std::uint32_t number)
{
    Review *r = reviewOf(state, incident);
    return r ? reviewed(r->actions, number) : nullptr;
}

std::string because(const std::string &reason)
{
    return reason.empty() ? std::string() : ": " + reason;
}

/// How a line is known by which a review got another owner: review::takenOver() reads it.
std::string ownerChanged(const std::string &from, const std::string &to)
{
    return "owner/" + from + "/" + to;
}

std::string actionNamed(std::uint32_t n)
{
    return "action/" + std::to_string(n);
}

void noteReview(State &state, const std::string &incident, const events::Actor &by, std::string text, std::string reference = {})
{
    note(state, incident, EntryKind::Review, by.person, std::move(text), std::move(reference)).via = by.via;
}

void keepNewest(std::vector<Revision> &all, std::size_t most)
{
    if (all.size() > most)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(most));
}

/// Drafts come and go; what counts is not dropped for one, nor what the record wrote first: what of it stays among ourselves is known by it.
void keepWhatCounts(Section &section)
{
    auto &all = section.revisions;
    while (all.size() > kRevisionsOfSection) {
        auto oldest = all.begin();
        while (oldest + 1 != all.end() && ((oldest->number == 1 && oldest->by == "core") || section.counted() == &*oldest))
            ++oldest;
        all.erase(oldest);
    }
}

/// The word a line of this name is; what has none is a line of the log.
EntryKind kindNamed(std::string_view name)
{
    const auto words = entryWords();
    const auto it = std::find(words.begin(), words.end(), name);
    return it == words.end() ? EntryKind::Log : static_cast<EntryKind>(it - words.begin());
}

/// Until when lasted what an imported line tells of, where a later file said it.
void noteEnd(State &state, const events::FactImported &e)
{
    Incident *i = incidentOf(state, e.incident);
    if (!i || e.line == 0)
        return;
    const auto &lines = i->timeline;
    const auto first = std::lower_bound(lines.begin(), lines.end(), e.ends, [](const Entry &line, std::uint64_t record) { return line.seq < record; });
    const std::size_t n = static_cast<std::size_t>(first - lines.begin()) + e.line - 1;
    if (n < lines.size() && lines[n].seq == e.ends && !lines[n].origin.empty() && lines[n].at == e.at)
        i->timeline.edit(n).until = e.until;
}

/// Whether the core writes this format itself, and checked the digest (core/review/render.h).
bool isOwnFormat(std::string_view format)
{
    return format == "md" || format == "html" || format == "txt" || format == "confluence";
}

} // namespace

void apply(State &state, const events::ReviewArranged &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r)
        return;
    const bool isNew = !r->isOpen();
    if (isNew) {
        r->phase = ReviewPhase::Draft;
        r->openedAt = r->turnedAt = state.time;
        r->openedBy = e.by.person;
        r->language = e.language;
    }
    const bool isAnothers = !isNew && e.owner != r->owner;
    const std::string said = isNew ? "review opened" : isAnothers ? "review arranged: it is " + e.owner + "'s" + (r->owner.empty() ? std::string() : ", and was " + r->owner + "'s") : "review arranged";
    const std::string line = isAnothers ? ownerChanged(r->owner, e.owner) : std::string();
    r->owner = e.owner;
    r->facilitator = e.facilitator;
    r->due = e.due;
    r->dueFor = e.dueFor;
    r->meeting = e.meeting;
    r->people = e.people;
    if (e.chosen)
        r->peopleBy = e.by.person;
    const auto isIn = [](const std::vector<std::string> &all, const std::string &one) { return std::find(all.begin(), all.end(), one) != all.end(); };
    std::erase_if(r->takenOff, [&](const TakenOff &t) { return isIn(e.people, t.person) || isIn(e.without, t.person); });
    std::string without;
    for (const std::string &person : e.without) {
        if (r->takenOff.size() < kTakenOffKept)
            r->takenOff.push_back({person, e.reason, e.by.person, state.time});
        without += (without.empty() ? "; it does without " : ", ") + person;
    }
    noteReview(state, e.incident, e.by, said + without + (without.empty() ? std::string() : because(e.reason)), line);
}

void apply(State &state, const events::ReviewTurned &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r || !r->isOpen())
        return;
    r->phase = e.phase;
    r->reason = e.reason;
    r->turnedAt = state.time;
    const bool isBack = e.phase == ReviewPhase::Draft && !r->waivers.empty(); // what comes of it now is another review
    if (isBack)
        r->waivers.clear();
    noteReview(state, e.incident, e.by, "review is " + std::string(word(e.phase)) + (isBack ? "; what it did without is asked for again" : "") + because(e.reason));
}

void apply(State &state, const events::SectionHeld &e)
{
    Review *r = reviewOf(state, e.incident);
    Section *s = r ? sectionOf(*r, e.section) : nullptr;
    if (!s)
        return;
    s->heldBy = e.held ? e.by.person : std::string();
    s->heldSince = e.held ? state.time : Instant{};
    if (!e.from.empty())
        noteReview(state, e.incident, e.by, (e.held ? "took over the section " + e.section + " from " : "freed the section " + e.section + " of ") + e.from);
}

void apply(State &state, const events::SectionWritten &e)
{
    Review *r = reviewOf(state, e.incident);
    Section *s = r ? sectionOf(*r, e.section) : nullptr;
    if (!s)
        return;
    noteLinksIn(state, e.incident, e.text);
    Revision written{e.revision, e.text, e.by.person, state.time, state.seq, e.draft, e.base, e.draft ? e.editor : std::string()};
    if (e.settles != 0)
        std::erase_if(s->asides, [&](const Revision &aside) { return aside.number == e.settles; });
    const bool isOver = !s->revisions.empty() && s->revisions.back().draft && s->revisions.back().by == e.by.person && s->revisions.back().editor == e.editor && s->revisions.back().number == e.base;
    if (e.base != s->revision() || (!s->heldBy.empty() && s->heldBy != e.by.person && e.by.via != Path::Own)) { // the console's own is nobody's
        const std::size_t before = s->asides.size();
        std::erase_if(s->asides, [&](const Revision &aside) { return aside.draft && aside.by == e.by.person && aside.editor == e.editor && aside.base == e.base; });
        const bool goesOn = s->asides.size() != before; // the editor saves on: said once
        s->asides.push_back(std::move(written));
        keepNewest(s->asides, kAsidesKept);
        if (!goesOn || !e.draft)
            noteReview(state, e.incident, e.by, "wrote the section " + e.section + " beside what is there now: both are kept", "section/" + e.section);
        return;
    }
    if (isOver) // the same person goes on: their draft becomes this
        s->revisions.pop_back();
    s->revisions.push_back(std::move(written));
    keepWhatCounts(*s);
    if (!e.draft)
        noteReview(state, e.incident, e.by, "section " + e.section + ", revision " + std::to_string(e.revision), "section/" + e.section);
}

void apply(State &state, const events::ReviewCommented &e)
{
    if (Review *r = reviewOf(state, e.incident); r && r->comments.size() < kCommentsKept)
        r->comments.push_back({e.comment, e.answers, e.section, e.quote, e.text, e.by.person, {}, state.time, {}});
}

void apply(State &state, const events::CommentSettled &e)
{
    Review *r = reviewOf(state, e.incident);
    if (ReviewComment *c = r ? reviewed(r->comments, e.comment) : nullptr) {
        c->settledBy = e.by.person;
        c->settledAt = state.time;
    }
}

void apply(State &state, const events::ContributionGiven &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r)
        return;
    // A name is put in the place of a name, and nothing in the place of a text.
    if (e.text.empty())
        std::erase_if(r->contributions, [&](const Contribution &c) { return c.person == e.person && c.text.empty(); });
    if (r->contributions.size() < kContributionsKept)
        r->contributions.push_back({e.person, e.text, e.delegate, e.by.person, state.time});
    noteReview(state, e.incident, e.by, e.delegate.empty() ? "contributed to the review" : e.person + " is spoken for by " + e.delegate);
}

void apply(State &state, const events::FactorRated &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r)
        return;
    const auto it = std::find_if(r->ratings.begin(), r->ratings.end(), [&](const Rating &x) { return x.factor == e.factor && x.by == e.by.person; });
    if (it != r->ratings.end())
        r->ratings.erase(it);
    for (const std::string &reference : e.evidence)
        noteLinked(state, e.incident, reference);
    if (!e.withdrawn && r->ratings.size() < kRatingsKept)
        r->ratings.push_back({e.factor, e.taxonomy, e.note, e.by.person, e.evidence, state.time, e.confidence});
    noteReview(state, e.incident, e.by, (e.withdrawn ? "no longer sees the factor " : "sees the factor ") + e.factor, "factor/" + e.factor);
}

void apply(State &state, const events::ActionKept &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r)
        return;
    Action *a = reviewed(r->actions, e.action);
    if (!a) {
        if (r->actions.size() >= kActionsKept)
            return;
        a = &r->actions.emplace_back();
        a->number = e.action;
        a->at = state.time;
    } else if (a->due && e.due != a->due) {
        a->slips.push_back({a->due, state.time, e.by.person});
    }
    const bool isNew = a->at == state.time && a->text.empty();
    a->text = e.text;
    a->owner = e.owner;
    a->verification = e.verification;
    a->factor = e.factor;
    a->due = e.due;
    a->strength = e.strength;
    a->changedAt = state.time;
    noteReview(state, e.incident, e.by, (isNew ? "action " : "action changed: ") + (e.owner.empty() ? std::string() : "@" + e.owner + " ") + e.text, actionNamed(e.action));
}

void apply(State &state, const events::ActionTurned &e)
{
    if (Action *a = actionOf(state, e.incident, e.action)) {
        const bool wasDone = static_cast<bool>(a->doneAt), isDone = e.state == ActionState::Done || e.state == ActionState::Verified;
        if (e.state == ActionState::Open && wasDone)
            ++a->reopened;
        a->doneAt = !isDone ? Instant{} : wasDone ? a->doneAt : state.time;
        a->state = e.state;
        a->reason = e.reason;
        a->turnedAt = a->changedAt = state.time;
        const std::string text = a->text;
        noteReview(state, e.incident, e.by, std::string(word(e.state)) + ": " + text + (e.reason.empty() ? "" : " (" + e.reason + ")"), actionNamed(e.action));
    }
}

void apply(State &state, const events::ActionTracked &e)
{
    if (Action *a = actionOf(state, e.incident, e.action)) {
        a->tracked = {};
        if (!e.connection.empty()) {
            a->tracked.connection = e.connection;
            a->tracked.key = e.key;
            a->tracked.url = e.url;
            a->tracked.toldTitle = e.toldTitle;
            a->tracked.toldText = e.toldText;
            a->tracked.toldDue = e.toldDue;
            if (const Source *s = state.source(e.connection))
                a->tracked.place = projectOf(s->connection);
        }
        noteReview(state, e.incident, e.by, "action " + std::to_string(e.action) + (e.connection.empty() ? " is in no tracker any more" : " is " + e.key + " in " + e.connection), actionNamed(e.action));
    }
}

void apply(State &state, const events::ActionSeen &e)
{
    if (Action *a = actionOf(state, e.incident, e.action)) {
        Tracked &t = a->tracked;
        t.title = e.title;
        t.status = e.status;
        t.assignee = e.assignee;
        t.closed = e.closed;
        t.due = e.due;
        t.changedAt = e.changedAt;
        t.seenAt = state.time;
        const std::string key = t.key;
        note(state, e.incident, EntryKind::Review, "core", key + " is " + e.status + (e.assignee.empty() ? "" : ", with " + e.assignee), actionNamed(e.action)).via = Path::Own;
    }
}

void apply(State &state, const events::GateWaived &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r)
        return;
    std::erase_if(r->waivers, [&](const Waiver &w) { return w.gate == e.gate; });
    r->waivers.push_back({e.gate, e.reason, e.by.person, state.time, e.lacks});
    noteReview(state, e.incident, e.by, "the review does without " + e.gate + because(e.reason));
}

void apply(State &state, const events::LeakAllowed &e)
{
    Review *r = reviewOf(state, e.incident);
    if (!r)
        return;
    std::erase_if(r->allowed, [&](const AllowedWords &w) { return w.words == e.words; });
    r->allowed.push_back({e.words, e.reason, e.by.person, state.time});
    noteReview(state, e.incident, e.by, "allowed what the leak check stopped at" + because(e.reason));
}

void apply(State &state, const events::ReviewPublished &e)
{
    if (Review *r = reviewOf(state, e.incident); r && r->publications.size() < kPublicationsKept) {
        const Source *library = state.source(e.where.substr(0, e.where.find('/')));
        r->publications.push_back({e.publication, e.audience, e.format, e.where, e.digest, e.by.person, state.time, library && isLibrary(library->connection.kind) ? projectOf(library->connection) : std::string(), e.source});
    }
    noteReview(state, e.incident, e.by, "published for " + e.audience + " as " + e.format + (e.where.empty() ? "" : ", " + e.where) + (isOwnFormat(e.format) ? "" : "; its digest is as told by " + e.by.person), "publication/" + std::to_string(e.publication));
}

void apply(State &state, const events::FactImported &e)
{
    if (e.ends != 0)
        return noteEnd(state, e);
    if (Incident *i = incidentOf(state, e.incident))
        ++i->factsArrived;
    Entry &line = note(state, e.incident, kindNamed(e.kind), e.actor, e.text, e.reference);
    line.origin = e.origin.empty() ? "import" : e.origin;
    line.via = Path::Own;
    line.verified = false;
    line.recordedAt = state.time;
    line.at = e.at;
    line.knownAt = e.knownAt ? e.knownAt : e.at;
    line.until = e.until;
}

void apply(State &state, const events::PatternKept &e)
{
    Pattern *p = reviewed(state.patterns, e.pattern);
    if (!p) {
        if (state.patterns.size() >= kPatternsKept)
            return;
        p = &state.patterns.emplace_back();
        p->number = e.pattern;
        p->at = state.time;
    }
    p->title = e.title;
    p->requirement = e.requirement;
    p->factors = e.factors;
    p->services = e.services;
    p->incidents = e.incidents;
    p->by = e.by.person;
    p->changedAt = state.time;
}

void apply(State &state, const events::PatternTurned &e)
{
    if (Pattern *p = reviewed(state.patterns, e.pattern)) {
        p->state = e.state;
        p->reason = e.reason;
        p->changedAt = state.time;
    }
}

} // namespace qd::state
