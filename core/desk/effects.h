// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/state/state.h"

#include <functional>

namespace qd::desk {

/// The rule by which Gate::unheard speaks; its Because names whom it was said of.
inline constexpr std::string_view kUnheardRule = "room/unheard";

/// The outbound gate: every wish to write outside passes here and becomes an OutboxQueued when a connection is armed for
/// it, else a WriteWithheld that says why. Pure over the state. The desk numbers the entries when it folds them.
class Gate {
public:
    explicit Gate(const state::State &state) : m_state(state) {}

    /// The chat connection to use for something new: the first armed for `write`; else, when `any`, the first there is.
    [[nodiscard]] const state::Source *chat(Write write, bool any = false) const;

    [[nodiscard]] events::Events createRoom(const state::Incident &incident, events::Because because);
    /// Asks for a room that is there already. `address` is of a chat connection (roomsConnection).
    [[nodiscard]] events::Events attachRoom(const state::Incident &incident, const std::string &address, events::Because because);
    /// Asks for a room of its own that was left; of one that is archived is said that somebody has to bring it back.
    [[nodiscard]] events::Events enterAgain(const state::Incident &incident, const state::Room &room);
    /// Leaves the rooms that were to be left (or archived, which leaves them too) when it was stood down or since, after what was said in them; without leave to, that is said.
    [[nodiscard]] events::Events leaveRooms(const state::Incident &incident, const events::Because &because);
    /// Asks a person into a room of the incident, by their address there; `why` they are. Without leave to, that is said, once a person and room.
    [[nodiscard]] events::Events invite(const state::Incident &incident, const state::Room &room, const Person &person, const std::string &address, const std::string &why);
    /// Said in somebody's own room: these people are called, and were not heard there. Nobody is asked into it, so whoever is there tells them.
    [[nodiscard]] events::Events unheard(const state::Incident &incident, const state::Room &room, const std::vector<std::string> &people);
    /// To every room of the incident that was not left; of one whose connection was taken away is said so, once a record. `subject` is the timeline reference the post carries.
    [[nodiscard]] events::Events post(const state::Incident &incident, std::string text, std::string subject, events::Because because,
                                      events::Effect effect = events::Effect::Post);
    /// To somebody who wrote to the console alone, by the way they wrote.
    [[nodiscard]] events::Events answer(const events::MessageSeen &message, std::string text);
    /// The topic of every room that was made for the incident, where it does not say what is so. While an older one is under way nothing is
    /// queued: once that is settled this is asked again, so that however much changes meanwhile is one topic, the newest. Nor is it while a platform takes none
    /// (topics.h).
    [[nodiscard]] events::Events topic(const state::Incident &incident, Instant now);
    /// The head code of a signed record: who kept it can tell later whether the log was changed. Its subject is "head/<seq>".
    [[nodiscard]] events::Events head(const state::Incident &incident, const events::HeadSigned &head);
    /// A call to one person, by the first of their channels that is ready.
    [[nodiscard]] events::Events page(const state::Escalation &escalation, const state::Step &step, const std::string &person);
    /// To somebody who was called by a group of alerts: it is over.
    [[nodiscard]] events::Events over(const state::Escalation &escalation, const std::string &person, events::Because because);
    /// To somebody who was called for an incident: it is part of another now.
    [[nodiscard]] events::Events merged(const state::Escalation &escalation, const std::string &person, const std::string &into);
    /// To somebody who was called for an incident: it is of another service, whose people are called.
    [[nodiscard]] events::Events notTheirs(const state::Escalation &escalation, const std::string &person, const std::string &service);
    /// The same words by their next channel, when one was tried and is in trouble; nothing when there is no other.
    [[nodiscard]] events::Events nextChannel(const state::OutboxEntry &entry);
    /// What its connection does not take, in the room that connection names for that; else why it is not said there.
    [[nodiscard]] events::Events instead(const state::OutboxEntry &waiting);
    /// A call to a room or webhook. The incident's own room ("room:incident") is told of every step anyway.
    [[nodiscard]] events::Events pageChannel(const state::Escalation &escalation, const state::Step &step, const std::string &channel);
    /// A step that was reached, to the incident's rooms: who is called is called by name there too, as far as they have an address in it and are not
    /// called there anyway.
    [[nodiscard]] events::Events step(const state::Incident &incident, const state::Escalation &escalation, const std::string &text, const std::string &subject, events::Because because);
    /// One message for all the calls that waited for a person.
    [[nodiscard]] events::Events bundle(const events::BundleSent &bundle);
    /// A marked message through every channel of a person.
    [[nodiscard]] events::Events testPage(const events::PageTested &test);
    /// Words to one person that no call stands behind, by the first of their channels that is ready; `subject` begins with "told/".
    [[nodiscard]] events::Events tell(const state::Incident &incident, const std::string &person, std::string title, std::string text, std::string subject,
                                      events::Because because);
    /// A text for outside to one address, by a mail connection armed for posts. `incident`: the one it is of, or null.
    [[nodiscard]] events::Events mail(const state::Incident *incident, const std::string &address, const std::string &title, const std::string &text,
                                      std::string subject, events::Because because);
    /// The same to a webhook connection that is armed for posts.
    [[nodiscard]] events::Events hook(const state::Incident *incident, const std::string &connection, const std::string &title, const std::string &text, std::string subject, events::Because because);
    /// The same to "webhook:NAME", or to a room that is not the incident's ("room:CONNECTION/ROOM"); what keeps it from there is said.
    [[nodiscard]] events::Events elsewhere(const state::Incident &incident, const std::string &destination, const std::string &title, const std::string &text, std::string subject, events::Because because);
    /// Words to one person, by the first of their channels that is ready. They need no answer.
    [[nodiscard]] events::Events notice(const std::string &person, std::string title, std::string text, std::string subject, events::Because because);
    /// Words to one address of a chat connection, whoever it is; nothing when the connection is not armed for pages.
    [[nodiscard]] events::Events whisper(const std::string &connection, const std::string &address, std::string text);
    /// An update to every place it goes (comms::destinationsOf), each address once; what keeps it from one is said.
    [[nodiscard]] events::Events update(const state::Incident &incident, const events::UpdateIssued &update);
    /// A status page as it is when it is pushed, to the connections it names (`only`: this one of them).
    [[nodiscard]] events::Events publish(const StatusPage &page, const std::string &only, const events::Because &because);
    /// To pagers that were told of a call's trouble: it was answered (PageAnswered), or is over (PageOver). Once each.
    [[nodiscard]] events::Events tellPagers(const state::Escalation &escalation, events::Effect effect);

