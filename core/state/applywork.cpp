// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/apply.h"

#include "core/state/timeline.h"

#include <algorithm>

namespace qd::state {

namespace {

template <typename T>
T *numbered(std::vector<T> &list, std::uint32_t number)
{
    const auto it = std::find_if(list.begin(), list.end(), [&](const T &t) { return t.number == number; });
    return it == list.end() ? nullptr : &*it;
}

std::string numberText(std::string_view what, std::uint32_t n)
{
    return std::string(what) + "/" + std::to_string(n);
}

} // namespace

void apply(State &state, const events::LogWritten &e)
{
    Entry &line = note(state, e.incident, EntryKind::Log, e.by.person, e.text);
    line.via = e.by.via;
    if (e.at && e.at < state.time) {
        line.at = e.at;
        line.recordedAt = state.time;
    }
}

void apply(State &state, const events::TaskAssigned &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        i->tasks.push_back({e.task, e.person, e.text, state.time, e.due, {}});
    Entry &line = note(state, e.incident, EntryKind::Task, e.by.person, "@" + e.person + " " + e.text, numberText("task", e.task));
    line.via = e.by.via;
    line.about = e.about;
}

void apply(State &state, const events::TaskDone &e)
{
    std::string text;
    if (Incident *i = incidentOf(state, e.incident))
        if (Task *t = numbered(i->tasks, e.task)) {
            t->doneAt = state.time;
            t->note = e.note;
            text = t->text;
        }
    note(state, e.incident, EntryKind::TaskDone, e.by.person, "done: " + text + (e.note.empty() ? "" : ": " + e.note), numberText("task", e.task)).via = e.by.via;
}

void apply(State &state, const events::TaskAccepted &e)
{
    std::string text;
    if (Incident *i = incidentOf(state, e.incident))
        if (Task *t = numbered(i->tasks, e.task)) {
            t->acceptedAt = state.time;
            t->acceptedBy = e.by.person;
            text = t->text;
        }
    note(state, e.incident, EntryKind::Task, e.by.person, "on it: " + text, numberText("task", e.task)).via = e.by.via;
}

void apply(State &state, const events::HypothesisRaised &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        Hypothesis h;
        h.number = e.hypothesis;
        h.text = e.text;
        h.by = e.by.person;
        h.at = state.time;
        i->hypotheses.push_back(std::move(h));
    }
    note(state, e.incident, EntryKind::Hypothesis, e.by.person, e.text, numberText("hypothesis", e.hypothesis)).via = e.by.via;
}

void apply(State &state, const events::HypothesisSettled &e)
{
    std::string text;
    if (Incident *i = incidentOf(state, e.incident))
        if (Hypothesis *h = numbered(i->hypotheses, e.hypothesis)) {
            h->refuted = e.refuted;
            h->confirmed = !e.refuted;
            h->reason = e.reason;
            h->settledAt = state.time;
            text = h->text;
        }
    note(state, e.incident, EntryKind::HypothesisSettled, e.by.person, (e.refuted ? "refuted: " : "confirmed: ") + text,
         numberText("hypothesis", e.hypothesis))
        .via = e.by.via;
}

namespace {

/// What was struck is no longer there, and a number nobody has is nobody's.
std::vector<DecisionOption> cardsOf(const events::DecisionMade &e)
{
    std::vector<DecisionOption> out;
    const auto of = [&](const std::string &key) {
        const auto it = e.options.find(key);
        return it == e.options.end() ? std::string() : it->second;
    };
    for (std::uint32_t n = 1; e.options.contains(std::to_string(n)); ++n) {
        const std::string key = std::to_string(n);
        out.push_back({of(key), of(key + ".effect"), of(key + ".risk"), of(key + ".reversible"), of(key + ".time"), of(key + ".owner"), n == e.chosen});
    }
    return out;
}

} // namespace

void apply(State &state, const events::DecisionMade &e)
{
    std::string polled;
    if (Incident *i = incidentOf(state, e.incident)) {
        i->decisions.push_back({e.decision, e.text, e.by.person, state.time, e.poll, e.rejected, cardsOf(e)});
        if (Poll *p = e.poll == 0 ? nullptr : numbered(i->polls, e.poll)) {
            p->decision = e.decision;
            polled = " (poll " + std::to_string(e.poll) + ": " + inWords(*p) + ")";
        }
    }
    std::string rejected;
    for (std::size_t at = 0; at < e.rejected.size();) {
        const std::size_t end = std::min(e.rejected.find('\n', at), e.rejected.size());
        rejected += (rejected.empty() ? "; not " : ", not ") + e.rejected.substr(at, end - at);
        at = end + 1;
    }
    Entry &line = note(state, e.incident, EntryKind::Decision, e.by.person, e.text + rejected + polled, numberText("decision", e.decision));
    line.via = e.by.via;
    line.about = e.about;
}

void apply(State &state, const events::PromiseMade &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        i->promises.push_back({e.promise, e.audience, e.text, state.time, e.due, {}});
    note(state, e.incident, EntryKind::Promise, e.by.person, "next word to " + e.audience + (e.text.empty() ? "" : ": " + e.text),
         numberText("promise", e.promise))
        .via = e.by.via;
}

void apply(State &state, const events::PromiseKept &e)
{
    if (Incident *i = incidentOf(state, e.incident))
        if (PromiseTo *p = numbered(i->promises, e.promise))
            p->keptAt = state.time;
}

void apply(State &state, const events::UpdateIssued &e)
{
    if (Incident *i = incidentOf(state, e.incident)) {
        i->updates.push_back({e.update, e.updateTemplate, e.audience, e.text, e.by.person, state.time, 0, e.values, {}, e.to, e.unheard, e.next});
        if (!e.byHand.empty())
            i->updates.back().byHand.push_back(e.byHand);
        if (!e.unheard)
            heard(state, *i, e.audience, e.next);
    }
    note(state, e.incident, EntryKind::Update, e.by.person, e.text, numberText("update", e.update)).via = e.by.via;
    if (!e.byHand.empty())
        noteByHand(state, e.incident, e.update, e.byHand, e.by);
}

} // namespace qd::state
