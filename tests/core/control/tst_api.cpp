// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/link/memoryfeed.h"
#include "tests/support/suite.h"

#include "core/control/api.h"
#include "core/control/get.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>
#include <future>

using namespace qd;
using namespace qd::control;

namespace {

/// A log with something of every list in it.
void fill(link::MemoryFeed &log)
{
    Workspace w;
    w.people = {{"ana", "Ana", "UTC", {}}};
    w.teams = {{"web", "Web", "p", {"ana"}}};
    w.services = {{"shop", "Shop", "web", Paging::Observe, {}, {}}};
    log.append({events::CoreStarted{"0"}, events::WorkspaceChanged{w, "d1", {}}});
    Connection c;
    c.name = "am";
    c.kind = "alertmanager";
    log.append({events::ConnectionAdded{c, {"ana"}}});
    BatchBuilder b("am", Path::Push, Instant{1'700'000'000'000'000'000});
    for (const char *name : {"Zulu", "Alpha"}) {
        b.begin();
        b.label("alertname", name);
        b.label("service", "shop");
        b.annotation("summary", "It is \"down\"\nindeed");
        b.status(AlertStatus::Firing);
        b.startsAt(Instant{1'700'000'000'000'000'000});
        b.end();
    }
    events::AlertsReported reported{b.take()};
    events::AlertsDecided decided;
    decided.verdict = {0, 0};
    decided.severity = {5, 3};
    decided.service = {1, 1};
    decided.group = {1, 1};
    decided.reason = {0, 0};
    decided.names = {"", "shop"};
    decided.because = {{"group/by-service", {"severity \"page\" means critical"}, {"rule x"}}};
    log.append({reported, decided});
    events::ReportsQuarantined q{"am", Path::Push, {{1, "no labels", "{}"}}};
    log.append({q});
}

void incident(link::MemoryFeed &log)
{
    events::IncidentDeclared d;
    d.incident = "INC-1";
    d.title = "Shop is down";
    d.by.person = "ana";
    events::LogWritten l{"INC-1", "first line", {"ana"}};
    log.append({d, l});
}

struct Fixture {
    link::MemoryFeed log;
    std::unique_ptr<link::Replica> replica;
    std::unique_ptr<Api> api;
    std::mutex mutex;
    std::vector<std::pair<desk::Command, events::Actor>> sent;
    std::optional<PendingReadings> pending;
    Result<desk::Outcome> outcome = desk::Outcome{7, "INC-1", 0, {}};

    Fixture()
    {
        fill(log);
        replica = std::make_unique<link::Replica>(log.feed());
        limited(link::kAnswerLimit);
    }
    void limited(std::size_t answerLimit)
    {
        Api::Options options{"root", "0", "o", "http://x"};
        options.answerLimit = answerLimit;
        if (pending) {
            options.pending = [this] { return *pending; };
            options.now = [] { return *parseInstant("2026-11-23T14:10:00Z"); };
        }
        api = std::make_unique<Api>(
            [this](desk::Command c, events::Actor by, desk::Done done) {
                const std::lock_guard lock(mutex);
                sent.emplace_back(std::move(c), std::move(by));
                done(outcome);
            },
            log.feed(), *replica, std::move(options));
    }
    std::string raw(const std::string &request)
    {
        auto answer = std::make_shared<std::promise<std::string>>();
        auto wait = answer->get_future();
        api->handle(request, [answer](std::string text) { answer->set_value(std::move(text)); });
        return wait.wait_for(std::chrono::milliseconds(qd::tests::kPatience)) == std::future_status::ready ? wait.get() : std::string("no answer");
    }
    QJsonObject ask(const std::string &method, const std::string &params = "{}", const std::string &more = {})
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(
                                           raw("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"" + method + "\",\"params\":" + params + more + "}")))
            .object();
    }
};

QString key(const char *k)
{
    return QString::fromLatin1(k);
}

} // namespace

class TestApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnswerAboveTheLimitIsRefusedWithASentence()
    {
        Fixture f;
        const std::string one = "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"get\",\"params\":{\"what\":\"alerts\"}}";
        const std::size_t size = f.raw(one).size() - std::string("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":}").size();
        for (const bool fits : {true, false}) {
            f.limited(size - (fits ? 0 : 1));
            const auto got = f.ask("get", "{\"what\":\"alerts\"}");
            QCOMPARE(got.contains(QStringLiteral("result")), fits);
            QCOMPARE(got[key("error")][key("message")].toString().contains(QStringLiteral("ask for less")), !fits);
        }
        f.limited(size + 100);
        QVERIFY(f.raw("[" + one + "]").starts_with("["));
        QVERIFY(f.raw("[" + one + "," + one + "]").find("too-large") != std::string::npos);
    }

    /// What waits at a source is shown as of now, counted in the source's row, and nowhere else; nobody can ask for it later.
    void pendingIsAReadingOfThisMoment()
    {
        Fixture f;
        BatchBuilder b("am", Path::Poll, *parseInstant("2026-11-23T14:09:00Z"));
        for (const char *name : {"Slow", "Full"}) {
            b.begin();
            b.label("alertname", name);
            b.label("instance", "db1");
            b.startsAt(*parseInstant("2026-11-23T14:07:30Z"));
            b.end();
        }
        f.pending = PendingReadings{{"am", b.take()}, {"gone", {}}};
        f.limited(link::kAnswerLimit);
        const auto items = [&](const std::string &params) { return f.ask("get", params)[key("result")][key("items")].toArray(); };
        const QJsonArray all = items("{\"what\":\"pending\"}");
        QCOMPARE(all.size(), 2);
        QStringList names;
        for (const auto &value : all) {
            const QJsonObject item = value.toObject();
            names.append(item[key("name")].toString());
            QCOMPARE(item[key("source")].toString(), key("am"));
            QCOMPARE(item[key("labels")][key("instance")].toString(), key("db1"));
            QCOMPARE(item[key("since")].toString(), key("2026-11-23T14:07:30Z"));
            QCOMPARE(item[key("age")].toInt(), 150);
            QCOMPARE(item[key("readAt")].toString(), key("2026-11-23T14:09:00Z"));
            QVERIFY(item[key("key")].toString().startsWith(key("am/")));
        }
        names.sort();
        QCOMPARE(names, (QStringList{key("Full"), key("Slow")}));
        QVERIFY(all[0].toObject()[key("key")].toString() < all[1].toObject()[key("key")].toString());
        QCOMPARE(items("{\"what\":\"pending\",\"source\":\"am\"}").size(), 2);
        QCOMPARE(items("{\"what\":\"pending\",\"source\":\"gone\"}").size(), 0);
        QVERIFY(f.ask("get", "{\"what\":\"pending\",\"service\":\"shop\"}").contains(key("error")));
        QVERIFY(f.ask("get", "{\"what\":\"pending\",\"at\":\"seq:2\"}")[key("error")][key("message")].toString().contains(key("not recorded")));
        QCOMPARE(items("{\"what\":\"sources\"}")[0].toObject()[key("pending")].toInt(-1), 2);
        QVERIFY(!items("{\"what\":\"sources\",\"at\":\"seq:4\"}")[0].toObject().contains(key("pending")));
        QCOMPARE(f.ask("alert.count")[key("result")][key("active")].toInt(), 2); // those of the log
        f.pending->at("am").reset();
        const QJsonObject row = items("{\"what\":\"sources\"}")[0].toObject();
        QVERIFY(row.contains(key("pending")) && row[key("pending")].isNull());
        QCOMPARE(items("{\"what\":\"pending\"}").size(), 0);
    }

    void speaksJsonRpc()
    {
        Fixture f;
        QVERIFY(f.raw("{").find("-32700") != std::string::npos);
        QVERIFY(f.raw("{\"id\":1,\"method\":\"status\"}").find("-32600") != std::string::npos);
        QVERIFY(f.raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}").find("-32601") != std::string::npos);
        QVERIFY(f.raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get\",\"params\":{\"what\":\"x\"}}").find("-32602") != std::string::npos);
        QVERIFY(f.raw("[]").find("-32600") != std::string::npos);
        QVERIFY(f.raw("\"" + std::string(7u << 20, 'x') + "\"").find("too-large") != std::string::npos);
        QCOMPARE(f.raw("{\"jsonrpc\":\"2.0\",\"method\":\"status\"}"), std::string());
        const auto both = f.raw("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"},{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"alert.count\"}]");
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(both)).array().size(), 2);
    }

    void commandsGoToTheDeskAsThePersonNamed()
    {
        Fixture f;
        auto answer = f.ask("incident.declare", "{\"title\":\"x\"}");
        QCOMPARE(answer[key("result")].toObject()[key("id")].toString(), key("INC-1"));
        QCOMPARE(f.sent.back().second.person, std::string("root"));
        (void)f.ask("incident.take", "{}", ",\"as\":\"ana\"");
        QCOMPARE(f.sent.back().second.person, std::string("ana"));
        QVERIFY(holds<desk::TakeCommand>(f.sent.back().first));
        const auto count = f.sent.size();
        answer = f.ask("incident.take", "{}", ",\"as\":\"mallory\"");
        QVERIFY(answer.contains(key("error")));
        QCOMPARE(f.sent.size(), count);
    }

    void refusalsCarryTheCodesWord()
    {
        Fixture f;
        f.outcome = fail(Code::Conflict, "It is over.");
        const auto error = f.ask("incident.take")[key("error")].toObject();
        QCOMPARE(error[key("message")].toString(), key("It is over."));
        QCOMPARE(error[key("data")].toObject()[key("code")].toString(), key("conflict"));
    }

    void countsWhatFires()
    {
        Fixture f;
        const auto count = f.ask("alert.count")[key("result")].toObject();
        QCOMPARE(count[key("active")].toInt(), 2);
        QCOMPARE(count[key("bySeverity")].toObject()[key("critical")].toInt(), 1);
    }

    void anAlertHasWhatTheContractNames()
    {
        Fixture f;
        const auto got = f.ask("get", "{\"what\":\"alerts\"}")[key("result")].toObject();
        QCOMPARE(got[key("schema")].toInt(), 1);
        QCOMPARE(got[key("seq")].toInt(), 4);
        const auto items = got[key("items")].toArray();
        QCOMPARE(items.size(), 2);
        for (const char *name : {"key", "fingerprint", "source", "status", "workflow", "suppression", "severity", "title", "service", "labels",
                                 "annotations", "startsAt", "endsAt", "occurrences", "group", "incident"})
            QVERIFY2(items[0].toObject().contains(key(name)), name);
        QVERIFY(items[0].toObject()[key("key")].toString() < items[1].toObject()[key("key")].toString());
        const auto a = items[0].toObject();
        QCOMPARE(a[key("key")].toString(), a[key("source")].toString() + key("/") + a[key("fingerprint")].toString());
        QCOMPARE(a[key("status")].toString(), key("firing"));
    }

    void whatWasReadAtAHeadIsReadAgainByteForByte()
    {
        Fixture f;
        std::map<std::string, std::string> live;
        const auto asked = [&](std::string_view what, const std::string &at) {
            return f.raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get\",\"params\":{\"what\":\"" + std::string(what) + "\"" + at + "}}");
        };
        for (const auto what : getWhats())
            live[std::string(what)] = asked(what, {});
        incident(f.log);
        for (const auto what : getWhats()) {
            QCOMPARE(asked(what, ",\"at\":\"seq:4\""), live[std::string(what)]);
            QVERIFY(asked(what, {}) != live[std::string(what)]); // the head moved
            QVERIFY(live[std::string(what)].find("\"items\"") != std::string::npos);
        }
        // By time: record 4 was written four seconds after the log's zero, record 5 a second later.
        QCOMPARE(asked("alerts", ",\"at\":\"2023-11-14T22:13:24.5Z\""), live["alerts"]);
    }

    void refusesPointsThatAreNone()
    {
        Fixture f;
        for (const char *at : {"yesterday", "seq:", "seq:x", "seq:99", ""}) {
            const auto answer = f.ask("get", std::string("{\"what\":\"alerts\",\"at\":\"") + at + "\"}");
            QCOMPARE(answer.contains(key("error")), *at != 0);
        }
    }

    void aQuerySeesWhatWasCommittedBeforeIt()
    {
        Fixture f;
        for (int i = 0; i < 200; ++i) {
            f.log.append({events::LogWritten{"", "line", {"ana"}}});
            const auto seq = f.ask("status")[key("result")].toObject()[key("seq")].toInt();
            QCOMPARE(seq, 5 + i);
        }
    }

    void whyReadsTheReasonsOfTheConclusion()
    {
        Fixture f;
        incident(f.log);
        const auto items = f.ask("get", "{\"what\":\"alerts\"}")[key("result")].toObject()[key("items")].toArray();
        const auto alert = items[0].toObject()[key("key")].toString().toStdString();
        const auto why = f.raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"why\",\"params\":{\"key\":\"" + alert + "\"}}");
        for (const char *part : {"group/by-service", "means critical", "rule x", "nobody is called: paging of service shop is \\\"observe\\\"", "reported 1 time by am"})
            QVERIFY2(why.find(part) != std::string::npos, (std::string(part) + " in " + why).c_str());
        QVERIFY(f.raw("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"why\",\"params\":{\"key\":\"INC-1\"}}").find("declared as") != std::string::npos);
        QVERIFY(f.ask("why", "{\"key\":\"INC-9\"}").contains(key("error")));
    }

    void aDamagedJournalIsSaidNotHidden()
    {
        link::MemoryFeed log;
        fill(log);
        log.breakAt(3);
        link::Replica replica(log.feed());
        Api api([](desk::Command, events::Actor, desk::Done) {}, log.feed(), replica, {});
        std::promise<std::string> answer;
        api.handle("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"alert.count\"}", [&](std::string text) { answer.set_value(std::move(text)); });
        QVERIFY(answer.get_future().get().find("corrupt") != std::string::npos);
    }
};

QD_TEST(TestApi)
#include "tst_api.moc"
