// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/direct.h"

#include "core/oncall/answerlink.h"

#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What a person and the console say to each other alone: calls by name, and answers in a direct message or by one link for many.
namespace {

using Lines = std::vector<std::string>;

Workspace ownedShop()
{
    Workspace w = aWorkspace();
    w.people.push_back({"eve", "Eve", "UTC", {"eve@chat.example"}});
    for (Service &s : w.services)
        s.paging = Paging::Own;
    return w;
}

struct Alone : QuietBench {
    explicit Alone(Workspace w = ownedShop()) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    std::string down(const std::string &service, const std::string &instance = "1")
    {
        return fires({{"alertname", "Down"}, {"service", service}, {"instance", instance}, {"severity", "critical"}});
    }
    std::string declare(const std::string &title = "Shop is down", const std::string &service = "db")
    {
        desk::DeclareIncident d;
        d.title = title;
        d.service = service;
        d.severity = "SEV2";
        d.room = false;
        const auto r = command(d);
        Q_ASSERT(r);
        return r->id;
    }
    events::MessageSeen direct(const std::string &text, const std::string &person = "ana")
    {
        events::MessageSeen m = message(text, person);
        m.room.clear();
        m.incident.clear();
        return m;
    }
    /// What was said back to one person alone.
    Lines answers()
    {
        return ask([](const state::State &s) {
            Lines out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Reply && !o.what.person.empty())
                    out.push_back(o.what.person + " at " + o.what.room + ": " + o.what.text);
            return out;
        });
    }
    std::string said(const events::MessageSeen &m)
    {
        const auto before = answers().size();
        const auto ok = report(events::Event(m));
        Q_ASSERT(ok);
        const Lines now = answers();
        return now.size() == before ? std::string() : now.back();
    }
    std::vector<state::Escalation> calls()
    {
        return ask([](const state::State &s) { return s.escalations; });
    }
    Lines pages()
    {
        return ask([](const state::State &s) {
            Lines out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Page)
                    out.push_back(o.what.person + ": " + o.what.text);
            return out;
        });
    }
};

} // namespace

