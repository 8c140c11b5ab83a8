// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the sources of this folder: brings in Boost.JSON.

#include "core/base/result.h"

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace qd::rebuild::json {

using Object = boost::json::object;
using Array = boost::json::array;
using Value = boost::json::value;

/// The whole text as a tree, nested at most 64 deep; bytes that are not UTF-8 and numbers out of range are refused. Errors: Invalid, with where.
[[nodiscard]] Result<Value> parse(std::string_view text);
/// One value, or one a line (JSON lines), in order. An array is its elements.
[[nodiscard]] Result<std::vector<Value>> parseAll(std::string_view text);

// Members, forgiving: what is missing or of another kind is empty.
/// A text, or a number or truth value as its text.
[[nodiscard]] std::string text(const Object &from, std::string_view name);
[[nodiscard]] std::string textOf(const Value &value);
[[nodiscard]] const Object *object(const Object &from, std::string_view name);
[[nodiscard]] const Array *array(const Object &from, std::string_view name);

} // namespace qd::rebuild::json
