// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/threads.h"
#include "core/desk/classes.h"
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

/// The parts that hold events.
bool isRead(const journal::Part &part)
{
    return !part.erased && part.family != journal::kErasureFamily;
}

/// As it reads now: lines may have been classed since.
Result<Record> recordOf(std::uint64_t seq, Instant time, const std::vector<BytesView> &bodies, const Classes &classes)
{
    auto events = classes.touches(seq) ? events::decodeRecord(bodies, [&](std::uint32_t order, events::Event &event) { classes.dress(seq, order, event); })
                                       : events::decodeRecord(bodies);
    if (!events)
        return tl::unexpected(events.error());
    return Record{seq, time, std::move(*events)};
}

/// Records as one buffer: what one thread allocates part by part and another frees costs both of them more than the copy.
struct Batch {
    struct Head {
        std::uint64_t seq = 0;
        Instant time;
        std::size_t parts = 0;
    };
    std::vector<Head> records;
    std::vector<std::size_t> sizes; ///< of the parts, one after the other
    Bytes bytes;

    void add(const journal::Committed &c)
    {
        records.push_back({c.seq, c.time, 0});
        for (const journal::Part &part : c.parts)
            if (isRead(part)) {
                ++records.back().parts;
                sizes.push_back(part.body.size());
                bytes.insert(bytes.end(), part.body.begin(), part.body.end());
            }
    }
    [[nodiscard]] bool isFull() const { return records.size() >= kBatchRecords || bytes.size() >= kBatchBytes; }
};

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
    /// Without records at the end.
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

using Each = std::function<bool(const Result<Record> &)>;

/// Reads, hashes and opens on a thread of its own, which costs about as much as decoding and folding on the caller's.
Result<> replayAhead(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const Classes &classes, const Each &each)
{
    Pipe pipe;
    Result<> read;
    const auto work = [&] {
        beginThread("qd-replay");
        Batch batch;
        read = journal.replay(from, to, [&](const journal::Committed &c) {
            batch.add(c);
            return !batch.isFull() || pipe.put(std::exchange(batch, {}));
        });
        if (!batch.records.empty())
            pipe.put(std::move(batch)); // also before an error: what stands before the damage is good
        pipe.end();
    };
    struct Reader {
        Pipe &pipe;
        std::thread thread;
        void finish()
        {
            pipe.stop();
            if (thread.joinable())
                thread.join();
        }
        ~Reader() { finish(); } // also when `each` does not return
    } reader{pipe, std::thread(work)};
    bool wanted = true;
    std::vector<BytesView> bodies;
    while (wanted) {
        const Batch batch = pipe.take();
        if (batch.records.empty())
            break;
        std::size_t part = 0, at = 0;
        for (auto r = batch.records.begin(); wanted && r != batch.records.end(); ++r) {
            bodies.clear();
            for (std::size_t i = 0; i < r->parts; ++i, at += batch.sizes[part++])
                bodies.push_back(BytesView(batch.bytes).subspan(at, batch.sizes[part]));
            wanted = each(recordOf(r->seq, r->time, bodies, classes));
        }
    }
    reader.finish();
    return wanted ? read : Result<>();
}

} // namespace

Result<> replay(const journal::Journal &journal, std::uint64_t from, std::uint64_t to, const std::function<bool(const Record &)> &each)
{
    Result<> outcome;
    const auto classes = classesOf(journal);
    const Each decoded = [&](const Result<Record> &record) {
        if (!record)
            outcome = tl::unexpected(record.error());
        return record && each(*record);
    };
    std::vector<BytesView> bodies;
    const auto alone = [&](const journal::Committed &c) {
        bodies.clear();
        for (const journal::Part &part : c.parts)
            if (isRead(part))
                bodies.emplace_back(part.body);
        return decoded(recordOf(c.seq, c.time, bodies, *classes));
    };
    const std::uint64_t last = std::min(to, journal.tail());
    const auto read = from + kAlone > last ? journal.replay(from, to, alone) : replayAhead(journal, from, to, *classes, decoded);
    return outcome ? read : outcome;
}

} // namespace qd::desk
