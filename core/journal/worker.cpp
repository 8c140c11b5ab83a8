// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/worker.h"

#include "core/base/log.h"
#include "core/base/threads.h"
#include "core/journal/note.h"

#include <algorithm>
#include <chrono>
#include <future>

namespace qd::journal {

namespace {

std::uint64_t ticks()
{
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

constexpr std::size_t kMaxPartBytes = 512u << 20;
constexpr std::size_t kKeepBlob = 4u << 20; ///< larger buffers are given back after a commit

} // namespace

Journal::Worker::Worker(const std::filesystem::path &home, HomeLock lock, std::unique_ptr<RecordStore> store,
                        std::unique_ptr<KeyRing> keys, LogRow log, Tip tip, Clock &clock, Random &random,
                        Options options)
    : m_lock(std::move(lock))
    , m_store(std::move(store))
    , m_keys(std::move(keys))
    , m_log(std::move(log))
    , m_writer(Uuid::make(clock, random))
    , m_clock(clock)
    , m_random(random)
    , m_options(options)
    , m_tip(std::move(tip))
    , m_emergency(options.emergency, m_log.id)
    , m_reserve(home, options.reserveBytes)
    , m_headNote(home)
    , m_notedAt(clock.boot())
    , m_unanchoredSince(clock.boot())
    , m_head{m_tip.seq, m_tip.hash, m_tip.time}
    , m_signed{m_tip.anchored, m_tip.signedHash, m_tip.signedNote}
{
}

void Journal::Worker::start()
{
    m_thread = std::thread([this] {
        beginThread("journal");
        run();
    });
}

Journal::Worker::~Worker()
{
    close();
}

void Journal::Worker::append(Draft draft, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            Item &item = m_queue.emplace_back();
            item.draft = std::move(draft);
            item.done = std::move(done);
            item.generation = m_generation;
            m_wake.notify_one();
            return;
        }
    }
    done(qd::fail(Code::Unavailable, "The journal is closed."));
}

void Journal::Worker::resume()
{
    const std::lock_guard lock(m_mutex);
    if (!m_failed)
        return;
    ++m_generation; // what was queued before still fails
    m_failed = false;
}

bool Journal::Worker::isFailed() const
{
    const std::lock_guard lock(m_mutex);
    return m_failed;
}

Journal::Worker::Head Journal::Worker::head() const
{
    const std::lock_guard lock(m_mutex);
    return m_head;
}

Stats Journal::Worker::stats() const
{
    const std::lock_guard lock(m_mutex);
    return m_stats;
}

void Journal::Worker::sign(std::function<void(Result<SignedHead>)> done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            m_waiters.push_back(std::move(done));
            m_wake.notify_one();
            return;
        }
    }
    done(qd::fail(Code::Unavailable, "The journal is closed."));
}

Result<std::string> Journal::Worker::checkpoint()
{
    std::promise<Result<std::string>> promise;
    auto answer = promise.get_future();
    sign([&promise](Result<SignedHead> head) {
        promise.set_value(head ? Result<std::string>(std::move(head->note)) : tl::unexpected(head.error()));
    });
    return answer.get();
}

SignedHead Journal::Worker::signedHead() const
{
    const std::lock_guard lock(m_mutex);
    return m_signed;
}

void Journal::Worker::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        m_wake.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
    if (m_sections)
        m_sections->close();
    const std::unique_lock lock(m_storeMutex);
    if (m_closed)
        return;
    m_closed = true;
    m_store.reset();
    if (!m_kept.empty())
        log(LogLevel::Error, "journal",
            std::to_string(m_kept.size()) + " records are not on disk" +
                (m_mirrored ? ", but in " + m_emergency.path().string() + "; the next start records them"
                            : "; they are lost"));
    const HomeLock freed = std::move(m_lock);
}

