// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/fields.h"

namespace qd::workspace {

inline constexpr std::size_t kPagesLimit = 20, kComponentsLimit = 100; ///< status pages; components of one

/// [[page]] and its [[page.component]]. Texts of further languages stand beside the first one's: title, title_de.
void readStatusPage(Fields in, Draft &draft);

} // namespace qd::workspace
