// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sources/pagerdutypoller.h"

#include "edgefixture.h"
#include "pagerdutyfixture.h"
#include "tests/support/lastof.h"
#include "tests/support/suite.h"

#include <map>

using namespace qd;
using namespace qd::sources;
using namespace qd::sources::test;
using events::Effect;
using events::PagerStatus;

namespace {

/// Stands for PagerDuty: an answer a path (the query aside), requests recorded.
struct DutyPeer {
    DutyPeer()
    {
        answers["/users"] = {200, listOf("users", json("{'id':'P1','name':'Ben Birke','email':'ben@example.org'}"))};
        answers["/incidents"] = {200, listOf("incidents", "")};
        answers["/log_entries"] = {200, listOf("log_entries", "")};
        answers["/oncalls"] = {200, listOf("oncalls", "")};
        for (const auto method : {net::Method::Get, net::Method::Put, net::Method::Post})
            for (const char *path : {"/users", "/incidents", "/log_entries", "/oncalls", "/incidents/{id}", "/incidents/{id}/{what}"})
                listener.route(method, path, [this](const net::Request &q, const net::Responder &r) { serve(q, r); });
        if (!listener.start())
            qFatal("no port for the peer");
    }
    ~DutyPeer() { listener.stop(); }
    void serve(const net::Request &q, const net::Responder &r)
    {
        net::Response response;
        {
            const std::lock_guard lock(mutex);
            const bool isWrite = q.method != net::Method::Get;
            if (isWrite)
                writes.push_back(std::string(net::methodName(q.method)) + " " + q.path + " " + q.body);
            else
                reads.push_back(q.path + (q.query.empty() ? "" : "?" + q.query));
            authorised = authorised && q.header("authorization") == "Token token=secret" && q.header("accept") == "application/vnd.pagerduty+json;version=2"
                && q.header("from") == (isWrite ? "desk@example.org" : "");
            const auto it = answers.find((isWrite ? std::string(net::methodName(q.method)) + " " : std::string()) + q.path);
            response.status = it == answers.end() ? 404 : it->second.first;
            response.body = it == answers.end() ? json("{'error':{'message':'Not Found','code':2100}}") : it->second.second;
            if (response.status == 429)
                response.headers.emplace_back("ratelimit-reset", "1");
        }
        r.respond(std::move(response));
    }
    void set(const std::string &path, int status, const std::string &body)
    {
        const std::lock_guard lock(mutex);
        answers[path] = {status, body};
    }
    std::vector<std::string> written()
    {
        const std::lock_guard lock(mutex);
        return writes;
    }
    int asked(const std::string &beginning)
    {
        const std::lock_guard lock(mutex);
        return static_cast<int>(std::count_if(reads.begin(), reads.end(), [&](const auto &r) { return r.starts_with(beginning); }));
    }

    SystemClock clock;
    net::IoThread io;
    net::Listener listener{io, clock};
    std::mutex mutex;
    std::map<std::string, std::pair<int, std::string>> answers;
    std::vector<std::string> writes, reads;
    bool authorised = true;
};

constexpr auto kAllWrites = static_cast<Writes>(static_cast<Writes>(Write::Acks) | static_cast<Writes>(Write::Notes) | static_cast<Writes>(Write::Reassigns));

} // namespace

class TestPagerDutyPoller : public QObject {
    Q_OBJECT

    SystemClock clock;
    net::HttpClient http;
    std::unique_ptr<DutyPeer> peer;
    std::unique_ptr<Recorder> desk;
    std::unique_ptr<PagerDutyPoller> poller;