    /// What somebody did here to alerts that a pager of record holds is done there, where a connection is armed for it. Never what
    /// came from there.
    [[nodiscard]] events::Events tellHolders(const events::AlertsAcknowledged &acknowledged);
    [[nodiscard]] events::Events tellHolders(const events::AlertsAssigned &assigned);
    [[nodiscard]] events::Events tellHolders(const events::AlertsNoted &noted);
    /// The same, asked for by name. Errors: Forbidden (not armed), Conflict (nothing writes there).
    [[nodiscard]] Result<events::Event> askPager(events::Effect effect, const state::HeldOutside &held, std::string person, std::string text,
                                                 const events::Actor &by);

private:
    [[nodiscard]] const state::Source *pagerOf(const state::HeldOutside &held, Write write) const;
    [[nodiscard]] events::Events toPager(events::Effect effect, const state::HeldOutside &held, std::string person, std::string text, events::Because because);
    [[nodiscard]] events::Events eachHeld(const std::vector<std::string> &keys, const events::Actor &by,
                                          const std::function<events::Events(const state::HeldOutside &)> &tell) const;
    /// Whether the incidents a call became there are that far already: they need not be told.
    [[nodiscard]] bool knowsAlready(const state::Escalation &call, events::Effect effect, std::size_t told) const;
    /// Connections that would make a second incident of what a pager of record holds already; why, to `because`.
    [[nodiscard]] std::vector<std::string> wouldTriggerAgain(const std::string &held, events::Because &because) const;
    /// What needs no answer and is no call: what would make an incident of it at a pager is no way to say something.
    [[nodiscard]] events::Event say(const std::string &person, events::OutboxQueued what, bool isDrill);
    [[nodiscard]] std::vector<std::string> thatWouldTrigger() const;
    /// Whether somebody can answer in chat: in a room of the incident, or to the console alone. Without a person: whoever has an address there.
    struct Talk {
        bool inRoom = false, alone = false;
        std::string room = {}; ///< somebody's own room, which nobody is asked into: where it is
    };
    [[nodiscard]] Talk talk(const Person *person, const state::Incident *incident) const;
    /// The sentence at the end of a call: how it is answered, by the ways there are. A link and a button the edges add.
    [[nodiscard]] static std::string howToAnswer(const Talk &talk, const std::string &key);
    /// The addresses by which a step's people are called in a room of this connection; not of those whom their own channel calls by name.
    [[nodiscard]] std::vector<std::string> mentioned(const state::Step &step, const Connection &connection) const;
    [[nodiscard]] events::Event toPerson(const Person &person, events::OutboxQueued what, const std::vector<std::string> &tried, bool isDrill);
    [[nodiscard]] events::Event queue(events::Effect effect, const state::Source &source, events::OutboxQueued what);

    const state::State &m_state;
};

/// Who was really called by a call's steps: each person once, in the order in which they were.
[[nodiscard]] std::vector<std::string> reachedBy(const state::Escalation &call);

/// The chat connection whose rooms have addresses like this one; null when there is none.
[[nodiscard]] const state::Source *roomsConnection(const state::State &state, std::string_view address);

/// The address of a room that may be attached to an incident (null: one that is only being declared): in small letters, of a
/// chat connection here, and no other open incident's. Errors name what is wrong.
[[nodiscard]] Result<std::string> attachable(const state::State &state, const state::Incident *incident, std::string_view address);

/// The name of the room an incident gets: "inc-7" or as the workspace says, drills with "drill-" before it. Small letters, digits and dashes.
[[nodiscard]] std::string roomName(const Workspace &workspace, const state::Incident &incident);

/// Where people talk about this incident, as the workspace says; "": nowhere.
[[nodiscard]] std::string conferenceOf(const Workspace &workspace, const state::Incident &incident);

/// True when a head code posted for this incident would reach a room: one of its rooms is armed for posts.
[[nodiscard]] bool canPost(const state::State &state, const state::Incident &incident);
/// True when a head code was posted (or waits to be) for this incident, as far as the outbox remembers.
[[nodiscard]] bool hasPostedHead(const state::State &state, const state::Incident &incident);

/// What `!status` answers and a new room is greeted with: a few plain lines.
[[nodiscard]] std::string situation(const state::State &state, const state::Incident &incident);

} // namespace qd::desk
