// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oncall/held.h"

namespace qd::oncall {

Held::Held(const state::State &state)
{
    for (const state::Suppressor &s : state.suppressors.all)
        if (s.kind == events::SuppressorKind::Held && s.isActive())
            for (const std::string &key : s.keys)
                if (const std::uint32_t index = state.alertIndex(key); index != state::AlertTable::npos)
                    m_by.insert_or_assign(index, &s); // the newest counts
}

} // namespace qd::oncall
