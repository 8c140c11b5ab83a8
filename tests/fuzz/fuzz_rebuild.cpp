// SPDX-License-Identifier: GPL-3.0-or-later
#include "rebuildpromises.h"

#include "core/rebuild/look.h"

using namespace qd;
using rebuild::Format;

/// Files of incidents that were run elsewhere, each read as if it were of every format that is text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = fuzz::text(data, size);
    rebuild::Options options;
    options.now = fuzz::kNow;
    options.name = "a.json";
    for (const Format format : {Format::SlackChannel, Format::PagerDuty, Format::Prometheus, Format::Alertmanager, Format::Deploys, Format::Table, Format::Markdown}) {
        options.format = std::string(rebuild::word(format));
        options.day = format == Format::Markdown ? "2025-11-23" : "";
        if (const auto facts = rebuild::read(bytes, options)) {
            require(facts->format == format);
            fuzz::requireFacts(*facts);
        } else {
            require(!facts.error().message.empty());
        }
    }
    options.format.clear();
    const auto look = rebuild::lookAt(bytes, options);
    require(!look.format.empty() || !look.problem.empty());
    require(look.columns.size() <= rebuild::kLookedColumns && look.rows.size() <= rebuild::kLookedRows);
    for (const auto &row : look.rows)
        require(row.size() <= rebuild::kLookedColumns);
    const auto seen = rebuild::formatOf(bytes, "notes");
    require(seen || !seen.error().message.empty());
    return 0;
}
