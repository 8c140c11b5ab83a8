// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comms/chatcommand.h"
#include "core/desk/commands.h"
#include "core/state/state.h"

#include <optional>

/// Texts for outside, read and judged from a chat by who gives a check and has no seat. Pure.
namespace qd::desk {

inline constexpr Span kReadFor = minutes(30);       ///< so long the word is good that stands for a text somebody read
inline constexpr std::size_t kReadLimit = 24'000;   ///< bytes of a text that is shown whole

/// The text that was shown, as it is kept beside its word.
struct TextRead {
    std::string incident, hash;
    std::uint32_t message = 0;
};
[[nodiscard]] std::string keptAs(const TextRead &read); ///< "!message 2 INC-7 <hash>"
[[nodiscard]] std::optional<TextRead> textRead(std::string_view kept);

/// A message as it is shown: what it is, what the reader may do with it, and its text to the end, as rooms and mails get it.
struct TextInChat {
    TextRead read;
    std::string head, text;
    std::vector<std::string> checks; ///< the reader's to give now, by id
    std::string why;                 ///< none is: why
    bool approves = true, rejects = true; ///< from chat: the workspace may want a seat for it
};
/// Errors: NotFound, Conflict (several are open and none was named). `number` 0: the only one that is open.
[[nodiscard]] Result<TextInChat> textInChat(const state::State &state, const state::Incident &incident, std::uint32_t number, const std::string &person, Instant now);
/// With a word the way to answer; without, `why` there is none. The text comes last, so that nothing in it reads as ours.
[[nodiscard]] std::string answerWith(const TextInChat &shown, const std::string &word, const std::string &why);

/// What `!approve` or `!reject` asks for: always of the text that this address was shown last, by its whole hash. `waiting`: what waits for a word of theirs.
/// Errors: Conflict (nothing was read, another text was, several checks are theirs), Forbidden (not the word), Invalid, NotFound.
[[nodiscard]] Result<JudgeMessage> judgementInChat(const state::State &state, const comms::ChatCommand &command, const state::Confirmation *waiting, const std::string &person, Instant now);

} // namespace qd::desk
