// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/answerlink.h"

#include <algorithm>

namespace qd::oncall {

namespace {

/// The calls of a bundle as they stand, and which of them are still open to this person.
void fillBundle(const state::State &state, const std::vector<std::uint32_t> &calls, Answering &out)
{
    for (const std::uint32_t number : calls) {
        if (number == 0 || number > state.escalations.size())
            continue;
        const state::Escalation &x = state.escalations[number - 1];
        const auto *i = state.incident(x.incident);
        const bool isAnswered = std::find(x.answeredBy.begin(), x.answeredBy.end(), out.person) != x.answeredBy.end();
        if (!isAnswered && x.isRunning())
            out.open.push_back(number);
        out.calls.push_back((i ? std::string(word(i->severity)) + " " + i->id : "escalation/" + std::to_string(number)) + " " + x.about
                            + (isAnswered                      ? ": answered"
                                   : x.isRunning()             ? ""
                                   : x.outcome == "acknowledged" ? ": " + state.workspace->nameOf(x.acknowledgedBy) + " answered it"
                                                                 : ": over"));
    }
    out.about = std::to_string(out.calls.size()) + (out.calls.size() == 1 ? " call" : " calls");
    if (!out.open.empty()) {
        out.kind = Answering::Kind::Open;
        out.sentence = "Say that " + out.name + " has " + (out.open.size() == 1 ? std::string("the one that is open") : "all " + std::to_string(out.open.size()) + " that are open")
            + "? Nobody else is called for these then, unless more people are asked for.";
    } else {
        out.kind = Answering::Kind::Over;
        out.sentence = "None of these calls is open any more. This link does nothing.";
    }
}

} // namespace

Answering answering(const state::State &state, std::string_view hash)
{
    Answering out;
    out.sentence = "This link answers no call. It may be mistyped, or too old.";
    const auto &links = state.pageBook.links;
    const auto link = std::find_if(links.begin(), links.end(), [&](const state::AnswerLink &l) { return l.what.hash == hash; });
    if (hash.empty() || link == links.end())
        return out;
    out.person = link->what.person;
    out.name = state.workspace->nameOf(out.person);
    if (!link->what.calls.empty()) {
        fillBundle(state, link->what.calls, out);
        return out;
    }
    if (const state::TestedPage *test = link->what.test != 0 ? state.pageBook.test(link->what.test) : nullptr) {
        out.test = test->number;
        out.about = "test page " + std::to_string(test->number) + "; nothing is wrong";
        out.kind = test->answeredAt ? Answering::Kind::Answered : Answering::Kind::Open;
        out.sentence = test->answeredAt ? out.name + " has answered this test already. Nothing more is needed here." : "Say that " + out.name + " got this test?";
        return out;
    }
    const std::uint32_t number = link->what.escalation;
    if (number == 0 || number > state.escalations.size())
        return out;
    const state::Escalation &x = state.escalations[number - 1];
    out.escalation = number;
    out.incident = x.incident;
    out.about = x.about;
    if (const auto *i = state.incident(x.incident))
        out.severity = word(i->severity);
    if (std::find(x.answeredBy.begin(), x.answeredBy.end(), out.person) != x.answeredBy.end()) {
        out.kind = Answering::Kind::Answered;
        out.sentence = out.name + " has answered this call already. Nothing more is needed here.";
    } else if (!x.isRunning()) {
        out.kind = Answering::Kind::Over;
        out.sentence = x.outcome == "acknowledged" ? state.workspace->nameOf(x.acknowledgedBy) + " answered this call. This link does nothing any more."
                                                   : "This call is over. This link does nothing any more.";
    } else {
        out.kind = Answering::Kind::Open;
        out.sentence = "Say that " + out.name + " has it? Nobody else is called for it then, unless more people are asked for.";
    }
    return out;
}

} // namespace qd::oncall
