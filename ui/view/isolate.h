// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

namespace qd::view {

/// A text with letters that are written from right to left, between FSI and PDI (UAX #9, section 2.4): within a sentence of ours it cannot
/// turn the words around it about. Any other text as it is.
[[nodiscard]] QString isolated(QString text);

/// The way back: what the core knows a text as.
[[nodiscard]] QString plain(QString text);
[[nodiscard]] std::string bytes(const QString &text);

} // namespace qd::view
