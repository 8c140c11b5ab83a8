// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/ports.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace qd::app {

/// Judges the whole record again while the core runs, soon after the start and once a day, at the lowest priority: a start itself
/// reads only what the newest snapshot does not hold, so damage far back would never be seen. What it finds is said, not mended,
/// and recording goes on: the record from here on is not less true for it, and who commands an incident is better served by a console that
/// records than by one that only shows. What the start itself meets makes it read-only (readonlynode.h). Owns one thread.
class RecordCheck final {
public:
    /// `head`: the last committed record's number, any thread.
    RecordCheck(std::filesystem::path home, journal::Ports ports, std::function<std::uint64_t()> head);
    ~RecordCheck(); ///< a check that runs is given up
    RecordCheck(const RecordCheck &) = delete;
    RecordCheck &operator=(const RecordCheck &) = delete;

    /// What is wrong and what can be done, a sentence; empty while nothing is known to be. Any thread.
    [[nodiscard]] std::string problem() const;

private:
    void run();
    [[nodiscard]] std::string look() const;
    [[nodiscard]] bool isStopping() const;

    std::filesystem::path m_home;
    journal::Ports m_ports;
    std::function<std::uint64_t()> m_head;
    mutable std::mutex m_mutex;
    std::condition_variable m_stopped;
    bool m_stopping = false;
    std::string m_problem;
    std::thread m_thread; ///< last: it uses the others
};

} // namespace qd::app
