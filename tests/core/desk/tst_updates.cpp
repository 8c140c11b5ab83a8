// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/clocks.h"
#include "core/comms/reach.h"
#include "core/control/textcopy.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.2: an update reaches the audience its template names; what reached nobody is still owed.
namespace {

UpdateTemplate aTemplate(const std::string &id, const std::string &audience, AudienceKind kind, std::vector<std::string> to)
{
    UpdateTemplate t{id, id, audience, "{{title}}: {{state}}", {{"state", "where we stand", true}}};
    t.kind = kind;
    t.to = std::move(to);
    return t;
}

Workspace aReachingWorkspace()
{
    Workspace w = aWorkspace();
    w.templates = {aTemplate("tech", "technical", AudienceKind::Technical, {}), aTemplate("board", "executive", AudienceKind::Executive, {"mail:board", "mail:deputies", "webhook:hook", "room:chat/bridge"}),
                   aTemplate("status", "customers", AudienceKind::Customer, {}), aTemplate("press", "customers", AudienceKind::Customer, {"mail:press"})};
    w.recipients = {{"board", "The board", {"a@board.example", "b@board.example"}}, {"deputies", {}, {"b@board.example", "c@board.example"}}, {"press", {}, {"p@press.example"}}};
    w.cadences = {{IncidentSeverity::Sev1, "customers", minutes(30)}, {IncidentSeverity::Sev1, "executive", hours(1)}};
    return w;
}

struct ReachBench : QuietBench {
    explicit ReachBench(Workspace w = aReachingWorkspace(), const std::string &kind = {}) : QuietBench(std::move(w))
    {
        desk::AddConnection chat;
        chat.connection.name = "chat";
        chat.connection.kind = "xmpp";
        chat.connection.url = "ws://127.0.0.1:1/";
        chat.connection.muc = "muc.example";
        (void)command(chat);
        desk::AddConnection post;
        post.connection.name = "post";
        post.connection.kind = "smtp";
        post.connection.url = "smtp://mail.example";
        post.connection.from = "desk@example.org";
        (void)command(post);
        connect("hook", "webhook");
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.severity = "SEV1";
        d.service = "mail";
        d.kind = kind;
        d.room = false;
        const auto declared = command(d);
        Q_ASSERT(declared);
    }
    void arm(const std::string &name, const std::string &what = "posts")
    {
        const auto done = command(desk::Arm{name, {what}});
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
    }
    void room() { (void)report(events::RoomLinked{"INC-1", "chat", "inc@muc.example", true, false}); }
    Result<Outcome> send(const std::string &updateTemplate, const std::string &byHand = {}) { return command(desk::SendUpdate{"INC-1", updateTemplate, {{"state", "better"}}, byHand}); }
    /// "connection address", of what carries this update.
    std::vector<std::string> carried(const std::string &subject)
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.subject == subject)
                    out.push_back(o.what.connection + " " + o.what.room);
            return out;
        });
    }
    state::Update update(std::size_t n = 0)
    {
        return ask([&](const state::State &s) { return s.incident("INC-1")->updates.at(n); });
    }
    std::vector<comms::UpdateClock> clocks(const std::string &audience)
    {
        return ask([&](const state::State &s) {
            auto out = comms::clocksOf(s, *s.incident("INC-1"));
            std::erase_if(out, [&](const comms::UpdateClock &c) { return c.audience != audience; });
            return out;
        });
    }
    void fail(const std::string &connection)
    {
        const auto numbers = ask([&](const state::State &s) {
            std::vector<std::uint64_t> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.connection == connection && o.delivery != Delivery::Failed)
                    out.push_back(n);
            return out;
        });
        for (const std::uint64_t n : numbers)
            (void)report(events::OutboxMoved{n, Delivery::Failed, {}, "refused", "INC-1"});
    }
};

} // namespace

