// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/cloudeventsfeed.h"

#include "edgefixture.h"
#include "fixture.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <cstring>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {

/// Somebody's feed.
struct Feed {
    explicit Feed(std::vector<std::string> subprotocols = {"cloudevents.json"})
    {
        listener.webSocket({"/feed", std::move(subprotocols),
                            [this](const net::Request &q, std::shared_ptr<net::WebSocketPeer> p) {
                                const std::lock_guard lock(mutex);
                                offered = std::string(q.header("sec-websocket-protocol"));
                                peers.push_back(std::move(p));
                                net::WebSocketHandlers handlers;
                                handlers.onMessage = [](const std::string &, bool) {};
                                handlers.onClosed = [](std::uint16_t, const std::string &) {};
                                return handlers;
                            }});
        if (!listener.start())
            qFatal("no port for the feed");
    }
    ~Feed() { listener.stop(); }
    std::shared_ptr<net::WebSocketPeer> peer(std::size_t n)
    {
        const std::lock_guard lock(mutex);
        return n < peers.size() ? peers[n] : nullptr;
    }

    SystemClock clock;
    net::IoThread io;
    net::Listener listener{io, clock};
    std::mutex mutex;
    std::string offered;
    std::vector<std::shared_ptr<net::WebSocketPeer>> peers;
};

/// Draws the longest wait there is, while the bound doubles from 40 ms.
struct Longest final : Random {
    std::int64_t bound = millis(40).ns;
    void fill(std::span<std::uint8_t> bytes) override
    {
        std::memcpy(bytes.data(), &bound, std::min(bytes.size(), sizeof bound));
        bound *= 2;
    }
};

/// Draws no wait five times, and then one that is nothing where the bound is the first one again, and minutes where it has grown.
struct FiveThenLong final : Random {
    static constexpr Span kBase = seconds(8);
    int drawn = 0;
    void fill(std::span<std::uint8_t> bytes) override
    {
        const std::int64_t wait = ++drawn > 5 ? 31 * (kBase.ns + 1) : 0;
        std::memcpy(bytes.data(), &wait, std::min(bytes.size(), sizeof wait));
    }
};

const std::string kEvent = json("{'specversion':'1.0','id':'9','source':'s','type':'io.quarterdeck.alert.firing','data':{'labels':{'alertname':'A'}}}");

} // namespace

class TestCloudEventsFeed : public QObject {
    Q_OBJECT

    SystemClock clock;
    SystemRandom random;

    [[nodiscard]] FeedOptions options(const Feed &server) const
    {
        FeedOptions o;
        o.connection = "feed";
        o.url = "ws" + server.listener.url().substr(4) + "/feed";
        o.backoffBase = millis(5);
        o.backoffCap = millis(20);
        o.seenInterval = millis(20);
        return o;
    }

private Q_SLOTS:
    void takesEventsAndOffersTheSubprotocol()
    {
        Feed server;
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_VERIFY(server.peer(0) != nullptr);
        server.peer(0)->sendText(kEvent);
        QTRY_COMPARE(desk.batches().size(), std::size_t{1});
        QCOMPARE(desk.batches()[0].connection, std::string("feed"));
        QCOMPARE(desk.batches()[0].label(0, "alertname"), std::string_view("A"));
        QCOMPARE(server.offered, std::string("cloudevents.json"));
        QCOMPARE(desk.states(), (std::vector<std::string>{"connecting", "live"}));
        QTRY_VERIFY(desk.seen().size() >= 3); // quiet, but there
    }

