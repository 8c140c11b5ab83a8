// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/json.hpp>
#include <string>

namespace qd::app {

/// The items of `get trends` for people: factors by how often, with what is known of elsewhere and how sure raters are, the most frequent against each other
/// as a triangle of counts, and by quarter.
[[nodiscard]] std::string trendsText(const boost::json::array &items);

} // namespace qd::app
