// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/keyring.h"

namespace qd::journal {

/// Turns stored rows back into records, checking as it goes. One a thread.
class Opener final
{
public:
    Opener(const KeyRing &keys, Uuid log)
        : m_keys(keys)
        , m_log(log)
    {
    }

    /// Corrupt when header, place, seal or link is wrong. The link to the record before is checked from the second call
    /// on.
    [[nodiscard]] Result<Committed> open(const Row &row);

private:
    const KeyRing &m_keys;
    Uuid m_log;
    Sha256 m_sha;
    Sealer m_sealer;
    std::uint64_t m_seq = 0;
    Hash m_hash{};
};

/// The digests of all parts fit what the header says.
[[nodiscard]] bool digestsFit(Sha256 &sha, const ParsedHeader &parsed, BytesView blob);

} // namespace qd::journal
