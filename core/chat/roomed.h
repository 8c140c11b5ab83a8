// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/log.h"
#include "core/chat/attempts.h"
#include "core/chat/connector.h"
#include "core/chat/outbox.h"
#include "core/chat/story.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace qd::chat {

/// What the connectors of IRC, Slack, Mattermost and Discord have in common: one line that is lost and found again, rooms that are followed by
/// a Follower each, what is said to us alone, and the states that come of them. The platform's part are the hooks.
///
/// A Follower has phase() (Out, Live, Waiting and others, in which it is busy), trouble(), members(), story(), setTitle(), setForeign(), setPrivate(), isPrivate(),
/// setCursor(), enter(), leave(), lineLost(), fetchSince(), and the signals phaseChanged(), ready(created, cursor), failed(error).
template <typename Follower>
class RoomedConnector : public ChatConnector, protected Outbox::Port {
public:
    [[nodiscard]] const Caps &caps() const override { return m_caps; }
    [[nodiscard]] ConnectorState state() const override { return m_state; }
    [[nodiscard]] std::vector<Member> members(const std::string &room) const override
    {
        const auto it = m_rooms.find(room);
        return it == m_rooms.end() ? std::vector<Member>() : it->second.follower->members();
    }

    void open() override
    {
        if (!std::exchange(m_wanted, true))
            begin();
    }
    void close() override
    {
        m_wanted = false;
        m_attempts.stop();
        stopLine();
        m_outbox.lineChanged();
        breakOff();
        setState(ConnectorState::Offline);
    }

    void createRoom(const RoomRequest &request) override
    {
        const std::string address = addressFor(request.name);
        if (address.empty()) {
            Q_EMIT roomFailed(request.idem, {}, {Code::Invalid, "a room needs a name with letters or digits"});
            return;
        }
        const bool known = m_rooms.contains(address);
        Room &room = follow(address, {});
        if (known && request.isPrivate && !room.follower->isPrivate()) {
            Q_EMIT roomFailed(request.idem, address, {Code::Conflict, "we are in a room of that name already, which others may see"});
            return;
        }
        if (known && room.follower->phase() == Follower::Phase::Live) {
            Q_EMIT roomReady({request.idem, address, false, room.follower->story().cursor()});
            return;
        }
        room.requests.push_back(request.idem);
        room.follower->setTitle(request.title);
        if (known)
            return;
        room.follower->setPrivate(request.isPrivate);
        if (isLineReady())
            room.follower->enter();
    }
    void retitle(const Uuid &request, const std::string &title) override
    {
        for (auto &[address, room] : m_rooms)
            if (std::find(room.requests.begin(), room.requests.end(), request) != room.requests.end())
                room.follower->setTitle(title);
    }
    void attach(const std::string &address, const std::string &cursor) override
    {
        if (address.empty())
            return; // what is said to us alone is followed from open() on
        if (!isRoomAddress(address)) {
            Q_EMIT roomFailed({}, address, {Code::Invalid, "a room's address must look like name@" + m_host});
            return;
        }
        const bool known = m_rooms.contains(address);
        Room &room = follow(address, cursor);
        if (!known && isLineReady())
            room.follower->enter();
        else if (room.follower->phase() == Follower::Phase::Out && !cursor.empty())
            room.follower->setCursor(cursor);
        else if (room.follower->phase() == Follower::Phase::Live)
            Q_EMIT roomReady({{}, address, false, room.follower->story().cursor()});
    }
    void join(const JoinRequest &request) override
    {
        if (!isRoomAddress(request.room)) {
            Q_EMIT roomFailed(request.idem, request.room, {Code::Invalid, "a room's address must look like name@" + m_host});
            return;
        }
        if (const auto it = m_rooms.find(request.room); it != m_rooms.end()) {
            if (it->second.follower->phase() == Follower::Phase::Live)
                Q_EMIT roomReady({request.idem, request.room, false, it->second.follower->story().cursor()});
            else
                it->second.requests.push_back(request.idem);
            return;
        }
        Room &room = follow(request.room, request.cursor);
        room.requests.push_back(request.idem);
        room.follower->setForeign(request.since);
        room.follower->setPrivate(request.isPrivate);
        if (isLineReady())
            room.follower->enter();
    }
    void detach(const std::string &address) override
    {
        if (m_rooms.contains(address))
            letGo(address, {Code::Unavailable, "the room was left"});
    }
    void fetchSince(const std::string &address, const std::string &cursor) override
    {
        if (const auto it = m_rooms.find(address); it != m_rooms.end())
            it->second.follower->fetchSince(cursor);
    }
    void send(const Outgoing &outgoing) override
    {
        std::string wrong = outgoing.kind != Outgoing::Kind::Direct && !m_rooms.contains(outgoing.room) ? "we are not in the room " + outgoing.room : std::string();
        if (wrong.empty())
            wrong = problemOf(outgoing);
        if (wrong.empty())
            return m_outbox.add(outgoing);
        Q_EMIT delivery({outgoing.idem, Delivery::Failed, {}, wrong, m_clock.now()});
    }
    void recall(const Uuid &idem, const std::string &why) override { m_outbox.recall(idem, why); }

protected:
    struct Room {
        std::unique_ptr<Follower> follower;
        std::vector<Uuid> requests; ///< createRoom()s and join()s to answer
    };

