// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/time.h"

#include <QHash>
#include <QStringList>
#include <boost/pfr.hpp>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

/// Goes through a value of ui/view, whatever it is made of, so that no text a view gains can be forgotten by who looks at all of them. A visitor has
/// an operator() for what it treats itself (texts, at least), one for all else that calls walkInto(), and inside(value): the visitor for what is in a value.
namespace qd::seat {

template <typename T>
inline constexpr bool kIsListOf = false;
template <typename T>
inline constexpr bool kIsListOf<std::vector<T>> = true;
template <typename T>
inline constexpr bool kIsSharedOf = false;
template <typename T>
inline constexpr bool kIsSharedOf<std::shared_ptr<const T>> = true;
template <typename T>
inline constexpr bool kMayBeMissing = false;
template <typename T>
inline constexpr bool kMayBeMissing<std::optional<T>> = true;

/// Each field of a plain value.
template <typename T, typename Visitor>
void eachField(T &value, const Visitor &visitor)
{
    static_assert(std::is_aggregate_v<T>, "a view is made of plain values");
    boost::pfr::for_each_field(value, [&visitor](auto &field) { visitor(field); });
}

/// What is in a list, behind a shared pointer (which becomes another: what is shared is never changed) or an optional, or the fields of a value. Numbers
/// and times hold no text.
template <typename T, typename Visitor>
void walkInto(T &value, const Visitor &visitor)
{
    if constexpr (std::is_same_v<T, QStringList> || std::is_same_v<T, QHash<QString, QString>>) { // of a hash, its values: keys are languages
        for (QString &text : value)
            visitor(text);
    } else if constexpr (kIsListOf<T>) {
        if constexpr (std::is_class_v<typename T::value_type>)
            for (auto &each : value)
                visitor(each);
    } else if constexpr (kIsSharedOf<T>) {
        if (value) {
            auto copy = std::make_shared<std::remove_const_t<typename T::element_type>>(*value);
            visitor(*copy);
            value = std::move(copy);
        }
    } else if constexpr (kMayBeMissing<T>) {
        if (value)
            visitor(*value);
    } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, Instant> && !std::is_same_v<T, Span>) {
        eachField(value, visitor.inside(value));
    }
}

} // namespace qd::seat