    void open(Span interval = hours(1)) { open(desk->intake(), interval); }
    void open(Intake intake, Span interval = hours(1))
    {
        PollOptions o;
        o.connection = "pd";
        o.url = peer->listener.url() + "/";
        o.interval = interval;
        o.token = Secret(std::string_view("secret"));
        o.from = "desk@example.org";
        o.accept = "application/vnd.pagerduty+json;version=2";
        poller = std::make_unique<PagerDutyPoller>(http, std::move(intake), clock, std::move(o));
    }
    void write(Effect effect, const std::string &text = {}, bool maybeSent = false, std::uint64_t number = 1)
    {
        QVERIFY(poller->write({number, effect, "Q1", text, clock.now(), maybeSent}));
    }
    std::vector<std::string> moves()
    {
        std::vector<std::string> out;
        for (const auto &m : desk->moves())
            out.push_back(std::to_string(m.number) + " " + std::string(word(m.delivery)) + (m.reason.empty() ? "" : ": " + m.reason));
        return out;
    }

private Q_SLOTS:
    void init()
    {
        peer = std::make_unique<DutyPeer>();
        desk = std::make_unique<Recorder>();
        open();
    }
    void cleanup()
    {
        poller.reset();
        QVERIFY(peer->authorised);
        peer.reset();
        desk.reset();
    }

    void whatIsListedIsHandedInWithWhoDidWhat()
    {
        peer->set("/incidents", 200, listOf("incidents", pdIncident("Q1", "acknowledged", "key-1", "2026-11-23T08:33:00Z") + "," + pdIncident("Q2", "triggered", "other")));
        peer->set("/incidents/Q2/alerts", 200, listOf("alerts", json("{'id':'A','alert_key':'key-2'}")));
        peer->set("/log_entries", 200, listOf("log_entries", json("{'id':'L1','type':'acknowledge_log_entry','created_at':'2026-11-23T08:33:00Z','agent':") + user("P1", "Ben B.") + json(",'incident':{'id':'Q1'}}")));
        poller->start();
        QTRY_COMPARE(desk->pagers().size(), std::size_t{1});
        const auto held = desk->pagers().front();
        QCOMPARE(held.batch.size(), std::size_t{2});
        QVERIFY(!held.batch.snapshot);
        QCOMPARE(held.reports[0].changedBy.email, std::string("ben@example.org")); // from the log, by the list of users
        QCOMPARE(held.reports[0].what.entries.size(), std::size_t{1});
        QCOMPARE(held.reports[1].what.keys, (std::vector<std::string>{"key-2"})); // not what PagerDuty made up for all of them
        QCOMPARE(held.reports[0].what.keys, (std::vector<std::string>{"key-1"}));
        QVERIFY(held.reports[1].what.areKeysKnown);
        QTRY_COMPARE(desk->onCalls().size(), std::size_t{1});
        QCOMPARE(peer->written(), std::vector<std::string>{});
    }

    void theKeysOfAlertsThatJoinLaterAreReadAndOnlyThen()
    {
        events::PagerIncident known;
        known.id = "Q1";
        known.keys = {"first"};
        known.areKeysKnown = true;
        desk->know({known});
        peer->set("/incidents", 200, listOf("incidents", pdIncident("Q1", "triggered")));
        peer->set("/incidents/Q1/alerts", 200, listOf("alerts", json("{'id':'A','alert_key':'first'}")));
        poller->start();
        QTRY_COMPARE(desk->pagers().size(), std::size_t{1});
        poller->poll();
        QTRY_VERIFY((poller->poll(), desk->pagers().size() >= 2));
        QCOMPARE(peer->asked("/incidents/Q1/alerts"), 1);
        QCOMPARE(desk->pagers().back().reports.front().what.keys, (std::vector<std::string>{"first"}));
        peer->set("/incidents/Q1/alerts", 200, listOf("alerts", json("{'id':'A','alert_key':'first'},{'id':'B','alert_key':'second'}")));
        peer->set("/incidents", 200, listOf("incidents", pdIncident("Q1", "triggered", {}, "2026-11-23T08:41:00Z")));
        // This desk knows no more than before, so a later reading says the first alone again.
        QTRY_VERIFY((poller->poll(), [all = desk->pagers()] {
            return std::any_of(all.begin(), all.end(), [](const auto &seen) { return seen.reports.front().what.keys == std::vector<std::string>{"first", "second"}; });
        }()));
    }

