// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publish/publisher.h"

#include "tests/support/clock.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sys/stat.h>

using namespace qd;
using namespace qd::publish;
using namespace qd::tests;
namespace fs = std::filesystem;

namespace {

StatusPage aPublishedPage()
{
    StatusPage p;
    p.id = "shop";
    p.languages = {"en"};
    p.title = {{"en", "Shop"}};
    p.zone = "UTC";
    p.publish = {"web"};
    p.components = {{"checkout", {{"en", "Checkout"}}, {}, {}, {}}};
    return p;
}

PageContent aContent(std::uint64_t version, ComponentState state)
{
    state::StatusPageState s;
    s.id = "shop";
    state::PageComponentState c;
    c.id = "checkout";
    c.turns = {{kMorning, state}};
    s.components = {c};
    s.changed = version;
    return {aPublishedPage(), std::make_shared<const state::StatusPageState>(std::move(s)), version};
}

/// A publisher into a folder, and what it says.
struct Publishing {
    QTemporaryDir dir;
    FakeClock clock;
    SystemRandom random;
    std::mutex mutex;
    std::vector<std::pair<std::uint64_t, Delivery>> words; ///< guarded by mutex
    std::string state, problem;                            ///< guarded by mutex
    int troubles = 0;                                      ///< guarded by mutex: how often it was in trouble
    std::unique_ptr<Publisher> publisher;

    explicit Publishing(const std::string &folder = {}, std::function<std::unique_ptr<Target>(const Connection &, std::shared_ptr<const Secret>)> target = {})
    {
        publisher = std::make_unique<Publisher>(Publisher::Way{{},
                                                               [this](std::uint64_t number, Delivery delivery, std::string) {
                                                                   const std::lock_guard lock(mutex);
                                                                   words.emplace_back(number, delivery);
                                                               },
                                                               [this](std::string, std::string s, std::string p) {
                                                                   const std::lock_guard lock(mutex);
                                                                   state = std::move(s);
                                                                   problem = std::move(p);
                                                                   if (state == "trouble")
                                                                       ++troubles;
                                                               },
                                                               std::move(target)},
                                                clock, random);
        Connection c;
        c.name = "web";
        c.kind = "directory";
        c.path = folder.empty() ? dir.path().toStdString() : folder;
        c.interval = seconds(30);
        publisher->start(c, {});
        publisher->arm("web", true);
    }
    std::string said()
    {
        const std::lock_guard lock(mutex);
        return state;
    }
    std::string saidOfTrouble()
    {
        const std::lock_guard lock(mutex);
        return problem;
    }
    int troublesSaid()
    {
        const std::lock_guard lock(mutex);
        return troubles;
    }
    bool isSaid(std::uint64_t number, Delivery delivery)
    {
        const std::lock_guard lock(mutex);
        return std::find(words.begin(), words.end(), std::pair(number, delivery)) != words.end();
    }
    std::string file(const std::string &path) const
    {
        std::ifstream in(fs::path(dir.path().toStdString()) / "shop" / path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
};

/// A place that takes what it is given once it is let, and says how many are at it.
struct Gated final : Target {
    struct Gate {
        std::mutex mutex;
        std::condition_variable opened;
        bool isOpen = false;
        int within = 0, most = 0, puts = 0;
    };
    std::shared_ptr<Gate> gate;
    explicit Gated(std::shared_ptr<Gate> g) : gate(std::move(g)) {}
    Result<> put(const std::string &, const std::vector<comms::PageFile> &) override
    {
        std::unique_lock lock(gate->mutex);
        gate->most = std::max(gate->most, ++gate->within);
        gate->opened.wait(lock, [this] { return gate->isOpen; });
        --gate->within;
        ++gate->puts;
        return {};
    }
    Result<std::string> read(const std::string &, const std::string &) override { return std::string(); }
    Result<> holds(const std::string &, const std::map<std::string, std::string> &) override { return {}; }
};

/// A place that does what the test says.
struct Told final : Target {
    struct Answers {
        std::atomic<bool> takes{true}, answers{true}, hasTakenBack{false};
        std::atomic<int> puts{0}, looks{0};
    };
    std::shared_ptr<Answers> is;
    explicit Told(std::shared_ptr<Answers> a) : is(std::move(a)) {}
    Result<> put(const std::string &, const std::vector<comms::PageFile> &) override
    {
        ++is->puts;
        return is->takes ? Result<>{} : fail(Code::Forbidden, "the key may not");
    }
    Result<std::string> read(const std::string &, const std::string &) override { return std::string(); }
    Result<> holds(const std::string &, const std::map<std::string, std::string> &) override
    {
        ++is->looks;
        return is->answers ? Result<>{} : fail(Code::Unavailable, "nobody answers");
    }
    bool hasWordsTakenBack(const std::string &) const override { return is->hasTakenBack; }
};

} // namespace

/// M3.1: pages are pushed, read back, and looked at again.
class TestPublisher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ::umask(077); } // as the core does

