// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <filesystem>

namespace qd::journal {

/// Room kept in the home for the moment the disk is full: a file of `bytes` zeros, given up so that commits go on for a
/// while, made again when there is plenty. One thread.
class Reserve final
{
public:
    Reserve(std::filesystem::path home, std::size_t bytes);

    /// Makes the file when it is missing and the disk has three times its size to spare; looks at most once a second.
    /// Failing is no error: there is no room, which is what the reserve is about.
    /// True when it is there.
    bool ensure(Span boot);
    /// Gives the room back to the disk; true when there was any.
    [[nodiscard]] bool release();

private:
    std::filesystem::path m_file;
    std::size_t m_bytes;
    bool m_there = false;
    Span m_looked;
};

} // namespace qd::journal
