// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/direct.h"

#include "core/base/safetext.h"
#include "core/comms/chatcommand.h"
#include "core/desk/decide.h"
#include "core/desk/effects.h"
#include "core/desk/react.h"
#include "core/oncall/escalation.h"

#include <algorithm>
#include <charconv>

namespace qd::desk {

using state::Escalation;
using state::State;

namespace {

constexpr std::string_view kCallPrefix = "escalation/";
constexpr std::string_view kTestPrefix = "test/";
constexpr std::size_t kCallsNamed = 20; ///< of an answer

/// "escalation/3" → 3; 0: there is no number.
std::uint32_t numberOf(const std::string &key, std::string_view prefix)
{
    std::uint32_t number = 0;
    const char *first = key.data() + prefix.size(), *last = key.data() + key.size();
    const auto [end, error] = std::from_chars(first, last, number);
    return error == std::errc() && end == last ? number : 0;
}

std::string callWords(const Escalation &x)
{
    return (x.incident.empty() ? std::string(kCallPrefix) + std::to_string(x.number) : x.incident) + " (" + safeLine(x.about, 120) + ")";
}

/// Whether this person is called by it now, or would be told with the next bundle. What is only observed calls nobody.
bool calls(const Escalation &x, const std::string &person)
{
    return x.isRunning() && !x.observed && std::find(x.answeredBy.begin(), x.answeredBy.end(), person) == x.answeredBy.end()
        && std::any_of(x.steps.begin(), x.steps.end(), [&](const state::Step &s) { return std::find(s.people.begin(), s.people.end(), person) != s.people.end(); });
}

Result<std::vector<const Escalation *>> callsNamed(const State &state, const std::string &key, const std::string &person)
{
    std::vector<const Escalation *> out;
    if (key.empty()) {
        for (const Escalation &x : state.escalations)
            if (calls(x, person))
                out.push_back(&x);
        if (out.empty())
            return fail(Code::NotFound, "nothing calls you now; name what you mean: !ack INC-7 or !ack escalation/3");
        return out;
    }
    if (key.starts_with(kCallPrefix)) {
        const std::uint32_t number = numberOf(key, kCallPrefix);
        if (number == 0 || number > state.escalations.size())
            return fail(Code::NotFound, "there is no call " + safeLine(key, 60));
        out.push_back(&state.escalations[number - 1]);
        return out;
    }
    const auto incident = incidentMeant(state, key);
    if (!incident)
        return tl::unexpected(incident.error());
    for (const Escalation &x : state.escalations)
        if (x.isRunning() && x.incident == (*incident)->id)
            out.push_back(&x);
    if (out.empty())
        return fail(Code::NotFound, "nobody is being called for " + (*incident)->id);
    return out;
}

} // namespace

events::Events obeyDirect(const State &state, const events::MessageSeen &m, Instant now)
{
    if (!m.incident.empty() || !m.room.empty() || m.person.empty() || !m.verified || m.own || m.replayed || m.kind != events::MessageKind::Message)
        return {};
    const auto parsed = comms::parseChatCommand(m.text, lineContext(*state.workspace, now));
    if (parsed && !*parsed)
        return {};
    Gate gate(state);
    const auto refuse = [&](const std::string &reason) {
        events::Events out{events::ChatCommandRefused{{}, m.sender, m.text, reason}};
        append(out, gate.answer(m, "Not done: " + reason));
        return out;
    };
    if (m.serverTime && now - m.serverTime > kCommandAge)
        return refuse("the message is older than 5 minutes");
    if (!parsed)
        return refuse(parsed.error().message);
    const comms::ChatCommand &c = **parsed;
    if (c.kind != comms::ChatCommand::Kind::Ack)
        return refuse("here, between the two of us, only !ack is understood: !ack alone answers all that calls you, !ack INC-7 or !ack escalation/3 one. "
                      "Everything else goes into the incident's room");
    if (c.key.starts_with(kTestPrefix)) {
        const auto answered = decide(state, AnswerTestPage{numberOf(c.key, kTestPrefix)}, {m.person, Path::Chat}, now);
        if (!answered)
            return refuse(answered.error().message);
        events::Events out = answered->events;
        append(out, gate.answer(m, "Your answer arrived: " + c.key + " is recorded as answered by " + state.workspace->nameOf(m.person) + "."));
        return out;
    }
    const auto meant = callsNamed(state, c.key, m.person);
    if (!meant)
        return refuse(meant.error().message);
    events::Events out;
    std::string named, refusal;
    std::size_t n = 0;
    for (const Escalation *x : *meant) {
        auto answered = oncall::acknowledge(state, x->number, {m.person, Path::Chat});
        if (!answered) {
            refusal = answered.error().message;
            continue;
        }
        out.push_back(std::move(*answered));
        if (++n <= kCallsNamed)
            named += (named.empty() ? "" : ", ") + callWords(*x);
    }
    if (out.empty())
        return refuse(refusal);
    if (n > kCallsNamed)
        named += " and " + std::to_string(n - kCallsNamed) + " more";
    append(out, gate.answer(m, "Acknowledged by " + state.workspace->nameOf(m.person) + ": " + named + "."));
    return out;
}

} // namespace qd::desk
