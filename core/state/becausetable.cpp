// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/becausetable.h"

#include "core/base/hash.h"

#include <string_view>

namespace qd::state {

std::uint32_t BecauseTable::hashOf(const events::Because &because)
{
    std::uint64_t all = 0;
    const auto add = [&all](std::string_view text) { all = (all ^ Hash::of(text)) * 0x9e3779b97f4a7c15ULL; };
    add(because.rule);
    for (const auto &text : because.matched)
        add(text);
    add({});
    for (const auto &text : because.ruledOut)
        add(text);
    return Hash::of(all);
}

} // namespace qd::state
