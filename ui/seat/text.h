// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/isolate.h"

#include <string_view>

namespace qd::seat {

/// SafeText from the core as the window's text.
[[nodiscard]] inline QString qstr(std::string_view text)
{
    return view::isolated(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
}

} // namespace qd::seat
