// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/pending.h"
#include "core/state/state.h"

#include <span>
#include <string>
#include <string_view>

namespace qd::control {

/// The lists `get` knows of a State, in the order of the contract.
[[nodiscard]] std::span<const std::string_view> getWhats();

/// The list of this moment: what sources see that is no alert yet (pending.h). No State has it.
inline constexpr std::string_view kPending = "pending";

/// Only items that say just this; what is empty is not asked. An incident may be given as "7".
struct Filter {
    std::string incident, service, status, source;
    std::string owner = {}; ///< a person or team; of a person also what their teams own
    Instant at = {}; ///< who is on call at this instant instead of the record's; other lists take no notice
    std::string kinds = {}; ///< of the timeline, by their words: "decision,alert"; also in the plural
    const PendingReadings *pending = nullptr; ///< of this moment: `sources` counts them where it is given
};

/// `{"schema":1,"seq":N,"at":"…Z","items":[…]}`: one list of a State, from the State alone, so that the same record gives the
/// same bytes live and later. No field depends on now, but `pending` of `sources` where readings are given. Items are sorted (alerts, groups, services by key; what is numbered by
/// number; the timeline by `at`, then by record); times are RFC 3339 in UTC or null. `access` is empty: nothing of the kind
/// can exist yet. Invalid for another word, and for a filter the list does not have; NotFound for an incident there is not.
[[nodiscard]] Result<std::string> getJson(const state::State &state, std::string_view what, const Filter &filter = {});

/// `{"active":n,"acknowledged":n,"suppressed":n,"resolved":n,"bySeverity":{…}}`; active are all that fire.
[[nodiscard]] std::string countJson(const state::State &state);

} // namespace qd::control
