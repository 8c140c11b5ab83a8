// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/journal/journal.h"
#include "core/link/replica.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::app {

/// Has the log's head said in an incident's rooms: when its first room is there, when its command is handed over or claimed, when
/// it is resolved, on demand. What is said is the head of a checkpoint signed for it, over committed records only, so it vouches
/// for what it answers to. Where no room is armed for posts nothing is journaled, and only a handover is signed.
class HeadPoster final {
public:
    using Done = std::function<void(Result<journal::SignedHead>)>;

    /// All must outlive it; the replica must have stopped before it dies.
    HeadPoster(journal::Journal &journal, desk::Desk &desk, link::Replica &replica);
    ~HeadPoster();
    HeadPoster(const HeadPoster &) = delete;
    HeadPoster &operator=(const HeadPoster &) = delete;

    /// Looks at what is open now, then follows. Says again after a restart what a crash kept from being said.
    void start();
    /// On demand. An empty incident is the one that is open, when exactly one is. NotFound, Forbidden (no room is armed for
    /// posts), Unavailable. `done` after the commit; any thread.
    void post(std::string incident, events::Actor by, Done done);
    /// Nothing is signed for a post any more.
    void stop();

private:
    struct Core;
    std::shared_ptr<Core> m_core;
};

} // namespace qd::app
