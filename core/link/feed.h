// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/link/protocol.h"
#include "core/state/travel.h"

#include <functional>

namespace qd::link {

/// Where committed records come from, as functions: the desk and its journal in the core, a list in tests. Every function is
/// set; any thread may call them.
struct Feed {
    using Each = std::function<bool(const desk::Record &)>;

    /// As desk::Desk::follow: records after `first` come to the follower, in order, on one thread.
    std::function<std::uint64_t(desk::Desk::Follower, std::uint64_t &first)> follow;
    std::function<void(std::uint64_t)> unfollow;
    /// Records from..to, both included, in order, until `each` says false.
    std::function<Result<>(std::uint64_t from, std::uint64_t to, const Each &each)> replay;
    std::function<std::uint64_t()> head;
    std::function<desk::Recording()> recording;
    std::function<void(std::function<void(const desk::Recording &)>)> onRecording;
    std::function<std::vector<Heard>()> heard;
    std::function<std::string()> notice; ///< may be left unset
    state::Past past;                    ///< the log with its snapshots; may be left unset, see pastOf()
};

/// The feed as a traveller sees it: its `past`, or the records alone.
[[nodiscard]] state::Past pastOf(const Feed &feed);

/// Both must outlive the feed and whoever was given it.
[[nodiscard]] Feed feedOf(desk::Desk &desk, const journal::Journal &journal);

} // namespace qd::link
