// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/emergency.h"
#include "core/journal/headnote.h"
#include "core/journal/home.h"
#include "core/journal/journal.h"
#include "core/journal/keyring.h"
#include "core/journal/reserve.h"
#include "core/journal/tip.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <thread>

namespace qd::journal {

/// The journal thread and its queue. See journal.h for what it guarantees.
class Journal::Worker final
{
public:
    Worker(const std::filesystem::path &home, HomeLock lock, std::unique_ptr<RecordStore> store,
           std::unique_ptr<KeyRing> keys, LogRow log, Tip tip, Clock &clock, Random &random, Options options);
    ~Worker();

    /// Before start(): what a core that died while it kept left behind. Corrupt, Io: it cannot be read.
    [[nodiscard]] Result<> adoptEmergency();
    /// Before start(), after adoptEmergency(): erasures that were recorded and not carried out. Corrupt, Io.
    [[nodiscard]] Result<> recoverErasures();
    /// Before start(): what notice() says of the note beside the log, for as long as this core runs.
    void tellUnnoted(std::string sentence) { m_unnoted = std::move(sentence); }
    void start();

    void append(Draft draft, Done done);
    void append(Draft draft, KeyChange change, Done done);
    /// Asks on the journal thread, after all that was queued before. Unavailable when closed.
    [[nodiscard]] Result<> ask(const std::function<void(const KeyRing &)> &question) const;
    [[nodiscard]] bool erasurePending() const { return m_erasurePending; }
    void resume();
    void keep();
    using Stored = std::function<void(Result<std::uint64_t>)>;
    void storeKept(Stored done);
    void close();
    [[nodiscard]] Result<std::string> checkpoint();
    void sign(std::function<void(Result<SignedHead>)> done);
    [[nodiscard]] SignedHead signedHead() const;
    [[nodiscard]] Result<> replay(std::uint64_t from, std::uint64_t to,
                                  const std::function<bool(const Committed &)> &each) const;

    [[nodiscard]] Result<std::uint64_t> seqAt(Instant at) const;

    struct Head
    {
        std::uint64_t seq = 0;
        Hash hash{};
        Instant time;
    };
    [[nodiscard]] Head head() const;
    [[nodiscard]] Stats stats() const;
    [[nodiscard]] bool isFailed() const;
    [[nodiscard]] bool isKeeping() const;
    [[nodiscard]] Kept kept() const;
    [[nodiscard]] std::uint64_t tail() const;
    [[nodiscard]] std::string notice() const;
    [[nodiscard]] const LogRow &logRow() const { return m_log; }

    void openSections(const std::filesystem::path &home, const Ports &ports);
    [[nodiscard]] Sections &sections() const { return *m_sections; }

private:
    struct Item
    {
        Draft draft;
        Done done;
        std::uint64_t generation = 0;
        std::unique_ptr<KeyChange> change = {}; ///< committed alone
        std::function<void()> errand = {};      ///< instead of a draft
        [[nodiscard]] bool isAlone() const { return change || errand; }
    };
    /// A record on its way through a commit.
    struct Sealed
    {
        std::shared_ptr<Committed> record;
        Done done;
    };
    using Waiter = std::function<void(Result<SignedHead>)>;
    using Chore = std::function<void()>;

    /// The key of a stream, made and stored when it is new. Waits for the journal thread.
    [[nodiscard]] Result<std::shared_ptr<const StreamKey>> keyFor(const std::string &stream);

    [[nodiscard]] Result<std::unique_ptr<RecordReader>> reader() const;
    void run();
    /// Takes from the queue what one commit holds; what cannot be committed any more is put into `refused`.
    void take(std::vector<Item> &batch, std::vector<Item> &refused);
    void commit(std::vector<Item> &batch);
    void commitChange(std::vector<Item> &batch);
    void settleErasures();
    void tidyKeys();
    /// Keys, rows and checkpoint on disk; once more when giving up the reserve made room.
    [[nodiscard]] Result<> store(std::span<const Row> rows, const CheckpointRow *checkpoint);
    void houseKeep(bool idle);
    /// Keeps the newest checkpoint beside the log: at once, or at most once a second, once a minute where it fails.
    void noteHead(bool now);
    /// When there is something to do although nothing comes; nothing when there is not. With the mutex held.
    [[nodiscard]] std::optional<Span> nextLook() const;
    [[nodiscard]] bool isNoteBehind() const { return m_tip.anchored > m_noted; }
    [[nodiscard]] Span noteAfter() const { return m_noteFailed ? seconds(60) : seconds(1); }
    // While the disk takes nothing: keep.cpp.
    void keepBatch(std::vector<Item> &batch);
    [[nodiscard]] Result<std::uint64_t> storeKeptNow();
    /// After the system refused a write, what it says it holds is looked at again before anything is built on it.
    [[nodiscard]] Result<> checkTip();
    [[nodiscard]] Result<Tip> after(const Tip &tip, BytesView blob);
    [[nodiscard]] std::string whyNot(const Draft &draft, const Tip &tip) const;
    void seal(Item &item, Tip &tip, Bytes &blob, Sealed &out);
    [[nodiscard]] bool checkpointDue(const Tip &tip) const;
    [[nodiscard]] CheckpointRow makeCheckpoint(Tip &tip);
    [[nodiscard]] Result<SignedHead> signNow();
    void fail(std::vector<Item> &items, const Error &error);

    // The journal thread's own.
    HomeLock m_lock;
    std::unique_ptr<RecordStore> m_store;
    std::unique_ptr<KeyRing> m_keys;
    const LogRow m_log;
    const Uuid m_writer;
    Clock &m_clock;
    Random &m_random;
    const Options m_options;
    Tip m_tip;
    Tip m_keptTip; ///< behind what is kept
    EmergencyFile m_emergency;
    Reserve m_reserve;
    HeadNote m_headNote;
    std::uint64_t m_noted = 0; ///< size of the checkpoint in it, of those this core signed
    Span m_notedAt;            ///< boot time of the last try
    bool m_noteFailed = false; ///< said already
    std::string m_unnoted;
    bool m_checkFirst = false; ///< the system refused a write: see checkTip()
    Span m_unanchoredSince; ///< boot time of the first commit after the last checkpoint
    Sha256 m_sha;
    Sealer m_sealer;
    std::vector<Bytes> m_blobs; ///< kept between commits, so that their memory is

    mutable std::mutex m_mutex; ///< guards what follows
    mutable std::condition_variable m_wake;
    mutable std::deque<Item> m_queue;
    std::vector<Waiter> m_waiters; ///< for a checkpoint
    std::vector<Chore> m_chores;   ///< other work for the journal thread, between commits
    std::deque<std::shared_ptr<const Bytes>> m_kept; ///< sealed records m_head.seq + 1 …
    bool m_keeping = false;
    bool m_mirrored = false; ///< the emergency file holds all that is kept
    bool m_onReserve = false;
    std::uint64_t m_generation = 0;
    bool m_failed = false;
    bool m_closing = false;
    Error m_failure;
    Head m_head;
    SignedHead m_signed;
    Stats m_stats;
    std::atomic<bool> m_erasurePending = false; ///< recorded, and not carried out yet

    mutable std::shared_mutex m_storeMutex; ///< readers begin under it; close() takes it to end the store
    bool m_closed = false;
    std::unique_ptr<Sections> m_sections; ///< set once, before others can call
    std::thread m_thread;
};

} // namespace qd::journal
