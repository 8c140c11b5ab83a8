// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/access.h"

#include <string>
#include <vector>

namespace qd::state {

/// A chat address that is a person's because they said a word from it.
struct Identity {
    std::string person, connection, address;
    Instant since;
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "address", e.address); f(4, "since", e.since);)
};

/// A word that waits to be said.
struct Challenge {
    std::string person, connection, wordHash;
    Instant until;
    std::uint32_t wrong = 0;   ///< words said on that connection meanwhile that were none
    std::uint32_t untried = 0; ///< and those that could not have been one, whatever they were
    QD_FIELDS(f(1, "person", e.person); f(2, "connection", e.connection); f(3, "wordHash", e.wordHash); f(4, "until", e.until); f(5, "wrong", e.wrong);
              f(6, "untried", e.untried);)
};

/// A right somebody took for a time.
struct Glass {
    std::uint32_t number = 0;
    std::string person;
    Right right = Right::Observe;
    std::vector<std::string> services, incidents;
    std::string reason, endedBy;
    Instant since, until, ended;
    std::vector<std::string> told;
    bool unheard = false; ///< as of events::GlassBroken
    [[nodiscard]] bool standsAt(Instant t) const { return !ended && t < until; }
    QD_FIELDS(f(1, "number", e.number); f(2, "person", e.person); f(3, "role", e.right); f(4, "services", e.services); f(5, "incidents", e.incidents);
              f(6, "reason", e.reason); f(7, "endedBy", e.endedBy); f(8, "since", e.since); f(9, "until", e.until); f(10, "ended", e.ended);
              f(11, "told", e.told); f(12, "unheard", e.unheard);)
};

/// Somebody was shown a restricted incident.
struct Look {
    std::uint64_t seq = 0;
    Instant at;
    std::string person, about, what;
    Path via = Path::Person;
    QD_FIELDS(f(1, "seq", e.seq); f(2, "at", e.at); f(3, "person", e.person); f(4, "about", e.about); f(5, "what", e.what); f(6, "via", e.via);)
};

/// A chat command that waits for its word.
struct Confirmation {
    std::string incident, person, address, word, command;
    Instant until;
    std::string what = {}; ///< what its asker was told that it does
    QD_FIELDS(f(1, "incident", e.incident); f(2, "person", e.person); f(3, "address", e.address); f(4, "word", e.word);
              f(5, "command", e.command); f(6, "until", e.until); f(7, "what", e.what);)
};

/// An address whose commands were refused.
struct Stranger {
    std::string address, incident, reason; ///< of the last one
    Instant first, last;
    std::uint64_t count = 0;
    QD_FIELDS(f(1, "address", e.address); f(2, "incident", e.incident); f(3, "reason", e.reason); f(4, "first", e.first); f(5, "last", e.last);
              f(6, "count", e.count);)
};

/// Who is who, who took what right, who looked. What the workspace says of rights stands there; core/governance reads both.
struct Access {
    static constexpr std::size_t kGlassKept = 500, kLooksKept = 2000, kStrangersKept = 200, kChallengesKept = 100;
    std::string owner;                   ///< the operating system's user whose home this is
    std::vector<Identity> identities;
    std::vector<Challenge> challenges;   ///< also those whose time is over, until they are let go
    std::vector<Glass> glass;
    std::uint32_t lastGlass = 0;
    std::vector<Look> looks;
    std::vector<Confirmation> confirmations;
    std::vector<Stranger> strangers;
    QD_FIELDS(f(1, "owner", e.owner); f(2, "identities", e.identities); f(3, "challenges", e.challenges); f(4, "glass", e.glass);
              f(5, "lastGlass", e.lastGlass); f(6, "looks", e.looks); f(7, "confirmations", e.confirmations); f(8, "strangers", e.strangers);)

    /// Whose an address is by a word they said, or "".
    [[nodiscard]] std::string_view personAt(std::string_view connection, std::string_view address) const;
    [[nodiscard]] const Confirmation *confirmation(std::string_view incident, std::string_view address) const;
    [[nodiscard]] const Stranger *stranger(std::string_view incident, std::string_view address) const;
};

} // namespace qd::state
