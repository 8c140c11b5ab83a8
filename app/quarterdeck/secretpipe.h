// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <array>
#include <cstddef>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace qd::app {

/// A pipe with a secret in it, for a program that is started now. The child keeps the reading end; ours are closed with this object.
class SecretPipe {
public:
    explicit SecretPipe(const Secret &secret)
    {
        if (secret.isEmpty() || ::pipe2(m_ends.data(), O_CLOEXEC) != 0)
            return;
        // Far less than a pipe holds, so this never waits.
        const BytesView bytes = secret.reveal();
        m_written = ::write(m_ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
        closeEnd(1);
    }
    ~SecretPipe()
    {
        closeEnd(0);
        closeEnd(1);
    }
    SecretPipe(const SecretPipe &) = delete;
    SecretPipe &operator=(const SecretPipe &) = delete;

    [[nodiscard]] bool holds() const { return m_written; }
    [[nodiscard]] int reader() const { return m_ends[0]; }

private:
    void closeEnd(std::size_t i)
    {
        if (m_ends[i] >= 0)
            ::close(std::exchange(m_ends[i], -1));
    }
    std::array<int, 2> m_ends{-1, -1};
    bool m_written = false;
};

} // namespace qd::app
