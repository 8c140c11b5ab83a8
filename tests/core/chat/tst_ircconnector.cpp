// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the connector writes; what it says is held against a real server by the conformance suite.
#include "core/chat/ircconnector.h"

#include "fakexmpp.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QtTest>

using namespace qd;
using namespace qd::chat;
using namespace qd::test;
using std::chrono::milliseconds;

namespace {

constexpr int kPerLine = 20, kBurst = 5;
constexpr int kDebt = 1; ///< a channel is joined by two lines, when one is free

/// A server that lets everybody into every channel; when each line came that counts against flooding.
struct FakeIrc {
    std::vector<std::pair<qint64, std::string>> lines;
    bool isEmpty = false; ///< nobody else is in a channel: who joins makes it
    QElapsedTimer since;

    TransportFactory factory()
    {
        return [this] {
            auto transport = std::make_unique<FakeTransport>();
            transport->onOpen = [](FakeTransport &t) { Q_EMIT t.opened(); };
            transport->onSend = [this](FakeTransport &t, const std::string &frame) { onLine(t, frame); };
            return transport;
        };
    }

private:
    void onLine(FakeTransport &t, const std::string &frame)
    {
        const auto line = parseIrcLine(frame);
        if (!line)
            return;
        const std::string label = line->hasTag("label") ? "@label=" + std::string(line->tag("label")) : std::string();
        const std::string what(line->param(0));
        if (line->command == "CAP" && what == "LS")
            return t.give(":x CAP * LS :message-tags batch echo-message labeled-response account-tag");
        if (line->command == "CAP" && what == "REQ")
            return t.give(":x CAP * ACK :" + std::string(line->last()));
        if (line->command == "CAP" && what == "END") {
            since.start();
            for (const char *said : {":x 001 ic :Welcome", ":x 005 ic CASEMAPPING=ascii CHANMODES=b,k,l,imnpst :are supported", ":x 376 ic :End"})
                t.give(said);
            return;
        }
        if (!since.isValid() || line->command == "PING" || line->command == "PONG")
            return;
        lines.emplace_back(since.elapsed(), frame);
        if (line->command == "JOIN")
            for (const std::string &said : {":ic!u@h JOIN " + what, ":x 353 ic = " + what + (isEmpty ? " :@ic" : " :ic bob"), ":x 366 ic " + what + " :End"})
                t.give(said);
        else if (line->command == "MODE")
            t.give(label + " :x 324 ic " + what + " +nt");
        else if (line->command == "WHO")
            t.give(label + " :x 315 ic " + what + " :End");
        else if (line->command == "PRIVMSG")
            t.give(label + ";msgid=m" + std::to_string(lines.size()) + " :ic!u@h PRIVMSG " + what + " :" + std::string(line->last()));
    }
};

} // namespace

class TestIrcConnector final : public QObject {
    Q_OBJECT
    tests::FakeClock m_clock;
    SystemRandom m_random;

    std::unique_ptr<IrcConnector> make(FakeIrc &server)
    {
        IrcSettings s;
        s.name = "irc";
        s.url = "wss://irc.x/";
        s.nick = "ic";
        s.network = "irc.x";
        s.timings.perLine = milliseconds(kPerLine);
        s.timings.burst = kBurst;
        auto made = IrcConnector::make(std::move(s), m_clock, m_random, server.factory());
        return made ? std::move(*made) : nullptr;
    }
    /// As many lines as may have been written by then.
    static bool isPaced(const FakeIrc &server)
    {
        for (std::size_t n = 0; n < server.lines.size(); ++n)
            if (static_cast<double>(n + 1) > kBurst + kDebt + static_cast<double>(server.lines[n].first) / (0.9 * kPerLine) + 1) // timers may be a little early
                return false;
        return true;
    }

private Q_SLOTS:
    void entersItsRoomsNoFasterThanItMayWrite()
    {
        FakeIrc server;
        auto irc = make(server);
        QVERIFY(irc);
        std::vector<std::string> in;
        connect(irc.get(), &ChatConnector::roomReady, this, [&](const RoomReport &r) { in.push_back(r.room); });
        for (int n = 10; n < 22; ++n)
            irc->attach("inc-" + std::to_string(n) + "@irc.x", {});
        irc->open();
        QTRY_COMPARE(in.size(), std::size_t(12));
        QCOMPARE(server.lines.size(), std::size_t(36)); // JOIN, MODE, WHO
        QVERIFY(isPaced(server));
        QVERIFY(server.lines.back().first >= (36 - kBurst - kDebt - 1) * kPerLine * 9 / 10);
        QCOMPARE(irc->state(), ConnectorState::Live);
    }

