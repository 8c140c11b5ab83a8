// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/exportfile.h"

#include "core/base/families.h"
#include "core/journal/erasure.h"
#include "core/journal/proof.h"
#include "core/journal/seal.h"
#include "core/journal/words.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace qd::journal {

namespace {

/// Looks at one export, told nothing but the key to believe.
class ExportJudge
{
public:
    ExportJudge(const ExportFile &file, const PublicKey &key, const Timeline &timeline)
        : m_file(file)
        , m_key(key)
        , m_timeline(timeline)
        , m_compares(timeline.lines && timeline.schema == file.schema)
    {
    }

    void judge(VerifyReport &report)
    {
        if (m_file.origin != "quarterdeck/" + m_file.logId || m_file.key != m_key)
            fault(0, "bad-signature");
        if (!isSigned())
            fault(0, "bad-signature");
        const auto note = openNote(m_file.checkpoint, m_key);
        if (note && note->origin == m_file.origin) {
            m_note = *note;
        } else {
            const auto unsure = parseNote(m_file.checkpoint);
            fault(unsure ? unsure->size : 0, "bad-signature");
        }
        checkOrder();
        for (const auto &record : m_file.records)
            checkRecord(record, report);
        if (m_file.complete)
            checkComplete(*m_file.complete, report);
        if (m_file.claimedRecords != m_file.records.size())
            fault(0, "missing");
        for (const auto &earlier : m_file.earlier)
            checkEarlier(earlier);
        // Where something else is wrong, what the parts say may be wrong with it: that is told already.
        if (m_faults.empty() && m_compares && !m_unknownVersion && m_said != m_file.timeline)
            fault(0, "bad-hash");
        report.errors.assign(m_faults.begin(), m_faults.end());
    }

    [[nodiscard]] bool sawUnknownVersion() const { return m_unknownVersion; }

    /// False: the export cannot say whether the held checkpoint is of the same log.
    [[nodiscard]] bool judgeHeld(const std::string &text, VerifyReport &report)
    {
        const auto held = openNote(text, m_key);
        if (!held || held->origin != m_file.origin) {
            const auto unsure = parseNote(text);
            fault(unsure ? unsure->size : 0, "bad-signature");
        } else if (m_note && held->size == m_note->size) {
            if (held->root != m_note->root)
                fault(held->size, "bad-hash");
        } else {
            const auto it = m_earlier.find(held->size);
            if (it == m_earlier.end())
                return false;
            if (it->second != held->root)
                fault(held->size, "bad-hash");
        }
        report.errors.assign(m_faults.begin(), m_faults.end());
        return true;
    }

    /// False: nothing else is wrong, and the export says nothing of the record the head code is of.
    [[nodiscard]] bool judgeCode(const HeadCode &code, VerifyReport &report)
    {
        const auto it = m_leaves.find(code.first);
        if (it == m_leaves.end())
            return !m_faults.empty();
        if (headWords(it->second) != code.second)
            fault(code.first, "bad-hash");
        report.errors.assign(m_faults.begin(), m_faults.end());
        return true;
    }

private:
    void fault(std::uint64_t seq, const char *kind) { m_faults.insert({seq, kind}); }

    /// The signature is the only one and written in the only way, so no byte of the file can be another.
    [[nodiscard]] bool isSigned() const
    {
        const std::string begin = signedStatement(m_file.origin, m_file.signedBytes) + "\n\xe2\x80\x94 " + m_file.origin + " ";
        if (!m_file.signature.starts_with(begin) || !m_file.signature.ends_with('\n'))
            return false;
        const std::string_view base64 =
            std::string_view(m_file.signature).substr(begin.size(), m_file.signature.size() - begin.size() - 1);
        const auto bytes = fromBase64(base64);
        return bytes && toBase64(*bytes) == base64 && isSignedBy(m_file.signature, m_file.origin, m_key);
    }

    void checkOrder()
    {
        std::set<std::uint64_t> seen;
        std::uint64_t highest = 0;
        for (const auto &record : m_file.records) {
            if (!seen.insert(record.seq).second)
                fault(record.seq, "duplicate");
            else if (record.seq < highest)
                fault(record.seq, "reordered");
            highest = std::max(highest, record.seq);
        }
    }

