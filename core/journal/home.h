// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <filesystem>
#include <vector>

namespace qd::journal {

/// Exclusive use of a home by one process, until destroyed or the process dies. The lock is on the folder as well as on the
/// file `lock` in it, so that deleting the file lets no second core in. A file `lock` it made goes with it unless keep() was
/// called: a folder that turns out to be no home stays as it was.
class HomeLock final
{
public:
    /// Conflict when another core has it, NotFound when there is no such folder, Invalid on a network file system, Io.
    [[nodiscard]] static Result<HomeLock> take(const std::filesystem::path &home);
    HomeLock(HomeLock &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)), m_folder(std::exchange(other.m_folder, -1)), m_made(std::exchange(other.m_made, {}))
    {
    }
    HomeLock &operator=(HomeLock &&other) noexcept;
    ~HomeLock();
    void keep() { m_made.clear(); }

private:
    HomeLock() = default;
    int m_fd = -1;
    int m_folder = -1;
    std::filesystem::path m_made; ///< the file, when it was not there before
};

/// A home that is being made: its folder, and the missing ones above it, with mode 0700; one that was there is narrowed to
/// 0700. Until keep() is called its end undoes all that: folders it made go if nothing is in them, a
/// folder that was there gets its mode back.
class NewHome final
{
public:
    /// Io or Unavailable (no room) when it cannot be made, a sentence with the reason. Nothing stays then.
    [[nodiscard]] static Result<NewHome> make(const std::filesystem::path &home);
    NewHome(NewHome &&other) noexcept;
    NewHome &operator=(NewHome &&) = delete;
    ~NewHome();
    void keep() { m_home.clear(); }

private:
    NewHome() = default;
    std::filesystem::path m_home;               ///< empty: nothing is to be undone
    std::vector<std::filesystem::path> m_above; ///< the folders above it that were made, the topmost first
    unsigned m_mode = 0;                        ///< what the home's was; 0: it was not there
};

/// The key file of a home without passphrase and keychain: 32 random bytes, mode 0600. Reading refuses a file others
/// can read.
[[nodiscard]] Result<Secret> readKeyFile(const std::filesystem::path &home);
[[nodiscard]] Result<> writeKeyFile(const std::filesystem::path &home, const Secret &key);
[[nodiscard]] std::filesystem::path keyFilePath(const std::filesystem::path &home);

/// A small file of the home: NotFound when there is none, TooLarge beyond `most`, Io for anything that is no plain file or cannot be
/// read. No link is followed.
[[nodiscard]] Result<std::string> readSmallFile(const std::filesystem::path &file, std::size_t most);
/// Mode 0600; the old contents or the new, never a part: written beside it, synced, renamed. Unavailable (disk full), Io.
[[nodiscard]] Result<> replaceSmallFile(const std::filesystem::path &file, std::string_view text);

} // namespace qd::journal
