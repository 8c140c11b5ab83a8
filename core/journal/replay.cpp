// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/opener.h"
#include "core/journal/worker.h"

namespace qd::journal {

Result<std::unique_ptr<RecordReader>> Journal::Worker::reader() const
{
    const std::shared_lock lock(m_storeMutex);
    if (m_closed)
        return qd::fail(Code::Unavailable, "The journal is closed.");
    return m_store->reader();
}

Result<std::uint64_t> Journal::Worker::seqAt(Instant at) const
{
    Head head;
    {
        const std::lock_guard lock(m_mutex);
        head = m_head;
        // What is kept while the disk takes nothing is later than all that is on it.
        for (auto blob = m_kept.rbegin(); blob != m_kept.rend(); ++blob)
            if (const auto parsed = parseHeader(**blob); parsed && parsed->header.time <= at)
                return parsed->header.seq;
    }
    if (head.seq == 0 || head.time <= at)
        return head.seq;
    const auto reader = this->reader();
    if (!reader)
        return tl::unexpected(reader.error());
    std::uint64_t low = 0, high = head.seq; // low: not after `at`, or 0; high: after it
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        std::optional<Instant> time;
        const auto read = (*reader)->read(middle, middle, [&](const Row &row) {
            if (const auto parsed = parseHeader(row.blob); parsed && parsed->header.seq == middle)
                time = parsed->header.time;
            return false;
        });
        if (!read)
            return tl::unexpected(read.error());
        if (!time)
            return qd::fail(Code::Corrupt, "The journal is damaged at record " + std::to_string(middle) +
                                               ". Nothing was changed; `quarterdeckctl verify` lists all damage.");
        (*time <= at ? low : high) = middle;
    }
    return low;
}

Result<> Journal::Worker::replay(std::uint64_t from, std::uint64_t to,
                                 const std::function<bool(const Committed &)> &each) const
{
    Head head;
    std::vector<std::shared_ptr<const Bytes>> kept;
    {
        const std::lock_guard lock(m_mutex);
        head = m_head;
        kept.assign(m_kept.begin(), m_kept.end());
    }
    from = std::max<std::uint64_t>(from, 1);
    to = std::min(to, head.seq + kept.size());
    if (from > to)
        return {};
    auto reader = this->reader();
    if (!reader)
        return tl::unexpected(reader.error());
    Opener opener(*m_keys, m_log.id);
    std::uint64_t next = from;
    bool stopped = false;
    Result<> outcome;
    const auto damaged = [](std::uint64_t seq, const char *what) {
        return qd::fail(Code::Corrupt, "The journal is damaged at record " + std::to_string(seq) + ": " + what +
                                           ". Nothing was changed; `quarterdeckctl verify` lists all damage.");
    };
    const auto take = [&](const Row &row) {
        auto record = row.seq == next ? opener.open(row) : Result<Committed>(damaged(next, "it is missing"));
        if (record && record->seq == head.seq && record->hash != head.hash)
            record = damaged(record->seq, "it is not the record that was committed");
        if (!record) {
            outcome = tl::unexpected(record.error());
            return false;
        }
        ++next;
        record->recorded = row.seq <= head.seq;
        stopped = !each(*record);
        return !stopped;
    };
    const std::uint64_t onDisk = std::min(to, head.seq);
    const auto read = from <= onDisk ? (*reader)->read(from, onDisk, take) : Result<>();
    if (!read)
        return read;
    if (outcome && !stopped && next <= onDisk)
        return damaged(next, "it is missing");
    while (outcome && !stopped && next <= to)
        if (const std::uint64_t seq = next; !take({seq, *kept[seq - head.seq - 1]}))
            break;
    return outcome;
}

} // namespace qd::journal