class TestUpdates final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anUpdateGoesWhereItsTemplateSaysAndNotIntoTheRespondersRoom()
    {
        ReachBench b;
        for (const char *name : {"chat", "post", "hook"})
            b.arm(name);
        b.room();
        const auto sent = b.send("board");
        VERIFY_RESULT(sent);
        QVERIFY(sent->notes.empty());
        QCOMPARE(b.carried("update/1"), (std::vector<std::string>{"post a@board.example", "post b@board.example", "post c@board.example", "hook ", "chat bridge@muc.example"})); // b once
        QCOMPARE(b.update().to, (std::vector<std::string>{"mail:board", "mail:deputies", "webhook:hook", "room:chat/bridge"}));
        QVERIFY(!b.update().unheard);
        const auto mail = b.ask([](const state::State &s) {
            const auto it = std::find_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.subject == "update/1"; });
            return it == s.outbox.end() ? events::OutboxQueued{} : it->second.what;
        });
        QCOMPARE(mail.title, std::string("SEV1 INC-1: Payments fail"));
        QCOMPARE(mail.text, std::string("Payments fail: better"));
        VERIFY_RESULT(b.send("tech")); // of itself it is said in the rooms
        QCOMPARE(b.carried("update/2"), std::vector<std::string>{"chat inc@muc.example"});
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatReachedNobodyIsStillOwed()
    {
        ReachBench b;
        b.pass(minutes(31));
        const auto before = b.clocks("customers");
        QCOMPARE(before.size(), std::size_t(1));
        QVERIFY(before[0].missedAt);
        const auto sent = b.send("status");
        VERIFY_RESULT(sent);
        QVERIFY2(sent->notes.at(0).starts_with("Nobody was told: INC-1 has no room."), sent->notes.at(0).c_str());
        QVERIFY(b.update().unheard);
        const auto after = b.clocks("customers");
        QCOMPARE(after.size(), std::size_t(1));
        QVERIFY(after[0].due == before[0].due && after[0].missedAt && after[0].promise == 0); // and nothing was promised with it
        b.clock.advance(minutes(2));
        VERIFY_RESULT(b.command(desk::MarkPosted{{}, "Slack", 1}));
        QVERIFY(!b.update().unheard);
        const auto heard = b.clocks("customers");
        QCOMPARE(heard.size(), std::size_t(1));
        QCOMPARE(heard[0].promise, 1U); // what it says of the next one is a promise now
        QCOMPARE(heard[0].due, b.update().at + minutes(30));
        QVERIFY(!heard[0].missedAt);
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        QVERIFY(!b.update().unheard);
    }

    void aPromiseThatNobodyHeardTheUpdateOfStaysOpen()
    {
        ReachBench b;
        VERIFY_RESULT(b.command(desk::MakePromise{"INC-1", "executive", "10m", {}}));
        b.pass(minutes(6)); // it is older than an update takes to write
        b.arm("post");
        b.arm("hook");
        VERIFY_RESULT(b.send("press"));
        QVERIFY(!b.update(0).unheard);
        VERIFY_RESULT(b.command(desk::Disarm{"post"}));
        VERIFY_RESULT(b.command(desk::Disarm{"hook"}));
        const auto sent = b.send("board");
        VERIFY_RESULT(sent);
        QVERIFY(b.update(1).unheard);
        const std::string &note = sent->notes.at(0);
        for (const char *said : {"arm post --allow posts", "arm hook --allow posts", "arm chat --allow posts"})
            QVERIFY2(note.find(said) != std::string::npos, note.c_str());
        QCOMPARE(b.clocks("executive").at(0).promise, 1U);
        VERIFY_RESULT(b.send("board", "mail")); // put there by hand it is heard
        const auto promises = b.ask([](const state::State &s) { return s.incident("INC-1")->promises; });
        QVERIFY(promises.at(0).keptAt);
    }

    void oneWayThatIsOpenIsEnoughAndTheOthersAreSaid()
    {
        ReachBench b;
        b.arm("post");
        const auto sent = b.send("board");
        VERIFY_RESULT(sent);
        QVERIFY(!b.update().unheard);
        QCOMPARE(sent->notes.size(), std::size_t(2));
        QCOMPARE(sent->notes[0], std::string("It does not reach webhook:hook: the connection is not armed for posts; arm it with: arm hook --allow posts."));
        QCOMPARE(b.carried("update/1").size(), std::size_t(3));
        const auto withheld = b.ask([](const state::State &s) {
            const auto &all = s.incident("INC-1")->withheld;
            return std::count_if(all.begin(), all.end(), [](const state::Withheld &w) { return w.what.effect == events::Effect::Post && w.what.text == "Payments fail: better"; });
        });
        QCOMPARE(withheld, std::ptrdiff_t(2));
    }

    void aRoomThatComesLaterTakesWhatWasMeantForIt()
    {
        ReachBench b;
        b.arm("chat");
        VERIFY_RESULT(b.send("status"));
        VERIFY_RESULT(b.send("board"));
        QVERIFY(b.update(0).unheard);
        QVERIFY(!b.update(1).unheard); // the bridge is there
        b.room();
        QVERIFY(!b.update(0).unheard);
        QCOMPARE(b.carried("update/1"), std::vector<std::string>{"chat inc@muc.example"});
        QCOMPARE(b.carried("update/2"), std::vector<std::string>{"chat bridge@muc.example"}); // it was not meant for responders
        QCOMPARE(b.dumped(), b.committed());
    }

    void whenEveryPostOfItFailsItReachedNobody()
    {
        ReachBench b;
        b.arm("post");
        b.arm("hook");
        VERIFY_RESULT(b.command(desk::MakePromise{"INC-1", "executive", "10m", {}}));
        b.pass(minutes(6));
        VERIFY_RESULT(b.send("board"));
        const auto kept = [&] { return b.ask([](const state::State &s) { return static_cast<bool>(s.incident("INC-1")->promises.at(0).keptAt); }); };
        QVERIFY(kept());
        b.fail("post");
        QVERIFY(!b.update().unheard && kept()); // the webhook may take it yet
        QCOMPARE(b.ask([](const state::State &s) { return std::string(comms::howFar(s, s.incident("INC-1")->updates.at(0))); }), std::string("failed"));
        b.fail("hook");
        QVERIFY(b.update().unheard && !kept());
        QCOMPARE(b.clocks("executive").at(0).promise, 1U);
        VERIFY_RESULT(b.command(desk::MarkPosted{{}, "Teams", 0}));
        QVERIFY(!b.update().unheard && kept());
        QCOMPARE(b.dumped(), b.committed());
    }

    void ofADrillNothingLeavesAndThatCounts()
    {
        ReachBench b(aReachingWorkspace(), "drill");
        for (const char *name : {"chat", "post", "hook"})
            b.arm(name);
        const auto sent = b.send("board");
        VERIFY_RESULT(sent);
        QVERIFY(b.carried("update/1").empty());
        QVERIFY(!b.update().unheard);
        QVERIFY(sent->notes.at(0).find("a drill mails nobody outside") != std::string::npos);
    }

    void checksAreNotGoneAroundByAnUpdate()
    {
        Workspace w = aReachingWorkspace();
        w.approvals = {{"legal", "Legal", {"ben"}, {}, {}, {"customers"}, minutes(10)}};
        ReachBench b(w);
        b.arm("post");
        b.arm("hook");
        const auto refused = b.send("press");
        VERIFY_FAILS(refused, Code::Forbidden);
        QVERIFY2(refused.error().message.find("Write a message: message draft --audience customers --to mail:press") != std::string::npos, refused.error().message.c_str());
        VERIFY_RESULT(b.send("board"));  // the check is not for executives
        VERIFY_RESULT(b.send("status")); // nor for what stays in the house
        VERIFY_RESULT(b.send("press", "mail")); // what somebody did by hand is recorded
    }

    void eachPlaceHasItsClearance()
    {
        Workspace w = aReachingWorkspace();
        w.clearances = {{"b", DataClass::Internal, {}, {}, false, {}, {}, {}, {"board", "deputies"}, {}, {}, {}}};
        ReachBench b(w);
        b.arm("post");
        b.arm("hook");
        const auto send = [&] { return b.command(desk::SendUpdate{"INC-1", "board", {{"state", "[[internal: the vault]] is open"}}, {}}); };
        const auto refused = send();
        VERIFY_FAILS(refused, Code::Forbidden);
        QVERIFY2(refused.error().message.find("what goes through hook, which may not be told what is marked") != std::string::npos, refused.error().message.c_str());
        Workspace cleared = w;
        ClearanceRule hook;
        hook.id = "hook";
        hook.level = DataClass::Internal;
        hook.connections = {"hook"};
        cleared.clearances.push_back(hook);
        events::WorkspaceChanged changed;
        changed.workspace = cleared;
        changed.digest = "cleared";
        VERIFY_RESULT(b.report(events::Event(changed)));
        VERIFY_RESULT(send());
        const auto said = b.ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                out += o.what.text + "\n";
            return out;
        });
        QVERIFY2(said.find("the vault is open") != std::string::npos, said.c_str());
    }

    void whereItGoesIsSaidAsTheGateHasIt()
    {
        for (const bool armed : {false, true}) {
            ReachBench b;
            if (armed)
                for (const char *name : {"chat", "post", "hook"})
                    b.arm(name);
            b.room();
            for (const char *id : {"tech", "board", "status", "press"}) {
                const auto reach = b.ask([&](const state::State &s) { return comms::goesTo(s, *s.incident("INC-1"), *s.workspace->updateTemplate(id)); });
                const auto count = b.ask([](const state::State &s) { return s.incident("INC-1")->updates.size() + 1; });
                VERIFY_RESULT(b.send(id));
                const bool isOpen = std::any_of(reach.begin(), reach.end(), [](const auto &r) { return r.why.empty(); });
                QCOMPARE(isOpen, !b.carried("update/" + std::to_string(count)).empty());
                QCOMPARE(isOpen, armed);
            }
        }
        ReachBench b;
        const auto named = b.ask([](const state::State &s) { return comms::inWords(comms::goesTo(s, *s.incident("INC-1"), *s.workspace->updateTemplate("status"))); });
        QCOMPARE(named, std::string("the rooms of INC-1, where customers may not be: the template names no place for them (not now: INC-1 has no room)"));
    }

    void whatWasSentIsCopiedForItsAudience()
    {
        ReachBench b;
        VERIFY_RESULT(b.send("status"));
        const auto copied = [&](const control::TextCopy &asked, const std::string &person) { return b.ask([&](const state::State &s) { return control::textCopyJson(s, asked, person); }); };
        const auto copy = copied({"INC-1", 1, 0}, "ana");
        VERIFY_RESULT(copy);
        QVERIFY2(copy->find("\"slack\":\"*Shop: status*\\n*Payments fail:* better\"") != std::string::npos, copy->c_str());
        VERIFY_FAILS(copied({"INC-1", 7, 0}, "ana"), Code::NotFound);
        VERIFY_FAILS(copied({"INC-1", 0, 1}, "ana"), Code::NotFound);
        desk::DraftMessage d;
        d.title = "Payments";
        d.text = "Some fail.";
        VERIFY_RESULT(b.command(d));
        VERIFY_FAILS(copied({"INC-1", 0, 1}, "ana"), Code::Conflict); // nobody released it
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-1", {}}));
        desk::ReleaseMessage r;
        r.message = 1;
        VERIFY_RESULT(b.command(r));
        const auto released = copied({"INC-1", 0, 1}, "ana");
        VERIFY_RESULT(released);
        QVERIFY2(released->find("Subject: Payments\\n\\nSome fail.") != std::string::npos, released->c_str());
        VERIFY_RESULT(b.command(desk::SendUpdate{"INC-1", "tech", {{"state", "[[internal: the vault]] is open"}}, "Slack", false}));
        VERIFY_FAILS(copied({"INC-1", 2, 0}, "stranger"), Code::Forbidden);
    }

    /// The incident's own title is ours: a mail to customers is headed by what says nothing of it, or as its template says, and passes the gate with it.
    void whatHeadsAnUpdateIsForItsReaders()
    {
        Workspace w = aReachingWorkspace();
        w.name = "Shop";
        w.recipients.back().mail = {"P@press.example"};
        w.recipients.push_back({"papers", {}, {"p@press.example"}});
        w.templates.back().to = {"mail:press", "mail:papers"};
        w.templates.back().name = "For customers";
        ReachBench b(w);
        b.arm("post");
        const auto heads = [&](const std::string &subject) {
            return b.ask([&](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.subject == subject)
                        out.push_back(o.what.title);
                return out;
            });
        };
        QVERIFY(b.send("press"));
        QCOMPARE(heads("update/1"), std::vector<std::string>{"Shop: For customers"}); // once: an address is the same in capitals
        QVERIFY(b.send("board"));
        QVERIFY(!heads("update/2").empty() && heads("update/2").front() == "SEV1 INC-1: Payments fail");
        const auto headedBy = [&](const std::string &subject) {
            w.templates.back().subject = subject;
            events::WorkspaceChanged change;
            change.workspace = w;
            change.digest = subject;
            return b.report(events::Event(change)).has_value();
        };
        QVERIFY(headedBy("{{service}}: {{state}}"));
        QVERIFY(b.send("press"));
        QCOMPARE(heads("update/3"), std::vector<std::string>{"mail: better"});
        QVERIFY(headedBy("{{state}} [[confidential: bank]]"));
        const auto refused = b.send("press");
        QVERIFY(!refused && refused.error().code == Code::Forbidden);
    }
};

QD_TEST(TestUpdates)
#include "tst_updates.moc"
