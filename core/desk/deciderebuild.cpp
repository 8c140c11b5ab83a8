// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/desk/importedends.h"
#include "core/rebuild/facts.h"
#include "core/rebuild/once.h"
#include "core/rebuild/samealert.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>

/// An incident that was not run here: declared as over, and filled with what its files tell. Nothing follows from any of it.
namespace qd::desk {

using state::Incident;
using state::State;

namespace {

static_assert(rebuild::kPartFacts == kFactsLimit);

Result<Instant> factMoment(const std::string &text, const char *what, std::size_t number)
{
    if (text.empty())
        return Instant{};
    const auto at = parseInstant(text);
    if (!at || !*at)
        return fail(Code::Invalid, "Fact " + std::to_string(number) + ": \"" + safeLine(text, 60) + "\" is no time (" + what + "); times are RFC 3339.");
    return at;
}

/// One fact as it is kept. Errors: Invalid, with its number: nothing of the command is taken then.
Result<events::FactImported> factOf(const Fact &given, const std::string &origin, std::size_t number, Instant now)
{
    events::FactImported e;
    const auto at = factMoment(given.at, "at", number), known = factMoment(given.knownAt, "knownAt", number), until = factMoment(given.until, "until", number);
    for (const auto *moment : {&at, &known, &until})
        if (!*moment)
            return tl::unexpected(moment->error());
    if (!*at)
        return fail(Code::Invalid, "Fact " + std::to_string(number) + " does not say when it happened.");
    if (*at > now + rebuild::kFutureAllowed)
        return fail(Code::Invalid, "Fact " + std::to_string(number) + " is of the future, " + given.at + ".");
    const auto words = state::entryWords();
    if (std::find(words.begin(), words.end(), given.kind) == words.end() && !given.kind.empty())
        e.kind = "log"; // a kind of the file's own
    else
        e.kind = given.kind.empty() ? "log" : given.kind;
    rebuild::Kept kept = rebuild::keptAs(origin, given.reference, *at, given.actor, given.text);
    e.text = std::move(kept.text);
    if (e.text.find_first_not_of(" \t\n") == std::string::npos)
        return fail(Code::Invalid, "Fact " + std::to_string(number) + " says nothing.");
    e.actor = std::move(kept.actor);
    e.reference = std::move(kept.reference);
    e.origin = std::move(kept.origin);
    e.at = *at;
    e.knownAt = std::max(*at, *known);
    e.until = *until >= *at ? *until : Instant{};
    return e;
}

/// A line that was imported, as it is compared with a fact: a reference of ours is none of its file.
rebuild::Kept keptOf(const std::string &origin, const std::string &reference, Instant at, const std::string &actor, const std::string &text)
{
    return {origin, reference.starts_with("fact/") ? reference : std::string(), at, actor, text};
}

/// What an incident has already.
class Present {
public:
    explicit Present(const Incident *incident)
    {
        if (!incident)
            return;
        for (const state::Entry &line : incident->timeline)
            if (!line.origin.empty()) {
                ++m_count;
                m_once.take(keptOf(line.origin, line.reference, line.at, line.actor, line.text));
                if (line.kind == state::EntryKind::Alert)
                    m_alerts.add(line.origin, line.text, line.at, line.knownAt, line.until);
            }
    }
    /// False for what is there.
    bool take(const events::FactImported &fact) { return m_once.take(keptOf(fact.origin, fact.reference, fact.at, fact.actor, fact.text)); }
    /// Of its origin, reference and instant there is something, in other words.
    [[nodiscard]] bool hasOtherwise(const events::FactImported &fact) const { return m_once.hasOtherwise(keptOf(fact.origin, fact.reference, fact.at, fact.actor, fact.text)); }
    /// Of its name there are more than it is compared with.
    [[nodiscard]] std::optional<rebuild::ToldAlerts::Beyond> beyond(const std::string &origin, const std::string &text) const { return m_alerts.beyond(origin, text); }
    [[nodiscard]] std::size_t countBefore() const { return m_count; }
    /// An alert another file told of: it fires once, however many files say so.
    [[nodiscard]] bool fires(const std::string &origin, const events::FactImported &alert) const { return m_alerts.has(origin, alert.text, alert.at, alert.knownAt, alert.until); }

private:
    rebuild::ToldAlerts m_alerts;
    rebuild::Once m_once;
    std::size_t m_count = 0;
};

/// No incident was rebuilt that has more than half of these facts: the same history is not to be there twice. Errors: Conflict, which names the one that has most of them.
Result<void> notRebuiltYet(const State &state, const std::vector<events::FactImported> &facts)
{
    rebuild::Once given;
    for (const events::FactImported &f : facts)
        given.take(keptOf(f.origin, f.reference, f.at, f.actor, f.text));
    const Incident *before = nullptr;
    std::size_t most = 0;
    for (const auto &[number, i] : state.incidents) {
        if (i.kind != "rebuilt" || i.factsArrived == 0)
            continue;
        const auto common = static_cast<std::size_t>(std::count_if(i.timeline.begin(), i.timeline.end(), [&](const state::Entry &line) {
            return !line.origin.empty() && given.has(keptOf(line.origin, line.reference, line.at, line.actor, line.text));
        }));
        if (2 * common > facts.size() && common > most) {
            before = &i;
            most = common;
        }
    }
    if (!before)
        return {};
    const std::string has = (facts.size() == 1 ? std::string("this one fact") : std::to_string(std::min(most, facts.size())) + " of these " + std::to_string(facts.size()) + " facts") + " already";
    if (before->status >= IncidentStatus::Closed)
        return fail(Code::Conflict, before->id + ", which is " + std::string(word(before->status)) + " and takes no more, holds " + has + ". To make another on purpose, say --anew.");
    return fail(Code::Conflict, before->id + " holds " + has + ". Add what is missing to it (--incident " + before->id + "), or make another on purpose (--anew).");
}

Result<events::IncidentDeclared> rebuiltFrom(const State &state, const RebuildIncident &c, const std::string &origin, const std::vector<events::FactImported> &facts, const events::Actor &by, Instant now)
{
    const auto severity = c.severity.empty() ? std::optional(IncidentSeverity::Sev3) : fromWord<IncidentSeverity>(c.severity);
    if (!severity)
        return fail(Code::Invalid, "\"" + safeLine(c.severity, 60) + "\" is not a severity; it is one of SEV1, SEV2, SEV3, SEV4, SEV5.");
    if (auto fits = bounded({{c.title, "title"}}); !fits)
        return tl::unexpected(fits.error());
    events::IncidentDeclared e;
    e.incident = "INC-" + std::to_string(state.lastIncident + 1);
    e.title = cleanText(c.title).empty() ? "Rebuilt from " + origin : cleanText(c.title);
    e.severity = *severity;
    e.service = safeLine(c.service);
    if (const Service *s = state.workspace->service(e.service))
        e.service = s->id;
    e.kind = "rebuilt";
    e.room = false;
    e.by = by;
    for (const auto &[text, to, what] : {std::tuple(&c.since, &e.impactSince, "since"), std::tuple(&c.until, &e.until, "until")})
        if (!text->empty()) {
            const auto at = parseInstant(*text);
            if (!at || !*at)
                return fail(Code::Invalid, "\"" + safeLine(*text, 60) + "\" is no time (" + what + "); times are RFC 3339.");
            *to = *at;
        }
    for (const events::FactImported &f : facts) {
        if (c.since.empty() && (!e.impactSince || f.at < e.impactSince))
            e.impactSince = f.at;
        if (c.until.empty())
            e.until = std::max({e.until, f.at, f.until});
    }
    e.until = c.until.empty() ? std::min(e.until, now) : e.until;
    if (e.until > now || !e.impactSince || e.until < e.impactSince)
        return fail(Code::Invalid, "An incident that is rebuilt was over before: since when it hurt and until when both lie in the past, and in this order.");
    return e;
}

/// From when to when facts tell of something.
struct Stretch {
    Instant from, to;
    void take(Instant at, Instant until)
    {
        from = !from || at < from ? at : from;
        to = std::max({to, at, until});
    }
};

/// When it began and when it was over go with what is added, where both are as its files had told. What is otherwise was said (--since, --until, or corrected
/// since) and stays, and so does what was given with the first of several parts until the last of them is there.
void moveStretch(const Incident &into, const std::vector<events::FactImported> &facts, const std::vector<events::FactImported> &ends, const events::Actor &by, Instant now, Decision &d)
{
    // An alert without an end may be one that always fires: it moves no beginning.
    const auto beganBefore = [&](Instant at, Instant until, bool isAlert) { return isAlert && !until && at < into.impactSince; };
    Stretch told;
    for (const state::Entry &line : into.timeline)
        if (!line.origin.empty() && !beganBefore(line.at, line.until, line.kind == state::EntryKind::Alert))
            told.take(line.at, line.until);
    if (!told.from || into.lacksFacts())
        return;
    Stretch all = told;
    for (const auto *each : {&facts, &ends})
        for (const events::FactImported &f : *each)
            if (!beganBefore(f.at, f.until, f.kind == state::word(state::EntryKind::Alert)))
                all.take(f.at, f.until);
    const bool isEarlier = into.impactSince == told.from && all.from < told.from;
    const bool isLater = into.resolvedAt && into.resolvedAt == told.to && std::min(all.to, now) > told.to;
    if (isEarlier) {
        d.events.emplace_back(events::ImpactCorrected{into.id, "as the facts say that were added", all.from, by});
        d.notes.push_back(into.id + " begins at " + toRfc3339(all.from) + " now, as the facts say that were added.");
    }
    if (isLater) { // its end is that of its facts, which the State has
        d.events.emplace_back(events::ImpactCorrected{into.id, "as the facts say that were added", isEarlier ? all.from : into.impactSince, {by.person, Path::Own}});
        d.notes.push_back(into.id + " was over at " + toRfc3339(std::min(all.to, now)) + " now, as the facts say that were added.");
    }
}

} // namespace

Result<Decision> decideRebuild(const State &state, const RebuildIncident &c, const events::Actor &by, Instant now)
{
    if (c.facts.empty())
        return fail(Code::Invalid, "There is no fact to rebuild an incident from.");
    if (c.facts.size() > kFactsLimit)
        return fail(Code::TooLarge, "More than " + std::to_string(kFactsLimit) + " facts in one command; send them in parts.");
    if (c.total > rebuild::kMostFacts) // before the first of them is there
        return fail(Code::TooLarge, "It would have " + std::to_string(c.total) + " facts; " + std::to_string(rebuild::kMostFacts) + " is the most.");
    const std::string origin = safeLine(cleanText(c.origin), rebuild::kOriginBytes);
    if (origin.empty())
        return fail(Code::Invalid, "Where do the facts come from? Name an origin: \"Slack export, #inc-42\".");
    const Incident *into = nullptr;
    if (!c.incident.empty()) {
        const auto found = incidentMeant(state, c.incident);
        if (!found)
            return tl::unexpected(found.error());
        into = *found;
        if (into->kind != "rebuilt")
            return fail(Code::Conflict, into->id + " was run here; its record stays as it is. Facts are added only to an incident that was rebuilt.");
        if (into->status >= IncidentStatus::Closed)
            return fail(Code::Conflict, into->id + " is " + std::string(word(into->status)) + "; what is closed stays as it is.");
    }
    std::vector<events::FactImported> facts, ends;
    ImportedEnds before(into);
    std::size_t alertsTwice = 0, ofNoKind = 0, otherwise = 0;
    std::map<std::string, std::string> beyond; // name → what is said of it
    Present present(into);
    for (std::size_t i = 0; i < c.facts.size(); ++i) {
        auto e = factOf(c.facts[i], origin, i + 1, now);
        if (!e)
            return tl::unexpected(e.error());
        ofNoKind += !c.facts[i].kind.empty() && e->kind != c.facts[i].kind ? 1 : 0;
        const bool isOtherwise = present.hasOtherwise(*e);
        const bool isNew = present.take(*e), isToldOf = before.isToldOf(*e);
        if (auto end = before.learnt(*e))
            ends.push_back(std::move(*end));
        else
            otherwise += isOtherwise ? 1 : 0;
        if (!isNew || isToldOf)
            continue;
        if (e->kind == state::word(state::EntryKind::Alert)) {
            if (const auto more = present.beyond(origin, e->text))
                beyond.emplace(more->name, more->note());
            if (present.fires(origin, *e)) {
                e->kind = state::word(state::EntryKind::Log);
                ++alertsTwice;
            }
        }
        facts.push_back(std::move(*e));
    }
    // Said before the first part is there, so that no file is in by half: what is added to begins below the most, and the files together keep to it too.
    if (into && c.total > 0 && !facts.empty() && present.countBefore() >= rebuild::kMostFacts)
        return fail(Code::TooLarge, into->id + " has " + std::to_string(present.countBefore()) + " facts already; to one that has " + std::to_string(rebuild::kMostFacts) + " none are added.");
    if (present.countBefore() + facts.size() > 2 * rebuild::kMostFacts)
        return fail(Code::TooLarge, "It would have more than " + std::to_string(2 * rebuild::kMostFacts) + " facts, which is the most.");
    Decision d;
    d.id = into ? into->id : std::string();
    if (!into) {
        auto declared = rebuiltFrom(state, c, origin, facts, by, now);
        if (!declared)
            return tl::unexpected(declared.error());
        if (auto isNew = c.anew ? Result<void>() : notRebuiltYet(state, facts); !isNew)
            return tl::unexpected(isNew.error());
        declared->facts = c.total;
        d.id = declared->incident;
        if (const std::string note = unknownService(*state.workspace, declared->service); !note.empty())
            d.notes.push_back(note);
        d.events.emplace_back(std::move(*declared));
    }
    if (!ends.empty())
        d.notes.push_back(ends.size() == 1 ? std::string("1 fact is there without its end; until when it lasted stands with it now.") : std::to_string(ends.size()) + " facts are there without their ends; until when they lasted stands with them now.");
    if (const std::size_t known = c.facts.size() - facts.size() - ends.size(); known > 0)
        d.notes.push_back(std::to_string(known) + (known == 1 ? " fact is there already and was left out." : " facts are there already and were left out."));
    if (otherwise > 0)
        d.notes.push_back(std::to_string(otherwise) + (otherwise == 1 ? " of them has" : " of them have") + " other words than what is there of the same reference and time, which stays. Of another file of the same name? Give the files together, and each has an origin of its own.");
    if (ofNoKind > 0)
        d.notes.push_back(std::to_string(ofNoKind) + (ofNoKind == 1 ? " fact is of a kind unknown here; it stands as a line of the log." : " facts are of kinds unknown here; they stand as lines of the log."));
    if (alertsTwice > 0)
        d.notes.push_back(std::to_string(alertsTwice) + (alertsTwice == 1 ? " alert was told of by another file already; its words stand as a line of the log." : " alerts were told of by another file already; their words stand as lines of the log."));
    for (const auto &[name, note] : beyond)
        d.notes.push_back(note);
    Decision moved;
    if (into)
        moveStretch(*into, facts, ends, by, now, moved);
    for (auto *each : {&facts, &ends})
        for (events::FactImported &f : *each) {
            f.incident = d.id;
            d.events.emplace_back(std::move(f));
        }
    std::move(moved.events.begin(), moved.events.end(), std::back_inserter(d.events));
    std::move(moved.notes.begin(), moved.notes.end(), std::back_inserter(d.notes));
    return d;
}

} // namespace qd::desk
