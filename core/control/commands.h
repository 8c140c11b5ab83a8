// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/desk/commands.h"

#include <string>
#include <string_view>
#include <vector>

namespace qd::control {

/// Every desk command as a method of the control API, made from its QD_FIELDS: nothing here names one of them but the table of
/// what may not be left out.

/// Arguments as JSON text ("" = none) to the command. NotFound: no such method. Invalid, naming the field: not an object, an
/// unknown field, a wrong type, a number out of range, a required field that is missing or empty.
[[nodiscard]] Result<desk::Command> decodeCommand(std::string_view method, std::string_view params);

[[nodiscard]] std::vector<std::string> commandMethods();

/// Whether `call methods` lists it.
[[nodiscard]] bool isMethod(std::string_view name);

/// `{"methods":[{"name","kind":"command|query","params":{JSON schema}}…]}`, sorted by name; commands and queries.
[[nodiscard]] std::string methodsJson();

/// A command as JSON text, as decodeCommand reads it; for the window and for tests.
[[nodiscard]] std::string encodeCommand(const desk::Command &command);

} // namespace qd::control
