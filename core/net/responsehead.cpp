// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/responsehead.h"

#include <boost/beast/http/status.hpp>
#include <ctime>

namespace qd::net {

namespace {
void appendClean(std::string &out, std::string_view text)
{
    for (const char c : text) {
        if (c != '\r' && c != '\n' && c != '\0')
            out += c;
    }
}

/// RFC 9110 section 5.6.7, whatever the process's locale is.
void appendDate(std::string &out, Instant now)
{
    static constexpr const char *kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = now.ns / 1'000'000'000;
    std::tm t{};
    gmtime_r(&seconds, &t);
    const auto two = [&out](int n) {
        out += static_cast<char>('0' + n / 10 % 10);
        out += static_cast<char>('0' + n % 10);
    };
    ((out += kDays[t.tm_wday]) += ", ");
    two(t.tm_mday);
    ((out += ' ') += kMonths[t.tm_mon]) += ' ';
    out += std::to_string(t.tm_year + 1900);
    out += ' ';
    two(t.tm_hour);
    out += ':';
    two(t.tm_min);
    out += ':';
    two(t.tm_sec);
    out += " GMT";
}
} // namespace

void writeHead(std::string &out, const Response &response, bool keepAlive, Instant now)
{
    out.clear();
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    const auto reason =
        boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
    out.append(reason.data(), reason.size());
    out += "\r\nDate: ";
    appendDate(out, now);
    out += "\r\nContent-Length: ";
    out += std::to_string(response.body.size());
    if (!response.contentType.empty() && !response.body.empty()) {
        out += "\r\nContent-Type: ";
        appendClean(out, response.contentType);
    }
    out += "\r\nX-Content-Type-Options: nosniff";
    for (const auto &[name, value] : response.headers) {
        out += "\r\n";
        appendClean(out, name);
        out += ": ";
        appendClean(out, value);
    }
    out += keepAlive ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
}

} // namespace qd::net
