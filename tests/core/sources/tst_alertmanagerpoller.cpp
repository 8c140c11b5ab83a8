// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/alertmanagerpoller.h"
#include "core/sources/prometheuspoller.h"

#include "edgefixture.h"
#include "fixture.h"
#include "tests/support/suite.h"

#include <atomic>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;

namespace {

/// The peer's own clock; its listener writes the Date header by it.
struct PeerClock final : Clock {
    std::atomic<std::int64_t> at{parseInstant("2026-11-23T08:45:00Z").value().ns}; // minutes after its start
    SystemClock system;
    [[nodiscard]] Instant now() const override { return {at}; }
    [[nodiscard]] Span boot() const override { return system.boot(); }
};

/// GET /api/v1/status/runtimeinfo of a Prometheus.
std::string runtimeOf(const std::string &start)
{
    return json("{'status':'success','data':{'startTime':'") + start + json("','CWD':'/','reloadConfigSuccess':true,'goroutineCount':40,'storageRetention':'15d'}}");
}

/// Stands for an Alertmanager: answers from strings, records every request that is not a GET.
struct Peer {
    Peer()
    {
        const auto serve = [this](const char *path, std::string Peer::*body) {
            listener.route(net::Method::Get, path, [this, body](const net::Request &, const net::Responder &r) {
                const std::lock_guard lock(mutex);
                ++gets;
                net::Response response;
                response.status = status;
                response.body = this->*body;
                r.respond(std::move(response));
            });
        };
        serve("/api/v2/status", &Peer::statusBody);
        serve("/api/v2/alerts", &Peer::alerts);
        serve("/api/v2/silences", &Peer::silences);
        serve("/api/v1/alerts", &Peer::promAlerts);
        serve("/api/v1/rules", &Peer::promRules);
        serve("/api/v1/status/runtimeinfo", &Peer::promRuntime);
        const auto write = [this](const net::Request &q, const net::Responder &r) {
            const std::lock_guard lock(mutex);
            writes.push_back(std::string(net::methodName(q.method)) + " " + q.path + " " + q.body);
            net::Response response;
            response.status = writeStatus;
            response.body = writeBody;
            r.respond(std::move(response));
        };
        listener.route(net::Method::Post, "/api/v2/silences", write);
        listener.route(net::Method::Post, "/api/v2/alerts", write);
        listener.route(net::Method::Delete, "/api/v2/silence/{id}", write);
        if (!listener.start())
            qFatal("no port for the peer");
    }
    ~Peer() { listener.stop(); } // before the answers go
    void set(std::string Peer::*what, std::string value)
    {
        const std::lock_guard lock(mutex);
        this->*what = std::move(value);
    }
    void set(int Peer::*what, int value)
    {
        const std::lock_guard lock(mutex);
        this->*what = value;
    }
    std::vector<std::string> written()
    {
        const std::lock_guard lock(mutex);
        return writes;
    }
    int asked()
    {
        const std::lock_guard lock(mutex);
        return gets;
    }

    PeerClock clock;
    net::IoThread io;
    net::Listener listener{io, clock};
    std::mutex mutex;
    int status = 200, writeStatus = 200, gets = 0;
    std::string statusBody = data("alertmanager/am_v2_status.json");
    std::string alerts = data("alertmanager/am_v2_alerts.json");
    std::string silences = data("alertmanager/am_v2_silences.json");
    std::string promAlerts = data("prometheus/prom_v1_alerts.json");
    std::string promRules = data("prometheus/prom_v1_rules.json");
    std::string promRuntime = runtimeOf("2026-11-23T08:38:15Z");
    std::string writeBody = json("{'silenceID':'new-id'}");
    std::vector<std::string> writes;
};

const std::string kSilence = json("{'matchers':[{'name':'alertname','value':'A','isRegex':false,'isEqual':true}],'startsAt':'2026-11-23T08:40:00Z',"
                                  "'endsAt':'2026-11-23T09:10:00Z','createdBy':'ana','comment':'known'}");
const std::string kListed = json("[{'id':'found-id','status':{'state':'active'},'updatedAt':'2026-11-23T08:39:33.174Z','comment':'known','createdBy':'ana',"
                                 "'endsAt':'2026-11-23T09:10:00.000Z','matchers':[{'isEqual':true,'isRegex':false,'name':'alertname','value':'A'}],"
                                 "'startsAt':'2026-11-23T08:40:01.174Z'}]");

} // namespace

