// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/journal/header.h"
#include "core/journal/merkle.h"

using namespace qd;
using namespace qd::journal;

/// A record's header, which has one encoding only, and a checkpoint's frontier.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const BytesView blob(data, size);
    if (const auto parsed = parseHeader(blob)) {
        Bytes written(headerSize(parsed->header.parts.size()));
        encodeHeader(parsed->header, written);
        require(parsed->size == written.size() && parsed->size <= size);
        require(std::equal(written.begin(), written.end(), blob.begin()));
    }
    if (const auto frontier = Frontier::decode(blob)) {
        const Bytes written = frontier->encode();
        require(written.size() == size && std::equal(written.begin(), written.end(), blob.begin()));
        Sha256 sha;
        static_cast<void>(frontier->root(sha));
    }
    return 0;
}
