// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/crypto.h"

namespace qd::journal {

/// SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1.
[[nodiscard]] Hash nodeHash(Sha256 &sha, const Hash &left, const Hash &right);

/// The right edge of an RFC 6962 Merkle tree: the roots of its full subtrees, largest first. Enough to add leaves and
/// to give the root, in 32 bytes times the number of ones in the size.
class Frontier final
{
public:
    void add(Sha256 &sha, const Hash &leaf);
    [[nodiscard]] Hash root(Sha256 &sha) const; ///< of no leaves: SHA-256 of nothing
    [[nodiscard]] std::uint64_t size() const { return m_size; }

    [[nodiscard]] Bytes encode() const; ///< size, then the hashes
    [[nodiscard]] static Result<Frontier> decode(BytesView bytes);
    bool operator==(const Frontier &) const = default;

private:
    std::uint64_t m_size = 0;
    std::vector<Hash> m_nodes;
};

} // namespace qd::journal
