// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qd {

/// The closed sets of the trade, with the words used everywhere: code, screens, JSON, command line.
/// Numbers are written to the journal: never reuse or reorder one.

enum class AlertSeverity : std::uint8_t { Unknown = 0, None = 1, Info = 2, Warning = 3, Error = 4, Critical = 5 };
enum class AlertStatus : std::uint8_t { Firing = 0, Resolved = 1 };
enum class Workflow : std::uint8_t { New = 0, Acknowledged = 1, Assigned = 2 };
enum class Suppression : std::uint8_t { None = 0, Silenced = 1, Inhibited = 2, Maintenance = 3, Snoozed = 4, Shelved = 5 };
enum class IncidentSeverity : std::uint8_t { Sev1 = 1, Sev2 = 2, Sev3 = 3, Sev4 = 4, Sev5 = 5 };
enum class IncidentStatus : std::uint8_t { Triage = 0, Active = 1, Mitigated = 2, Resolved = 3, Closed = 4, Cancelled = 5, Merged = 6 };
enum class Role : std::uint8_t {
    Commander = 0, Deputy = 1, Scribe = 2, Communications = 3, Liaison = 4, Expert = 5, Responder = 6, Observer = 7, Reporter = 8
};
enum class DependencyKind : std::uint8_t { Hard = 0, Soft = 1, Async = 2 };
enum class Delivery : std::uint8_t { Queued = 0, Sent = 1, Confirmed = 2, Unknown = 3, Failed = 4 };
/// What was found on the other side, when something that may have been sent was looked for there: NotYet: it was not looked for.
enum class Looked : std::uint8_t { NotYet = 0, Found = 1, Absent = 2, CannotTell = 3 };
enum class RunMode : std::uint8_t { Beside = 0, Desk = 1, Solo = 2 };
enum class PrivateRooms : std::uint8_t { Restricted = 0, Always = 1, Never = 2 }; ///< of incidents that touch restricted data, of all, of none
enum class Paging : std::uint8_t { Observe = 0, Assist = 1, Own = 2 };

/// The word, as in vocabulary.md: "critical", "firing", "SEV2", "Incident Commander" …
[[nodiscard]] std::string_view word(AlertSeverity v);
[[nodiscard]] std::string_view word(AlertStatus v);
[[nodiscard]] std::string_view word(Workflow v);
[[nodiscard]] std::string_view word(Suppression v);
[[nodiscard]] std::string_view word(IncidentSeverity v);
[[nodiscard]] std::string_view word(IncidentStatus v);
[[nodiscard]] std::string_view word(Role v);
[[nodiscard]] std::string_view word(DependencyKind v);
[[nodiscard]] std::string_view word(Delivery v);
[[nodiscard]] std::string_view word(Looked v); ///< "", "found", "absent", "cannot tell"
[[nodiscard]] std::string_view word(RunMode v);
[[nodiscard]] std::string_view word(PrivateRooms v);
[[nodiscard]] std::string_view word(Paging v);

/// The value of a word, not minding case; nothing when it is none of them.
template <typename E>
[[nodiscard]] std::optional<E> fromWord(std::string_view text);

template <> std::optional<AlertSeverity> fromWord(std::string_view text);
template <> std::optional<AlertStatus> fromWord(std::string_view text);
template <> std::optional<Workflow> fromWord(std::string_view text);
template <> std::optional<Suppression> fromWord(std::string_view text);
template <> std::optional<IncidentSeverity> fromWord(std::string_view text);
template <> std::optional<IncidentStatus> fromWord(std::string_view text);
template <> std::optional<Role> fromWord(std::string_view text);
template <> std::optional<DependencyKind> fromWord(std::string_view text);
template <> std::optional<Delivery> fromWord(std::string_view text);
template <> std::optional<RunMode> fromWord(std::string_view text);
template <> std::optional<Paging> fromWord(std::string_view text);

/// The default severity map of the field: page, p1, crit, fatal … → critical; high, p2, err → error; warn, minor, p3 →
/// warning; info, p4, p5, notice → info; none → none; anything else → unknown (shown, never dropped).
[[nodiscard]] AlertSeverity severityFromText(std::string_view text);

} // namespace qd
