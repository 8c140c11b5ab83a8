// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/seenids.h"

#include "core/sources/keyring.h"

#include <cstring>

namespace qd::sources {

std::uint64_t SeenIds::identity(std::string_view connection, std::string_view source, std::string_view id)
{
    std::string named;
    for (const std::string_view part : {connection, source, id})
        named += std::to_string(part.size()) + ':' + std::string(part);
    const KeyHash hash = hashOf(named);
    std::uint64_t out = 0;
    std::memcpy(&out, hash.data(), sizeof out);
    return out;
}

bool SeenIds::claim(std::uint64_t identity)
{
    const std::lock_guard lock(m_mutex);
    return !m_seen.contains(identity) && m_underWay.try_emplace(identity).second;
}

void SeenIds::settle(std::uint64_t identity, const Result<> &result)
{
    std::vector<Done> waiting;
    {
        const std::lock_guard lock(m_mutex);
        if (auto found = m_underWay.extract(identity))
            waiting = std::move(found.mapped());
        m_waiting -= waiting.size();
        if (result)
            remember(identity);
    }
    for (const Done &done : waiting)
        done(result);
}

void SeenIds::wait(std::uint64_t identity, Done done)
{
    Result<> result;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_underWay.find(identity); found != m_underWay.end() && m_waiting < kWaitingLimit) {
            found->second.push_back(std::move(done));
            ++m_waiting;
            return;
        }
        if (!m_seen.contains(identity))
            result = fail(Code::Unavailable, "another delivery of the same event is not recorded; send it again");
    }
    done(std::move(result));
}

void SeenIds::remember(std::uint64_t identity)
{
    if (!m_seen.insert(identity).second)
        return;
    if (m_order.size() < kLimit) {
        m_order.push_back(identity);
        return;
    }
    m_seen.erase(m_order[m_oldest]);
    m_order[m_oldest] = identity;
    m_oldest = (m_oldest + 1) % kLimit;
}

} // namespace qd::sources
