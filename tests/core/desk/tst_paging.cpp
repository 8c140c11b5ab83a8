// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

#include "core/state/state.h"

using namespace qd;
using namespace qd::tests;
using events::Effect;

namespace {

/// A team whose policy calls ana, by chat and mail, and tells PagerDuty and a room.
Workspace paging()
{
    Workspace w = aWorkspace();
    w.people[0].email = "ana@example.org";
    w.people[1].xmpp.clear();
    for (Service &s : w.services)
        s.paging = Paging::Own;
    w.policies = {{"shop", "Shop on call", {{{"ana", "webhook:duty", "room:ops"}, minutes(5)}, {{"ben"}, minutes(10)}}, 0}};
    return w;
}

struct PagingScene : Bench {
    PagingScene()
    {
        settle(paging());
        add("chat", "xmpp");
        add("mail", "smtp");
        add("duty", "pagerduty");
        for (const char *name : {"chat", "mail", "duty"})
            arm(name, name == std::string("chat") ? desk::Strings{"posts", "pages"} : desk::Strings{"pages"});
    }
    void add(const std::string &name, const std::string &kind)
    {
        desk::AddConnection c;
        c.connection.name = name;
        c.connection.kind = kind;
        c.connection.url = kind == "smtp" ? "smtp://mail.example" : kind == "xmpp" ? "ws://127.0.0.1:1/" : "https://events.example";
        c.connection.from = kind == "smtp" ? "desk@example.org" : "";
        c.connection.muc = "muc.example";
        const auto ok = command(c);
        Q_ASSERT(ok);
    }
    void arm(const std::string &name, desk::Strings allow)
    {
        const auto ok = command(desk::Arm{name, std::move(allow)});
        Q_ASSERT(ok);
    }
    std::string declare(const std::string &severity = "SEV2", const std::string &kind = {})
    {
        desk::DeclareIncident d;
        d.title = "Shop is down";
        d.severity = severity;
        d.service = "db";
        d.kind = kind;
        d.room = false;
        const auto r = command(d);
        Q_ASSERT(r);
        return r->id;
    }
    /// "page chat ana@chat.example", in order.
    std::vector<std::string> out(const std::string &person = {})
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> all;
            for (const auto &[n, o] : s.outbox)
                if (person.empty() || o.what.person == person)
                    all.push_back(std::string(events::word(o.what.effect)) + " " + o.what.connection + " " + o.what.room);
            return all;
        });
    }
    std::uint64_t numberOf(const std::string &connection)
    {
        return ask([&](const state::State &s) {
            std::uint64_t found = 0;
            for (const auto &[n, o] : s.outbox)
                if (o.what.connection == connection)
                    found = n;
            return found;
        });
    }
    void moved(const std::string &connection, Delivery delivery, const std::string &reason)
    {
        const auto ok = report(events::Event(events::OutboxMoved{numberOf(connection), delivery, "", reason, "INC-1"}));
        Q_ASSERT(ok);
    }
    std::vector<std::string> withheld()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> all;
            for (const auto &[n, i] : s.incidents)
                for (const auto &w : i.withheld)
                    all.push_back(w.what.person + ": " + w.what.reason);
            for (const auto &w : s.withheld)
                all.push_back(w.what.person + " " + w.what.text + ": " + w.what.reason);
            return all;
        });
    }
};

using Lines = std::vector<std::string>;

/// The newest entry for a person or target; for "" the newest that is posted without one.
events::OutboxQueued lastFor(Bench &b, const std::string &person)
{
    return b.ask([&](const state::State &s) {
        events::OutboxQueued found;
        for (const auto &[n, o] : s.outbox)
            if (o.what.person == person)
                found = o.what;
        return found;
    });
}

} // namespace

