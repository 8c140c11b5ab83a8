// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/connector.h"
#include "tests/support/patience.h"

#include <QtTest>
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace qd::test {

using namespace qd::chat;

/// A connector and everything it said.
struct Seat {
    std::unique_ptr<ChatConnector> c;
    std::vector<ChatEvent> events;
    std::vector<DeliveryReport> deliveries;
    std::vector<Recovery> recoveries;
    std::vector<RoomReport> rooms;
    std::vector<std::pair<Uuid, Error>> failures;
    std::vector<ConnectorState> states;
    std::string reason;
    std::map<std::string, std::string> cursors;

    explicit Seat(std::unique_ptr<ChatConnector> connector) : c(std::move(connector))
    {
        auto *o = c.get();
        QObject::connect(o, &ChatConnector::event, o, [this](const ChatEvent &e) { events.push_back(e); });
        QObject::connect(o, &ChatConnector::delivery, o, [this](const DeliveryReport &r) { deliveries.push_back(r); });
        QObject::connect(o, &ChatConnector::recovered, o, [this](const Recovery &r) { recoveries.push_back(r); });
        QObject::connect(o, &ChatConnector::roomReady, o, [this](const RoomReport &r) { rooms.push_back(r); });
        QObject::connect(o, &ChatConnector::roomFailed, o,
                         [this](const Uuid &id, const std::string &, const Error &e) { failures.emplace_back(id, e); });
        QObject::connect(o, &ChatConnector::stateChanged, o, [this](ConnectorState s, const std::string &why) {
            states.push_back(s);
            reason = why;
        });
        QObject::connect(o, &ChatConnector::cursorAdvanced, o,
                         [this](const std::string &room, const std::string &at) { cursors[room] = at; });
    }

    bool isLive() const { return c->state() == ConnectorState::Live; }
    Delivery delivery(const Uuid &id) const
    {
        for (auto it = deliveries.rbegin(); it != deliveries.rend(); ++it)
            if (it->idem == id)
                return it->state;
        return Delivery::Queued;
    }
    /// The last reason told about it.
    std::string why(const Uuid &id) const
    {
        for (auto it = deliveries.rbegin(); it != deliveries.rend(); ++it)
            if (it->idem == id)
                return it->reason;
        return {};
    }
    std::vector<Delivery> deliveriesOf(const Uuid &id) const
    {
        std::vector<Delivery> out;
        for (const DeliveryReport &r : deliveries)
            if (r.idem == id)
                out.push_back(r.state);
        return out;
    }
    MessageRef message(const Uuid &id) const
    {
        for (const DeliveryReport &r : deliveries)
            if (r.idem == id && r.state == Delivery::Confirmed)
                return r.message;
        return {};
    }
    [[nodiscard]] std::vector<std::string> texts(const std::string &room, chat::ChatEvent::Kind kind = chat::ChatEvent::Kind::Message) const
    {
        std::vector<std::string> out;
        for (const ChatEvent &e : events)
            if (e.room == room && e.kind == kind)
                out.push_back(e.text);
        return out;
    }
    [[nodiscard]] const ChatEvent *find(ChatEvent::Kind kind, const std::string &text = {}) const
    {
        for (const ChatEvent &e : events)
            if (e.kind == kind && (text.empty() || e.text == text))
                return &e;
        return nullptr;
    }
    /// Of messages: not where all that was said is there, and deletions or reactions alone are not.
    std::size_t gaps(const std::string &room) const
    {
        return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const ChatEvent &e) { return e.room == room && e.kind == ChatEvent::Kind::Gap && !e.ofDeletions && !e.ofReactions; }));
    }
    std::size_t gapsOfReactions(const std::string &room) const
    {
        return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [&](const ChatEvent &e) { return e.room == room && e.kind == ChatEvent::Kind::Gap && e.ofReactions; }));
    }
    std::size_t recoveriesOf(const std::string &room) const
    {
        return static_cast<std::size_t>(std::count_if(recoveries.begin(), recoveries.end(), [&](const Recovery &r) { return r.room == room; }));
    }
};

using Strings = std::vector<std::string>;

/// Whether the seat comes to have heard exactly these messages in the room, in this order.
inline bool hears(const Seat &seat, const std::string &room, const Strings &texts)
{
    return QTest::qWaitFor([&] { return seat.texts(room) == texts; }, tests::kPatience);
}

} // namespace qd::test
