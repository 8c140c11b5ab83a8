// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/snapshot.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace qd::state {

/// A log as a traveller sees it. `head` and `replay` are needed, the others may be unset: then there are no snapshots.
struct Past {
    using Each = std::function<bool(std::uint64_t seq, Instant time, const events::Events &events)>;
    using Replay = std::function<Result<>(std::uint64_t from, std::uint64_t to, const std::string &leaf, const Each &each)>;

    std::function<std::uint64_t()> head;
    /// Records from..to (inclusive) in order until `each` says false. With `leaf`: record from - 1 must have that leaf hash (hex),
    /// else NotFound before the first call.
    Replay replay;
    /// The last record not after this instant, 0 for none.
    std::function<Result<std::uint64_t>(Instant at)> seqAt;
    /// Record numbers of the snapshots there are, ascending.
    std::function<std::vector<std::uint64_t>()> snapshots;
    std::function<Result<Manifest>(std::uint64_t seq)> manifest;
    PartLoader part;
    /// Said of a snapshot that could not be used.
    std::function<void(std::uint64_t seq)> drop;
};

/// The State after a record: from the newest snapshot at or before it that can be used, or from nothing, and the records since.
/// `loader` may have met snapshots of this log before.
[[nodiscard]] Result<State> stateAt(const Past &past, std::uint64_t seq, SnapshotLoader &loader);

/// The newest records a traveller has met, decoded: reading and decoding one costs three times what folding it does.
class Trail {
public:
    static constexpr std::size_t kRecords = 2048;
    static constexpr std::size_t kWeight = 40'000; ///< events and rows of alerts

    /// As Past::replay; what it gives on the last kRecords before `to` is kept.
    [[nodiscard]] Result<> replay(const Past &past, std::uint64_t from, std::uint64_t to, const std::string &leaf, const Past::Each &each);
    [[nodiscard]] std::size_t size() const { return m_records.size(); }
    void forget() { m_records.clear(), m_weight = 0; }

private:
    struct Record {
        std::uint64_t seq = 0;
        Instant time;
        events::Events events;
        std::size_t weight = 0;
    };
    void keep(std::uint64_t seq, Instant time, const events::Events &events);

    std::deque<Record> m_records; ///< without gaps
    std::size_t m_weight = 0;
};

/// A cursor over one log: any instant from the nearest snapshot before it, the next one by folding on. What makes a step back
/// cheap: the State of the snapshot an instant came from and one on the way to it (kMarkEvery before) are kept, and so are the
/// records between. Owned by one thread, which may wait: it reads the log.
class Travel {
public:
    static constexpr std::uint64_t kMarkEvery = 128; ///< records between an instant gone back to and the mark before it
    static constexpr std::uint64_t kNear = 1024;     ///< so far forward is folded though there is a snapshot on the way; another mark
                                                     ///< so far back where the nearest snapshot is twice as far
    static constexpr std::size_t kMarks = 3;         ///< a mark is a whole State, but for texts and incidents

    explicit Travel(Past past) : m_past(std::move(past)) {}

    /// The State after record `seq`, cut at the head. It stays as it is until the next call. Errors: Corrupt, Io, Unavailable.
    [[nodiscard]] Result<const State *> at(std::uint64_t seq);
    /// The State at an instant: after the last record not after it.
    [[nodiscard]] Result<const State *> at(Instant instant);
    [[nodiscard]] Result<std::uint64_t> seqAt(Instant instant) const;

    /// Keys or records went away: nothing kept may be shown again.
    void forget();

private:
    [[nodiscard]] Result<> foldOn(std::uint64_t to, bool marking);
    [[nodiscard]] Past::Replay trailing(); ///< the log, by way of the trail
    void keepMark(State &state);
    void learnTexts();

    Past m_past;
    SnapshotLoader m_loader;
    Trail m_trail;
    std::optional<State> m_state;
    std::map<std::uint64_t, State> m_marks;
    bool m_textsKnown = false;
};

} // namespace qd::state
