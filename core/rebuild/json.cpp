// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/json.h"

#include "core/rebuild/collector.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace qd::rebuild::json {

namespace {

constexpr std::size_t kDeepest = 64;

std::size_t lineAt(std::string_view text, std::size_t offset)
{
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

Result<Value> valueOf(std::string_view text, std::size_t line)
{
    boost::json::parse_options options;
    options.max_depth = kDeepest;
    boost::json::stream_parser parser({}, options);
    boost::json::error_code error;
    std::size_t read = 0;
    try { // what it needs of memory, it asks for; what it lacks it throws
        read = parser.write_some(text.data(), text.size(), error);
        if (!error && read < text.size() && !trimmed(text.substr(read)).empty())
            error = boost::json::error::extra_data;
        if (!error)
            parser.finish(error);
        if (!error)
            return parser.release();
    } catch (const std::exception &e) {
        return fail(Code::Invalid, "The file is no JSON that can be read.", e.what());
    }
    return fail(Code::Invalid, "The file is no JSON that can be read: line " + std::to_string(line + lineAt(text, read) - 1) + " (" + error.message() + ").");
}

} // namespace

Result<Value> parse(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return valueOf(text, 1);
}

Result<std::vector<Value>> parseAll(std::string_view text)
{
    std::vector<Value> out;
    auto whole = parse(text);
    if (whole) {
        if (Array *all = whole->if_array())
            for (Value &one : *all)
                out.push_back(std::move(one));
        else
            out.push_back(std::move(*whole));
        return out;
    }
    std::size_t line = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = rest.find('\n');
        const std::string_view one = trimmed(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        ++line;
        if (one.empty())
            continue;
        if (one.front() != '{' && one.front() != '[')
            return tl::unexpected(whole.error());
        auto value = valueOf(one, line);
        if (!value)
            return tl::unexpected(out.empty() ? whole.error() : value.error());
        if (Array *all = value->if_array())
            for (Value &v : *all)
                out.push_back(std::move(v));
        else
            out.push_back(std::move(*value));
    }
    return out;
}

std::string textOf(const Value &value)
{
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_int64())
        return std::to_string(value.get_int64());
    if (value.is_uint64())
        return std::to_string(value.get_uint64());
    if (value.is_bool())
        return value.get_bool() ? "true" : "false";
    if (value.is_double() && std::isfinite(value.get_double())) {
        char out[64];
        const double d = value.get_double();
        std::snprintf(out, sizeof out, std::fabs(d) < 1e15 && std::fabs(d) >= 1e8 ? "%.6f" : "%g", d);
        return out;
    }
    return {};
}

std::string text(const Object &from, std::string_view name)
{
    const Value *v = from.if_contains(name);
    return v ? textOf(*v) : std::string();
}

const Object *object(const Object &from, std::string_view name)
{
    const Value *v = from.if_contains(name);
    return v ? v->if_object() : nullptr;
}

const Array *array(const Object &from, std::string_view name)
{
    const Value *v = from.if_contains(name);
    return v ? v->if_array() : nullptr;
}

} // namespace qd::rebuild::json
