// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/reasons.h"

#include <array>

namespace qd {

std::span<const std::string_view> reasonVerbs()
{
    static constexpr std::array<std::string_view, 22> kVerbs{"ack",   "assign",  "escalate", "handover", "hold-calls", "keep",      "maintenance", "merge",  "mute",   "override", "poll",
                                                             "reopen", "resolve", "severity", "shelve",   "silence",    "snooze", "split", "standdown", "summon", "take",  "unack"};
    return kVerbs;
}

const std::vector<ReasonPreset> &usualReasons()
{
    static const std::vector<ReasonPreset> kUsual{{1, "known, being worked on", {}},
                                                  {2, "planned work", {}},
                                                  {3, "false alarm", {}},
                                                  {4, "a consequence of something else", {}},
                                                  {5, "asked for by the commander", {}}};
    return kUsual;
}

} // namespace qd
