// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/outward.h"

namespace qd {

namespace {
constexpr std::string_view kAudienceKinds[] = {"technical", "executive", "customer", "regulator"};
}

std::string_view word(AudienceKind v)
{
    const auto n = static_cast<std::size_t>(v);
    return n < std::size(kAudienceKinds) ? kAudienceKinds[n] : std::string_view("unknown");
}

template <> std::optional<AudienceKind> fromWord(std::string_view text)
{
    for (std::size_t n = 0; n < std::size(kAudienceKinds); ++n)
        if (kAudienceKinds[n] == text)
            return static_cast<AudienceKind>(n);
    return std::nullopt;
}

AudienceKind kindOfAudience(std::string_view audience)
{
    if (audience == "technical" || audience == "internal")
        return AudienceKind::Technical;
    if (audience == "executive")
        return AudienceKind::Executive;
    return audience == "regulator" ? AudienceKind::Regulator : AudienceKind::Customer;
}

} // namespace qd
