// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/amounts.h"
#include "core/base/clocktext.h"
#include "core/base/safetext.h"
#include "core/review/participants.h"

#include <algorithm>

/// What people say to a review; what it is talked over, signed and counted in.
namespace qd::desk {

using state::Debrief;
using state::Incident;
using state::State;

namespace {

constexpr std::size_t kAttendedMost = 200;
constexpr std::uint32_t kBestScore = 5;
constexpr std::size_t kSaidForOne = 50; ///< contributions of one person

std::string howToSayIt(const Incident &i)
{
    return "quarterdeckctl review feedback " + i.id + " 1 (badly) to 5 (well) and, if you like, a text.";
}

/// What is learnt of an incident that became part of another belongs there.
Result<const Incident *> countedIn(const State &state, const std::string &id)
{
    const auto i = reviewMeant(state, id);
    if (i && (*i)->status == IncidentStatus::Merged)
        return fail(Code::Conflict, (*i)->id + " is part of " + (*i)->merged.into + "; what is learnt of it belongs to the review there.");
    return i;
}

struct DecidingDebrief {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const HoldMeeting &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        if (const auto may = mayLeadReview(state, i, by, "say who was at the meeting", now); !may)
            return tl::unexpected(may.error());
        if (i.review.phase == ReviewPhase::Closed)
            return fail(Code::Conflict, "The review of " + i.id + " is closed; turn it back first.");
        if (c.people.empty())
            return fail(Code::Invalid, "Say who was at the meeting: their ids, as in people.toml.");
        if (c.people.size() > kAttendedMost)
            return fail(Code::TooLarge, "A meeting lists at most " + std::to_string(kAttendedMost) + " people.");
        events::MeetingHeld e{i.id, i.review.meeting && i.review.meeting <= now ? i.review.meeting : now, {}, by};
        if (!c.at.empty()) {
            const auto at = parseInstant(c.at);
            if (!at)
                return tl::unexpected(at.error());
            if (*at > now || *at < i.review.openedAt)
                return fail(Code::Invalid, "The meeting of a review lies between its opening (" + dayClockText(i.review.openedAt) + ") and now.");
            e.at = *at;
        }
        const auto took = review::participants(state, i);
        for (const std::string &person : c.people) {
            if (!state.workspace->person(person) && !review::hadPart(took, person))
                return fail(Code::NotFound, "There is no person \"" + safeLine(person, 60) + "\" in the workspace.");
            if (std::find(e.people.begin(), e.people.end(), person) == e.people.end())
                e.people.push_back(person);
        }
        return Decision{{std::move(e)}, i.id, {}};
    }
    /// What somebody has to say to it is kept beside what was said for them before: nobody's words are written over, by nobody.
    Result<Decision> operator()(const Contribute &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const state::Review &r = i.review;
        if (r.phase == ReviewPhase::Closed)
            return fail(Code::Conflict, "The review of " + i.id + " is closed; turn it back first.");
        const std::string person = c.person.empty() ? by.person : safeLine(c.person, 100);
        const bool isAsked = std::find(r.people.begin(), r.people.end(), person) != r.people.end();
        if (!state.workspace->person(person) && !isAsked && person != by.person)
            return tl::unexpected(noPerson(person));
        const bool isDelegate = person != by.person && !by.person.empty() && r.delegateOf(person) == by.person;
        if (person != by.person && !isDelegate)
            if (const auto may = mayLeadReview(state, i, by, "speak for " + state.workspace->nameOf(person), now); !may)
                return tl::unexpected(may.error());
        if (c.text.size() > kContributionBytes)
            return fail(Code::TooLarge, "A contribution is at most " + std::to_string(kContributionBytes) + " bytes.");
        const std::string text = trimmed(safeText(c.text, kContributionBytes));
        if (text.empty() == c.delegate.empty())
            return fail(Code::Invalid, "A contribution is what somebody writes, or whom they name to speak for them (--delegate): one of the two.");
        if (!c.delegate.empty()) {
            if (!state.workspace->person(c.delegate))
                return tl::unexpected(noPerson(c.delegate));
            if (c.delegate == person)
                return fail(Code::Invalid, "Nobody is their own delegate; write the contribution.");
        }
        // Who speaks for somebody stays known beside what they said.
        events::ContributionGiven e{i.id, person, text, !c.delegate.empty() ? c.delegate : isDelegate ? by.person : std::string(), by};
        Decision d{{}, "contribution/" + person, {}};
        const auto all = ofPerson(r, person);
        if (!all.empty() && all.back()->text == text && all.back()->delegate == e.delegate && all.back()->by == by.person) {
            d.notes.emplace_back("It is said already, in these words; nothing was written.");
            return d;
        }
        const bool isInItsPlace = text.empty() && std::any_of(all.begin(), all.end(), [](const state::Contribution *x) { return x->text.empty(); });
        if (all.size() >= kSaidForOne && !isInItsPlace)
            return fail(Code::TooLarge, "There are " + std::to_string(kSaidForOne) + " contributions of " + state.workspace->nameOf(person) + " already, the most of one person: none is written over for another.");
        if (r.contributions.size() >= state::kContributionsKept && !isInItsPlace)
            return fail(Code::TooLarge, "The review of " + i.id + " has " + std::to_string(state::kContributionsKept) + " contributions already, the most it keeps.");
        d.events.emplace_back(std::move(e));
        if (!r.saidFor(person).empty())
            d.notes.emplace_back("What was said for " + state.workspace->nameOf(person) + " before is kept beside it.");
        if (person == by.person && all.empty() && !i.isOpen()) // once; who answered nobody knows
            d.notes.push_back("How it was handled is asked as well, and nobody is named: " + howToSayIt(i));
        return d;
    }
    [[nodiscard]] static Error noPerson(const std::string &id) { return {Code::NotFound, "There is no person \"" + safeLine(id, 60) + "\" in the workspace.", {}}; }
    [[nodiscard]] static std::vector<const state::Contribution *> ofPerson(const state::Review &r, const std::string &person)
    {
        std::vector<const state::Contribution *> out;
        for (const state::Contribution &c : r.contributions)
            if (c.person == person)
                out.push_back(&c);
        return out;
    }
    [[nodiscard]] static std::string trimmed(std::string text)
    {
        const auto begin = text.find_first_not_of(" \t\n"), end = text.find_last_not_of(" \t\n");
        return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
    }
    Result<Decision> operator()(const SignReview &c) const
    {
        const auto meant = openReview(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        if (i.review.phase == ReviewPhase::Closed)
            return fail(Code::Conflict, "The review of " + i.id + " is closed; turn it back first.");
        const auto &all = i.review.debrief.signatures;
        const bool isSigned = std::any_of(all.begin(), all.end(), [&](const state::Signature &s) { return s.person == by.person; });
        if (c.withdraw && !isSigned)
            return fail(Code::NotFound, "You have not signed the review of " + i.id + ".");
        if (!isSigned && all.size() >= state::kSignaturesKept)
            return fail(Code::TooLarge, "The review of " + i.id + " has " + std::to_string(state::kSignaturesKept) + " signatures already, the most it keeps.");
        return Decision{{events::ReviewSigned{i.id, c.withdraw, by}}, i.id, {}};
    }
    Result<Decision> operator()(const NoteCost &c) const
    {
        const auto meant = countedIn(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        const auto &all = i.review.debrief.costs;
        const auto was = std::find_if(all.begin(), all.end(), [&](const state::Cost &x) { return x.number == c.cost; });
        if (c.cost != 0 && was == all.end())
            return fail(Code::NotFound, i.id + " has no cost " + std::to_string(c.cost) + ".");
        if (c.cost == 0 && c.withdraw)
            return fail(Code::Invalid, "Say which cost is taken back, by its number.");
        if (c.cost == 0 && all.size() >= state::kCostsKept)
            return fail(Code::TooLarge, i.id + " has " + std::to_string(state::kCostsKept) + " costs already, the most it keeps.");
        if (c.cost != 0 && c.withdraw && was->withdrawn)
            return fail(Code::Conflict, "Cost " + std::to_string(c.cost) + " of " + i.id + " is taken back already.");
        if (c.cost != 0 && !c.withdraw && !was->withdrawn && c.what.empty() && c.amount.empty())
            return fail(Code::Invalid, "Say what is different about cost " + std::to_string(c.cost) + ": how much it was, or what for.");
        if (const auto ok = bounded({{c.what, "cost"}}); !ok)
            return tl::unexpected(ok.error());
        events::CostNoted e{i.id, {}, static_cast<std::uint32_t>(all.size() + 1), 0, c.withdraw, by};
        if (c.cost != 0)
            e = {i.id, was->what, was->number, was->cents, c.withdraw, by};
        if (!c.what.empty())
            e.what = cleanText(c.what);
        if (e.what.empty())
            return fail(Code::Invalid, "Say what the money was for.");
        if (!c.amount.empty()) {
            const auto cents = moneyOf(c.amount);
            if (!cents)
                return fail(Code::Invalid, "\"" + safeLine(c.amount, 40) + "\" is no amount; write 1234.50, in the workspace's currency, at most " + moneyText(kMoneyMost) + ".");
            e.cents = *cents;
        } else if (c.cost == 0) {
            return fail(Code::Invalid, "Say how much it was: 1234.50.");
        }
        const std::string id = "cost/" + std::to_string(e.cost);
        return Decision{{std::move(e)}, id, {}};
    }
    Result<Decision> operator()(const GiveFeedback &c) const
    {
        const auto meant = countedIn(state, c.incident);
        if (!meant)
            return tl::unexpected(meant.error());
        const Incident &i = **meant;
        if (i.isOpen())
            return fail(Code::Conflict, i.id + " is " + std::string(word(i.status)) + "; how it was handled is asked once it is resolved.");
        if (c.score < 1 || c.score > kBestScore)
            return fail(Code::Invalid, "A score is 1 (badly) to 5 (well).");
        if (const auto ok = bounded({{c.text, "feedback"}}); !ok)
            return tl::unexpected(ok.error());
        const auto &all = i.review.debrief.feedback;
        if (all.size() >= state::kFeedbackKept)
            return fail(Code::TooLarge, i.id + " has " + std::to_string(state::kFeedbackKept) + " answers already, the most it keeps.");
        const bool again = c.named && std::any_of(all.begin(), all.end(), [&](const state::Feedback &f) { return f.person == by.person; });
        if (again)
            return fail(Code::Conflict, "You have said how you found " + i.id + " already.");
        const auto n = static_cast<std::uint32_t>(all.size() + 1);
        return Decision{{events::FeedbackGiven{i.id, cleanText(c.text), c.named ? by.person : std::string(), n, c.score}}, "feedback/" + std::to_string(n), {}};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about a review's contributions, meeting, signatures, costs or feedback.");
    }
};

} // namespace

Result<Decision> decideDebrief(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingDebrief{state, by, now}, command);
}

} // namespace qd::desk
