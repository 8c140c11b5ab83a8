// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::triage {

/// The ownership rule that decides, and how it did.
struct Owner {
    const OwnerRule *rule = nullptr;   ///< null: none matched
    std::string words;                 ///< "ownership rule payments: team="pay"", for "why"; empty without a rule
    std::vector<std::string> problems; ///< rules that could not be tried, in a sentence each; they count as not matching
};

/// The first rule all of whose matchers hold for these labels, for an incident of this severity. Pure.
[[nodiscard]] Owner ownerOf(const Workspace &workspace, const std::function<std::string_view(std::string_view)> &label, IncidentSeverity severity);

} // namespace qd::triage
