// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <sodium.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace qd {

std::uint64_t Hash::of(std::string_view text, std::uint64_t key)
{
    return XXH3_64bits_withSeed(text.data(), text.size(), key);
}

std::uint64_t Hash::drawn()
{
    std::uint64_t key = 0;
    randombytes_buf(&key, sizeof key);
    return key;
}

} // namespace qd
