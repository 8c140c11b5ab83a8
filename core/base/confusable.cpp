// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/confusable.h"

#include <algorithm>
#include <memory>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

namespace qd {

namespace {

constexpr std::size_t kJudged = 1024;

using Checker = std::unique_ptr<USpoofChecker, decltype(&uspoof_close)>;

/// Made once: ICU reads its tables for it. Checking does not change it.
const USpoofChecker *checker()
{
    static const Checker it = [] {
        UErrorCode status = U_ZERO_ERROR;
        Checker made(uspoof_open(&status), &uspoof_close);
        uspoof_setChecks(made.get(), USPOOF_RESTRICTION_LEVEL, &status);
        uspoof_setRestrictionLevel(made.get(), USPOOF_HIGHLY_RESTRICTIVE);
        return U_SUCCESS(status) ? std::move(made) : Checker(nullptr, &uspoof_close);
    }();
    return it.get();
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool mixes(const icu::UnicodeString &name)
{
    for (std::int32_t at = 0; at < name.length();) {
        std::int32_t end = at;
        while (end < name.length() && u_isalpha(name.char32At(end)))
            end = name.moveIndex32(end, 1);
        UErrorCode status = U_ZERO_ERROR;
        if (end > at && uspoof_check2UnicodeString(checker(), name.tempSubStringBetween(at, end), nullptr, &status) != 0 && U_SUCCESS(status))
            return true;
        at = end > at ? end : name.moveIndex32(at, 1);
    }
    return false;
}

/// By character: the skeleton of a whole name also turns "1" into "l" and "m" into "rn".
bool skeletonOf(UChar32 c, icu::UnicodeString &out)
{
    UErrorCode status = U_ZERO_ERROR;
    uspoof_getSkeletonUnicodeString(checker(), 0, icu::UnicodeString(c), out, &status);
    return U_SUCCESS(status);
}

/// The name with every letter that is not ASCII replaced by the ASCII one it looks like; empty when one looks like none, or
/// when no letter is left.
std::string asciiOf(const icu::UnicodeString &name)
{
    std::string out;
    bool hasLetter = false;
    for (std::int32_t at = 0; at < name.length(); at = name.moveIndex32(at, 1)) {
        icu::UnicodeString one(name.char32At(at));
        if (name.char32At(at) >= 0x80) {
            hasLetter = hasLetter || u_isalpha(name.char32At(at));
            if (!skeletonOf(name.char32At(at), one))
                return {};
        }
        std::string plain;
        one.toUTF8String(plain);
        if (!isAscii(plain))
            return {};
        out += plain;
    }
    return hasLetter ? out : std::string();
}

} // namespace

Lookalike lookalikeOf(std::string_view name)
{
    if (isAscii(name) || checker() == nullptr)
        return {};
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(std::min(name.size(), kJudged))));
    Lookalike out;
    out.mixes = mixes(text);
    out.seems = asciiOf(text);
    return out;
}

std::string asciiDrawnAs(char32_t letter)
{
    const auto c = static_cast<UChar32>(letter);
    icu::UnicodeString skeleton;
    if (c < 0x80 || c > UCHAR_MAX_VALUE || !u_isalpha(c) || checker() == nullptr || !skeletonOf(c, skeleton))
        return {};
    std::string out;
    for (std::int32_t at = 0; at < skeleton.length(); at = skeleton.moveIndex32(at, 1)) {
        const UChar32 one = skeleton.char32At(at);
        if (u_charType(one) == U_NON_SPACING_MARK)
            continue;
        if (one >= 0x80 || !u_isalpha(one))
            return {};
        out += static_cast<char>(one);
    }
    return out == "l" && u_isupper(c) ? "I" : out; // "I" is drawn as "l", and its skeleton is that
}

} // namespace qd
