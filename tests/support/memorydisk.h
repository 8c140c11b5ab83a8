// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

#include <atomic>
#include <map>
#include <mutex>

namespace qd::tests {

/// What the in-memory stores hold: it outlives them, so a journal can be closed and opened again, and a test can look
/// at it, change it, or make commits fail. Thread-safe as far as the journal needs; change rows only while no journal
/// is open.
struct MemoryDisk
{
    std::mutex mutex;
    bool hasLog = false;
    journal::LogRow log;
    std::map<std::uint64_t, Bytes> rows;
    std::map<std::uint64_t, journal::CheckpointRow> checkpoints;
    bool hasKeys = false;
    journal::KeyFileContents keys;
    std::map<std::pair<std::string, std::string>, journal::SectionRow> sections; ///< by kind and name

    std::atomic<int> failingCommits = 0; ///< this many of the next commits of records fail
    std::atomic<int> failingKeys = 0;    ///< this many of the next writes of keys fail
    std::atomic<bool> unreadable = false; ///< reading records fails too
    std::atomic<int> commits = 0;
    std::atomic<int> keyWrites = 0;      ///< transactions of the key file
    Error failure{Code::Unavailable, "The disk is full (a test says so)."};
    /// Called on the journal thread before a commit is stored; a test can hold the journal here.
    std::function<void()> beforeCommit;

    void failNextCommit() { failingCommits = 1; }
    /// Takes nothing until it is said otherwise.
    void fill(bool full = true) { failingCommits = failingKeys = full ? 1'000'000'000 : 0; }
};

} // namespace qd::tests