    void checkRecord(const ExportFile::Record &record, VerifyReport &report)
    {
        const auto header = parseHeaderAlone(record.header);
        const Hash leaf = leafHash(m_sha, record.header);
        const bool included =
            record.seq > 0 && m_note && isIncluded(leaf, record.seq - 1, m_note->size, record.proof, m_note->root);
        if (record.seq == 0 || (m_note && !included))
            fault(record.seq, "bad-hash");
        if (included)
            m_leaves.try_emplace(record.seq, leaf);
        if (!header && header.error().code == Code::Version) {
            m_unknownVersion = true; // the proof is sound or named; what it is of, another program can read
            return;
        }
        if (!header || header->seq != record.seq || header->log.text() != m_file.logId ||
            (m_lastSeq != 0 && record.seq == m_lastSeq + 1 && header->previous != m_lastLeaf))
            fault(record.seq, "bad-hash");
        if (!header)
            return;
        if (included)
            m_leaves.try_emplace(record.seq - 1, header->previous);
        m_lastSeq = included ? record.seq : 0; // only a record the checkpoint vouches for speaks of the next
        m_lastLeaf = leaf;
        if (record.seq >= report.headSeq) {
            report.headSeq = record.seq;
            report.head = leaf;
        }
        openParts(record, *header);
    }

    void openParts(const ExportFile::Record &record, const Header &header)
    {
        Disclosed disclosed{record.seq, header.time, {}};
        std::uint64_t next = 0;
        bool own = false;
        for (const auto &part : record.parts) {
            if (part.part < next || part.part >= header.parts.size()) {
                fault(record.seq, "bad-hash");
                return;
            }
            next = part.part + 1;
            const PartEntry &entry = header.parts[part.part];
            // One stream, and no other, is what an export is of; its texts, held apart, have pseudonyms of their own.
            if (entry.family == kTextFamily)
                m_texts.insert(entry.stream);
            if (entry.family != kTextFamily) {
                if (!m_stream)
                    m_stream = entry.stream;
                if (*m_stream != entry.stream)
                    fault(record.seq, "bad-hash");
                own = true;
            }
            if (part.sealed.size() != entry.length || m_sha.of(part.sealed) != entry.digest)
                fault(record.seq, "bad-hash");
            if (!m_sealer.openDisclosed(header, part.part, part.key, part.sealed, disclosed.bodies.emplace_back()))
                fault(record.seq, "bad-seal");
        }
        if (!own)
            fault(record.seq, "missing");
        if (!m_compares)
            return;
        auto lines = m_timeline.lines(disclosed);
        if (!lines)
            fault(record.seq, "bad-seal");
        else
            std::move(lines->begin(), lines->end(), std::back_inserter(m_said));
    }

    /// Every record from one to another is in the file, each names the one before it, and the checkpoint vouches for the last:
    /// so the headers are the log's. Where one names a part of this stream, or of its texts, the part is here, or an erasure
    /// among them says that its key was destroyed.
    void checkComplete(const ExportFile::Complete &span, VerifyReport &report)
    {
        std::map<std::uint64_t, const ExportFile::Record *> own;
        for (const auto &record : m_file.records)
            own.emplace(record.seq, &record);
        const bool counts = !own.empty() && span.from > 0 && span.from == own.begin()->first && span.to >= own.rbegin()->first &&
                            span.to - span.from + 1 == own.size() + m_file.between.size();
        if (!counts)
            return fault(0, "missing");
        std::map<std::uint64_t, Header> headers;
        std::map<std::uint64_t, Hash> leaves;
        auto other = m_file.between.begin();
        Hash previous{};
        for (std::uint64_t seq = span.from; seq <= span.to; ++seq) {
            const auto it = own.find(seq);
            if (it == own.end() && other == m_file.between.end())
                return fault(seq, "missing");
            const Bytes &bytes = it != own.end() ? it->second->header : *other++;
            auto header = parseHeaderAlone(bytes);
            const Hash leaf = leafHash(m_sha, bytes);
            if (!header && header.error().code == Code::Version)
                m_unknownVersion = true; // whether a part of the stream is in it, another program can read
            else if (!header || header->seq != seq || header->log.text() != m_file.logId || (seq != span.from && header->previous != previous))
                return fault(seq, "bad-hash");
            if (header)
                headers.emplace(seq, std::move(*header));
            leaves.emplace(seq, leaf);
            previous = leaf;
        }
        if (m_note && !isIncluded(previous, span.to - 1, m_note->size, span.proof, m_note->root))
            return fault(span.to, "bad-hash");
        if (m_note)
            m_leaves.merge(leaves);
        const auto erased = readErasures(headers);
        for (const auto &[seq, header] : headers) {
            const auto it = own.find(seq);
            std::set<std::uint64_t> here;
            if (it != own.end())
                for (const auto &part : it->second->parts)
                    here.insert(part.part);
            for (std::size_t i = 0; i < header.parts.size(); ++i) {
                const PartEntry &entry = header.parts[i];
                if (here.contains(i) || (entry.stream != m_stream && !m_texts.contains(entry.stream)))
                    continue;
                if (erasedAt(erased, entry.key) > seq)
                    report.holes.push_back({seq, toHex(entry.stream), true});
                else
                    fault(seq, "missing");
            }
        }
        report.completeFrom = span.from;
        report.completeTo = span.to;
    }