    /// `host`: what stands behind the @ of its rooms.
    RoomedConnector(const Clock &clock, Random &random, const AttemptTimings &timings, std::chrono::milliseconds confirmWithin, const std::string &name, std::string host, Caps caps)
        : m_clock(clock), m_host(std::move(host)), m_caps(caps), m_outbox(*this, clock, confirmWithin), m_direct(clock, name, {}, {}), m_attempts(random, timings)
    {
        // By value and without parent in their own classes; as children they move to the connector's thread with it.
        for (QObject *part : {static_cast<QObject *>(&m_outbox), static_cast<QObject *>(&m_direct), static_cast<QObject *>(&m_attempts)})
            part->setParent(this);
        connect(&m_attempts, &Attempts::due, this, [this] { begin(); });
        connect(&m_outbox, &Outbox::delivery, this, &ChatConnector::delivery);
        connect(&m_direct, &Story::event, this, &ChatConnector::event);
        connect(&m_direct, &Story::recovered, this, &ChatConnector::recovered);
    }
    ~RoomedConnector() override
    {
        m_outbox.disconnect(this);
        m_direct.disconnect(this);
        for (auto &[address, room] : m_rooms)
            silence(*room.follower);
    }

    // The platform's part.
    virtual void startLine() = 0;
    virtual void stopLine() = 0;
    [[nodiscard]] virtual bool isLineReady() const = 0;
    /// Whether the line is written to as well as heard. Else a write under way when it is lost still gets its own answer, or its own doubt when that takes too long.
    [[nodiscard]] virtual bool writesEndWithLine() const { return true; }
    /// The address of a room of that wished-for name, or "" when nothing is left of it.
    [[nodiscard]] virtual std::string addressFor(const std::string &name) const = 0;
    [[nodiscard]] virtual bool isRoomAddress(const std::string &address) const = 0;
    bool joins() const override { return m_caps.joinsPosts; }
    [[nodiscard]] virtual std::unique_ptr<Follower> makeFollower(const std::string &address, const std::string &cursor) = 0;
    /// A follower that was just made, before it enters.
    virtual void prepare(Follower & /*follower*/, const std::string & /*address*/) {}
    /// What a write wants of the platform that it has not, or "".
    [[nodiscard]] virtual std::string problemOf(const Outgoing &outgoing) const = 0;

    [[nodiscard]] bool canSend(const std::string &lane) const override
    {
        if (!isLineReady())
            return false;
        if (lane.starts_with('@'))
            return true;
        const auto it = m_rooms.find(lane);
        return it != m_rooms.end() && it->second.follower->phase() == Follower::Phase::Live;
    }

