// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/erasure.h"
#include "core/journal/reading.h"
#include "core/journal/sections.h"
#include "core/journal/unlock.h"

#include <map>
#include <functional>
#include <memory>
#include <mutex>

namespace qd::journal {

struct Options
{
    std::size_t batchRecords = 64;        ///< most records a commit
    std::size_t batchBytes = 32u << 20;   ///< sealed bytes after which a commit takes no more
    std::uint64_t checkpointRecords = 64; ///< a checkpoint is at most this many records behind
    Span checkpointSpan = seconds(60);    ///< and at most this long
    std::filesystem::path emergency = {}; ///< folder for what is kept while the disk fails, best on another disk; empty: none
    Span tidyAfter = millis(100);         ///< without a record for so long, the write-ahead log is moved into the file
    std::size_t reserveBytes = 4u << 20;  ///< room held in the home for the moment the disk is full; 0: none
};

/// The newest record a checkpoint vouches for.
struct SignedHead
{
    std::uint64_t seq = 0; ///< 0: nothing is signed yet
    Hash hash{};           ///< its leaf hash; headWords() says it in words
    std::string note;      ///< the checkpoint: a C2SP signed note
};

/// Where the time went, in nanoseconds since open. For benches and `doctor`.
struct Stats
{
    std::uint64_t sealNs = 0;  ///< key derivation and AES-GCM
    std::uint64_t hashNs = 0;  ///< SHA-256 of sealed parts and headers, the tree
    std::uint64_t storeNs = 0; ///< key and record commits
    std::uint64_t commits = 0;
    std::uint64_t records = 0;
    std::uint64_t bytes = 0; ///< sealed blobs
};

/// What is kept in memory because the disk takes nothing.
struct Kept
{
    std::uint64_t records = 0;
    std::filesystem::path mirror; ///< the emergency file that holds it too; empty: memory alone
};

/// The one log of a home: append-only, sealed, chained, durable.
/// Guarantees: a Done with a value means the record is on disk (FULL commit) and chained; Dones come in seq order;
/// after a failed commit nothing of the batch is stored, head() is unchanged and every later draft fails until
/// resumeAfterFailure(). Owns the journal thread, which seals, chains, commits in groups (what queued while the last
/// commit ran), signs checkpoints and calls back. All functions may be called from any thread.
class Journal final
{
public:
    using Done = std::function<void(Result<std::shared_ptr<const Committed>>)>;

    /// Locks the home, opens keys and log, checks the last checkpoints and the records after them.
    /// Errors: Conflict (another core has this home), NotFound (no home there), Version (a newer format),
    /// Forbidden (wrong passphrase or key), Corrupt (damaged; nothing is changed), Io. `clock` and `random` must
    /// outlive it.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const std::filesystem::path &home, const Ports &ports,
                                                               const Unlock &unlock, Clock &clock, Random &random,
                                                               Options options = {});
    ~Journal(); ///< close()
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    [[nodiscard]] std::uint64_t head() const; ///< the last committed seq, 0 for none
    [[nodiscard]] std::uint64_t tail() const; ///< head(), or the last record kept beyond it
    [[nodiscard]] Hash headHash() const;      ///< all zero for an empty log
    [[nodiscard]] Instant headTime() const;   ///< journal time of the last committed record
    [[nodiscard]] std::string origin() const;
    [[nodiscard]] std::string verificationKey() const;

    /// Queues a record; never waits for the disk. `done` is called once, on the journal thread; it must not block it.
    /// A draft with a wrong seq or time is our own mistake: it and all after it fail with Internal.
    void append(Draft draft, Done done);
    /// The same for a record that says that keys are destroyed or that a hold begins or ends. The public part is added
    /// here. When `done` gets a value the keys are gone, or erasurePending() is true: recorded, but the key file could not
    /// be written; it is tried again in idle moments and when the home is next opened. A crash at any moment leaves
    /// either nothing done or a record whose erasure is carried out when the home is opened.
    void append(Draft draft, KeyChange change, Done done);
    /// Whether such a change would be refused: Conflict (a hold), NotFound (no such key any more). Waits for what was
    /// appended before; never call it from a Done.
    [[nodiscard]] Result<> mayChange(const KeyChange &change) const;
    [[nodiscard]] Result<std::vector<Hold>> holds() const; ///< waits in the same way
    /// Every stream that has a key, by name, with the number of a hold that covers it (0: none); waits in the same way.
    [[nodiscard]] Result<std::map<std::string, std::uint32_t>> streams() const;
    [[nodiscard]] bool erasurePending() const;
    /// After a failure: drafts appended from now on continue from head(). Those queued before still fail.
    void resumeAfterFailure();
    [[nodiscard]] bool isFailed() const;

    /// After a failure, instead of resumeAfterFailure(): drafts appended from now on are sealed and chained behind head(),
    /// kept in memory, mirrored to the emergency file (Options), and answered with `recorded` false; replay() gives them.
    /// The journal does not bound them: the desk does.
    void keep();
    /// Tries to store what is kept, in order, with the bytes it has; then drafts are committed again. `done` on the journal
    /// thread, with how many; after an error all goes on as before. What a core that died while it kept left in the
    /// emergency file is stored by open(), or kept on when the disk still takes nothing.
    void storeKept(std::function<void(Result<std::uint64_t>)> done);
    [[nodiscard]] bool isKeeping() const;
    [[nodiscard]] Kept kept() const;
    /// One sentence when commits live on the reserve because the disk is full; else empty.
    [[nodiscard]] std::string notice() const;

    /// Opens records from..to (inclusive, cut at tail()) in order, on a connection of its own, until `each`
    /// says false. Checks the chain inside the range and every seal. Errors: Corrupt, Io, Unavailable.
    [[nodiscard]] Result<> replay(std::uint64_t fromSeq, std::uint64_t toSeq,
                                  const std::function<bool(const Committed &)> &each) const;

    /// The last committed record whose journal time is not after `at`, 0 when all are; by the headers alone, a few dozen
    /// reads. Errors as replay().
    [[nodiscard]] Result<std::uint64_t> seqAt(Instant at) const;

    /// Signs a checkpoint of everything committed now and returns its text (C2SP signed note). Waits for the journal
    /// thread; never call it from a Done. NotFound while the log is empty.
    [[nodiscard]] Result<std::string> checkpoint();
    /// The same without waiting: `done` is called once, on the journal thread; it must not block it.
    void sign(std::function<void(Result<SignedHead>)> done);
    [[nodiscard]] SignedHead signedHead() const; ///< of the newest checkpoint

    /// What is derived from the log and sealed with its keys: snapshots, search segments. Thread-safe; lives as long as
    /// the journal and answers Unavailable once it is closed.
    [[nodiscard]] Sections &sections() const;

    [[nodiscard]] Stats stats() const;

    /// How this log is to be read, null until somebody said it. Thread-safe.
    [[nodiscard]] std::shared_ptr<const Reading> reading() const;
    /// With `isNew` an era of sections() ends first: what was derived under another reading is never stored any more.
    void setReading(std::shared_ptr<const Reading> reading, bool isNew);

    /// Commits what is queued, signs the last checkpoint, frees the home. Later appends fail with Unavailable.
    void close();

private:
    class Worker;
    explicit Journal(std::unique_ptr<Worker> worker);
    std::unique_ptr<Worker> m_worker;
    mutable std::mutex m_readingMutex;
    std::shared_ptr<const Reading> m_reading;
};

} // namespace qd::journal
