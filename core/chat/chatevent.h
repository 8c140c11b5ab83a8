// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/model/words.h"

#include <cstdint>
#include <string>
#include <vector>

namespace qd::chat {

/// What a platform can do; the rules and screens ask this, never the platform's name. What depends on the server is known once
/// it is Live.
struct Caps {
    enum class Ack : std::uint8_t { None, Echo, Response };         ///< what confirms a post
    enum class Resume : std::uint8_t { None, Window, Cursor };      ///< what survives a cut line
    enum class Idempotency : std::uint8_t { None, Seconds30, Minutes, Forever };
    enum class Unit : std::uint8_t { Bytes, Utf16, Runes };         ///< what maxText counts

    bool createRoom = false, setTopic = false, invite = false, threads = false, edit = false;
    bool remove = false, reactions = false, direct = false, slashCommands = false;
    bool buttons = false, verifiedIdentity = false, historyQuery = false, serverOrder = false;
    bool privateRooms = false;    ///< a room can be made that only those see who are asked in
    bool archivesRooms = false;   ///< a room can be closed for good: it stays to be read, and nobody writes in it any more
    bool joinsPosts = false;      ///< several posts can be said as one, and each is found again by its own id
    bool multiline = false;       ///< a message holds several lines; otherwise each line is one of its own
    bool directCatchUp = false;   ///< what a person wrote to us alone while we were away comes afterwards
    bool historyIdentity = false; ///< items read from history name who wrote them
    bool hears = true;            ///< what others say comes to us; otherwise it is posted to, and nothing more
    bool membership = true;       ///< a room has members who come and go; otherwise it is there for whoever may see it
    bool reactionsInCatchUp = false; ///< reactions set or taken back while we were away come afterwards; otherwise their loss is said as a gap of its own
    bool historyDurable = false;  ///< history outlives a restart of the server
    Ack ack = Ack::None;
    Resume resume = Resume::None;
    Idempotency idempotency = Idempotency::None;
    std::size_t maxText = 0; ///< longer texts are split into marked parts, in order
    Unit unit = Unit::Bytes;
};

/// Something that happened in a room (or between a person and us, `direct`). Every text is already safeText/safeLine and
/// may be shown or journaled as it is. `raw` is the frame as it came, outside bytes: for the journal only.
///
/// A command may run only from an event that is a Message, not `own`, not `replayed`, `identityVerified`, and fresh.
struct ChatEvent {
    /// Numbers may be journaled: never reuse or reorder one.
    enum class Kind : std::uint8_t {
        Message = 0, Edit = 1, Delete = 2, Reaction = 3, Unreaction = 4, Command = 5, Action = 6, Topic = 7, Join = 8, Leave = 9,
        Gap = 10 ///< messages between `gapFrom` and `serverTime` may be missing; `text` says why
    };

    std::string connector;  ///< the connection's name in the workspace
    std::string room;       ///< the room's address; empty for a direct message
    std::string thread;
    std::string eventId;    ///< the platform's own id for the item (archive id); empty when it gives none
    std::string messageId;  ///< the sender's id for the message
    std::string senderId;   ///< a stable identity of the platform (never a nick or display name); empty when unknown
    std::string senderName; ///< what the room shows; proves nothing
    Kind kind = Kind::Message;
    std::string text;
    /// Message: the same text with the first person it calls by a mention written as withAddress() does, since a name that is shown may be anybody's; empty
    /// when it calls nobody.
    std::string addressed;
    std::vector<std::string> emojis; ///< Reaction, Unreaction
    /// What an Edit, Delete or Reaction is about: equals the `eventId` or the `messageId` of an earlier item of the room.
    /// An Edit or Delete counts only when its senderId is that of the item it names.
    std::string targetId;
    Instant serverTime; ///< when the platform says it happened
    Instant receivedAt;
    Instant gapFrom;    ///< Gap only
    bool direct = false;           ///< to us alone, not to a room
    bool own = false;              ///< written by our account, here or at another console
    bool replayed = false;         ///< from history or a delayed stanza: record it, never obey it
    bool identityVerified = false; ///< the platform itself vouches for senderId
    bool ofDeletions = false;      ///< Gap: all that was said is there, but not what was taken back meanwhile
    bool ofReactions = false;      ///< Gap: all that was said is there, but not every reaction set or taken back meanwhile; may be both
    bool roomGone = false;         ///< Gap: the room, in which we had been, was not found again and is let go of; `text` says why, and what can be done
    bool wholeSet = false;         ///< Reaction: `emojis` is all the sender's reactions to the target, earlier ones are gone
    int retry = 0;                 ///< the platform's count of re-deliveries
    std::uint64_t receipt = 0;     ///< the platform waits to hear that it is kept: for ChatConnector::kept(); 0: it does not
    std::string raw;

