// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/httpclient.h"

#include "core/net/curlloop.h"

#include <algorithm>
#include <sys/socket.h>

namespace qd::net {

namespace {

std::string withoutBreaks(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != '\r' && c != '\n' && c != '\0')
            out += c;
    }
    return out;
}

struct Transfer final : CurlJob {
    HttpRequest request;
    HttpClient::Callback callback;
    curl_slist *headers = nullptr;
    HttpResponse response;
    Error refused; ///< set when we ourselves broke it off
    bool isRefused = false;

    ~Transfer() override { curl_slist_free_all(headers); }

    [[nodiscard]] Result<> prepare() override;
    void end(CURLcode code) override;
    void abandon(Error why) override
    {
        if (callback)
            callback(tl::unexpected(std::move(why)));
    }

    void refuse(Error why)
    {
        if (!isRefused)
            refused = std::move(why);
        isRefused = true;
    }
};

std::size_t onBody(char *data, std::size_t, std::size_t n, void *user)
{
    auto &t = *static_cast<Transfer *>(user);
    if (t.response.body.size() + n > t.request.maxBytes) {
        t.refuse({Code::TooLarge, "the answer is larger than " + std::to_string(t.request.maxBytes) + " bytes"});
        return 0;
    }
    t.response.body.append(data, n);
    return n;
}

std::size_t onHeader(char *data, std::size_t, std::size_t n, void *user)
{
    auto &t = *static_cast<Transfer *>(user);
    std::string_view line(data, n);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n' || line.back() == ' '))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        t.response.headers.clear(); // another answer: after a redirect, or after 100
        t.response.body.clear();
        return n;
    }
    const std::size_t colon = line.find(':');
    if (colon == line.npos || t.response.headers.size() >= 256)
        return n;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    t.response.headers.emplace_back(std::move(name), std::string(value));
    return n;
}

