// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/base/result.h"
#include "core/base/time.h"

#include <string>
#include <vector>

namespace qd::control {

/// What the disclosed parts of one record say, readable: one JSON object an event, in the record's order:
/// {"seq":12,"at":"…Z","event":"LogWritten","incident":"INC-7", …}. The event's own fields follow by their names; those that
/// are empty, zero or false are left out, so that a newer program, which knows more fields, says the same of an old record.
/// Events of the organisation and of alerts are only named: they are no part of an incident's own record. Pure.
/// Corrupt when a body is not an encoding of events.
[[nodiscard]] Result<std::vector<std::string>> eventLines(std::uint64_t seq, Instant time, const std::vector<Bytes> &bodies);

/// Changes whenever an event of an incident gains, loses or renames a field, or a new one is added: eight hexadecimal digits.
[[nodiscard]] std::string eventSchema();

/// The keys of the alerts that the bodies name as the incident's.
[[nodiscard]] std::vector<std::string> alertKeys(const std::vector<Bytes> &bodies);

} // namespace qd::control