class TestDeskPaging : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStepCallsByTheFirstChannelAndTellsPagerAndRoom()
    {
        PagingScene s;
        s.declare();
        QCOMPARE(s.out(), (Lines{"page chat ana@chat.example", "page duty ", "post chat ops@muc.example"}));
    }

    void aChannelInTroubleGivesThePageToTheNextOnce()
    {
        PagingScene s;
        s.declare();
        s.moved("chat", Delivery::Sent, "");
        QCOMPARE(s.out("ana").size(), std::size_t{1});
        const auto page = s.ask([](const state::State &st) { return st.outbox.begin()->first; });
        for (const auto &[delivery, reason] : {std::pair{Delivery::Queued, "no line"}, {Delivery::Queued, "still no line"}, {Delivery::Failed, "given up"}})
            VERIFY_RESULT(s.report(events::Event(events::OutboxMoved{page, delivery, "", reason, "INC-1"})));
        QCOMPARE(s.out("ana"), (Lines{"page chat ana@chat.example", "page mail ana@example.org"}));
        // And there is no third.
        s.moved("mail", Delivery::Failed, "refused");
        QCOMPARE(s.out("ana").size(), std::size_t{2});
    }

    void onceTheCallIsAnsweredNoOtherChannelIsTried()
    {
        PagingScene s;
        s.declare();
        const auto page = s.ask([](const state::State &st) { return st.outbox.begin()->first; });
        VERIFY_RESULT(s.command(desk::AcknowledgeEscalation{1}));
        VERIFY_RESULT(s.report(events::Event(events::OutboxMoved{page, Delivery::Failed, "", "gone", "INC-1"})));
        QCOMPARE(s.out("ana").size(), std::size_t{1});
    }

    void aPagerThatWasToldHearsTheAnswerAndTheEndOnceEach()
    {
        PagingScene s;
        s.declare();
        VERIFY_RESULT(s.command(desk::AcknowledgeEscalation{1}));
        QCOMPARE(s.out("webhook:duty"), (Lines{"page duty ", "page-answered duty "}));
        VERIFY_RESULT(s.command(desk::ChangeStatus{"INC-1", "resolved", ""}));
        VERIFY_RESULT(s.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        VERIFY_RESULT(s.command(desk::ChangeStatus{"INC-1", "resolved", ""}));
        QCOMPARE(s.out("webhook:duty"), (Lines{"page duty ", "page-answered duty ", "page-over duty "}));
    }

    void aPagerThatWasNeverReachedHearsNoEnd()
    {
        PagingScene s;
        s.declare();
        const auto page = s.numberOf("duty");
        VERIFY_RESULT(s.report(events::Event(events::OutboxMoved{page, Delivery::Failed, "", "refused", "INC-1"})));
        VERIFY_RESULT(s.command(desk::ChangeStatus{"INC-1", "resolved", ""}));
        QCOMPARE(s.out("webhook:duty"), Lines{"page duty "});
    }

    void whatIsOnlySaidGoesToNoPagerThoughItIsThePersonsFirstChannel()
    {
        PagingScene s;
        events::WorkspaceChanged e;
        e.digest = "two";
        Workspace w = paging();
        w.people[0].channels = {"webhook:duty", "chat"};
        w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}};
        e.workspace = std::move(w);
        VERIFY_RESULT(s.report(events::Event(e)));
        VERIFY_RESULT(s.command(desk::BreakGlass{"command", "", "", "30m", "nobody else is awake"}, "ben"));
        QCOMPARE(s.out("ana"), Lines{"page chat ana@chat.example"});
        // Nor when the way that was taken fails: a pager would make an incident of it.
        VERIFY_RESULT(s.report(events::Event(events::OutboxMoved{s.numberOf("chat"), Delivery::Failed, "", "no such address", ""})));
        QCOMPARE(s.out("ana"), Lines{"page chat ana@chat.example"});
    }
    void aDrillReachesNoPagerMailOrForeignRoom()
    {
        PagingScene s;
        s.declare("SEV2", "drill");
        QCOMPARE(s.out(), Lines{"page chat ana@chat.example"});
        QCOMPARE(s.withheld(), (Lines{"webhook:duty: a drill reaches nobody's pager or mail; it is said in chat only", "room:ops: a drill is said in its own room only"}));
    }

    void unarmedNothingGoesAndTheReasonIsKept()
    {
        PagingScene s;
        VERIFY_RESULT(s.command(desk::Disarm{"chat"}));
        VERIFY_RESULT(s.command(desk::Disarm{"mail"}));
        s.declare();
        QCOMPARE(s.out(), Lines{"page duty "});
        QCOMPARE(s.withheld(), (Lines{"ana: chat: no chat connection is armed for pages; mail: no mail connection is armed for pages", "room:ops: the connection is not armed for posts"}));
    }

    void pagesBeyondTheFifthGoOutInOneMessageThatNamesNoTitle()
    {
        PagingScene s;
        for (int n = 0; n < 6; ++n)
            s.declare("SEV3");
        QCOMPARE(s.out("ana").size(), std::size_t{6}); // each is the first of its incident
        s.clock.advance(minutes(4));
        for (std::uint32_t n : {1u, 2u})
            VERIFY_RESULT(s.command(desk::EscalateNow{n, 0, "ana"}));
        QCOMPARE(s.out("ana").size(), std::size_t{6});
        s.clock.advance(minutes(1));
        VERIFY_RESULT(s.wake());
        const auto last = s.ask([](const state::State &st) {
            std::string text;
            for (const auto &[n, o] : st.outbox)
                if (o.what.subject.starts_with("bundle/"))
                    text += o.what.person + " " + o.what.text;
            return text;
        });
        QCOMPARE(last, std::string("ana 2 more calls: INC-1 (SEV3, db), INC-2 (SEV3, db). Answer all of them in chat, to me alone: !ack; each with !ack in its room, or: quarterdeckctl ack INC-1 INC-2"));
        QCOMPARE(s.dumped(), s.committed());
    }

    void whoWasReachedByHandCountsAsAnsweringAndTheRecordSaysWhoSaysSo()
    {
        PagingScene s;
        s.declare();
        desk::MarkReached reached{"", "ana", "phone"};
        const auto done = s.command(reached, "ben");
        VERIFY_RESULT(done);
        QVERIFY(done->notes.empty());
        const auto lines = s.ask([](const state::State &st) {
            Lines all;
            for (const auto &e : st.incident("INC-1")->timeline)
                if (e.text.find("reached") == 0 || e.kind == state::EntryKind::Acknowledged)
                    all.push_back(e.actor + " " + e.text);
            return all;
        });
        QCOMPARE(lines, (Lines{"ben reached ana by phone", "ana acknowledged the call for Shop is down, as ben says"}));
        QCOMPARE(s.ask([](const state::State &st) { return st.escalations[0].acknowledgedBy; }), std::string("ana"));
    }

    /// A way out that is blocked is found out when the next page is needed, unless it is said.
    void aWayOutThatIsBlockedIsAnAlertOfOurs()
    {
        PagingScene s;
        const auto own = [&] {
            return s.ask([](const state::State &st) {
                Lines all;
                for (const auto &a : st.alerts.all)
                    if (st.label(a, "alertname") == "PagesBlocked")
                        all.push_back(std::string(st.label(a, "connection")) + (a.status == AlertStatus::Firing ? " firing" : " resolved"));
                return all;
            });
        };
        VERIFY_RESULT(s.report(events::Event(events::ConnectionReported{"mail", "live", ""})));
        QCOMPARE(own(), Lines{});
        VERIFY_RESULT(s.report(events::Event(events::ConnectionReported{"mail", "trouble", "the mail server does not answer"})));
        QCOMPARE(own(), Lines{"mail firing"});
        VERIFY_RESULT(s.report(events::Event(events::ConnectionReported{"mail", "trouble", "the line to the mail server broke"})));
        s.clock.advance(minutes(10));
        VERIFY_RESULT(s.wake());
        QCOMPARE(own(), Lines{"mail firing"});
        VERIFY_RESULT(s.report(events::Event(events::ConnectionReported{"mail", "live", ""})));
        QCOMPARE(own(), Lines{"mail resolved"});
    }

    /// One talk on the telephone may be about several calls; with nothing named it answers all that call that person, one by its name.
    void reachedByHandAnswersEveryCallThatCallsThem()
    {
        PagingScene s;
        s.declare();
        s.declare();
        const auto running = [&] {
            return s.ask([](const state::State &st) {
                Lines all;
                for (const auto &x : st.escalations)
                    all.push_back(x.incident + (x.isRunning() ? " runs" : " answered by " + x.acknowledgedBy));
                return all;
            });
        };
        QCOMPARE(running(), (Lines{"INC-1 runs", "INC-2 runs"}));
        VERIFY_RESULT(s.command(desk::MarkReached{"escalation/2", "ana", "phone"}, "ben"));
        QCOMPARE(running(), (Lines{"INC-1 runs", "INC-2 answered by ana"}));
        const auto over = s.command(desk::MarkReached{"escalation/2", "ana", "phone"}, "ben");
        QVERIFY(!over && over.error().code == Code::Conflict);
        for (const char *none : {"escalation/3", "escalation/0", "escalation/", "escalation/2x", "escalation/99999999999"}) {
            const auto refused = s.command(desk::MarkReached{none, "ana", "phone"}, "ben");
            QVERIFY2(!refused && refused.error().code == Code::NotFound, none);
        }
        s.declare();
        VERIFY_RESULT(s.command(desk::MarkReached{"", "ana", "phone"}, "ben"));
        QCOMPARE(running(), (Lines{"INC-1 answered by ana", "INC-2 answered by ana", "INC-3 answered by ana"}));
    }

    /// What calls somebody else is not answered by a talk with who was never called.
    void reachedByHandAnswersNoCallThatNeverCalledThem()
    {
        PagingScene s;
        const auto early = s.command(desk::MarkReached{"", "ben", "phone"}, "ana");
        QVERIFY(!early && early.error().message.starts_with("Nothing calls Ben now, and there is no incident"));
        s.declare(); // calls ana
        const auto done = s.command(desk::MarkReached{"", "ben", "phone"}, "ana");
        VERIFY_RESULT(done);
        QCOMPARE(done->notes.size(), std::size_t{1});
        QVERIFY2(done->notes[0].starts_with("Nothing calls Ben now: it is written down in INC-1, and answers no call."), done->notes[0].c_str());
        QVERIFY(s.ask([](const state::State &st) { return st.escalations[0].isRunning() && st.incident("INC-1")->timeline.back().text == "reached ben by phone"; }));
    }

    void whoMayNotAnswerIsRecordedAndTheCallGoesOn()
    {
        PagingScene s;
        Workspace w = paging();
        w.people.push_back({"eve", "Eve", "UTC", {}});
        events::WorkspaceChanged e;
        e.workspace = w;
        e.digest = "two";
        VERIFY_RESULT(s.report(events::Event(e)));
        s.declare();
        const auto done = s.command(desk::MarkReached{"INC-1", "eve", "sms"}, "ben");
        VERIFY_RESULT(done);
        QCOMPARE(done->notes.size(), std::size_t{1});
        QVERIFY(s.ask([](const state::State &st) { return st.escalations[0].isRunning(); }));
        QVERIFY(!s.command(desk::MarkReached{"INC-1", "nobody", "sms"}, "ben"));
        QVERIFY(!s.command(desk::MarkReached{"INC-1", "ana", "\n"}, "ben"));
    }

    void everyTargetSaysHowItIsAnswered()
    {
        PagingScene s;
        s.declare();
        const std::string how = ". Answer in chat, to me alone: !ack INC-1, or: quarterdeckctl ack INC-1";
        for (const char *target : {"ana", "webhook:duty", "room:ops"})
            QVERIFY2(lastFor(s, target).text.ends_with(how), lastFor(s, target).text.c_str());
        QCOMPARE(lastFor(s, "room:ops").mentions, Lines{"ana@chat.example"}); // whom the same step calls
        QVERIFY(lastFor(s, "ana").mentions.empty() && lastFor(s, "webhook:duty").mentions.empty());
        QCOMPARE(s.dumped(), s.committed());
    }

    void whereThereIsNoChatNoneIsNamed()
    {
        PagingScene s;
        VERIFY_RESULT(s.command(desk::RemoveConnection{"chat"}));
        s.declare();
        s.declare();
        for (const char *target : {"ana", "webhook:duty"})
            QVERIFY2(lastFor(s, target).text.ends_with(". Answer: quarterdeckctl ack INC-2"), lastFor(s, target).text.c_str());
        VERIFY_RESULT(s.command(desk::TestPage{"ana"}, "ben"));
        QVERIFY2(lastFor(s, "ana").text.ends_with(". Nothing has to be answered."), lastFor(s, "ana").text.c_str());
        QVERIFY(s.ask([](const state::State &st) {
            return std::none_of(st.outbox.begin(), st.outbox.end(), [](const auto &o) { return o.second.what.text.find("chat") != std::string::npos || o.second.what.text.find("!ack") != std::string::npos; });
        }));
    }

    void theIncidentsRoomIsToldHowToAnswerAndCallsByName()
    {
        PagingScene s;
        s.declare();
        VERIFY_RESULT(s.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true, false})));
        VERIFY_RESULT(s.command(desk::EscalateNow{1, 0, "ana", "now"}, "ben"));
        const auto line = lastFor(s, "");
        QVERIFY2(line.text.starts_with("Calling: step ") && line.text.ends_with(". Answer here: !ack, or: quarterdeckctl ack INC-1"), line.text.c_str());
        QCOMPARE(line.room, std::string("inc-1@muc.example"));
        QCOMPARE(line.mentions, Lines{"ana@chat.example"});
        QCOMPARE(line.escalation, 1u);
        QVERIFY2(lastFor(s, "ana").text.find(". Answer with !ack in the incident's room, to me alone in chat: !ack INC-1, or: quarterdeckctl ack INC-1") != std::string::npos, lastFor(s, "ana").text.c_str());
        QCOMPARE(s.dumped(), s.committed());
    }

    void whoAsksForItIsCalledByNameInTheIncidentsRoomAndNowhereTwice()
    {
        PagingScene s;
        Workspace w = paging();
        w.people[0].channels = {"mention", "mail"};
        events::WorkspaceChanged changed;
        changed.workspace = w;
        changed.digest = "two";
        VERIFY_RESULT(s.report(events::Event(changed)));
        s.declare();
        QCOMPARE(lastFor(s, "ana").connection, std::string("mail")); // there is no room yet
        QVERIFY(lastFor(s, "ana").mentions.empty());
        VERIFY_RESULT(s.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true, false})));
        s.clock.advance(minutes(1));
        VERIFY_RESULT(s.command(desk::EscalateNow{1, 0, "ana", "now"}, "ben"));
        const auto page = lastFor(s, "ana");
        QCOMPARE(page.effect, Effect::Page);
        QCOMPARE(page.room, std::string("inc-1@muc.example"));
        QCOMPARE(page.mentions, Lines{"ana@chat.example"});
        QVERIFY(lastFor(s, "").text.starts_with("Calling: step ") && lastFor(s, "").mentions.empty());
        // In trouble, it goes on by the next.
        VERIFY_RESULT(s.report(events::Event(events::OutboxMoved{page.number, Delivery::Failed, "", "the room is gone", "INC-1"})));
        QCOMPARE(lastFor(s, "ana").connection, std::string("mail"));
        QVERIFY(lastFor(s, "ana").mentions.empty());
        QCOMPARE(s.dumped(), s.committed());
    }

    void aTestPageGoesThroughEveryChannelAndOpensNothing()
    {
        PagingScene s;
        const auto done = s.command(desk::TestPage{"ana"}, "ben");
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("test/1"));
        QCOMPARE(s.out("ana"), (Lines{"page chat ana@chat.example", "page mail ana@example.org"}));
        VERIFY_RESULT(s.command(desk::Disarm{"mail"}));
        VERIFY_RESULT(s.command(desk::TestPage{""}, "ana"));
        QCOMPARE(s.withheld(), Lines{"ana test/2 mail: no mail connection is armed for pages"});
        QCOMPARE(s.ask([](const state::State &st) { return st.incidents.size() + st.escalations.size(); }), std::size_t{0});
        // One in trouble goes to no other channel: each speaks for itself.
        const auto before = s.out().size();
        s.moved("chat", Delivery::Failed, "gone");
        QCOMPARE(s.out().size(), before);
    }

    void whatAConnectionMayNotBeIsRefusedWithAReason_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("from") << QByteArray("from") << QByteArray("desk\r\nBcc: eve@example.org");
        QTest::newRow("no address") << QByteArray("from") << QByteArray("desk");
        QTest::newRow("scheme") << QByteArray("url") << QByteArray("http://mail.example");
        QTest::newRow("user in the address") << QByteArray("url") << QByteArray("smtp://u:p@mail.example");
        QTest::newRow("header") << QByteArray("secretHeader") << QByteArray("X: y");
        QTest::newRow("place") << QByteArray("body") << QByteArray("{{evil}}");
        QTest::newRow("long") << QByteArray("body") << QByteArray(8001, 'x');
        QTest::newRow("recipe") << QByteArray("preset") << QByteArray("fax");
        QTest::newRow("twilio without account") << QByteArray("preset") << QByteArray("twilio");
    }
    void whatAConnectionMayNotBeIsRefusedWithAReason()
    {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        PagingScene s;
        desk::AddConnection c;
        c.connection.name = "new";
        c.connection.kind = "smtp";
        c.connection.url = "smtp://mail.example";
        c.connection.from = "desk@example.org";
        QVERIFY(s.command(c));
        const std::string text = value.toStdString();
        (field == "from" ? c.connection.from : field == "url" ? c.connection.url : field == "body" ? c.connection.body : field == "preset" ? c.connection.preset : c.connection.secretHeader) = text;
        const auto done = s.command(c);
        QVERIFY(!done);
        QVERIFY(!done.error().message.empty());
    }

    void aSecretIsNotSentInTheClearToAnotherMachine()
    {
        PagingScene s;
        desk::AddConnection c;
        c.connection.name = "hook";
        c.connection.kind = "webhook";
        c.connection.secretFile = "secrets/hook.token";
        for (const auto &[url, ok] : {std::pair{"https://hook.example", true}, {"http://127.0.0.1:8080/x", true}, {"http://localhost", true}, {"http://[::1]:80/", true},
                                      {"http://hook.example", false}, {"http://127.example.org/", false}, {"http://10.0.0.1", false}}) {
            c.connection.url = url;
            QVERIFY2(s.command(c).has_value() == ok, url);
        }
    }
};

QD_TEST(TestDeskPaging)
#include "tst_paging.moc"
