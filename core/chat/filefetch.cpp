// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/filefetch.h"

#include "core/base/ascii.h"
#include "core/base/safetext.h"
#include "core/net/httpclient.h"

#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::string_view kHttps = "https://", kHttp = "http://";

/// What every reader of an address takes for a part of its path or query (RFC 3986, without brackets and quotes).
bool isPathByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~!$&()*+,;=:@%/?").find(c) != std::string_view::npos;
}

bool isHostByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Of an address that has `scheme`; whatever stands between it and the path is "host" or "host:port".
Result<FileAddress> takenApart(std::string_view url, std::string_view scheme)
{
    const auto no = [](const char *why) { return fail(Code::Forbidden, why); };
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
    const std::string_view path = rest.substr(authority.size());
    if (authority.find('@') != std::string_view::npos)
        return no("The file's address has a user or a password in it, and is not asked.");
    const std::size_t colon = authority.find(':');
    const std::string host = asciiLower(std::string(authority.substr(0, colon)));
    unsigned port = scheme == kHttps ? 443 : 80;
    if (colon != std::string_view::npos) {
        const std::string_view digits = authority.substr(colon + 1);
        const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (wrong != std::errc() || end != digits.data() + digits.size() || port == 0 || port > 65'535)
            return no("The file's address has no port that can be asked.");
    }
    if (host.empty() || host.size() > 253 || host.front() == '.' || host.front() == '-' || !std::all_of(host.begin(), host.end(), isHostByte))
        return no("The file's address names no host that can be asked.");
    if (!std::all_of(path.begin(), path.end(), isPathByte))
        return no("The file's address holds characters that no address has.");
    const std::string origin = std::string(scheme) + host + ':' + std::to_string(port);
    return FileAddress{origin + (path.starts_with('/') ? "" : "/") + std::string(path), host, origin};
}

} // namespace

Result<FileAddress> fileAddress(std::string_view url, bool bare)
{
    if (url.size() > kFileAddress)
        return fail(Code::Forbidden, "The file's address is too long to be asked.");
    url = url.substr(0, url.find('#')); // what follows is for readers, not for servers
    if (url.starts_with(kHttps))
        return takenApart(url, kHttps);
    if (bare && url.starts_with(kHttp))
        return takenApart(url, kHttp);
    return fail(Code::Forbidden, "The file's address is no https:// address, and is not asked.");
}

Result<FileAddress> fileAddressAt(std::string_view url, const std::vector<std::string_view> &hosts, std::string_view base)
{
    const auto own = fileAddress(base, true);
    const auto address = fileAddress(url, own && own->origin.starts_with(kHttp));
    if (!address)
        return address;
    const bool isNamed = std::any_of(hosts.begin(), hosts.end(), [&](std::string_view host) { return address->origin == std::string(kHttps) + std::string(host) + ":443"; });
    if (isNamed || (own && own->origin == address->origin))
        return address;
    return fail(Code::Forbidden, "The file lies at " + safeLine(address->host, 100) + ", which is no place of the platform's own; save it by hand, and keep it: quarterdeckctl evidence keep FILE.");
}

std::string fileNameIn(std::string_view url)
{
    url = url.substr(0, url.find_first_of("?#"));
    std::string decoded;
    if (const std::size_t slash = url.rfind('/'); slash == std::string_view::npos || !net::percentDecode(url.substr(slash + 1), decoded))
        decoded.clear();
    const std::string name = safeLine(decoded.substr(decoded.find_last_of("/\\") + 1), 200);
    return name.empty() ? "file" : name;
}

Error fileTooLarge(const std::string &name, std::size_t most)
{
    return {Code::TooLarge, "\"" + name + "\" is larger than " + std::to_string(most >> 20) + " MB, the most one file of evidence may be.", {}};
}

FileFetch::FileFetch(std::string word) : m_word(std::move(word)) {}

FileFetch::~FileFetch() = default;

void FileFetch::get(From from, std::size_t most, FileSource::Read done)
{
    if (!m_http)
        m_http = std::make_unique<net::HttpClient>();
    net::HttpRequest request;
    request.url = from.address.url;
    request.maxBytes = most;
    request.bearer = from.bearer.duplicate();
    request.caFile = from.caFile;
    request.policy = from.policy;
    from.bearer = {};
    m_http->send(std::move(request), [this, from = std::make_shared<From>(std::move(from)), most, done = std::move(done)](Result<net::HttpResponse> response) {
        // In the client's thread; dropped when we are gone by then.
        QMetaObject::invokeMethod(this, [this, from, most, done, response = std::move(response)] { done(read(*from, most, response)); }, Qt::QueuedConnection);
    });
}

Result<FileRead> FileFetch::read(const From &from, std::size_t most, Result<net::HttpResponse> response) const
{
    if (!response)
        return response.error().code == Code::TooLarge ? tl::unexpected(fileTooLarge(from.name, most)) : tl::unexpected(response.error());
    const int status = response->status;
    if (status == 404 || status == 410)
        return fail(Code::NotFound, m_word + " has no such file of that message any more.");
    if (status == 401 || status == 403)
        return fail(Code::Forbidden, m_word + " does not give us that file (HTTP " + std::to_string(status) + ").");
    if (status >= 300 && status < 400)
        return fail(Code::Forbidden, m_word + " led us elsewhere for that file, where it is not fetched; save it by hand, and keep it: quarterdeckctl evidence keep FILE.");
    if (status != 200)
        return fail(Code::Unavailable, m_word + " did not give us that file (HTTP " + std::to_string(status) + "); ask again.");
    if (!from.isPage && asciiLower(std::string(net::valueOf(response->headers, "content-type"))).starts_with("text/html"))
        return fail(Code::Forbidden, m_word + " gave us a page to sign in at instead of that file: the token may not read files (Slack: the scope files:read).");
    return FileRead{from.name, std::move(response->body)};
}

} // namespace qd::chat
