// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/facts.h"

namespace qd::rebuild {

inline constexpr std::size_t kLookedRows = 5, kLookedColumns = 40, kLookedChannels = 500;

/// What can be said of a file before it is read: enough to choose what it leaves open.
struct Look {
    std::string format;                  ///< word(Format); empty: it cannot be told, and `problem` says why
    std::string problem;                 ///< one sentence
    std::vector<std::string> channels;   ///< of a Slack export, those of incidents first; kLookedChannels of them at most
    std::vector<std::string> columns;    ///< of a table, its first kLookedColumns at most
    std::vector<std::vector<std::string>> rows; ///< its first ones
    std::map<std::string, std::string> means;   ///< what a column is taken for: at, until, known, text … → its name
    bool zoneless = false;               ///< times in it name no zone
    std::size_t channelsInAll = 0, columnsInAll = 0; ///< also those that are not shown
};

/// Pure; any thread. `options`: the format and columns that were chosen already.
[[nodiscard]] Look lookAt(std::string_view bytes, const Options &options);

} // namespace qd::rebuild
