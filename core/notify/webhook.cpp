// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/webhook.h"

#include "core/base/safetext.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace qd::notify {

namespace {

namespace json = boost::json;
using events::Effect;

constexpr Span kWaitLimit = minutes(5);           ///< of a Retry-After
constexpr std::size_t kAnswerBytes = 64 * net::kKibi;
constexpr std::size_t kPushoverTitle = 250, kPushoverText = 1024, kSmsText = 480, kSummary = 1024; ///< as their makers document them
constexpr std::string_view kForm = "application/x-www-form-urlencoded", kJson = "application/json";

std::string formEncoded(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char raw : text) {
        const auto c = static_cast<unsigned char>(raw);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain)
            out += raw;
        else
            out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
    return out;
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string>> fields)
{
    std::string out;
    for (const auto &[name, value] : fields)
        if (!value.empty())
            out += (out.empty() ? "" : "&") + formEncoded(name) + "=" + formEncoded(value);
    return out;
}

std::string base(const Connection &c, std::string_view path)
{
    std::string url = c.url;
    while (!url.empty() && url.back() == '/')
        url.pop_back();
    return url.ends_with(path) ? url : url + std::string(path);
}

/// SEV1 and SEV2 wake people; the rest still is a call.
bool isGrave(const WebhookPage &p) { return p.severity == "SEV1" || p.severity == "SEV2"; }

std::string withLink(const WebhookPage &p)
{
    return p.link.empty() ? p.text : p.text + "\nAnswer: " + p.link;
}

void ntfy(const Connection &c, const WebhookPage &p, net::HttpRequest &r)
{
    json::object body{{"topic", p.address.empty() ? c.address : p.address}, {"title", p.title}, {"message", withLink(p)},
                      {"priority", p.severity == "SEV1" ? 5 : 4}, {"tags", json::array{"rotating_light"}}};
    if (!p.link.empty())
        body["click"] = p.link;
    r.url = base(c, "");
    r.body = json::serialize(body);
}

void pushover(const Connection &c, const WebhookPage &p, const Secret &secret, net::HttpRequest &r)
{
    r.url = base(c, "/1/messages.json");
    r.headers.emplace_back("Content-Type", kForm);
    r.body = form({{"token", std::string(secret.revealText())}, {"user", p.address}, {"title", safeText(p.title, kPushoverTitle)}, {"message", safeText(p.text, kPushoverText)},
                   {"priority", isGrave(p) ? "1" : "0"}, {"url", p.link}, {"url_title", p.link.empty() ? "" : "Answer"}});
}

void twilio(const Connection &c, const WebhookPage &p, Secret secret, net::HttpRequest &r)
{
    r.url = base(c, "/2010-04-01/Accounts/" + formEncoded(c.user) + "/Messages.json");
    r.headers.emplace_back("Content-Type", kForm);
    r.user = c.user;
    r.password = std::move(secret);
    // The link comes first: a long text is cut behind it.
    const std::string text = p.title + (p.link.empty() ? "" : " Answer: " + p.link) + "\n" + p.text;
    r.body = form({{"To", p.address}, {"From", c.from}, {"Body", safeText(text, kSmsText)}});
}

void pagerDuty(const Connection &c, const WebhookPage &p, const Secret &secret, net::HttpRequest &r)
{
    r.url = base(c, "/v2/enqueue");
    json::object body{{"routing_key", std::string(secret.revealText())},
                      {"event_action", p.effect == Effect::PageAnswered ? "acknowledge" : p.effect == Effect::PageOver ? "resolve" : "trigger"},
                      {"dedup_key", p.trouble}};
    if (p.effect == Effect::Page) {
        const char *severity = p.severity == "SEV1" ? "critical" : p.severity == "SEV2" ? "error" : p.severity == "SEV3" || p.severity.empty() ? "warning" : "info";
        body["payload"] = json::object{{"summary", safeText(p.title.empty() ? p.text : p.title, kSummary)}, {"source", "quarterdeck"}, {"severity", severity},
                                       {"custom_details", json::object{{"incident", p.incident}, {"text", p.text}}}};
        body["client"] = "Quarterdeck";
        if (!p.console.empty())
            body["client_url"] = p.console;
    }
    r.body = json::serialize(body);
}