void Journal::Worker::run()
{
    std::vector<Item> batch;
    std::vector<Item> refused;
    std::vector<Waiter> waiters;
    std::vector<Chore> chores;
    m_reserve.ensure(m_clock.boot());
    bool untidied = false; // records came since the last quiet moment
    for (;;) {
        Error failure;
        bool idle = false;
        bool keeping = false;
        {
            std::unique_lock lock(m_mutex);
            const auto ready = [&] { return !m_queue.empty() || !m_waiters.empty() || !m_chores.empty() || m_closing; };
            const auto most = untidied ? std::optional(m_options.tidyAfter) : nextLook();
            const bool passed = most && !m_wake.wait_for(lock, std::chrono::nanoseconds(most->ns), ready);
            if (!most)
                m_wake.wait(lock, ready);
            idle = untidied && passed;
            take(batch, refused);
            waiters.swap(m_waiters);
            chores.swap(m_chores);
            failure = m_failure;
            keeping = m_keeping;
            if (batch.empty() && refused.empty() && waiters.empty() && chores.empty() && m_closing)
                break;
        }
        const bool worked = !batch.empty();
        fail(refused, failure);
        if (!batch.empty() && batch.front().errand)
            batch.front().errand();
        else if (!batch.empty() && batch.front().change && keeping)
            fail(batch, {Code::Internal, "Keys were to be changed while nothing is recorded.", {}}); // the desk does not ask
        else if (!batch.empty() && batch.front().change)
            commitChange(batch);
        else if (!batch.empty())
            keeping ? keepBatch(batch) : commit(batch);
        else if (!keeping && !idle && m_tip.seq > m_tip.anchored && checkpointDue(m_tip)) {
            if (const auto note = signNow(); !note)
                log(LogLevel::Warning, "journal", note.error());
        }
        for (const Waiter &waiter : waiters)
            waiter(signNow());
        waiters.clear();
        for (const Chore &chore : chores)
            chore();
        chores.clear();
        if (worked || idle)
            houseKeep(idle);
        untidied = !idle && (untidied || worked);
        noteHead(false);
        batch.clear();
    }
    if (isKeeping())
        (void)storeKeptNow();
    if (m_tip.seq > m_tip.anchored && !isKeeping()) {
        if (const auto note = signNow(); !note)
            log(LogLevel::Warning, "journal", note.error());
    }
    noteHead(true);
}

std::optional<Span> Journal::Worker::nextLook() const
{
    std::optional<Span> next;
    // At least a second, so that a checkpoint the store refuses is not tried in a tight loop.
    if (m_tip.seq > m_tip.anchored && !m_keeping)
        next = std::max(m_options.checkpointSpan - (m_clock.boot() - m_unanchoredSince), seconds(1));
    if (isNoteBehind())
        next = std::min(next.value_or(noteAfter()), noteAfter());
    return next;
}

void Journal::Worker::noteHead(bool now)
{
    if (!isNoteBehind() || (!now && m_clock.boot() - m_notedAt < noteAfter()))
        return;
    m_notedAt = m_clock.boot();
    const auto written = m_headNote.write(m_tip.signedNote);
    if (written)
        m_noted = m_tip.anchored;
    else if (!std::exchange(m_noteFailed, true))
        log(LogLevel::Warning, "journal", written.error()); // an older note stays: it is as good, up to its record
    m_noteFailed = m_noteFailed && !written;
}

void Journal::Worker::take(std::vector<Item> &batch, std::vector<Item> &refused)
{
    std::size_t bytes = 0;
    while (!m_queue.empty() && batch.size() < m_options.batchRecords && bytes < m_options.batchBytes) {
        Item &item = m_queue.front();
        if (item.isAlone() && !batch.empty())
            break;
        const bool alone = item.isAlone();
        if (item.errand) {
            batch.push_back(std::move(item));
        } else if (m_failed || item.generation != m_generation) {
            refused.push_back(std::move(item));
        } else {
            for (const Part &part : item.draft.parts)
                bytes += part.body.size();
            batch.push_back(std::move(item));
        }
        m_queue.pop_front();
        if (alone && !batch.empty())
            break;
    }
}

