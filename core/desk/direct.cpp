// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/direct.h"

#include "core/base/ascii.h"
#include "core/base/numberbehind.h"
#include "core/base/safetext.h"
#include "core/desk/decide.h"
#include "core/desk/effects.h"
#include "core/desk/react.h"
#include "core/oncall/escalation.h"

#include <algorithm>

namespace qd::desk {

using state::Escalation;
using state::State;

namespace {

constexpr std::string_view kTestPrefix = "test/";
constexpr std::size_t kCallsNamed = 20; ///< of an answer

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
        const std::uint32_t number = numberBehind(kCallPrefix, key);
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

std::optional<std::string> callAnswered(std::string_view text)
{
    const auto word = [&text] {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
        const std::string_view taken = text.substr(0, text.find_first_of(" \t\r\n"));
        text.remove_prefix(taken.size());
        return std::string(taken);
    };
    if (asciiLower(word()) != "!ack")
        return std::nullopt;
    const std::string key = asciiLower(word());
    if (key.empty() || key.starts_with(kCallPrefix) || key.starts_with(kTestPrefix))
        return key;
    if (key.starts_with("inc-"))
        return "INC-" + key.substr(4);
    if (std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return key;
    return std::nullopt; // an alert
}

events::Events obeyDirect(const State &state, const events::MessageSeen &m, Instant now)
{
    if (!m.incident.empty() || !m.room.empty() || m.person.empty() || !m.verified || m.own || m.replayed || m.kind != events::MessageKind::Message)
        return {};
    const auto key = callAnswered(m.text);
    if (!key)
        return {};
    Gate gate(state);
    const auto refuse = [&](const std::string &reason) {
        events::Events out{events::ChatCommandRefused{{}, m.sender, m.text, reason}};
        append(out, gate.answer(m, "Not done: " + reason));
        return out;
    };
    if (isTooOld(m, now))
        return refuse("the message is older than 5 minutes");
    if (key->starts_with(kTestPrefix)) {
        const auto answered = decide(state, AnswerTestPage{numberBehind(kTestPrefix, *key)}, {m.person, Path::Chat}, now);
        if (!answered)
            return refuse(answered.error().message);
        events::Events out = answered->events;
        append(out, gate.answer(m, "Your answer arrived: " + *key + " is recorded as answered by " + state.workspace->nameOf(m.person) + "."));
        return out;
    }
    const auto meant = callsNamed(state, *key, m.person);
    if (!meant)
        return refuse(meant.error().message);
    events::Events out;
    std::string named, refusal;
    std::size_t n = 0;
    for (const Escalation *x : *meant) {
        auto answered = decide(state, AcknowledgeEscalation{x->number}, {m.person, Path::Chat}, now);
        if (!answered) {
            refusal = answered.error().message;
            continue;
        }
        append(out, std::move(answered->events));
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
