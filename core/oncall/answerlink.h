// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::oncall {

/// What a link in a page is good for now. It answers one call for one person, once, or all the calls of a bundle; with them it
/// ends. Of a test page it says that it arrived.
struct Answering {
    enum class Kind { Unknown, Open, Answered, Over };
    Kind kind = Kind::Unknown;
    std::uint32_t escalation = 0;        ///< 0: of a bundle or a test
    /// Of a bundle: every call it named, and how it stands; those that can still be answered are in `open`.
    std::vector<std::string> calls;
    std::vector<std::uint32_t> open;
    std::uint32_t test = 0;              ///< of a test page
    std::string person, name, incident, about, severity;
    std::string sentence; ///< for who opened it: what it does, or why it does nothing
};

/// `hash`: SHA-256 of the link's token, hex. Pure.
[[nodiscard]] Answering answering(const state::State &state, std::string_view hash);

} // namespace qd::oncall
