// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <filesystem>

namespace qd::journal {

/// Exclusive use of a home by one process, until destroyed or the process dies. The lock is on the folder as well as on the
/// file `lock` in it, so that deleting the file lets no second core in.
class HomeLock final
{
public:
    /// Conflict when another core has it, NotFound when there is no such folder, Invalid on a network file system, Io.
    [[nodiscard]] static Result<HomeLock> take(const std::filesystem::path &home);
    HomeLock(HomeLock &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)), m_folder(std::exchange(other.m_folder, -1))
    {
    }
    HomeLock &operator=(HomeLock &&other) noexcept;
    ~HomeLock();

private:
    HomeLock(int fd, int folder)
        : m_fd(fd), m_folder(folder)
    {
    }
    int m_fd = -1;
    int m_folder = -1;
};

/// Makes the folder (and missing parents) with mode 0700; an existing one is narrowed to 0700.
[[nodiscard]] Result<> makeHome(const std::filesystem::path &home);

/// The key file of a home without passphrase and keychain: 32 random bytes, mode 0600. Reading refuses a file others
/// can read.
[[nodiscard]] Result<Secret> readKeyFile(const std::filesystem::path &home);
[[nodiscard]] Result<> writeKeyFile(const std::filesystem::path &home, const Secret &key);
[[nodiscard]] std::filesystem::path keyFilePath(const std::filesystem::path &home);

} // namespace qd::journal
