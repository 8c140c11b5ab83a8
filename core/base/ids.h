// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"

#include <array>
#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace qd {

/// 128 bits, UUIDv7 when made here (RFC 9562 section 5.7): sorted by time of making. All zero means "none".
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid &) const = default;
    [[nodiscard]] explicit operator bool() const { return *this != Uuid{}; }

    [[nodiscard]] static Uuid make(const Clock &clock, Random &random);
    /// The 36-character form; anything else is refused.
    [[nodiscard]] static Result<Uuid> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
};

/// A Uuid that cannot be mistaken for the id of another kind of thing: Id<struct Incident>.
template <typename Tag>
struct Id {
    Uuid uuid;
    auto operator<=>(const Id &) const = default;
    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(uuid); }
    [[nodiscard]] std::string text() const { return uuid.text(); }
};

} // namespace qd

template <>
struct std::hash<qd::Uuid> {
    std::size_t operator()(const qd::Uuid &u) const noexcept
    {
        std::size_t h = 0;
        for (std::size_t i = 0; i < 8; ++i)
            h = h << 8 | u.bytes[i + 8];
        return h;
    }
};
template <typename Tag>
struct std::hash<qd::Id<Tag>> {
    std::size_t operator()(const qd::Id<Tag> &id) const noexcept { return std::hash<qd::Uuid>{}(id.uuid); }
};
