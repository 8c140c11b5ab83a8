// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/listener.h"
#include "core/publish/publisher.h"

#include <memory>

namespace qd::publish {

inline constexpr Span kHeldAtMost = seconds(20); ///< a reader's question whether something changed is answered by then
inline constexpr std::size_t kHeldReaders = 256; ///< who comes after that takes the place of whoever waits longest, who asks again

/// Pages the core serves itself: /status/PAGE, its files below it, and /status/PAGE/events, which says by server-sent events that the page
/// changed. Each such answer ends after an event or kHeldAtMost, and the browser asks again with the last event's number, so that a reader is
/// held to the same limits as everybody else; all of them together have a share of the listener's connections (net::Limits::readersShare()). Only what the workspace serves (`live`) is there at all.
class StatusDoor final {
public:
    /// Registers the routes: make it before listener.start(). `clock` must outlive it.
    StatusDoor(net::Listener &listener, const Clock &clock);
    ~StatusDoor();
    StatusDoor(const StatusDoor &) = delete;
    StatusDoor &operator=(const StatusDoor &) = delete;

    /// The pages there are; those that changed are said to have. Any thread; works.
    void setPages(const std::vector<PageContent> &pages);
    /// Answers who was held for long, and makes pages anew whose age grows. About every second.
    void tick();
    /// How many readers are held now. Any thread.
    [[nodiscard]] std::size_t waiting() const;

private:
    struct Core;
    std::shared_ptr<Core> m_core;
};

} // namespace qd::publish
