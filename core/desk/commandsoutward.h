// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <map>
#include <string>
#include <vector>

/// Commands about texts for outside, and what is pinned in an incident. Part of core/desk/commands.h.
namespace qd::desk {

/// A text for outside; with `message` a further version of it, where what is left empty stays as it was ("none" takes an embargo, an expiry
/// or the destinations away). `titles`, `texts`: the same in further languages, by their codes; a language without words is taken away. `to`: "rooms", "room:CONNECTION/ROOM", "page:ID", "mail:ID", "webhook:NAME". Embargo and expiry: a span from now, or RFC 3339.
struct DraftMessage {
    std::string incident, title, text, audience, embargo, expires;
    std::uint32_t message = 0;
    std::vector<std::string> to;
    bool removeMarked = false; ///< as of an update
    std::map<std::string, std::string> titles = {}, texts = {};
    std::string phase = {};    ///< how far it says that it is: investigating, identified, monitoring, resolved; "none" takes it away
    std::string hash = {};     ///< with `message`: of the version this one was written from, or kHashDigitsMeant or more of its beginning; refused when another was written meanwhile
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "text", e.text); f(4, "audience", e.audience); f(5, "embargo", e.embargo);
              f(6, "expires", e.expires); f(7, "message", e.message); f(8, "to", e.to); f(9, "removeMarked", e.removeMarked);
              f(10, "titles", e.titles); f(11, "texts", e.texts); f(12, "phase", e.phase); f(13, "hash", e.hash);)
};
/// So many digits of a text's hash are it, where somebody says which text they read.
inline constexpr std::size_t kHashDigitsMeant = 12;

/// An approver's word on the newest version. `hash`: the one that was read, or kHashDigitsMeant or more of its beginning; refused when the text is another by
/// now. It may be left out while the message has only its first version.
struct JudgeMessage {
    std::string incident, stage, hash, reason; ///< stage: may be left out where only one is theirs
    std::uint32_t message = 0;
    bool approved = true;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "stage", e.stage); f(3, "hash", e.hash); f(4, "reason", e.reason); f(5, "message", e.message);
              f(6, "approved", e.approved);)
};
/// Lets a message go out; or a holding statement of the workspace, word for word. `hash`: of the text that was read, or its beginning (of a
/// statement: comms::digestOf); refused when it is another by now. `breakGlass`: without its approvals, with a reason and two
/// people told.
struct ReleaseMessage {
    std::string incident, holding, hash, reason;
    std::uint32_t message = 0;
    bool breakGlass = false;
    std::vector<std::string> tell;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "holding", e.holding); f(3, "hash", e.hash); f(4, "reason", e.reason); f(5, "message", e.message);
              f(6, "breakGlass", e.breakGlass); f(7, "tell", e.tell);)
};
struct WithdrawMessage {
    std::string incident, reason;
    std::uint32_t message = 0;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "reason", e.reason); f(3, "message", e.message);)
};
/// An update somebody put somewhere by hand.
struct MarkPosted {
    std::string incident, where;
    std::uint32_t update = 0; ///< 0: the newest
    QD_FIELDS(f(1, "incident", e.incident); f(2, "where", e.where); f(3, "update", e.update);)
};
/// An address everybody in it needs; without one it is taken back.
struct PinLink {
    std::string incident, title, url;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "title", e.title); f(3, "url", e.url);)
};

} // namespace qd::desk