class TestAlertmanagerPoller : public QObject {
    Q_OBJECT

    SystemClock clock;
    net::HttpClient http;
    std::unique_ptr<Peer> peer;
    std::unique_ptr<Recorder> desk;
    std::unique_ptr<AlertmanagerPoller> poller;

    [[nodiscard]] PollOptions options(Span interval = hours(1)) const
    {
        PollOptions o;
        o.connection = "am";
        o.url = peer->listener.url() + "/";
        o.interval = interval;
        return o;
    }
    void open(Span interval = hours(1))
    {
        poller.reset();
        peer = std::make_unique<Peer>();
        desk = std::make_unique<Recorder>();
        poller = std::make_unique<AlertmanagerPoller>(http, desk->intake(), clock, options(interval));
    }
    /// Polls once more and waits until the whole round is over (three answers).
    void round()
    {
        const int before = peer->asked();
        // While the last answer to the round before is on its way, a poll does nothing.
        QTRY_VERIFY(peer->asked() > before || (poller->poll(), false));
        QTRY_VERIFY(peer->asked() >= before + 3);
    }

private Q_SLOTS:
    void init() { open(); }
    void cleanup()
    {
        poller.reset();
        peer.reset();
    }

    void handsInACompleteSnapshot()
    {
        poller->start();
        QTRY_COMPARE(desk->silences().size(), std::size_t{1});
        QCOMPARE(desk->batches().size(), std::size_t{1});
        const ReportBatch b = desk->batches()[0];
        QVERIFY(b.snapshot);
        QCOMPARE(b.size(), std::size_t{2});
        QCOMPARE(b.connection, std::string("am"));
        QCOMPARE(desk->silences()[0][0].comment, std::string("investigating"));
    }

    void anUnchangedListingIsASignOfLifeOnly()
    {
        poller->start();
        QTRY_COMPARE(desk->silences().size(), std::size_t{1});
        round();
        QTRY_COMPARE(desk->seen().size(), std::size_t{1});
        QCOMPARE(desk->batches().size(), std::size_t{1});
        QCOMPARE(desk->silences().size(), std::size_t{1});
    }

    void whatWasNotCommittedIsHandedInAgain()
    {
        desk->answerWith(fail(Code::Unavailable, "full"));
        poller->start();
        QTRY_COMPARE(desk->silences().size(), std::size_t{1});
        desk->answerWith({});
        round();
        QTRY_COMPARE(desk->batches().size(), std::size_t{1});
        QCOMPARE(desk->seen().size(), std::size_t{0});
    }

