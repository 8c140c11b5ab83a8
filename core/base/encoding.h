// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

[[nodiscard]] inline BytesView asBytes(std::string_view s) { return {reinterpret_cast<const std::uint8_t *>(s.data()), s.size()}; }
[[nodiscard]] inline std::string_view asText(BytesView b) { return {reinterpret_cast<const char *>(b.data()), b.size()}; }

/// Lower-case hexadecimal, and back; an odd length or a foreign character is refused.
[[nodiscard]] std::string toHex(BytesView bytes);
[[nodiscard]] Result<Bytes> fromHex(std::string_view text);

/// RFC 4648 section 4 with padding, and back.
[[nodiscard]] std::string toBase64(BytesView bytes);
[[nodiscard]] Result<Bytes> fromBase64(std::string_view text);

/// RFC 3986 section 2.1: %41 is A. What is no escape stays as it is.
[[nodiscard]] std::string percentDecoded(std::string_view text);

/// SHA-256 of the bytes, in lower-case hexadecimal.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);

} // namespace qd
