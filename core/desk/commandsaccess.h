// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"

#include <string>
#include <vector>

/// Commands about who is who and who may do what. Part of core/desk/commands.h.
namespace qd::desk {

/// `person` is to say a word from their address on this connection: "!bind WORD". wordHash: SHA-256 of the word, hex.
struct BindIdentity {
    std::string person, connection, wordHash;
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "wordHash", e.wordHash);)
};
/// Without an address: all of the person's on this connection that were bound by a word.
struct UnbindIdentity {
    std::string person, connection, address, reason;
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "address", e.address); f(4, "reason", e.reason);)
};
/// Takes a right one does not have, for a time: everywhere, or for a service or an incident. duration: "30m", up to 4 h.
struct BreakGlass {
    std::string role, service, incident, duration, reason;
    QD_FIELDS(f(1, "role", e.role); f(2, "service", e.service); f(3, "incident", e.incident); f(4, "duration", e.duration); f(5, "reason", e.reason);)
};
struct EndGlass {
    std::uint32_t number = 0;
    std::string reason;
    QD_FIELDS(f(1, "number", e.number); f(2, "reason", e.reason);)
};
/// Somebody is about to be shown a restricted incident, or (`words`) words of any incident that are marked restricted; "console": of none. what:
/// "get timeline", "window".
struct RecordRead {
    std::string incident, what;
    bool words = false;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "what", e.what); f(3, "words", e.words);)
};

} // namespace qd::desk
