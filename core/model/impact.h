// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/model/words.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd {

/// What trouble costs the business, and how a severity is reckoned from it. Values only: core/topology finds what an incident affects,
/// core/command reckons.

/// Numbers are written to the journal.
enum class DataClass : std::uint8_t { Internal = 0, Public = 1, Confidential = 2, Restricted = 3 };
[[nodiscard]] std::string_view word(DataClass v);
template <> std::optional<DataClass> fromWord(std::string_view text);

/// What is sold or promised, as against what runs: services name those they carry.
struct BusinessService {
    std::string id, name;
    std::uint64_t customers = 0;         ///< who use it
    std::uint64_t revenue = 0;           ///< an hour, in the matrix's currency
    DataClass data = DataClass::Internal;
    bool regulated = false;              ///< somebody outside must be told of its trouble
    QD_FIELDS(f(1, "id", e.id); f(2, "name", e.name); f(3, "customers", e.customers); f(4, "revenue", e.revenue); f(5, "data", e.data);
              f(6, "regulated", e.regulated);)
};

/// How a severity is reckoned. Where no business service is affected only the steps count.
struct SeverityMatrix {
    static constexpr std::size_t kLevels = 4; ///< thresholds of SEV1 … SEV4; below the last it is SEV5

    std::string version;                 ///< the team's own name for it; "": the console's own matrix
    std::string currency;
    std::vector<std::uint64_t> customers = {10'000, 1'000, 100, 10};  ///< at least so many are hurt
    std::vector<std::uint64_t> revenue = {100'000, 10'000, 1'000, 100}; ///< at least so much is lost an hour
    std::uint32_t most = 100, some = 25, few = 5; ///< percent of the customers
    std::uint32_t soonSteps = 1, unhurtSteps = 3, someSteps = 1, fewSteps = 2, workaroundSteps = 1; ///< less severe; someSteps, fewSteps: without figures
    std::uint32_t confidentialSteps = 0, restrictedSteps = 1, regulatedSteps = 1;                   ///< more severe
    bool operator==(const SeverityMatrix &) const = default;
    QD_FIELDS(f(1, "version", e.version); f(2, "currency", e.currency); f(3, "customers", e.customers); f(4, "revenue", e.revenue);
              f(5, "most", e.most); f(6, "some", e.some); f(7, "few", e.few); f(8, "soonSteps", e.soonSteps); f(9, "unhurtSteps", e.unhurtSteps);
              f(10, "someSteps", e.someSteps); f(11, "fewSteps", e.fewSteps); f(12, "workaroundSteps", e.workaroundSteps);
              f(13, "confidentialSteps", e.confidentialSteps); f(14, "restrictedSteps", e.restrictedSteps);
              f(15, "regulatedSteps", e.regulatedSteps);)
};

/// The matrix as it is recorded with a severity: its version and, since people forget to change that, eight digits of what it says.
/// "console" for the console's own.
[[nodiscard]] std::string nameOf(const SeverityMatrix &matrix);

/// A business service that suffers, and how that is known.
struct AffectedBusiness {
    BusinessService what;
    std::string service;                 ///< of ours, which carries it
    std::uint32_t hops = 0;              ///< edges from it to a service of the incident; 0: it is one
};

/// What an incident affects.
struct Impact {
    std::vector<std::string> services;   ///< the incident's own
    std::uint32_t blast = 0;             ///< how many more depend on those, over hard or soft edges
    std::vector<AffectedBusiness> business; ///< each once, the largest first
    AlertSeverity technical = AlertSeverity::None; ///< the worst of its alerts that fires: shown beside, never reckoned with
};

/// A severity as it was reckoned, kept with the change it led to; none while `matrix` is empty.
struct Reckoning {
    std::string hurt, howMany, workaround; ///< the answers, in words
    std::string matrix, arithmetic;
    IncidentSeverity suggested = IncidentSeverity::Sev3;
    std::vector<std::string> business;   ///< ids of what was affected
    QD_FIELDS(f(1, "hurt", e.hurt); f(2, "howMany", e.howMany); f(3, "workaround", e.workaround); f(4, "matrix", e.matrix);
              f(5, "arithmetic", e.arithmetic); f(6, "suggested", e.suggested); f(7, "business", e.business);)
};

} // namespace qd
