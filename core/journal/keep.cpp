// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/worker.h"

#include "core/base/log.h"
#include "core/journal/opener.h"

#include <algorithm>

/// What the journal does while its disk takes nothing: seal and chain as ever, keep, mirror, and store it all later with the
/// bytes it has.
namespace qd::journal {

void Journal::Worker::keep()
{
    const std::lock_guard lock(m_mutex);
    if (m_keeping)
        return;
    ++m_generation; // what was queued before still fails
    m_failed = false;
    m_keeping = true;
    m_mirrored = !m_options.emergency.empty();
}

void Journal::Worker::storeKept(Stored done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            m_chores.push_back([this, done = std::move(done)] { done(isKeeping() ? storeKeptNow() : Result<std::uint64_t>(0)); });
            m_wake.notify_one();
            return;
        }
    }
    done(qd::fail(Code::Unavailable, "The journal is closed."));
}

bool Journal::Worker::isKeeping() const
{
    const std::lock_guard lock(m_mutex);
    return m_keeping;
}

Kept Journal::Worker::kept() const
{
    const std::lock_guard lock(m_mutex);
    return {m_kept.size(), m_mirrored ? m_emergency.path() : std::filesystem::path()};
}

std::uint64_t Journal::Worker::tail() const
{
    const std::lock_guard lock(m_mutex);
    return m_head.seq + m_kept.size();
}

std::string Journal::Worker::notice() const
{
    const std::lock_guard lock(m_mutex);
    return m_onReserve ? "The disk is full; what is recorded now lives on a reserve of " +
                             std::to_string(m_options.reserveBytes >> 20) + " MB. Free some space."
                       : m_unnoted;
}

void Journal::Worker::keepBatch(std::vector<Item> &batch)
{
    bool mirrored = false;
    Tip tip;
    {
        const std::lock_guard lock(m_mutex);
        mirrored = m_mirrored;
        tip = m_kept.empty() ? m_tip : m_keptTip;
    }
    std::vector<Sealed> sealed;
    std::vector<std::shared_ptr<const Bytes>> blobs;
    std::string wrong;
    std::size_t used = 0;
    for (; used < batch.size(); ++used) {
        wrong = whyNot(batch[used].draft, tip);
        if (!wrong.empty())
            break;
        auto blob = std::make_shared<Bytes>();
        seal(batch[used], tip, *blob, sealed.emplace_back());
        sealed.back().record->recorded = false;
        blobs.push_back(std::move(blob));
    }
    batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(used));

    if (mirrored && !blobs.empty()) {
        std::vector<BytesView> views;
        for (const auto &blob : blobs)
            views.emplace_back(*blob);
        // Keys that keys.db could not take go along, each time: few, and a reader takes each once.
        if (const auto written = m_emergency.append(m_keys->unstored(), m_keys->unstoredPages(), views); !written) {
            log(LogLevel::Error, "journal", written.error());
            mirrored = false;
        }
    }
    Error failure;
    {
        const std::lock_guard lock(m_mutex);
        m_keptTip = std::move(tip);
        m_mirrored = m_mirrored && mirrored;
        m_kept.insert(m_kept.end(), blobs.begin(), blobs.end());
        if (!wrong.empty()) {
            m_failure = {Code::Internal, "The journal refused a record of our own making: " + wrong + "."};
            m_failed = true;
        }
        failure = m_failure;
    }
    for (Sealed &record : sealed)
        record.done(std::shared_ptr<const Committed>(std::move(record.record)));
    fail(batch, failure);
}

Result<> Journal::Worker::checkTip()
{
    if (!m_checkFirst)
        return {};
    const auto found = readTip(*m_store, m_log);
    if (!found)
        return tl::unexpected(found.error());
    if (found->seq != m_tip.seq || found->hash != m_tip.hash)
        return qd::fail(Code::Corrupt, "The journal on disk does not end with record " + std::to_string(m_tip.seq) +
                                           " any more; nothing is written to it. Run `quarterdeckctl verify`.");
    m_checkFirst = false;
    return {};
}

Result<Tip> Journal::Worker::after(const Tip &tip, BytesView blob)
{
    const auto parsed = parseHeader(blob);
    if (!parsed)
        return tl::unexpected(parsed.error());
    const Header &h = parsed->header;
    if (h.seq != tip.seq + 1 || h.previous != tip.hash || h.log != m_log.id || h.time < tip.time ||
        !digestsFit(m_sha, *parsed, blob))
        return qd::fail(Code::Conflict, "It does not continue the journal.");
    Tip next = tip;
    next.seq = h.seq;
    next.time = h.time;
    next.hash = leafHash(m_sha, blob.first(parsed->size));
    next.tree.add(m_sha, next.hash);
    return next;
}

