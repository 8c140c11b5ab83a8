// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sources/cloudevents.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace qd::sources {

/// The identities of events taken lately, so that a repeated change marker stays one: CloudEvents are delivered at least
/// once. Remembers the last 4,096. Thread-safe.
class SeenIds final {
public:
    [[nodiscard]] bool has(const std::string &id) const;
    void remember(const std::string &id);

private:
    static constexpr std::size_t kLimit = 4096;
    mutable std::mutex m_mutex;
    std::unordered_set<std::string> m_ids;
    std::deque<std::string> m_order;
};

/// Hands everything of one delivery in; `done` is called once, when all of it is committed or with the first Error.
/// Changes whose identity is in `seen` are left out (they are committed already); the others are remembered after commit.
void deliver(CloudEvents events, const Intake &intake, const std::shared_ptr<SeenIds> &seen, const Done &done);

} // namespace qd::sources
