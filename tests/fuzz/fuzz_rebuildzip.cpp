// SPDX-License-Identifier: GPL-3.0-or-later
#include "rebuildpromises.h"

#include "core/rebuild/archive.h"

using namespace qd;

/// A Slack export, which is an archive of whoever made it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    rebuild::Options options;
    options.now = fuzz::kNow;
    options.format = "slack-export";
    const auto channels = rebuild::slackChannels(bytes);
    options.channel = channels ? channels->front() : "";
    if (const auto facts = rebuild::read(bytes, options))
        fuzz::requireFacts(*facts);
    if (auto archive = rebuild::Archive::open(bytes))
        for (const rebuild::Archive::Entry &entry : archive->entries()) {
            require(!entry.name.empty() && entry.name.front() != '/' && entry.name != ".." && !entry.name.starts_with("../") && entry.name.find("/../") == std::string::npos);
            const auto read = archive->read(entry);
            require(!read || read->size() == entry.bytes);
        }
    return 0;
}
