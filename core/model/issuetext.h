// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace qd {

/// By what a text of ours is known again in an issue of a tracker, which may end its lines otherwise and cut blanks off its end. 64 digits.
[[nodiscard]] std::string hashOfIssueText(std::string_view text);

} // namespace qd
