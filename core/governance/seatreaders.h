// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/clearance.h"

#include <functional>
#include <map>
#include <memory>

namespace qd::governance {

/// Who sits at a window, incident by incident: a [[clearance]] may be bounded to services and incidents, and may give less there as well as more. A value that
/// outlives the State it was made of. Of an incident that came since, and whose service is not told, it is the reader who may read least: default deny.
class SeatReaders {
public:
    SeatReaders() = default;
    explicit SeatReaders(Reader everywhere) : m_anywhere(std::move(everywhere)), m_least(m_anywhere) {}
    SeatReaders(const state::State &state, const std::string &user);
    bool operator==(const SeatReaders &) const = default;

    [[nodiscard]] const Reader &anywhere() const { return m_anywhere; } ///< of what is about no incident
    /// Of an incident; "": anywhere. `service`: its own, where an event says it.
    [[nodiscard]] const Reader &of(std::string_view incident, std::string_view service = {}) const;
    /// The class that is read everywhere: what may hold more may hold a word that is not for who sits there.
    [[nodiscard]] DataClass least() const { return m_least.level; }
    /// Whether further incidents can be read otherwise than the others.
    [[nodiscard]] bool isBounded() const { return !m_services.empty() || !m_there.empty() || m_least != m_anywhere; }

private:
    Reader m_anywhere, m_least;
    std::map<std::string, Reader, std::less<>> m_there, m_services; ///< by incident and by service, its other names too: where it is not as anywhere
    std::uint32_t m_known = 0;                                      ///< the last incident there was
};
using SeatReadersPtr = std::shared_ptr<const SeatReaders>;

/// An event as whoever sits there may have it, by the incident it names. True when something was sealed.
bool seal(events::Event &event, const SeatReaders &readers);

} // namespace qd::governance
