// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include "core/sources/alertmanager.h"

using namespace qd;
using namespace qd::sources;

/// Pushed alerts, webhook, listing, silences and status of Alertmanager: the same bytes to each.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto body = fuzz::text(data, size);
    const Arrival arrival{"am", fuzz::kNow};
    for (const auto parse : {parseAlertmanagerPush, parseAlertmanagerWebhook, parseAlertmanagerAlerts})
        if (const auto batch = parse(body, arrival)) {
            require(batch->isSound());
            require(batch->quarantined.size() <= 1001);
            require(!batch->snapshot || batch->quarantined.empty());
        } else {
            require(!batch.error().message.empty());
        }
    if (const auto silences = parseSilences(body))
        for (const auto &silence : *silences)
            require(silence.id.size() <= size * 3 + 64);
    static_cast<void>(parseSilence(body));
    static_cast<void>(parseSilenceId(body));
    static_cast<void>(parseStatus(body));
    return 0;
}