    void whatIsAskedForIsThereAndConfirmed()
    {
        Publishing p;
        p.publisher->setPages({aContent(1, ComponentState::MajorOutage)});
        VERIFY_RESULT(p.publisher->write(7, "web", "shop"));
        QTRY_VERIFY(p.isSaid(7, Delivery::Confirmed));
        QVERIFY(p.file("index.html").find("Major outage") != std::string::npos);
        QVERIFY(p.file("api/v2/summary.json").find("\"major_outage\"") != std::string::npos);
        QTRY_COMPARE(p.said(), std::string("live"));
        for (const auto &entry : fs::recursive_directory_iterator(p.dir.path().toStdString()))
            QVERIFY2(entry.path().extension() != ".new", entry.path().c_str());
        QVERIFY((fs::status(fs::path(p.dir.path().toStdString()) / "shop/index.html").permissions() & fs::perms::others_read) != fs::perms::none);
        for (const char *folder : {"shop", "shop/api", "shop/api/v2"}) // also under the core's umask
            QVERIFY2((fs::status(fs::path(p.dir.path().toStdString()) / folder).permissions() & fs::perms::others_exec) != fs::perms::none, folder);
    }

    void aPlaceThatHangsHoldsUpNoOtherAndIsUsedByOneAtATime()
    {
        FakeClock clock;
        SystemRandom random;
        auto hanging = std::make_shared<Gated::Gate>(), open = std::make_shared<Gated::Gate>();
        open->isOpen = true;
        std::mutex mutex;
        std::vector<std::uint64_t> confirmed;
        {
            Publisher publisher({{},
                                 [&](std::uint64_t number, Delivery d, const std::string &) {
                                     const std::lock_guard lock(mutex);
                                     if (d == Delivery::Confirmed)
                                         confirmed.push_back(number);
                                 },
                                 [](const std::string &, const std::string &, const std::string &) {},
                                 [&](const Connection &c, const std::shared_ptr<const Secret> &) -> std::unique_ptr<Target> { return std::make_unique<Gated>(c.name == "a" ? hanging : open); }},
                                clock, random);
            const auto isConfirmed = [&](std::uint64_t number) {
                const std::lock_guard lock(mutex);
                return std::find(confirmed.begin(), confirmed.end(), number) != confirmed.end();
            };
            PageContent shop = aContent(1, ComponentState::Degraded), news = shop;
            news.page.id = "news";
            shop.page.publish = news.page.publish = {"a", "b"};
            publisher.setPages({shop, news});
            for (const char *name : {"a", "b"}) {
                Connection c;
                c.name = name;
                c.kind = "directory";
                c.interval = hours(1);
                publisher.start(c, {});
                publisher.arm(name, true);
            }
            VERIFY_RESULT(publisher.write(1, "a", "shop"));
            VERIFY_RESULT(publisher.write(2, "a", "news"));
            VERIFY_RESULT(publisher.write(3, "b", "shop"));
            VERIFY_RESULT(publisher.write(4, "b", "news"));
            QTRY_VERIFY(isConfirmed(3) && isConfirmed(4));
            QVERIFY(!isConfirmed(1) && !isConfirmed(2));
            {
                const std::lock_guard lock(hanging->mutex);
                hanging->isOpen = true;
            }
            hanging->opened.notify_all();
            QTRY_VERIFY(isConfirmed(1) && isConfirmed(2));
        }
        QCOMPARE(hanging->most, 1);
        QCOMPARE(open->most, 1);
        QCOMPARE(hanging->puts, 2);
    }

