// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::triage {

/// The ownership rule that decides, and how it did.
struct Owner {
    const OwnerRule *rule = nullptr;   ///< null: none matched
    std::string words;                 ///< "ownership rule payments: team="pay"", for "why"; empty without a rule
    std::vector<std::string> problems; ///< rules that could not be tried, in a sentence each; they count as not matching
    std::vector<std::string> ruledOut; ///< rules before it whose labels hold and whose severities do not, in a sentence each
};

/// The first rule all of whose matchers hold for these labels, for an incident of this severity. Without one, as for the call of an alert,
/// which has no SEV, a rule that asks for severities does not match. Pure.
[[nodiscard]] Owner ownerOf(const Workspace &workspace, const std::function<std::string_view(std::string_view)> &label, std::optional<IncidentSeverity> severity);

} // namespace qd::triage
