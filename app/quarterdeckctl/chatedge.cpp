// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeckctl/chatedge.h"

#include "core/base/log.h"
#include "core/events/texts.h"
#include "core/notify/pagelink.h"

#include <QTimer>

namespace qd::app {

using events::Effect;

namespace {

/// The words the rest of the core knows a line's state by.
std::string stateWord(chat::ConnectorState state)
{
    switch (state) {
    case chat::ConnectorState::CatchingUp: return "catching-up";
    case chat::ConnectorState::AuthFailed: return "auth-failed";
    default: return std::string(chat::word(state));
    }
}

chat::Outgoing::Kind kindOf(const events::OutboxQueued &what)
{
    if (notify::isToPerson(what))
        return chat::Outgoing::Kind::Direct;
    if (what.effect == Effect::Invite)
        return chat::Outgoing::Kind::Invite;
    if (what.effect == Effect::ArchiveRoom)
        return chat::Outgoing::Kind::Archive;
    return what.effect == Effect::Topic ? chat::Outgoing::Kind::Topic : chat::Outgoing::Kind::Message;
}

/// With the link that answers it; null: it has none.
chat::Outgoing withLink(chat::Outgoing out, const Secret *link)
{
    if (link)
        out.text += "\nOr open this and confirm (opening it alone does nothing): " + std::string(link->revealText());
    return out;
}

} // namespace

ChatEdge::ChatEdge(desk::Desk &desk, const Clock &clock, Random &random, std::string origin, Moved moved)
    : m_desk(desk)
    , m_clock(clock)
    , m_random(random)
    , m_origin(std::move(origin))
    , m_moved(std::move(moved))
    , m_door(std::make_shared<Door>())
    , m_handOver([&desk](events::Event event, desk::Done done) { desk.report(std::move(event), std::move(done)); },
                 [door = m_door](std::function<void()> answer) {
                     const std::lock_guard lock(door->mutex);
                     if (ChatEdge *edge = door->edge)
                         QMetaObject::invokeMethod(edge, [edge, answer = std::move(answer)] {
                             answer();
                             edge->offerAgainLater();
                         }, Qt::QueuedConnection);
                 })
    , m_again(this) // goes to another thread with it
{
    m_door->edge = this;
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, [this] {
        m_handOver.again();
        offerAgainLater();
    });
}

ChatEdge::~ChatEdge()
{
    const std::lock_guard lock(m_door->mutex);
    m_door->edge = nullptr;
}

void ChatEdge::start(const Connection &c, ChatSecrets secrets, const std::vector<RoomAt> &rooms)
{
    auto made = makeChatConnector(c, std::move(secrets), m_clock, m_random);
    if (!made) {
        log(LogLevel::Error, "chat", made.error());
        m_desk.report(events::ConnectionReported{c.name, "offline", made.error().message});
        return;
    }
    Line &line = m_lines[c.name];
    line.connector = std::move(*made);
    line.closed = isClosedChat(c.kind);
    line.postOnly = isPostOnly(c.kind);
    chat::ChatConnector *connector = line.connector.get();
    const std::string name = c.name;
    connect(connector, &chat::ChatConnector::event, this, [this, name](const chat::ChatEvent &e) { onEvent(name, e); });
    connect(connector, &chat::ChatConnector::stateChanged, this, [this, name](chat::ConnectorState state, const std::string &reason) {
        m_desk.report(events::ConnectionReported{name, stateWord(state), reason});
    });
    connect(connector, &chat::ChatConnector::rateLimited, this, [name](Instant until) {
        log(LogLevel::Info, "chat", Error{Code::Unavailable, name + ": the platform asked us to wait until " + toRfc3339(until) + "; what is to be posted waits in its order.", {}});
    });
    connect(connector, &chat::ChatConnector::roomReady, this, [this, name](const chat::RoomReport &r) { onRoomReady(name, r); });
    connect(connector, &chat::ChatConnector::roomFailed, this, [this, name](const Uuid &idem, const std::string &room, const Error &error) {
        log(LogLevel::Warning, "chat", Error{error.code, name + ": room " + room + ": " + error.message, error.detail});
        if (const auto it = m_sent.find(idem); it != m_sent.end())
            m_moved(it->second.number, Delivery::Failed, {}, error.message, Looked::NotYet, {});
        Line &of = m_lines[name];
        if (of.joining.erase(room) > 0)
            of.incidents.erase(room);
    });
    connect(connector, &chat::ChatConnector::delivery, this, [this, name](const chat::DeliveryReport &r) {
        const auto it = m_sent.find(r.idem);
        if (it != m_sent.end() && (r.state != Delivery::Queued || !r.reason.empty())) // it is queued anyway; that it has to wait, and why, is news
            m_moved(it->second.number, r.state, r.message.eventId.empty() ? r.message.messageId : r.message.eventId, r.reason, r.looked, r.again);
        if (it != m_sent.end() && r.state != Delivery::Queued && r.state != Delivery::Sent) {
            const Sent done = it->second;
            settle(it->first);
            if (!done.room.empty())
                leaveWhenSaid(name, done.room);
            if (done.archives && r.state == Delivery::Confirmed)
                leave(m_lines[name], done.room);
        }
    });
    for (const RoomAt &r : rooms) {
        line.incidents[r.room] = r.incident;
        connector->wasIn(r.room, r.channel);
        if (r.attached)
            connector->join({{}, r.room, r.cursor, r.since, r.isPrivate});
        else
            connector->attach(r.room, r.cursor);
    }
    connector->open();
}

