// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chat/xmppconnector.h"
#include "fakexmpp.h"
#include "tests/support/clock.h"
#include "tests/support/patience.h"

#include <QtTest>

namespace qd::test {

using namespace qd::chat;

struct CountingRandom final : Random {
    std::uint32_t n = 0;
    void fill(std::span<std::uint8_t> bytes) override
    {
        for (std::uint8_t &b : bytes)
            b = static_cast<std::uint8_t>(++n * 37);
    }
};

/// Of an account at the scripted server; timings fit for tests. What a test does not wait for takes longer than any machine needs for the rest.
inline XmppSettings xmppSettings()
{
    XmppSettings s;
    s.name = "chat";
    s.url = "wss://x/ws";
    s.jid = "ic@x";
    s.password = Secret(std::string_view("pencil"));
    s.mucHost = "muc.x";
    s.timings.pingEvery = std::chrono::hours(1);
    s.timings.confirmWithin = std::chrono::hours(1);
    s.timings.backoffBase = s.timings.backoffCap = std::chrono::milliseconds(20);
    s.timings.rejoinAfter = std::chrono::milliseconds(30);
    return s;
}

/// A connector to a scripted server, and everything it said. A test class derives from it, makes one before each test and ends it after.
class XmppFixture : public QObject {
protected:
    using Kind = ChatEvent::Kind;
    using Strings = std::vector<std::string>;

    tests::FakeClock m_clock{tests::at("2026-11-23T14:25:07Z")};
    CountingRandom m_random;
    std::unique_ptr<FakeXmpp> m_server;
    std::unique_ptr<XmppConnector> m_c;
    std::vector<ChatEvent> m_events;
    std::vector<DeliveryReport> m_deliveries;
    std::vector<Recovery> m_recoveries;
    std::vector<RoomReport> m_ready;
    std::vector<Error> m_failed;
    std::string m_cursor, m_reason;

    void make(XmppSettings s = xmppSettings())
    {
        m_server = std::make_unique<FakeXmpp>();
        m_events.clear();
        m_deliveries.clear();
        m_recoveries.clear();
        m_ready.clear();
        m_failed.clear();
        m_cursor.clear();
        auto made = XmppConnector::make(std::move(s), m_clock, m_random, m_server->factory());
        QVERIFY(made);
        m_c = std::move(*made);
        connect(m_c.get(), &ChatConnector::event, this, [this](const ChatEvent &e) { m_events.push_back(e); });
        connect(m_c.get(), &ChatConnector::delivery, this, [this](const DeliveryReport &r) { m_deliveries.push_back(r); });
        connect(m_c.get(), &ChatConnector::recovered, this, [this](const Recovery &r) {
            if (!r.room.empty())
                m_recoveries.push_back(r);
        });
        connect(m_c.get(), &ChatConnector::roomReady, this, [this](const RoomReport &r) { m_ready.push_back(r); });
        connect(m_c.get(), &ChatConnector::roomFailed, this,
                [this](const Uuid &, const std::string &, const Error &e) { m_failed.push_back(e); });
        connect(m_c.get(), &ChatConnector::stateChanged, this, [this](ConnectorState, const std::string &why) { m_reason = why; });
        connect(m_c.get(), &ChatConnector::cursorAdvanced, this, [this](const std::string &room, const std::string &at) {
            if (!room.empty())
                m_cursor = at;
        });
    }
    /// Live in room war@muc.x.
    bool live(const std::string &cursor = {})
    {
        m_c->attach("war@muc.x", cursor);
        m_c->open();
        return QTest::qWaitFor([&] { return m_c->state() == ConnectorState::Live && !m_ready.empty(); }, tests::kPatience);
    }
    std::vector<std::string> texts() const
    {
        std::vector<std::string> out;
        for (const ChatEvent &e : m_events)
            if (e.kind == Kind::Message)
                out.push_back(e.text);
        return out;
    }
    Uuid id() { return Uuid::make(m_clock, m_random); }
    void end()
    {
        m_c.reset();
        m_server.reset();
    }
};

} // namespace qd::test
