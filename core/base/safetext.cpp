// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/safetext.h"

#include <cstdint>
#include <cstdio>

#include "core/base/combining.h"

namespace qd {

namespace {

/// Decodes one code point at `at` (advanced past it); -1 for an invalid sequence (advanced by one byte).
std::int32_t next(std::string_view s, std::size_t &at)
{
    const auto b = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char lead = b(at);
    std::size_t n = 0;
    std::int32_t cp = 0;
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    if (lead >= 0xc2 && lead < 0xe0) {
        n = 1;
        cp = lead & 0x1f;
    } else if (lead >= 0xe0 && lead < 0xf0) {
        n = 2;
        cp = lead & 0x0f;
    } else if (lead >= 0xf0 && lead < 0xf5) {
        n = 3;
        cp = lead & 0x07;
    } else {
        ++at;
        return -1;
    }
    if (at + n >= s.size()) {
        ++at;
        return -1;
    }
    for (std::size_t i = 1; i <= n; ++i) {
        if ((b(at + i) & 0xc0) != 0x80) {
            ++at;
            return -1;
        }
        cp = cp << 6 | (b(at + i) & 0x3f);
    }
    if ((n == 2 && cp < 0x800) || (n == 3 && (cp < 0x10000 || cp > 0x10ffff)) || (cp >= 0xd800 && cp < 0xe000)) {
        ++at;
        return -1;
    }
    at += n + 1;
    return cp;
}

/// Controls and what is drawn as nothing (Default_Ignorable_Code_Point), but for the two emoji presentation selectors.
bool isHidden(std::int32_t c)
{
    if (c < 0x80)
        return c == 0x7f;
    return c < 0xa0 || c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f || c == 0x1160 || c == 0x17b4 ||
           c == 0x17b5 || (c >= 0x180b && c <= 0x180f) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0x3164 ||
           (c >= 0xfe00 && c <= 0xfe0d) || c == 0xfeff || c == 0xffa0 || (c >= 0xfff0 && c <= 0xfffb) ||
           (c >= 0x1bca0 && c <= 0x1bca3) || (c >= 0x1d173 && c <= 0x1d17a) || (c >= 0xe0000 && c <= 0xe0fff);
}

std::string clean(std::string_view raw, std::size_t limit, TextMarks *out, bool oneLine)
{
    TextMarks marks;
    // Plain ASCII, the usual case, is copied as it is.
    std::size_t plain = 0;
    const std::size_t upTo = raw.size() < limit ? raw.size() : limit;
    while (plain < upTo) {
        const auto c = static_cast<unsigned char>(raw[plain]);
        if (c >= 0x7f || (c < 0x20 && (oneLine || (c != '\n' && c != '\t'))))
            break;
        ++plain;
    }
    std::string text(raw.substr(0, plain));
    std::size_t at = plain;
    std::size_t marksInRow = 0;
    while (at < raw.size()) {
        const std::size_t start = at;
        const std::int32_t cp = next(raw, at);
        std::string token;
        if (cp < 0) {
            token = "\xef\xbf\xbd";
            marks.repaired = true;
        } else if (cp < 0x20 || isHidden(cp)) {
            if (cp == '\n' || cp == '\t') {
                token = oneLine ? " " : std::string(1, static_cast<char>(cp));
            } else if (cp == '\r') {
                if (at < raw.size() && raw[at] == '\n')
                    continue;
                token = oneLine ? " " : "\n";
            } else {
                char buf[16];
                token.assign(buf, static_cast<std::size_t>(
                                      std::snprintf(buf, sizeof buf, "[U+%04X]", static_cast<unsigned>(cp))));
                marks.hidden = true;
            }
        } else {
            token = raw.substr(start, at - start);
        }
        if (cp >= 0 && isCombining(cp)) {
            if (++marksInRow > kMarksPerBase) {
                marks.hidden = true;
                continue;
            }
        } else {
            marksInRow = 0;
        }
        if (text.size() + token.size() > limit) {
            marks.clamped = true;
            break;
        }
        text += token;
    }
    if (out)
        *out = marks;
    return text;
}

} // namespace

std::string safeText(std::string_view raw, std::size_t limit, TextMarks *marks)
{
    return clean(raw, limit, marks, false);
}

std::string safeLine(std::string_view raw, std::size_t limit, TextMarks *marks)
{
    return clean(raw, limit, marks, true);
}

} // namespace qd
