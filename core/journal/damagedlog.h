// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/home.h"
#include "core/journal/keyring.h"
#include "core/journal/note.h"

#include <memory>
#include <optional>

namespace qd::journal {

/// A home whose journal or key file is damaged, opened to be looked at: what was recorded before the first record that is not
/// what was written, and nothing after it. Where the structure of a file is damaged, its rows are looked for page by page
/// (Ports::salvageRecords, salvageKeys), and believed only as any others are; what was sealed with keys that are gone is shown
/// as erased. Writes nothing, signs nothing, repairs nothing. Holds the home's lock, so that no core writes meanwhile. Its
/// functions may be called from any thread, one at a time each reading.
class DamagedLog final
{
public:
    /// Reads the log from the first record on, opening every seal and checking every link and checkpoint, until something
    /// is wrong; slow (all of it is read). Fails where there is nothing to show: Conflict (a core has the home), Corrupt (nothing is
    /// left of the log, or no key opens it), Forbidden, NotFound, Version, Io.
    [[nodiscard]] static Result<std::unique_ptr<DamagedLog>> open(const std::filesystem::path &home, const Ports &ports,
                                                                  const Unlock &unlock);

    [[nodiscard]] std::uint64_t head() const { return m_head; } ///< the last record before the damage, 0 for none
    [[nodiscard]] Instant headTime() const { return m_headTime; }
    [[nodiscard]] std::string origin() const { return m_log.origin; }
    /// What is wrong, in one sentence without its full stop; empty when nothing was found, and the trouble was another.
    [[nodiscard]] const std::string &damage() const { return m_damage; }

    /// Records from..to, both included, cut at head(), until `each` says false. A connection of its own each time.
    [[nodiscard]] Result<> replay(std::uint64_t from, std::uint64_t to,
                                  const std::function<bool(const Committed &)> &each) const;

private:
    DamagedLog(HomeLock lock, LogRow log)
        : m_lock(std::move(lock))
        , m_log(std::move(log))
    {
    }
    struct Shown
    {
        std::uint64_t head = 0;
        Instant time;
        std::string damage;
    };
    [[nodiscard]] Shown lookThrough(RecordReader &records, const std::optional<Note> &beside);
    void show(Shown shown);
    [[nodiscard]] std::optional<PublicKey> signersKey() const;

    HomeLock m_lock;
    LogRow m_log;
    SystemRandom m_random;
    std::unique_ptr<KeyRing> m_keys;
    std::function<Result<std::unique_ptr<RecordStore>>()> m_reopen;
    std::unique_ptr<RecordReader> m_found; ///< set when more was found page by page; any number of threads read it
    std::uint64_t m_head = 0;
    Instant m_headTime;
    std::string m_damage;
};

} // namespace qd::journal
