// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/merkle.h"

#include <algorithm>
#include <bit>

namespace qd::journal {

Hash nodeHash(Sha256 &sha, const Hash &left, const Hash &right)
{
    static constexpr std::uint8_t kNode[1] = {1};
    return sha.of({BytesView(kNode), BytesView(left), BytesView(right)});
}

void Frontier::add(Sha256 &sha, const Hash &leaf)
{
    Hash carry = leaf;
    for (std::uint64_t bits = m_size; bits & 1; bits >>= 1) {
        carry = nodeHash(sha, m_nodes.back(), carry);
        m_nodes.pop_back();
    }
    m_nodes.push_back(carry);
    ++m_size;
}

Hash Frontier::root(Sha256 &sha) const
{
    if (m_nodes.empty())
        return sha.of(BytesView());
    Hash right = m_nodes.back();
    for (auto it = m_nodes.rbegin() + 1; it != m_nodes.rend(); ++it)
        right = nodeHash(sha, *it, right);
    return right;
}

Bytes Frontier::encode() const
{
    Bytes out;
    out.reserve(8 + 32 * m_nodes.size());
    putNumber(out, m_size);
    for (const Hash &h : m_nodes)
        putBytes(out, h);
    return out;
}

Result<Frontier> Frontier::decode(BytesView bytes)
{
    Frontier f;
    if (bytes.size() >= 8)
        f.m_size = getNumber<std::uint64_t>(bytes.data());
    const auto nodes = static_cast<std::size_t>(std::popcount(f.m_size));
    if (bytes.size() != 8 + 32 * nodes)
        return fail(Code::Corrupt, "the stored edge of the tree has a wrong length");
    f.m_nodes.resize(nodes);
    for (std::size_t i = 0; i < nodes; ++i)
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(8 + 32 * i), 32, f.m_nodes[i].begin());
    return f;
}

} // namespace qd::journal
