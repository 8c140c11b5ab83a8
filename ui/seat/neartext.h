// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/command/nearchanges.h"

#include <QString>

namespace qd::seat {

/// "2 hops upstream: web → cart → db, 14 min before".
[[nodiscard]] QString nearText(const command::NearChange &near);

} // namespace qd::seat
