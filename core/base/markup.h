// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace qd {

/// Text as HTML and XML write it, for element content and quoted attributes alike: & < > " ' by reference, the rest as it is.
/// Source: HTML Living Standard section 13.3; XML 1.0 section 2.4.
[[nodiscard]] std::string markupEscaped(std::string_view text);

} // namespace qd
