// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <vector>

namespace qd::review {

/// Somebody who had to do with an incident, and as what: "Incident Commander", "settled a hypothesis", "was called for payments".
struct Participant {
    std::string person;
    std::vector<std::string> parts;      ///< roles first; each once
    bool required = false;               ///< a role, a deed or an alerting service of theirs: without their words the review is not complete
    bool acted = false;                  ///< required, and not by a service alone
};

inline constexpr std::size_t kParticipants = 200;

/// From who acted or owned: roles held and handed over, what is in the record under their name (in files: under one the workspace binds), calls they answered, and for each service
/// that alerted and none of whose team acted, who was called for it or else its team's first; of those that became part of it as well (withMerged). Who only wrote in chat took part and is not required.
/// Somebody may be nobody of the workspace any more. Those required first, then by id. Pure.
[[nodiscard]] std::vector<Participant> participants(const state::State &state, const state::Incident &incident);
/// A line that says what a person did here: at the console, by an answer link, or in chat under an address that is bound to them. Not one of elsewhere, nor of its review.
[[nodiscard]] bool isOfAPerson(const state::State &state, const state::Entry &line);
/// Somebody a file names, of an incident that was run elsewhere: nobody of the workspace by that, whatever they are called.
struct NamedByFile {
    std::string name, origin;            ///< origin: the first that names them
};
/// Each name once, in the order of the record, kParticipants at most; not who is somebody of ours (boundTo), nor what is a tool's: whoever fires alerts, and what is
/// called as its file is. Pure.
[[nodiscard]] std::vector<NamedByFile> namedByFiles(const state::State &state, const state::Incident &incident);
/// Who of the workspace somebody in a file is: where it says what they are called elsewhere, and never because a name or an id there reads the same. None: nobody.
[[nodiscard]] const Person *boundTo(const Workspace &workspace, std::string_view actor);
[[nodiscard]] std::vector<std::string> requiredPeople(const std::vector<Participant> &all);
/// Without their words the review of this incident is not complete. Who is called by a service of ours had no part by that in what was run elsewhere.
[[nodiscard]] bool isMissed(const state::Incident &incident, const Participant &participant);
[[nodiscard]] bool hadPart(const std::vector<Participant> &all, std::string_view person);

} // namespace qd::review
