// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/model/workspace.h"
#include "core/state/state.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace qd::comms {

/// Update templates: plain text with places such as {{title}}. A place is either a variable of the live incident (the
/// names of liveVariableNames()) or a field of the template that a person fills in. The only syntax is {{name}}; no
/// sections, includes or modifiers, no HTML. The result is plain text: nothing in it is markup, and an edge that writes
/// to a platform with markup escapes it there.

inline constexpr std::size_t kBodyLimit = 16 * 1024; ///< bytes of a template's body
inline constexpr std::size_t kValueLimit = 4000;     ///< characters of one value
inline constexpr std::size_t kFieldsLimit = 32;      ///< fields of one template

/// The value of a field whose answer is not known yet. It is an answer: the update says so, in the template's own words.
inline constexpr std::string_view kNotKnown = "?";
/// The template's own words for it, else the usual ones of its language.
[[nodiscard]] std::string_view notKnownYet(std::string_view language);
[[nodiscard]] bool isNotKnown(std::string_view value);

using Values = std::map<std::string, std::string, std::less<>>;

/// The title of the pinned link that {{conference}} stands for, in small letters.
inline constexpr std::string_view kConferenceLink = "conference";

/// What the live incident offers to a template.
struct LiveIncident {
    std::string id, title, severity, status, service, commander, room;
    Instant declaredAt, nextUpdate, now;
    int alerts = 0;
    std::string conference = {}; ///< the address that is pinned as kConferenceLink
};

/// What an incident offers now; `nextUpdate` is the desk's to say.
[[nodiscard]] LiveIncident liveIncident(const state::State &state, const state::Incident &incident, Instant now);

/// id, title, severity, status, service, commander, room, declared_at, next_update, now, elapsed, alerts, conference.
[[nodiscard]] const std::vector<std::string> &liveVariableNames();

/// The incident as values. Times are "14:40 UTC", with the date in front when it is not the day of `now`; what the
/// incident does not have is empty. Its status and how long it goes on are in the words of `language`.
[[nodiscard]] Values liveVariables(const LiveIncident &incident, std::string_view language = "en");

/// The template as its audience reads it: its body, its words for what is not known yet and what its fields are asked for with in the audience's language, where
/// it has a body in that, else in its own. `language` says which it is.
[[nodiscard]] UpdateTemplate spokenTo(const Workspace &workspace, const UpdateTemplate &update);

/// The names of the places in a body, in order of first use. Refused: anything between braces that is not a plain name,
/// an unclosed place, an HTML tag, a body over kBodyLimit.
[[nodiscard]] Result<std::vector<std::string>> placesOf(std::string_view body);

/// What loading a workspace checks: placesOf(body) holds, field names are well formed and not repeated, and every place
/// is a field or a live variable.
[[nodiscard]] Result<void> check(const UpdateTemplate &update);

/// The text to send. Refused: what check refuses, a value for something that is no field, a value over kValueLimit, a
/// required field without a value, a live variable in use that is empty, a text over the template's limit. kNotKnown is a value. A field with the name of a live variable starts
/// with its value. Values are made safe text and are never read as template syntax.
[[nodiscard]] Result<std::string> render(const UpdateTemplate &update, const Values &live, const Values &set);

/// What heads an update of this kind where its template says nothing: for ourselves "SEV1 INC-7: title", for everybody else what says nothing of ours, "Shop: Report
/// to the regulator". At most kHeadingBytes, one line.
inline constexpr std::size_t kHeadingBytes = 200;
[[nodiscard]] std::string headingOf(const Workspace &workspace, const UpdateTemplate *update, AudienceKind kind, const state::Incident &incident);
/// The same of this template: its `subject` filled in as render() fills its body. Refused as there.
[[nodiscard]] Result<std::string> headingOf(const Workspace &workspace, const UpdateTemplate &update, const state::Incident &incident, const Values &live, const Values &set);

/// The text as far as it goes, for a preview while typing: what is missing shows as [hint].
struct Preview {
    std::string text;
    std::vector<std::string> missing; ///< names of required fields and live variables that are empty
    std::vector<std::string> unknown; ///< names of fields that are said not to be known yet
    std::string problem;              ///< why render would refuse; empty when it would not
};
[[nodiscard]] Preview preview(const UpdateTemplate &update, const Values &live, const Values &set);

} // namespace qd::comms