    /// What is said in a room goes between the entering of others.
    void speaksWhileItEntersOtherRooms()
    {
        FakeIrc server;
        auto irc = make(server);
        QVERIFY(irc);
        std::vector<std::string> in;
        std::size_t whenConfirmed = 0;
        connect(irc.get(), &ChatConnector::roomReady, this, [&](const RoomReport &r) {
            in.push_back(r.room);
            if (in.size() == 1)
                irc->post(Uuid::make(m_clock, m_random), r.room, "the shop is down");
        });
        connect(irc.get(), &ChatConnector::delivery, this, [&](const DeliveryReport &r) { whenConfirmed = r.state == Delivery::Confirmed ? in.size() : whenConfirmed; });
        for (int n = 10; n < 30; ++n)
            irc->attach("inc-" + std::to_string(n) + "@irc.x", {});
        irc->open();
        QTRY_COMPARE(in.size(), std::size_t(20));
        QVERIFY(whenConfirmed > 0 && whenConfirmed < 6);
        QVERIFY(isPaced(server));
    }

    /// Nobody hears the words a room was to be called by once they may not be said; nor those of when it was made, if it has to be made again.
    void aRoomIsCalledByTheWordsThatMayBeSaidWhenItIsMade()
    {
        for (const bool isStruck : {false, true}) {
            FakeIrc server;
            server.isEmpty = true;
            auto irc = make(server);
            QVERIFY(irc);
            const Uuid mine = Uuid::make(m_clock, m_random);
            irc->createRoom({mine, "inc-1", "Jane Canary cannot pay"});
            irc->retitle(mine, isStruck ? "" : "[sealed: restricted, short]");
            irc->open();
            const auto said = [&](const std::string &command) {
                std::vector<std::string> out;
                for (const auto &[at, line] : server.lines)
                    if (line.find(command) != std::string::npos)
                        out.push_back(line);
                return out;
            };
            QTRY_COMPARE(irc->state(), ConnectorState::Live);
            if (!isStruck)
                QTRY_COMPARE(said("TOPIC"), std::vector<std::string>{"TOPIC #inc-1 :[sealed: restricted, short]"});
            irc->close();
            irc->open(); // the channel is empty, and is made anew
            QTRY_COMPARE(said("WHO").size(), std::size_t(2));
            QTRY_COMPARE(irc->state(), ConnectorState::Live);
            QCOMPARE(said("TOPIC").size(), std::size_t(isStruck ? 0 : 1));
        }
    }

    /// A room that was let go while it waited for its turn takes none from those behind it.
    void aRoomThatIsLetGoHoldsUpNobody()
    {
        FakeIrc server;
        auto irc = make(server);
        QVERIFY(irc);
        std::vector<std::string> in;
        connect(irc.get(), &ChatConnector::roomReady, irc.get(), [&](const RoomReport &r) {
            in.push_back(r.room);
            for (int n = 16; n < 29 && in.size() == 1; ++n)
                irc->detach("inc-" + std::to_string(n) + "@irc.x");
        });
        for (int n = 10; n < 30; ++n)
            irc->attach("inc-" + std::to_string(n) + "@irc.x", {});
        irc->open();
        QTRY_COMPARE(in.size(), std::size_t(7));
        QCOMPARE(in.back(), std::string("inc-29@irc.x"));
        QVERIFY(isPaced(server));
    }
};

QD_TEST(TestIrcConnector)
#include "tst_ircconnector.moc"
