// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

namespace qd::state {

/// The override an event belongs to, while it is folded; none (false) for what the core does by itself and for what takes an override back.
/// All that one person did in one record is one override. Only the fold makes these.
class Intervening {
public:
    /// `alerts`: how many it names.
    Intervening(State &state, const events::Actor &by, InterventionKind kind, std::size_t alerts, std::string subject = {}, const std::string &reason = {});
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

/// What a person at the console did to alerts of incidents without saying why is owed a reason there; nothing where one was given, and
/// nothing of who could not be asked (chat, a link in a page). Only the fold makes these.
void owe(State &state, const events::Actor &by, InterventionKind kind, const std::vector<std::string> &keys, const std::string &reason);
void oweOf(State &state, std::string_view incident, const events::Actor &by, std::string kind, std::size_t alerts, const std::string &reason);
/// "3 alerts snoozed by ana at 14:02 UTC": what is still owed, that of one person and kind in one line, with the number it is called by.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::string>> owedInWords(const Incident &incident);

} // namespace qd::state
