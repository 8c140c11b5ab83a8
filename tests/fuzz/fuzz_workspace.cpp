// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/workspace/reader.h"

using namespace qd;

/// A workspace file: refused with a place, or sound as a whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    workspace::Problems problems({"fuzz.toml"});
    workspace::Draft draft;
    const std::string text(fuzz::text(data, size));
    workspace::read(text, 0, draft, problems);
    if (problems.isEmpty())
        workspace::checkWhole(draft, problems);
    if (!problems.isEmpty())
        require(problems.error().message.starts_with("fuzz.toml:"));
    static_cast<void>(workspace::parseMatcher(text));
    return 0;
}
