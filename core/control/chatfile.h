// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/events/event.h"
#include "core/state/state.h"

#include <string>
#include <string_view>

namespace qd::control {

/// `evidence.fetch`: a file that came with a chat message, kept with its incident. message: the platform's id, as the timeline has it; file: which, from 1 (0: the first).
struct FetchEvidence {
    static constexpr std::string_view kMethod = "evidence.fetch";
    std::string incident, message;
    std::uint32_t file = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "message", e.message); f(3, "file", e.file);)
};

/// Where it is to be asked for.
struct ChatFile {
    std::string incident, connection, message, text; ///< text: what is said of it when it is kept, bound as the message's marks are
    std::uint32_t number = 1;
    std::string room, thread; ///< where the message was said
    std::string said;         ///< what it says now
};

/// Whoever may keep evidence may have it fetched, if they may read the message it came with. Errors: NotFound (no such message, or it named no such file),
/// Forbidden (rights; words of the message that are for others; it was removed), Conflict (its room is no connection's any more).
[[nodiscard]] Result<ChatFile> chatFileMeant(const state::State &state, const FetchEvidence &asked, const events::Actor &by, Instant now);

} // namespace qd::control
