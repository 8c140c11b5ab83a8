// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppfollower.h"

#include <QPointer>
#include <algorithm>

namespace qd::chat {

namespace {

constexpr std::size_t kHeld = 2000;
constexpr int kNickTries = 5;

} // namespace

XmppFollower::XmppFollower(XmppSession &session, XmppArchive &archive, const Clock &clock, const XmppTimings &timings,
                           std::string connector, std::string room, std::string nick, std::string cursor)
    : m_session(session)
    , m_archive(archive)
    , m_clock(clock)
    , m_timings(timings)
    , m_connector(std::move(connector))
    , m_room(std::move(room))
    , m_nick(std::move(nick))
    , m_story(clock, m_connector, m_room, std::move(cursor))
    , m_occupants(session.bareJid())
{
    m_story.setParent(this);
    m_recovering = !m_story.cursor().empty();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_phase == Phase::Waiting)
            enter();
        else if (m_phase == Phase::Joining)
            wait("the room " + m_room + " does not answer");
    });
    connect(&m_seatCheck, &QTimer::timeout, this, &XmppFollower::checkSeat);
    if (!m_room.empty())
        m_seatCheck.setInterval(m_timings.seatCheckEvery);
}

/// A room on another server can lose us without a word; asking our own seat shows it (XEP-0410).
void XmppFollower::checkSeat()
{
    if (m_phase != Phase::Live || !m_session.isReady())
        return;
    Element iq("iq", xmlns::kClient);
    iq.set("type", "get").set("to", m_room + '/' + m_occupants.ownNick());
    iq.add("ping", xmlns::kPing);
    m_session.request(std::move(iq), [this, generation = m_generation](const Result<Element> &answer) {
        if (generation == m_generation && !answer && answer.error().detail == "not-acceptable")
            seatLost();
    });
}

ReadContext XmppFollower::context() const
{
    return {m_connector, m_room, m_session.bareJid(), m_occupants.ownNick(), m_clock.now(),
            [this](std::string_view nick) { return m_occupants.who(nick); }};
}

void XmppFollower::setCursor(const std::string &cursor)
{
    m_story.setCursor(cursor);
    m_recovering = !cursor.empty();
}

void XmppFollower::setForeign(Instant since)
{
    m_foreign = true;
    m_since = since;
    if (cursor().empty() && since) {
        m_recovering = true; // a history that cannot be read is a gap, from then on
        m_story.brokeAt(since);
    }
}

void XmppFollower::setPhase(Phase phase)
{
    m_phase = phase;
    if (phase == Phase::Live && !m_room.empty())
        m_seatCheck.start();
    else
        m_seatCheck.stop();
    if (phase != Phase::Waiting)
        m_trouble.clear();
    Q_EMIT phaseChanged();
}

void XmppFollower::wait(const std::string &why)
{
    m_trouble = why;
    m_occupants.clear();
    ++m_generation;
    m_timer.start(m_timings.rejoinAfter);
    setPhase(Phase::Waiting);
}

void XmppFollower::enter()
{
    if (!m_session.isReady())
        return;
    ++m_generation;
    m_occupants.clear();
    m_held.clear();
    m_subjectSeen = false;
    m_created = false;
    m_recovering = m_recovering || m_wasReady;
    if (m_room.empty())
        return catchUp();
    m_timer.start(m_timings.joinWithin);
    setPhase(Phase::Joining);
    if (m_foreign || m_private)
        lookFor();
    else
        takeSeat();
}

/// Asks what the room is (XEP-0045 section 6.4); an answer counts only while nothing began anew, and comes only when the server gives one.
void XmppFollower::askRoom(std::function<void(const Result<Element> &answer, bool isRoom)> answered)
{
    Element iq("iq", xmlns::kClient);
    iq.set("type", "get").set("to", m_room);
    iq.add("query", xmlns::kDiscoInfo);
    m_session.request(std::move(iq), [this, still = QPointer<QObject>(this), answered = std::move(answered), generation = m_generation](const Result<Element> &answer) {
        if (!still || generation != m_generation) // the room may have been let go meanwhile
            return;
        if (!answer && answer.error().code == Code::Unavailable) { // the line, or a slow server: joining has a deadline of its own
            if (m_phase != Phase::Joining && m_session.isReady())
                wait("the room " + m_room + " does not say what it is: " + answer.error().message);
            return;
        }
        const Element *query = answer ? answer->child("query", xmlns::kDiscoInfo) : nullptr;
        const Element *identity = query ? query->child("identity", xmlns::kDiscoInfo) : nullptr;
        m_forMembers = query && std::any_of(query->children.begin(), query->children.end(), [](const Element &e) {
            return e.is("feature", xmlns::kDiscoInfo) && e.attribute("var") == "muc_membersonly";
        });
        answered(answer, identity && identity->attribute("category") == "conference");
    });
}

