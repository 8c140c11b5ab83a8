// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/clearance.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::control {

/// An answer as its reader may have it.
struct Cleared {
    std::string json;
    std::vector<std::string> shown; ///< the incidents ("console": none) of which it shows what is restricted: recorded before it is told
};

/// Every text of the answer is sealed for who asked, and, where they look as somebody else, for that one too: nobody sees more by it. An object that names
/// an incident is about it, with all in it. `incidents`: the answer tells what is in the incidents it names; restricted ones are shown by it.
[[nodiscard]] Cleared clearedFor(const state::State &state, const std::string &json, const std::string &person, const std::optional<governance::Place> &as, bool incidents);

/// The answer of a method that tells of incidents by naming them, though it is no list.
[[nodiscard]] bool namesIncidents(std::string_view method);
/// Whether a method can be asked as it would read for somebody else (`viewAs`).
[[nodiscard]] bool canBeViewedAs(std::string_view method);

} // namespace qd::control
