// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/state/state.h"

#include <string>

namespace qd::review {

/// A section as those outside have it: without the lines that stand exactly as it was opened with and are of our alerts, changes or services: they point at
/// one in the record, or name one. A service of a status page is known outside. What somebody wrote stays, and the leak check looks at it. Of headings that
/// were opened with, those with nothing left under them go too. Pure.
[[nodiscard]] std::string withoutInner(const state::State &state, const state::Incident &incident, const state::Section &section);

} // namespace qd::review