/// Who enters a room that is not there makes it, so a room of somebody else's is asked for first. What is said in a private one is said in no room
/// of its name that everybody may enter.
void XmppFollower::lookFor()
{
    askRoom([this](const Result<Element> &answer, bool isRoom) {
        if (isRoom && m_private && !m_forMembers)
            return notPrivate();
        if (isRoom || !m_foreign) // a server may hide it from who is not in
            return takeSeat();
        absent(answer ? std::string("its address is no room") : answer.error().message);
    });
}

/// There is no such room: entering it made one, or its address says so.
void XmppFollower::absent(const std::string &detail)
{
    m_timer.stop();
    if (wasIn())
        return giveUp({Code::NotFound, "the room " + m_room + " is not there any more: somebody destroyed it, or its server lost it", detail});
    Q_EMIT failed({Code::NotFound, "there is no room " + m_room, detail});
}

/// For good, of a room we were in: its readers hear it too, and how to go on.
void XmppFollower::giveUp(const Error &why)
{
    const std::string said = why.message + ". Nothing is read or written there from here on; attach it once it is there again, or another: room --attach " + m_room;
    m_story.tellGone(said);
    if (std::exchange(m_recovering, false))
        m_story.mended(Recovery::Kind::Gap, 0, said);
    Q_EMIT failed(why);
}

/// From within, where every server says what the room is: nothing is said in it before.
void XmppFollower::makeSurePrivate()
{
    setPhase(Phase::Configuring);
    askRoom([this](const Result<Element> &, bool) {
        if (m_forMembers)
            catchUp();
        else
            notPrivate();
    });
}

void XmppFollower::notPrivate()
{
    m_timer.stop();
    if (!m_wasReady)
        return void(Q_EMIT failed({Code::Conflict, "there is a room " + m_room + " already that everybody may enter, or its server makes no other; have it renamed, or made for members only"}));
    const std::string nick = m_occupants.ownNick();
    if (!nick.empty()) { // we are in: nobody must think that we hear it
        Element presence("presence", xmlns::kClient);
        presence.set("to", m_room + '/' + nick).set("type", "unavailable");
        m_session.send(presence);
    }
    m_story.broke();
    wait("everybody may enter " + m_room + " now; have it made for members only");
}

void XmppFollower::takeSeat()
{
    Element presence("presence", xmlns::kClient);
    presence.set("to", m_room + '/' + m_nick);
    presence.add("x", xmlns::kMuc).add("history", xmlns::kMuc).set("maxstanzas", "0");
    m_session.send(presence);
}

void XmppFollower::leave()
{
    m_timer.stop();
    ++m_generation;
    if (!m_room.empty() && m_session.isReady()) {
        Element presence("presence", xmlns::kClient);
        presence.set("to", m_room + '/' + m_occupants.ownNick()).set("type", "unavailable");
        m_session.send(presence);
    }
    m_phase = Phase::Out;
}

void XmppFollower::lineLost()
{
    m_timer.stop();
    m_story.broke();
}

void XmppFollower::lineResumed()
{
    if (m_phase == Phase::Joining)
        m_timer.start(m_timings.joinWithin);
    else if (m_phase == Phase::Waiting)
        m_timer.start(m_timings.rejoinAfter);
    if (m_recovering || m_phase == Phase::Out)
        return; // the catch-up that was under way will tell
    if (m_wasReady && m_phase == Phase::Live)
        m_story.mended(Recovery::Kind::Resumed);
    else
        m_story.forgetLoss();
}

void XmppFollower::fetchSince(const std::string &cursor)
{
    setCursor(cursor);
    if (m_phase == Phase::Live)
        catchUp();
}

void XmppFollower::seatLost()
{
    if (m_phase != Phase::Live)
        return;
    m_story.broke();
    enter();
}

