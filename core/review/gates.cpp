// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/gates.h"

#include "core/review/ended.h"
#include "core/review/ownership.h"
#include "core/review/participants.h"

#include <algorithm>
#include <cstdint>

namespace qd::review {

using state::Incident;
using state::Review;
using state::State;

namespace {

constexpr std::string_view kRequiredSections[] = {"summary", "impact", "narrative", "went-well"};
constexpr std::uint32_t kUsualDays[] = {3, 5, 10, 10, 10}; ///< SEV1 …; working days but for the first
constexpr std::int64_t kDay = 24LL * 3600 * 1'000'000'000;

const ReviewRule *ruleFor(const ReviewRules &rules, IncidentSeverity severity)
{
    const auto it = std::find_if(rules.severities.begin(), rules.severities.end(), [&](const ReviewRule &r) { return r.severity == severity; });
    return it == rules.severities.end() ? nullptr : &*it;
}

/// 1970-01-01 was a Thursday. Saturday and Sunday are no working days; holidays are not known.
bool isWorkingDay(std::int64_t day)
{
    const std::int64_t weekday = ((day + 3) % 7 + 7) % 7; // 0: Monday
    return weekday < 5;
}

Instant after(Instant from, std::uint32_t days, bool isWorking)
{
    if (!isWorking)
        return {from.ns + kDay * days};
    std::int64_t day = from.ns / kDay;
    for (std::uint32_t left = days; left > 0;)
        left -= isWorkingDay(++day) ? 1 : 0;
    return {day * kDay + from.ns % kDay};
}

std::string counted(std::size_t n, const std::string &of, const std::string &what)
{
    return std::to_string(n) + " of " + of + " " + what;
}

void lack(Gate &g, std::string inWords, std::string what)
{
    g.missing.push_back(std::move(inWords));
    g.lacks.push_back(std::move(what));
}

/// Whether everything of it was missing as the waiver was given.
bool covers(const state::Waiver &waiver, std::string_view lacks)
{
    const auto isCovered = [&](std::string_view one) {
        return std::any_of(waiver.lacks.begin(), waiver.lacks.end(), [&](const std::string &all) { return (" " + all + " ").find(" " + std::string(one) + " ") != std::string::npos; });
    };
    if (waiver.lacks.empty())
        return true;
    for (std::size_t at = 0; at < lacks.size();) {
        const std::size_t end = std::min(lacks.find(' ', at), lacks.size());
        if (!isCovered(lacks.substr(at, end - at)))
            return false;
        at = end + 1;
    }
    return true;
}

/// What the waiver was not given for is missing still, and nothing else is named.
bool isHeldStill(Gate &g, const State &state, const state::Waiver &waiver)
{
    std::vector<std::string> still;
    for (std::size_t n = 0; n < g.missing.size(); ++n)
        if (!covers(waiver, g.lacks[n]))
            still.push_back(g.missing[n]);
    if (still.empty())
        return false;
    if (const std::size_t without = g.missing.size() - still.size(); without > 0)
        g.says += " " + state.workspace->nameOf(waiver.by) + " does without " + std::to_string(without) + " of what is missing: " + waiver.reason + (waiver.reason.ends_with('.') ? "" : ".");
    g.missing = std::move(still);
    return true;
}

/// "1 person", "3 people".
std::string peopleText(std::size_t n)
{
    return std::to_string(n) + (n == 1 ? " person" : " people");
}

/// What was said for them, by themselves or by whom they named.
bool isGiven(const Review &r, const std::string &person)
{
    return !r.saidFor(person).empty() || !r.delegateOf(person).empty();
}

/// It was reopened after its review was: who is asked was gathered before that, and says nothing of who acted since.
bool wentOn(const Incident &incident)
{
    const Instant end = endedAt(incident);
    return !end || end > incident.review.openedAt;
}

/// Whose words are asked for by nobody, of ours who had a part: where somebody said who is asked, where the incident went on after that, and of a rebuilt one, of which nobody here knows by the record.
std::vector<std::string> leftOut(const Incident &incident, const std::vector<Participant> &took)
{
    const Review &r = incident.review;
    std::vector<std::string> out;
    if (incident.kind != "rebuilt" && r.peopleBy.empty() && !wentOn(incident))
        return out;
    for (const Participant &p : took)
        if (isMissed(incident, p) && !isGiven(r, p.person) && std::find(r.people.begin(), r.people.end(), p.person) == r.people.end()
            && std::none_of(r.takenOff.begin(), r.takenOff.end(), [&](const state::TakenOff &t) { return t.person == p.person; }))
            out.push_back(p.person);
    return out;
}

/// Of somebody of ours who had a part in it words are missing though nobody asks for them: that is done without by a waiver, which has a reason. Where none of ours had
/// one, somebody says that nobody is asked, and no more is there to ask for.
void nobodyAsked(Gate &g, const State &state, const Incident &incident, const std::vector<Participant> &took)
{
    const bool isChosen = !incident.review.peopleBy.empty();
    const std::string asked = isChosen ? "Nobody is asked for a contribution, as " + state.workspace->nameOf(incident.review.peopleBy) + " said" : "Nobody's contribution is asked for";
    if (!g.missing.empty()) {
        g.says = asked + ", and " + peopleText(g.missing.size()) + " of ours had a part in it.";
        return;
    }
    const std::size_t named = incident.kind == "rebuilt" ? namedByFiles(state, incident).size() : 0;
    if (named > 0 && !isChosen) { // nobody of ours acted here, and that is no word of those who did
        lack(g, "who is asked", "who");
        g.says = asked + " yet; its files name " + peopleText(named) + ".";
        return;
    }
    const bool isOurs = std::any_of(took.begin(), took.end(), [&](const Participant &p) { return isMissed(incident, p); });
    g.says = asked + (!isChosen || isOurs ? "." : named > 0 ? ": its files name " + peopleText(named) + ", and nobody of ours." : ": nobody of ours had a part in it.");
}

/// Whom its owner takes off it is done without, and who does and why is shown: as of a gate that is waived where nobody else is missing, else in its sentence.
void withoutThem(Gate &g, const State &state, const Incident &incident)
{
    const Review &r = incident.review;
    const auto nameOf = [&](const std::string &person) { return state.workspace->nameOf(person); };
    for (std::size_t n = 0; n < r.takenOff.size();) {
        const state::TakenOff &first = r.takenOff[n];
        std::string names; // of those who were taken off together
        for (; n < r.takenOff.size() && r.takenOff[n].at == first.at; ++n)
            if (!isGiven(r, r.takenOff[n].person))
                names += (names.empty() ? "" : ", ") + nameOf(r.takenOff[n].person);
        if (names.empty())
            continue;
        if (g.missing.empty() && first.by == r.takenOff.back().by) {
            g.waivedBy = first.by;
            g.reason += (g.reason.empty() ? "" : "; ") + names + ": " + first.reason;
        } else {
            g.says += " " + nameOf(first.by) + " does without " + names + ": " + first.reason + (first.reason.ends_with('.') ? "" : ".");
        }
        if (const std::string how = takenOver(state, incident, first.by, first.at); !how.empty())
            g.says += " " + how;
    }
}

/// Contributed, or is spoken for by somebody who is still here; what was complete stays so.
bool isHeard(const State &state, const Review &r, const std::string &person)
{
    const std::string_view delegate = r.delegateOf(person);
    return !r.saidFor(person).empty() || (!delegate.empty() && (r.phase >= ReviewPhase::Reviewed || !hasLeft(state, delegate)));
}

Gate contributions(const State &state, const Incident &incident)
{
    const Review &r = incident.review;
    const std::vector<Participant> took = participants(state, incident);
    Gate g{"contributions", {}, {}, {}, {}, {}};
    for (const std::string &person : r.people) {
        const std::string delegate(r.delegateOf(person));
        if (!isHeard(state, r, person))
            lack(g, state.workspace->nameOf(person) + (delegate.empty() ? "" : ", for whom " + delegate + " was to speak, who left"), "person/" + person);
    }
    const std::size_t given = r.people.size() - g.missing.size();
    const auto left = leftOut(incident, took);
    for (const std::string &person : left)
        lack(g, state.workspace->nameOf(person), "person/" + person);
    if (r.people.empty())
        nobodyAsked(g, state, incident, took);
    else
        g.says = counted(given, std::to_string(r.people.size()), "contributed or are spoken for") + (left.empty() ? "." : "; " + peopleText(left.size()) + " of ours had a part in it and " + (left.size() == 1 ? "is" : "are") + " not asked.");
    withoutThem(g, state, incident);
    return g;
}

Gate sections(const State &state, const Review &r)
{
    Gate g{"sections", {}, {}, {}, {}, {}};
    const auto required = requiredSections(state.workspace->review);
    for (const std::string &id : required) {
        const state::Section *s = r.section(id);
        if (!s || !isWritten(*s))
            lack(g, "section " + id + (s && !s->text().empty() ? " is as it was pre-filled" : " is empty"), "section/" + id);
    }
    const std::size_t written = required.size() - g.missing.size();
    for (const state::Section &s : r.sections)
        if (!s.asides.empty())
            lack(g, "section " + s.id + " has text beside it that is not put together", "section/" + s.id + "/beside");
    g.says = counted(written, std::to_string(required.size()), "are written.");
    return g;
}

Gate factors(const Review &r)
{
    Gate g{"factors", {}, {}, {}, {}, {}};
    std::vector<std::string> seen, shown;
    const auto once = [](std::vector<std::string> &to, const std::string &id) {
        if (std::find(to.begin(), to.end(), id) == to.end())
            to.push_back(id);
    };
    for (const state::Rating &rating : r.ratings) {
        once(seen, rating.factor);
        if (!rating.evidence.empty())
            once(shown, rating.factor);
    }
    for (const std::string &id : seen)
        if (std::find(shown.begin(), shown.end(), id) == shown.end())
            lack(g, "factor " + id + " points at no line of the record", "factor/" + id);
    if (seen.empty())
        lack(g, "no factor is named", "factor");
    g.says = seen.empty() ? "No factor is named yet." : counted(shown.size(), std::to_string(seen.size()), "point at the record.");
    return g;
}

/// Who speaks for somebody sits at the table for them.
Gate attendance(const State &state, const Review &r)
{
    Gate g{"attendance", {}, {}, {}, {}, {}};
    const auto wasThere = [&](const std::string &person) { return std::find(r.debrief.attended.begin(), r.debrief.attended.end(), person) != r.debrief.attended.end(); };
    if (!r.debrief.heldAt)
        lack(g, "no meeting was held", "meeting");
    else
        for (const std::string &person : r.people) {
            const std::string delegate(r.delegateOf(person));
            if (!wasThere(person) && (delegate.empty() || !wasThere(delegate)))
                lack(g, state.workspace->nameOf(person), "person/" + person);
        }
    g.says = !r.debrief.heldAt ? "No meeting was held yet." : counted(r.people.size() - g.missing.size(), std::to_string(r.people.size()), "were at the meeting or spoken for there.");
    return g;
}

/// A signature stands for what was written before it: words that came after it are not signed.
Gate signatures(const State &state, const Review &r)
{
    Gate g{"signatures", {}, {}, {}, {}, {}};
    const std::uint64_t written = lastWritten(r);
    std::vector<std::string> asked = r.people;
    if (!r.owner.empty() && std::find(asked.begin(), asked.end(), r.owner) == asked.end())
        asked.push_back(r.owner);
    for (const std::string &person : asked) {
        const auto &all = r.debrief.signatures;
        const auto it = std::find_if(all.begin(), all.end(), [&](const state::Signature &s) { return s.person == person; });
        if (it == all.end())
            lack(g, state.workspace->nameOf(person), "person/" + person);
        else if (it->seq < written)
            lack(g, state.workspace->nameOf(person) + " signed before the last change", "person/" + person);
    }
    g.says = counted(asked.size() - g.missing.size(), std::to_string(asked.size()), "signed what is written now.");
    return g;
}

/// Nobody answers for it: it never had an owner, or waits for one who left. Of a review that was complete what was whole stays so.
bool isNobodys(const State &state, const Review &r, const state::Action &a)
{
    return a.owner.empty() || (a.isOpen() && r.phase < ReviewPhase::Reviewed && hasLeft(state, a.owner));
}

Gate actions(const State &state, const Review &r, bool isGated)
{
    Gate g{"actions", {}, {}, {}, {}, {}};
    std::size_t all = 0, whole = 0;
    for (const state::Action &a : r.actions) {
        if (a.state == ActionState::Dropped)
            continue;
        ++all;
        std::string words, lacks;
        const auto without = [&](bool isMissing, const char *inWords, const char *what) {
            words += isMissing ? (words.empty() ? "" : ", ") + std::string(inWords) : "";
            lacks += isMissing ? (lacks.empty() ? "" : " ") + std::string("action/") + std::to_string(a.number) + "/" + what : "";
        };
        without(isNobodys(state, r, a), a.owner.empty() ? "no owner" : "an owner who left", "owner");
        without(isGated && !a.due, "no day it is due", "due");
        without(isGated && a.verification.empty(), "no way to tell that it works", "verification");
        if (lacks.empty())
            ++whole;
        else
            lack(g, "action " + std::to_string(a.number) + " has " + words, std::move(lacks));
    }
    g.says = all == 0 ? "There are no actions." : counted(whole, std::to_string(all), isGated ? "have an owner, a day and a way to tell that they work." : "have an owner.");
    return g;
}

} // namespace

std::string_view word(GateStanding v)
{
    return v == GateStanding::Met ? "met" : v == GateStanding::Waived ? "waived" : "open";
}

bool isGated(const ReviewRules &rules, IncidentSeverity severity)
{
    if (!rules.saysGated)
        return severity <= IncidentSeverity::Sev2;
    const ReviewRule *rule = ruleFor(rules, severity);
    return rule && rule->gated;
}

bool isGated(const ReviewRules &rules, const Incident &incident)
{
    return isGated(rules, incident.worst) || isGated(rules, incident.severity);
}

bool asksFor(const ReviewRules &rules, const Incident &incident, std::string_view gate)
{
    if (!isGated(rules, incident) || rules.noGates)
        return false;
    const auto names = [&](const auto &gates) { return std::find(std::begin(gates), std::end(gates), gate) != std::end(gates); };
    return rules.gates.empty() ? names(kUsualReviewGates) : names(rules.gates);
}

std::size_t heardOf(const State &state, const Review &review)
{
    return static_cast<std::size_t>(std::count_if(review.people.begin(), review.people.end(), [&](const std::string &person) { return isHeard(state, review, person); }));
}

bool hasOwnerless(const State &state, const Review &review)
{
    return std::any_of(review.actions.begin(), review.actions.end(), [&](const state::Action &a) { return a.state != ActionState::Dropped && isNobodys(state, review, a); });
}

std::vector<Gate> gatesOf(const State &state, const Incident &incident)
{
    const Review &r = incident.review;
    const ReviewRules &rules = state.workspace->review;
    std::vector<Gate> out;
    for (const std::string_view name : kReviewGates) {
        const bool isAsked = asksFor(rules, incident, name);
        const auto waiver = std::find_if(r.waivers.begin(), r.waivers.end(), [&](const state::Waiver &w) { return w.gate == name; });
        bool isWaived = waiver != r.waivers.end();
        if (name == "actions") { // whatever is asked for and done without: an action of nobody's is none
            const bool isOwned = !hasOwnerless(state, r);
            out.push_back(actions(state, r, isAsked && (isOwned || !isWaived)));
            isWaived = isWaived && isOwned;
        }
        else if (isAsked)
            out.push_back(name == "contributions" ? contributions(state, incident) : name == "sections" ? sections(state, r) : name == "factors" ? factors(r) : name == "attendance" ? attendance(state, r) : signatures(state, r));
        else
            continue;
        Gate &g = out.back();
        if (isWaived && isHeldStill(g, state, *waiver))
            isWaived = false;
        const bool isWithout = g.missing.empty() && !g.reason.empty(); // somebody, and no more is missing
        g.standing = isWithout ? GateStanding::Waived : g.missing.empty() ? GateStanding::Met : isWaived ? GateStanding::Waived : GateStanding::Open;
        if (waiver != r.waivers.end() && !isWithout) {
            g.waivedBy = waiver->by;
            g.reason = waiver->reason;
            if (const std::string how = g.standing == GateStanding::Waived ? takenOver(state, incident, waiver->by, waiver->at) : std::string(); !how.empty())
                g.says += " " + how;
        }
    }
    return out;
}

std::string openGates(const std::vector<Gate> &gates)
{
    constexpr std::size_t kNamed = 5; ///< of what is missing
    std::string out;
    for (const Gate &g : gates) {
        if (g.standing != GateStanding::Open)
            continue;
        out += (out.empty() ? "" : "; ") + g.name + " (";
        for (std::size_t n = 0; n < g.missing.size() && n < kNamed; ++n)
            out += (n == 0 ? "" : ", ") + g.missing[n];
        out += (g.missing.size() > kNamed ? " and " + std::to_string(g.missing.size() - kNamed) + " more)" : ")");
    }
    return out;
}

std::uint64_t lastWritten(const Review &review)
{
    std::uint64_t written = 0;
    for (const state::Section &s : review.sections)
        for (const state::Revision &each : s.revisions)
            written = std::max(written, each.seq);
    return written;
}

bool isWritten(const state::Section &section)
{
    const auto &all = section.revisions;
    const std::string *prefilled = !all.empty() && all.front().number == 1 && all.front().by == "core" ? &all.front().text : nullptr;
    const state::Revision *done = section.counted();
    return done && !done->draft && done->text.find_first_not_of(" \t\n") != std::string::npos && (!prefilled || done->text != *prefilled);
}

std::vector<std::string> requiredSections(const ReviewRules &rules)
{
    if (!rules.sections.empty())
        return rules.sections;
    return {std::begin(kRequiredSections), std::end(kRequiredSections)};
}

Instant reviewDue(const ReviewRules &rules, IncidentSeverity severity, Instant resolved, Instant opened)
{
    const ReviewRule *rule = ruleFor(rules, severity);
    const bool isSaid = rule && rule->days != 0;
    const auto nth = static_cast<std::size_t>(severity) - 1;
    const std::uint32_t days = isSaid ? rule->days : kUsualDays[std::min<std::size_t>(nth, std::size(kUsualDays) - 1)];
    const bool isWorking = isSaid ? rule->working : severity != IncidentSeverity::Sev1;
    const Instant due = after(resolved ? resolved : opened, days, isWorking);
    return due > opened ? due : after(opened, days, isWorking);
}

} // namespace qd::review
