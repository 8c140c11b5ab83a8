// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"

#include "core/base/safetext.h"
#include "core/command/poll.h"

#include <algorithm>

namespace qd::desk {

using state::Incident;
using state::State;

namespace {

constexpr Span kMomentAhead = minutes(1); ///< clocks differ a little; a key moment is never in the future
constexpr std::string_view kMomentKinds[] = {"key", "detection", "diagnosis", "repair"};

struct DecidingPolls {
    const State &state;
    const events::Actor &by;
    Instant now;

    Result<Decision> operator()(const MarkMoment &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (c.moment != 0) {
            const auto &all = (*i)->moments;
            const auto m = std::find_if(all.begin(), all.end(), [&](const state::KeyMoment &each) { return each.number == c.moment; });
            if (m == all.end() || m->withdrawnAt)
                return fail(Code::NotFound, (*i)->id + " has no moment " + std::to_string(c.moment) + (m == all.end() ? "." : " any more."));
            return Decision{{events::MomentMarked{(*i)->id, {}, m->kind, {}, m->number, m->at, true, by}}, "moment/" + std::to_string(m->number)};
        }
        const auto text = textOf(c.text, "moment");
        if (!text)
            return tl::unexpected(text.error());
        const std::string kind = c.kind.empty() ? "key" : c.kind;
        if (std::find(std::begin(kMomentKinds), std::end(kMomentKinds), kind) == std::end(kMomentKinds))
            return fail(Code::Invalid, "\"" + safeLine(kind, 40) + "\" is no kind of moment; it is key, detection, diagnosis or repair.");
        Instant at = now;
        if (!c.at.empty()) {
            const auto t = parseInstant(c.at);
            if (!t)
                return tl::unexpected(t.error());
            at = *t;
        }
        if (at > now + kMomentAhead)
            return fail(Code::Invalid, "A moment that is marked has happened; " + toRfc3339(at) + " has not yet.");
        if ((*i)->moments.size() >= state::kMomentsKept)
            return fail(Code::TooLarge, (*i)->id + " has " + std::to_string(state::kMomentsKept) + " moments marked already.");
        const auto n = static_cast<std::uint32_t>((*i)->moments.size() + 1);
        return Decision{{events::MomentMarked{(*i)->id, *text, kind, safeLine(c.about, 200), n, at, false, by}}, "moment/" + std::to_string(n)};
    }
    Result<Decision> operator()(const AskPoll &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (!(*i)->isOpen())
            return tl::unexpected(notOpen(**i));
        const auto question = textOf(c.question, "question");
        if (!question)
            return tl::unexpected(question.error());
        Instant due;
        if (!c.due.empty()) {
            const auto span = parseSpan(c.due);
            const auto at = span ? Result<Instant>(now + *span) : parseInstant(c.due);
            if (!at)
                return fail(Code::Invalid, "\"" + safeLine(c.due, 60) + "\" is no time; write 10m, or 2026-12-01T12:00:00Z.");
            due = *at;
        }
        auto e = command::ask(state, **i, *question, c.people, by, due, now);
        if (!e)
            return tl::unexpected(e.error());
        const std::string id = "poll/" + std::to_string(e->poll);
        return Decision{{std::move(*e)}, id};
    }
    Result<Decision> operator()(const AnswerPoll &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (const auto ok = bounded({{c.text, "answer"}}); !ok)
            return tl::unexpected(ok.error());
        auto e = command::answer(state, **i, c.poll, c.answer, cleanText(c.text), c.person, by);
        if (!e)
            return tl::unexpected(e.error());
        Decision d{{}, "poll/" + std::to_string(e->poll), {}};
        if (e->person != by.person) {
            const auto poll = std::find_if((*i)->polls.begin(), (*i)->polls.end(), [&](const state::Poll &p) { return p.number == e->poll; });
            const state::PollAnswer *before = poll == (*i)->polls.end() ? nullptr : poll->answerOf(e->person);
            const bool own = before && before->by.empty(), differs = before && (before->go != e->go || (before->ownAt && before->ownGo != e->go));
            std::string note = "Written down as " + state.workspace->nameOf(e->person) + "'s word, by you.";
            if (differs && (own || before->ownAt))
                note += " They said " + std::string((own ? before->go : before->ownGo) ? "go" : "no-go") + " themselves; both are kept and shown.";
            d.notes.push_back(std::move(note));
        }
        d.events.emplace_back(std::move(*e));
        return d;
    }
    Result<Decision> operator()(const ClosePoll &c) const
    {
        const auto i = incidentMeant(state, c.incident);
        if (!i)
            return tl::unexpected(i.error());
        if (const auto ok = bounded({{c.reason, "reason"}}); !ok)
            return tl::unexpected(ok.error());
        auto e = command::close(**i, c.poll, cleanText(c.reason), c.withdraw, by);
        if (!e)
            return tl::unexpected(e.error());
        const std::string id = "poll/" + std::to_string(e->poll);
        return Decision{{std::move(*e)}, id};
    }
    template <typename Other>
    Result<Decision> operator()(const Other &) const
    {
        return fail(Code::Internal, "This command is not about moments or polls.");
    }
};

} // namespace

Result<Decision> decidePolls(const State &state, const Command &command, const events::Actor &by, Instant now)
{
    return visit(DecidingPolls{state, by, now}, command);
}

} // namespace qd::desk
