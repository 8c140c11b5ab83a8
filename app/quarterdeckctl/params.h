// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the verbs' .cpp files only: it brings Boost.JSON with it.

#include "app/quarterdeckctl/verbs.h"

#include <boost/json.hpp>
#include <string>
#include <vector>

namespace qd::app {

namespace json = boost::json;

/// Leaves out what was not given: the core knows the defaults.
[[nodiscard]] json::object object(std::initializer_list<std::pair<const char *, std::string>> fields);
[[nodiscard]] json::array list(const std::vector<std::string> &texts);

/// Calls the core and gives the exit code. With `printed`, the id of what was made is printed under that name. What was done but should
/// be known goes to stderr.
int send(Verbs &verbs, const char *method, const json::object &params, const char *printed = nullptr);

/// One sentence on stderr; the exit code of a command line that is wrong.
int usage(const char *sentence);

} // namespace qd::app