    void severalEntriesArePushedAsThePageIsNow()
    {
        Publishing p;
        p.publisher->arm("web", false);
        p.publisher->arm("web", true);
        p.publisher->setPages({aContent(2, ComponentState::Degraded)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        VERIFY_RESULT(p.publisher->write(2, "web", "shop"));
        QTRY_VERIFY(p.isSaid(1, Delivery::Confirmed) && p.isSaid(2, Delivery::Confirmed));
        QVERIFY(p.file("index.html").find("Degraded performance") != std::string::npos);
    }

    void aFolderThatIsNotThereIsNeverMadeAndSaidAfterSomeTries()
    {
        const QTemporaryDir dir;
        const std::string gone = dir.path().toStdString() + "/not-mounted";
        Publishing p(gone);
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_VERIFY(p.isSaid(1, Delivery::Queued));
        const auto comesTo = [&](const std::string &state) {
            p.clock.advance(minutes(1));
            return p.said() == state;
        };
        QTRY_VERIFY(comesTo("trouble"));
        QVERIFY(!fs::exists(gone));
        fs::create_directory(gone);
        QTRY_VERIFY(comesTo("live"));
        QTRY_VERIFY(p.isSaid(1, Delivery::Confirmed));
    }

    void whatSomebodyChangedIsPutBack()
    {
        Publishing p;
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_COMPARE(p.said(), std::string("live"));
        {
            std::ofstream out(fs::path(p.dir.path().toStdString()) / "shop/index.html", std::ios::trunc);
            out << "defaced";
        }
        p.clock.advance(seconds(31));
        QTRY_VERIFY(p.file("index.html").find("All systems work") != std::string::npos);
        QTRY_COMPARE(p.said(), std::string("live"));
    }

    /// Two consoles with one target, or somebody with its keys: each puts back what the other wrote, and the public reads now this, now that.
    void whoWritesThereAgainAndAgainIsSaidUntilTheyStop()
    {
        Publishing p;
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_COMPARE(p.said(), std::string("live"));
        for (int n = 1; n <= kPutBacksBeforeTrouble; ++n) {
            {
                std::ofstream out(fs::path(p.dir.path().toStdString()) / "shop/index.html", std::ios::trunc);
                out << "of another console";
            }
            p.clock.advance(seconds(31));
            QTRY_VERIFY_WITH_TIMEOUT(p.file("index.html").find("All systems work") != std::string::npos, 10'000);
            QTRY_COMPARE_WITH_TIMEOUT(p.said(), std::string(n < kPutBacksBeforeTrouble ? "live" : "trouble"), 10'000);
        }
        QTRY_VERIFY_WITH_TIMEOUT(p.saidOfTrouble().find("put back 3 times or more in the last 15m") != std::string::npos, 10'000);
        QVERIFY(p.saidOfTrouble().find("a second console") != std::string::npos);
        p.clock.advance(kRefresh);
        QTRY_COMPARE_WITH_TIMEOUT(p.said(), std::string("live"), 10'000);
    }

    void aPlaceThatDoesNotAnswerOnceIsNoTrouble()
    {
        const auto is = std::make_shared<Told::Answers>();
        Publishing p({}, [is](const Connection &, const std::shared_ptr<const Secret> &) { return std::make_unique<Told>(is); });
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_COMPARE(p.said(), std::string("live"));
        const int looks = is->looks;
        is->answers = false;
        p.clock.advance(seconds(31));
        QTRY_COMPARE_WITH_TIMEOUT(is->looks.load(), looks + 1, 10'000);
        is->answers = true;
        p.clock.advance(seconds(2)); // soon, not only after the interval
        QTRY_COMPARE_WITH_TIMEOUT(is->looks.load(), looks + 2, 10'000);
        QCOMPARE(p.troublesSaid(), 0);
        QCOMPARE(is->puts.load(), 1); // and nothing was put back that nobody had changed
        is->answers = false;
        for (int n = 0; n < 200 && p.said() != "trouble"; ++n) {
            p.clock.advance(seconds(31));
            QTest::qWait(20);
        }
        QCOMPARE(p.said(), std::string("trouble"));
        QVERIFY(is->looks - looks >= 2 + kTriesBeforeTrouble);
        is->answers = true;
        p.clock.advance(minutes(1));
        QTRY_COMPARE_WITH_TIMEOUT(p.said(), std::string("live"), 10'000);
    }

    /// Words that were taken back are to be read by nobody: that is not said by the third try, but by the first.
    void wordsThatAreStillThereAreSaidAtOnce()
    {
        const auto is = std::make_shared<Told::Answers>();
        Publishing p({}, [is](const Connection &, const std::shared_ptr<const Secret> &) { return std::make_unique<Told>(is); });
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        is->takes = false;
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_VERIFY(p.isSaid(1, Delivery::Queued));
        QCOMPARE(p.troublesSaid(), 0); // anything else waits for the third
        is->hasTakenBack = true;
        p.clock.advance(seconds(2));
        QTRY_COMPARE_WITH_TIMEOUT(p.said(), std::string("trouble"), 10'000);
        QCOMPARE(is->puts.load(), 2);
        QCOMPARE(p.saidOfTrouble(), std::string("shop: the key may not"));
        is->takes = true;
        is->hasTakenBack = false;
        p.clock.advance(minutes(1));
        QTRY_COMPARE_WITH_TIMEOUT(p.said(), std::string("live"), 10'000);
    }

    /// It was taken off the page's list while it could not be reached: what waited does not go there once it can.
    void whatIsNotPublishedThereAnyMoreIsNotPushedThere()
    {
        const QTemporaryDir dir;
        const std::string folder = dir.path().toStdString() + "/later";
        Publishing p(folder);
        PageContent content = aContent(1, ComponentState::Operational);
        p.publisher->setPages({content});
        VERIFY_RESULT(p.publisher->write(5, "web", "shop"));
        QTRY_VERIFY(p.isSaid(5, Delivery::Queued));
        content.page.publish.clear();
        p.publisher->setPages({content});
        fs::create_directory(folder);
        p.clock.advance(minutes(1));
        QTRY_VERIFY_WITH_TIMEOUT(p.isSaid(5, Delivery::Failed), 10'000);
        QVERIFY(fs::is_empty(folder));
    }

    void itsAgeSaysThatSomebodyIsThere()
    {
        Publishing p;
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_COMPARE(p.said(), std::string("live"));
        const std::string before = p.file("index.html");
        p.clock.advance(kRefresh);
        QTRY_VERIFY(p.file("index.html") != before);
        QVERIFY(p.file("index.html").find("2026-11-23 14:15 UTC") != std::string::npos);
    }

    void disarmedNothingLeaves()
    {
        Publishing p;
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(1, "web", "shop"));
        QTRY_COMPARE(p.said(), std::string("live"));
        p.publisher->arm("web", false);
        const std::string before = p.file("index.html");
        p.clock.advance(kRefresh * 2);
        QTest::qWait(1200); // longer than its thread sleeps
        QCOMPARE(p.file("index.html"), before);
        QVERIFY(!p.publisher->write(2, "mail", "shop"));
        QVERIFY(!p.publisher->write(3, "web", "news"));
    }

    void whatWaitsWhenItIsDisarmedHasFailed()
    {
        const QTemporaryDir dir;
        Publishing p(dir.path().toStdString() + "/gone");
        p.publisher->setPages({aContent(1, ComponentState::Operational)});
        VERIFY_RESULT(p.publisher->write(5, "web", "shop"));
        QTRY_VERIFY(p.isSaid(5, Delivery::Queued));
        p.publisher->arm("web", false);
        QVERIFY(p.isSaid(5, Delivery::Failed));
    }

    void aBucketIsAskedWithASignedRequest()
    {
        // The shape of what goes out; that a server takes the signature is for the end-to-end test.
        std::mutex mutex;
        std::vector<net::HttpRequest> sent;
        std::map<std::string, std::string> stored;
        Connection c;
        c.name = "bucket";
        c.kind = "s3";
        c.url = "https://s3.example.org/status/";
        c.user = "AKIDEXAMPLE";
        c.region = "eu-central-1";
        const auto target = bucketTarget(c, std::make_shared<const Secret>(Secret(std::string_view("secret"))), [&](net::HttpRequest r, net::HttpClient::Callback done) {
            const std::lock_guard lock(mutex);
            net::HttpResponse answer;
            answer.status = r.method == net::Method::Put || stored.contains(r.url) ? 200 : 404;
            if (r.method == net::Method::Put)
                stored[r.url] = r.body;
            else
                answer.body = stored[r.url];
            sent.push_back(std::move(r));
            done(std::move(answer));
        });
        const auto files = comms::pageFiles(aPublishedPage(), nullptr, kMorning);
        VERIFY_RESULT(target->put("shop", files));
        QCOMPARE(sent.back().url, std::string("https://s3.example.org/status/shop/index.html"));
        QCOMPARE(sent.back().awsSigV4, std::string("aws:amz:eu-central-1:s3"));
        QCOMPARE(sent.back().headers.front().second, sha256Hex(files.back().body));
        QCOMPARE(*target->read("shop", "index.html"), files.back().body);
        QVERIFY(target->read("shop", "nothing.html").error().code == Code::NotFound);
    }
};

QD_TEST(TestPublisher)
#include "tst_publisher.moc"
