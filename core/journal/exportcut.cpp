// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/exportfile.h"

#include "core/journal/auditor.h"
#include "core/journal/erasure.h"
#include "core/journal/headnote.h"
#include "core/journal/proof.h"

namespace qd::journal {

namespace {

/// The headers of the records that hold nothing of what is exported, from its first record on: they prove that nothing
/// was left out. Those behind the last one so far may be dropped, those before it not.
class Others
{
public:
    explicit Others(std::size_t most)
        : m_most(most)
    {
    }
    void other(BytesView header)
    {
        if (!m_begun)
            return;
        if (m_bytes + header.size() > m_most)
            m_tailCut = true;
        if (m_tailCut)
            return;
        m_bytes += header.size();
        m_headers.emplace_back(header.begin(), header.end());
    }
    void own()
    {
        m_begun = true;
        m_fits = m_fits && !m_tailCut;
        m_needed = m_headers.size();
    }
    /// Moves them into the file, with how far they reach; nothing where they are too many.
    void give(ExportFile &file, const ExportFacts &facts, std::uint64_t end)
    {
        if (!m_fits)
            return;
        if (m_tailCut)
            m_headers.resize(m_needed);
        file.complete = {facts.first, m_tailCut ? facts.last : end, {}};
        file.between = std::move(m_headers);
    }

private:
    std::size_t m_most;
    std::vector<Bytes> m_headers;
    std::size_t m_bytes = 0, m_needed = 0;
    bool m_begun = false, m_tailCut = false, m_fits = true;
};

/// What is taken out of the log on its one reading.
struct Cut
{
    explicit Cut(std::size_t mostHeaders)
        : others(mostHeaders)
    {
    }
    Others others;
    std::vector<ExportFile::Erasure> erasures; ///< every one there is from the first record on
    std::vector<Hash> leaves;
    std::vector<ExportFile::Record> records;
    std::vector<std::string> timeline;
    ExportFacts facts;
    std::size_t bytes = 0;
};

/// Takes from a record the parts of the wanted stream and its texts, with the key of each and of nothing else.
Result<> take(const Row &row, const ExportRequest &request, const KeyRing &ring, Sealer &sealer, Sha256 &sha, Cut &cut)
{
    const auto parsed = parseHeader(row.blob);
    if (!parsed)
        return tl::unexpected(parsed.error());
    cut.leaves.push_back(leafHash(sha, row.blob.first(parsed->size)));
    const BytesView header = row.blob.first(parsed->size);
    ExportFile::Record record;
    Disclosed disclosed{row.seq, parsed->header.time, {}};
    std::size_t at = parsed->size;
    for (std::size_t i = 0; i < parsed->header.parts.size(); ++i) {
        const PartEntry &entry = parsed->header.parts[i];
        const BytesView sealed = row.blob.subspan(at, entry.length);
        at += entry.length;
        if (cut.facts.records > 0 && entry.family == kErasureFamily && entry.key == kPublicKeyId)
            cut.erasures.push_back({row.seq, i, Bytes(sealed.begin(), sealed.end())});
        const auto key = ring.byId(entry.key);
        if (!key || (key->stream != request.stream && key->stream != "text/" + request.stream))
            continue; // a struck text of the stream is left out, and shows as struck
        const Secret partKey = sealer.partKey(parsed->header, i, *key);
        if (!sealer.openDisclosed(parsed->header, i, partKey.reveal(), sealed, disclosed.bodies.emplace_back()))
            return fail(Code::Corrupt, "a seal is broken");
        if (request.withholds && request.withholds(row.seq, disclosed.bodies.back())) {
            if (key->stream == request.stream)
                return fail(Code::Forbidden, "Record " + std::to_string(row.seq) + " of " + request.name
                                                 + " holds words in its own part that are not for whoever gets the file, and they cannot be left out; nothing was exported.");
            disclosed.bodies.pop_back();
            ++cut.facts.withheld;
            continue;
        }
        record.parts.push_back({i, Bytes(partKey.reveal().begin(), partKey.reveal().end()),
                                Bytes(sealed.begin(), sealed.end())});
    }
    if (record.parts.empty()) {
        cut.others.other(header);
        return {};
    }
    cut.others.own();
    auto lines = request.timeline.lines(disclosed);
    if (!lines)
        return tl::unexpected(lines.error());
    for (auto &line : *lines) {
        cut.bytes += line.size() + 2;
        cut.timeline.push_back(std::move(line));
    }
    record.seq = row.seq;
    record.header.assign(header.begin(), header.end());
    cut.facts.parts += record.parts.size();
    cut.facts.otherParts += parsed->header.parts.size() - record.parts.size();
    if (cut.facts.records++ == 0) {
        cut.facts.first = row.seq;
        cut.facts.from = parsed->header.time;
    }
    cut.facts.last = row.seq;
    cut.facts.to = parsed->header.time;
    cut.bytes += row.blob.size() * 4 / 3 + 4096;
    cut.records.push_back(std::move(record));
    if (cut.bytes > kMostExportBytes)
        return fail(Code::TooLarge, request.name + " is too large for one file (" +
                                        std::to_string(kMostExportBytes >> 20) + " MiB).");
    return {};
}

/// Proves the log to go on from each checkpoint somebody holds.
Result<> addEarlier(ExportFile &file, const ExportRequest &request, const Tree &tree)
{
    for (const std::string &text : request.checkpoints) {
        const auto note = openNote(text, file.key);
        if (!note || note->origin != file.origin)
            return fail(Code::Invalid, "A checkpoint that was given is not one of this log.");
        if (note->size > tree.size())
            return fail(Code::Corrupt, "The log ends at record " + std::to_string(tree.size()) +
                                           ", but a checkpoint that was given was signed at record " +
                                           std::to_string(note->size) + ": the log was cut. Nothing was exported.");
        Proof proof = tree.consistency(note->size);
        if (!isConsistent(note->size, note->root, tree.size(), tree.root(), proof))
            return fail(Code::Corrupt, "A checkpoint that was given (record " + std::to_string(note->size) +
                                           ") does not fit this log: one of the two was made anew. Nothing was "
                                           "exported.");
        file.earlier.push_back({text, std::move(proof)});
    }
    return {};
}

} // namespace

Result<std::string> exportStream(const std::filesystem::path &home, const Ports &ports, const Unlock &unlock,
                                 const ExportRequest &request)
{
    const auto records = ports.records(home, Access::Read);
    if (!records)
        return tl::unexpected(records.error());
    const auto log = (*records)->log();
    if (!log)
        return tl::unexpected(log.error());
    auto keys = ports.keys(home, Access::Read);
    if (!keys)
        return tl::unexpected(keys.error());
    SystemRandom random;
    const auto ring = KeyRing::open(std::move(*keys), home, ports, log->origin, unlock, random);
    if (!ring)
        return tl::unexpected(ring.error());

    ExportFile file;
    file.version = kExportVersion;
    file.name = request.name;
    file.logId = log->id.text();
    file.origin = log->origin;
    file.key = publicKeyOf((*ring)->signer());
    // One reading serves both: the judgement of the whole log, and what is taken from it. Checkpoints first: beside a
    // running core the records may be newer than they are, never older.
    const auto beside = HeadNote::textIn(home);
    Auditor auditor(*log, file.key, std::nullopt, ring->get());
    Cut cut(request.mostHeaders);
    Result<> outcome;
    Sealer sealer;
    Sha256 sha;
    auto read = (*records)->checkpoints([&](const CheckpointRow &row) {
        auditor.checkpoint(row);
        return true;
    });
    if (read)
        read = (*records)->read(0, UINT64_MAX >> 1, [&](const Row &row) {
            auditor.record(row);
            if (outcome)
                outcome = take(row, request, **ring, sealer, sha, cut);
            return outcome || outcome.error().code != Code::TooLarge;
        });
    if (!read)
        return tl::unexpected(read.error());
    if (!outcome && outcome.error().code == Code::TooLarge)
        return tl::unexpected(outcome.error());
    if (beside && openNote(*beside, file.key))
        auditor.heldCheckpoint(*beside); // nothing is taken out of an older journal that was put back
    VerifyReport report;
    auditor.finish(report);
    if (!report.errors.empty())
        return fail(Code::Corrupt, "The journal is damaged (" + report.errors.front().kind + " at record " +
                                       std::to_string(report.errors.front().seq) +
                                       "); nothing was exported. `quarterdeckctl verify` lists all damage.");
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (cut.records.empty())
        return fail(Code::NotFound, "There is no " + request.name + " in this log, or it was erased.");

    const Tree tree(std::move(cut.leaves));
    for (auto &record : cut.records)
        record.proof = tree.inclusion(record.seq - 1);
    cut.facts.checkpointSize = tree.size();
    if (cut.facts.withheld == 0)
        cut.others.give(file, cut.facts, tree.size());
    if (file.complete) {
        cut.facts.completeFrom = file.complete->from;
        cut.facts.completeTo = file.complete->to;
        file.complete->proof = tree.inclusion(file.complete->to - 1);
        for (auto &erasure : cut.erasures)
            if (erasure.seq <= file.complete->to)
                file.erasures.push_back(std::move(erasure));
    }
    file.checkpoint = signNote({file.origin, tree.size(), tree.root()}, (*ring)->signer());
    if (const auto added = addEarlier(file, request, tree); !added)
        return tl::unexpected(added.error());
    file.records = std::move(cut.records);
    file.timeline = std::move(cut.timeline);
    return writeExport(file, request.manifest(cut.facts),
                       [&](const std::string &statement) { return signText(statement, file.origin, (*ring)->signer()); });
}

} // namespace qd::journal
