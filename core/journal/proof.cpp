// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/proof.h"

#include "core/journal/merkle.h"

#include <bit>

namespace qd::journal {

Tree::Tree(std::vector<Hash> leaves)
{
    Sha256 sha;
    m_levels.push_back(std::move(leaves));
    while (m_levels.back().size() > 1) {
        const std::vector<Hash> &below = m_levels.back();
        std::vector<Hash> level;
        level.reserve((below.size() + 1) / 2);
        for (std::size_t i = 0; i + 1 < below.size(); i += 2)
            level.push_back(nodeHash(sha, below[i], below[i + 1]));
        if (below.size() % 2 == 1)
            level.push_back(below.back());
        m_levels.push_back(std::move(level));
    }
}

Hash Tree::root() const
{
    return size() == 0 ? Sha256().of(BytesView()) : m_levels.back().front();
}

/// The root of leaves begin..end, for the ranges the recursion of the RFCs meets: they begin at a multiple of the power
/// of two that holds them, and end there too or at the end of the tree.
Hash Tree::range(std::uint64_t begin, std::uint64_t end) const
{
    const int level = std::bit_width(end - begin - 1);
    return m_levels[static_cast<std::size_t>(level)][begin >> level];
}

Proof Tree::inclusion(std::uint64_t index) const
{
    Proof out;
    for (const auto &level : m_levels) {
        if (const std::uint64_t other = index ^ 1; other < level.size())
            out.push_back(level[other]);
        index >>= 1;
    }
    return out;
}

Proof Tree::consistency(std::uint64_t first) const
{
    Proof out;
    if (first > 0 && first < size())
        consistency(first, 0, size(), true, out);
    return out;
}

/// SUBPROOF of RFC 9162; `whole`: the subtree begins with leaf 0, so the verifier knows the root of its first leaves.
void Tree::consistency(std::uint64_t first, std::uint64_t begin, std::uint64_t end, bool whole, Proof &out) const
{
    const std::uint64_t count = end - begin;
    if (first == count) {
        if (!whole)
            out.push_back(range(begin, end));
        return;
    }
    const std::uint64_t half = std::bit_floor(count - 1); // the largest power of two below count
    if (first <= half) {
        consistency(first, begin, begin + half, whole, out);
        out.push_back(range(begin + half, end));
    } else {
        consistency(first - half, begin + half, end, false, out);
        out.push_back(range(begin, begin + half));
    }
}

bool isIncluded(const Hash &leaf, std::uint64_t index, std::uint64_t size, const Proof &proof, const Hash &root)
{
    if (index >= size)
        return false;
    Sha256 sha;
    std::uint64_t at = index;
    std::uint64_t last = size - 1;
    Hash hash = leaf;
    for (const Hash &other : proof) {
        if (last == 0)
            return false; // longer than the tree is deep
        if ((at & 1) != 0 || at == last) {
            hash = nodeHash(sha, other, hash);
            // The levels in which this node has no neighbour.
            for (; (at & 1) == 0 && at != 0; at >>= 1)
                last >>= 1;
        } else {
            hash = nodeHash(sha, hash, other);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

bool isConsistent(std::uint64_t first, const Hash &firstRoot, std::uint64_t second, const Hash &secondRoot,
                  const Proof &proof)
{
    Sha256 sha;
    if (first > second)
        return false;
    if (first == second)
        return proof.empty() && firstRoot == secondRoot;
    if (first == 0)
        return proof.empty() && firstRoot == sha.of(BytesView());
    auto next = proof.begin();
    std::uint64_t at = first - 1;
    std::uint64_t last = second - 1;
    for (; (at & 1) != 0; at >>= 1)
        last >>= 1;
    // A first tree that is one full subtree is its own first node.
    if (!std::has_single_bit(first) && next == proof.end())
        return false;
    const Hash begin = std::has_single_bit(first) ? firstRoot : *next++;
    Hash old = begin;
    Hash now = begin;
    for (; next != proof.end(); ++next) {
        if (last == 0)
            return false;
        if ((at & 1) != 0 || at == last) {
            old = nodeHash(sha, *next, old);
            now = nodeHash(sha, *next, now);
            for (; (at & 1) == 0 && at != 0; at >>= 1)
                last >>= 1;
        } else {
            now = nodeHash(sha, now, *next);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && old == firstRoot && now == secondRoot;
}

} // namespace qd::journal
