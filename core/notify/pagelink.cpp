// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/pagelink.h"

#include "core/base/encoding.h"

#include <charconv>

namespace qd::notify {

namespace {

constexpr std::string_view kAnswerPath = "/answer/"; ///< the app serves it
constexpr std::string_view kTestSubject = "test/";

std::uint32_t testOf(const events::OutboxQueued &what)
{
    std::uint32_t number = 0;
    if (what.subject.starts_with(kTestSubject))
        std::from_chars(what.subject.data() + kTestSubject.size(), what.subject.data() + what.subject.size(), number);
    return number;
}

} // namespace

bool wantsAnswerLink(const events::OutboxQueued &what, const Workspace &workspace)
{
    // A link is good for whoever opens it: never where others read.
    return what.effect == events::Effect::Page && what.mentions.empty() && (what.escalation != 0 || !what.calls.empty() || testOf(what) != 0) && !workspace.publicUrl.empty()
        && workspace.person(what.person);
}

std::string answerWord(const events::OutboxQueued &what)
{
    // In a room too: whoever presses it says it for themselves, by their own right.
    if (what.effect != events::Effect::Page && what.effect != events::Effect::Post)
        return {};
    if (testOf(what) != 0)
        return what.effect == events::Effect::Page ? "!ack " + what.subject : std::string();
    // Of this call, not of whatever calls when it is pressed: a button stands for as long as the message does.
    return what.escalation == 0 ? std::string() : "!ack escalation/" + std::to_string(what.escalation);
}

PageLink makeAnswerLink(const events::OutboxQueued &what, const Workspace &workspace, Random &random)
{
    Bytes bytes(kTokenBytes);
    random.fill(bytes);
    const std::string token = toHex(bytes);
    return {Secret(workspace.publicUrl + std::string(kAnswerPath) + token),
            {what.number, what.escalation, what.incident, what.person, sha256Hex(token), what.calls, testOf(what)}};
}

} // namespace qd::notify
