// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>
#include <unordered_map>

namespace qd::oncall {

/// The alerts people hold: they call nobody until then. Made from the State at hand, for one pass over its alerts.
class Held {
public:
    explicit Held(const state::State &state);
    [[nodiscard]] bool isEmpty() const { return m_by.empty(); }
    /// By what an alert is held; null when it is not.
    [[nodiscard]] const state::Suppressor *of(const state::State &state, const state::Alert &alert) const
    {
        if (m_by.empty())
            return nullptr;
        const auto it = m_by.find(static_cast<std::uint32_t>(&alert - state.alerts.all.data()));
        return it == m_by.end() ? nullptr : it->second;
    }

private:
    std::unordered_map<std::uint32_t, const state::Suppressor *> m_by; ///< by index
};

} // namespace qd::oncall
