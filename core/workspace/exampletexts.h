// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// What the files of a new workspace say; {id} and {name} stand for whoever makes it.
namespace qd::workspace {

extern const std::string_view kExampleSettings, kExamplePeople, kExampleTeams, kExamplePolicies, kExampleSchedules, kExampleServices;
/// templates.toml: updates, and what goes to people outside and into a review.
extern const std::string_view kExampleTemplates;

} // namespace qd::workspace