    bool operator==(const ChatEvent &) const = default;
};

/// How an earlier message is named when we edit, react to or retract it; fill what is known, the connector picks.
struct MessageRef {
    std::string eventId;
    std::string messageId;
    bool operator==(const MessageRef &) const = default;
};

/// What can be said by one touch, where the platform has such a thing: pressing it is as if the presser had written `says`.
struct ChatButton {
    std::string label;
    std::string says; ///< a command: "!ack INC-7"
};

/// One thing to write. `idem` is its only identity: it becomes the message's id on the wire, so a repeat is recognised.
/// The desk journals an Outgoing before it hands it over.
struct Outgoing {
    enum class Kind : std::uint8_t { Message = 0, Edit = 1, Reaction = 2, Retraction = 3, Topic = 4, Invite = 5, Direct = 6,
                                     Archive = 7 }; ///< of the room itself; what was queued for it before is said first

    Uuid idem;
    Kind kind = Kind::Message;
    std::string room;   ///< empty for Direct
    std::string person; ///< Direct, Invite: the person's address on the platform
    std::string thread;
    std::string text;   ///< message, new text of an edit, topic, invitation's reason
    MessageRef target;  ///< Edit, Reaction, Retraction
    std::vector<std::string> emojis; ///< Reaction: all of ours on the target afterwards; empty takes them back
    std::vector<ChatButton> buttons; ///< Message, Direct; the text must do without them
    /// Message: who is called by name before the text, by their addresses, in the platform's own way; who cannot be is left out. Nobody else is called,
    /// whatever the text says.
    std::vector<std::string> mentions;
    Instant queuedAt;   ///< when it was journaled
    /// An earlier process may have sent it already (its journaled state was Sent or Unknown): the connector looks for it
    /// in the platform's history before it sends.
    bool maybeSent = false;
    /// It was queued before this process began and nobody recorded that it was sent: the little between sending and recording is looked at, where the platform can say it.
    bool fromBefore = false;
    std::string recalled;   ///< why it may not be sent any more: with maybeSent it is looked for all the same, so that it is known whether it arrived
    bool joinable = false;  ///< Message: when the platform asks for patience, it may be said in one post with others that wait (joinedposts.h)
    std::vector<Uuid> also; ///< Message: what is said in it too; where Caps::joinsPosts, each of these is found again as `idem` is
    bool isAnew = false;    ///< it was handed over before and reads otherwise now: who has it still takes the words, and nobody sends it for that
};

/// What became of an Outgoing. States only go forward, but Unknown may become Confirmed, Sent or Failed, and a Confirmed
/// Direct may become Failed when the person's server refuses it later.
struct DeliveryReport {
    Uuid idem;
    Delivery state = Delivery::Queued;
    MessageRef message; ///< once Confirmed: how others refer to it
    std::string reason; ///< for people; never empty when Failed or Unknown
    Instant at;
    Looked looked = Looked::NotYet; ///< what was found when it was looked for
    Instant again;                  ///< a Topic that Failed because the platform asked for patience: when it takes one; whoever wrote it sets the newest then
};

struct Member {
    std::string id; ///< as ChatEvent::senderId
    std::string name;
    bool verified = false;
    bool own = false;
};

struct RoomRequest {
    Uuid idem;
    std::string name;  ///< wished-for name, e.g. "inc-2026-0042"; the connector makes an address of it
    std::string title; ///< for people
    bool isPrivate = false; ///< only who is asked in may see it; made so or not at all
};

/// A room that is somebody's and there already.
struct JoinRequest {
    Uuid idem;
    std::string room;   ///< its address
    std::string cursor; ///< as last given by cursorAdvanced or RoomReport
    Instant since;      ///< without a cursor, its history is read from here
    bool isPrivate = false; ///< it was made so: entered only while it is
};

struct RoomReport {
    Uuid idem;         ///< of the RoomRequest or JoinRequest; none for attach()
    std::string room;
    bool created = false; ///< false: it was there already and we joined it
    std::string cursor;   ///< where reading begins
};

/// How a room came through a reconnect, exactly one a room and reconnect.
struct Recovery {
    enum class Kind : std::uint8_t { Resumed, CaughtUp, Gap };
    std::string room;
    Kind kind = Kind::Resumed;
    Instant from, to;
    std::size_t messages = 0; ///< found in history
    std::string reason;       ///< of a Gap
};

} // namespace qd::chat
