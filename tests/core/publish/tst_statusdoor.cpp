// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/statusdoor.h"

#include "core/publish/pagesturn.h"

#include "tests/core/net/rawclient.h"
#include "tests/core/net/served.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::publish;

namespace {

PageContent aLivePage(std::uint64_t version, bool live = true)
{
    StatusPage p;
    p.id = "shop";
    p.languages = {"en", "de"};
    p.title = {{"en", "Shop"}};
    p.components = {{"checkout", {{"en", "Checkout"}}, {}, {}, {}}};
    p.live = live;
    state::StatusPageState s;
    s.changed = version;
    return {p, std::make_shared<const state::StatusPageState>(s), version};
}

struct DoorScene {
    Served served;
    StatusDoor door{*served.listener, served.clock};

    explicit DoorScene(net::ListenOptions options = {}) : served(std::move(options))
    {
        door.setPages({aLivePage(5)});
        const auto started = served.listener->start();
        Q_ASSERT(started);
    }
    RawClient::Answer get(const std::string &path, const std::string &more = {})
    {
        RawClient client(served.listener->port());
        client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n");
        return client.answer();
    }
};

} // namespace

/// M3.1: the internal live page.
class TestStatusDoor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePageAndItsFilesAreThere()
    {
        DoorScene s;
        const auto page = s.get("/status/shop");
        QCOMPARE(page.status, 200);
        QVERIFY(page.body.find("data-live=\"/status/shop/events?seen=5\"") != std::string::npos);
        QVERIFY(page.body.find("href=\"/status/shop/atom.xml\"") != std::string::npos);
        QVERIFY(QString::fromStdString(page.head).contains(QLatin1String("frame-ancestors 'none'")));
        for (const char *file : {"/status/shop/atom.xml", "/status/shop/index.de.html", "/status/shop/api/v2/summary.json", "/status/shop/maintenance.ics"})
            QCOMPARE(s.get(file).status, 200);
        for (const char *none : {"/status/news", "/status/shop/..%2f..%2fetc", "/status/shop/api/v2/none.json", "/status/news/events"})
            QCOMPARE(s.get(none).status, 404);
    }

    void onlyWhatTheWorkspaceServesIsThere()
    {
        DoorScene s;
        s.door.setPages({aLivePage(6, false)});
        QCOMPARE(s.get("/status/shop").status, 404);
    }

    void whoSawAnOlderPageHearsAtOnce()
    {
        DoorScene s;
        const auto old = s.get("/status/shop/events?seen=4");
        QCOMPARE(old.status, 200);
        QVERIFY(old.body.find("event: changed\ndata: 5\n\n") != std::string::npos);
        QVERIFY(s.get("/status/shop/events?seen=5", "Last-Event-ID: 3\r\n").body.find("id: 5\n") != std::string::npos); // the browser's own word counts
    }

    /// Keys that were destroyed change pages on which nothing was said: StatusPageState::changed knows nothing of it.
    void whatDestroysKeysMakesEveryPageAnew_data()
    {
        QTest::addColumn<int>("what");
        QTest::addColumn<int>("turn");
        QTest::newRow("a struck text") << 0 << static_cast<int>(PagesTurn::Every);
        QTest::newRow("an erased stream") << 1 << static_cast<int>(PagesTurn::Every);
        QTest::newRow("a post") << 2 << static_cast<int>(PagesTurn::Some);
        QTest::newRow("anything else") << 3 << static_cast<int>(PagesTurn::None);
    }
    void whatDestroysKeysMakesEveryPageAnew()
    {
        QFETCH(int, what);
        QFETCH(int, turn);
        const events::Events record = what == 0 ? events::Events{events::ClockWoke{}, events::TextStruck{}}
            : what == 1                        ? events::Events{events::StreamsErased{}}
            : what == 2                        ? events::Events{events::PagePosted{}}
                                               : events::Events{events::ClockWoke{}};
        QCOMPARE(static_cast<int>(pagesTurn(record)), turn);
    }

    void whatIsGoneIsServedNoMoreOnceThePagesAreAnew()
    {
        DoorScene s;
        PageContent said = aLivePage(5);
        state::StatusPageState known = *said.known;
        known.notices.resize(1);
        known.notices[0].number = 1;
        known.notices[0].title = {{"en", "Payments"}};
        known.notices[0].updates.resize(1);
        known.notices[0].updates[0].at = s.served.clock.now();
        known.notices[0].updates[0].text = {{"en", "canary"}};
        said.known = std::make_shared<const state::StatusPageState>(known);
        said.version = 6;
        s.door.setPages({said});
        QVERIFY(s.get("/status/shop").body.find("canary") != std::string::npos);
        known.notices[0].updates[0].text.clear();
        said.known = std::make_shared<const state::StatusPageState>(known); // changed is as it was; the version is that of the record that destroyed
        said.version = 9;
        s.door.setPages({said});
        QVERIFY(s.get("/status/shop").body.find("canary") == std::string::npos);
    }

    void whoIsUpToDateHearsWhenItChanges()
    {
        DoorScene s;
        RawClient client(s.served.listener->port());
        client.send("GET /status/shop/events?seen=5 HTTP/1.1\r\nHost: x\r\n\r\n");
        s.door.setPages({aLivePage(9)});
        const auto answer = client.answer();
        QVERIFY(answer.body.find("data: 9\n\n") != std::string::npos);
    }

    /// The page, its files and its events have a share of the connections; alerts have the others.
    void readersOfThePageTakeNoPlaceOfAlerts()
    {
        net::ListenOptions options;
        options.limits.connections = 4;
        DoorScene s(std::move(options));
        std::vector<std::unique_ptr<RawClient>> readers;
        for (int n = 0; n < 2; ++n) {
            readers.push_back(std::make_unique<RawClient>(s.served.listener->port()));
            readers.back()->send("GET /status/shop/events?seen=5 HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        QTRY_COMPARE(s.door.waiting(), std::size_t(2));
        for (const char *path : {"/status/shop", "/status/shop/atom.xml", "/status/shop/api/v2/summary.json", "/status/shop/events?seen=4"}) {
            const auto refused = s.get(path);
            QCOMPARE(refused.status, 503);
            QVERIFY(refused.head.find("Retry-After: 5") != std::string::npos);
            QTRY_COMPARE(s.served.listener->connectionCount(), std::size_t(2));
        }
        s.door.setPages({aLivePage(9)});
        for (auto &reader : readers)
            QVERIFY(reader->answer().body.find("data: 9\n\n") != std::string::npos);
    }

    /// Whoever takes all places keeps nobody out: the oldest asks again, and goes on from what it saw.
    void whoComesWhenAllPlacesAreTakenWaitsToo()
    {
        DoorScene s;
        const auto waiting = [&] {
            auto c = std::make_unique<RawClient>(s.served.listener->port());
            c->send("GET /status/shop/events?seen=5 HTTP/1.1\r\nHost: x\r\n\r\n");
            return c;
        };
        auto first = waiting();
        QTRY_COMPARE(s.door.waiting(), std::size_t(1));
        std::vector<std::unique_ptr<RawClient>> all;
        while (all.size() < kHeldReaders - 1)
            all.push_back(waiting());
        QTRY_COMPARE(s.door.waiting(), kHeldReaders);
        auto late = waiting();
        QVERIFY(first->answer().body.find("retry: 200\n: nothing new") != std::string::npos);
        QCOMPARE(s.door.waiting(), kHeldReaders);
        s.door.setPages({aLivePage(9)});
        QVERIFY(late->answer().body.find("data: 9\n\n") != std::string::npos);
    }
};

QD_TEST(TestStatusDoor)
#include "tst_statusdoor.moc"
