// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/link/replica.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace qd::notify {

/// One thing to write outside, as an edge gets it.
struct Item {
    events::OutboxQueued what;
    Instant queuedAt;
    /// An earlier process may have sent it: the edge looks for it on the other side before it sends it.
    bool maybeSent = false;
    /// With maybeSent: an earlier process was just sending it, and what that means for it nobody has said yet.
    bool wasUnderWay = false;
    /// An earlier process had it and did not record that it sent it: what was written in the moment it ended is looked at, where the other side can say it.
    bool fromBefore = false;
    /// Why it may not be sent any more; "": it may. With maybeSent: it is looked for, so that it is known whether it went out, and not sent.
    std::string recalled = {};
    /// The edge got it before, and it reads otherwise now: if the edge has it still, it takes these words for whenever it sends it; else there is nothing to do.
    bool isAnew = false;
};

/// The identity of an outbox entry on the other side: made from the log's origin and the entry's number, so that every process
/// that ever tries it uses the same one.
[[nodiscard]] Uuid idempotencyKey(std::string_view origin, std::uint64_t number);

/// Drives the outbox: every entry that is committed and not settled is handed to an edge, in the order of its number, once a
/// process; what the edge reports back settles it. After a restart what was queued is handed over again, what was under way is
/// first reported Unknown and handed over as maybeSent. An entry whose connection was disarmed meanwhile fails instead.
/// It never waits: an edge that cannot take an entry yet says Unavailable and gets it again with the next tick().
/// What the State holds unsettled is what may be sent: what it lets go of (its text was struck, its incident erased, its message is over) is not handed
/// over any more, and asked back of the edge that has it.
/// Works on the replica's thread and on the caller's of tick() and moved().
class OutboxDriver final {
public:
    /// Hands over; Unavailable: try again, any other Error: it failed for good.
    using Send = std::function<Result<>(const Item &)>;
    using Report = std::function<void(events::OutboxMoved)>;
    /// Asks back of its edge what was handed over: `why` it may not be sent any more. What is on the wire is left to its answer.
    using Recall = std::function<void(const events::OutboxQueued &what, const std::string &why)>;

    /// Starts with what the replica holds. `replica` must outlive it, and must have stopped before it dies.
    OutboxDriver(link::Replica &replica, Send send, Report report, Recall recall = {});
    ~OutboxDriver();
    OutboxDriver(const OutboxDriver &) = delete;
    OutboxDriver &operator=(const OutboxDriver &) = delete;

    /// An edge's word on an entry; passed on with what the journal needs to know. Any thread.
    void moved(std::uint64_t number, Delivery delivery, std::string messageId, std::string reason, Looked looked = Looked::NotYet, Instant again = {});

    /// Hands over what could not be handed over before. About every second.
    void tick();

    [[nodiscard]] std::size_t open() const; ///< entries not settled

private:
    struct Core;
    std::shared_ptr<Core> m_core;
};

/// What the connection must be armed for.
[[nodiscard]] Write neededFor(const events::OutboxQueued &what);

/// Whether it calls somebody by name in a room: a page that everybody in it reads.
[[nodiscard]] inline bool isMention(const events::OutboxQueued &what) { return what.effect == events::Effect::Page && !what.mentions.empty(); }

/// Whether it is said to one person alone: a page that is no mention, or the answer to what they said to the console alone.
[[nodiscard]] inline bool isToPerson(const events::OutboxQueued &what)
{
    return (what.effect == events::Effect::Page && !isMention(what)) || (what.effect == events::Effect::Reply && !what.person.empty());
}

} // namespace qd::notify
