// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/effects.h"

#include "core/model/taxonomy.h"
#include "core/review/source.h"

namespace qd::review {

namespace {

/// "median 4m of 7 before", "too few before (2)".
std::string oneSide(const Distribution &d, const char *when)
{
    if (d.count < kFewest)
        return std::string("too few ") + when + " (" + std::to_string(d.count) + ")";
    return "median " + toText(d.median) + " of " + std::to_string(d.count) + " " + when;
}

} // namespace

Lengths lengthsOf(const state::State &state, const std::vector<std::string> &incidents)
{
    std::vector<Span> detected, resolved;
    for (const std::string &id : incidents) {
        const state::Incident *i = state.incident(id);
        if (!i || i->kind != "real")
            continue;
        if (i->impactSince && i->impactSince < i->declaredAt) // the same instant is what an incident has of which nobody said when it began
            detected.push_back(i->declaredAt - i->impactSince);
        if (i->resolvedAt && i->resolvedAt >= i->declaredAt)
            resolved.push_back(i->resolvedAt - i->declaredAt);
    }
    return {distributionOf(std::move(detected)), distributionOf(std::move(resolved))};
}

std::string lengthsSentence(const Lengths &before, const Lengths &after)
{
    return "to detect: " + oneSide(before.detected, "before") + ", " + oneSide(after.detected, "after") + "; to resolve: " + oneSide(before.resolved, "before") + ", " + oneSide(after.resolved, "after");
}

Counting countingOf(const state::State &state)
{
    Counting out;
    const auto earlier = [&](Instant at, const std::string &by, const std::string &kind, const std::string &name = {}) {
        if (at && (!out.since || at < out.since))
            out = {at, by, kind, name};
    };
    for (const state::Source &s : state.sources)
        earlier(s.addedAt, "the connection " + s.connection.name + " was added", "connection", s.connection.name);
    for (const state::Entry &e : state.log)
        if (e.kind != state::EntryKind::Message && e.kind != state::EntryKind::Change) { // theirs is a time that somebody else said
            earlier(e.written(), "the first line that is left of the log", "log");
            break;
        }
    if (state.changes.begin() != state.changes.end())
        earlier(state.changes.begin()->seen, "the first change that is left", "change");
    earlier(state.startedAt, "the core started", "start");
    for (const auto &[number, i] : state.incidents) {
        const std::string how = i.kind == "rebuilt" ? "rebuilt" : i.kind == "backfilled" ? "written down" : "declared";
        earlier(i.declaredAt, i.id + " was " + how, how, i.id);
    }
    // What is written of an older time afterwards, or said to have begun long before it was declared, is known, and says nothing of what else happened then: it begins no stretch.
    for (const Witness &w : witnessesOf(state))
        if (const state::Incident *i = state.incident(w.what.incident); i && w.what.counts && !w.what.isWrittenAfterwards && i->declaredAt - w.what.at <= kMostLead)
            earlier(w.what.at, w.what.incident + " began", "began", w.what.incident);
    return out;
}

std::vector<ActionEffect> effectsOf(const state::State &state, Instant now)
{
    std::vector<Occurrence> all;
    for (const Witness &w : witnessesOf(state))
        all.push_back(w.what);
    const Instant from = countingOf(state).since;
    const Taxonomy taxonomy = taxonomyUnder(state.workspace->taxonomy);
    std::vector<ActionEffect> out;
    for (const auto &[number, i] : state.incidents)
        for (const state::Action &a : i.review.actions) {
            const bool isBack = a.isOpen() && a.reopened > 0;
            if (!a.doneAt && !isBack)
                continue;
            const std::string against = isMitigator(taxonomy, a.factor) ? std::string() : a.factor; // what went well does not recur as a cause does
            ActionEffect e{i.id, &a, recurrenceOf({i.id, against, a.number, a.doneAt, servicesOf(state, i), a.reopened, isBack ? a.turnedAt : Instant{}}, all, from, now), {}, {}, {}};
            e.before = lengthsOf(state, e.recurrence.before);
            e.after = lengthsOf(state, e.recurrence.after);
            if (!e.recurrence.before.empty() || !e.recurrence.after.empty())
                e.lengths = lengthsSentence(e.before, e.after);
            out.push_back(std::move(e));
        }
    return out;
}

} // namespace qd::review
