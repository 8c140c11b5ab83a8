// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqliteports.h"
#include "tests/core/journal/journalfixture.h"

#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>

namespace qd::tests {

inline constexpr std::string_view kCanary = "canary-7f3a-the-customer-is-named-Ondine";

/// A home on disk.
struct DiskHome
{
    QTemporaryDir folder;
    journal::Ports ports = store::sqlitePorts();
    SystemClock clock;
    SystemRandom random;
    journal::Created created;
    std::unique_ptr<journal::Journal> journal;

    std::filesystem::path path() const { return std::filesystem::path(folder.path().toStdString()) / "home"; }
    Result<> create(const journal::Unlock &unlock = testUnlock())
    {
        auto made = journal::create(path(), ports, unlock, clock, random);
        if (!made)
            return tl::unexpected(made.error());
        created = *made;
        return {};
    }
    Result<> open(const journal::Unlock &unlock = testUnlock())
    {
        auto opened = journal::Journal::open(path(), ports, unlock, clock, random);
        if (!opened)
            return tl::unexpected(opened.error());
        journal = std::move(*opened);
        return {};
    }
    std::vector<Answers::Answer> append(std::uint64_t upTo, std::size_t bytes = 100)
    {
        Answers answers;
        const std::uint64_t first = journal->head() + 1;
        for (std::uint64_t s = first; s <= upTo; ++s) {
            Bytes body = bytesOf(kCanary);
            body.resize(bytes, 'x');
            journal->append(
                {s, Instant{static_cast<std::int64_t>(s)}, {{"incident/" + std::string(kCanary), 3, std::move(body)}}},
                answers.take());
        }
        return answers.wait(upTo + 1 - first);
    }
    bool fill(std::uint64_t upTo)
    {
        const auto all = append(upTo);
        return !all.empty() && std::all_of(all.begin(), all.end(), [](const auto &a) { return a.record != nullptr; });
    }
    std::size_t readable() const
    {
        std::size_t n = 0;
        const auto read = journal->replay(1, UINT64_MAX, [&](const journal::Committed &r) {
            n += asText(r.parts[0].body).starts_with(kCanary);
            return true;
        });
        return read ? n : 0;
    }
    /// Runs SQL on a closed file, as somebody with another program would.
    bool change(const char *file, const char *sql) const
    {
        sqlite3 *db = nullptr;
        const bool ok = sqlite3_open((path() / file).c_str(), &db) == SQLITE_OK &&
                        sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
        sqlite3_close(db);
        return ok;
    }
};

inline std::string contentsOf(const std::filesystem::path &path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::map<std::string, std::string> snapshot(const std::filesystem::path &home)
{
    std::map<std::string, std::string> out;
    for (const auto &entry : std::filesystem::directory_iterator(home))
        out[entry.path().filename()] = contentsOf(entry.path());
    return out;
}

inline int modeOf(const std::filesystem::path &path)
{
    struct stat st
    {
    };
    return ::stat(path.c_str(), &st) == 0 ? static_cast<int>(st.st_mode & 0777) : -1;
}

} // namespace qd::tests