void Journal::Worker::fail(std::vector<Item> &items, const Error &error)
{
    for (Item &item : items)
        item.done(tl::unexpected(error));
    items.clear();
}

std::string Journal::Worker::whyNot(const Draft &draft, const Tip &tip) const
{
    if (draft.seq != tip.seq + 1)
        return "record " + std::to_string(draft.seq) + " was offered after record " + std::to_string(tip.seq);
    if (draft.time < tip.time)
        return "record " + std::to_string(draft.seq) + " is earlier than the one before it";
    if (draft.parts.empty() || draft.parts.size() > kMaxParts)
        return "record " + std::to_string(draft.seq) + " has " + std::to_string(draft.parts.size()) + " parts";
    for (const Part &part : draft.parts)
        if (part.stream.empty() || part.stream.size() > 255 || part.body.size() > kMaxPartBytes)
            return "record " + std::to_string(draft.seq) + " has a part without a fit stream or too large";
    return {};
}

void Journal::Worker::seal(Item &item, Tip &tip, Bytes &blob, Sealed &out)
{
    Draft &draft = item.draft;
    Header header;
    header.log = m_log.id;
    header.seq = draft.seq;
    header.id = Uuid::make(m_clock, m_random);
    header.writer = m_writer;
    header.time = draft.time;
    header.boot = m_clock.boot();
    header.previous = tip.hash;
    header.parts.resize(draft.parts.size());
    const std::size_t headerBytes = headerSize(draft.parts.size());
    std::size_t total = headerBytes;
    for (const Part &part : draft.parts)
        total += part.body.size() + kTag;
    // The bodies are read once, by the cipher, which writes them to where they are stored from.
    blob.resize(total);
    const std::span<std::uint8_t> whole(blob);
    const std::uint64_t begun = ticks();
    std::size_t at = headerBytes;
    for (std::size_t i = 0; i < draft.parts.size(); ++i) {
        const Part &part = draft.parts[i];
        const auto key = part.single ? m_keys->single(part.stream) : m_keys->forStream(part.stream);
        draft.parts[i].key = key->id;
        header.parts[i].family = part.family;
        m_sealer.seal(header, i, *key, part.body, header.parts[i], whole.subspan(at, part.body.size() + kTag));
        at += part.body.size() + kTag;
    }
    const std::uint64_t sealed = ticks();
    at = headerBytes;
    for (PartEntry &entry : header.parts) {
        entry.digest = m_sha.of(BytesView(whole.subspan(at, entry.length)));
        at += entry.length;
    }
    encodeHeader(header, whole.first(headerBytes));
    tip.hash = leafHash(m_sha, whole.first(headerBytes));
    tip.tree.add(m_sha, tip.hash);
    tip.seq = draft.seq;
    tip.time = draft.time;
    const std::uint64_t hashed = ticks();

    out.record =
        std::make_shared<Committed>(Committed{draft.seq, header.id, draft.time, std::move(draft.parts), tip.hash});
    out.done = std::move(item.done);
    const std::lock_guard lock(m_mutex);
    m_stats.sealNs += sealed - begun;
    m_stats.hashNs += hashed - sealed;
    m_stats.bytes += total;
}

bool Journal::Worker::checkpointDue(const Tip &tip) const
{
    return tip.seq - tip.anchored >= m_options.checkpointRecords ||
           m_clock.boot() - m_unanchoredSince >= m_options.checkpointSpan;
}

CheckpointRow Journal::Worker::makeCheckpoint(Tip &tip)
{
    CheckpointRow row;
    row.size = tip.seq;
    row.note = signNote({m_log.origin, tip.seq, tip.tree.root(m_sha)}, m_keys->signer());
    row.frontier = tip.tree.encode();
    tip.anchored = tip.seq;
    tip.signedHash = tip.hash;
    tip.signedNote = row.note;
    return row;
}

