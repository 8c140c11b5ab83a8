// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/keyring.h"

#include <algorithm>
#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace qd::sources {

KeyHash hashOf(std::string_view key)
{
    KeyHash hash{};
    SHA256(reinterpret_cast<const unsigned char *>(key.data()), key.size(), hash.data());
    return hash;
}

Result<KeyRing::Key> KeyRing::key(std::string connection, std::string_view hashHex)
{
    const auto bytes = fromHex(hashHex);
    Key out{std::move(connection), {}};
    if (!bytes || bytes->size() != out.hash.size())
        return fail(Code::Invalid, "the key of connection " + out.connection + " is not kept as 64 hexadecimal digits");
    std::copy(bytes->begin(), bytes->end(), out.hash.begin());
    return out;
}

void KeyRing::replace(std::vector<Key> keys)
{
    const std::lock_guard lock(m_mutex);
    m_keys = std::move(keys);
}

std::optional<KeyRing::Key> KeyRing::find(const KeyHash &hash) const
{
    const std::lock_guard lock(m_mutex);
    const Key *found = nullptr;
    for (const auto &key : m_keys)
        if (CRYPTO_memcmp(key.hash.data(), hash.data(), hash.size()) == 0)
            found = &key;
    return found != nullptr ? std::optional(*found) : std::nullopt;
}

} // namespace qd::sources
