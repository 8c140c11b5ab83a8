// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/journal/opener.h"
#include "core/journal/worker.h"

#include <future>

/// Records that change keys, on the journal thread: the intent, the record, the deed.
namespace qd::journal {

/// True when the record an intent was for is in the log and says what the intent says.
static Result<bool> saysErasure(RecordReader &store, const IntentRow &intent)
{
    Result<bool> recorded = false;
    const auto read = store.read(intent.seq, intent.seq, [&](const Row &row) {
        const auto parsed = parseHeader(row.blob);
        if (!parsed) {
            recorded = tl::unexpected(parsed.error());
            return false;
        }
        std::size_t at = parsed->size;
        for (std::size_t i = 0; i < parsed->header.parts.size(); ++i) {
            const PartEntry &entry = parsed->header.parts[i];
            Bytes body;
            if (entry.family == kErasureFamily && entry.key == kPublicKeyId &&
                Sealer().open(parsed->header, i, *publicKey(), row.blob.subspan(at, entry.length), body))
                recorded = body == intent.keys;
            at += entry.length;
        }
        return false;
    });
    return read ? recorded : Result<bool>(tl::unexpected(read.error()));
}

void Journal::Worker::append(Draft draft, KeyChange change, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            Item &item = m_queue.emplace_back();
            item.draft = std::move(draft);
            item.done = std::move(done);
            item.generation = m_generation;
            item.change = std::make_unique<KeyChange>(std::move(change));
            m_wake.notify_one();
            return;
        }
    }
    done(qd::fail(Code::Unavailable, "The journal is closed."));
}

Result<> Journal::Worker::ask(const std::function<void(const KeyRing &)> &question) const
{
    std::promise<void> answered;
    auto answer = answered.get_future();
    {
        const std::lock_guard lock(m_mutex);
        if (m_closing)
            return qd::fail(Code::Unavailable, "The journal is closed.");
        m_queue.emplace_back().errand = [&] {
            question(*m_keys);
            answered.set_value();
        };
        m_wake.notify_one();
    }
    answer.wait();
    return {};
}

void Journal::Worker::commitChange(std::vector<Item> &batch)
{
    const std::unique_ptr<KeyChange> change = std::move(batch.front().change);
    if (m_keys->hasIntents())
        settleErasures(); // of an erasure before this one, which could not be carried out then
    auto erasure = m_keys->begin(*change, batch.front().draft.seq);
    if (!erasure) {
        {
            const std::lock_guard lock(m_mutex);
            m_failed = true;
            m_failure = erasure.error();
        }
        return fail(batch, erasure.error());
    }
    if (!erasure->empty())
        batch.front().draft.parts.push_back({std::string(kPublicStream), kErasureFamily, std::move(*erasure)});
    Result<std::shared_ptr<const Committed>> outcome;
    const Done done = std::exchange(batch.front().done, [&](auto result) { outcome = std::move(result); });
    commit(batch);
    if (outcome) {
        if (const auto note = signNow(); !note) // what is erased is anchored at once
            log(LogLevel::Warning, "journal", note.error());
        if (const auto finished = m_keys->finish(change->release); !finished)
            log(LogLevel::Error, "journal", finished.error());
        if (change->destroys() && m_sections)
            m_sections->endEra();
    } else if (m_keys->hasIntents()) {
        settleErasures();
    }
    m_erasurePending = m_keys->hasIntents();
    done(std::move(outcome));
}

Result<> Journal::Worker::recoverErasures()
{
    const auto settled = m_keys->recover([this](const IntentRow &intent) { return saysErasure(*m_store, intent); });
    m_erasurePending = m_keys->hasIntents();
    return settled;
}

void Journal::Worker::settleErasures()
{
    if (const auto settled = recoverErasures(); !settled)
        log(LogLevel::Error, "journal", settled.error());
}

void Journal::Worker::tidyKeys()
{
    if (m_keys->hasIntents())
        settleErasures();
    if (const auto prepared = m_keys->prepare(); !prepared)
        log(LogLevel::Warning, "journal", prepared.error());
}

} // namespace qd::journal
