// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/events/weight.h"

namespace qd::events {

std::uint64_t weightOf(const Events &events)
{
    std::uint64_t weight = events.size();
    for (const Event &e : events) {
        if (const auto *reported = getIf<AlertsReported>(&e))
            weight += reported->batch.size();
        else if (const auto *repeated = getIf<AlertsRepeated>(&e))
            weight += repeated->fingerprint.size() / 8;
        else if (const auto *suppressed = getIf<AlertsSuppressed>(&e))
            weight += suppressed->fingerprint.size() / 8;
        else if (const auto *kept = getIf<EvidenceKept>(&e))
            weight += kept->content.size() / 4096;
        else if (const auto *written = getIf<SectionWritten>(&e))
            weight += written->text.size() / 4096;
    }
    return weight;
}

} // namespace qd::events
