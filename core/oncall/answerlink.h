// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>

namespace qd::oncall {

/// What a link in a page is good for now. It answers one call for one person, once; with the call it ends.
struct Answering {
    enum class Kind { Unknown, Open, Answered, Over };
    Kind kind = Kind::Unknown;
    std::uint32_t escalation = 0;
    std::string person, name, incident, about, severity;
    std::string sentence; ///< for who opened it: what it does, or why it does nothing
};

/// `hash`: SHA-256 of the link's token, hex. Pure.
[[nodiscard]] Answering answering(const state::State &state, std::string_view hash);

} // namespace qd::oncall
