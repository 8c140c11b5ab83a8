// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/journal/exportfile.h"

using namespace qd;
using namespace qd::journal;

/// An export file from a stranger: judged, never trusted.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = fuzz::text(data, size);
    static_cast<void>(parseExport(text));
    VerifyOptions options;
    options.originKey = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="; // nobody holds the seed of this key
    if (const auto report = verifyExport(text, options))
        require(report->outcome != VerifyReport::Outcome::Authentic);
    return 0;
}
