// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the verbs' .cpp files only: it brings Boost.JSON with it.

#include "app/quarterdeckctl/verbs.h"

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::app {

namespace json = boost::json;

/// Leaves out what was not given: the core knows the defaults.
[[nodiscard]] json::object object(std::initializer_list<std::pair<const char *, std::string>> fields);
[[nodiscard]] json::array list(const std::vector<std::string> &texts);
/// "de=Text" is of that language, anything else of the first ("").
[[nodiscard]] json::object textsByLanguage(const std::vector<std::string> &given);

/// A member that is text; "" for one that is missing or of another kind, also of what is no object.
[[nodiscard]] std::string textOf(const json::object &from, std::string_view name);
[[nodiscard]] std::string textOf(const json::value &from, std::string_view name);

/// Asks for the incidents and shows each that is meant (`incident`: its number or id; "": all). The exit code.
int eachIncident(Verbs &verbs, const std::string &incident, const std::function<void(const std::string &id, const json::value &item)> &show);

/// Calls the core and gives the exit code. With `printed`, the member of that name is printed, or else the id of what was made under that name. What was done but should
/// be known goes to stderr. A reason @1 to @9 is the workspace's under that digit.
int send(Verbs &verbs, const char *method, const json::object &params, const char *printed = nullptr);

/// The incident whose review a verb of `review` is about, in front of all else or as --incident.
void whoseReview(CLI::App &verb, std::string &incident);

/// The incident a verb is about, where the core takes the only open one for none.
void whichIncident(CLI::App &verb, std::string &incident);

/// One sentence on stderr; the exit code of a command line that is wrong.
int usage(const char *sentence);

} // namespace qd::app
