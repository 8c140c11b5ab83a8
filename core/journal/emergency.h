// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/header.h"
#include "core/journal/ports.h"

namespace qd::journal {

/// The mirror of what the journal keeps in memory while its disk takes nothing: sealed records, exactly the bytes that go
/// into the log later, and wrapped keys that keys.db could not take, in a file on another path. Nothing of it is in clear.
/// The bytes: README.md, "Emergency file". One thread.
class EmergencyFile final
{
public:
    /// The file of the log `log` in `folder`; nothing is made yet. An empty folder: there is none, appending fails.
    EmergencyFile(std::filesystem::path folder, const Uuid &log);
    ~EmergencyFile();
    EmergencyFile(const EmergencyFile &) = delete;
    EmergencyFile &operator=(const EmergencyFile &) = delete;

    struct Contents
    {
        std::vector<KeyRow> keys;
        std::vector<PageRow> pages;
        std::vector<Bytes> records;
    };
    /// What is there, up to the first frame that is torn or damaged; NotFound when there is no file of this log, Corrupt
    /// when a file of that name is no emergency file of this log, Io. Appending then goes on after what was read.
    [[nodiscard]] Result<Contents> read();

    /// Durable when it returns. After an error the file takes no more: a hole in it would end it for the reader.
    [[nodiscard]] Result<> append(std::span<const KeyRow> keys, std::span<const PageRow> pages,
                                  std::span<const BytesView> records);
    /// What it holds is in the log.
    void remove();
    /// It does not continue this log: kept under another name, for people. Gives that name.
    [[nodiscard]] std::filesystem::path setAside();

    [[nodiscard]] const std::filesystem::path &path() const { return m_file; }

private:
    [[nodiscard]] Result<> open();
    [[nodiscard]] Result<> refuse(const char *what);

    std::filesystem::path m_file; ///< empty: none
    Uuid m_log;
    std::uint64_t m_end = 0; ///< bytes of it that hold
    int m_fd = -1;
    bool m_broken = false;
};

/// The home remembers the folder its core was last given, `<home>/emergency.path`, so that who changes its keys without a core
/// finds what waits there. Failing is logged: it was remembered before, most of the time.
void rememberEmergencyFolder(const std::filesystem::path &home, const std::filesystem::path &folder);
/// The emergency file of this log that waits to be recorded; empty for none.
[[nodiscard]] std::filesystem::path waitingEmergencyFile(const std::filesystem::path &home, const Uuid &log);

} // namespace qd::journal
