// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/pending.h"

#include "core/control/jsonfields.h"

#include <algorithm>

namespace qd::control {

namespace {

json::object pendingItem(const ReportBatch &batch, std::size_t row, Instant now)
{
    json::object labels;
    for (std::size_t n = 0; n < batch.labels[row]; ++n) {
        const std::size_t pair = 2 * (batch.firstPair[row] + n);
        labels[batch.at(batch.pairs[pair])] = batch.at(batch.pairs[pair + 1]);
    }
    const Instant since{batch.startsAt[row]};
    return {{"key", batch.connection + '/' + fingerprintText(batch.fingerprint[row])},
            {"source", batch.connection},
            {"name", batch.label(row, "alertname")},
            {"labels", std::move(labels)},
            {"since", since ? json::value(toRfc3339(since)) : json::value(nullptr)},
            {"age", since ? json::value(std::max<std::int64_t>((now - since).ns / 1'000'000'000, 0)) : json::value(nullptr)},
            {"readAt", toRfc3339(batch.receivedAt)}};
}

} // namespace

std::string pendingJson(const state::State &state, const PendingReadings &readings, const std::string &source, Instant now)
{
    json::array items;
    for (const auto &[connection, batch] : readings) {
        if (!batch || (!source.empty() && source != connection))
            continue;
        std::vector<std::pair<std::string, std::size_t>> sorted;
        for (std::size_t row = 0; row < batch->size(); ++row)
            sorted.emplace_back(fingerprintText(batch->fingerprint[row]), row);
        std::sort(sorted.begin(), sorted.end());
        for (const auto &[fingerprint, row] : sorted)
            items.push_back(pendingItem(*batch, row, now));
    }
    return json::serialize(json::object{{"schema", 1}, {"seq", state.seq}, {"at", toRfc3339(state.time)}, {"items", std::move(items)}});
}

} // namespace qd::control
