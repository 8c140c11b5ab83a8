// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/likeletters.h"

#include "core/base/confusable.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace qd {

namespace {

constexpr std::size_t kKnownMost = 4096; ///< characters that are remembered

/// ICU's own, made once; none where its tables are missing.
struct Forms {
    const icu::Normalizer2 *apart = nullptr, *together = nullptr, *plain = nullptr, *small = nullptr;
};

const Forms *forms()
{
    static const auto made = [] {
        UErrorCode status = U_ZERO_ERROR;
        Forms it;
        it.apart = icu::Normalizer2::getNFDInstance(status);
        it.together = icu::Normalizer2::getNFCInstance(status);
        it.plain = icu::Normalizer2::getNFKCInstance(status);
        it.small = icu::Normalizer2::getNFKCCasefoldInstance(status);
        return std::pair{it, U_SUCCESS(status) != 0};
    }();
    return made.second ? &made.first : nullptr;
}

/// Letters that have no mark to leave out and are written in ASCII all the same.
struct Written {
    char16_t letter;
    std::u16string_view as;
};
constexpr Written kWrittenAs[] = {{u'ß', u"ss"}, {u'ẞ', u"SS"}, {u'ø', u"ö"}, {u'Ø', u"Ö"}, {u'æ', u"ä"}, {u'Æ', u"Ä"}, {u'œ', u"ö"}, {u'Œ', u"Ö"}, {u'ł', u"l"}, {u'Ł', u"L"},
                                  {u'đ', u"d"},  {u'Đ', u"D"},  {u'ð', u"d"}, {u'Ð', u"D"}, {u'þ', u"th"}, {u'Þ', u"TH"}, {u'ħ', u"h"}, {u'Ħ', u"H"}, {u'ŧ', u"t"}, {u'Ŧ', u"T"},
                                  {u'ı', u"i"}};

const Written *writtenAs(UChar32 c)
{
    const auto it = std::find_if(std::begin(kWrittenAs), std::end(kWrittenAs), [&](const Written &w) { return w.letter == c; });
    return it == std::end(kWrittenAs) ? nullptr : it;
}

/// Whether a letter is read without its marks too: they are no sounds of their own, as in the scripts of India, and no other letters, as in Kana.
bool mayLackMarks(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW: return true;
    default: return false;
    }
}

/// ä of "a" and its two dots; 0: it is no umlaut.
char16_t umlautOf(char16_t c)
{
    switch (c) {
    case u'a': return u'ä';
    case u'o': return u'ö';
    case u'u': return u'ü';
    case u'A': return u'Ä';
    case u'O': return u'Ö';
    case u'U': return u'Ü';
    default: return 0;
    }
}

icu::UnicodeString drawnIn(const icu::UnicodeString &text, bool isTaken, bool &haveSeemed)
{
    icu::UnicodeString out;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 c = text.char32At(at);
        const std::string ascii = c < 0x80 || writtenAs(c) ? std::string() : asciiDrawnAs(static_cast<char32_t>(c));
        haveSeemed = haveSeemed || !ascii.empty();
        out.append(isTaken && !ascii.empty() ? icu::UnicodeString::fromUTF8(ascii) : icu::UnicodeString(c));
    }
    return out;
}

icu::UnicodeString unmarked(const icu::UnicodeString &text)
{
    icu::UnicodeString out;
    bool mayLack = false;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 c = text.char32At(at);
        if (mayLack && u_charType(c) == U_NON_SPACING_MARK) {
            const std::int32_t last = out.length() - 1;
            if (const char16_t umlaut = c == 0x0308 ? umlautOf(out.charAt(last)) : char16_t(0); umlaut != 0)
                out.setCharAt(last, umlaut);
            continue;
        }
        mayLack = mayLackMarks(c);
        if (const Written *w = writtenAs(c))
            out.append(w->as.data(), static_cast<std::int32_t>(w->as.size()));
        else
            out.append(c);
    }
    return out;
}

} // namespace

const std::string *LikeLetters::of(const std::string &written)
{
    const Forms *f = forms();
    if (!f)
        return nullptr;
    if (const auto known = m_known.find(written); known != m_known.end())
        return &known->second;
    if (m_known.size() >= kKnownMost)
        m_known.clear();
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text = f->apart->normalize(f->plain->normalize(icu::UnicodeString::fromUTF8(written), status), status);
    text = drawnIn(text, m_isDrawn, m_haveSeemed);
    text = f->apart->normalize((m_areSmall ? f->small : f->plain)->normalize(text, status), status);
    text = f->together->normalize(unmarked(text), status);
    if (U_FAILURE(status))
        return nullptr;
    std::string out;
    text.toUTF8String(out);
    return &m_known.emplace(written, std::move(out)).first->second;
}

} // namespace qd
