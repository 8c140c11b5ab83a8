// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchscale.h"

#include "app/quarterdeckctl/benchledger.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <iostream>
#include <openssl/sha.h>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kSlices = 10;

struct Slice {
    double alertsPerSecond = 0, hashedPerSecond = 0; ///< bytes/s of the reference
    std::size_t resident = 0;
};

double hashRate(const std::vector<std::string> &bodies)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    std::size_t bytes = 0;
    const Stopwatch watch;
    for (const auto &body : bodies) {
        SHA256(reinterpret_cast<const unsigned char *>(body.data()), body.size(), digest.data());
        bytes += body.size();
    }
    return static_cast<double>(bytes) / watch.seconds();
}

Result<std::vector<Slice>> measure()
{
    auto core = Peer::ourCore();
    if (!core)
        return tl::unexpected(core.error());
    std::vector<Slice> slices;
    for (std::size_t i = 0; i < kSlices; ++i) {
        const auto bodies = alertBodies(kReferenceAlerts, kReferenceBatch, i * kReferenceAlerts);
        Slice slice;
        slice.hashedPerSecond = hashRate(bodies);
        const auto loaded = load(core->port(), core->alertsPath(), bodies, kReferenceConnections);
        if (!loaded)
            return tl::unexpected(loaded.error());
        slice.alertsPerSecond = kReferenceAlerts / loaded->seconds;
        slice.resident = core->resident();
        slices.push_back(slice);
    }
    const auto count = core->call("alert.count");
    if (!count)
        return tl::unexpected(count.error());
    const auto active = json::parse(*count).at("active").to_number<std::size_t>();
    if (active != kSlices * kReferenceAlerts)
        return fail(Code::Internal, "The core counts " + std::to_string(active) + " active alerts.");
    return slices;
}

/// Median of the last three hundred thousand against the first three: 1 is flat, above 1 is slower.
double growth(const std::vector<Slice> &slices)
{
    const auto cost = [&](std::size_t from) {
        std::vector<double> costs;
        for (std::size_t i = from; i < from + 3; ++i)
            costs.push_back(slices[i].hashedPerSecond / slices[i].alertsPerSecond);
        return median(costs);
    };
    return cost(slices.size() - 3) / cost(0);
}

} // namespace

int benchScale(const BenchOptions &options)
{
    const auto slices = measure();
    if (!slices)
        return benchFailed(slices.error());
    if (options.json) {
        json::array list;
        for (const Slice &s : *slices)
            list.push_back(json::object{{"alertsPerSecond", s.alertsPerSecond}, {"sha256BytesPerSecond", s.hashedPerSecond}, {"residentBytes", s.resident}});
        std::cout << json::serialize(json::object{{"bench", "scale"},
                                                  {"alertsEach", kReferenceAlerts},
                                                  {"slices", std::move(list)},
                                                  {"ratio", json::object{{"costLastToFirst", growth(*slices)}}}})
                  << '\n';
        return 0;
    }
    std::printf("scale: a million distinct alerts into one core, %zu at a time\n\n", kReferenceAlerts);
    for (std::size_t i = 0; i < slices->size(); ++i) {
        const Slice &s = (*slices)[i];
        std::printf("  %8zu active  %9.0f alerts/s  %7.1f MB resident   (reference: SHA-256 %.0f MB/s)\n", (i + 1) * kReferenceAlerts, s.alertsPerSecond,
                    static_cast<double>(s.resident) / 1e6, s.hashedPerSecond / 1e6);
    }
    std::printf("\n  an alert of the last 300,000 costs %.2f times one of the first, measured in hashed bytes\n", growth(*slices));
    return 0;
}

} // namespace qd::app
