// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/journal/note.h"

using namespace qd;
using namespace qd::journal;

/// A checkpoint held elsewhere, and a verification key, as people paste them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    PublicKey key{};
    key[0] = 1;
    const auto note = parseNote(text);
    // No key of ours signed it, so it is never taken for signed.
    require(!openNote(text, key));
    if (note)
        require(!isSignedBy(text, note->origin, key));
    static_cast<void>(parsePublicKey(text));
    return 0;
}