class TestDirect : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ackToTheConsoleAloneAnswersEveryCallThatCallsTheSpeaker()
    {
        Alone b;
        const std::string key = b.down("db");
        b.declare("Shop is down", "cart");
        QCOMPARE(b.calls().size(), std::size_t{2});
        QCOMPARE(b.said(b.direct("!ack")), std::string("ana at ana@example: Acknowledged by Ana: escalation/1 (Down), INC-1 (Shop is down)."));
        for (const auto &x : b.calls())
            QVERIFY(x.outcome == "acknowledged" && x.acknowledgedBy == "ana");
        QCOMPARE(word(b.alert(key).workflow), std::string_view("acknowledged")); // whoever answers a call answers for its alerts
        QVERIFY(b.said(b.direct("!ack")).find("nothing calls you now") != std::string::npos);
    }

    void oneIsNamedByItsNumberOrItsIncident()
    {
        Alone b;
        b.down("db");
        b.declare("Shop is down", "cart");
        QVERIFY(b.said(b.direct("!ack INC-1")).ends_with("Acknowledged by Ana: INC-1 (Shop is down)."));
        QVERIFY(b.calls()[0].isRunning());
        QVERIFY(b.said(b.direct("!ack escalation/1")).ends_with("Acknowledged by Ana: escalation/1 (Down)."));
        for (const char *wrong : {"!ack escalation/1", "!ack escalation/99", "!ack escalation/x", "!ack INC-9"})
            QVERIFY2(b.said(b.direct(wrong)).find("Not done: ") != std::string::npos, wrong);
    }

    void whoIsNotCalledAnswersNothing()
    {
        Alone b;
        b.down("db");
        QVERIFY(b.said(b.direct("!ack", "eve")).find("nothing calls you now") != std::string::npos);
        b.pass(minutes(5)); // ben is called as well
        QVERIFY(b.said(b.direct("!ack", "ben")).ends_with("Acknowledged by Ben: escalation/1 (Down)."));
    }

    void onlyAFreshCommandOfABoundIdentityIsHeardAndNothingElseIsAnswered()
    {
        Alone b;
        b.down("db");
        auto unbound = b.direct("!ack", "");
        auto unverified = b.direct("!ack"), own = b.direct("!ack"), archived = b.direct("!ack"), edit = b.direct("!ack");
        unverified.verified = false;
        own.own = archived.replayed = true;
        edit.kind = events::MessageKind::Edit;
        for (const auto &m : {unbound, unverified, own, archived, edit, b.direct("hello"), b.direct("thanks, ack")})
            QCOMPARE(b.said(m), std::string());
        auto old = b.direct("!ack");
        old.serverTime = b.clock.now() - minutes(6);
        QVERIFY(b.said(old).find("older than 5 minutes") != std::string::npos);
        for (const char *other : {"!take", "!ack am/0123456789abcdef", "ack", "!acknowledge"}) // what rooms understand, or nothing
            QVERIFY2(!desk::callAnswered(other), other);
        QVERIFY(b.calls().front().isRunning());
    }

    void whatIsOnlyObservedIsNotWhatAPlainAckMeans()
    {
        Workspace w = aWorkspace(); // beside a pager of record
        Alone b(w);
        b.declare();
        QVERIFY(b.calls().front().observed);
        QVERIFY(b.said(b.direct("!ack")).find("nothing calls you now") != std::string::npos);
    }

    void aPageSaysThatItIsAnsweredInADirectMessage()
    {
        Alone b;
        b.down("db");
        QVERIFY(b.pages().front().find("to me alone: !ack escalation/1") != std::string::npos);
        b.declare("Shop is down", "cart");
        QVERIFY(b.pages().back().find("to me alone in chat: !ack INC-1") != std::string::npos);
    }

    void theAnswerWaitsForAConnectionArmedForPages()
    {
        Alone b;
        b.down("db");
        QVERIFY(b.command(desk::Arm{"chat", {"posts"}}));
        QCOMPARE(b.said(b.direct("!ack")), std::string());
        QCOMPARE(b.calls().front().outcome, std::string("acknowledged"));
    }

    void wordsToTheConsoleAloneGoWithTheAlertsOfTheirDay()
    {
        Alone b;
        const events::Event said = b.direct("!ack");
        QCOMPARE(events::streamOf(said, kMorning), "alerts/" + toRfc3339(kMorning).substr(0, 10));
    }

    // --- a person called by name (oncall#4761, "page an additional responder") ---

    void issue4761SomebodyIsCalledByNameThoughTheCallWasAnsweredAlready()
    {
        Alone b;
        b.declare();
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "ana"));
        const auto done = b.command(desk::PagePeople{"INC-1", {}, {"eve"}, "knows the replica"}, "ana");
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("escalation/2"));
        QVERIFY(b.pages().back().starts_with("eve: You are called: Shop is down: knows the replica. Asked for by name, INC-1."));
        QVERIFY(b.calls()[1].isRunning() && b.calls()[0].outcome == "acknowledged");
        QVERIFY(!b.command(desk::AcknowledgeEscalation{2}, "ben")); // its own answer
        QVERIFY(b.said(b.direct("!ack", "eve")).ends_with("Acknowledged by Eve: INC-1 (Shop is down: knows the replica)."));
        QCOMPARE(b.calls()[1].acknowledgedBy, std::string("eve"));
    }

    void itIsCalledThreeTimesThenGivenUpWhileTheIncidentIsOpen()
    {
        Alone b;
        b.declare();
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "ana"));
        VERIFY_RESULT(b.command(desk::PagePeople{"INC-1", {}, {"eve"}, {}}, "ana"));
        for (int n = 0; n < 4; ++n)
            b.pass(minutes(5));
        QCOMPARE(b.calls()[1].steps.size(), std::size_t{3});
        QCOMPARE(b.calls()[1].outcome, std::string("exhausted"));
    }

    void aSelectionOfAlertsCallsByItsGroupsAndEndsWithThem()
    {
        Alone b;
        const std::string one = b.down("db"), two = b.down("cart");
        QVERIFY(b.command(desk::Acknowledge{{one, two}, "on it"}, "ana"));
        VERIFY_RESULT(b.command(desk::PagePeople{{}, {one, two}, {"eve"}, {}}, "ana"));
        QCOMPARE(b.calls().size(), std::size_t{4});
        QVERIFY(b.calls()[2].isDirect() && b.calls()[2].isRunning() && !b.calls()[2].steps.empty()); // acknowledged alerts are no reason to wait
        // Others who acknowledge do not answer for eve, nor does eve's answer take the alerts.
        b.down("db", "2");
        QVERIFY(b.command(desk::Acknowledge{{one}, "me too"}, "ben"));
        QVERIFY(b.calls()[2].isRunning());
        b.resolves({{"alertname", "Down"}, {"service", "cart"}, {"instance", "1"}, {"severity", "critical"}});
        const auto calls = b.calls();
        const auto ended = std::count_if(calls.begin(), calls.end(), [](const auto &x) { return x.isDirect() && x.outcome == "ended"; });
        QCOMPARE(ended, 1);
    }

    void aCallByNameIsNotTheGroupsOwn()
    {
        Alone b(aWorkspace()); // nothing calls by itself
        const std::string key = b.down("db");
        QVERIFY(b.calls().empty());
        VERIFY_RESULT(b.command(desk::PagePeople{{}, {key}, {"ben"}, {}}, "ana"));
        QVERIFY(!b.calls()[0].observed); // somebody asked: the service's paging does not keep it back
        QVERIFY(b.pages().back().starts_with("ben: "));
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "ben"));
        QVERIFY(word(b.alert(key).workflow) != "acknowledged");
    }

    void whatCannotBeCalledIsSaid()
    {
        Alone b;
        b.declare();
        QVERIFY(!b.command(desk::PagePeople{"INC-1", {}, {}, {}}));
        QVERIFY(!b.command(desk::PagePeople{"INC-1", {}, {"nobody"}, {}}));
        QVERIFY(!b.command(desk::PagePeople{"INC-7", {}, {"ben"}, {}}));
        VERIFY_RESULT(b.command(desk::PagePeople{"INC-1", {}, {"ben"}, {}}));
        QVERIFY(!b.command(desk::PagePeople{"INC-1", {}, {"ben"}, {}})); // is being called already
        QVERIFY(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}));
        QVERIFY(!b.command(desk::PagePeople{"INC-1", {}, {"eve"}, {}}));
        QVERIFY(!b.calls().back().isRunning());
    }

    // --- one link for many calls, and for a test ---

    void theLinkOfABundleNamesItsCallsAndWhichAreOpen()
    {
        Alone b;
        b.down("db");
        b.down("cart");
        events::AnswerLinkMade link{1, 0, {}, "ana", std::string(64, 'a'), {1, 2}, 0};
        QVERIFY(b.report(events::Event(link)));
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "ana"));
        const auto open = b.ask([](const state::State &s) { return oncall::answering(s, std::string(64, 'a')); });
        QVERIFY(open.kind == oncall::Answering::Kind::Open);
        QCOMPARE(open.calls, (Lines{"escalation/1 Down: answered", "escalation/2 Down"}));
        QCOMPARE(open.open, std::vector<std::uint32_t>{2});
        QVERIFY(b.command(desk::AcknowledgeEscalation{2}, "ana"));
        QVERIFY(b.ask([](const state::State &s) { return oncall::answering(s, std::string(64, 'a')); }).kind == oncall::Answering::Kind::Over);
    }

    void aTestPageIsAnsweredOnceByItsPersonOnly()
    {
        Alone b;
        VERIFY_RESULT(b.command(desk::TestPage{"ana"}, "ben"));
        QVERIFY(b.report(events::Event(events::AnswerLinkMade{1, 0, {}, "ana", std::string(64, 'b'), {}, 1})));
        QVERIFY(b.ask([](const state::State &s) { return oncall::answering(s, std::string(64, 'b')); }).kind == oncall::Answering::Kind::Open);
        QVERIFY(b.said(b.direct("!ack test/1", "ben")).find("only they can answer it") != std::string::npos);
        QVERIFY(b.said(b.direct("!ack test/1")).find("test/1 is recorded as answered by Ana") != std::string::npos);
        QVERIFY(b.said(b.direct("!ack test/1")).find("answered already") != std::string::npos);
        QVERIFY(b.ask([](const state::State &s) { return s.pageBook.test(1)->answeredAt == s.time || bool(s.pageBook.test(1)->answeredAt); }));
        QVERIFY(b.ask([](const state::State &s) { return oncall::answering(s, std::string(64, 'b')); }).kind == oncall::Answering::Kind::Answered);
        QVERIFY(b.dumped() == b.committed());
    }
};

QD_TEST(TestDirect)
#include "tst_direct.moc"