    void aBadMessageIsVisibleAndTheLineStays()
    {
        Feed server;
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_VERIFY(server.peer(0) != nullptr);
        server.peer(0)->sendText("{");
        server.peer(0)->sendBinary("\x01\x02");
        server.peer(0)->sendText(json("{'specversion':'1.0','id':'1','source':'s','type':'com.example'}"));
        server.peer(0)->sendText(kEvent);
        QTRY_COMPARE(desk.batches().size(), std::size_t{4});
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(desk.batches()[i].size(), std::size_t{0});
            QCOMPARE(desk.batches()[i].quarantined.size(), std::size_t{1});
        }
        QCOMPARE(server.peer(1), nullptr);
    }

    void aServerThatNamesNoSubprotocolIsFine()
    {
        Feed server(std::vector<std::string>{});
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_VERIFY(server.peer(0) != nullptr);
        server.peer(0)->sendText(kEvent);
        QTRY_COMPARE(desk.batches().size(), std::size_t{1});
        QCOMPARE(desk.failed().size(), std::size_t{0});
    }

    void reconnectsAfterALoss()
    {
        Feed server;
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_VERIFY(server.peer(0) != nullptr);
        server.peer(0)->close(1001, "going away");
        QTRY_VERIFY(server.peer(1) != nullptr);
        QTRY_COMPARE(desk.states(), (std::vector<std::string>{"connecting", "live", "offline", "live"}));
        QCOMPARE(desk.failed().size(), std::size_t{1});
        server.peer(1)->sendText(kEvent);
        QTRY_COMPARE(desk.batches().size(), std::size_t{1});
    }

    /// A feed that ends after each event is tried ever more slowly; one that held long enough is tried at once again.
    void waitsLongerEachTimeUntilALineHasHeld()
    {
        Longest longest;
        Feed server;
        Recorder desk;
        FeedOptions o = options(server);
        o.backoffBase = millis(40);
        o.backoffCap = seconds(60);
        CloudEventsFeed feed(desk.intake(), clock, longest, std::move(o)); // a line of a minute is beyond this test
        feed.start();
        QElapsedTimer since;
        since.start();
        std::size_t n = 0;
        for (; n < 5; ++n) {
            QTRY_VERIFY(server.peer(n) != nullptr);
            server.peer(n)->sendText(kEvent);
            server.peer(n)->close(1001, "going away");
        }
        QTRY_VERIFY(server.peer(n) != nullptr);
        QVERIFY(since.elapsed() >= 40 + 80 + 160 + 320 + 640 - 5); // timers may be a little early
    }

    void aLineThatHasHeldIsTriedAtOnceAgain()
    {
        FiveThenLong draws;
        Feed server;
        Recorder desk;
        FeedOptions o = options(server);
        o.backoffBase = FiveThenLong::kBase;
        o.backoffCap = hours(1);
        o.stableAfter = millis(50);
        CloudEventsFeed feed(desk.intake(), clock, draws, std::move(o));
        feed.start();
        for (std::size_t n = 0; n < 5; ++n) {
            QTRY_VERIFY(server.peer(n) != nullptr);
            server.peer(n)->close(1001, "going away");
        }
        QTRY_VERIFY(server.peer(5) != nullptr);
        const auto isLive = [&] {
            const auto states = desk.states();
            return std::count(states.begin(), states.end(), "live") == 6;
        };
        QTRY_VERIFY(isLive());
        QTest::qWait(500); // it holds
        server.peer(5)->close(1001, "going away");
        QTRY_VERIFY(server.peer(6) != nullptr); // else it would have waited for minutes
    }

    void keepsTryingAServerThatIsNotThere()
    {
        Feed server;
        Recorder desk;
        FeedOptions o = options(server);
        server.listener.stop();
        CloudEventsFeed feed(desk.intake(), clock, random, std::move(o));
        feed.start();
        QTRY_VERIFY(desk.failed().size() >= 3);
        QCOMPARE(desk.batches().size(), std::size_t{0});
        feed.stop();
    }

    void stopEndsItForGood()
    {
        Feed server;
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_COMPARE(desk.states().size(), std::size_t{2});
        feed.stop();
        QTRY_COMPARE(server.listener.connectionCount(), std::size_t{0});
        QTRY_COMPARE(desk.states().back(), std::string("offline"));
        QCOMPARE(server.peer(1), nullptr);
    }

    void anEventDeliveredTwiceIsRecordedOnce_data()
    {
        QTest::addColumn<QByteArray>("event");
        const auto row = [](const char *name, const char *type, const char *rest) {
            QTest::newRow(name) << QByteArray::fromStdString(json(std::string("{'specversion':'1.0','id':'c1','source':'ci','type':'") + type + "'," + rest + "}"));
        };
        row("alert", "io.quarterdeck.alert.firing", "'data':{'labels':{'alertname':'B'}}");
        row("resolved", "io.quarterdeck.alert.resolved", "'data':{'labels':{'alertname':'B'}}");
        row("change", "io.quarterdeck.change", "'data':{'title':'v2'}");
        row("heartbeat", "io.quarterdeck.heartbeat", "'subject':'nightly'");
    }
    void anEventDeliveredTwiceIsRecordedOnce()
    {
        QFETCH(QByteArray, event);
        Feed server;
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_VERIFY(server.peer(0) != nullptr);
        server.peer(0)->sendText(event.toStdString());
        server.peer(0)->sendText(event.toStdString());
        server.peer(0)->sendText(kEvent);
        QTRY_COMPARE(desk.batches().empty() ? std::string_view() : desk.batches().back().label(0, "alertname"), std::string_view("A"));
        QCOMPARE(desk.stored(), std::size_t{2});
        // The same after a reconnect: a feed that tells its last events again tells nothing new.
        server.peer(0)->close(1001, "going away");
        QTRY_VERIFY(server.peer(1) != nullptr);
        server.peer(1)->sendText(event.toStdString());
        server.peer(1)->sendText(json("{'specversion':'1.0','id':'10','source':'s','type':'io.quarterdeck.alert.firing','subject':'last'}"));
        QTRY_COMPARE(desk.batches().back().label(0, "alertname"), std::string_view("last"));
        QCOMPARE(desk.stored(), std::size_t{3});
    }

    void anEventThatFailedMayComeAgain()
    {
        Feed server;
        Recorder desk;
        CloudEventsFeed feed(desk.intake(), clock, random, options(server));
        feed.start();
        QTRY_VERIFY(server.peer(0) != nullptr);
        desk.answerWith(fail(Code::Unavailable, "the queue is full"));
        server.peer(0)->sendText(kEvent);
        QTRY_COMPARE(desk.failed().size(), std::size_t{1});
        desk.answerWith({});
        server.peer(0)->sendText(kEvent);
        QTRY_COMPARE(desk.batches().size(), std::size_t{1});
        QCOMPARE(desk.failed().size(), std::size_t{1});
    }
};

QD_TEST(TestCloudEventsFeed)
#include "tst_cloudeventsfeed.moc"
