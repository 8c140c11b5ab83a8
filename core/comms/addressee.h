// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace qd::comms {

/// Whom a command is for, where its text names them by a mention of the platform: "Dana_Novak@u012ab3cd@acme.slack.com", the name that
/// was shown and the address it stands for.
struct Addressee {
    std::size_t at = 0, length = 0; ///< where it stands in the text, without the sign before it, and with full stops behind it
    std::string name, address;
};

/// The mention a command is for: of `@who task 10m`, `!task`, `!page` and `!handover`. Nothing in conversation, and nothing when a name was typed. Pure.
[[nodiscard]] std::optional<Addressee> addresseeOf(std::string_view text);

} // namespace qd::comms