    /// The line stands, anew.
    void lineIsReady()
    {
        m_attempts.held();
        if (writesEndWithLine())
            m_outbox.lineChanged();
        std::vector<Follower *> followers;
        for (auto &[address, room] : m_rooms)
            followers.push_back(room.follower.get());
        for (Follower *follower : followers)
            follower->enter();
        refresh();
        m_outbox.pump();
    }
    /// The same line stands again, and what was missed was told: a room that was followed still is.
    void lineIsResumed()
    {
        m_attempts.held();
        std::vector<Follower *> followers;
        for (auto &[address, room] : m_rooms)
            followers.push_back(room.follower.get());
        for (Follower *follower : followers)
            follower->lineResumed();
        refresh();
        m_outbox.pump();
    }
    /// `refused`: the credentials were; trying again unchanged is wrong. `patience`: what the platform asked for before the next attempt.
    void lineIsLost(const Error &why, bool refused, std::chrono::milliseconds patience = {})
    {
        m_attempts.stop();
        breakOff();
        if (refused) {
            m_wanted = false;
            log(LogLevel::Error, "chat", why);
            return setState(ConnectorState::AuthFailed, why.message);
        }
        if (!m_wanted)
            return;
        m_attempts.later(patience);
        log(LogLevel::Warning, "chat", why);
        setState(ConnectorState::Degraded, why.message);
    }
    /// Something was not read: the rooms read again what they may have missed, where their history can be asked.
    void somethingLapsed(const Error &why, bool canAsk)
    {
        log(LogLevel::Warning, "chat", why);
        m_direct.tellGap("something was not heard: " + why.message);
        for (auto &[address, room] : m_rooms)
            if (canAsk && room.follower->phase() == Follower::Phase::Live)
                room.follower->fetchSince(room.follower->story().cursor());
    }
    /// What is wrong though the line stands, until it is taken back ("") or the line is refused.
    void setNotice(const std::string &notice)
    {
        m_notice = notice;
        refresh();
    }
    void setState(ConnectorState state, const std::string &reason = {})
    {
        if (m_state == state && m_reason == reason)
            return;
        m_state = state;
        m_reason = reason;
        Q_EMIT stateChanged(state, reason);
    }

    const Clock &m_clock;
    std::string m_host;
    Caps m_caps;
    bool m_wanted = false;
    Outbox m_outbox;
    Story m_direct; ///< what is said to us alone
    std::map<std::string, Room> m_rooms; ///< by address

private:
    void begin()
    {
        setState(ConnectorState::Connecting);
        startLine();
    }
    void breakOff()
    {
        m_direct.broke();
        for (auto &[address, room] : m_rooms)
            room.follower->lineLost();
    }
    Room &follow(const std::string &address, const std::string &cursor)
    {
        if (const auto it = m_rooms.find(address); it != m_rooms.end())
            return it->second;
        Room &room = m_rooms[address];
        room.follower = makeFollower(address, cursor);
        Follower *follower = room.follower.get();
        prepare(*follower, address);
        follower->setParent(this);
        connect(follower, &Follower::phaseChanged, this, [this] {
            refresh();
            m_outbox.pump();
        });
        connect(&follower->story(), &Story::event, this, &ChatConnector::event);
        connect(&follower->story(), &Story::recovered, this, &ChatConnector::recovered);
        connect(&follower->story(), &Story::cursorAdvanced, this, [this, address](const std::string &at) { Q_EMIT cursorAdvanced(address, at); });
        connect(follower, &Follower::ready, this, [this, address](bool created, const std::string &at) {
            const std::vector<Uuid> requests = std::exchange(m_rooms[address].requests, {});
            m_rooms[address].follower->setTitle({}); // said once; its topic is somebody else's to say, by words that may be said by then
            for (const Uuid &idem : requests)
                Q_EMIT roomReady({idem, address, created, at});
            if (requests.empty())
                Q_EMIT roomReady({{}, address, created, at});
        });
        connect(follower, &Follower::failed, this, [this, address](const Error &why) { letGo(address, why); });
        return room;
    }
    void silence(Follower &follower)
    {
        follower.disconnect(this);
        follower.story().disconnect(this);
    }
    /// Called from the follower's own signals too, so it dies later.
    void letGo(const std::string &address, const Error &why)
    {
        auto node = m_rooms.extract(address);
        if (node.empty())
            return;
        silence(*node.mapped().follower);
        node.mapped().follower->leave();
        node.mapped().follower.release()->deleteLater();
        m_outbox.drop(address, why.message);
        for (const Uuid &idem : node.mapped().requests)
            Q_EMIT roomFailed(idem, address, why);
        if (node.mapped().requests.empty())
            Q_EMIT roomFailed({}, address, why);
        refresh();
    }
    void refresh()
    {
        using Phase = typename Follower::Phase;
        if (!isLineReady())
            return;
        std::string trouble;
        bool busy = false;
        for (const auto &[address, room] : m_rooms) {
            const Phase phase = room.follower->phase();
            busy = busy || (phase != Phase::Live && phase != Phase::Waiting && phase != Phase::Out);
            if (phase == Phase::Waiting)
                trouble = room.follower->trouble();
        }
        setState(!trouble.empty() ? ConnectorState::Degraded : busy ? ConnectorState::CatchingUp : ConnectorState::Live, trouble.empty() ? m_notice : trouble);
    }

    ConnectorState m_state = ConnectorState::Offline;
    std::string m_reason, m_notice;
    Attempts m_attempts;
};

} // namespace qd::chat
