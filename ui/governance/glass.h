// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/strip.h"

#include <QString>

/// What is said of rights taken for a time. Pure.
namespace qd::governance {

/// "command for everything", "publish for checkout, INC-7".
[[nodiscard]] QString glassWords(const view::Glass &glass);

/// What whoever sits here holds for a time, for the line under the strip: what, and until when. Both empty: nothing.
struct GlassLine {
    QString head, text;
};
[[nodiscard]] GlassLine glassLine(const view::Strip &strip, Instant now);

/// What whoever sits here held before and does not hold now, in a sentence; empty: nothing ended.
[[nodiscard]] QString glassEnded(const view::Strip &before, const view::Strip &now);

} // namespace qd::governance
