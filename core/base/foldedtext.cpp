// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/foldedtext.h"

#include "core/base/likeletters.h"

#include <algorithm>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace qd {

namespace {

constexpr std::string_view kNoCharacter = "\uFFFD", kTokenBegin = "[U+";

/// ICU's own, made once; none where its tables are missing: then letters beyond ASCII stay as they are.
const icu::Normalizer2 *normalizer(bool letters)
{
    const auto made = [](bool folds) {
        UErrorCode status = U_ZERO_ERROR;
        const icu::Normalizer2 *it = folds ? icu::Normalizer2::getNFKCCasefoldInstance(status) : icu::Normalizer2::getNFKCInstance(status);
        return U_SUCCESS(status) ? it : nullptr;
    };
    static const icu::Normalizer2 *const folding = made(true), *const plain = made(false);
    return letters ? folding : plain;
}

bool isAsciiByte(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

Letter letterOf(UChar32 c)
{
    if (c < 0)
        return Letter::No;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ? Letter::OfWord : Letter::No;
    if ((U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) == 0)
        return Letter::No;
    switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_NONSTARTER:
    case U_LB_COMPLEX_CONTEXT:
    case U_LB_H2:
    case U_LB_H3:
    case U_LB_JL:
    case U_LB_JV:
    case U_LB_JT: return Letter::ByItself;
    default: return Letter::OfWord;
    }
}

/// The length of "[U+200B]" at the beginning; 0: there is none.
std::size_t hiddenToken(std::string_view text)
{
    if (!text.starts_with(kTokenBegin))
        return 0;
    std::size_t to = kTokenBegin.size();
    while (to < text.size() && ((text[to] >= '0' && text[to] <= '9') || (text[to] >= 'A' && text[to] <= 'F')))
        ++to;
    const std::size_t digits = to - kTokenBegin.size();
    return digits >= 4 && digits <= 6 && to < text.size() && text[to] == ']' ? to + 1 : 0;
}

/// "'" or "-" for what is set instead of them; 0: it is neither.
char plainPunctuation(UChar32 c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x02BC || c == 0x00B4 || c == 0x2032)
        return '\'';
    return c == 0x2212 || (c >= 0x80 && u_charType(c) == U_DASH_PUNCTUATION) ? '-' : '\0';
}

class FoldingOver {
public:
    FoldingOver(std::string_view text, const Folding &how) : m_text(text), m_how(how), m_normalizer(normalizer(how.letters)), m_like(how.likeness == Likeness::Drawn, how.letters)
    {
        m_out.text.reserve(text.size());
        m_out.from.reserve(text.size() + 1);
    }
    [[nodiscard]] FoldedText all()
    {
        for (std::size_t at = 0; at < m_text.size();)
            at = isAsciiByte(m_text[at]) ? ascii(at) : beyond(at);
        flush();
        m_out.from.push_back(static_cast<std::uint32_t>(m_text.size()));
        m_out.seems = m_like.haveSeemed();
        return std::move(m_out);
    }

private:
    std::size_t ascii(std::size_t at)
    {
        const char c = m_text[at];
        if (const std::size_t length = c == '[' ? hiddenToken(m_text.substr(at)) : 0; length > 0) {
            hide(at);
            return at + length;
        }
        flush();
        if (c == ' ' || (c >= '\t' && c <= '\r'))
            blank(at);
        else if (at + 1 < m_text.size() && (!isAsciiByte(m_text[at + 1]) || m_text[at + 1] == '[')) // a mark may follow
            begin(at, m_text.substr(at, 1));
        else
            put(at, small(c));
        return at + 1;
    }
    std::size_t beyond(std::size_t at)
    {
        std::int32_t to = 0;
        const std::string_view rest = m_text.substr(at, U8_MAX_LENGTH);
        UChar32 c = 0;
        U8_NEXT(rest.data(), to, static_cast<std::int32_t>(rest.size()), c);
        const std::size_t end = at + static_cast<std::size_t>(to);
        if (c < 0) {
            flush();
            put(at, kNoCharacter);
        } else if (u_isUWhiteSpace(c)) {
            flush();
            blank(at);
        } else if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
            hide(at);
        } else if (const char plain = m_how.punctuation ? plainPunctuation(c) : '\0'; plain != '\0') {
            flush();
            put(at, plain);
        } else if (!m_normalizer || m_normalizer->hasBoundaryBefore(c)) {
            flush();
            begin(at, m_text.substr(at, end - at));
        } else {
            if (m_open.empty())
                m_openAt = at;
            m_open += m_text.substr(at, end - at);
        }
        return end;
    }
    [[nodiscard]] char small(char c) const
    {
        return m_how.letters && c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    void put(std::size_t at, char c)
    {
        m_out.text += c;
        m_out.from.push_back(static_cast<std::uint32_t>(at));
    }
    void put(std::size_t at, std::string_view bytes)
    {
        m_out.text += bytes;
        m_out.from.resize(m_out.text.size(), static_cast<std::uint32_t>(at));
    }
    void blank(std::size_t at)
    {
        if (!m_out.text.ends_with(' '))
            put(at, ' ');
    }
    void hide(std::size_t at)
    {
        m_out.hides = true;
        if (m_how.hidden == Hidden::Joins)
            return;
        flush();
        blank(at);
    }
    /// A character, with the marks that come: they are folded together.
    void begin(std::size_t at, std::string_view bytes)
    {
        m_openAt = at;
        m_open = bytes;
    }
    void flush()
    {
        if (m_open.empty())
            return;
        if (m_open.size() == 1) {
            put(m_openAt, small(m_open.front()));
        } else if (const std::string *like = m_how.likeness == Likeness::Same ? nullptr : m_like.of(m_open)) {
            put(m_openAt, *like);
        } else {
            UErrorCode status = U_ZERO_ERROR;
            m_folded.clear();
            icu::StringByteSink<std::string> sink(&m_folded);
            if (m_normalizer)
                m_normalizer->normalizeUTF8(0, icu::StringPiece(m_open.data(), static_cast<std::int32_t>(m_open.size())), sink, nullptr, status);
            put(m_openAt, m_normalizer && U_SUCCESS(status) ? m_folded : m_open);
        }
        m_open.clear();
    }

    std::string_view m_text;
    Folding m_how;
    const icu::Normalizer2 *m_normalizer;
    LikeLetters m_like;
    FoldedText m_out;
    std::string m_open, m_folded;        ///< a character and its marks, not folded yet; folded
    std::size_t m_openAt = 0;
};

