// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the connector writes; what it says is held against a real server by the conformance suite.
#include "core/chat/ircconnector.h"

#include "fakexmpp.h"
#include "tests/support/clock.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QtTest>
#include <algorithm>

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
    bool isHalted = false;     ///< it stands still, and does what it was told once it goes on
    int forgets = 0;           ///< so many messages never arrive
    int asked = 0;             ///< how often it was asked, by a label, whether it is there
    bool isEmpty = false; ///< nobody else is in a channel: who joins makes it
    QElapsedTimer since;

    TransportFactory factory()
    {
        return [this] {
            auto transport = std::make_unique<FakeTransport>();
            transport->onOpen = [](FakeTransport &t) { Q_EMIT t.opened(); };
            transport->onSend = [this](FakeTransport &t, const std::string &frame) {
                asked += frame.find("label=") != std::string::npos && frame.find(" PING ") != std::string::npos ? 1 : 0;
                if (isHalted)
                    m_halted.emplace_back(&t, frame);
                else
                    onLine(t, frame);
            };
            return transport;
        };
    }
    void goOn()
    {
        isHalted = false;
        for (const auto &[transport, frame] : std::exchange(m_halted, {}))
            if (transport)
                onLine(*transport, frame);
    }
    [[nodiscard]] std::size_t posts() const
    {
        return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [](const auto &l) { return l.second.find("PRIVMSG ") != std::string::npos; }));
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
            for (const char *said : {":x 001 ic :Welcome", ":x 005 ic CASEMAPPING=ascii CHANMODES=b,k,lH,imnpst :are supported", ":x 376 ic :End"})
                t.give(said);
            return;
        }
        if (line->command == "PING")
            return t.give(label + (label.empty() ? "" : " ") + ":x PONG x :" + std::string(line->last()));
        if (!since.isValid() || line->command == "PONG")
            return;
        lines.emplace_back(since.elapsed(), frame);
        if (line->command == "JOIN")
            for (const std::string &said : {":ic!u@h JOIN " + what, ":x 353 ic = " + what + (isEmpty ? " :@ic" : " :ic bob"), ":x 366 ic " + what + " :End"})
                t.give(said);
        else if (line->command == "MODE")
            t.give(label + " :x 324 ic " + what + " +ntH 50:1d");
        else if (line->command == "WHO")
            t.give(label + " :x 315 ic " + what + " :End");
        else if (line->command == "PRIVMSG" && forgets-- <= 0)
            t.give(label + ";" + std::string(kIrcIdTag) + "=" + std::string(line->tag(kIrcIdTag)) + ";msgid=m" + std::to_string(lines.size()) + " :ic!u@h PRIVMSG " + what + " :" + std::string(line->last()));
    }
    std::vector<std::pair<QPointer<FakeTransport>, std::string>> m_halted;
};

} // namespace

class TestIrcConnector final : public QObject {
    Q_OBJECT
    tests::FakeClock m_clock;
    SystemRandom m_random;

    /// `within`: how long a post and a question are waited for, when that is not to be as long as usual.
    std::unique_ptr<IrcConnector> make(FakeIrc &server, milliseconds within = {})
    {
        IrcSettings s;
        s.name = "irc";
        s.url = "wss://irc.x/";
        s.nick = "ic";
        s.network = "irc.x";
        s.timings.perLine = milliseconds(kPerLine);
        s.timings.burst = kBurst;
        if (within.count() > 0)
            s.timings.confirmWithin = s.timings.answerWithin = within;
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

    /// It stands still for longer than a post is waited for, and not for so long that the line counts as dead: what it has not said yet may be on its way, and is said once.
    void aPostToASlowServerIsSaidOnce()
    {
        FakeIrc server;
        auto irc = make(server, milliseconds(20));
        QVERIFY(irc);
        std::vector<DeliveryReport> reports;
        std::vector<std::string> heard;
        connect(irc.get(), &ChatConnector::delivery, this, [&](const DeliveryReport &r) { reports.push_back(r); });
        connect(irc.get(), &ChatConnector::event, this, [&](const ChatEvent &e) {
            if (e.kind == ChatEvent::Kind::Message)
                heard.push_back(e.text);
        });
        irc->attach("inc-1@irc.x", {});
        irc->open();
        QTRY_COMPARE(irc->state(), ConnectorState::Live);
        server.isHalted = true;
        irc->post(Uuid::make(m_clock, m_random), "inc-1@irc.x", "the shop is down");
        QTRY_VERIFY(server.asked >= 2); // looked for, and again, since nobody answered
        QVERIFY(reports.back().state == Delivery::Unknown);
        server.goOn();
        QTRY_VERIFY(tests::lastOf(reports).state == Delivery::Confirmed);
        QCOMPARE(server.posts(), std::size_t(1));
        QCOMPARE(heard, std::vector<std::string>{"the shop is down"});
        QCOMPARE(irc->state(), ConnectorState::Live);
    }

    /// Whatever the server was asked after it is answered, and the post was never shown: it did not arrive, and is sent again.
    void aPostThatDidNotArriveIsSentAgain()
    {
        FakeIrc server;
        auto irc = make(server, milliseconds(20));
        QVERIFY(irc);
        std::vector<DeliveryReport> reports;
        connect(irc.get(), &ChatConnector::delivery, this, [&](const DeliveryReport &r) { reports.push_back(r); });
        irc->attach("inc-1@irc.x", {});
        irc->open();
        QTRY_COMPARE(irc->state(), ConnectorState::Live);
        server.forgets = 1;
        irc->post(Uuid::make(m_clock, m_random), "inc-1@irc.x", "the shop is down");
        QTRY_VERIFY(tests::lastOf(reports).state == Delivery::Confirmed);
        QCOMPARE(server.posts(), std::size_t(2));
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