void ChatEdge::link(const std::string &connection, const std::string &room, const std::string &incident)
{
    const auto it = m_lines.find(connection);
    if (it != m_lines.end())
        it->second.incidents[room] = incident;
}

bool ChatEdge::write(const notify::Item &item)
{
    const auto it = m_lines.find(item.what.connection);
    if (it == m_lines.end() || !it->second.connector)
        return item.isAnew;
    const Uuid idem = notify::idempotencyKey(m_origin, item.what.number);
    if (item.isAnew && !m_sent.contains(idem))
        return true;
    const bool isSaid = item.what.effect == Effect::Post || item.what.effect == Effect::Topic || item.what.effect == Effect::Reply || item.what.effect == Effect::Invite || item.what.effect == Effect::ArchiveRoom || notify::isMention(item.what);
    if (!item.isAnew)
        m_sent[idem] = {item.what.number, item.what.incident, item.what.effect == Effect::AttachRoom, isSaid ? item.what.connection : std::string(), isSaid ? item.what.room : std::string(), false, item.what.effect == Effect::ArchiveRoom};
    if (item.what.effect == Effect::CreateRoom) {
        const std::string title = item.what.text == events::kStruckText ? std::string() : item.what.text;
        if (item.isAnew) {
            it->second.connector->retitle(idem, title);
            return true;
        }
        m_sent[idem].isPrivate = item.what.isPrivate; // it may answer at once
        it->second.connector->createRoom({idem, item.what.room, title, item.what.isPrivate});
        return true;
    }
    if (item.what.effect == Effect::LeaveRoom) {
        it->second.leaving[item.what.room] = item.what.number;
        leaveWhenSaid(item.what.connection, item.what.room);
        return true;
    }
    if (item.what.effect == Effect::AttachRoom) {
        attach(it->second, idem, item);
        return true;
    }
    // A room of the team's own that a call is said in: joined for it, heard by nobody here.
    if ((item.what.effect == Effect::Post || notify::isMention(item.what)) && !it->second.incidents.contains(item.what.room))
        it->second.connector->join({{}, item.what.room, {}, item.queuedAt});
    chat::Outgoing out;
    out.idem = idem;
    out.kind = kindOf(item.what);
    (out.kind == chat::Outgoing::Kind::Direct ? out.person : out.room) = item.what.room;
    if (out.kind == chat::Outgoing::Kind::Invite)
        out.person = item.what.address;
    out.thread = item.what.thread;
    out.text = item.what.text;
    out.mentions = item.what.mentions;
    if (it->second.postOnly && out.text.find(item.what.incident) == std::string::npos) // one channel for all of them
        out.text = item.what.incident + ": " + out.text;
    if (std::string word = notify::answerWord(item.what); !word.empty())
        out.buttons.push_back({"Acknowledge", std::move(word)});
    if (item.isAnew) {
        out.isAnew = true;
        Sent &sent = m_sent[idem];
        if (sent.isHeld)
            sent.words = std::move(out.text);
        else
            it->second.connector->send(withLink(std::move(out), sent.link.get()));
        return true;
    }
    out.queuedAt = item.queuedAt;
    out.maybeSent = item.maybeSent;
    out.fromBefore = item.fromBefore;
    out.recalled = item.recalled;
    out.joinable = item.what.effect == Effect::Post; // answers and calls stand alone
    if (!item.recalled.empty() || !notify::wantsAnswerLink(item.what, *m_workspace)) {
        it->second.connector->send(out);
        return true;
    }
    // It carries the link only once the link is kept; a page without one is better than none.
    auto link = notify::makeAnswerLink(item.what, *m_workspace, m_random);
    auto url = std::make_shared<Secret>(std::move(link.url));
    m_sent[idem].isHeld = true;
    m_desk.report(std::move(link.made), [door = m_door, out = std::move(out), url, name = item.what.connection](const Result<desk::Outcome> &kept) {
        const std::lock_guard lock(door->mutex);
        ChatEdge *edge = door->edge;
        if (!edge)
            return; // the core ends; what was queued is handed over again by the next
        QMetaObject::invokeMethod(edge, [edge, out, url, name, isKept = kept.has_value()]() mutable {
            const auto line = edge->m_lines.find(name);
            if (line == edge->m_lines.end() || !line->second.connector)
                return; // it was let go meanwhile; its edge said so
            Sent &sent = edge->m_sent[out.idem];
            sent.isHeld = false;
            if (!sent.recalled.empty()) {
                edge->m_moved(sent.number, Delivery::Failed, {}, sent.recalled, Looked::NotYet, {});
                return edge->settle(out.idem);
            }
            if (!sent.words.empty())
                out.text = std::exchange(sent.words, {});
            sent.link = isKept ? url : nullptr;
            line->second.connector->send(withLink(std::move(out), sent.link.get()));
        }, Qt::QueuedConnection);
    });
    return true;
}

