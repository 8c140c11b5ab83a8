// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace qd::view {

/// The classes of the parts that were kept from whoever reads this, in order: of "see [sealed: restricted, short]" {"restricted"}.
[[nodiscard]] QStringList sealedIn(const QString &text);

} // namespace qd::view
