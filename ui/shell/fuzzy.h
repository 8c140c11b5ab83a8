// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <optional>

namespace qd::shell {

/// How well `typed` fits `text`: its letters must occur in order, case ignored. Starts of words, runs of letters and
/// an early start count for it; the higher the better. Nothing when it does not fit; 0 when nothing is typed.
[[nodiscard]] std::optional<int> fuzzyScore(const QString &typed, const QString &text);

} // namespace qd::shell
