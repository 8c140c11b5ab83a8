// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/org.h"

namespace qd::events {

// --- who may do what: chat addresses bound to people, rights taken for a time, restricted things looked at ---

/// Input: somebody is to say a word from their own chat address, until then. Only the word's hash is kept (SHA-256 over "bind " and it, hex).
struct IdentityAsked {
    std::string person, connection, wordHash;
    Instant until;
    Actor by;
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "wordHash", e.wordHash); f(4, "until", e.until); f(5, "by", e.by);)
};

/// Input: an address said such a word, in an incident's room or, without an incident, to us alone.
struct IdentitySaid {
    std::string connection, room, incident, address, wordHash;
    Instant serverTime;
    bool verified = false, replayed = false;
    Instant wall = {}; ///< as of MessageSeen
    QD_FIELDS(f(1, "connection", e.connection); f(2, "room", e.room); f(3, "incident", e.incident); f(4, "address", e.address);
              f(5, "wordHash", e.wordHash); f(6, "serverTime", e.serverTime); f(7, "verified", e.verified); f(8, "replayed", e.replayed); f(9, "wall", e.wall);)
};

/// Conclusion: it was the right word, so the address is this person's.
struct IdentityBound {
    std::string person, connection, address;
    Because because;
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "address", e.address); f(4, "because", e.because);)
};

/// Conclusion: it was not, and why.
struct IdentityRefused {
    std::string connection, address, why;
    bool untried = false; ///< it could not have been the right one, whatever it was: the server vouches for nobody, or it is from the archive
    QD_FIELDS(f(1, "connection", e.connection); f(2, "address", e.address); f(3, "why", e.why); f(4, "untried", e.untried);)
};

/// Input: what was bound by a word is so no more. Without an address: all of the person's on this connection. A conclusion when the core says it: the person
/// left the workspace.
struct IdentityUnbound {
    std::string person, connection, address, reason;
    Actor by;
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "address", e.address); f(4, "reason", e.reason); f(5, "by", e.by);)
};

/// Input: somebody takes a right they do not have, until then, and says why. `told`: who hears of it.
struct GlassBroken {
    std::uint32_t number = 0;
    std::string person;
    Right right = Right::Observe;
    std::vector<std::string> services, incidents; ///< neither: everywhere
    std::string reason;
    Instant until;
    std::vector<std::string> told;
    Actor by;
    bool unheard = false; ///< fewer than two of them could be sent word of it, which is an alarm while it stands
    QD_FIELDS(f(1, "number", e.number); f(2, "person", e.person); f(3, "role", e.right); f(4, "services", e.services);
              f(5, "incidents", e.incidents); f(6, "reason", e.reason); f(7, "until", e.until); f(8, "told", e.told); f(9, "by", e.by);
              f(10, "unheard", e.unheard);)
};

/// Input: it is given back, or taken away, before its time. A conclusion when the core says it: who took it left the workspace, or the time
/// of one that is an alarm is over.
struct GlassEnded {
    std::uint32_t number = 0;
    std::string reason;
    Actor by;
    QD_FIELDS(f(1, "number", e.number); f(2, "reason", e.reason); f(3, "by", e.by);)
};

/// Input: somebody is about to be shown a restricted incident. Recorded before it is shown.
struct RestrictedRead {
    std::string about, what;             ///< about: the incident; what: "get timeline"
    Actor by;
    QD_FIELDS(f(1, "about", e.about); f(2, "what", e.what); f(3, "by", e.by);)
};

/// Conclusion: a command from chat is done once the same address says the word, until then.
struct ConfirmationAsked {
    std::string incident, person, address, word, command, what; ///< command: the message; what: what it will do
    Instant until;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "address", e.address); f(4, "word", e.word);
              f(5, "command", e.command); f(6, "what", e.what); f(7, "until", e.until);)
};

/// Conclusion: the word was said, and is used up.
struct ConfirmationGiven {
    std::string incident, address, word;
    QD_FIELDS(f(1, "incident", e.incident); f(2, "address", e.address); f(3, "word", e.word);)
};

} // namespace qd::events
