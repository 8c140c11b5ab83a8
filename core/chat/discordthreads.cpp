// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordthreads.h"

#include "core/chat/discordtext.h"
#include "core/chat/jsonread.h"

#include <algorithm>

namespace qd::chat {

bool DiscordThreads::learn(const QJsonObject &thread, const std::string &channel)
{
    constexpr int kAnnouncement = 10, kPrivate = 12;
    const std::string id = json::textOf(thread, "id");
    const int type = thread.value(QLatin1String("type")).toInt();
    if (channel.empty() || json::textOf(thread, "parent_id") != channel || !isSnowflake(id) || type < kAnnouncement || type > kPrivate || (m_known.size() >= kKnown && !m_known.contains(id)))
        return false;
    const auto [it, isFresh] = m_known.try_emplace(id, id);
    if (const std::string last = json::textOf(thread, "last_message_id"); isSnowflake(last) && isLaterSnowflake(last, it->second))
        it->second = last;
    return isFresh;
}

std::vector<std::string> DiscordThreads::all() const
{
    std::vector<std::string> out;
    for (const auto &[id, last] : m_known)
        out.push_back(id);
    return out;
}

std::set<std::string> DiscordThreads::newest(std::size_t most) const
{
    std::vector<std::pair<std::string, std::string>> order(m_known.begin(), m_known.end());
    std::sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return isLaterSnowflake(a.second, b.second); });
    std::set<std::string> out;
    for (std::size_t n = 0; n < std::min(most, order.size()); ++n)
        out.insert(order[n].first);
    return out;
}

std::vector<std::string> DiscordThreads::learn(const QJsonArray &threads, const std::string &channel)
{
    std::vector<std::string> fresh;
    for (const auto &value : threads)
        if (learn(value.toObject(), channel))
            fresh.push_back(json::textOf(value.toObject(), "id"));
    return fresh;
}

std::vector<std::string> DiscordThreads::forget(const std::string &id)
{
    std::vector<std::string> gone;
    if (m_known.erase(id) == 0)
        return gone;
    for (const std::string &message : m_order)
        if (const auto it = m_places.find(message); it != m_places.end() && it->second == id) {
            gone.push_back(message);
            m_places.erase(it);
        }
    std::erase_if(m_order, [&](const std::string &message) { return !m_places.contains(message); });
    return gone;
}

void DiscordThreads::saidIn(const std::string &thread, const std::string &message)
{
    if (const auto it = m_known.find(thread); it != m_known.end() && isLaterSnowflake(message, it->second))
        it->second = message;
    if (!m_places.insert_or_assign(message, thread).second)
        return;
    m_order.push_back(message);
    if (m_order.size() > kPlaces) {
        m_places.erase(m_order.front());
        m_order.pop_front();
    }
}

std::string DiscordThreads::placeOf(const std::string &message) const
{
    const auto it = m_places.find(message);
    return it == m_places.end() ? std::string() : it->second;
}

} // namespace qd::chat
