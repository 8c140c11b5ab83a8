// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct zip;

namespace qd::rebuild {

inline constexpr std::size_t kArchiveEntries = 50'000;
inline constexpr std::uint64_t kEntryBytes = 32u << 20;    ///< of one entry, unpacked
inline constexpr std::uint64_t kUnpackedBytes = 256u << 20; ///< of all that is read
inline constexpr std::uint64_t kMostRatio = 200;           ///< unpacked to packed, of entries above kSmallEntry: text packs to a tenth, a bomb to a thousandth
inline constexpr std::uint64_t kSmallEntry = 1u << 20;

/// A ZIP archive in memory: its entries are read one at a time and never put anywhere. What could leave a folder, is encrypted, claims to be more than the
/// limits or is not what it claims is refused. The bytes must stay. Any one thread.
class Archive {
public:
    struct Entry {
        std::string name;                ///< "inc-42/2026-11-23.json"
        std::uint64_t bytes = 0, packed = 0, index = 0;
    };

    /// Errors: Invalid (no ZIP, names that lead out of it, encrypted, a bomb, a name twice), TooLarge, Corrupt.
    [[nodiscard]] static Result<Archive> open(std::string_view bytes);
    /// Files only, by name.
    [[nodiscard]] const std::vector<Entry> &entries() const { return m_entries; }
    [[nodiscard]] const Entry *find(std::string_view name) const;
    /// The whole entry. Errors: Corrupt (its checksum is another, or it is longer than it said), TooLarge (more than kUnpackedBytes together).
    [[nodiscard]] Result<std::string> read(const Entry &entry);

private:
    struct Closer {
        void operator()(zip *archive) const;
    };
    std::unique_ptr<zip, Closer> m_zip;
    std::vector<Entry> m_entries;
    std::uint64_t m_read = 0;
};

} // namespace qd::rebuild
