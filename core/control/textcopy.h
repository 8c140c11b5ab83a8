// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/state/state.h"

namespace qd::control {

/// A text for others as it is put somewhere by hand: an update that was sent, or (message) a message that was released.
struct TextCopy {
    static constexpr const char *kMethod = "text.copy";
    std::string incident;
    std::uint32_t update = 0, message = 0; ///< both 0: the newest update
    QD_FIELDS(f(1, "incident", e.incident); f(2, "update", e.update); f(3, "message", e.message);)
};

/// {"incident","update"|"message","audience","title","text","copies":{"slack",…},"html":{"teams"}}. What whoever asks or the audience may not read is
/// refused: nobody holds a copy against a clearance any more. Errors: NotFound, Conflict (not released), Forbidden.
[[nodiscard]] Result<std::string> textCopyJson(const state::State &state, const TextCopy &asked, const std::string &person);

} // namespace qd::control
