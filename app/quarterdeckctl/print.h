// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace qd::app {

/// The answer of `get` as a table for people: the columns that matter, one line an item.
void printItems(const std::string &what, const std::string &json);

/// The answer of `why` as lines.
void printWhy(const std::string &json);

/// Any JSON, a line of it.
void printJson(const std::string &json);

} // namespace qd::app
