// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/factorjson.h"

namespace qd::control {

std::string percentOf(std::uint32_t hundredths)
{
    const std::string rest = std::to_string(hundredths % 100);
    return hundredths == 0 ? std::string() : std::to_string(hundredths / 100) + (hundredths % 100 == 0 ? "" : "." + std::string(2 - rest.size(), '0') + rest);
}

json::object surenessJson(const review::Sureness &ratings)
{
    return {{"low", ratings.low}, {"medium", ratings.medium}, {"high", ratings.high}, {"unsaid", ratings.unsaid}};
}

json::object agreementJson(const review::Agreement &a)
{
    json::object out{{"kappa", nullptr}, {"kappaLow", nullptr}, {"kappaHigh", nullptr}, {"shaky", a.isShaky()}, {"agreement", review::agreementSentence(a)}, {"rated", a.incidents}, {"ratedLeast", review::kFewestRated}};
    if (a.kappa)
        out["kappa"] = *a.kappa;
    if (a.interval) {
        out["kappaLow"] = a.interval->first;
        out["kappaHigh"] = a.interval->second;
    }
    return out;
}

} // namespace qd::control