    void aFailureResolvesNothing_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("alerts");
        QTest::newRow("500") << 500 << QByteArray("[]");
        QTest::newRow("404") << 404 << QByteArray("not here");
        QTest::newRow("cut") << 200 << QByteArray("[{\"labels\":{\"a\":\"b\"}}");
        QTest::newRow("a page of a proxy") << 200 << QByteArray("<html>login</html>");
        QTest::newRow("empty") << 200 << QByteArray("");
        QTest::newRow("an object") << 200 << QByteArray("{}");
    }
    void aFailureResolvesNothing()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, alerts);
        poller->start();
        QTRY_COMPARE(desk->silences().size(), std::size_t{1});
        peer->set(&Peer::status, status);
        peer->set(&Peer::alerts, alerts.toStdString());
        poller->poll();
        QTRY_COMPARE(desk->failed().size(), std::size_t{1});
        QCOMPARE(desk->batches().size(), std::size_t{1});
        poller->poll();
        peer->set(&Peer::alerts, "[]"); // before the status: a poll in between is the same failure
        peer->set(&Peer::status, 200);
        // One in between may still have been refused its status: what it lists is then not known to be all.
        QTRY_VERIFY((poller->poll(), desk->batches().size() >= 2 && desk->batches().back().snapshot));
        QCOMPARE(desk->failed().size(), std::size_t{1}); // the same reason is not told again at once
    }

    void aStoppedSourceResolvesNothing()
    {
        poller->start();
        QTRY_COMPARE(desk->silences().size(), std::size_t{1});
        peer->listener.stop();
        poller->poll();
        QTRY_COMPARE(desk->failed().size(), std::size_t{1});
        QCOMPARE(desk->batches().size(), std::size_t{1});
    }

    /// Alertmanager keeps no alerts over a restart: its first lists lack what Prometheus has not sent again.
    void aRestartedSourceResolvesNothingItHasNotListed()
    {
        poller->start();
        QTRY_COMPARE(desk->silences().size(), std::size_t{1});
        std::string started = data("alertmanager/am_v2_status.json");
        started.replace(started.find("2026-11-23T08:38:19.540Z"), 24, "2026-11-23T08:44:50.000Z");
        peer->set(&Peer::statusBody, started);
        peer->set(&Peer::alerts, "[]");
        round();
        QTRY_COMPARE(desk->batches().size(), std::size_t{2});
        QCOMPARE(desk->batches()[1].size(), std::size_t{0});
        QVERIFY(!desk->batches()[1].snapshot);
        // It learns both alerts, then one is over: that one was listed by this very process, so it is resolved.
        peer->set(&Peer::alerts, data("alertmanager/am_v2_alerts.json"));
        round();
        QTRY_COMPARE(desk->batches().size(), std::size_t{3});
        QVERIFY(!desk->batches()[2].snapshot);
        const std::string both = data("alertmanager/am_v2_alerts.json");
        peer->set(&Peer::alerts, both.substr(0, both.find("},{") + 1) + "]");
        round();
        QTRY_COMPARE(desk->batches().size(), std::size_t{5});
        const ReportBatch gone = desk->batches()[3];
        QCOMPARE(gone.size(), std::size_t{1});
        QVERIFY(gone.isSound());
        QCOMPARE(gone.fingerprint[0], desk->batches()[0].fingerprint[1]);
        QCOMPARE(gone.status[0], std::uint8_t(AlertStatus::Resolved));
        QCOMPARE(gone.label(0, "alertname"), std::string_view("InstanceDown"));
        // Once it has run long enough by its own clock, the same list is complete.
        peer->clock.at = parseInstant("2026-11-23T08:50:00Z").value().ns;
        round();
        QTRY_COMPARE(desk->batches().size(), std::size_t{6});
        QVERIFY(desk->batches()[5].snapshot);
    }

    void aSettlingClusterIsNotComplete()
    {
        std::string settling = data("alertmanager/am_v2_status.json");
        settling.replace(settling.find("\"disabled\""), 10, "\"settling\"");
        peer->set(&Peer::statusBody, settling);
        poller->start();
        QTRY_COMPARE(desk->batches().size(), std::size_t{1});
        QVERIFY(!desk->batches()[0].snapshot);
    }

    void pollsByItsInterval()
    {
        open(millis(30));
        poller->start();
        QTRY_VERIFY(desk->seen().size() >= 3);
        QCOMPARE(desk->batches().size(), std::size_t{1});
    }

    void unarmedItWritesNothing()
    {
        poller->start();
        poller->createSilence(1, kSilence);
        poller->expireSilence(2, "abc");
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        QTRY_COMPARE(desk->silences().size(), std::size_t{1}); // its first round is over
        for (int i = 0; i < 3; ++i)
            round();
        QCOMPARE(peer->written(), std::vector<std::string>{});
        for (const auto &m : desk->moves())
            QCOMPARE(m.delivery, Delivery::Failed);
    }

    void disarmedItWritesNoMore()
    {
        poller->arm(true);
        poller->createSilence(1, kSilence);
        QTRY_COMPARE(peer->written().size(), std::size_t{1});
        poller->arm(false);
        poller->createSilence(2, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{3});
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    void armedItWritesASilenceAndTellsItsId()
    {
        poller->arm(true);
        poller->createSilence(7, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        QCOMPARE(desk->moves()[0].delivery, Delivery::Sent);
        QCOMPARE(desk->moves()[1].delivery, Delivery::Confirmed);
        QCOMPARE(desk->moves()[1].number, std::uint64_t{7});
        QCOMPARE(desk->moves()[1].id, std::string("new-id"));
        QCOMPARE(peer->written(), (std::vector<std::string>{"POST /api/v2/silences " + kSilence}));
        poller->createSilence(7, kSilence); // the same entry again
        poller->expireSilence(8, "new-id");
        QTRY_COMPARE(desk->moves().size(), std::size_t{4});
        QCOMPARE(desk->moves()[3].delivery, Delivery::Confirmed);
        QCOMPARE(peer->written().size(), std::size_t{2});
        QCOMPARE(peer->written()[1], std::string("DELETE /api/v2/silence/new-id "));
    }

    void aRefusedSilenceFailsWithTheSourcesSentence()
    {
        peer->set(&Peer::writeStatus, 400);
        peer->set(&Peer::writeBody, "\"bad matcher\"");
        poller->arm(true);
        poller->createSilence(1, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        QCOMPARE(desk->moves()[1].delivery, Delivery::Unknown);
        poller->start();
        QTRY_COMPARE(desk->moves().size(), std::size_t{3});
        QCOMPARE(desk->moves()[2].delivery, Delivery::Failed);
        QCOMPARE(desk->moves()[2].reason, std::string("it answered 400: bad matcher"));
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    void aRefusalIsNotBelievedWhenTheSilenceIsThere()
    {
        peer->set(&Peer::writeStatus, 400);
        peer->set(&Peer::silences, kListed);
        poller->arm(true);
        poller->createSilence(1, kSilence);
        poller->start();
        QTRY_COMPARE(desk->moves().size(), std::size_t{3});
        QCOMPARE(desk->moves()[2].delivery, Delivery::Confirmed);
        QCOMPARE(desk->moves()[2].id, std::string("found-id"));
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    void inDoubtItLooksBeforeItSendsAgain()
    {
        peer->set(&Peer::writeStatus, 502);
        poller->arm(true);
        poller->createSilence(1, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        QCOMPARE(desk->moves()[1].delivery, Delivery::Unknown);
        peer->set(&Peer::writeStatus, 200);
        poller->start(); // the list lacks it: sent again
        QTRY_COMPARE(desk->moves().size(), std::size_t{4});
        QCOMPARE(desk->moves()[3].delivery, Delivery::Confirmed);
        QCOMPARE(peer->written().size(), std::size_t{2});
    }

    /// Its comment was classed while nobody knew whether it had arrived.
    void whatIsSentAgainSaysItsNewWordsAndIsFoundByItsOldOnes_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("it had not arrived") << false;
        QTest::newRow("it had") << true;
    }
    void whatIsSentAgainSaysItsNewWordsAndIsFoundByItsOldOnes()
    {
        QFETCH(bool, isThere);
        std::string anew = kSilence;
        anew.replace(anew.find("known"), 5, "[sealed: restricted, short]");
        peer->set(&Peer::writeStatus, 502);
        poller->arm(true);
        poller->createSilence(1, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        poller->silenceAnew(1, anew);
        poller->silenceAnew(2, anew); // of none that is here: nothing is written for it
        if (isThere) {
            peer->set(&Peer::silences, kListed);
            poller->start();
            QTRY_COMPARE(desk->moves().size(), std::size_t{3});
            QCOMPARE(desk->moves()[2].id, std::string("found-id"));
            QCOMPARE(peer->written().size(), std::size_t{1});
            return;
        }
        poller->start();
        QTRY_COMPARE(desk->moves().size(), std::size_t{4}); // in doubt once more
        QCOMPARE(peer->written(), (std::vector<std::string>{"POST /api/v2/silences " + kSilence, "POST /api/v2/silences " + anew}));
        peer->set(&Peer::silences, kListed); // it was the first that arrived
        poller->poll();
        QTRY_COMPARE(desk->moves().size(), std::size_t{5});
        QCOMPARE(desk->moves()[4].id, std::string("found-id"));
    }

    void whatLosesItsMatchersWithItsWordsIsNotSentAgain()
    {
        peer->set(&Peer::writeStatus, 502);
        poller->arm(true);
        poller->createSilence(1, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        poller->silenceAnew(1, "[struck]");
        poller->start();
        QTRY_COMPARE(desk->moves().size(), std::size_t{3});
        QCOMPARE(desk->moves()[2].delivery, Delivery::Failed);
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    /// Its text was struck: whether it had arrived is found out, and it is not sent again.
    void whatIsTakenBackIsLookedForAndNotSentAgain_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("it had not arrived") << false;
        QTest::newRow("it had") << true;
    }
    void whatIsTakenBackIsLookedForAndNotSentAgain()
    {
        QFETCH(bool, isThere);
        peer->set(&Peer::writeStatus, 502);
        poller->arm(true);
        poller->createSilence(1, kSilence);
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        poller->recallSilence(1, "its text was struck");
        if (isThere)
            peer->set(&Peer::silences, kListed);
        poller->start();
        QTRY_COMPARE(desk->moves().size(), std::size_t{3});
        QCOMPARE(desk->moves()[2].delivery, isThere ? Delivery::Confirmed : Delivery::Failed);
        QCOMPARE(desk->moves()[2].reason, isThere ? std::string() : std::string("its text was struck"));
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    void aSilenceAlreadyGoneCountsAsEnded()
    {
        peer->set(&Peer::writeStatus, 404);
        poller->arm(true);
        poller->expireSilence(1, "gone");
        QTRY_COMPARE(desk->moves().size(), std::size_t{2});
        poller->start();
        QTRY_COMPARE(desk->moves().size(), std::size_t{3});
        QCOMPARE(desk->moves()[2].delivery, Delivery::Confirmed);
    }

    void anIdCannotLeaveItsPath()
    {
        poller->arm(true);
        poller->expireSilence(1, "../../alerts");
        QTRY_COMPARE(desk->moves().size(), std::size_t{1});
        QCOMPARE(desk->moves()[0].delivery, Delivery::Failed);
        QCOMPARE(peer->written().size(), std::size_t{0});
    }

    void prometheusIsReadWithRuleHealth()
    {
        std::mutex mutex;
        std::vector<std::optional<ReportBatch>> pending;
        PrometheusPoller prometheus(http, desk->intake(), clock, options(), [&](std::optional<ReportBatch> b) {
            const std::lock_guard lock(mutex);
            pending.push_back(std::move(b));
        });
        prometheus.start();
        QTRY_COMPARE(desk->batches().size(), std::size_t{1});
        QVERIFY(desk->batches()[0].snapshot);
        QCOMPARE(desk->batches()[0].size(), std::size_t{3});
        prometheus.poll();
        QTRY_COMPARE(desk->seen().size(), std::size_t{1});
        std::string broken = data("prometheus/prom_v1_rules.json");
        broken.replace(broken.find("\"health\":\"ok\""), 13, "\"health\":\"err\"");
        peer->set(&Peer::promRules, broken);
        prometheus.poll();
        QTRY_COMPARE(desk->batches().size(), std::size_t{2});
        QCOMPARE(desk->batches()[1].size(), std::size_t{4});
        peer->set(&Peer::promRules, "{}");
        prometheus.poll();
        QTRY_COMPARE(desk->failed().size(), std::size_t{1});
        QCOMPARE(desk->batches().size(), std::size_t{2});
        QCOMPARE(peer->written().size(), std::size_t{0});
        peer->set(&Peer::promRules, broken);
        prometheus.poll();
        QTRY_COMPARE(desk->seen().size(), std::size_t{2});
        // What waits is told as it becomes another, is not known while an answer fails, and is known again with the next, though it is the same.
        const std::lock_guard lock(mutex);
        QCOMPARE(pending.size(), std::size_t{4});
        QVERIFY(pending[0] && pending[1] && !pending[2] && pending[3]);
        QCOMPARE(pending[3]->size(), pending[0]->size());
        QVERIFY(!pending[3]->snapshot);
    }

    void aRestartedPrometheusResolvesNothingUntilItKnowsEverythingAgain()
    {
        PrometheusPoller prometheus(http, desk->intake(), clock, options());
        prometheus.start();
        QTRY_COMPARE(desk->batches().size(), std::size_t{1});
        QVERIFY(desk->batches()[0].snapshot);
        const auto polled = [&](std::size_t batches) {
            prometheus.poll();
            return QTest::qWaitFor([&] { return desk->batches().size() == batches; }, qd::tests::kPatience);
        };
        const auto empty = json("{'status':'success','data':{'alerts':[]}}");
        peer->set(&Peer::promRuntime, runtimeOf("2026-11-23T08:44:00Z")); // a minute ago
        peer->set(&Peer::promAlerts, empty);
        QVERIFY(polled(2));
        QVERIFY(!desk->batches()[1].snapshot && desk->batches()[1].size() == 0);
        // Not all rules were evaluated, however long it runs.
        std::string unknown = data("prometheus/prom_v1_rules.json");
        unknown.replace(unknown.find("\"health\":\"ok\""), 13, "\"health\":\"unknown\"");
        peer->set(&Peer::promRules, unknown);
        peer->set(&Peer::promRuntime, runtimeOf("2026-11-23T08:40:00Z"));
        const std::size_t seen = desk->seen().size();
        prometheus.poll();
        QTRY_VERIFY(desk->seen().size() > seen); // still the same: nothing to hand in
        QCOMPARE(desk->batches().size(), std::size_t{2});
        // What fired before waits for its `for` anew.
        peer->set(&Peer::promRules, data("prometheus/prom_v1_rules.json"));
        peer->set(&Peer::promAlerts, json("{'status':'success','data':{'alerts':[{'labels':{'a':'1'},'state':'pending','activeAt':'2026-11-23T08:40:10Z','value':'1'}]}}"));
        QVERIFY(polled(3));
        QVERIFY(!desk->batches()[2].snapshot);
        // What this process itself told of ends by its word.
        peer->set(&Peer::promAlerts, json("{'status':'success','data':{'alerts':[{'labels':{'a':'1'},'state':'pending','activeAt':'2026-11-23T08:40:10Z','value':'1'},"
                                          "{'labels':{'a':'2'},'state':'firing','activeAt':'2026-11-23T08:44:10Z','value':'1'}]}}"));
        QVERIFY(polled(4));
        peer->set(&Peer::promAlerts, json("{'status':'success','data':{'alerts':[{'labels':{'a':'1'},'state':'pending','activeAt':'2026-11-23T08:40:10Z','value':'1'}]}}"));
        QVERIFY(polled(6)); // the end, and the list
        QCOMPARE(desk->batches()[4].size(), std::size_t{1});
        QCOMPARE(desk->batches()[4].status[0], std::uint8_t(AlertStatus::Resolved));
        QVERIFY(!desk->batches()[5].snapshot);
        // It runs long enough, everything was evaluated, nothing waits: what the list lacks is over.
        peer->set(&Peer::promAlerts, empty);
        QVERIFY(polled(7));
        QVERIFY(desk->batches()[6].snapshot);
    }
};

QD_TEST(TestAlertmanagerPoller)
#include "tst_alertmanagerpoller.moc"
