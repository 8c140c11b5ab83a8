// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/desk.h"
#include "core/search/index.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

namespace qd::search {

/// Where committed records come from; the members mean what they mean in link::Feed. Any thread may call them.
struct Records
{
    std::function<std::uint64_t(desk::Desk::Follower, std::uint64_t &first)> follow;
    std::function<void(std::uint64_t)> unfollow;
    std::function<Result<>(std::uint64_t from, std::uint64_t to, const std::function<bool(const desk::Record &)> &each)> replay;
    std::function<std::uint64_t()> head;
    Index::Leaf leaf = {}; ///< without it, what is sealed is believed to be of this very log
};

/// How far the index is.
struct Progress
{
    std::uint64_t indexed = 0, head = 0; ///< records
    bool complete = false;
    std::string problem; ///< why it does not go on, if so; one sentence
    [[nodiscard]] int percent() const
    {
        return complete || head == 0 ? 100 : static_cast<int>(std::min<std::uint64_t>(99, indexed * 100 / head));
    }
};

/// The reader of the journal that keeps the index and answers from it, on a thread of its own: never the desk's or the
/// journal's. It starts with what is sealed, indexes the rest, follows. A search sees every record that was committed when
/// it came in; while the index is not complete it is answered from what is there, and says so. Any thread may call.
class Indexer final
{
public:
    static constexpr std::size_t kQueueLimit = 4096;      ///< committed records waiting; beyond it they are read from the journal again
    static constexpr std::size_t kQueueWeight = 16'384;   ///< events and rows of theirs, so that a flood is not kept in memory twice
    static constexpr std::size_t kSearchLimit = 64;       ///< searches waiting; beyond it Unavailable
    static constexpr std::size_t kHitLimit = 200;         ///< most hits an answer holds
    static constexpr std::int64_t kSealAfterSeconds = 600; ///< what is new is sealed after this long, and opened segments are closed that nobody asked in it

    /// `sections`, `random` and what `records` uses must outlive it.
    Indexer(Records records, journal::Sections &sections, Random &random, Index::Limits limits = {});
    ~Indexer(); ///< stop()
    /// Seals what is pending and ends the thread; searches not yet answered, and later ones, are answered Unavailable.
    void stop();
    Indexer(const Indexer &) = delete;
    Indexer &operator=(const Indexer &) = delete;

    /// `answer` is called once, on the indexer's thread or, when it refuses at once, on this one.
    using Done = std::function<void(Result<Answer>, Progress)>;
    void search(store::TextQuery query, std::size_t limit, Done answer);

    /// The stream was erased, or a text in it struck. Returns when nothing of it is kept any more, in memory or on disk.
    [[nodiscard]] Result<> erased(const std::string &stream);
    [[nodiscard]] Result<> struck(const std::string &stream);

    [[nodiscard]] Progress progress() const;
    [[nodiscard]] Index::Figures figures();
    /// Waits until everything committed now is indexed, or it stopped with a problem. For tests and bench.
    void settle();

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace qd::search
