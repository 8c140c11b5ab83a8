// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLocale;

namespace qd::shell {

/// Makes the application speak the locale's language where we have it, else English with its plurals. Call once after
/// QApplication and before any widget; the application owns what is installed.
void speak(const QLocale &locale);

} // namespace qd::shell
