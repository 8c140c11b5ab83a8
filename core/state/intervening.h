// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::state {

/// The override an event belongs to, while it is folded; none (false) for what the core does by itself and for what takes an override back.
/// All that one person did in one record is one override. Only the fold makes these.
class Intervening {
public:
    /// `alerts`: how many it names.
    Intervening(State &state, const events::Actor &by, InterventionKind kind, std::size_t alerts, std::string subject = {});
    ~Intervening();
    Intervening(const Intervening &) = delete;
    Intervening &operator=(const Intervening &) = delete;

    explicit operator bool() const { return m_override != nullptr; }
    Intervention *operator->() { return m_override; }
    /// Before the alert is changed.
    void touch(const Alert &before, std::uint8_t changed, std::uint16_t placed = 0);

private:
    State &m_state;
    Intervention *m_override = nullptr;
    std::vector<TouchedAlert> m_touched;
};

} // namespace qd::state
