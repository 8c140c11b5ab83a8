// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <filesystem>

namespace qd::journal {

/// Exclusive use of a home by one process, until destroyed or the process dies.
class HomeLock final
{
public:
    /// Conflict when another core has it, NotFound when there is no such folder, Invalid on a network file system, Io.
    [[nodiscard]] static Result<HomeLock> take(const std::filesystem::path &home);
    HomeLock(HomeLock &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    {
    }
    HomeLock &operator=(HomeLock &&other) noexcept;
    ~HomeLock();

private:
    explicit HomeLock(int fd)
        : m_fd(fd)
    {
    }
    int m_fd = -1;
};

/// Makes the folder (and missing parents) with mode 0700; an existing one is narrowed to 0700.
[[nodiscard]] Result<> makeHome(const std::filesystem::path &home);

/// The key file of a home without passphrase and keychain: 32 random bytes, mode 0600. Reading refuses a file others
/// can read.
[[nodiscard]] Result<Secret> readKeyFile(const std::filesystem::path &home);
[[nodiscard]] Result<> writeKeyFile(const std::filesystem::path &home, const Secret &key);
[[nodiscard]] std::filesystem::path keyFilePath(const std::filesystem::path &home);

} // namespace qd::journal
