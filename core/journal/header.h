// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/crypto.h"

namespace qd::journal {

using Id16 = std::array<std::uint8_t, 16>;

/// A part as the header shows it to anybody. Sizes and order of the bytes: README.md, "Header".
struct PartEntry
{
    Id16 stream{}; ///< pseudonym
    Id16 key{};
    std::uint16_t family = 0;
    std::uint32_t length = 0; ///< of the sealed part: ciphertext and tag
    Hash digest{};            ///< SHA-256 of the sealed part
    Hash commitment{};        ///< to the part's key: GCM alone lets one sealed text open under two keys
};

/// The clear part of a record. Deterministic: one header has one encoding.
struct Header
{
    std::uint16_t suite = kSuite;
    Uuid log;
    std::uint64_t seq = 0;
    Uuid id;
    Uuid writer; ///< one run of one core
    Instant time;
    Span boot;
    Hash previous{}; ///< all zero in record 1
    std::vector<PartEntry> parts;
};

inline constexpr std::size_t kHeaderFixed = 116;
inline constexpr std::size_t kHeaderPart = 104;
[[nodiscard]] inline std::size_t headerSize(std::size_t parts)
{
    return kHeaderFixed + kHeaderPart * parts + 1;
}

/// Writes exactly headerSize(parts) bytes.
void encodeHeader(const Header &header, std::span<std::uint8_t> out);

/// A header and where the sealed parts begin.
struct ParsedHeader
{
    Header header;
    std::size_t size = 0;
};

/// Reads the header in front of a blob. Version: a format or suite this program does not know. Corrupt: anything that
/// is not exactly what encodeHeader writes, or a blob whose length is not header and parts together.
[[nodiscard]] Result<ParsedHeader> parseHeader(BytesView blob);

/// The same for a header whose sealed parts are elsewhere: `bytes` is the header and nothing after it.
[[nodiscard]] Result<Header> parseHeaderAlone(BytesView bytes);

/// SHA-256(0x00 ‖ header), RFC 6962 section 2.1.
[[nodiscard]] Hash leafHash(Sha256 &sha, BytesView header);

} // namespace qd::journal