    void whoTurnedItIsWhoDidSoThenNotBefore()
    {
        const auto line = [](const char *id, const char *at, const std::string &who) {
            return json(std::string("{'id':'") + id + "','type':'acknowledge_log_entry','created_at':'" + at + "','agent':") + who + json(",'incident':{'id':'Q1'}}");
        };
        peer->set("/incidents", 200, listOf("incidents", pdIncident("Q1", "acknowledged", "key-1", "2026-11-23T08:33:00Z") + "," + pdIncident("Q2", "acknowledged", "key-2")));
        const std::string other = json("{'id':'L3','type':'acknowledge_log_entry','created_at':'2026-11-23T08:31:00Z','agent':") + user("P2", "Ana") + json(",'incident':{'id':'Q2'}}");
        peer->set("/log_entries", 200, listOf("log_entries", line("L1", "2026-11-23T08:31:00Z", user("P2", "Ana")) + "," + line("L2", "2026-11-23T08:33:01Z", user("P1", "Ben B.")) + "," + other));
        poller->start();
        QTRY_COMPARE(desk->pagers().size(), std::size_t{1});
        const auto held = desk->pagers().front();
        QCOMPARE(held.reports[0].changedBy.email, std::string("ben@example.org"));
        QCOMPARE(held.reports[1].changedBy.name, std::string()); // its log says nothing of that turn
    }

    void everyPageIsRead()
    {
        // The same page again says that it is the last: what is listed twice is one incident.
        peer->set("/incidents", 200, listOf("incidents", pdIncident("Q1", "triggered", "k"), true));
        poller->start();
        QTRY_VERIFY(peer->asked("/incidents?statuses%5B%5D=triggered&statuses%5B%5D=acknowledged&date_range=all&sort_by=created_at%3Aasc&limit=100&offset=1") > 0);
        peer->set("/incidents", 200, listOf("incidents", pdIncident("Q1", "triggered", "k")));
        QTRY_COMPARE(desk->pagers().size(), std::size_t{1});
        QCOMPARE(desk->pagers().front().batch.size(), std::size_t{1});
    }

    void whatIsListedNoMoreIsOverOnlyWhenPagerDutySaysSo()
    {
        events::PagerIncident known;
        known.id = "Q1";
        known.areKeysKnown = true;
        events::PagerIncident lost = known;
        lost.id = "Q9";
        desk->know({known, lost});
        peer->set("/incidents/Q1", 500, "");
        poller->start();
        QTRY_VERIFY(!desk->failed().empty());
        QCOMPARE(desk->pagers().size(), std::size_t{0}); // a cut reading resolves nothing
        peer->set("/incidents/Q1", 200, "{\"incident\":" + pdIncident("Q1", "resolved", "k", "2026-11-23T08:33:00Z", ",'last_status_change_by':{'id':'P1','type':'user_reference','summary':'Ben'}") + "}");
        poller->poll();
        QTRY_COMPARE(desk->pagers().size(), std::size_t{1});
        const auto held = desk->pagers().front();
        QCOMPARE(held.reports.size(), std::size_t{2});
        for (const auto &r : held.reports)
            QCOMPARE(r.what.status, r.what.id == "Q1" ? PagerStatus::Resolved : PagerStatus::Gone);
    }

    void aWaitThatIsAskedForIsKept()
    {
        peer->set("/users", 429, json("{'error':{'message':'Rate Limit Exceeded','code':2020}}"));
        poller->start();
        QTRY_COMPARE(desk->failed(), (std::vector<std::string>{"PagerDuty asks to wait 1s: too many requests (429)"}));
        const int before = peer->asked("/");
        peer->set("/users", 200, listOf("users", ""));
        poller->poll();
        poller->poll();
        QCOMPARE(peer->asked("/"), before);
        QTRY_VERIFY((poller->poll(), !desk->seen().empty())); // a second later it is read
    }