Result<SignedHead> Journal::Worker::signNow()
{
    if (m_tip.seq == 0)
        return qd::fail(Code::NotFound, "The journal is empty; there is nothing to sign yet.");
    Tip tip = m_tip;
    const CheckpointRow row = makeCheckpoint(tip);
    if (tip.anchored != m_tip.anchored)
        if (const auto stored = store({}, &row); !stored)
            return tl::unexpected(stored.error());
    m_tip = std::move(tip);
    noteHead(true); // somebody asked for it, or keys are about to go
    const std::lock_guard lock(m_mutex);
    m_signed = {m_tip.anchored, m_tip.signedHash, m_tip.signedNote};
    return m_signed;
}

Result<> Journal::Worker::store(std::span<const Row> rows, const CheckpointRow *checkpoint)
{
    const auto once = [&] {
        Result<> stored = m_keys->flush();
        return stored ? m_store->append(rows, checkpoint) : stored;
    };
    Result<> stored = once();
    if (!stored && stored.error().code == Code::Unavailable && m_reserve.release()) {
        const std::lock_guard lock(m_mutex);
        m_onReserve = true;
        stored = once();
    }
    m_checkFirst = m_checkFirst || (!stored && stored.error().code != Code::Unavailable);
    return stored;
}

void Journal::Worker::houseKeep(bool idle)
{
    m_store->tidy(idle);
    if (!idle)
        return;
    const bool there = m_reserve.ensure(m_clock.boot());
    {
        const std::lock_guard lock(m_mutex);
        m_onReserve = m_onReserve && !there;
    }
    if (!isKeeping())
        tidyKeys();
}

void Journal::Worker::commit(std::vector<Item> &batch)
{
    Tip tip = m_tip;
    std::vector<Sealed> sealed;
    std::vector<Row> rows;
    sealed.reserve(batch.size());
    rows.reserve(batch.size());
    if (m_blobs.size() < batch.size())
        m_blobs.resize(batch.size());
    std::string wrong;
    std::size_t used = 0;
    for (; used < batch.size(); ++used) {
        wrong = whyNot(batch[used].draft, tip);
        if (!wrong.empty())
            break;
        Sealed &record = sealed.emplace_back();
        seal(batch[used], tip, m_blobs[used], record);
        rows.push_back({tip.seq, m_blobs[used]});
    }
    batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(used));

    Result<> stored;
    const std::uint64_t begun = ticks();
    if (!rows.empty()) {
        if (m_tip.seq == m_tip.anchored)
            m_unanchoredSince = m_clock.boot();
        std::optional<CheckpointRow> checkpoint;
        if (checkpointDue(tip))
            checkpoint = makeCheckpoint(tip);
        stored = store(rows, checkpoint ? &*checkpoint : nullptr);
    }
    const std::uint64_t ended = ticks();
    Error failure;
    {
        const std::lock_guard lock(m_mutex);
        if (stored && !rows.empty()) {
            m_tip = std::move(tip);
            m_head = {m_tip.seq, m_tip.hash, m_tip.time};
            m_signed = {m_tip.anchored, m_tip.signedHash, m_tip.signedNote};
            m_stats.storeNs += ended - begun;
            m_stats.records += rows.size();
            ++m_stats.commits;
        }
        if (!stored)
            m_failure = stored.error();
        else if (!wrong.empty())
            m_failure = {Code::Internal, "The journal refused a record of our own making: " + wrong + "."};
        m_failed = m_failed || !stored || !wrong.empty();
        failure = m_failure;
    }
    for (Sealed &record : sealed) {
        if (stored)
            record.done(std::shared_ptr<const Committed>(std::move(record.record)));
        else
            record.done(tl::unexpected(failure));
    }
    fail(batch, failure);
    for (Bytes &blob : m_blobs)
        if (blob.capacity() > kKeepBlob)
            Bytes().swap(blob);
}

} // namespace qd::journal