/// Where every connection starts: the address is known, nothing has been sent yet.
curl_socket_t onOpenSocket(void *user, curlsocktype, curl_sockaddr *address)
{
    auto &t = *static_cast<Transfer *>(user);
    if (auto allowed = t.request.policy.check(&address->addr); !allowed) {
        t.refuse(allowed.error());
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

constexpr auto kNameUnknown = "the name of the host does not resolve";
constexpr auto kNobodyThere = "nobody answers at that address";

Error explain(const Transfer &t, CURLcode code)
{
    // A name may have several addresses, some refused: only a connection that never came about is the policy's doing.
    if (t.isRefused && (t.refused.code == Code::TooLarge || code == CURLE_COULDNT_CONNECT))
        return t.refused;
    const std::string detail = curl_easy_strerror(code);
    switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return {Code::Invalid, "not a usable http or https address", detail};
    case CURLE_COULDNT_RESOLVE_HOST: return {Code::Unavailable, kNameUnknown, detail};
    case CURLE_COULDNT_CONNECT: return {Code::Unavailable, kNobodyThere, detail};
    case CURLE_OPERATION_TIMEDOUT: return {Code::Unavailable, "no answer in time", detail};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
        return {Code::Invalid, "the secure connection cannot be trusted; check the certificate and the CA file", detail};
    case CURLE_TOO_MANY_REDIRECTS: return {Code::Invalid, "too many redirects", detail};
    case CURLE_FILESIZE_EXCEEDED:
        return {Code::TooLarge, "the answer is larger than " + std::to_string(t.request.maxBytes) + " bytes", detail};
    default: return {Code::Unavailable, "the transfer failed", detail};
    }
}

Result<> Transfer::prepare()
{
    Transfer &t = *this;
    HttpRequest &r = t.request;
    if (r.method == Method::Other)
        return fail(Code::Invalid, "not a method this client can send");
    const bool secure = r.url.starts_with("https://");
    if (!secure && !r.url.starts_with("http://"))
        return fail(Code::Forbidden, "only http and https addresses are allowed");
    const std::size_t authority = secure ? 8 : 7;
    if (std::string_view(r.url).substr(authority, r.url.find_first_of("/?#", authority) - authority).find('@')
        != std::string_view::npos)
        return fail(Code::Invalid, "an address must not hold a user or password; give them separately");
    CURL *e = t.easy();
    curl_easy_setopt(e, CURLOPT_URL, r.url.c_str());
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, r.redirects > 0 ? 1L : 0L);
    curl_easy_setopt(e, CURLOPT_MAXREDIRS, static_cast<long>(std::clamp(r.redirects, 0, kRedirects)));
    curl_easy_setopt(e, CURLOPT_PROXY, "");
    curl_easy_setopt(e, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(r.connectTimeout.millis()));
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, static_cast<long>(r.timeout.millis()));
    curl_easy_setopt(e, CURLOPT_MAXAGE_CONN, static_cast<long>(r.reuseWithin.millis() / 1000));
    curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(r.maxBytes));
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(e, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!r.caFile.empty()) {
        curl_easy_setopt(e, CURLOPT_CAINFO, r.caFile.c_str());
        curl_easy_setopt(e, CURLOPT_CAPATH, nullptr);
    }
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, onOpenSocket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, &t);
    // On a used connection that turns out to be cut libcurl would send a request again by itself; whether a write arrived is for its sender to find out.
    if (r.method != Method::Get && r.method != Method::Head)
        curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, 1L);
    // A connection kept from a request with a laxer policy would not be asked about again.
    if (r.policy != AddressPolicy::configured()) {
        curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(e, CURLOPT_FORBID_REUSE, 1L);
    }
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, &t);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, &t);
    curl_easy_setopt(e, CURLOPT_USERAGENT, "quarterdeck/" QD_VERSION);
    curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, ""); // what libcurl can undo; maxBytes counts what comes out
    if (!r.user.empty() || !r.password.isEmpty()) {
        if (r.awsSigV4.empty())
            curl_easy_setopt(e, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        else
            curl_easy_setopt(e, CURLOPT_AWS_SIGV4, r.awsSigV4.c_str());
        curl_easy_setopt(e, CURLOPT_USERNAME, r.user.c_str());
        std::string password(r.password.revealText());
        curl_easy_setopt(e, CURLOPT_PASSWORD, password.c_str());
        sodium_memzero(password.data(), password.size());
    } else if (!r.bearer.isEmpty()) {
        std::string token(r.bearer.revealText());
        curl_easy_setopt(e, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
        curl_easy_setopt(e, CURLOPT_XOAUTH2_BEARER, token.c_str());
        sodium_memzero(token.data(), token.size());
    }
    if (!r.body.empty() || r.method == Method::Post || r.method == Method::Put || r.method == Method::Patch) {
        curl_easy_setopt(e, CURLOPT_POSTFIELDS, r.body.data());
        curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(r.body.size()));
        if (r.awsSigV4.empty()) // libcurl 7.88 would sign a header that is not sent
            t.headers = curl_slist_append(t.headers, "Expect:");
        // Without one of the caller's, libcurl would call every body a form.
        if (std::none_of(r.headers.begin(), r.headers.end(),
                         [](const auto &h) { return h.first == "content-type" || h.first == "Content-Type"; }))
            t.headers = curl_slist_append(t.headers, "Content-Type: application/json");
    }
    // A custom verb would survive redirects that turn POST into GET, so it is only for what has no option of its own.
    if (r.method == Method::Head)
        curl_easy_setopt(e, CURLOPT_NOBODY, 1L);
    else if (r.method != Method::Post && (r.method != Method::Get || !r.body.empty()))
        curl_easy_setopt(e, CURLOPT_CUSTOMREQUEST, methodName(r.method));
    for (const auto &[name, value] : r.headers)
        t.headers = curl_slist_append(t.headers, withoutBreaks(name + ": " + value).c_str());
    curl_easy_setopt(e, CURLOPT_HTTPHEADER, t.headers);
    return {};
}

void Transfer::end(CURLcode code)
{
    if (!callback)
        return;
    if (code != CURLE_OK)
        return callback(tl::unexpected(explain(*this, code)));
    long status = 0;
    char *url = nullptr;
    curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy(), CURLINFO_EFFECTIVE_URL, &url);
    response.status = static_cast<int>(status);
    response.url = url ? url : "";
    callback(std::move(response));
}

} // namespace

bool neverSent(const Error &error)
{
    return error.code == Code::Invalid || error.code == Code::Forbidden || error.message == kNameUnknown || error.message == kNobodyThere;
}

HttpClient::HttpClient() : m_loop(std::make_unique<CurlLoop>("http-client")) {}
HttpClient::~HttpClient() = default;

void HttpClient::send(HttpRequest request, Callback callback)
{
    auto transfer = std::make_unique<Transfer>();
    transfer->request = std::move(request);
    transfer->callback = std::move(callback);
    m_loop->add(std::move(transfer));
}

} // namespace qd::net