void XmppFollower::onPresence(const Element &presence)
{
    using Kind = XmppOccupants::Change::Kind;
    const XmppOccupants::Change change = m_occupants.take(presence);
    switch (change.kind) {
    case Kind::None:
        break;
    case Kind::Entered:
        m_timer.stop();
        if (change.created && (m_foreign || wasIn())) { // it went away in between; left unconfigured, ours goes too
            absent({});
            break;
        }
        m_created = change.created;
        if (change.created)
            configure(true);
        else if (m_private)
            makeSurePrivate();
        else
            catchUp();
        break;
    case Kind::NickTaken:
        if (m_phase != Phase::Joining)
            break;
        if (++m_nickTries > kNickTries)
            return wait("every name we tried in " + m_room + " is taken");
        m_nick += '_';
        enter();
        break;
    case Kind::Refused:
        if (m_phase != Phase::Joining)
            break;
        if (change.forGood)
            Q_EMIT failed({change.error.code, "joining " + m_room + " failed: " + change.error.message, change.error.detail});
        else
            wait("joining " + m_room + " failed: " + change.error.message);
        break;
    case Kind::ThrownOut:
        tellMembership(ChatEvent::Kind::Leave, change.member);
        if (change.forGood) {
            giveUp(change.error);
        } else {
            m_story.broke();
            wait(change.error.message);
        }
        break;
    case Kind::Joined:
        tellMembership(ChatEvent::Kind::Join, change.member);
        break;
    case Kind::Left:
        tellMembership(ChatEvent::Kind::Leave, change.member);
        break;
    }
}

/// Persistent, and with real addresses visible to all, because orders from the room are only taken from known people. A private one is for members, is in
/// no list, and has no title, which is told to everybody who asks.
void XmppFollower::configure(bool withForm)
{
    setPhase(Phase::Configuring);
    Element iq("iq", xmlns::kClient);
    iq.set("type", "set").set("to", m_room);
    Element &form = iq.add("query", xmlns::kMucOwner).add("x", xmlns::kDataForms).set("type", "submit");
    const auto field = [&](std::string_view name, std::string_view value) {
        form.add("field", xmlns::kDataForms).set("var", name).add("value", xmlns::kDataForms, value);
    };
    if (withForm) {
        field("FORM_TYPE", xmlns::kMucConfig);
        field("muc#roomconfig_persistentroom", "1");
        field("muc#roomconfig_whois", "anyone");
        field("muc#roomconfig_enablearchiving", "1");
        if (m_private) {
            field("muc#roomconfig_membersonly", "1");
            field("muc#roomconfig_publicroom", "0");
        }
        if (!m_title.empty() && !m_private)
            field("muc#roomconfig_roomname", m_title);
    }
    m_session.request(std::move(iq), [this, withForm, generation = m_generation](const Result<Element> &answer) {
        if (generation != m_generation)
            return;
        if (answer)
            return m_private ? makeSurePrivate() : catchUp();
        if (answer.error().code == Code::Unavailable) {
            if (m_session.isReady())
                wait("the room " + m_room + " cannot be set up: " + answer.error().message);
            return;
        }
        if (withForm && !m_private) { // some servers refuse the whole form for one field
            m_passing = true;
            return configure(false);
        }
        Q_EMIT failed({answer.error().code, "the new room " + m_room + " cannot be set up: " + answer.error().message});
    });
}

void XmppFollower::catchUp()
{
    m_found = 0;
    m_gap.clear();
    m_overflow = false;
    m_secondTry = false;
    XmppArchive::Query query;
    if (m_created) {
        if (m_recovering && !m_story.isAtBegin())
            m_gap = "the room was gone and had to be made again; its history is lost";
        m_story.advance(std::string(Story::kBegin));
        return goLive();
    }
    if (!cursor().empty() && !m_story.isAtBegin())
        query.after = cursor();
    else if (m_since)
        query.start = m_since;
    else
        query.newestOnly = cursor().empty();
    setPhase(Phase::CatchingUp);
    readFrom(std::move(query));
}

void XmppFollower::readFrom(XmppArchive::Query query)
{
    query.archive = m_room;
    const int generation = ++m_generation;
    const bool baseline = query.newestOnly;
    m_archive.read(
        std::move(query),
        [this, generation, baseline](const Element &result, const QByteArray &raw) {
            if (generation != m_generation || baseline)
                return;
            std::optional<ChatEvent> event = readArchived(result, context());
            if (!event)
                return;
            ++m_found;
            if (event->own)
                Q_EMIT ownSeen({event->messageId}, {event->eventId, event->messageId});
            const auto held = std::find_if(m_held.begin(), m_held.end(),
                                           [&](const ChatEvent &h) { return h.eventId == event->eventId; });
            if (held != m_held.end()) {
                event = std::move(*held);
                m_held.erase(held);
            } else {
                event->raw.assign(raw.constData(), static_cast<std::size_t>(raw.size()));
            }
            m_story.give(std::move(*event));
        },
        [this, generation](const std::string &last) {
            if (generation == m_generation)
                m_story.advance(last);
        },
        [this, generation](const Result<> &done) {
            if (generation == m_generation)
                onCaughtUp(done);
        });
}

