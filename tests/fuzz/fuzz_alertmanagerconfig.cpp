// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/workspace/alertmanagerconfig.h"
#include "core/workspace/reader.h"

using namespace qd;

/// An alertmanager.yml: refused in a sentence, or written as a file that reads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(fuzz::text(data, size));
    const auto config = workspace::parseAlertmanagerConfig(text);
    if (config) {
        workspace::Problems problems({"fuzz.toml"});
        workspace::Draft draft;
        workspace::read(workspace::toToml(*config, "fuzz.yml"), 0, draft, problems);
        if (problems.isEmpty())
            require(draft.workspace.inhibitions.size() == config->inhibitions.size());
    } else {
        require(!config.error().message.empty());
    }
    static_cast<void>(workspace::parseAlertmanagerMatchers(text));
    return 0;
}
