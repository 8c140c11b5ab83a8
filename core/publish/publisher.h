// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/publish/target.h"
#include "core/state/statuspages.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::publish {

inline constexpr Span kRefresh = minutes(15); ///< what was pushed is pushed again, so that its age says that somebody is there
inline constexpr int kTriesBeforeTrouble = 3; ///< so often a push may fail, or a place may not let itself be looked at, before it is said
inline constexpr int kPutBacksBeforeTrouble = 3; ///< so often within kRefresh may somebody else write there before it is said until they stop
inline constexpr std::size_t kBesideEachOther = 8; ///< so many connections are pushed to at a time: one that hangs holds up none of the others
inline constexpr Span kTryFirst = seconds(1), kTryCap = seconds(60);

/// A page with what is known of it, as it is to be read.
struct PageContent {
    StatusPage page;
    std::shared_ptr<const state::StatusPageState> known; ///< null: nothing yet
    std::uint64_t version = 0;                            ///< grows with every change
};

/// The edge for status pages: pushes what the outbox says, reads it back and compares; looks again from time to time whether it is still
/// what is read there. Threads of its own, which may wait for disks and networks; a target is used by one of them at a time. Any thread may call.
class Publisher final {
public:
    struct Way {
        Http http;
        /// How far an outbox entry got.
        std::function<void(std::uint64_t number, Delivery, std::string reason)> moved;
        /// How a connection is: "live", or "trouble" and why. Said when it changes.
        std::function<void(std::string connection, std::string state, std::string problem)> reported;
        /// How a target is made; the usual ones when not set.
        std::function<std::unique_ptr<Target>(const Connection &, std::shared_ptr<const Secret>)> target = {};
        std::string origin = {}; ///< the name of our log, for places where others post, too
    };

    /// `clock` and `random` must outlive it.
    Publisher(Way way, const Clock &clock, Random &random);
    ~Publisher(); ///< waits for the push under way; nothing is said afterwards
    Publisher(const Publisher &) = delete;
    Publisher &operator=(const Publisher &) = delete;

    /// Every page there is now; those of before that are not among them are never pushed again.
    void setPages(std::vector<PageContent> pages);
    /// Starts a connection, or starts it anew with other settings.
    void start(const Connection &connection, Secret secret);
    void stop(const std::string &connection);
    /// Disarmed means that nothing leaves: what is looked at and pushed again from time to time ends.
    void arm(const std::string &connection, bool armed);
    /// An outbox entry: this page through this connection. NotFound: there is no such page or connection.
    [[nodiscard]] Result<> write(std::uint64_t number, const std::string &connection, const std::string &page);

private:
    struct Core;
    std::unique_ptr<Core> m_core;
};

} // namespace qd::publish
