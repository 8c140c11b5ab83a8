// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/recover.h"

#include "core/journal/damagedlog.h"
#include "core/journal/journal.h"

#include <condition_variable>
#include <mutex>

namespace qd::journal {

namespace {

constexpr std::size_t kInFlight = 4096;      ///< records handed over and not stored yet
constexpr std::size_t kInFlightBytes = 64u << 20;
constexpr std::string_view kTexts = "text/"; ///< streams whose parts have a key each

/// Hands records to a journal, a bounded number ahead of the disk.
class Refill final
{
public:
    explicit Refill(Journal &journal)
        : m_journal(journal)
    {
    }
    /// False after the first failure.
    bool append(Draft draft)
    {
        std::size_t bytes = 0;
        for (const Part &part : draft.parts)
            bytes += part.body.size();
        std::unique_lock lock(m_mutex);
        m_landed.wait(lock, [this] { return m_flying < kInFlight && m_bytes < kInFlightBytes; });
        if (!m_outcome)
            return false;
        ++m_flying;
        m_bytes += bytes;
        lock.unlock();
        m_journal.append(std::move(draft), [this, bytes](Result<std::shared_ptr<const Committed>> r) {
            const std::lock_guard held(m_mutex);
            if (!r && m_outcome)
                m_outcome = tl::unexpected(r.error());
            --m_flying;
            m_bytes -= bytes;
            m_landed.notify_all();
        });
        return true;
    }
    Result<> finish()
    {
        std::unique_lock lock(m_mutex);
        m_landed.wait(lock, [this] { return m_flying == 0; });
        return m_outcome;
    }

private:
    Journal &m_journal;
    std::mutex m_mutex;
    std::condition_variable m_landed;
    std::size_t m_flying = 0, m_bytes = 0;
    Result<> m_outcome;
};

Result<> fill(const DamagedLog &log, Journal &journal, Recovered &out, Clock &clock, const Recovering &how)
{
    Refill refill(journal);
    const auto read = log.replay(1, log.head(), [&](const Committed &record) {
        Draft draft{record.seq, record.time, {}};
        for (const Part &part : record.parts) {
            out.unread += part.erased ? 1 : 0;
            // Which keys of the old log were destroyed means nothing in the new one.
            if (part.erased || part.stream == kPublicStream)
                continue;
            draft.parts.push_back(part);
            draft.parts.back().single = part.stream.starts_with(kTexts);
        }
        if (draft.parts.empty())
            draft.parts.push_back(how.nothing);
        return refill.append(std::move(draft));
    });
    auto outcome = refill.finish();
    if (outcome)
        outcome = read;
    if (!outcome)
        return outcome;
    std::uint64_t seq = log.head();
    for (auto &parts : how.said(out))
        (void)refill.append({++seq, std::max(clock.now(), log.headTime()), std::move(parts)});
    outcome = refill.finish();
    journal.close();
    return outcome;
}

} // namespace

Result<Recovered> recover(const std::filesystem::path &from, const std::filesystem::path &to, const Ports &ports, const Unlock &unlock,
                          Clock &clock, Random &random, const Recovering &how)
{
    std::error_code error;
    if (std::filesystem::exists(to, error) || error)
        return fail(Code::Conflict, "There is something at " + to.string() + " already; name a folder that is not there yet.");
    const auto log = DamagedLog::open(from, ports, unlock);
    if (!log)
        return tl::unexpected(log.error());
    if ((*log)->damage().empty())
        return fail(Code::Conflict, "Nothing is wrong with the journal of " + from.string() + ": there is nothing to recover.");
    Recovered out;
    out.origin = (*log)->origin();
    out.damage = (*log)->damage();
    out.records = (*log)->head();
    out.until = (*log)->headTime();
    const Unlock fresh = unlock.kind == Unlock::KeyFile ? Unlock{Unlock::KeyFile, {}} : unlock.duplicate();
    auto created = create(to, ports, fresh, clock, random, how.rest);
    if (!created) {
        if (created.error().code != Code::Conflict) // somebody else is making a home there
            std::filesystem::remove_all(to, error);
        return tl::unexpected(created.error());
    }
    out.created = std::move(*created);
    Result<> filled;
    {
        Options options;
        options.batchRecords = 1024;
        auto journal = Journal::open(to, ports, fresh, clock, random, options);
        filled = journal ? fill(**log, **journal, out, clock, how) : Result<>(tl::unexpected(journal.error()));
    }
    if (!filled) {
        std::filesystem::remove_all(to, error); // it was not there before
        return tl::unexpected(filled.error());
    }
    return out;
}

} // namespace qd::journal
