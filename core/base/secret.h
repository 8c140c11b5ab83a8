// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"

#include <sodium.h>
#include <utility>

namespace qd {

/// Bytes that must not leak: wiped when they die, cannot be copied, streamed, compared or printed by accident.
/// Use reveal() only in the call that needs the bytes.
class Secret final {
public:
    Secret() = default;
    explicit Secret(Bytes bytes) : m_bytes(std::move(bytes)) {}
    explicit Secret(std::string_view text) : m_bytes(text.begin(), text.end()) {}
    Secret(Secret &&other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    Secret &operator=(Secret &&other) noexcept
    {
        if (this != &other) {
            wipe();
            m_bytes = std::exchange(other.m_bytes, {});
        }
        return *this;
    }
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret() { wipe(); }

    [[nodiscard]] BytesView reveal() const { return m_bytes; }
    [[nodiscard]] std::string_view revealText() const { return asText(m_bytes); }
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    /// A second owner of the same bytes, asked for by name so that copies are visible in review.
    [[nodiscard]] Secret duplicate() const { return Secret(Bytes(m_bytes)); }

private:
    void wipe()
    {
        if (!m_bytes.empty())
            sodium_memzero(m_bytes.data(), m_bytes.size());
    }
    Bytes m_bytes;
};

} // namespace qd
