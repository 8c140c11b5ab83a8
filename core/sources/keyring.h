// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/encoding.h"
#include "core/base/secret.h"

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::sources {

/// SHA-256 of an integration key: what is kept instead of the key.
using KeyHash = std::array<std::uint8_t, 32>;
[[nodiscard]] KeyHash hashOf(std::string_view key);

/// The integration keys that open the door just now, as hashes. Thread-safe. Looking one up compares with every key in
/// constant time, so that the time taken tells a stranger nothing.
class KeyRing final {
public:
    struct Key {
        std::string connection;
        KeyHash hash;
        std::shared_ptr<const Secret> signing = nullptr; ///< what its deliveries are signed with; null: the key alone opens
    };

    /// A key from its journaled form, 64 hexadecimal digits.
    [[nodiscard]] static Result<Key> key(std::string connection, std::string_view hashHex);

    /// From now on exactly these; a key that is not among them is revoked.
    void replace(std::vector<Key> keys);
    /// The key with this hash, or nothing.
    [[nodiscard]] std::optional<Key> find(const KeyHash &hash) const;

private:
    mutable std::mutex m_mutex;
    std::vector<Key> m_keys;
};

} // namespace qd::sources
