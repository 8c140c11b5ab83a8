// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace qd::chat {

/// The threads below one channel of Discord, as far as they are known, and what was said in which of them. A thread is a channel of its own; begun from a message, it has
/// that message's id. No I/O.
class DiscordThreads {
public:
    static constexpr std::size_t kKnown = 1'000;   ///< a server has no more of them in use
    static constexpr std::size_t kPlaces = 8'192;  ///< messages whose thread is known

    /// Whether the object is a thread below `channel` that was not known; then it is.
    bool learn(const QJsonObject &thread, const std::string &channel);
    /// The same for a list; the ids of those that were not known, in its order.
    std::vector<std::string> learn(const QJsonArray &threads, const std::string &channel);
    [[nodiscard]] bool has(const std::string &id) const { return m_known.contains(id); }
    [[nodiscard]] std::vector<std::string> all() const;
    /// So many of them at most in which something was said last.
    [[nodiscard]] std::set<std::string> newest(std::size_t most) const;
    /// It is gone, with what was said in it: those messages, as far as they are known.
    std::vector<std::string> forget(const std::string &id);

    void saidIn(const std::string &thread, const std::string &message);
    /// The thread a message was said in, or "".
    [[nodiscard]] std::string placeOf(const std::string &message) const;

private:
    std::map<std::string, std::string> m_known;  ///< thread → what was said in it last, as far as is known
    std::map<std::string, std::string> m_places; ///< message → thread
    std::deque<std::string> m_order;             ///< of m_places
};

} // namespace qd::chat
