// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/crypto.h"

namespace qd::journal {

using Proof = std::vector<Hash>;

/// A whole RFC 6962 Merkle tree in memory, some 64 bytes a leaf: proves that a leaf is in it, and that a smaller tree is
/// its beginning. The tree of no leaves proves nothing.
class Tree final
{
public:
    explicit Tree(std::vector<Hash> leaves);

    [[nodiscard]] std::uint64_t size() const { return m_levels.front().size(); }
    [[nodiscard]] Hash root() const; ///< of no leaves: SHA-256 of nothing
    /// RFC 9162 section 2.1.3.1. `index` counts from 0 and is below size().
    [[nodiscard]] Proof inclusion(std::uint64_t index) const;
    /// RFC 9162 section 2.1.4.1: the tree of the first `first` leaves is the beginning of this one. first <= size();
    /// empty for 0 and for size(): there is nothing to prove.
    [[nodiscard]] Proof consistency(std::uint64_t first) const;

private:
    [[nodiscard]] Hash range(std::uint64_t begin, std::uint64_t end) const;
    void consistency(std::uint64_t first, std::uint64_t begin, std::uint64_t end, bool whole, Proof &out) const;

    std::vector<std::vector<Hash>> m_levels; ///< leaves first; a node without a right neighbour stands in the next as is
};

/// RFC 9162 section 2.1.3.2: leaf number `index` (from 0) of a tree of `size` leaves with this root.
[[nodiscard]] bool isIncluded(const Hash &leaf, std::uint64_t index, std::uint64_t size, const Proof &proof,
                              const Hash &root);

/// RFC 9162 section 2.1.4.2: the tree of `second` leaves begins with the tree of `first` leaves. A tree of no leaves
/// begins every other; equal sizes need equal roots; both need an empty proof.
[[nodiscard]] bool isConsistent(std::uint64_t first, const Hash &firstRoot, std::uint64_t second,
                                const Hash &secondRoot, const Proof &proof);

} // namespace qd::journal
