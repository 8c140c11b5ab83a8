// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

namespace qd::store {

/// What can still be found of a journal.db that SQLite does not open or not read to its end. Rows are found by what they
/// look like and are judged by the reader, as those of any log: by chain, seals and checkpoints. A log whose own row is gone
/// is named by its records, and has no public key then. Any number of threads may read it. Corrupt when there is nothing of a log in the file.
[[nodiscard]] Result<std::unique_ptr<journal::RecordReader>> salvageRecords(const std::filesystem::path &home);

/// The same of keys.db. Rows that look alike stand wherever they may belong: whoever opens them can tell.
[[nodiscard]] Result<journal::KeyFileContents> salvageKeys(const std::filesystem::path &home);

} // namespace qd::store