/// "u" where a text begins with "ü", two bytes; 0: it begins with no umlaut.
char umlautAt(std::string_view text)
{
    if (text.size() < 2 || text[0] != '\xC3')
        return '\0';
    switch (text[1]) {
    case '\xA4': return 'a';
    case '\xB6': return 'o';
    case '\xBC': return 'u';
    case '\x84': return 'A';
    case '\x96': return 'O';
    case '\x9C': return 'U';
    default: return '\0';
    }
}

bool isE(char c)
{
    return c == 'e' || c == 'E';
}

} // namespace

Character firstCharacter(std::string_view text)
{
    if (text.empty())
        return {};
    std::int32_t to = 0;
    const std::string_view begin = text.substr(0, U8_MAX_LENGTH);
    UChar32 c = 0;
    U8_NEXT(begin.data(), to, static_cast<std::int32_t>(begin.size()), c);
    return {static_cast<std::size_t>(to), letterOf(c)};
}

Character lastCharacter(std::string_view text)
{
    if (text.empty())
        return {};
    const std::string_view end = text.substr(text.size() - std::min<std::size_t>(text.size(), U8_MAX_LENGTH));
    auto to = static_cast<std::int32_t>(end.size());
    UChar32 c = 0;
    U8_PREV(end.data(), 0, to, c);
    return {end.size() - static_cast<std::size_t>(to), letterOf(c)};
}

std::pair<std::size_t, std::size_t> FoldedText::written(std::size_t at, std::size_t length) const
{
    std::size_t end = at + length;
    while (length > 0 && end < text.size() && from[end] == from[end - 1])
        ++end;
    return {from[at], from[end] - from[at]};
}

FoldedText foldedText(std::string_view text, const Folding &how)
{
    return FoldingOver(text, how).all();
}

FoldedText withoutUmlauts(const FoldedText &folded)
{
    constexpr std::string_view kVowels = "aouAOU";
    const std::string_view all = folded.text;
    FoldedText out{{}, {}, folded.hides, folded.seems};
    out.text.reserve(all.size());
    out.from.reserve(all.size() + 1);
    for (std::size_t at = 0; at < all.size(); ++at) {
        const char vowel = umlautAt(all.substr(at, 2));
        if (vowel == '\0' && isE(all[at]) && !out.text.empty() && kVowels.find(out.text.back()) != kVowels.npos)
            continue;
        out.text += vowel != '\0' ? vowel : all[at];
        out.from.push_back(folded.from[at]);
        at += vowel != '\0' ? 1 : 0;
    }
    out.from.push_back(folded.from.back());
    return out;
}

bool readsAs(std::string_view one, std::string_view other)
{
    while (!one.empty() && !other.empty()) {
        if (one.front() == other.front() && (umlautAt(one) == '\0' || one[1] == other[1])) {
            one.remove_prefix(1);
            other.remove_prefix(1);
            continue;
        }
        if (umlautAt(one) == '\0')
            std::swap(one, other);
        if (umlautAt(one) == '\0' || umlautAt(one) != other.front())
            return false;
        one.remove_prefix(2);
        other.remove_prefix(1);
        if (!other.empty() && isE(other.front()) && readsAs(one, other.substr(1)))
            return true;
    }
    return one.empty() && other.empty();
}

} // namespace qd
