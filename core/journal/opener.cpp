// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/opener.h"

namespace qd::journal {

namespace {
tl::unexpected<Error> damaged(std::uint64_t seq, const std::string &what)
{
    return fail(Code::Corrupt, "The journal is damaged at record " + std::to_string(seq) + ": " + what +
                                   ". Nothing was changed; `quarterdeckctl verify` lists all damage.");
}
} // namespace

Result<Committed> Opener::open(const Row &row)
{
    const auto parsed = parseHeader(row.blob);
    if (!parsed)
        return parsed.error().code == Code::Version ? tl::unexpected(parsed.error())
                                                    : damaged(row.seq, parsed.error().message);
    const Header &h = parsed->header;
    if (h.seq != row.seq || h.log != m_log)
        return damaged(row.seq, "another record is in its place");
    if (m_seq != 0 && (h.seq != m_seq + 1 || h.previous != m_hash))
        return damaged(row.seq, "it does not follow the record before it");
    Committed record;
    record.seq = h.seq;
    record.id = h.id;
    record.time = h.time;
    record.hash = leafHash(m_sha, row.blob.first(parsed->size));
    record.parts.resize(h.parts.size());
    std::size_t at = parsed->size;
    for (std::size_t i = 0; i < h.parts.size(); ++i) {
        const PartEntry &entry = h.parts[i];
        Part &part = record.parts[i];
        part.family = entry.family;
        part.key = entry.key;
        if (const auto key = m_keys.byId(entry.key); key) {
            part.stream = key->stream;
            if (key->pseudonym != entry.stream ||
                !m_sealer.open(h, i, *key, row.blob.subspan(at, entry.length), part.body))
                return damaged(row.seq, "a seal is broken");
        } else {
            part.erased = true;
        }
        at += entry.length;
    }
    m_seq = record.seq;
    m_hash = record.hash;
    return record;
}

bool digestsFit(Sha256 &sha, const ParsedHeader &parsed, BytesView blob)
{
    std::size_t at = parsed.size;
    for (const PartEntry &entry : parsed.header.parts) {
        if (sha.of(blob.subspan(at, entry.length)) != entry.digest)
            return false;
        at += entry.length;
    }
    return true;
}

} // namespace qd::journal
