// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/listing.h"

#include <ctime>
#include <unordered_set>

namespace qd::sources {

namespace {

/// "Mon, 23 Nov 2026 08:40:00 GMT"; none when it is another form.
Instant parseHttpDate(std::string_view text)
{
    std::tm tm{};
    const char *const end = strptime(std::string(text).c_str(), "%a, %d %b %Y %H:%M:%S GMT", &tm);
    return end != nullptr ? Instant{static_cast<std::int64_t>(timegm(&tm)) * 1'000'000'000} : Instant{};
}

} // namespace

Instant itsClock(const net::HttpResponse &answer, Instant otherwise)
{
    const Instant said = parseHttpDate(net::valueOf(answer.headers, "date"));
    return said ? said : otherwise;
}

ReportBatch goneSince(const ReportBatch &before, const ReportBatch &now)
{
    const std::unordered_set<std::uint64_t> listed(now.fingerprint.begin(), now.fingerprint.end());
    BatchBuilder builder(now.connection, now.path, now.receivedAt);
    for (std::size_t row = 0; row < before.size(); ++row) {
        if (listed.contains(before.fingerprint[row]))
            continue;
        builder.begin();
        builder.fingerprint(before.fingerprint[row]);
        builder.status(AlertStatus::Resolved);
        builder.startsAt({before.startsAt[row]});
        builder.endsAt(now.receivedAt);
        const std::size_t first = before.firstPair[row];
        const std::size_t labels = before.labels[row];
        for (std::size_t i = 0; i < labels + before.annotations[row]; ++i) {
            const auto name = before.at(before.pairs[(first + i) * 2]);
            const auto value = before.at(before.pairs[(first + i) * 2 + 1]);
            i < labels ? builder.label(name, value) : builder.annotation(name, value);
        }
        builder.end();
    }
    return builder.take();
}

} // namespace qd::sources
