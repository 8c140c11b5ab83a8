// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/event.h"
#include "core/governance/policy.h"
#include "core/model/marking.h"

namespace qd::governance {

/// Where something is read, or by whom.
struct Place {
    enum class Kind {
        Person,     ///< id: theirs; at the window, the command line
        Room,       ///< id: the room's address; connection
        Way,        ///< connection: to somebody's telephone, to a pager of record, to another program
        Hook,       ///< connection: a webhook that is posted to, which is read outside
        Page,       ///< id: a status page's
        Recipients, ///< id: of [[recipients]]
        Audience,   ///< id: "customers"
        Public,     ///< anybody
    };
    Kind kind = Kind::Public;
    std::string id = {}, connection = {};
    Subject about = {};                  ///< what is read: clearances may be bounded
};

/// The one place that says what may be read where: for the window, the command line, chat, calls, mail, status pages and exports alike.
/// Pure; default deny. What a [[clearance]] of the workspace says (the highest that holds), else what is usual:
/// - people of the workspace and the owner of the home: confidential; whoever else asks: public;
/// - rooms, calls, notes at a pager: internal; technical and executive audiences: internal;
/// - status pages, recipients of mail, webhooks that are posted to, every other audience, the public: public.
/// What is restricted needs a rule, or to be named in the mark; what names somebody needs to be that somebody.
[[nodiscard]] Reader readerOf(const state::State &state, const Place &place);

/// What the window may hold: as the person does, but nothing restricted. That is asked for, and recorded before it is shown.
[[nodiscard]] Reader seatReader(const state::State &state, const std::string &user);

/// A place in words, for people: "the room war@chat.example", "customers".
[[nodiscard]] std::string nameOf(const Place &place);
/// "PERSON", "room:ADDRESS", "page:ID", "mail:ID", "audience:NAME", "public". Errors: NotFound, Invalid.
[[nodiscard]] Result<Place> placeNamed(const state::State &state, const std::string &text);

/// What an outbox entry says, as its readers may have it. Everything that is written outside passes this when it is folded.
void seal(const state::State &state, events::OutboxQueued &entry);

/// An event as this reader may have it: its texts are sealed. True when something was.
bool seal(events::Event &event, const Reader &reader);

/// What is known of a status page as its readers may have it, each notice by the incident it is of, the brackets dropped: the last door before the public.
/// What is said there passed the gate when it was said, and the page's clearance may be another by now.
[[nodiscard]] state::StatusPageState asReadersHaveIt(const state::State &state, state::StatusPageState page);

/// Where the text of an event is meant to be read; none for what is written for ourselves.
[[nodiscard]] std::vector<Place> meantFor(const state::State &state, const events::Event &event);

/// A text that says more than its readers may be told: the first part that does, and where.
struct TooMuch {
    Place place;
    std::size_t count = 0;               ///< parts that are kept from it
    std::size_t at = 0;                  ///< the character at which the first begins, from 1
    std::string hole;                    ///< what would be left of it
};
[[nodiscard]] std::optional<TooMuch> tooMuchIn(const state::State &state, const events::Event &event);
/// The same of texts that go to one place by hand, from a window's clipboard: what is written twice counts once.
[[nodiscard]] std::optional<TooMuch> tooMuchIn(const std::vector<std::string> &texts, const Place &place, const Reader &reader);
/// Whether a text that goes to people outside has brackets of a mark that are not paired: where marked words end cannot be told then.
[[nodiscard]] bool isUnpaired(const state::State &state, const events::Event &event);
/// One sentence, with the way out. `done`: what did not come of it.
[[nodiscard]] std::string refusalOf(const TooMuch &found, std::string_view what, std::string_view done = "sent");

/// Takes out of an event's texts what some of its readers may not have, and says what; nothing where nothing was.
[[nodiscard]] std::optional<events::MarksRemoved> cutMarks(const state::State &state, events::Event &event, const events::Actor &by);

} // namespace qd::governance
