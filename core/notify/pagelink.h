// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ports.h"
#include "core/base/secret.h"
#include "core/events/event.h"

namespace qd::notify {

inline constexpr std::size_t kTokenBytes = 16; ///< of a link that answers a page: 128 bit

/// Whether this page carries a link that answers it: one of a call, of a bundle, or a test, to a person, where the workspace says at what
/// address this console is reached.
[[nodiscard]] bool wantsAnswerLink(const events::OutboxQueued &what, const Workspace &workspace);

/// What a button below this page says to answer it: "!ack escalation/3", "!ack test/2"; "" where there is none (a bundle names several calls).
[[nodiscard]] std::string answerWord(const events::OutboxQueued &what);

/// A new link: the address to send once `made`, which holds its hash, is on disk.
struct PageLink {
    Secret url;
    events::AnswerLinkMade made;
};
[[nodiscard]] PageLink makeAnswerLink(const events::OutboxQueued &what, const Workspace &workspace, Random &random);

} // namespace qd::notify
