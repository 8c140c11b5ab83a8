// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/journal/recoverycode.h"
#include "core/journal/words.h"

#include <algorithm>

using namespace qd;
using namespace qd::journal;

/// What people type from paper or from a room: a recovery key and a head code. Whatever is taken is taken again as we would write it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::text(data, size);
    if (const auto code = parseHeadCode(text)) {
        require(code->first > 0 && std::count(code->second.begin(), code->second.end(), '-') == 7);
        const auto again = parseHeadCode(std::to_string(code->first) + ':' + code->second);
        require(again);
        require(*again == *code);
    } else {
        require(code.error().code == Code::Invalid && !code.error().message.empty());
    }
    if (const auto key = parseRecoveryCode(text)) {
        require(key->reveal().size() == 32);
        const auto again = parseRecoveryCode(recoveryCode(*key));
        require(again);
        require(again->revealText() == key->revealText());
    } else {
        require(key.error().code == Code::Invalid && !key.error().message.empty());
    }
    if (size == 32) { // as a key or a hash
        const auto key = parseRecoveryCode(recoveryCode(Secret(Bytes(data, data + size))));
        require(key);
        require(key->revealText() == text);
        Hash hash;
        std::copy_n(data, hash.size(), hash.begin());
        const auto code = parseHeadCode("41:" + headWords(hash));
        require(code);
        require(code->second == headWords(hash));
    }
    return 0;
}
