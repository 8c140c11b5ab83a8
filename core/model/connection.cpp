// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/connection.h"

#include <algorithm>

namespace qd {

namespace {

constexpr std::size_t kAddressLimit = 254, kLocalLimit = 64; // RFC 5321 section 4.5.3.1

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

bool isMailAddress(std::string_view text)
{
    const auto at = text.find('@');
    if (text.size() > kAddressLimit || at == 0 || at == text.npos || at > kLocalLimit || at + 1 == text.size())
        return false;
    const std::string_view local = text.substr(0, at), host = text.substr(at + 1);
    const auto isAtom = [](char c) { return isAlnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos; };
    const auto isHost = [](char c) { return isAlnum(c) || c == '-' || c == '.'; };
    return std::all_of(local.begin(), local.end(), isAtom) && std::all_of(host.begin(), host.end(), isHost) && isAlnum(host.front()) && isAlnum(host.back());
}

std::string unknownPlace(std::string_view body)
{
    for (std::size_t at = body.find("{{"); at != body.npos; at = body.find("{{", at + 2)) {
        const auto end = body.find("}}", at);
        const std::string_view place = body.substr(at + 2, end == body.npos ? body.npos : end - at - 2);
        if (end == body.npos || std::find(std::begin(kWebhookPlaces), std::end(kWebhookPlaces), place) == std::end(kWebhookPlaces))
            return std::string(place.substr(0, 40));
    }
    return {};
}

bool namesThisMachine(std::string_view url)
{
    const auto scheme = url.find("://");
    if (scheme == url.npos)
        return false;
    std::string_view host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (host.starts_with('['))
        return host.substr(0, host.find(']') + 1) == "[::1]";
    host = host.substr(0, host.rfind(':'));
    // Four numbers, the first of them 127: a name such as 127.example.org is somebody else's.
    return host == "localhost" || (host.starts_with("127.") && host.find_first_not_of("0123456789.") == host.npos);
}

} // namespace qd
