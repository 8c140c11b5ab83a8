// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/note.h"
#include "core/journal/verify.h"

#include <functional>
#include <optional>

namespace qd::journal {

/// One record of an export, opened: the bodies of its disclosed parts, in order.
struct Disclosed
{
    std::uint64_t seq = 0;
    Instant time;
    std::vector<Bytes> bodies;
};

/// What a record's bodies say, as JSON objects, one a line of the export's timeline. Given by whoever knows what bodies
/// mean; pure, so that the judge of an export can ask again and compare, if it speaks the same language.
struct Timeline
{
    std::string schema; ///< names the language: another program version may know more events and fields
    std::function<Result<std::vector<std::string>>(const Disclosed &)> lines;
};

/// What an export holds, for its manifest.
struct ExportFacts
{
    std::uint64_t records = 0, parts = 0;
    std::uint64_t withheld = 0;   ///< texts of the stream that request.withholds kept out, with their keys
    std::uint64_t otherParts = 0; ///< parts of other streams in these records: not in the file, only their digests
    std::uint64_t first = 0, last = 0;
    Instant from, to;                 ///< journal time of the first and the last record
    std::uint64_t checkpointSize = 0; ///< records in the log when it was exported
    std::uint64_t completeFrom = 0, completeTo = 0; ///< the records whose headers are all here; 0: there are too many of them
};

struct ExportRequest
{
    std::string stream;                        ///< "incident/INC-7": this stream and no other
    std::string name;                          ///< "INC-7", for messages and the manifest
    std::vector<std::string> checkpoints = {}; ///< held elsewhere: the export proves that its log goes on from them
    Timeline timeline;
    std::function<std::string(const ExportFacts &)> manifest; ///< a JSON object
    /// Whether a part of this body is not for whoever gets the file. A text is left out then, with its key, and reads like one that was struck; that
    /// nothing was left out is not proved any more. Anything else cannot be left out: the export is refused. Unset: nothing is kept.
    std::function<bool(std::uint64_t seq, BytesView body)> withholds = {};
    std::size_t mostHeaders = 64u << 20; ///< bytes of other records' headers it may hold, to prove that none is left out
};

/// Everything a stranger needs to verify one stream without the rest of the log, as the text of one file (export.md).
/// Reads the whole log and refuses a damaged one; changes nothing; beside a running core it exports what is committed.
/// Errors: NotFound (no such stream, or erased), Corrupt, Forbidden (the key does not open the home), Invalid (a held
/// checkpoint that is not of this log), TooLarge (kMostExportBytes), Io.
[[nodiscard]] Result<std::string> exportStream(const std::filesystem::path &home, const Ports &ports,
                                               const Unlock &unlock, const ExportRequest &request);

inline constexpr std::size_t kMostExportBytes = 256u << 20;

/// True when the file begins as an export does, whatever follows.
[[nodiscard]] bool isExport(const std::filesystem::path &path);

/// Judges an export by itself: seals, digests, proofs, checkpoint, signature; and that the readable part says what the
/// sealed parts say, where `timeline` is of the schema it was written in. Never fails: what cannot be read is damaged. Authentic needs the origin key.
/// `options.checkpoints` must be of the export's size or among those it proves it goes on from, else Invalid.
[[nodiscard]] Result<VerifyReport> verifyExport(std::string_view text, const VerifyOptions &options,
                                                const Timeline &timeline = {});

/// An export file as it was parsed; nothing of it is believed yet.
struct ExportFile
{
    struct OpenPart
    {
        std::uint64_t part = 0;
        Bytes key, sealed;
    };
    struct Record
    {
        std::uint64_t seq = 0;
        Bytes header;
        std::vector<OpenPart> parts;
        std::vector<Hash> proof;
    };
    /// Every record from one to another is here, with its parts or by its header alone.
    struct Complete
    {
        std::uint64_t from = 0, to = 0;
        std::vector<Hash> proof; ///< of the last of them
    };
    /// The public part of an erasure: what says that a part is not here because its key was destroyed.
    struct Erasure
    {
        std::uint64_t seq = 0, part = 0;
        Bytes sealed;
    };
    struct Earlier
    {
        std::string checkpoint;
        std::vector<Hash> proof;
    };
    std::uint64_t version = 0;
    std::string name;                 ///< manifest.name
    std::string schema;               ///< manifest.schema
    std::uint64_t claimedRecords = 0; ///< manifest.records
    std::string logId, origin;
    PublicKey key{};
    std::string checkpoint;
    std::vector<Earlier> earlier;
    std::vector<Record> records;
    std::optional<Complete> complete; ///< version 2, as the next two
    std::vector<Bytes> between;       ///< headers of the records in it that are not among `records`, in order
    std::vector<Erasure> erasures;
    std::vector<std::string> timeline; ///< each entry as JSON text in the form writeExport gives
    std::string signature;             ///< a signed note over signedStatement()
    std::string_view signedBytes;      ///< of the text it was parsed from
};

inline constexpr std::uint64_t kExportVersion = 2; ///< written
inline constexpr std::uint64_t kFirstExportVersion = 1; ///< the oldest that is judged: without `complete`, `between`, `erasures`
[[nodiscard]] constexpr bool isKnownExport(std::uint64_t version)
{
    return version >= kFirstExportVersion && version <= kExportVersion;
}

/// Corrupt when it is not exactly of the layout of export.md. Of another version only version, key, origin and signature
/// are read.
[[nodiscard]] Result<ExportFile> parseExport(std::string_view text);

/// The text of the file; `sign` gets the statement and gives the signed note.
[[nodiscard]] std::string writeExport(const ExportFile &file, const std::string &manifest,
                                      const std::function<std::string(const std::string &)> &sign);

/// What the export's signature is over: origin, and the digest of every byte before it.
[[nodiscard]] std::string signedStatement(std::string_view origin, std::string_view signedBytes);

} // namespace qd::journal
