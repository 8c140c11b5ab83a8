// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/snapshotparts.h"

#include <array>
#include <span>

/// Alerts in snapshots: a base of whole ranges, then patches, each of which says what the snapshot after it has otherwise.
namespace qd::state::parts {

/// From the rows of one snapshot to those of the next. Rows go only by being let go of (the others keep their order) and come
/// only at the end, so a few indexes say where everything is.
struct AlertPatch {
    std::uint32_t before = 0;           ///< rows it is to be applied to
    std::uint32_t removed = 0, written = 0;
    std::vector<std::uint8_t> removedAt; ///< indexes before, ascending; a column
    std::vector<std::uint8_t> writtenAt; ///< indexes after, ascending; a column. Those beyond what was kept are new
    std::uint32_t reasons = 0;
    std::vector<std::uint8_t> reasonsTo; ///< a column: reason n before is that number after; none: as it was
    Table rows;                          ///< the written ones
    QD_FIELDS(f(1, "before", e.before); f(2, "removed", e.removed); f(3, "written", e.written); f(4, "removedAt", e.removedAt);
              f(5, "writtenAt", e.writtenAt); f(6, "reasons", e.reasons); f(7, "reasonsTo", e.reasonsTo); f(8, "rows", e.rows);)
};

/// What a row was when it was last stored: 24 bytes instead of the row. Keyed hashes (SipHash-2-4), so that nobody who sends
/// alerts can make a changed row look unchanged.
struct RowMark {
    std::uint64_t fingerprint = 0, hash = 0;
    Symbol set = 0;
};
struct AlertMarks {
    std::vector<RowMark> rows;
    std::vector<std::uint64_t> reasons;
    std::size_t baseBytes = 0, patchBytes = 0; ///< as stored
    std::uint32_t patches = 0;
};
using MarkKey = std::array<unsigned char, 16>;
[[nodiscard]] AlertMarks marksOf(const AlertTable &alerts, const MarkKey &key);

/// What leads from `before` to `alerts`, whose marks are `now`.
[[nodiscard]] AlertPatch patchOf(const AlertTable &alerts, const AlertMarks &before, const AlertMarks &now);
[[nodiscard]] Table tableOf(const AlertTable &alerts, std::span<const std::uint32_t> indexes);

/// The other way: puts the rows together again.
class AlertRows {
public:
    /// `symbols`: texts known; a row that names others is refused.
    explicit AlertRows(AlertTable &into, std::size_t symbols) : m_table(into), m_symbols(symbols) {}
    [[nodiscard]] bool append(const Table &rows);
    [[nodiscard]] bool apply(const AlertPatch &patch);
    void finish(); ///< once, after the last

private:
    [[nodiscard]] bool decode(const Table &rows);
    [[nodiscard]] bool write(const Column &at); ///< what was decoded

    AlertTable &m_table;
    const std::size_t m_symbols;
    std::vector<std::vector<Instant>> m_flaps; ///< of each row
    std::vector<Column> m_columns;             ///< decode()'s outcome; memory used again
};

} // namespace qd::state::parts