void own(const Connection &c, const WebhookPage &p, Secret secret, net::HttpRequest &r)
{
    const std::string type = c.contentType.empty() ? std::string(kJson) : c.contentType;
    r.url = c.url;
    r.method = c.method == "PUT" ? net::Method::Put : net::Method::Post;
    r.headers.emplace_back("Content-Type", type);
    r.headers.emplace_back("Idempotency-Key", p.key);
    if (c.body.empty())
        r.body = json::serialize(json::object{{"title", p.title}, {"text", p.text}, {"incident", p.incident}, {"severity", p.severity}, {"person", p.person},
                                              {"name", p.name}, {"address", p.address}, {"link", p.link}, {"key", p.key}});
    else
        r.body = filled(c.body, type, p);
    if (!c.secretHeader.empty())
        r.headers.emplace_back(c.secretHeader, std::string(secret.revealText()));
    else if (!c.user.empty())
        r.user = c.user, r.password = std::move(secret);
    else
        r.bearer = std::move(secret);
}

std::string placeOf(std::string_view name, const WebhookPage &p)
{
    const std::pair<std::string_view, const std::string *> all[] = {{"title", &p.title}, {"text", &p.text}, {"incident", &p.incident}, {"severity", &p.severity}, {"person", &p.person},
                                                                    {"name", &p.name}, {"address", &p.address}, {"link", &p.link}, {"key", &p.key}};
    for (const auto &[known, value] : all)
        if (known == name)
            return *value;
    return {};
}

} // namespace

std::string filled(std::string_view body, std::string_view contentType, const WebhookPage &page)
{
    std::string out;
    while (true) {
        const auto open = body.find("{{");
        const auto close = open == body.npos ? body.npos : body.find("}}", open);
        if (close == body.npos)
            return out.append(body);
        out.append(body.substr(0, open));
        const std::string value = placeOf(body.substr(open + 2, close - open - 2), page);
        if (contentType.starts_with(kJson)) {
            const std::string text = json::serialize(json::string(value));
            out.append(text, 1, text.size() - 2); // between the quotes the body has around the place
        } else {
            out += contentType.starts_with(kForm) ? formEncoded(value) : value;
        }
        body.remove_prefix(close + 2);
    }
}

net::HttpRequest webhookRequest(const Connection &c, const WebhookPage &page, Secret secret)
{
    net::HttpRequest r;
    r.method = net::Method::Post;
    r.maxBytes = kAnswerBytes;
    r.caFile = c.caFile;
    if (c.kind == "pagerduty") {
        pagerDuty(c, page, secret, r);
    } else if (c.preset == "ntfy") {
        ntfy(c, page, r);
        r.bearer = std::move(secret);
    } else if (c.preset == "pushover") {
        pushover(c, page, secret, r);
    } else if (c.preset == "twilio") {
        twilio(c, page, std::move(secret), r);
    } else {
        own(c, page, std::move(secret), r);
    }
    return r;
}

WebhookVerdict verdictOf(const net::HttpResponse &response)
{
    WebhookVerdict v;
    v.isTaken = response.status >= 200 && response.status < 300;
    if (v.isTaken) {
        boost::system::error_code wrong;
        const json::value body = json::parse(response.body, wrong);
        if (!wrong && body.is_object())
            for (const char *name : {"id", "sid", "request", "dedup_key"})
                if (const json::value *id = body.get_object().if_contains(name); id && id->is_string() && v.id.empty())
                    v.id = safeLine(std::string_view(id->get_string().data(), id->get_string().size()), 200);
        return v;
    }
    v.reason = "it answers " + std::to_string(response.status);
    v.isFinal = response.status < 500 && response.status != 408 && response.status != 425 && response.status != 429;
    v.isOfChannel = response.status >= 500 || response.status == 401 || response.status == 403 || response.status == 404 || response.status == 410;
    if (const std::string_view after = net::valueOf(response.headers, "retry-after"); !after.empty()) {
        std::int64_t n = 0;
        if (std::from_chars(after.data(), after.data() + after.size(), n).ec == std::errc() && n > 0)
            v.wait = std::min(kWaitLimit, seconds(std::min<std::int64_t>(n, 3600)));
    }
    return v;
}

} // namespace qd::notify
