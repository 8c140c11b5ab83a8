// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/desk/tracking.h"
#include "core/model/taxonomy.h"
#include "core/review/gates.h"
#include "core/review/tracked.h"

#include <algorithm>
#include <map>
#include <tuple>

/// What is to be done after a review, and what recurs across incidents.
namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr std::string_view kNone = "-"; ///< takes away what was said before
constexpr std::string_view kDayEnds = "T23:59:00Z";
constexpr std::size_t kImportNotes = 20;

bool isDay(std::string_view text)
{
    return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

/// A day is over at its end. Who names the day or the moment it is due already (`was`) moves nothing, though that is past.
Result<Instant> actionDue(const std::string &text, Instant was, Instant now)
{
    const auto span = parseSpan(text);
    const auto at = span ? Result<Instant>(wholeMinute(now + *span)) : parseInstant(isDay(text) ? text + std::string(kDayEnds) : text);
    if (!at)
        return fail(Code::Invalid, "\"" + safeLine(text, 60) + "\" is no day; write 2026-12-01, or 14d.");
    if (was && (*at == was || (isDay(text) && toRfc3339(was).starts_with(text))))
        return was;
    if (*at <= now || *at - now > kActionLimit)
        return fail(Code::Invalid, "An action is due within the next two years.");
    return *at;
}

Result<std::string> ownerOf(const State &state, const std::string &asked)
{
    if (state.workspace->person(asked))
        return asked;
    if (const Team *team = state.workspace->team(asked))
        return fail(Code::Invalid, "An action has exactly one owner, and " + team->name + " is a team; name one of it.");
    if (asked.find_first_of(", ") != std::string::npos)
        return fail(Code::Invalid, "An action has exactly one owner; make it two actions, or name who answers for it.");
    return fail(Code::NotFound, "There is no person \"" + safeLine(asked, 60) + "\" in the workspace.");
}

template <typename T>
const T *numbered(const std::vector<T> &all, std::uint32_t number)
{
    const auto it = std::find_if(all.begin(), all.end(), [&](const T &one) { return one.number == number; });
    return it == all.end() ? nullptr : &*it;
}

template <typename T>
std::uint32_t nextNumber(const std::vector<T> &all)
{
    return all.empty() ? 1 : all.back().number + 1;
}

/// Left out: as it was. "-": none.
void say(std::string &to, const std::string &said)
{
    if (said == kNone)
        to.clear();
    else if (!said.empty())
        to = cleanText(said);
}

struct DecidingActions {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const KeepAction &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        auto e = kept(**meant, c, 0);
        if (!e)
            return tl::unexpected(e.error());
        const std::string id = "action/" + std::to_string(e->action);
        if (isAsItIs(**meant, *e))
            return Decision{{}, id, {"Nothing of it is changed."}};
        return Decision{{std::move(*e)}, id, {}};
    }
    /// The action as it is to be. `before`: new ones of this review in the same command.
    [[nodiscard]] Result<events::ActionKept> kept(const Incident &i, const KeepAction &c, std::uint32_t before) const
    {
        const auto &all = i.review.actions;
        const state::Action *was = c.action == 0 ? nullptr : numbered(all, c.action);
        if (c.action != 0 && !was)
            return tl::unexpected(noAction(i, c.action));
        if (!was && all.size() + before >= state::kActionsKept)
            return fail(Code::TooLarge, "The review of " + i.id + " has " + std::to_string(state::kActionsKept) + " actions already, the most it keeps.");
        if (const auto ok = bounded({{c.text, "action"}, {c.verification, "verification"}}); !ok)
            return tl::unexpected(ok.error());
        events::ActionKept e = was ? events::ActionKept{i.id, was->text, was->owner, was->verification, was->factor, was->number, was->due, was->strength, by}
                                   : events::ActionKept{i.id, {}, {}, {}, {}, nextNumber(all) + before, {}, Strength::Unsaid, by};
        if (const auto ok = keep(e, c); !ok)
            return tl::unexpected(ok.error());
        if (const auto ok = complete(i, e, was && was->state != ActionState::Dropped ? was : nullptr); !ok)
            return tl::unexpected(ok.error());
        return e;
    }
    [[nodiscard]] static bool isAsItIs(const Incident &i, const events::ActionKept &e)
    {
        const state::Action *was = numbered(i.review.actions, e.action);
        return was && std::tie(was->text, was->owner, was->verification, was->factor, was->due, was->strength) == std::tie(e.text, e.owner, e.verification, e.factor, e.due, e.strength);
    }
    [[nodiscard]] static Error noAction(const Incident &i, std::uint32_t number)
    {
        return {Code::NotFound, "The review of " + i.id + " has no action " + std::to_string(number) + ".", {}};
    }
    /// What the command says of it, over what holds.
    [[nodiscard]] Result<> keep(events::ActionKept &e, const KeepAction &c) const
    {
        if (c.text == kNone)
            return fail(Code::Invalid, "An action says what is to be done; drop it instead: quarterdeckctl review action … --state dropped.");
        say(e.text, c.text);
        if (e.text.empty())
            return fail(Code::Invalid, "Say what is to be done.");
        say(e.verification, c.verification);
        if (c.owner == kNone)
            e.owner.clear();
        else if (!c.owner.empty()) {
            const auto owner = ownerOf(state, c.owner);
            if (!owner)
                return tl::unexpected(owner.error());
            e.owner = *owner;
        }
        if (c.due == kNone) {
            e.due = {};
        } else if (!c.due.empty()) {
            const auto due = actionDue(c.due, e.due, now);
            if (!due)
                return tl::unexpected(due.error());
            e.due = *due;
        }
        if (c.strength == kNone) {
            e.strength = Strength::Unsaid;
        } else if (!c.strength.empty()) {
            const auto strength = fromWord<Strength>(c.strength);
            if (!strength)
                return fail(Code::Invalid, "\"" + safeLine(c.strength, 40) + "\" is no strength; it is eliminate, engineer, administer or train.");
            e.strength = *strength;
        }
        if (c.factor == kNone)
            e.factor.clear();
        else if (!c.factor.empty() && c.factor != e.factor) {
            const Taxonomy taxonomy = taxonomyUnder(state.workspace->taxonomy);
            const TaxonomyFactor *factor = taxonomy.factor(c.factor);
            if (!factor || factor->retired)
                return tl::unexpected(noFactor(c.factor, factor));
            if (isMitigator(taxonomy, factor->id))
                return fail(Code::Invalid, "The factor " + factor->id + " is of what went well; name the cause the action is against: quarterdeckctl get taxonomy lists them.");
            e.factor = factor->id;
        }
        return {};
    }
    /// After a review is reviewed none of its actions comes to lack what it asks for: an owner, and where its gate asks, the rest. What an action did without
    /// before it may go on doing without. `T`: what an action is, or is to be. `was`: what it was, of one that was not dropped.
    template <typename T>
    [[nodiscard]] Result<> complete(const Incident &i, const T &e, const state::Action *was) const
    {
        const bool isAsked = review::asksFor(state.workspace->review, i, "actions");
        const bool isWhole = (!e.owner.empty() || (was && was->owner.empty())) && (e.due || !isAsked || (was && !was->due)) && (!e.verification.empty() || !isAsked || (was && was->verification.empty()));
        if (i.review.phase < ReviewPhase::Reviewed || isWhole)
            return {};
        return fail(Code::Conflict, "The review of " + i.id + " is " + std::string(word(i.review.phase)) + ": an action of it has an owner" + (isAsked ? ", a day it is due and a way to tell that it works (--verification)." : "."));
    }
    Result<Decision> operator()(const TurnAction &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const state::Action *a = numbered(i.review.actions, c.action);
        if (!a)
            return tl::unexpected(noAction(i, c.action));
        const auto to = fromWord<ActionState>(c.state);
        if (!to)
            return fail(Code::Invalid, "\"" + safeLine(c.state, 40) + "\" is no state of an action; it is open, done, verified or dropped.");
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        const std::string named = "Action " + std::to_string(a->number);
        std::string reason = cleanText(c.reason);
        if (const auto there = review::proposedThere(state, i, *a); there && reason.empty() && there->state == *to)
            reason = there->reason;
        if (*to == a->state)
            return fail(Code::Conflict, named + " of " + i.id + " is " + std::string(word(a->state)) + " already.");
        if (*to == ActionState::Verified && a->verification.empty())
            return fail(Code::Conflict, named + " does not say how it is known that it works; say that first (--verification).");
        if (*to != ActionState::Dropped && (a->state == ActionState::Dropped || a->owner.empty())) // it is one of the review again, as a new one would be
            if (const auto ok = complete(i, *a, nullptr); !ok)
                return tl::unexpected(ok.error());
        if (reason.empty() && *to != ActionState::Done)
            return fail(Code::Invalid, *to == ActionState::Verified ? "Say what showed that it works: --reason." : *to == ActionState::Dropped ? "Say why it is dropped: --reason." : "Say why it is open again: --reason.");
        return Decision{{events::ActionTurned{i.id, reason, a->number, *to, by}}, "action/" + std::to_string(a->number), {}};
    }

    // --- from a file ---
    Result<Decision> operator()(const ImportActions &c) const
    {
        if (c.rows.empty())
            return fail(Code::Invalid, "The file has no action.");
        if (c.rows.size() > kActionRows)
            return fail(Code::TooLarge, "A file of actions has at most " + std::to_string(kActionRows) + " rows; import it in parts.");
        Imported so;
        for (const ActionRow &row : c.rows)
            if (const auto ok = importRow(row, so); !ok)
                return tl::unexpected(Error{ok.error().code, "Line " + std::to_string(row.line) + ": " + ok.error().message + " Nothing was imported.", {}});
        const auto said = [](std::size_t n, const char *what) { return n == 0 ? std::string() : std::to_string(n) + what; };
        std::string counts;
        for (const std::string &each : {said(so.made, " made"), said(so.changed, " changed"), said(so.tracked, " tracked"), said(so.same, " as they were")})
            counts += each.empty() ? "" : (counts.empty() ? "" : ", ") + each;
        so.notes.insert(so.notes.begin(), "Actions: " + counts + ".");
        return Decision{std::move(so.events), {}, std::move(so.notes)};
    }
    /// What the rows so far come to.
    struct Imported {
        events::Events events;
        std::vector<std::string> notes;
        std::map<std::string, std::uint32_t> added;                          ///< by incident: new ones
        std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> lines; ///< by action: the row that was it
        std::map<std::pair<std::string, std::string>, std::uint32_t> texts;   ///< of new ones
        std::size_t made = 0, changed = 0, same = 0, tracked = 0;
    };
    [[nodiscard]] static const state::Action *actionOfRow(const Incident &i, const ActionRow &row)
    {
        const auto &all = i.review.actions;
        const auto found = [&](const auto &is) {
            const auto it = std::find_if(all.begin(), all.end(), is);
            return it == all.end() ? nullptr : &*it;
        };
        if (row.action != 0)
            return numbered(all, row.action);
        if (const state::Action *tracked = row.key.empty() ? nullptr : found([&](const state::Action &a) { return a.tracked.connection == row.tracker && a.tracked.key == row.key; }))
            return tracked;
        const std::string text = cleanText(row.text);
        return text.empty() ? nullptr : found([&](const state::Action &a) { return a.text == text; });
    }
    [[nodiscard]] Result<> importRow(const ActionRow &row, Imported &so) const
    {
        const auto meant = openReview(state, row.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const state::Action *was = actionOfRow(i, row);
        std::uint32_t &added = so.added[i.id];
        const auto e = kept(i, {i.id, row.text, row.owner, row.due, row.strength, row.verification, row.factor, was ? was->number : row.action}, added);
        if (!e)
            return tl::unexpected(e.error());
        const auto again = [](std::uint32_t line) { return fail(Code::Conflict, "It is the action of line " + std::to_string(line) + " again."); };
        if (const auto [first, isNew] = so.lines.emplace(std::pair(i.id, e->action), row.line); !isNew)
            return again(first->second);
        if (!was) // of a new one its text is all there is to know it by
            if (const auto [first, isNew] = so.texts.emplace(std::pair(i.id, e->text), row.line); !isNew)
                return again(first->second);
        const bool isSame = isAsItIs(i, *e);
        ++(!was ? so.made : isSame ? so.same : so.changed);
        added += was ? 0 : 1;
        if (!isSame)
            so.events.emplace_back(*e);
        return track(i, row, was, *e, so);
    }
    /// What a row says of where it is tracked; as it is there already: nothing.
    [[nodiscard]] Result<> track(const Incident &i, const ActionRow &row, const state::Action *was, const events::ActionKept &e, Imported &so) const
    {
        if (row.tracker.empty())
            return row.key.empty() ? Result<>() : fail(Code::Invalid, "It names an issue (key), and not where that is (tracker).");
        state::Action action = was ? *was : state::Action{};
        std::tie(action.number, action.text, action.owner, action.verification, action.due) = std::tie(e.action, e.text, e.owner, e.verification, e.due);
        const bool isToEnd = row.tracker == kNone;
        if (isToEnd ? action.tracked.connection.empty() : action.tracked.connection == row.tracker && (row.key.empty() || action.tracked.key == row.key))
            return {};
        auto tracked = decideTracked(state, i, action, isToEnd ? std::string() : row.tracker, row.key, by);
        if (!tracked)
            return tl::unexpected(tracked.error());
        ++so.tracked;
        for (events::Event &event : tracked->events)
            so.events.push_back(std::move(event));
        for (std::string &note : tracked->notes)
            if (std::find(so.notes.begin(), so.notes.end(), note) == so.notes.end() && so.notes.size() < kImportNotes)
                so.notes.push_back(std::move(note));
        return {};
    }

    // --- what recurs ---
    Result<Decision> operator()(const KeepPattern &c) const
    {
        const state::Pattern *was = c.pattern == 0 ? nullptr : numbered(state.patterns, c.pattern);
        if (c.pattern != 0 && !was)
            return tl::unexpected(noPattern(c.pattern));
        if (!was && state.patterns.size() >= state::kPatternsKept)
            return fail(Code::TooLarge, "There are " + std::to_string(state::kPatternsKept) + " patterns already, the most there may be.");
        if (c.title.size() > kPatternTitleBytes)
            return fail(Code::TooLarge, "The title of a pattern is at most " + std::to_string(kPatternTitleBytes) + " bytes.");
        if (const auto ok = bounded({{c.requirement, "requirement"}}); !ok)
            return tl::unexpected(ok.error());
        events::PatternKept e = was ? events::PatternKept{was->number, was->title, was->requirement, was->factors, was->services, was->incidents, by}
                                    : events::PatternKept{nextNumber(state.patterns), {}, {}, {}, {}, {}, by};
        if (!c.title.empty())
            e.title = safeLine(c.title, kPatternTitleBytes);
        if (e.title.empty())
            return fail(Code::Invalid, "Say what recurs: a title.");
        say(e.requirement, c.requirement);
        for (const auto &[said, to, what] : {std::tuple{&c.factors, &e.factors, "factors"}, std::tuple{&c.services, &e.services, "services"}, std::tuple{&c.incidents, &e.incidents, "incidents"}})
            if (const auto ok = names(*to, *said, what); !ok)
                return tl::unexpected(ok.error());
        const Taxonomy taxonomy = taxonomyUnder(state.workspace->taxonomy);
        for (const std::string &factor : e.factors)
            if (!taxonomy.factor(factor))
                return tl::unexpected(noFactor(factor, nullptr));
        for (const std::string &incident : e.incidents)
            if (!state.incident(incident))
                return fail(Code::NotFound, "There is no incident " + safeLine(incident, 40) + "; `get incidents` lists them.");
        const std::string id = "pattern/" + std::to_string(e.pattern);
        return Decision{{std::move(e)}, id, {}};
    }
    [[nodiscard]] static Error noPattern(std::uint32_t number)
    {
        return {Code::NotFound, "There is no pattern " + std::to_string(number) + "; `get patterns` lists them.", {}};
    }
    [[nodiscard]] static Result<> names(std::vector<std::string> &to, const std::vector<std::string> &said, const std::string &what)
    {
        if (said.size() > kPatternNames)
            return fail(Code::TooLarge, "A pattern has at most " + std::to_string(kPatternNames) + " " + what + ".");
        if (said.empty())
            return {};
        to.clear();
        for (const std::string &each : said)
            if (std::string name = safeLine(each, 100); !name.empty() && name != kNone && std::find(to.begin(), to.end(), name) == to.end())
                to.push_back(std::move(name));
        return {};
    }
    Result<Decision> operator()(const TurnPattern &c) const
    {
        const state::Pattern *p = numbered(state.patterns, c.pattern);
        if (!p)
            return tl::unexpected(noPattern(c.pattern));
        const auto to = fromWord<PatternState>(c.state);
        if (!to)
            return fail(Code::Invalid, "\"" + safeLine(c.state, 40) + "\" is no state of a pattern; it is open, in design, met or dropped.");
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        const std::string reason = cleanText(c.reason), named = "Pattern " + std::to_string(p->number);
        if (*to == p->state)
            return fail(Code::Conflict, named + " is " + std::string(word(p->state)) + " already.");
        if (*to == PatternState::Met && p->requirement.empty())
            return fail(Code::Conflict, named + " asks for nothing that could be met; write its requirement first, as a statement that can be tested.");
        if (reason.empty() && (*to == PatternState::Met || *to == PatternState::Dropped))
            return fail(Code::Invalid, *to == PatternState::Met ? "Say what shows that it is met: --reason." : "Say why it is dropped: --reason.");
        return Decision{{events::PatternTurned{p->number, *to, reason, by}}, "pattern/" + std::to_string(p->number), {}};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about actions or patterns.");
    }
};

} // namespace

Error noFactor(const std::string &id, const TaxonomyFactor *retired)
{
    if (retired)
        return {Code::Conflict, "The factor " + id + " is retired; choose another: quarterdeckctl get taxonomy", {}};
    return {Code::NotFound, "The taxonomy has no factor \"" + safeLine(id, 60) + "\"; quarterdeckctl get taxonomy lists them.", {}};
}

Result<Decision> decideActions(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingActions{state, by, now}, command);
}

} // namespace qd::desk
