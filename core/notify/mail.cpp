// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/notify/mail.h"

#include "core/base/encoding.h"
#include "core/base/safetext.h"

#include <algorithm>
#include <ctime>

namespace qd::notify {

namespace {

constexpr std::size_t kLine = 76;        ///< RFC 2045 section 6.7, and below RFC 5322's 78
constexpr std::size_t kEncodedText = 42; ///< bytes of UTF-8 in one encoded word: 56 of base64 and 12 around them
constexpr std::size_t kFirstText = 30;   ///< of the first, which stands behind its header's name
constexpr std::size_t kSubjectLimit = 250, kNameBytes = 100;

bool isPlain(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f; }) && text.find("=?") == text.npos;
}

/// How many bytes of `text` make whole characters, at most `limit`.
std::size_t wholeCharacters(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return text.size();
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0) == 0x80)
        --limit;
    return std::max<std::size_t>(1, limit);
}

/// RFC 5322 section 3.3, UTC.
std::string dateOf(Instant at)
{
    const std::time_t seconds = static_cast<std::time_t>(at.ns / 1'000'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    static constexpr const char *kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::string(kDays[parts.tm_wday]) + ", " + two(parts.tm_mday) + " " + kMonths[parts.tm_mon] + " " + std::to_string(parts.tm_year + 1900) + " "
        + two(parts.tm_hour) + ":" + two(parts.tm_min) + ":" + two(parts.tm_sec) + " +0000";
}

/// A name with its address; a plain name is quoted, since a comma in it would begin another address.
std::string mailbox(const std::string &rawName, const std::string &address, std::size_t column)
{
    const std::string name = safeLine(rawName, kNameBytes);
    if (name.empty())
        return address;
    std::string shown;
    if (isPlain(name) && name.size() + column + address.size() < kLine) {
        for (const char c : name)
            shown += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        return "\"" + shown + "\" <" + address + ">";
    }
    return encodedHeader(name, kLine) + "\r\n <" + address + ">";
}

} // namespace

std::string encodedHeader(std::string_view text, std::size_t column)
{
    if (isPlain(text) && text.size() + column <= kLine)
        return std::string(text);
    std::string out;
    while (!text.empty()) {
        const std::size_t n = wholeCharacters(text, out.empty() ? kFirstText : kEncodedText);
        out += (out.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") + toBase64(asBytes(text.substr(0, n))) + "?=";
        text.remove_prefix(n);
    }
    return out;
}

std::string quotedPrintable(std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool atEnd = i + 1 == text.size() || text[i + 1] == '\n';
        const bool plain = (c > ' ' && c < 0x7f && c != '=') || (c == ' ' && !atEnd);
        const std::size_t width = plain ? 1 : 3;
        if (column + width > kLine - 1) {
            out += "=\r\n";
            column = 0;
        }
        if (plain)
            out += static_cast<char>(c);
        else
            out += {'=', kHex[c >> 4], kHex[c & 15]};
        column += width;
    }
    return out + "\r\n";
}

std::string mailOf(const MailText &m)
{
    std::string out;
    out += "Date: " + dateOf(m.at) + "\r\n";
    out += "From: " + mailbox(m.fromName, m.from, 6) + "\r\n";
    out += "To: " + mailbox(m.toName, m.to, 4) + "\r\n";
    out += "Subject: " + encodedHeader(safeLine(m.subject, kSubjectLimit), 9) + "\r\n";
    out += "Message-ID: <" + m.messageId + ">\r\n";
    out += "Auto-Submitted: auto-generated\r\n";
    out += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    return out + quotedPrintable(safeText(m.text));
}

} // namespace qd::notify
