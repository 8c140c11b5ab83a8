// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/seatreaders.h"

#include <algorithm>

namespace qd::governance {

SeatReaders::SeatReaders(const state::State &state, const std::string &user)
    : m_anywhere(seatReader(state, user))
    , m_least(m_anywhere)
    , m_known(state.lastIncident)
{
    const Workspace &w = *state.workspace;
    const auto readerOn = [&](const std::string &service, const std::string &incident) {
        Reader reader = readerOf(state, {Place::Kind::Person, user, {}, {service, incident}});
        reader.most = m_anywhere.most;
        if (rankOf(reader.level) < rankOf(m_least.level))
            m_least = reader;
        return reader;
    };
    const auto isBounded = [](const ClearanceRule &rule) { return !rule.services.empty() || !rule.incidents.empty(); };
    if (std::none_of(w.clearances.begin(), w.clearances.end(), isBounded))
        return;
    for (const ClearanceRule &rule : w.clearances)
        for (const std::string &named : rule.services)
            if (const Service *service = w.service(named))
                if (const Reader reader = readerOn(service->id, {}); reader != m_anywhere) {
                    m_services.insert_or_assign(service->id, reader);
                    for (const std::string &alias : service->aliases)
                        m_services.insert_or_assign(alias, reader);
                }
    for (const auto &[number, incident] : state.incidents)
        if (Reader reader = readerOn(incident.service, incident.id); reader != m_anywhere)
            m_there.insert_or_assign(incident.id, std::move(reader));
}

const Reader &SeatReaders::of(std::string_view incident, std::string_view service) const
{
    if (incident.empty())
        return m_anywhere;
    if (const auto there = m_there.find(incident); there != m_there.end())
        return there->second;
    if (const std::uint32_t number = state::incidentNumber(incident); number != 0 && number <= m_known)
        return m_anywhere;
    if (service.empty())
        return m_least;
    const auto there = m_services.find(service);
    return there == m_services.end() ? m_anywhere : there->second;
}

bool seal(events::Event &event, const SeatReaders &readers)
{
    const Reader &reader = visit(
        [&]<typename T>(const T &e) -> const Reader & {
            if constexpr (requires { std::string_view(e.incident); }) {
                if constexpr (requires { std::string_view(e.service); })
                    return readers.of(e.incident, e.service);
                else
                    return readers.of(e.incident);
            } else {
                return readers.anywhere();
            }
        },
        std::as_const(event));
    return seal(event, reader);
}

} // namespace qd::governance
