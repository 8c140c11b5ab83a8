// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <optional>
#include <string>
#include <vector>

/// By which ways a person can be reached. Pure over a State.
namespace qd::oncall {

/// One way to one person, as people.toml and the connections have it now.
struct Channel {
    std::string word;       ///< "chat", "mention", "mention:ROOM", "mail", "webhook:NAME"
    std::string connection; ///< the one it goes through; empty: none is armed for it
    std::string address;    ///< theirs there; a webhook may need none; of a mention the room's
    std::string trouble;    ///< why it would not reach them now, one sentence; empty: nothing is known against it
    std::vector<std::string> mentions = {}; ///< of a mention: theirs in that room
    [[nodiscard]] bool isUsable() const { return !connection.empty(); }
};

/// What somebody is to be reached for. What is no call is for them alone, and never said in a room.
struct Occasion {
    bool isCall = false;
    const state::Incident *incident = nullptr; ///< in whose rooms a mention is made
};

/// In the order they are tried: the person's own `channels`, else chat, mail, then their webhooks, as far as there are addresses. A mention is made
/// only for who asks for it.
[[nodiscard]] std::vector<Channel> channelsOf(const state::State &state, const Person &person, const Occasion &occasion = {});

/// Every address of theirs at a chat connection: as the workspace has it, and bound since. Whoever has none commands nothing there.
[[nodiscard]] std::vector<std::string> addressesAt(const state::State &state, const Person &person, const Connection &connection);

/// The first channel nothing is known against, else the first through which it can be tried at all; those through `tried` are
/// left out. What was passed over, and why, is added to `because`.
[[nodiscard]] std::optional<Channel> chooseChannel(const state::State &state, const Person &person, const std::vector<std::string> &tried,
                                                   events::Because &because, const Occasion &occasion = {});

/// A person's address on a chat platform, by the workspace or by a word they said from it; "" when none is bound.
[[nodiscard]] std::string addressAt(const state::State &state, const Person &person, const Connection &connection);

/// Whether people.toml names any way to reach them, whatever is connected.
[[nodiscard]] bool hasAddress(const Person &person);

} // namespace qd::oncall
