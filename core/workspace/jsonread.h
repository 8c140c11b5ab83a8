// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

/// Members of JSON objects, forgiving: what is missing or of another kind is empty. For the files of this folder that read JSON.
namespace qd::workspace {

[[nodiscard]] inline std::string textAt(const boost::json::object &from, std::string_view name)
{
    const boost::json::value *v = from.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

[[nodiscard]] inline const boost::json::object *objectAt(const boost::json::object &from, std::string_view name)
{
    const boost::json::value *v = from.if_contains(name);
    return v ? v->if_object() : nullptr;
}

[[nodiscard]] inline const boost::json::array *arrayAt(const boost::json::object &from, std::string_view name)
{
    const boost::json::value *v = from.if_contains(name);
    return v ? v->if_array() : nullptr;
}

} // namespace qd::workspace
