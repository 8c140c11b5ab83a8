// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/threads.h"
#include "core/desk/desk.h"
#include "core/events/codec.h"
#include "core/journal/journal.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace qd::desk {

namespace {

constexpr std::uint64_t kAlone = 1024;           ///< a shorter stretch is read and decoded by the caller: a thread would cost more than it saves
constexpr std::size_t kBatchRecords = 256;       ///< records handed over at a time, …
constexpr std::size_t kBatchBytes = 1u << 20;    ///< … or fewer when they are large
constexpr std::size_t kBatchesAhead = 4;         ///< what the reading thread may be ahead

Result<Record> recordOf(const journal::Committed &c)
{
    std::vector<BytesView> bodies;
    bodies.reserve(c.parts.size());
    for (const auto &p : c.parts)
        if (!p.erased && p.family != journal::kErasureFamily)
            bodies.emplace_back(p.body);
    auto events = events::decodeRecord(bodies);
    if (!events)
        return tl::unexpected(events.error());
    return Record{c.seq, c.time, std::move(*events)};
}

using Batch = std::vector<journal::Committed>;

/// Batches on their way from the thread that reads to the one that decodes, in order and bounded.
class Pipe {
public:
    /// Waits while the pipe is full. False: the other end wants no more.
    bool put(Batch batch)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_batches.size() < kBatchesAhead || m_stopped; });
        if (m_stopped)
            return false;
        m_batches.push_back(std::move(batch));
        m_changed.notify_all();
        return true;
    }
    void end()
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        m_changed.notify_all();
    }
    /// Empty at the end.
    Batch take()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_batches.empty() || m_ended; });
        if (m_batches.empty())
            return {};
        Batch batch = std::move(m_batches.front());
        m_batches.pop_front();
        m_changed.notify_all();
        return batch;
    }
    void stop()
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Batch> m_batches;
    bool m_ended = false, m_stopped = false;
};

/// Reads, hashes and opens on a thread of its own, which costs about as much as decoding and folding on the caller's.
Result<> replayAhead(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const std::function<bool(const journal::Committed &)> &each)
{
    Pipe pipe;
    Result<> read;
    std::thread reader([&] {
        beginThread("qd-replay");
        Batch batch;
        std::size_t bytes = 0;
        const auto hand = [&] {
            bytes = 0;
            return pipe.put(std::exchange(batch, {}));
        };
        read = journal.replay(from, to, [&](journal::Committed &c) {
            for (const auto &part : c.parts)
                bytes += part.body.size();
            batch.push_back(std::move(c));
            return (batch.size() < kBatchRecords && bytes < kBatchBytes) || hand();
        });
        if (!batch.empty())
            hand(); // also before an error: what stands before the damage is good
        pipe.end();
    });
    bool wanted = true;
    while (wanted) {
        const Batch batch = pipe.take();
        if (batch.empty())
            break;
        for (auto c = batch.begin(); wanted && c != batch.end(); ++c)
            wanted = each(*c);
    }
    pipe.stop();
    reader.join();
    return wanted ? read : Result<>();
}

} // namespace

Result<> replay(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const std::function<bool(const Record &)> &each)
{
    Result<> outcome;
    const auto decoded = [&](const journal::Committed &c) {
        const auto record = recordOf(c);
        if (!record) {
            outcome = tl::unexpected(record.error());
            return false;
        }
        return each(*record);
    };
    const std::uint64_t last = std::min(to, journal.tail());
    const auto read = from + kAlone > last ? journal.replay(from, to, decoded) : replayAhead(journal, from, to, decoded);
    return outcome ? read : outcome;
}

} // namespace qd::desk
