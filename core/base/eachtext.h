// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace qd {

template <typename T>
struct IsListOfThings : std::false_type {};
template <typename T>
struct IsListOfThings<std::vector<T>> : std::negation<std::is_arithmetic<T>> {};
template <typename T>
struct IsListOfThings<std::deque<T>> : std::negation<std::is_arithmetic<T>> {};

/// Every text in a value, at any depth, by the members its QD_FIELDS names: `f(text)` may change it. Keys of maps are names, not texts.
template <typename T, typename F>
void eachText(T &value, F &&f)
{
    using V = std::remove_const_t<T>;
    if constexpr (std::is_same_v<V, std::string>) {
        f(value);
    } else if constexpr (HasFields<V>) {
        V::visitFields(value, [&](int, const char *, auto &member) { eachText(member, f); });
    } else if constexpr (IsListOfThings<V>::value) {
        for (auto &each : value)
            eachText(each, f);
    } else if constexpr (requires { typename V::mapped_type; }) {
        for (auto &[key, each] : value)
            eachText(each, f);
    } else if constexpr (requires { value.has_value(); *value; }) {
        if (value)
            eachText(*value, f);
    }
}

} // namespace qd