    ErasedKeys readErasures(const std::map<std::uint64_t, Header> &headers)
    {
        ErasedKeys erased;
        for (const auto &erasure : m_file.erasures) {
            const auto header = headers.find(erasure.seq);
            if (header == headers.end() || erasure.part >= header->second.parts.size()) {
                fault(erasure.seq, "bad-hash");
                continue;
            }
            const PartEntry &entry = header->second.parts[erasure.part];
            Bytes body;
            if (entry.family != kErasureFamily || entry.key != kPublicKeyId || erasure.sealed.size() != entry.length ||
                m_sha.of(erasure.sealed) != entry.digest) {
                fault(erasure.seq, "bad-hash");
                continue;
            }
            const auto keys = m_sealer.open(header->second, erasure.part, *publicKey(), erasure.sealed, body)
                                  ? decodeErasure(body)
                                  : Result<std::vector<Id16>>(fail(Code::Corrupt, "it does not open"));
            if (!keys) {
                fault(erasure.seq, "bad-seal");
                continue;
            }
            for (const Id16 &key : *keys) {
                std::uint64_t &last = erased[key];
                last = std::max(last, erasure.seq);
            }
        }
        return erased;
    }

    void checkEarlier(const ExportFile::Earlier &earlier)
    {
        const auto note = openNote(earlier.checkpoint, m_key);
        if (!note || note->origin != m_file.origin) {
            const auto unsure = parseNote(earlier.checkpoint);
            fault(unsure ? unsure->size : 0, "bad-signature");
        } else if (m_note && !isConsistent(note->size, note->root, m_note->size, m_note->root, earlier.proof)) {
            fault(note->size, "bad-hash");
        } else {
            m_earlier.emplace(note->size, note->root);
        }
    }

    const ExportFile &m_file;
    const PublicKey &m_key;
    const Timeline &m_timeline;
    const bool m_compares;
    Sha256 m_sha;
    Sealer m_sealer;
    std::optional<Note> m_note;
    std::optional<Id16> m_stream;
    std::set<Id16> m_texts; ///< what the stream's texts are held under
    std::map<std::uint64_t, Hash> m_earlier;
    std::map<std::uint64_t, Hash> m_leaves; ///< of records the checkpoint vouches for
    std::uint64_t m_lastSeq = 0;
    Hash m_lastLeaf{};
    bool m_unknownVersion = false;
    std::vector<std::string> m_said;
    std::set<VerifyReport::Fault> m_faults;
};

} // namespace

Result<VerifyReport> verifyExport(std::string_view text, const VerifyOptions &options, const Timeline &timeline)
{
    VerifyReport report;
    std::optional<PublicKey> originKey;
    if (!options.originKey.empty()) {
        const auto key = parsePublicKey(options.originKey);
        if (!key)
            return tl::unexpected(key.error());
        originKey = *key;
    }
    const auto codes = parseHeadCodes(options.headCodes);
    if (!codes)
        return tl::unexpected(codes.error());
    const auto file = parseExport(text);
    if (!file) {
        report.errors.push_back({0, "bad-hash"});
        return report;
    }
    report.origin = file->origin;
    report.exported = file->name.empty() ? "?" : file->name;
    report.records = file->records.size();
    const PublicKey key = originKey.value_or(file->key);
    if (!isKnownExport(file->version)) {
        // What stands in it we cannot say, but where the signature is and what it is over holds for every version.
        if (isSignedBy(file->signature, file->origin, key) &&
            file->signature.starts_with(signedStatement(file->origin, file->signedBytes)))
            report.outcome = VerifyReport::Outcome::UnknownVersion;
        else
            report.errors.push_back({0, "bad-signature"});
        return report;
    }
    ExportJudge judge(*file, key, timeline);
    judge.judge(report);
    for (const std::string &held : options.checkpoints)
        if (!judge.judgeHeld(held, report))
            return fail(Code::Invalid, "This export says nothing about the checkpoint that was given; ask for it to be "
                                       "exported again with --checkpoint and that checkpoint.");
    for (const HeadCode &code : *codes)
        if (!judge.judgeCode(code, report))
            return fail(Code::Invalid, "This export says nothing of record " + std::to_string(code.first) + ", whose head code was given; compare it with the journal itself.");
    if (report.errors.empty() && judge.sawUnknownVersion())
        report.outcome = VerifyReport::Outcome::UnknownVersion;
    else if (report.errors.empty())
        report.outcome = originKey ? VerifyReport::Outcome::Authentic : VerifyReport::Outcome::Consistent;
    return report;
}

} // namespace qd::journal
