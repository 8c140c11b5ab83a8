// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace qd {

/// The 3 of "escalation/3" behind "escalation/". 0: it begins otherwise, or what follows is no number from 1 to 4,294,967,295 in digits alone.
[[nodiscard]] inline std::uint32_t numberBehind(std::string_view prefix, std::string_view key)
{
    if (!key.starts_with(prefix))
        return 0;
    key.remove_prefix(prefix.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    return error == std::errc() && end == key.data() + key.size() ? number : 0;
}

/// The same of a key whatever stands before its last slash: "poll/2", "incident/INC-1/step/2".
[[nodiscard]] inline std::uint32_t numberBehindSlash(std::string_view key)
{
    const auto slash = key.rfind('/');
    return slash == std::string_view::npos ? 0 : numberBehind({}, key.substr(slash + 1));
}

} // namespace qd