void ChatEdge::recall(const events::OutboxQueued &what, const std::string &why)
{
    const Uuid idem = notify::idempotencyKey(m_origin, what.number);
    const auto sent = m_sent.find(idem);
    const auto line = m_lines.find(what.connection);
    if (sent == m_sent.end() || line == m_lines.end() || !line->second.connector)
        return;
    if (sent->second.isHeld)
        sent->second.recalled = why;
    else if (what.effect == Effect::CreateRoom)
        line->second.connector->retitle(idem, {});
    else
        line->second.connector->recall(idem, why);
}

/// What a platform may still say of it is listened to for a while: the newest are kept.
void ChatEdge::settle(Uuid idem)
{
    Sent &sent = m_sent[idem];
    if (sent.isSettled)
        return;
    sent.isSettled = true;
    m_settled.push_back(idem);
    if (m_settled.size() <= kSettledKept)
        return;
    if (const auto oldest = m_sent.find(m_settled.front()); oldest != m_sent.end() && oldest->second.isSettled) // it may be on its way again
        m_sent.erase(oldest);
    m_settled.pop_front();
}

/// Leaving fails what is still queued for a room, so the last words go first.
void ChatEdge::leaveWhenSaid(const std::string &connection, const std::string &room)
{
    const auto line = m_lines.find(connection);
    const auto wanted = line == m_lines.end() ? decltype(line->second.leaving.begin()){} : line->second.leaving.find(room);
    if (line == m_lines.end() || wanted == line->second.leaving.end())
        return;
    if (std::any_of(m_sent.begin(), m_sent.end(), [&](const auto &s) { return !s.second.isSettled && s.second.connection == connection && s.second.room == room; }))
        return;
    const std::uint64_t number = wanted->second;
    line->second.leaving.erase(wanted);
    leave(line->second, room);
    m_moved(number, Delivery::Confirmed, {}, {}, Looked::NotYet, {});
}

void ChatEdge::leave(Line &line, const std::string &room)
{
    line.incidents.erase(room);
    if (line.connector)
        line.connector->detach(room);
}

/// A room another incident was told of until now is this one's from here on, and is read anew.
void ChatEdge::attach(Line &line, const Uuid &idem, const notify::Item &item)
{
    const std::string &room = item.what.room;
    const auto known = line.incidents.find(room);
    const bool wasGone = line.gone.erase(room) > 0;
    if (wasGone || known == line.incidents.end() || known->second != item.what.incident) {
        if (known != line.incidents.end())
            line.connector->detach(room);
        line.incidents[room] = item.what.incident;
        line.joining[room] = item.what.incident;
        if (!item.what.address.empty()) // we were in it: it is that one, whatever it is called by now
            line.connector->wasIn(room, item.what.address);
    }
    line.connector->join({idem, room, {}, item.what.since, item.what.isPrivate});
}

Result<> ChatEdge::say(const chat::PracticeConnector::Said &said)
{
    for (auto &[name, line] : m_lines)
        if (auto *practice = qobject_cast<chat::PracticeConnector *>(line.connector.get()))
            return practice->say(said);
    return fail(Code::NotFound, "There are no practice rooms here.");
}

void ChatEdge::readFile(const std::string &connection, const chat::FileAsked &file, chat::FileSource::Read done)
{
    const auto it = m_lines.find(connection);
    auto *files = it == m_lines.end() ? nullptr : dynamic_cast<chat::FileSource *>(it->second.connector.get());
    if (!files)
        return done(fail(Code::Conflict, "No file is fetched from that connection: its platform keeps none, or it is not connected. Save it by hand, and keep it: quarterdeckctl evidence keep FILE."));
    // Who asks is answered also when the connection goes first and drops the question.
    struct Asked {
        explicit Asked(chat::FileSource::Read to) : answer(std::move(to)) {}
        Asked(const Asked &) = delete;
        Asked &operator=(const Asked &) = delete;
        ~Asked()
        {
            if (answer)
                answer(fail(Code::Unavailable, "The chat connection ended before the file was there; ask again."));
        }
        chat::FileSource::Read answer;
    };
    files->readFile(file, [asked = std::make_shared<Asked>(std::move(done))](Result<chat::FileRead> read) {
        if (const auto answer = std::exchange(asked->answer, {}))
            answer(std::move(read));
    });
}

void ChatEdge::stopOne(const std::string &connection)
{
    const auto it = m_lines.find(connection);
    if (it == m_lines.end())
        return;
    if (auto *connector = it->second.connector.release()) {
        disconnect(connector, nullptr, this, nullptr); // whatever it still says is of no connection
        connector->setParent(this);
        connector->close(); // says goodbye
        QTimer::singleShot(kGoodbyeMs, connector, [connector] { connector->deleteLater(); });
    }
    m_lines.erase(it);
}

void ChatEdge::stop()
{
    for (auto &[name, line] : m_lines)
        if (line.connector)
            line.connector->close();
}

} // namespace qd::app
