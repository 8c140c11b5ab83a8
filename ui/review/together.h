// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace qd::review {

/// Two texts of one section put together, line by line, so that no line of either is missing: what both say once, what only one says beside what
/// stands around it, the recorded one first. Pure.
[[nodiscard]] QString together(const QString &recorded, const QString &mine);

} // namespace qd::review
