// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/auditor.h"

#include <algorithm>

/// What is gone, and whether a record of the log says that it was to go.
namespace qd::journal {

void Auditor::noteErasure(const Row &row, const ParsedHeader &parsed, std::size_t part, BytesView sealed)
{
    Bytes body;
    const auto keys = m_sealer.open(parsed.header, part, *publicKey(), sealed, body)
                          ? decodeErasure(body)
                          : Result<std::vector<Id16>>(qd::fail(Code::Corrupt, "it does not open"));
    if (!keys)
        return m_partFaults.push_back({row.seq, "bad-seal"});
    for (const Id16 &key : *keys)
        m_erased.insert_or_assign(key, row.seq);
}

std::set<std::uint64_t> Auditor::changedRows() const
{
    std::set<std::uint64_t> changed;
    for (const Entry &entry : m_entries)
        if (entry.broken)
            changed.insert(entry.row);
    if (m_suspect != 0)
        changed.insert(m_suspect);
    return changed;
}

void Auditor::checkHoles(const std::set<std::uint64_t> &changed)
{
    for (const Missing &missing : m_missing) {
        if (changed.contains(missing.seq))
            continue;
        const std::uint64_t erased = erasedAt(m_erased, missing.key);
        // What a key seals after the record of its end cannot have been meant by it.
        const bool authorised = erased > missing.seq && !changed.contains(erased);
        if (!authorised && !missing.known)
            continue;
        m_holes.push_back({missing.seq, toHex(missing.stream), authorised});
        if (!authorised)
            fault(missing.seq, "key-missing");
    }
}

} // namespace qd::journal
