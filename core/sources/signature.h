// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/net/http.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <unordered_set>

namespace qd::sources {

/// Where PagerDuty's V3 webhooks come in, behind the key.
inline constexpr std::string_view kPagerDutyPath = "/pagerduty/v3";

/// Whether a request carries one of the signatures we know at all; asked before its body is read.
[[nodiscard]] bool isSigned(const net::Request &request);

/// Whether a signed delivery is its sender's, and new. Two forms, both HMAC-SHA256 over the time and the body:
///  - Standard Webhooks 1.0 (standardwebhooks.com, "Signature scheme"): `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,<base64>`
///    over "<id>.<timestamp>.<body>"; a secret written "whsec_<base64>" is decoded, any other is the key itself;
///  - Grafana 12: `X-Grafana-Alerting-Signature: <hex>` over "<timestamp>:<body>", the time in `X-Grafana-Alerting-Timestamp`
///    (its contact point's "Timestamp header"; without one it signs no time, and a copy could not be told from a new one).
///  - PagerDuty V3 (docs/webhooks/04-Signatures.md), for its own path only (kPagerDutyPath): `X-PagerDuty-Signature: v1=<hex>[,v1=<hex> …]` over
///    the body. It signs no time and sends the same again when we did not take it, so what is taken twice is for its reader to see.
/// Of the others: the time must be within kWindow of our clock and not before this process began, and one signature is taken once in its window: a
/// recorded delivery opens nothing, not even after a restart. A sender that tries again signs again. Thread-safe.
class SignatureCheck final {
public:
    static constexpr Span kWindow = seconds(300);
    static constexpr std::size_t kRemembered = 65'536; ///< signatures of the last two windows; beyond it deliveries wait

    explicit SignatureCheck(const Clock &clock);

    /// Forbidden with what is wrong (missing, does not match, too old, ahead, seen already), Unavailable when too many are remembered.
    /// Compares in constant time; remembers a signature only when it matched.
    [[nodiscard]] Result<> check(const net::Request &request, const Secret &secret);

private:
    [[nodiscard]] Result<> once(std::uint64_t signature, Instant now);

    const Clock &m_clock;
    Instant m_began;
    std::mutex m_mutex;
    std::unordered_set<std::uint64_t> m_seen; ///< the beginnings of signatures that matched: nobody without the secret can choose one
    std::deque<std::pair<Instant, std::uint64_t>> m_order; ///< when each was taken
};

} // namespace qd::sources
