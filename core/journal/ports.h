// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/journal/keystore.h"
#include "core/journal/record.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace qd::journal {

/// The journal format this program writes, and the newest it reads.
inline constexpr std::uint32_t kFormat = 1;

/// One record as stored: header and sealed parts in one blob. The view is valid only during the call it is passed to.
struct Row
{
    std::uint64_t seq = 0;
    BytesView blob;
};

/// A checkpoint as stored. The frontier (merkle.h) lets the tree grow on without reading the records before it.
struct CheckpointRow
{
    std::uint64_t size = 0;
    std::string note;
    Bytes frontier;
};

/// What a log is, written once at its making.
struct LogRow
{
    Uuid id;
    std::string origin;
    Bytes publicKey; ///< Ed25519, 32 bytes
    Instant created;
};

/// Reads one log. One connection: use from one thread at a time.
/// Errors: Corrupt (the file is damaged), Io, Unavailable.
class RecordReader
{
public:
    virtual ~RecordReader() = default;
    [[nodiscard]] virtual Result<LogRow> log() = 0;
    /// The highest row number, 0 for none.
    [[nodiscard]] virtual Result<std::uint64_t> last() = 0;
    /// Rows from..to (inclusive) in order, until `row` says false.
    [[nodiscard]] virtual Result<> read(std::uint64_t from, std::uint64_t to,
                                        const std::function<bool(const Row &)> &row) = 0;
    /// The newest `limit` checkpoints, newest first.
    [[nodiscard]] virtual Result<std::vector<CheckpointRow>> newestCheckpoints(std::size_t limit) = 0;
    /// The newest one that is of at most `size` records.
    [[nodiscard]] virtual Result<std::optional<CheckpointRow>> checkpointUpTo(std::uint64_t size) = 0;
    /// Every checkpoint, by size.
    [[nodiscard]] virtual Result<> checkpoints(const std::function<bool(const CheckpointRow &)> &each) = 0;
};

/// Keeps one log. Knows bytes and order, no meaning. Used by the journal thread only, but for reader().
class RecordStore : public RecordReader
{
public:
    [[nodiscard]] virtual Result<> begin(const LogRow &log) = 0;
    /// It was looked at and is the log that was signed: until then closing it changes no file, not even a write-ahead log that a
    /// core left and nobody can read.
    virtual void accept() {}
    /// All rows and the checkpoint, or nothing at all; durable when it returns. After an error the store stands as
    /// before.
    [[nodiscard]] virtual Result<> append(std::span<const Row> rows, const CheckpointRow *checkpoint) = 0;
    /// A connection of its own for another thread. Thread-safe.
    [[nodiscard]] virtual Result<std::unique_ptr<RecordReader>> reader() const = 0;
    /// House-keeping between commits; `idle` when nobody waits. Must not fail visibly: what it cannot do now it does
    /// later.
    virtual void tidy(bool idle) = 0;
};

/// What is known of a stored section without opening it.
struct SectionHeadRow
{
    std::string kind; ///< in clear: "snapshot", "search"; names no stream
    std::string name; ///< in clear, unique within its kind
    std::uint64_t first = 0, last = 0;
    std::array<std::uint8_t, 16> key{}; ///< of the stream key it is sealed under
    std::uint64_t bytes = 0;            ///< as stored
};

/// A sealed section, see sections.h.
struct SectionRow
{
    SectionHeadRow head;
    Bytes sealed;
};

/// Keeps what can be made again from the log: never part of the record, never in the way of it. One connection: used by
/// one thread at a time. Errors as RecordReader's; Corrupt means that the file is best thrown away.
class SectionStore
{
public:
    virtual ~SectionStore() = default;
    /// All of them or none; one of the same kind and name is replaced.
    [[nodiscard]] virtual Result<> put(std::span<const SectionRow> rows) = 0;
    /// False when there is none. The views are valid during the call only.
    [[nodiscard]] virtual Result<bool> read(const std::string &kind, const std::string &name,
                                            const std::function<void(const SectionHeadRow &, BytesView)> &found) = 0;
    /// Every section of a kind (of all kinds for ""), by kind, first and name.
    [[nodiscard]] virtual Result<std::vector<SectionHeadRow>> list(const std::string &kind) = 0;
    [[nodiscard]] virtual Result<> remove(const std::string &kind, std::span<const std::string> names) = 0;
};

/// The desktop's keychain: one secret by name. Blocking; called while opening or making a home only.
class KeychainPort
{
public:
    virtual ~KeychainPort() = default;
    [[nodiscard]] virtual Result<Secret> read(const std::string &name) = 0;
    [[nodiscard]] virtual Result<> write(const std::string &name, const Secret &secret) = 0;
};

enum class Access {
    Create, ///< the file must not exist; it goes again unless begin() succeeds
    Write,  ///< it must exist; checked to be ours and of a known format (Version when newer)
    Read,   ///< as Write, and nothing of it is changed
};

/// Where a home's records and keys are kept; store::sqlitePorts() gives the real ones.
struct Ports
{
    std::function<Result<std::unique_ptr<RecordStore>>(const std::filesystem::path &home, Access)> records;
    std::function<Result<std::unique_ptr<KeyStore>>(const std::filesystem::path &home, Access)> keys;
    /// Opens the home's sections or makes a new file for them; a damaged or foreign one is replaced, nothing in it is
    /// worth a word. May be unset: then there are none.
    std::function<Result<std::unique_ptr<SectionStore>>(const std::filesystem::path &home)> sections = {};
    /// What can still be found of a home's log, and of its keys, when the files do not open or not read to their end; rows are
    /// candidates, judged like any others. Both change nothing; what reads such a log may be used by any threads. May be unset: then nothing is looked for.
    std::function<Result<std::unique_ptr<RecordReader>>(const std::filesystem::path &home)> salvageRecords = {};
    std::function<Result<KeyFileContents>(const std::filesystem::path &home)> salvageKeys = {};
    /// Takes away what a making that failed left behind. Called only by create() for a home it began itself.
    std::function<void(const std::filesystem::path &home)> discard;
    std::shared_ptr<KeychainPort> keychain = {}; ///< may be none
};

} // namespace qd::journal
