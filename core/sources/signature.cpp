// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/signature.h"

#include "core/base/encoding.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <optional>

namespace qd::sources {

namespace {

using Mac = std::array<std::uint8_t, 32>;

constexpr std::string_view kStandard = "webhook-signature", kGrafana = "x-grafana-alerting-signature", kPagerDuty = "x-pagerduty-signature";

/// Over `before` and `body` as if they were one text: a body of 16 MiB is not copied for it.
Mac macOf(BytesView key, std::string_view before, std::string_view body)
{
    Mac mac{};
    std::size_t size = 0;
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context(EVP_MAC_CTX_new(hmac.get()), &EVP_MAC_CTX_free);
    bool made = context && EVP_MAC_init(context.get(), key.data(), key.size(), params) == 1;
    for (const std::string_view part : {before, body})
        made = made && EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char *>(part.data()), part.size()) == 1;
    if (!made || EVP_MAC_final(context.get(), mac.data(), &size, mac.size()) != 1 || size != mac.size())
        std::abort(); // a library without HMAC-SHA256: nothing it said could be believed
    return mac;
}

bool isSame(const Mac &mac, const Result<Bytes> &sent)
{
    return sent && sent->size() == mac.size() && CRYPTO_memcmp(mac.data(), sent->data(), mac.size()) == 0;
}

/// Seconds since 1970, as both forms send it.
std::optional<Instant> signedAt(std::string_view text)
{
    constexpr std::int64_t kLatest = 9'000'000'000; // beyond it nanoseconds do not fit
    std::int64_t at = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), at);
    if (wrong != std::errc{} || end != text.data() + text.size() || at < 0 || at > kLatest)
        return std::nullopt;
    return Instant{seconds(at).ns};
}

/// "whsec_<base64>" is the form Standard Webhooks hands out.
Secret keyOf(const Secret &secret)
{
    constexpr std::string_view kPrefix = "whsec_";
    if (const std::string_view text = secret.revealText(); text.starts_with(kPrefix))
        if (auto bytes = fromBase64(text.substr(kPrefix.size())))
            return Secret(std::move(*bytes));
    return secret.duplicate();
}

/// One of the signatures in "v1,<base64> v1,<base64> …", of which a sender that changes its secret sends two.
bool matchesOne(std::string_view list, const Mac &mac)
{
    bool found = false;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        if (const std::string_view one = list.substr(0, end); one.starts_with("v1,"))
            found = isSame(mac, fromBase64(one.substr(3))) || found;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return found;
}

/// "v1=<hex>,v1=<hex>": two while PagerDuty's secret is changed.
bool matchesPagerDuty(std::string_view list, const Mac &mac)
{
    bool found = false;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        std::string_view one = list.substr(0, end);
        while (one.starts_with(' '))
            one.remove_prefix(1);
        if (one.starts_with("v1="))
            found = isSame(mac, fromHex(one.substr(3))) || found;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return found;
}

bool isByPagerDuty(const net::Request &request)
{
    return std::string_view(request.path).ends_with(kPagerDutyPath) && !request.header(kPagerDuty).empty();
}

} // namespace

bool isSigned(const net::Request &request)
{
    return !request.header(kStandard).empty() || !request.header(kGrafana).empty() || isByPagerDuty(request);
}

SignatureCheck::SignatureCheck(const Clock &clock) : m_clock(clock), m_began(Instant{clock.now().ns / seconds(1).ns * seconds(1).ns}) {}

Result<> SignatureCheck::check(const net::Request &request, const Secret &secret)
{
    if (!isSigned(request))
        return fail(Code::Forbidden, "this key takes signed requests only (webhook-signature, or X-Grafana-Alerting-Signature)");
    if (isByPagerDuty(request)) {
        if (!matchesPagerDuty(request.header(kPagerDuty), macOf(secret.reveal(), {}, request.body)))
            return fail(Code::Forbidden, "the signature does not match");
        return {};
    }
    const bool isStandard = !request.header(kStandard).empty();
    const std::string_view time = request.header(isStandard ? "webhook-timestamp" : "x-grafana-alerting-timestamp");
    const auto at = signedAt(time);
    if (!at)
        return fail(Code::Forbidden, isStandard ? "webhook-timestamp is not a number of seconds"
                                                : "X-Grafana-Alerting-Timestamp is missing; name it in the contact point as the timestamp header");
    const std::string before = isStandard ? std::string(request.header("webhook-id")) + "." + std::string(time) + "." : std::string(time) + ":";
    const Mac mac = macOf((isStandard ? keyOf(secret) : secret.duplicate()).reveal(), before, request.body);
    if (!(isStandard ? matchesOne(request.header(kStandard), mac) : isSame(mac, fromHex(request.header(kGrafana)))))
        return fail(Code::Forbidden, "the signature does not match");
    // What the time is worth is said only to who knows the secret.
    const Instant now = m_clock.now();
    if (*at < m_began || now - *at > kWindow)
        return fail(Code::Forbidden, "the signature is too old; sign again at every attempt");
    if (*at - now > kWindow)
        return fail(Code::Forbidden, "the signature is from more than 5 minutes ahead; set the sender's clock");
    std::uint64_t beginning = 0;
    std::memcpy(&beginning, mac.data(), sizeof beginning);
    return once(beginning, now);
}

Result<> SignatureCheck::once(std::uint64_t signature, Instant now)
{
    const std::lock_guard lock(m_mutex);
    // One that was taken when its time was a window ahead is good for two.
    while (!m_order.empty() && now - m_order.front().first > kWindow + kWindow) {
        m_seen.erase(m_order.front().second);
        m_order.pop_front();
    }
    if (m_seen.count(signature) > 0)
        return fail(Code::Forbidden, "this delivery was taken already; sign again at every attempt");
    if (m_seen.size() >= kRemembered)
        return fail(Code::Unavailable, "too many signed deliveries in ten minutes; send batches");
    m_seen.insert(signature);
    m_order.emplace_back(now, signature);
    return {};
}

} // namespace qd::sources
