// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/workspace.h"
#include "core/workspace/problems.h"

#include <string>
#include <vector>

namespace qd::workspace {

/// What a reference may name.
enum class Kind { Person, Team, Policy, Service, Schedule, PersonOrTeam, Target, Audience, Interval, Business };

/// A name somewhere in the files that something must have.
struct Reference {
    Kind kind = Kind::Person;
    std::string id, by; ///< by: what refers to it, for people: "team platform"
    Place place;
};

/// A name and where it was given.
struct Given {
    std::string id;
    Place place;
};

/// Values as read, each sound by itself, with what the whole still has to be checked for.
struct Draft {
    Workspace workspace;
    bool hasSettings = false, hasMatrix = false, hasReview = false, hasTaxonomy = false, hasCost = false;
    std::vector<Reference> references;
    std::vector<Given> people, teams, services, policies, groups, severities, templates, schedules, owners, inhibitions, maintenance,
        correlations, routes, intervals, heartbeats, folds, pages, business, approvals, holding, recipients, rights, slas, clearances, factors; ///< aligned with the workspace's lists
    std::vector<Given> aliases, addresses;
};

/// Adds what one file says to the draft. `file` is its place in name order.
void read(const std::string &text, std::uint32_t file, Draft &draft, Problems &problems);

/// What only shows in the whole: ids given twice, references to nothing, empty teams that would be called.
void checkWhole(Draft &draft, Problems &problems);

/// The languages the console's own words for others are in (core/comms): what pages speak, audiences and recipients read, texts are given in beside their first.
inline constexpr const char *kLanguages[] = {"en", "de"};

/// The audiences there are when settings name none, and the places every template may use (core/comms knows their values).
[[nodiscard]] const std::vector<std::string> &usualAudiences();
[[nodiscard]] const std::vector<std::string> &livePlaces();

/// "name{op}value" with =, !=, =~ or !~ and an optionally quoted value; patterns must be sound RE2.
[[nodiscard]] Result<Matcher> parseMatcher(const std::string &text);

/// Checks the {{places}} of a body against the template's fields. Empty when there is nothing to say.
[[nodiscard]] std::string problemOfTemplate(const UpdateTemplate &update);

} // namespace qd::workspace
