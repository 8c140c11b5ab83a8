// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/header.h"

#include <memory>

namespace qd::journal {

/// A stream's open data key. Immutable, shared between threads.
struct StreamKey
{
    Id16 id{};
    Id16 pseudonym{};
    std::string stream;
    HmacKey pseudoRandom; ///< HKDF-Extract of the data key; the data key itself is not kept

    [[nodiscard]] static HmacKey derive(Hkdf &hkdf, const Secret &dataKey);
};

/// Seals and opens parts. One a thread.
class Sealer final
{
public:
    /// Seals `plain` into `out` (plain.size() + kTag) and fills in `entry` but for the digest.
    void seal(const Header &header, std::size_t part, const StreamKey &key, BytesView plain, PartEntry &entry,
              std::span<std::uint8_t> out);
    /// False when key, commitment, place or bytes are not what was sealed.
    [[nodiscard]] bool open(const Header &header, std::size_t part, const StreamKey &key, BytesView sealed,
                            Bytes &plain);

    /// The key of one part alone, to disclose it: it opens this part and says nothing about any other key (RFC 5869: an
    /// output of HKDF tells nothing of its key or of its other outputs).
    [[nodiscard]] Secret partKey(const Header &header, std::size_t part, const StreamKey &key);
    /// Opens with a disclosed part key. The commitment in the header cannot be checked with it.
    [[nodiscard]] bool openDisclosed(const Header &header, std::size_t part, BytesView partKey, BytesView sealed,
                                     Bytes &plain);

private:
    struct PartKey
    {
        std::array<std::uint8_t, 64> bytes; ///< key, commitment
        ~PartKey();
        [[nodiscard]] BytesView key() const { return BytesView(bytes).first(32); }
        [[nodiscard]] BytesView commitment() const { return BytesView(bytes).last(32); }
    };
    void derive(const Header &header, std::size_t part, const StreamKey &key, PartKey &out);

    Hkdf m_hkdf;
    Gcm m_gcm;
};

/// A secret under a wrapping key, with a random nonce in front: nonce ‖ ciphertext ‖ tag.
[[nodiscard]] Bytes wrap(Random &random, const Secret &wrapping, BytesView associated, BytesView secret);
/// Forbidden when the wrapping key, the associated data or the bytes are not what was wrapped.
[[nodiscard]] Result<Secret> unwrap(const Secret &wrapping, BytesView associated, BytesView wrapped);

} // namespace qd::journal
