// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For this folder's .cpp files only: it brings Boost.JSON with it.

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <boost/json.hpp>
#include <limits>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

namespace qd::control {

namespace json = boost::json;

/// Field structs to JSON and back. Times are RFC 3339, spans "10m". Errors name the field by its path: "connection.interval".
class FieldReader {
public:
    /// The first thing that was wrong, one sentence; empty when nothing was.
    [[nodiscard]] const std::string &problem() const { return m_problem; }

    template <typename T>
    void read(const json::value &in, T &out, const std::string &path)
    {
        if constexpr (std::is_same_v<T, bool>) {
            if (in.is_bool())
                out = in.get_bool();
            else
                wrong(path, "true or false");
        } else if constexpr (std::is_enum_v<T>) {
            const auto value = in.is_string() ? fromWord<T>(std::string_view(in.get_string())) : std::nullopt;
            if (value)
                out = *value;
            else
                wrong(path, "one of the known words");
        } else if constexpr (std::is_integral_v<T>) {
            if (in.is_int64() && in.get_int64() >= 0 && static_cast<std::uint64_t>(in.get_int64()) <= std::numeric_limits<T>::max())
                out = static_cast<T>(in.get_int64());
            else
                wrong(path, "a whole number from 0 on");
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (in.is_string())
                out = std::string(in.get_string());
            else
                wrong(path, "a text");
        } else if constexpr (std::is_same_v<T, Span>) {
            const auto span = in.is_string() ? parseSpan(std::string_view(in.get_string())) : Result<Span>(fail(Code::Invalid, ""));
            if (span)
                out = *span;
            else
                wrong(path, "a length of time such as \"10m\"");
        } else if constexpr (std::is_same_v<T, std::map<std::string, std::string>>) {
            if (!in.is_object())
                return wrong(path, "an object of texts");
            for (const auto &[name, value] : in.get_object())
                read(value, out[std::string(name)], path + "." + std::string(name));
        } else if constexpr (HasFields<T>) {
            structure(in, out, path);
        } else {
            list(in, out, path);
        }
    }

private:
    template <typename T>
    void structure(const json::value &in, T &out, const std::string &path)
    {
        if (!in.is_object())
            return wrong(path, "an object");
        for (const auto &[name, value] : in.get_object()) {
            const std::string inside = path.empty() ? std::string(name) : path + "." + std::string(name);
            bool known = false;
            T::visitFields(out, [&, &n = name, &v = value](int, const char *field, auto &member) {
                if (n == field) {
                    known = true;
                    read(v, member, inside);
                }
            });
            if (!known && m_problem.empty())
                m_problem = "There is no field \"" + inside + "\" here.";
        }
    }

    template <typename E>
    void list(const json::value &in, std::vector<E> &out, const std::string &path)
    {
        if (!in.is_array())
            return wrong(path, "a list");
        std::size_t n = 0;
        for (const auto &v : in.get_array())
            read(v, out.emplace_back(), path + "[" + std::to_string(n++) + "]");
    }

    void wrong(const std::string &path, const char *wanted)
    {
        if (m_problem.empty())
            m_problem = (path.empty() ? "The arguments" : "The field \"" + path + "\"") + std::string(" must be ") + wanted + ".";
    }

    std::string m_problem;
};

template <typename T>
[[nodiscard]] json::value toJson(const T &v)
{
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string>) {
        return json::value(v);
    } else if constexpr (std::is_enum_v<T>) {
        return json::value(json::string_view(word(v)));
    } else if constexpr (std::is_integral_v<T>) {
        return json::value(static_cast<std::int64_t>(v));
    } else if constexpr (std::is_same_v<T, Span>) {
        return json::value(toText(v));
    } else if constexpr (std::is_same_v<T, Instant>) {
        return json::value(toRfc3339(v));
    } else if constexpr (std::is_same_v<T, std::map<std::string, std::string>>) {
        json::object out;
        for (const auto &[name, value] : v)
            out[name] = value;
        return out;
    } else if constexpr (HasFields<T>) {
        json::object out;
        T::visitFields(v, [&](int, const char *name, const auto &member) { out[name] = toJson(member); });
        return out;
    } else {
        json::array out;
        for (const auto &e : v)
            out.push_back(toJson(e));
        return out;
    }
}

/// JSON schema (draft 2020-12) of a type.
template <typename T>
[[nodiscard]] json::object schemaOf()
{
    if constexpr (std::is_same_v<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::is_same_v<T, std::string> || std::is_enum_v<T>) {
        return {{"type", "string"}};
    } else if constexpr (std::is_integral_v<T>) {
        return {{"type", "integer"}, {"minimum", 0}};
    } else if constexpr (std::is_same_v<T, Span>) {
        return {{"type", "string"}, {"pattern", "^([0-9]+[smhd])+$"}};
    } else if constexpr (std::is_same_v<T, std::map<std::string, std::string>>) {
        return {{"type", "object"}, {"additionalProperties", json::object{{"type", "string"}}}};
    } else if constexpr (HasFields<T>) {
        T probe{};
        json::object properties;
        T::visitFields(probe, [&](int, const char *name, auto &member) {
            properties[name] = schemaOf<std::remove_reference_t<decltype(member)>>();
        });
        return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    } else {
        return {{"type", "array"}, {"items", schemaOf<typename T::value_type>()}};
    }
}

/// JSON text within the limits of the control socket (depth 32).
[[nodiscard]] inline Result<json::value> parseJson(std::string_view text)
{
    boost::system::error_code wrong;
    auto value = json::parse(text, wrong);
    if (wrong)
        return fail(Code::Invalid, "This is not JSON: " + wrong.message() + ".");
    return value;
}

} // namespace qd::control
