// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/state/travel.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace qd::desk {

/// Other rules for what happened: the inputs of the journal, folded through the same rules with another workspace.
struct WhatIf {
    struct Other {
        Instant at;        ///< when it is different
        std::string what;  ///< one sentence
    };
    std::uint64_t from = 0, to = 0;        ///< the records it is about
    std::uint64_t callsWere = 0, callsWould = 0;       ///< people really called
    std::uint64_t observedWere = 0, observedWould = 0; ///< … who would only have been
    std::uint64_t drillsWere = 0, drillsWould = 0;     ///< … for drills
    std::uint64_t alertsOther = 0;         ///< alerts of another severity, service, group or suppression at the end
    std::uint64_t foldsWere = 0, foldsWould = 0;   ///< calls whose pages waited folded under a suspect
    std::uint64_t foldedToTheEnd = 0;              ///< … of those that would: whose trouble was over before the page that waited went out
    std::uint64_t laterFirst = 0, soonerFirst = 0; ///< incidents and alert groups whose first call comes later or sooner
    std::vector<Other> others;             ///< the first kOthers, in the order of time
    bool isCut = false;                    ///< there were more
    std::uint64_t recordsSame = 0, recordsOther = 0; ///< records whose conclusions are the same, byte for byte, or not
    std::uint64_t firstOther = 0;
    std::string firstOtherWhat;            ///< the first event that is another, by its type: "StepReached instead of WriteWithheld"
    std::string sentence;
};

inline constexpr std::size_t kOthers = 500;

/// Folds records `from`..`to` of a log again. `state` is the State before `from`. Without a workspace the recorded ones are in force,
/// and then every conclusion must come out as it was recorded. With one it is in force all the time and recorded changes of the
/// workspace are left out. Nothing is written and no edge hears of it. `go` is asked now and then; false ends it (Unavailable).
/// What people did is taken as it was: they might have done something else.
[[nodiscard]] Result<WhatIf> whatIf(const state::Past &past, state::State was, state::State would, std::uint64_t to, std::optional<Workspace> workspace,
                                    const std::function<bool()> &go);

} // namespace qd::desk
