// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/workspace.h"

#include <string>
#include <vector>

namespace qd::workspace {

/// What an Alertmanager's configuration says, in our words.
struct AlertmanagerConfig {
    std::vector<Route> routes;
    std::vector<InhibitionRule> inhibitions;
    std::vector<TimeInterval> intervals;
    std::vector<std::string> untranslated; ///< for people, one line each: what has no meaning here, and what is done instead
};

inline constexpr std::size_t kYamlLimit = 1024 * 1024; ///< bytes
inline constexpr std::size_t kYamlAliases = 100;
inline constexpr std::size_t kYamlNodes = 100'000;      ///< visited, aliases followed
inline constexpr std::size_t kYamlDepth = 64;

/// Reads alertmanager.yml (0.25 and what came before): route, inhibit_rules, time_intervals and mute_time_intervals; matchers in
/// the old and the new form. Errors: TooLarge for more than the limits, Invalid with the line for what is no such file or would
/// be refused by Alertmanager itself. Everything else there is comes back in `untranslated`.
[[nodiscard]] Result<AlertmanagerConfig> parseAlertmanagerConfig(const std::string &yaml);

/// It as a file of the workspace; reads back as what was given.
[[nodiscard]] std::string toToml(const AlertmanagerConfig &config, const std::string &from);

/// One or more matchers in Alertmanager's form: {name="value", other=~'…'} (pkg/labels/parse.go).
[[nodiscard]] Result<std::vector<Matcher>> parseAlertmanagerMatchers(const std::string &text);

} // namespace qd::workspace
