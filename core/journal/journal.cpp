// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal.h"

#include "core/base/log.h"
#include "core/journal/headnote.h"
#include "core/journal/note.h"
#include "core/journal/opener.h"
#include "core/journal/worker.h"

namespace qd::journal {

namespace {
tl::unexpected<Error> damaged(const std::string &what)
{
    return fail(Code::Corrupt,
                "The journal is damaged: " + what + ". Nothing was changed; `quarterdeckctl verify` lists all damage.");
}
} // namespace

Result<Tip> readTip(RecordReader &store, const LogRow &log)
{
    PublicKey key{};
    if (log.publicKey.size() != key.size())
        return damaged("its verification key is gone");
    std::copy(log.publicKey.begin(), log.publicKey.end(), key.begin());
    const auto last = store.last();
    if (!last)
        return tl::unexpected(last.error());
    const auto checkpoints = store.newestCheckpoints(2);
    if (!checkpoints)
        return tl::unexpected(checkpoints.error());
    Tip tip;
    Sha256 sha;
    for (const CheckpointRow &row : *checkpoints) {
        const auto note = openNote(row.note, key);
        if (!note || note->origin != log.origin || note->size != row.size)
            return damaged("checkpoint " + std::to_string(row.size) + " is not signed by this log");
        const auto tree = Frontier::decode(row.frontier);
        if (!tree || tree->size() != row.size || tree->root(sha) != note->root)
            return damaged("checkpoint " + std::to_string(row.size) + " does not fit its tree");
        if (row.size > *last)
            return damaged("it ends at record " + std::to_string(*last) + " but was signed up to record " +
                           std::to_string(row.size));
        tip.tree = *tree; // in the end the older one's
    }
    const Frontier newest = checkpoints->empty() ? Frontier() : *Frontier::decode(checkpoints->front().frontier);
    if (checkpoints->size() < 2)
        tip.tree = Frontier();
    tip.anchored = newest.size();
    if (!checkpoints->empty())
        tip.signedNote = checkpoints->front().note;
    const std::uint64_t base = tip.tree.size();
    Result<> outcome;
    const auto read = store.read(std::max<std::uint64_t>(base, 1), *last, [&](const Row &row) {
        const auto parsed = parseHeader(row.blob);
        const std::uint64_t expected = row.seq == base && tip.seq == 0 ? base : tip.seq + 1;
        if (!parsed && parsed.error().code == Code::Version) {
            outcome = tl::unexpected(parsed.error());
        } else if (!parsed || row.seq != expected || parsed->header.seq != row.seq || parsed->header.log != log.id ||
                   (row.seq != base && parsed->header.previous != tip.hash) || !digestsFit(sha, *parsed, row.blob)) {
            outcome = damaged("record " + std::to_string(expected) + " is not what was written");
        } else {
            tip.seq = row.seq;
            tip.hash = leafHash(sha, row.blob.first(parsed->size));
            tip.time = parsed->header.time;
            if (row.seq > base)
                tip.tree.add(sha, tip.hash);
            if (row.seq == newest.size())
                tip.signedHash = tip.hash;
            if (row.seq == newest.size() && tip.tree != newest)
                outcome = damaged("the records up to " + std::to_string(row.seq) + " are not those that were signed");
        }
        return outcome.has_value();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (tip.seq != *last)
        return damaged("record " + std::to_string(tip.seq + 1) + " is missing");
    return tip;
}

namespace {

/// Looks at the note beside the log. A value is what is to be said of a home that has none, or one that is nobody's; an error is
/// a log that is not the one the note was signed for.
Result<std::string> checkHeadNote(const std::filesystem::path &home, RecordReader &store, const LogRow &log, const PublicKey &key,
                                  const Tip &tip)
{
    const auto text = HeadNote::textIn(home);
    if (const auto note = HeadNote::of(home, log.origin, key)) {
        auto contradicted = HeadNote::contradiction(*note, store, log, key);
        if (!contradicted)
            return contradicted;
        if (!contradicted->empty())
            return fail(Code::Corrupt, *contradicted + ".");
        return std::string();
    }
    if (text)
        return "The note of the newest checkpoint beside the journal was not this log's or was damaged; it was kept as " +
               HeadNote(home).setAside() + ". Whether an older journal.db was put back could not be told when the core started.";
    if (tip.anchored > 0)
        return std::string("There was no ") + HeadNote::kName +
               " beside the journal when the core started: whether an older journal.db was put back could not be told.";
    return std::string();
}

} // namespace

Journal::Journal(std::unique_ptr<Worker> worker)
    : m_worker(std::move(worker))
{
}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path &home, const Ports &ports,
                                               const Unlock &unlock, Clock &clock, Random &random, Options options)
{
    auto lock = HomeLock::take(home);
    if (!lock)
        return tl::unexpected(lock.error());
    auto store = ports.records(home, Access::Write);
    // SQLite needs a little room of its own before it reads a single row.
    if (!store && store.error().code == Code::Unavailable && Reserve(home, options.reserveBytes).release())
        store = ports.records(home, Access::Write);
    if (!store)
        return tl::unexpected(store.error());
    auto log = (*store)->log();
    if (!log)
        return tl::unexpected(log.error());
    auto keyStore = ports.keys(home, Access::Write);
    if (!keyStore)
        return tl::unexpected(keyStore.error());
    auto keys = KeyRing::open(std::move(*keyStore), home, ports, log->origin, unlock, random);
    if (!keys)
        return tl::unexpected(keys.error());
    const PublicKey key = publicKeyOf((*keys)->signer());
    if (!std::equal(key.begin(), key.end(), log->publicKey.begin(), log->publicKey.end()))
        return damaged("journal.db and keys.db do not belong together");
    auto tip = readTip(**store, *log);
    if (!tip)
        return tl::unexpected(tip.error());
    auto unnoted = checkHeadNote(home, **store, *log, key, *tip);
    if (!unnoted)
        return tl::unexpected(unnoted.error());
    if (!unnoted->empty())
        qd::log(LogLevel::Warning, "journal", *unnoted);
    (*store)->accept();
    rememberEmergencyFolder(home, options.emergency);
    lock->keep();
    auto worker = std::make_unique<Worker>(home, std::move(*lock), std::move(*store), std::move(*keys), std::move(*log),
                                           std::move(*tip), clock, random, options);
    worker->tellUnnoted(std::move(*unnoted));
    if (const auto adopted = worker->adoptEmergency(); !adopted)
        return tl::unexpected(adopted.error());
    // An erasure that was recorded is carried out before anybody can read what it was about; after what was kept, whose keys
    // are of the epoch before.
    if (const auto settled = worker->recoverErasures(); !settled && !worker->isKeeping())
        return tl::unexpected(settled.error());
    worker->openSections(home, ports);
    worker->start();
    return std::unique_ptr<Journal>(new Journal(std::move(worker)));
}

std::uint64_t Journal::head() const
{
    return m_worker->head().seq;
}

std::uint64_t Journal::tail() const
{
    return m_worker->tail();
}

Hash Journal::headHash() const
{
    return m_worker->head().hash;
}

Instant Journal::headTime() const
{
    return m_worker->head().time;
}

std::string Journal::origin() const
{
    return m_worker->logRow().origin;
}

std::string Journal::verificationKey() const
{
    return toBase64(m_worker->logRow().publicKey);
}

void Journal::append(Draft draft, Done done)
{
    m_worker->append(std::move(draft), std::move(done));
}

void Journal::append(Draft draft, KeyChange change, Done done)
{
    m_worker->append(std::move(draft), std::move(change), std::move(done));
}

Result<> Journal::mayChange(const KeyChange &change) const
{
    Result<> may;
    const auto asked = m_worker->ask([&](const KeyRing &keys) {
        if (const auto doomed = change.destroys() ? keys.doomed(change) : Result<std::vector<Id16>>(); !doomed)
            may = tl::unexpected(doomed.error());
    });
    return asked ? may : asked;
}

Result<std::vector<Hold>> Journal::holds() const
{
    std::vector<Hold> holds;
    if (const auto asked = m_worker->ask([&](const KeyRing &keys) { holds = keys.holds(); }); !asked)
        return tl::unexpected(asked.error());
    return holds;
}

Result<std::map<std::string, std::uint32_t>> Journal::streams() const
{
    std::map<std::string, std::uint32_t> out;
    const auto asked = m_worker->ask([&](const KeyRing &keys) {
        for (const std::string &name : keys.streams()) {
            const auto &holds = keys.holds();
            const auto it = std::find_if(holds.begin(), holds.end(), [&](const Hold &h) { return covers(h, name); });
            out.emplace(name, it == holds.end() ? 0 : it->number);
        }
    });
    if (!asked)
        return tl::unexpected(asked.error());
    return out;
}

bool Journal::erasurePending() const
{
    return m_worker->erasurePending();
}

void Journal::resumeAfterFailure()
{
    m_worker->resume();
}

bool Journal::isFailed() const
{
    return m_worker->isFailed();
}

void Journal::keep()
{
    m_worker->keep();
}

void Journal::storeKept(std::function<void(Result<std::uint64_t>)> done)
{
    m_worker->storeKept(std::move(done));
}

bool Journal::isKeeping() const
{
    return m_worker->isKeeping();
}

Kept Journal::kept() const
{
    return m_worker->kept();
}

std::string Journal::notice() const
{
    return m_worker->notice();
}

Result<> Journal::replay(std::uint64_t fromSeq, std::uint64_t toSeq,
                         const std::function<bool(const Committed &)> &each) const
{
    return m_worker->replay(fromSeq, toSeq, each);
}

Result<std::uint64_t> Journal::seqAt(Instant at) const
{
    return m_worker->seqAt(at);
}

Result<std::string> Journal::checkpoint()
{
    return m_worker->checkpoint();
}

Sections &Journal::sections() const
{
    return m_worker->sections();
}

std::shared_ptr<const Reading> Journal::reading() const
{
    const std::lock_guard lock(m_readingMutex);
    return m_reading;
}

void Journal::setReading(std::shared_ptr<const Reading> reading, bool isNew)
{
    if (isNew)
        sections().endEra();
    const std::lock_guard lock(m_readingMutex);
    m_reading = std::move(reading);
}

void Journal::sign(std::function<void(Result<SignedHead>)> done)
{
    m_worker->sign(std::move(done));
}

SignedHead Journal::signedHead() const
{
    return m_worker->signedHead();
}

Stats Journal::stats() const
{
    return m_worker->stats();
}

void Journal::close()
{
    m_worker->close();
}

} // namespace qd::journal
