// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"
#include "core/model/words.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::rebuild {

// What the first line of a fact says, read narrowly: where it leaves anything open there is no answer, and never a guess. Pure.

/// Of a fact of kind severity: "SEV1", "severity: 2", "P1" (a pager's priority is taken for the severity of its number); of "SEV2 → SEV1" and "from SEV2 to SEV1" the new one.
[[nodiscard]] std::optional<IncidentSeverity> severityTold(std::string_view text);
/// Of a fact of kind status: "Resolved by Omar", "Status: monitoring" (mitigated), "Investigating → Resolved". None where it is denied or to come ("not resolved yet").
[[nodiscard]] std::optional<IncidentStatus> statusTold(std::string_view text);

struct RoleTold {
    Role role = Role::Commander;
    std::string person;              ///< as the fact names them; empty: nobody has it any more, or it does not say who
    bool operator==(const RoleTold &) const = default;
};
/// Of a fact of kind role: "Incident lead: Dana", "Dana is now commander", "takes command as commander" of its actor. None where it names no role, or several.
[[nodiscard]] std::optional<RoleTold> roleTold(std::string_view text, std::string_view actor);

/// What was so at a moment, as far as files tell.
struct Standing {
    struct Held {
        std::string person;
        Instant since;
    };
    std::optional<IncidentSeverity> severity;
    std::optional<IncidentStatus> status;
    Instant statusSince = {};
    std::map<Role, Held> roles;      ///< without those of which it is not told who has them
};

/// The severity, status and roles that imported facts tell of, to be asked for by either clock. A fact of which it cannot be read what became of a thing
/// makes that thing unknown until the next that says it.
class ToldStanding {
public:
    /// Takes facts of kind severity, status and role, in any order; others are nothing to it.
    void add(std::string_view kind, std::string_view text, std::string_view actor, Instant at, Instant knownAt);
    /// What had happened by then, or (`asKnown`) what of it was known then.
    [[nodiscard]] Standing at(Instant moment, bool asKnown) const;
    /// Who had a role when, by when it happened: until the next word of the role, or for good (none).
    struct Term {
        Role role = Role::Commander;
        std::string person;
        Instant from, until;
    };
    [[nodiscard]] std::vector<Term> roles() const;

private:
    enum class About : std::uint8_t { Severity, Status, Role };
    struct Turn {
        About about = About::Severity;
        Instant at, knownAt;
        std::optional<IncidentSeverity> severity = {};
        std::optional<IncidentStatus> status = {};
        RoleTold role = {};
    };
    std::vector<Turn> m_turns;       ///< by when it happened, those of one instant as they came
};

} // namespace qd::rebuild
