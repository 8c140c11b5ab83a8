// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::governance {

/// What a command is about: an incident and its service, an alert's service and incident, a service alone.
struct Subject {
    std::string service, incident;
    bool operator==(const Subject &) const = default;
};

/// What a command needs.
struct Need {
    Right right = Right::Administer;
    std::vector<Subject> about = {}; ///< each has to be covered; none: the console as a whole, which only a right without bounds covers
    bool somewhere = false;          ///< it is about nothing in particular, or about the asker's own doing: the right for anything is enough
    bool own = false;                ///< the asker is meant by it already: who is called answers, who is named an editor edits
    bool machines = false;           ///< a source may ask for it as well
};

/// What was ruled: by what it is allowed, or why it is not. One sentence for people, also in a room.
struct Ruling {
    bool allowed = false;
    std::string by;  ///< "right pay-command", "glass/3", "the owner of this home", "no rights are written"
    std::string why; ///< of a refusal: the role that is missing, what the asker has, and who could give it
};

/// The one place that says who may do what: for the window, the command line, chat, answer links and sources alike. Pure; default deny.
/// - The owner of the home (the user the core runs as), at the command line or in the window under no other name: everything.
/// - A workspace without a single [[right]]: everybody in it may do everything, as long as they come in as a person.
/// - Else what its rules give to the person, to their teams, or to everybody, and what they took for a time (break-glass).
/// - Sources (`via` is no person's way): only what is marked for them.
/// `doing`: what is asked for, by method: "incident.take".
[[nodiscard]] Ruling rule(const state::State &state, const events::Actor &asker, const Need &need, std::string_view doing, Instant now);

/// Whether what is bounded to these services and incidents (neither: to nothing) covers the subject.
[[nodiscard]] bool covers(const Workspace &workspace, const std::vector<std::string> &services, const std::vector<std::string> &incidents, const Subject &subject);

/// The people who administer everywhere, by id; they can give a right to somebody else.
[[nodiscard]] std::vector<std::string> administrators(const Workspace &workspace);

/// Who hears of a right somebody takes: two others, administrators first, then who may command there, then the rest.
[[nodiscard]] std::vector<std::string> twoOthers(const state::State &state, std::string_view person, const std::vector<Subject> &about);

/// An incident on what a business service with data "restricted" needs: who looks at it is recorded first.
[[nodiscard]] bool isRestricted(const Workspace &workspace, const state::Incident &incident);
/// The same of incidents of this service.
[[nodiscard]] bool isRestricted(const Workspace &workspace, std::string_view service);

/// "checkout (INC-7), payments", or "everything".
[[nodiscard]] std::string subjectsText(const std::vector<Subject> &about);

} // namespace qd::governance
