// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/net/addresspolicy.h"
#include "core/net/http.h"
#include "core/net/limits.h"

#include <functional>
#include <memory>
#include <string>

namespace qd::net {

class CurlLoop;

struct HttpRequest {
    Method method = Method::Get;
    std::string url; ///< http or https; never with a user or password in it
    Fields headers = {};
    std::string body = {};
    Span connectTimeout = kConnectTime;
    Span timeout = kRequestTime;
    std::size_t maxBytes = kResponseBody; ///< of the decoded body
    Span reuseWithin = seconds(20);       ///< a connection that was idle for a whole second longer may be dead, and is not used again
    std::string user = {};                ///< with password: Basic authentication
    Secret password = {};
    Secret bearer = {};
    std::string awsSigV4 = {};            ///< "aws:amz:REGION:s3": signed with AWS Signature Version 4 (user and password are the keys), not Basic
    std::string caFile = {}; ///< PEM roots that replace the system's
    int redirects = 0;       ///< how many to follow, at most kRedirects; each is checked again, https never leads to http
    AddressPolicy policy = AddressPolicy::configured();
};

struct HttpResponse {
    int status = 0;
    Fields headers; ///< of the last answer, names in lower case
    std::string body;
    std::string url; ///< the one that answered, after redirects
};

/// Whether a request that ended so never left: nobody was reached, or nobody to be trusted.
[[nodiscard]] bool neverSent(const Error &error);

/// HTTP out, by libcurl's multi interface on one thread it owns. An answer of any status is a result; an Error says why
/// there was none: Forbidden (address policy, scheme), TooLarge (maxBytes), Unavailable (name, connection, time),
/// Invalid (URL, TLS: the peer's certificate does not check out). TLS is always verified; there is no way to turn that
/// off. Proxy variables of the environment are ignored, since the address policy could not see through a proxy.
class HttpClient final {
public:
    using Callback = std::function<void(Result<HttpResponse>)>;

    HttpClient();
    ~HttpClient(); ///< transfers under way end with Unavailable; waits until no callback runs any more
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    /// Any thread. The callback runs exactly once, on the client's thread: hand the result on, do not work there.
    void send(HttpRequest request, Callback callback);

private:
    std::unique_ptr<CurlLoop> m_loop;
};

} // namespace qd::net