void XmppFollower::onCaughtUp(const Result<> &done)
{
    if (!done && (done.error().code == Code::Unavailable || done.error().code == Code::TooLarge)) {
        if (!m_session.isReady())
            return; // a fresh session tries by itself
        if (++m_archiveTries < kArchiveTries) // it was too slow, or wants to be asked later
            return wait("the history of " + m_room + " cannot be read: " + done.error().message);
        // What is said now matters more than what was said: heard from here on, with a gap that says what is missing.
        m_recovering = true;
        m_gap = "the room's archive was asked " + std::to_string(m_archiveTries) + " times and gave nothing: " + done.error().message;
        return goLive();
    }
    if (!done && done.error().code == Code::NotFound && !m_secondTry && !cursor().empty()) {
        m_secondTry = true;
        m_gap = "the room's archive no longer reaches back to where we stopped reading";
        XmppArchive::Query query;
        query.start = m_story.lastKnown();
        query.newestOnly = !query.start;
        return readFrom(std::move(query));
    }
    if (!done && m_recovering && !m_room.empty()) // direct messages wait in the server's offline store
        m_gap = "the room keeps no archive for us: " + done.error().message;
    if (done && std::exchange(m_overflow, false)) {
        XmppArchive::Query query;
        if (cursor().empty() || m_story.isAtBegin())
            query.start = m_since;
        else
            query.after = cursor();
        return readFrom(std::move(query));
    }
    if (cursor().empty())
        m_story.advance(std::string(Story::kBegin));
    goLive();
}

void XmppFollower::goLive()
{
    ++m_generation;
    m_archiveTries = 0;
    const bool recovering = std::exchange(m_recovering, false);
    if (recovering && !m_gap.empty())
        m_story.tellGap(m_gap);
    for (ChatEvent &held : std::exchange(m_held, {})) {
        const std::string id = held.eventId;
        m_story.give(std::move(held));
        m_story.advance(id);
    }
    if (recovering)
        m_story.mended(m_gap.empty() ? Recovery::Kind::CaughtUp : Recovery::Kind::Gap, m_found, m_gap);
    else
        m_story.forgetLoss();
    setPhase(Phase::Live);
    const bool created = std::exchange(m_created, false);
    if (!std::exchange(m_wasReady, true))
        Q_EMIT ready(created, cursor());
}

void XmppFollower::onMessage(const Element &message, const QByteArray &raw)
{
    const bool ours = !m_room.empty() && resourceOf(message.attribute("from")) == m_occupants.ownNick();
    if (const auto ids = sentIds(message); ours && message.attribute("type") == "groupchat" && !ids.empty())
        Q_EMIT ownSeen(ids, {stanzaId(message, m_room), ids.front()});
    std::optional<ChatEvent> event = readMessage(message, context());
    if (!event)
        return;
    if (event->kind == ChatEvent::Kind::Topic) {
        const bool told = !std::exchange(m_subjectSeen, true); // every newcomer is told, which is news only after an absence
        const bool news = m_topic && *m_topic != event->text;
        event->replayed = event->replayed || told;
        m_topic = event->text;
        if (told && !news)
            return;
    }
    event->raw.assign(raw.constData(), static_cast<std::size_t>(raw.size()));
    if (m_phase != Phase::Live && m_phase != Phase::Out) {
        if (m_held.size() < kHeld) {
            m_held.push_back(std::move(*event));
        } else {
            m_held.clear(); // it is in the archive too: read that again
            m_overflow = true;
        }
        return;
    }
    const std::string id = event->eventId;
    m_story.give(std::move(*event));
    m_story.advance(id);
}

void XmppFollower::tellMembership(ChatEvent::Kind kind, const Member &member)
{
    ChatEvent item;
    item.connector = m_connector;
    item.room = m_room;
    item.kind = kind;
    item.senderId = member.id;
    item.senderName = member.name;
    item.identityVerified = member.verified;
    item.own = member.own;
    item.serverTime = item.receivedAt = m_clock.now();
    m_story.tell(item);
}

} // namespace qd::chat
