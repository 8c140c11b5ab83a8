// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace qd::tests {

/// What SQLite asked of the disk, in order, across all files.
struct DiskStep {
    enum Kind : std::uint8_t { Write, Truncate, Sync, Delete, Create } kind = Write;
    std::string file;         ///< name alone
    std::uint64_t offset = 0; ///< of a Write; size after a Truncate
    Bytes bytes;
    bool durable = false;     ///< of a Delete: the folder was synced with it
};

/// A SQLite VFS over the system's own that writes down every write, sync, truncation, creation and deletion, and builds what
/// a disk might hold after losing power at any step: per file everything up to its last sync, and of what came after an
/// arbitrary part, in any order, torn at sectors of 512 bytes or 4 KB. Shared memory of the write-ahead log is not on disk.
/// The default VFS while it lives; one at a time.
class RecordingVfs final {
public:
    RecordingVfs();
    ~RecordingVfs();
    RecordingVfs(const RecordingVfs &) = delete;
    RecordingVfs &operator=(const RecordingVfs &) = delete;

    void pause() { m_paused = true; } ///< what happens now is not written down
    [[nodiscard]] std::size_t steps() const;
    [[nodiscard]] bool isSync(std::size_t step) const;

    enum Damage { Drop, Reorder, Tear512, Tear4096 };
    /// Writes into `folder` what the disk may hold when power was lost before step `at`. The same for the same seed.
    void crash(std::size_t at, Damage damage, std::uint64_t seed, const std::filesystem::path &folder) const;

    void note(DiskStep step);

private:
    mutable std::mutex m_mutex;
    std::vector<DiskStep> m_steps;
    bool m_paused = false;
    sqlite3_vfs *m_vfs = nullptr;
    sqlite3_vfs *m_real = nullptr;
};

} // namespace qd::tests
