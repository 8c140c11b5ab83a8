// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/answerlink.h"

#include <algorithm>

namespace qd::oncall {

Answering answering(const state::State &state, std::string_view hash)
{
    Answering out;
    out.sentence = "This link answers no call. It may be mistyped, or too old.";
    const auto &links = state.pageBook.links;
    const auto link = std::find_if(links.begin(), links.end(), [&](const state::AnswerLink &l) { return l.what.hash == hash; });
    if (hash.empty() || link == links.end())
        return out;
    const std::uint32_t number = link->what.escalation;
    if (number == 0 || number > state.escalations.size())
        return out;
    const state::Escalation &x = state.escalations[number - 1];
    out.escalation = number;
    out.person = link->what.person;
    out.name = state.workspace->nameOf(out.person);
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