Result<std::uint64_t> Journal::Worker::storeKeptNow()
{
    if (const auto sound = checkTip(); !sound)
        return tl::unexpected(sound.error());
    std::uint64_t count = 0;
    for (;;) {
        std::vector<std::shared_ptr<const Bytes>> blobs;
        {
            const std::lock_guard lock(m_mutex);
            std::size_t bytes = 0;
            while (blobs.size() < m_kept.size() && blobs.size() < m_options.batchRecords && bytes < m_options.batchBytes) {
                blobs.push_back(m_kept[blobs.size()]);
                bytes += blobs.back()->size();
            }
        }
        if (blobs.empty())
            break;
        Tip tip = m_tip;
        std::vector<Row> rows;
        for (const auto &blob : blobs) {
            auto next = after(tip, *blob);
            if (!next)
                return tl::unexpected(next.error());
            tip = std::move(*next);
            rows.push_back({tip.seq, *blob});
        }
        std::optional<CheckpointRow> checkpoint;
        if (checkpointDue(tip))
            checkpoint = makeCheckpoint(tip);
        if (const auto stored = store(rows, checkpoint ? &*checkpoint : nullptr); !stored)
            return tl::unexpected(stored.error());
        count += rows.size();
        const std::lock_guard lock(m_mutex);
        m_tip = std::move(tip);
        m_head = {m_tip.seq, m_tip.hash, m_tip.time};
        m_signed = {m_tip.anchored, m_tip.signedHash, m_tip.signedNote};
        m_kept.erase(m_kept.begin(), m_kept.begin() + static_cast<std::ptrdiff_t>(rows.size()));
        m_stats.records += rows.size();
        ++m_stats.commits;
    }
    // Even with nothing kept the disk must show that it takes something before it is trusted again.
    if (count == 0 && m_tip.seq > 0) {
        Tip tip = m_tip;
        const CheckpointRow row = makeCheckpoint(tip);
        if (tip.seq > m_tip.anchored) {
            if (const auto stored = store({}, &row); !stored)
                return tl::unexpected(stored.error());
            const std::lock_guard lock(m_mutex);
            m_tip = std::move(tip);
            m_signed = {m_tip.anchored, m_tip.signedHash, m_tip.signedNote};
        }
    }
    m_emergency.remove();
    const std::lock_guard lock(m_mutex);
    m_keeping = false;
    return count;
}

Result<> Journal::Worker::adoptEmergency()
{
    auto left = m_emergency.read();
    if (!left && left.error().code == Code::NotFound)
        return {};
    const auto setAside = [this](const std::string &why) {
        log(LogLevel::Error, "journal", why + " It was set aside as " + m_emergency.setAside().string() + ".");
        return Result<>();
    };
    if (!left)
        return setAside(left.error().message);
    for (KeyRow &key : left->keys)
        if (const auto adopted = m_keys->adopt(std::move(key)); !adopted)
            return setAside(adopted.error().message);
    for (PageRow &page : left->pages)
        if (const auto adopted = m_keys->adopt(std::move(page)); !adopted)
            return setAside(adopted.error().message);
    // What the log holds already was stored before the core died.
    std::size_t at = 0;
    for (; at < left->records.size(); ++at) {
        const auto parsed = parseHeader(left->records[at]);
        if (!parsed || parsed->header.seq > m_tip.seq)
            break;
        bool same = false;
        const auto read = m_store->read(parsed->header.seq, parsed->header.seq, [&](const Row &row) {
            same = std::equal(row.blob.begin(), row.blob.end(), left->records[at].begin(), left->records[at].end());
            return false;
        });
        if (!read)
            return read;
        if (!same)
            return setAside("The emergency file " + m_emergency.path().string() + " does not continue this journal.");
    }
    Tip tip = m_tip;
    for (; at < left->records.size(); ++at) {
        auto next = after(tip, left->records[at]);
        if (!next)
            return setAside("The emergency file " + m_emergency.path().string() + " does not continue this journal.");
        tip = std::move(*next);
        m_kept.push_back(std::make_shared<const Bytes>(std::move(left->records[at])));
    }
    if (m_kept.empty()) {
        m_emergency.remove();
        return {};
    }
    m_keptTip = std::move(tip);
    m_keeping = m_mirrored = true;
    log(LogLevel::Warning, "journal",
        std::to_string(m_kept.size()) + " records of the emergency file " + m_emergency.path().string() +
            " are recorded late");
    if (const auto stored = storeKeptNow(); !stored)
        log(LogLevel::Error, "journal", stored.error()); // kept on, and tried again
    return {};
}

} // namespace qd::journal
