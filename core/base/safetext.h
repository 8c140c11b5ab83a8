// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace qd {

/// The limits outside text is held to before anything else sees it (contract.md, "Limits").
inline constexpr std::size_t kFieldLimit = 32 * 1024;  ///< bytes a field may hold
inline constexpr std::size_t kNameLimit = 1024;        ///< bytes a name (label name, service, person) may hold
inline constexpr std::size_t kMarksPerBase = 8;        ///< combining marks kept after one base character

/// What cleaning found; the marks a view shows beside the text.
struct TextMarks {
    bool clamped = false; ///< it was longer than the limit and was cut at a character boundary
    bool hidden = false;  ///< it held controls, bidirectional overrides or zero-width characters, now visible tokens
    bool repaired = false; ///< it held bytes that are not UTF-8, now U+FFFD
};

/// Outside text made safe to show as plain text: valid UTF-8, at most `limit` bytes, no C0/C1 controls but newline and
/// tab, bidirectional and zero-width controls replaced by visible tokens such as "[U+202E]", at most kMarksPerBase
/// combining marks in a row (the rest dropped and marked hidden). Pure; the fast path for plain ASCII is one scan.
/// Source: Unicode TR36 (security considerations), TR9 (bidirectional controls).
[[nodiscard]] std::string safeText(std::string_view raw, std::size_t limit = kFieldLimit, TextMarks *marks = nullptr);

/// One line: as safeText, with newlines and tabs turned into single spaces.
[[nodiscard]] std::string safeLine(std::string_view raw, std::size_t limit = kNameLimit, TextMarks *marks = nullptr);

} // namespace qd
