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
    std::string word;       ///< "chat", "mail", "webhook:NAME"
    std::string connection; ///< the one it goes through; empty: none is armed for it
    std::string address;    ///< theirs there; a webhook may need none
    std::string trouble;    ///< why it would not reach them now, one sentence; empty: nothing is known against it
    [[nodiscard]] bool isUsable() const { return !connection.empty(); }
};

/// In the order they are tried: the person's own `channels`, else chat, mail, then their webhooks, as far as there are addresses.
[[nodiscard]] std::vector<Channel> channelsOf(const state::State &state, const Person &person);

/// The first channel nothing is known against, else the first through which it can be tried at all; those through `tried` are
/// left out. What was passed over, and why, is added to `because`.
[[nodiscard]] std::optional<Channel> chooseChannel(const state::State &state, const Person &person, const std::vector<std::string> &tried,
                                                   events::Because &because);

/// Whether people.toml names any way to reach them, whatever is connected.
[[nodiscard]] bool hasAddress(const Person &person);

} // namespace qd::oncall
