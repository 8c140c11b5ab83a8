// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/workspace.h"

#include <string>
#include <string_view>
#include <vector>

/// People, teams, schedules and escalation policies of other on-call tools, in our words. Bytes to values; nothing here writes a file.
namespace qd::workspace {

inline constexpr std::size_t kOnCallLimit = 16u << 20;  ///< bytes of an export
inline constexpr std::size_t kOnCallThings = 10'000;    ///< of a kind

struct OnCallImport {
    std::vector<Person> people;         ///< those the workspace has not
    std::vector<Team> teams;
    std::vector<Schedule> schedules;
    std::vector<Policy> policies;
    std::vector<Service> services;      ///< of tools that have them; each observes only
    std::vector<OwnerRule> owners;      ///< whose a service is, where its team does not say it
    std::vector<std::string> known;     ///< "ana is ana.amsel@corp.example": people the workspace has already
    std::vector<std::string> untranslated; ///< for people, one line each: what has no meaning here, and what is done instead
};

enum class OnCallTool { GrafanaOnCall, Opsgenie, GoAlert, PagerDuty };

/// The answers of the tool's own API, put together into one JSON object; which members it may have says README.md. Who is in `now` by
/// mail address, id or name is that person; ids are made of names and differ from all that are taken. What lies before `at` is left out.
/// Errors: TooLarge for more than the limits, Invalid for what is no such export.
[[nodiscard]] Result<OnCallImport> readOnCall(OnCallTool tool, std::string_view json, const Workspace &now, Instant at);

/// `now` without what a file of ours made: importing again takes its place.
[[nodiscard]] Workspace without(Workspace now, const std::string &toml);

/// It as a file of the workspace.
[[nodiscard]] std::string toToml(const OnCallImport &import, const std::string &from);

} // namespace qd::workspace
