// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace qd::search {

namespace {

constexpr char kMark = '\x1f'; // a control: never part of a SafeText, between words for the index

struct Range
{
    char32_t first, last;
};

// Blocks of the Unicode Character Database, Blocks.txt.
constexpr std::array kAlone{
    Range{0xa6, 0xa6},       // broken bar; with the next three, the symbols of Latin-1
    Range{0xa9, 0xa9},       // copyright
    Range{0xae, 0xae},       // registered
    Range{0xb0, 0xb0},       // degree
    Range{0x0e00, 0x0eff},   // Thai, Lao
    Range{0x1000, 0x109f},   // Myanmar
    Range{0x1780, 0x17ff},   // Khmer
    Range{0x2100, 0x214f},   // letter-like symbols
    Range{0x2190, 0x2bff},   // arrows to miscellaneous symbols
    Range{0x2e80, 0x2fdf},   // radicals
    Range{0x3005, 0x3007},   // iteration mark, closing mark, zero
    Range{0x3040, 0x30ff},   // kana
    Range{0x31f0, 0x33ff},   // kana extensions, enclosed letters, squared words
    Range{0x3400, 0x4dbf},   // Han A
    Range{0x4e00, 0x9fff},   // Han
    Range{0xf900, 0xfaff},   // Han, compatibility
    Range{0x1f000, 0x1faff}, // emoji
    Range{0x20000, 0x3ffff}, // Han B and on
};

constexpr std::array kSpaces{
    Range{0x80, 0xa1},     Range{0xa7, 0xa7},     Range{0xab, 0xab},     Range{0xad, 0xad},     Range{0xb6, 0xb7},
    Range{0xbb, 0xbb},     Range{0xbf, 0xbf},     Range{0x2000, 0x206f}, Range{0x3000, 0x3004}, Range{0x3008, 0x3020},
    Range{0xff01, 0xff0f},
};

template <std::size_t N>
bool within(const std::array<Range, N> &ranges, char32_t c)
{
    return std::any_of(ranges.begin(), ranges.end(), [c](const Range &r) { return c >= r.first && c <= r.last; });
}

/// Calls `each(character, its bytes)`; a byte that begins no character stands for itself.
template <typename Each>
void characters(std::string_view text, const Each &each)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        std::size_t size = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        size = std::min(size, text.size() - i);
        char32_t c = size == 1 ? lead : lead & (0x7fu >> size);
        for (std::size_t k = 1; k < size; ++k)
            c = c << 6 | (static_cast<std::uint8_t>(text[i + k]) & 0x3f);
        if (!each(c, text.substr(i, size)))
            return;
        i += size;
    }
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x80; });
}

} // namespace

std::string marked(std::string_view text)
{
    if (isAscii(text) && text.find(kMark) == std::string_view::npos)
        return std::string(text);
    std::string out;
    out.reserve(text.size() + text.size() / 2);
    bool open = false; // a character that stands alone was written last
    characters(text, [&](char32_t c, std::string_view bytes) {
        if (bytes[0] == kMark)
            return true;
        const bool alone = within(kAlone, c);
        if ((alone || open) && !out.empty())
            out += kMark;
        open = alone;
        out += bytes;
        return true;
    });
    return out;
}

std::string unmarked(std::string_view text)
{
    std::string out(text);
    std::erase(out, kMark);
    return out;
}

bool hasWord(std::string_view text)
{
    bool found = false;
    characters(text, [&](char32_t c, std::string_view) {
        const bool ascii = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        found = ascii || (c >= 0x80 && !within(kSpaces, c));
        return !found;
    });
    return found;
}

std::string_view clamped(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (static_cast<std::uint8_t>(text[limit]) & 0xc0) == 0x80)
        --limit;
    return text.substr(0, limit);
}

} // namespace qd::search