    void unarmedNothingIsWritten()
    {
        write(Effect::PagerAck);
        QTRY_COMPARE(moves(), (std::vector<std::string>{"1 failed: the connection is not armed for it; nothing was written"}));
        poller->arm(static_cast<Writes>(Write::Acks));
        write(Effect::PagerNote, "x", false, 2);
        QTRY_COMPARE(moves().size(), std::size_t{2});
        QCOMPARE(peer->written(), std::vector<std::string>{});
    }

    void whatItCannotTakeIsRefusedAndAnswersNeverAre()
    {
        std::promise<void> blocked, full;
        Intake intake = desk->intake();
        intake.pagerKnown = [&, known = intake.pagerKnown](const std::string &connection, const auto &then) {
            blocked.set_value();
            full.get_future().wait();
            known(connection, then);
        };
        open(std::move(intake));
        poller->start();
        blocked.get_future().wait();
        std::uint64_t taken = 0;
        while (taken < 10'000 && poller->write({taken + 1, Effect::PagerAck, "Q1", {}, clock.now(), false}))
            ++taken;
        full.set_value();
        QVERIFY(taken > 0 && taken < 10'000);
        QTRY_COMPARE(moves().size(), static_cast<std::size_t>(taken)); // each has its end, and none that was refused
        QTRY_VERIFY(!desk->seen().empty()); // and the reading came to its own
        poller.reset(); // it uses what stands here
    }

    void eachThingIsWrittenAsDocumented()
    {
        const std::string incident = "{\"incident\":" + pdIncident("Q1", "acknowledged", "k") + "}";
        peer->set("PUT /incidents/Q1", 200, incident);
        peer->set("/incidents/Q1", 200, incident);
        peer->set("POST /incidents/Q1/notes", 201, json("{'note':{'id':'N1','content':'x'}}"));
        peer->set("/oncalls", 200, listOf("oncalls", json("{'user':") + user("PXPGF42", "Earline Greenholt") + json(",'escalation_level':2}")));
        poller->arm(kAllWrites);
        write(Effect::PagerAck, "", false, 1);
        QTRY_COMPARE(moves().size(), std::size_t{2});
        write(Effect::PagerResolve, "\"replaced\"", false, 2);
        QTRY_COMPARE(moves().size(), std::size_t{4});
        write(Effect::PagerNote, "node 3", false, 3);
        QTRY_COMPARE(moves().size(), std::size_t{6});
        write(Effect::PagerAssign, "Ben@example.org", false, 4);
        QTRY_COMPARE(moves().size(), std::size_t{8});
        write(Effect::PagerEscalate, "", false, 5);
        QTRY_COMPARE(moves().size(), std::size_t{10});
        write(Effect::PagerAssign, "stranger@example.org", false, 6);
        QTRY_COMPARE(moves().size(), std::size_t{11});
        QCOMPARE(tests::lastOf(moves()), std::string("6 failed: PagerDuty has no user with the mail address stranger@example.org"));
        QCOMPARE(moves()[1], std::string("1 confirmed"));
        QCOMPARE(peer->written(), (std::vector<std::string>{json("PUT /incidents/Q1 {'incident':{'type':'incident_reference','status':'acknowledged'}}"),
                                                            json("PUT /incidents/Q1 {'incident':{'type':'incident_reference','status':'resolved','resolution':'\\'replaced\\''}}"),
                                                            json("POST /incidents/Q1/notes {'note':{'content':'node 3'}}"),
                                                            json("PUT /incidents/Q1 {'incident':{'type':'incident_reference','assignments':[{'assignee':{'id':'P1','type':'user_reference'}}]}}"),
                                                            json("PUT /incidents/Q1 {'incident':{'type':'incident_reference','escalation_level':3}}")}));
    }

    void whatMayHaveArrivedIsLookedForBeforeItIsSentAgain()
    {
        peer->set("PUT /incidents/Q1", 502, "");
        peer->set("/incidents/Q1", 200, "{\"incident\":" + pdIncident("Q1", "acknowledged", "k") + "}");
        poller->arm(kAllWrites);
        write(Effect::PagerAck);
        QTRY_COMPARE(moves().size(), std::size_t{2});
        QCOMPARE(tests::lastOf(moves()), std::string("1 unknown: it answered 502"));
        poller->poll();
        QTRY_COMPARE(moves().size(), std::size_t{3});
        QCOMPARE(tests::lastOf(moves()), std::string("1 confirmed: found done at PagerDuty"));
        // The same after a restart: it is asked, not sent.
        write(Effect::PagerNote, "node 3", true, 2);
        peer->set("/incidents/Q1/notes", 200, json("{'notes':[{'content':'node 3'}]}"));
        QTRY_COMPARE(moves().size() >= std::size_t{4}, true);
        poller->poll();
        QTRY_COMPARE(tests::lastOf(moves()), std::string("2 confirmed: found done at PagerDuty"));
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    void oneIsWrittenAtATimeInOrderAndNoneWhileAWaitIsAskedFor()
    {
        peer->set("PUT /incidents/Q1", 429, json("{'error':{'message':'Rate Limit Exceeded','code':2020}}"));
        poller->arm(kAllWrites);
        write(Effect::PagerAck, "", false, 1);
        write(Effect::PagerEscalate, "2", false, 2);
        write(Effect::PagerResolve, "", false, 3);
        QTRY_COMPARE(desk->failed(), (std::vector<std::string>{"PagerDuty asks to wait 1s: too many requests (429)"}));
        QCOMPARE(peer->written().size(), std::size_t{1});
        peer->set("PUT /incidents/Q1", 200, "{\"incident\":" + pdIncident("Q1", "acknowledged", "k") + "}");
        QTRY_VERIFY((poller->poll(), moves().size() == 6));
        QCOMPARE(moves(), (std::vector<std::string>{"1 sent", "1 confirmed", "2 sent", "2 confirmed", "3 sent", "3 confirmed"}));
        const auto written = peer->written();
        QCOMPARE(written.size(), std::size_t{4});
        QCOMPARE(written[1], written[0]);
        QVERIFY(written[2].find("escalation_level") != std::string::npos);
        QVERIFY(written[3].find("resolved") != std::string::npos);
    }

    void whatFollowsOneThatWaitsWaitsToo()
    {
        peer->set("PUT /incidents/Q1", 502, "");
        peer->set("PUT /incidents/Q2", 200, "{\"incident\":" + pdIncident("Q2", "resolved", "k") + "}");
        poller->arm(kAllWrites);
        write(Effect::PagerAck, "", false, 1);
        write(Effect::PagerResolve, "", false, 2);
        QVERIFY(poller->write({3, Effect::PagerResolve, "Q2", {}, clock.now(), false})); // another incident's goes on
        QTRY_COMPARE(moves(), (std::vector<std::string>{"1 sent", "1 unknown: it answered 502", "3 sent", "3 confirmed"}));
    }

    /// A note waits behind what is in doubt, and its line is classed or struck meanwhile.
    void aNoteThatWaitsSaysItsNewWordsOrNothing()
    {
        peer->set("PUT /incidents/Q1", 502, "");
        poller->arm(kAllWrites);
        write(Effect::PagerAck, "", false, 1);
        QTRY_COMPARE(tests::lastOf(moves()), std::string("1 unknown: it answered 502"));
        write(Effect::PagerNote, "Jane Canary called", false, 2);
        write(Effect::PagerNote, "Joan Canary called", false, 3);
        write(Effect::PagerResolve, "Jane Canary again", false, 4);
        poller->anew(2, "[sealed: restricted, short]");
        poller->anew(4, "[sealed: restricted, medium]");
        poller->anew(9, "nobody has it");
        poller->recall(3, "its text was struck");
        QTRY_COMPARE(tests::lastOf(moves()), std::string("3 failed: its text was struck"));
        peer->set("PUT /incidents/Q1", 200, "{\"incident\":" + pdIncident("Q1", "acknowledged", "k") + "}");
        peer->set("/incidents/Q1", 200, "{\"incident\":" + pdIncident("Q1", "acknowledged", "k") + "}");
        peer->set("POST /incidents/Q1/notes", 201, json("{'note':{'id':'N1','content':'x'}}"));
        poller->poll();
        QTRY_COMPARE(tests::lastOf(moves()), std::string("4 confirmed"));
        const auto written = peer->written();
        QCOMPARE(written.size(), std::size_t{3});
        QCOMPARE(written[1], json("POST /incidents/Q1/notes {'note':{'content':'[sealed: restricted, short]'}}"));
        QVERIFY(written[2].find("[sealed: restricted, medium]") != std::string::npos);
    }

    /// What may have arrived went in its old words: by them it is looked for.
    void aNoteInDoubtIsFoundByTheWordsItWentIn_data()
    {
        QTest::addColumn<bool>("isTakenBack");
        QTest::addColumn<bool>("isThere");
        for (const bool isTakenBack : {false, true})
            for (const bool isThere : {false, true})
                QTest::addRow("%s, %s", isTakenBack ? "taken back" : "classed", isThere ? "there" : "not there") << isTakenBack << isThere;
    }
    void aNoteInDoubtIsFoundByTheWordsItWentIn()
    {
        QFETCH(bool, isTakenBack);
        QFETCH(bool, isThere);
        peer->set("POST /incidents/Q1/notes", 502, "");
        poller->arm(kAllWrites);
        write(Effect::PagerNote, "Jane Canary called", false, 1);
        QTRY_COMPARE(tests::lastOf(moves()), std::string("1 unknown: it answered 502"));
        if (isTakenBack)
            poller->recall(1, "its text was struck");
        else
            poller->anew(1, "[sealed: restricted, short]");
        peer->set("/incidents/Q1/notes", 200, isThere ? json("{'notes':[{'content':'Jane Canary called'}]}") : json("{'notes':[]}"));
        peer->set("POST /incidents/Q1/notes", 201, json("{'note':{'id':'N1','content':'x'}}"));
        poller->poll();
        QTRY_COMPARE(tests::lastOf(moves()), std::string(isThere ? "1 confirmed: found done at PagerDuty" : isTakenBack ? "1 failed: its text was struck" : "1 confirmed"));
        QCOMPARE(peer->written().size(), std::size_t(isThere || isTakenBack ? 1 : 2));
        if (!isThere && !isTakenBack)
            QCOMPARE(peer->written()[1], json("POST /incidents/Q1/notes {'note':{'content':'[sealed: restricted, short]'}}"));
    }

    /// PagerDuty asked for patience, and had not looked at it.
    void whatIsTakenBackWhileAWaitIsAskedForIsOver()
    {
        peer->set("POST /incidents/Q1/notes", 429, json("{'error':{'message':'Rate Limit Exceeded','code':2020}}"));
        poller->arm(kAllWrites);
        write(Effect::PagerNote, "Jane Canary called");
        QTRY_COMPARE(desk->failed().size(), std::size_t{1});
        poller->recall(1, "it was erased");
        QTRY_COMPARE(moves(), (std::vector<std::string>{"1 sent", "1 failed: it was erased"}));
        QCOMPARE(peer->written().size(), std::size_t{1});
    }

    void whatIsSoAlreadyIsDoneAndWhatIsRefusedIsSaid()
    {
        peer->set("PUT /incidents/Q1", 400, json("{'error':{'message':'Incident Already Resolved','code':1001}}"));
        poller->arm(kAllWrites);
        write(Effect::PagerResolve, "", false, 1);
        QTRY_COMPARE(moves().size(), std::size_t{2});
        QCOMPARE(tests::lastOf(moves()), std::string("1 confirmed: it was so already"));
        write(Effect::PagerAck, "", false, 2);
        QTRY_COMPARE(moves().size(), std::size_t{4});
        QCOMPARE(tests::lastOf(moves()), std::string("2 failed: it answered 400: Incident Already Resolved"));
    }
};

QD_TEST(TestPagerDutyPoller)
#include "tst_pagerdutypoller.moc"
