// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace qd::app {

/// What a verb reads and writes for the person who called it. Errors: Io, with the file's name and what can be done.
[[nodiscard]] Result<std::string> readFile(const std::string &file, std::size_t limit);
/// The same of a file alone, never waiting for what stands at its name instead: a pipe nobody writes to gives nothing, and a device no end. Links are followed.
/// Errors also: NotFound; Invalid (a folder, a pipe, a socket, a device).
[[nodiscard]] Result<std::string> readFileAlone(const std::string &file, std::size_t limit);
/// Text that a person gave, `from` a file or another place, is UTF-8. Errors: Invalid, with the line that is not; its words are the detail.
[[nodiscard]] Result<> isUtf8(std::string_view text, const std::string &from);
/// A whole new file, 0600, or none. Conflict: there is one of that name; nothing was changed.
[[nodiscard]] Result<> writeNew(const std::string &file, std::string_view bytes);

} // namespace qd::app
