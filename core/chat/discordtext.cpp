// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordtext.h"

#include "core/chat/textparts.h"

#include <QCryptographicHash>
#include <algorithm>
#include <charconv>

namespace qd::chat {

namespace {

constexpr std::int64_t kDiscordEpoch = 1'420'070'400'000; ///< ms
constexpr std::string_view kDiscordMarkup = "\\`*_~|[]()<@#";
constexpr std::string_view kDiscordLineStart = ">-+"; ///< a quotation, a list

bool isPunctuation(char c)
{
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// What stands between < and >, or "" when it is nothing of Discord's.
std::string discordNamed(std::string_view inside, const DiscordNames &names)
{
    const auto nameOf = [&](std::string_view id, char sign) {
        const std::string name = isSnowflake(id) ? names(id) : std::string();
        return name.empty() ? isSnowflake(id) ? sign + std::string(id) : std::string() : sign + name;
    };
    if (inside.starts_with("@!") || inside.starts_with("@&"))
        return nameOf(inside.substr(2), '@');
    if (inside.starts_with('@'))
        return nameOf(inside.substr(1), '@');
    if (inside.starts_with('#'))
        return nameOf(inside.substr(1), '#');
    if (inside.starts_with(':') || inside.starts_with("a:")) { // an emoji of a guild's own
        const std::size_t first = inside.find(':'), last = inside.rfind(':');
        return last > first + 1 && isSnowflake(inside.substr(last + 1)) ? std::string(inside.substr(first, last - first + 1)) : std::string();
    }
    if (inside.starts_with("t:")) {
        std::int64_t at = 0;
        const std::string_view digits = inside.substr(2, inside.find(':', 2) - 2);
        const bool sound = std::from_chars(digits.data(), digits.data() + digits.size(), at).ec == std::errc() && at >= 0 && at < 9'000'000'000;
        return sound ? toRfc3339(Instant{at * 1'000'000'000}) : std::string();
    }
    return inside.starts_with("https://") || inside.starts_with("http://") ? std::string(inside) : std::string();
}

} // namespace

std::string discordQuoted(std::string_view raw)
{
    const std::string text = cleanLines(raw);
    std::string out;
    bool inUrl = false, atStart = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        inUrl = inUrl ? isUrlByte(c) : (i == 0 || !isAsciiWord(text[i - 1])) && beginsUrl(std::string_view(text).substr(i));
        if (!inUrl && (kDiscordMarkup.find(c) != std::string_view::npos || (atStart && kDiscordLineStart.find(c) != std::string_view::npos)))
            out += '\\';
        out += c;
        atStart = c == '\n' || (atStart && (c == ' ' || c == '\t'));
    }
    return out;
}

std::string discordPlain(std::string_view text, const DiscordNames &names)
{
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        if (c == '\\' && text.size() > 1 && isPunctuation(text[1])) {
            out += text[1];
            text.remove_prefix(2);
            continue;
        }
        if (c == '`') { // code, up to as many signs as began it
            const std::size_t signs = std::min(text.find_first_not_of('`'), text.size());
            const std::size_t end = text.find(std::string(signs, '`'), signs);
            const std::size_t taken = end == std::string_view::npos ? signs : end + signs;
            out += text.substr(0, taken);
            text.remove_prefix(taken);
            continue;
        }
        if (c == '<') {
            const std::size_t close = text.find('>');
            const std::string said = close == std::string_view::npos || close > 200 ? std::string() : discordNamed(text.substr(1, close - 1), names);
            if (!said.empty()) {
                out += said;
                text.remove_prefix(close + 1);
                continue;
            }
        }
        out += c;
        text.remove_prefix(1);
    }
    return out;
}

bool isSnowflake(std::string_view text)
{
    return text.size() >= 15 && text.size() <= 19 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isLaterSnowflake(std::string_view id, std::string_view than)
{
    if (!isSnowflake(than))
        return true;
    return id.size() != than.size() ? id.size() > than.size() : id > than;
}

Instant instantOfSnowflake(std::string_view id)
{
    std::uint64_t number = 0; // nineteen digits can pass the signed range; the instant never does
    if (!isSnowflake(id) || std::from_chars(id.data(), id.data() + id.size(), number).ec != std::errc())
        return {};
    return Instant{(static_cast<std::int64_t>(number >> 22) + kDiscordEpoch) * 1'000'000};
}

std::string snowflakeBefore(Instant when)
{
    const std::int64_t ms = std::max<std::int64_t>(when.ns / 1'000'000 - kDiscordEpoch, 1);
    return std::to_string((ms << 22) - 1);
}

std::string discordNonce(std::string_view id)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArrayView(id.data(), static_cast<qsizetype>(id.size())).toByteArray(), QCryptographicHash::Sha256);
    return hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).left(25).toStdString();
}

std::string discordLocal(std::string_view address, std::string_view host)
{
    return localOf(address, host, 100);
}

std::string discordId(std::string_view address, std::string_view host)
{
    const std::string local = discordLocal(address, host);
    return isSnowflake(local) ? local : std::string();
}

} // namespace qd::chat
