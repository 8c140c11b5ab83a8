// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string_view>

namespace qd {

enum class LogLevel { Debug, Info, Warning, Error };

/// One line to standard error: time, level, area, text; control characters are shown as '?', text is cut at 2 KiB.
/// Thread-safe. Never pass a secret: Secret cannot be converted to text, keep it so.
void log(LogLevel level, std::string_view area, std::string_view text);
void log(LogLevel level, std::string_view area, const Error &error);

/// Lines below this level are not written. Default Info.
void setLogLevel(LogLevel level);

} // namespace qd
