// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/model/impact.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

/// What somebody may do, by kind. Numbers are written to the journal. Each of observe, respond and command holds the ones before it;
/// publish stands beside command and holds observe; administer holds all of them.
enum class Right : std::uint8_t { Observe = 0, Respond = 1, Command = 2, Publish = 3, Administer = 4 };
inline constexpr Right kRights[] = {Right::Observe, Right::Respond, Right::Command, Right::Publish, Right::Administer};

[[nodiscard]] std::string_view word(Right right);
template <> std::optional<Right> fromWord(std::string_view text);

/// Whether who has the one has the other with it.
[[nodiscard]] constexpr bool holds(Right has, Right wanted)
{
    if (has == wanted || has == Right::Administer || wanted == Right::Observe)
        return true;
    return has == Right::Command && wanted == Right::Respond;
}

/// What can be asked for in an incident's room: `!ack`, or as the one-line instrument says it.
inline constexpr std::string_view kChatVerbs[] = {"log", "status", "ack", "take", "object", "declare", "sev", "title", "service", "page", "task", "hypothesis", "decision",
                                                  "promise", "update", "who", "why", "handover", "accept", "decline", "resolve", "reopen", "again",
                                                  "poll", "go", "nogo", "on", "done", "message", "approve", "reject", "help"};
/// What never is: it needs a seat, whoever asks.
inline constexpr std::string_view kSeatVerbs[] = {"publish", "break-glass", "erase"};

/// One [[right]] of the workspace: these people and the members of these teams have this right, everywhere or in what is named.
struct RightRule {
    std::string id;
    Right right = Right::Observe;
    std::vector<std::string> people, teams;
    bool everybody = false;                    ///< everybody the workspace has
    std::vector<std::string> services, incidents; ///< neither: everywhere, and over the console itself
    QD_FIELDS(f(1, "id", e.id); f(2, "role", e.right); f(3, "people", e.people); f(4, "teams", e.teams); f(5, "everybody", e.everybody);
              f(6, "services", e.services); f(7, "incidents", e.incidents);)
};

/// One [[clearance]] of the workspace: up to which class these people, rooms, pages and recipients may be told. Of the rules that hold for
/// somebody the highest counts, instead of what is usual (core/governance/clearance.h).
struct ClearanceRule {
    std::string id;
    DataClass level = DataClass::Internal;
    std::vector<std::string> people, teams;
    bool everybody = false;                    ///< everybody the workspace has
    std::vector<std::string> rooms;            ///< addresses
    std::vector<std::string> connections;      ///< all that goes through them: rooms, calls, notes
    std::vector<std::string> pages, recipients, audiences; ///< ids
    std::vector<std::string> services, incidents; ///< neither: everywhere
    QD_FIELDS(f(1, "id", e.id); f(2, "class", e.level); f(3, "people", e.people); f(4, "teams", e.teams); f(5, "everybody", e.everybody);
              f(6, "rooms", e.rooms); f(7, "connections", e.connections); f(8, "pages", e.pages); f(9, "recipients", e.recipients);
              f(10, "audiences", e.audiences); f(11, "services", e.services); f(12, "incidents", e.incidents);)
};

} // namespace qd
