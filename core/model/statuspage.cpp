// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/statuspage.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace qd {

namespace {

constexpr std::array<std::string_view, 4> kPhases{"investigating", "identified", "monitoring", "resolved"};
constexpr std::array<std::string_view, 5> kComponentStates{"operational", "degraded", "partial outage", "major outage", "maintenance"};

template <typename E, std::size_t N>
std::optional<E> pageWord(std::string_view text, const std::array<std::string_view, N> &words)
{
    std::string plain = asciiLower(std::string(text));
    std::replace_if(plain.begin(), plain.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
    const auto it = std::find(words.begin(), words.end(), plain);
    return it == words.end() ? std::nullopt : std::optional(static_cast<E>(it - words.begin()));
}

} // namespace

std::string_view word(PagePhase v)
{
    const auto n = static_cast<std::size_t>(v);
    return n < kPhases.size() ? kPhases[n] : kPhases.front();
}

std::string_view word(ComponentState v)
{
    const auto n = static_cast<std::size_t>(v);
    return n < kComponentStates.size() ? kComponentStates[n] : kComponentStates.front();
}

template <>
std::optional<PagePhase> fromWord(std::string_view text)
{
    return pageWord<PagePhase>(text, kPhases);
}

template <>
std::optional<ComponentState> fromWord(std::string_view text)
{
    return pageWord<ComponentState>(text, kComponentStates);
}

int badness(ComponentState v)
{
    switch (v) {
    case ComponentState::Operational: return 0;
    case ComponentState::Maintenance: return 1;
    case ComponentState::Degraded: return 2;
    case ComponentState::PartialOutage: return 3;
    case ComponentState::MajorOutage: return 4;
    }
    return 0;
}

const std::string &textIn(const Localized &texts, std::string_view language, const std::vector<std::string> &languages)
{
    static const std::string none;
    if (const auto it = texts.find(std::string(language)); it != texts.end() && !it->second.empty())
        return it->second;
    for (const std::string &other : languages)
        if (const auto it = texts.find(other); it != texts.end() && !it->second.empty())
            return it->second;
    return none;
}

const PageComponent *StatusPage::component(std::string_view id) const
{
    const auto it = std::find_if(components.begin(), components.end(), [&](const PageComponent &c) { return c.id == id; });
    return it == components.end() ? nullptr : &*it;
}

} // namespace qd
