// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rebuild/collector.h"
#include "core/rebuild/json.h"

#include <map>

namespace qd::rebuild {

/// Slack's messages, from an export or from the answer of conversations.history, as facts.
class SlackMessages {
public:
    void addUsers(const json::Array &users);                 ///< users.json, or the members of users.list
    void addChannel(std::string id, std::string name);
    /// Messages as Slack writes them; what is no object is counted.
    void add(const json::Array &messages, Collector &out);
    /// What can only be said at the end: who is missing, what firing came to an end.
    void finish(Collector &out);

private:
    [[nodiscard]] std::string nameOf(std::string_view id);
    [[nodiscard]] std::string plain(std::string_view markup);
    [[nodiscard]] std::string sender(const json::Object &message);
    [[nodiscard]] std::string words(const json::Object &message, Collector &out);
    void addOne(const json::Object &message, Collector &out, int depth);
    void finishAlerts();

    std::map<std::string, std::string, std::less<>> m_names; ///< of users, bots and channels, by id
    std::map<std::string, bool> m_missing;
    std::vector<Fact> m_found;
    std::uint64_t m_edited = 0;
};

} // namespace qd::rebuild
