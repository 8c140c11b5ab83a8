// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/benchscale.h"

#include "app/quarterdeckctl/benchledger.h"
#include "app/quarterdeckctl/benchload.h"
#include "app/quarterdeckctl/benchpeers.h"
#include "app/quarterdeckctl/benchreport.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <functional>
#include <iostream>
#include <openssl/sha.h>

namespace qd::app {

namespace {

namespace json = boost::json;

constexpr std::size_t kSlices = 10, kSearches = 20;

struct Slice {
    double alertsPerSecond = 0, hashedPerSecond = 0; ///< bytes/s of the reference
    std::size_t resident = 0;
};

/// What the core holds in memory once the flood is over, in bytes, and how it comes back.
struct Afterwards {
    std::size_t settled = 0;     ///< the search has read it all
    std::size_t searched = 0;    ///< after kSearches of them
    std::size_t restarted = 0;   ///< ready again
    std::size_t settledAgain = 0;
    double searchSeconds = 0;    ///< of one that finds nothing, the median
    double rareSeconds = 0;      ///< of one whose words stand in one alert, the median
    double restartSeconds = 0;
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

/// Seconds of kSearches searches, the median; each must find so many.
Result<double> searchSeconds(Peer &core, const std::function<std::string(std::size_t)> &text, std::uint64_t finds)
{
    std::vector<double> searches;
    for (std::size_t n = 0; n < kSearches; ++n) {
        const Stopwatch watch;
        const auto found = core.call("search", json::serialize(json::object{{"text", text(n)}, {"limit", 50}}));
        if (!found)
            return tl::unexpected(found.error());
        searches.push_back(watch.seconds());
        if (const auto total = json::parse(*found).at("total").to_number<std::uint64_t>(); total != finds)
            return fail(Code::Internal, "A search for " + text(n) + " found " + std::to_string(total) + ".");
    }
    return median(searches);
}

Result<Afterwards> afterwards(Peer &core, std::size_t alerts)
{
    Afterwards out;
    const auto settled = core.settled();
    if (!settled)
        return tl::unexpected(settled.error());
    out.settled = *settled;
    const auto nowhere = searchSeconds(core, [](std::size_t n) { return "service:shop " + std::to_string(n * 37); }, 0);
    if (!nowhere)
        return tl::unexpected(nowhere.error());
    out.searchSeconds = *nowhere;
    const auto rare = searchSeconds(core, [&](std::size_t n) { return "\"node-" + std::to_string((2 * n + 1) * alerts / (2 * kSearches)) + ".example\" HighLatency" + std::to_string((2 * n + 1) * alerts / (2 * kSearches) % 200); }, 1);
    if (!rare)
        return tl::unexpected(rare.error());
    out.rareSeconds = *rare;
    out.searched = core.resident();
    const auto ready = core.restart();
    if (!ready)
        return tl::unexpected(ready.error());
    out.restartSeconds = *ready;
    out.restarted = core.resident();
    const auto again = core.settled();
    if (!again)
        return tl::unexpected(again.error());
    out.settledAgain = *again;
    return out;
}

Result<std::vector<Slice>> measure(std::size_t each, Afterwards &after)
{
    auto core = Peer::ourCore();
    if (!core)
        return tl::unexpected(core.error());
    std::vector<Slice> slices;
    for (std::size_t i = 0; i < kSlices; ++i) {
        const auto bodies = alertBodies(each, kReferenceBatch, i * each);
        Slice slice;
        slice.hashedPerSecond = hashRate(bodies);
        const auto loaded = load(core->port(), core->alertsPath(), bodies, kReferenceConnections);
        if (!loaded)
            return tl::unexpected(loaded.error());
        slice.alertsPerSecond = static_cast<double>(each) / loaded->seconds;
        slice.resident = core->resident();
        slices.push_back(slice);
    }
    const auto count = core->call("alert.count");
    if (!count)
        return tl::unexpected(count.error());
    const auto active = json::parse(*count).at("active").to_number<std::size_t>();
    if (active != kSlices * each)
        return fail(Code::Internal, "The core counts " + std::to_string(active) + " active alerts.");
    auto then = afterwards(*core, active);
    if (!then)
        return tl::unexpected(then.error());
    after = *then;
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
    const std::size_t each = options.events > 0 ? std::clamp<std::size_t>(options.events / kSlices, 1, kReferenceAlerts) : kReferenceAlerts;
    Afterwards after;
    const auto slices = measure(each, after);
    if (!slices)
        return benchFailed(slices.error());
    if (options.json) {
        json::array list;
        for (const Slice &s : *slices)
            list.push_back(json::object{{"alertsPerSecond", s.alertsPerSecond}, {"sha256BytesPerSecond", s.hashedPerSecond}, {"residentBytes", s.resident}});
        std::cout << json::serialize(json::object{{"bench", "scale"},
                                                  {"alertsEach", each},
                                                  {"slices", std::move(list)},
                                                  {"afterwards", json::object{{"settledResidentBytes", after.settled},
                                                                              {"searches", kSearches},
                                                                              {"searchP50Ms", after.searchSeconds * 1e3},
                                                                              {"rareSearchP50Ms", after.rareSeconds * 1e3},
                                                                              {"searchedResidentBytes", after.searched},
                                                                              {"restartSeconds", after.restartSeconds},
                                                                              {"restartedResidentBytes", after.restarted},
                                                                              {"settledAgainResidentBytes", after.settledAgain}}},
                                                  {"reference", json::object{{"sha256BytesPerSecond", slices->front().hashedPerSecond}}},
                                                  {"ratio", json::object{{"costLastToFirst", growth(*slices)}}}})
                  << '\n';
        return 0;
    }
    std::printf("scale: %zu distinct alerts into one core, %zu at a time\n\n", each * kSlices, each);
    for (std::size_t i = 0; i < slices->size(); ++i) {
        const Slice &s = (*slices)[i];
        std::printf("  %8zu active  %9.0f alerts/s  %7.1f MB resident   (reference: SHA-256 %.0f MB/s)\n", (i + 1) * each, s.alertsPerSecond,
                    static_cast<double>(s.resident) / 1e6, s.hashedPerSecond / 1e6);
    }
    std::printf("\n  an alert of the last three tenths costs %.2f times one of the first, measured in hashed bytes\n", growth(*slices));
    const auto mb = [](std::size_t bytes) { return static_cast<double>(bytes) / 1e6; };
    std::printf("  resident when the search had read it all %.1f MB, after %zu searches each for what stands nowhere (%.1f ms) and in one alert (%.1f ms) %.1f MB\n", mb(after.settled), kSearches, after.searchSeconds * 1e3, after.rareSeconds * 1e3,
                mb(after.searched));
    std::printf("  restarted: ready after %.2f s with %.1f MB, settled again with %.1f MB\n", after.restartSeconds, mb(after.restarted), mb(after.settledAgain));
    return 0;
}

} // namespace qd::app
