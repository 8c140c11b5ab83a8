// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/chatroom.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

/// Who speaks in a room: addresses bound by a word, a broken glass, who was shown what.
class TestChatIdentity final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWordBindsAnAddressOnce()
    {
        ChatRoom r;
        QVERIFY(r.says("", "!take").find("not bound") != std::string::npos);
        VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("anchor-bishop-cedar-delta")}));
        VERIFY_RESULT(r.report(events::Event(r.word("wrong"))));
        QCOMPARE(r.identities(), std::size_t(0));
        VERIFY_RESULT(r.report(events::Event(r.word("anchor-bishop-cedar-delta"))));
        QCOMPARE(r.identities(), std::size_t(1));
        auto m = r.from("", "!take");
        m.sender = "Eve@phone.example/x";
        QCOMPARE(r.answerTo(m), std::string("Eve is Incident Commander."));
        VERIFY_RESULT(r.report(events::Event(r.word("anchor-bishop-cedar-delta", "mallory@evil.example")))); // used up
        QCOMPARE(r.identities(), std::size_t(1));
        r.restart();
        QCOMPARE(r.identities(), std::size_t(1));
        VERIFY_RESULT(r.command(desk::UnbindIdentity{"eve", "chat", "", "lost her phone"}));
        m = r.from("", "!log x");
        m.sender = "eve@phone.example/x";
        QVERIFY(r.answerTo(m).find("not bound") != std::string::npos);
    }

    void aWordBindsNothingWhen_data()
    {
        QTest::addColumn<int>("which");
        int n = 0;
        for (const char *name : {"it is late", "the server does not vouch", "out of the archive", "another connection", "the address is somebody's", "there were too many wrong ones"})
            QTest::newRow(name) << n++;
    }
    void aWordBindsNothingWhen()
    {
        QFETCH(int, which);
        ChatRoom r;
        r.connect("other", "xmpp");
        VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("right")}));
        auto said = r.word("right");
        switch (which) {
        case 0: r.clock.advance(minutes(10)); said.serverTime = r.clock.now(); break;
        case 1: said.verified = false; break;
        case 2: said.replayed = true; break;
        case 3: said.connection = "other"; break;
        case 4: said.address = "ben@chat.example"; break;
        case 5:
            for (std::uint32_t n = 0; n < desk::kWrongWords; ++n)
                (void)r.report(events::Event(r.word("wrong" + std::to_string(n))));
            break;
        }
        VERIFY_RESULT(r.report(events::Event(said)));
        QCOMPARE(r.identities(), std::size_t(0));
    }

    /// Whoever the server vouches for nobody about can say words without end: they block nobody's binding, and do not fill the room with answers.
    void wordsThatCouldNotBindUseUpNobodys()
    {
        ChatRoom r;
        VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("right")}));
        const auto answers = [&] {
            return r.ask([](const state::State &s) { return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.because.rule == "reply/bind"; }); });
        };
        for (std::uint32_t n = 0; n < 2 * desk::kWrongWords; ++n) {
            auto guest = r.word("x" + std::to_string(n), "guest@evil.example");
            (n % 2 == 0 ? guest.verified : guest.replayed) = n % 2 != 0;
            VERIFY_RESULT(r.report(events::Event(guest)));
        }
        QCOMPARE(answers(), std::ptrdiff_t(desk::kUntriedAnswered));
        VERIFY_RESULT(r.report(events::Event(r.word("right"))));
        QCOMPARE(r.identities(), std::size_t(1));
    }

    /// A name that is shown may be anybody's: what is asked of somebody who was picked from the platform's list is theirs by their address.
    void aMentionIsWhoeverItsAddressIsBoundTo()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.people.push_back({"bob", "Bob", "UTC", {}}); });
        const auto newest = [&] { return r.incident([](const state::Incident &i) { return i.tasks.empty() ? std::string() : i.tasks.back().person; }); };
        QVERIFY(r.says("ana", "@Bob@ben@chat.example check lag 10m").starts_with("Noted: task."));
        QCOMPARE(newest(), std::string("ben"));
        for (const char *marked : {"@Bob@ben@chat.example. check lag 10m", "@Bob@ben@chat.example, check lag 10m", "@Bob@ben@chat.example: check lag 10m"}) {
            const auto before = r.incident([](const state::Incident &i) { return i.tasks.size(); });
            QVERIFY2(r.says("ana", marked).starts_with("Noted: task."), marked);
            QCOMPARE(newest(), std::string("ben"));
            QCOMPARE(r.incident([](const state::Incident &i) { return i.tasks.back().text; }), std::string("check lag"));
            QCOMPARE(r.incident([](const state::Incident &i) { return i.tasks.size(); }), before + 1);
        }
        QVERIFY(r.says("ana", "@Bob check lag 10m").starts_with("Noted: task.")); // typed
        QCOMPARE(newest(), std::string("bob"));
        const auto count = [&] { return r.incident([](const state::Incident &i) { return i.tasks.size(); }); };
        const auto before = count();
        const std::string refused = r.says("ana", "@Bob@carl@chat.example check lag 10m");
        QVERIFY2(refused.starts_with("Not done: @Bob is not bound to anybody here (carl@chat.example); "), refused.c_str());
        QCOMPARE(count(), before);
        QVERIFY(r.says("ana", "!handover @Bob@carl@chat.example all is well").starts_with("Not done: @Bob is not bound"));
        QCOMPARE(r.says("ana", "@Bob@carl@chat.example can you look?"), std::string()); // conversation
    }

    /// Whoever is given the id of somebody who left has their own addresses and rights.
    void whatWhoLeftHadIsNotTheNextsWithTheirId()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}, {"all", Right::Respond, {"eve", "ben"}, {}, false, {}, {}}}; });
        for (const char *address : {"eve@phone.example", "eve@laptop.example"}) {
            VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("right")}));
            VERIFY_RESULT(r.report(events::Event(r.word("right", address))));
        }
        VERIFY_RESULT(r.command(desk::BindIdentity{"ben", "chat", sha256Hex("his")}));
        VERIFY_RESULT(r.report(events::Event(r.word("his", "ben@phone.example"))));
        QCOMPARE(r.identities(), std::size_t(3));
        VERIFY_RESULT(r.command(desk::BindIdentity{"eve", "chat", sha256Hex("later")})); // not said yet
        VERIFY_RESULT(r.command(desk::BreakGlass{"command", "", "INC-1", "2h", "nobody else is awake"}, "eve"));
        VERIFY_RESULT(r.command(desk::BreakGlass{"command", "", "INC-1", "2h", "so am I"}, "ben"));
        const auto stands = [&] {
            return r.ask([&](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &g : s.access.glass)
                    if (g.standsAt(r.clock.now()))
                        out.push_back(g.person);
                return out;
            });
        };
        QCOMPARE(stands(), (std::vector<std::string>{"eve", "ben"}));
        r.setWorkspace([](Workspace &w) {
            std::erase_if(w.people, [](const Person &p) { return p.id == "eve"; });
            w.rights[1].people = {"ben"};
        });
        QCOMPARE(r.identities(), std::size_t(1));
        QCOMPARE(stands(), std::vector<std::string>{"ben"});
        r.setWorkspace([](Workspace &w) { w.people.push_back({"eve", "Eve the second", "UTC", {}}); });
        auto m = r.from("", "!take");
        m.sender = "eve@phone.example/x";
        QVERIFY(r.answerTo(m).find("not bound") != std::string::npos);
        VERIFY_RESULT(r.report(events::Event(r.word("later", "eve@tablet.example"))));
        QCOMPARE(r.identities(), std::size_t(1));
        QVERIFY(!r.command(desk::TakeCommand{"INC-1", ""}, "eve"));
        QCOMPARE(r.dumped(), r.committed());
    }

    void noWordAwaitedIsNoRecord()
    {
        ChatRoom r;
        const auto head = r.journal->head();
        VERIFY_RESULT(r.report(events::Event(r.word("anything"))));
        QCOMPARE(r.journal->head(), head);
    }

    void breakingTheGlassTellsTwoOthersAndEnds()
    {
        ChatRoom r;
        r.setWorkspace([](Workspace &w) { w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}}; });
        QVERIFY(!r.command(desk::TakeCommand{"INC-1", ""}, "eve"));
        QVERIFY(!r.command(desk::BreakGlass{"command", "", "INC-1", "", ""}, "eve")); // no reason
        QVERIFY(!r.command(desk::BreakGlass{"command", "", "INC-1", "5h", "r"}, "eve"));
        QVERIFY(!r.command(desk::BreakGlass{"observe", "", "INC-1", "", "r"}, "eve"));
        QVERIFY(!r.command(desk::BreakGlass{"command", "", "INC-1", "", "r"}, "stranger"));
        QCOMPARE(r.command(desk::BreakGlass{"command", "", "INC-1", "", "r"}, "ana").error().code, Code::Conflict); // has it
        const auto broken = r.command(desk::BreakGlass{"command", "", "INC-1", "30m", "nobody else is awake"}, "eve");
        VERIFY_RESULT(broken);
        QCOMPARE(broken->id, std::string("glass/1"));
        r.ask([](const state::State &s) {
            [&] {
                const auto &g = s.access.glass.at(0);
                QCOMPARE(g.told, (std::vector<std::string>{"ana", "ben"}));
                std::vector<std::string> told;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.subject == "glass/1" && o.what.effect == events::Effect::Page)
                        told.push_back(o.what.person);
                QCOMPARE(told, (std::vector<std::string>{"ana", "ben"}));
                const auto &t = s.incident("INC-1")->timeline;
                QVERIFY(std::any_of(t.begin(), t.end(), [](const auto &e) { return e.text.find("took the right to command for INC-1") != std::string::npos; }));
            }();
            return 0;
        });
        QVERIFY(r.command(desk::TakeCommand{"INC-1", ""}, "eve"));
        QVERIFY(!r.command(desk::Arm{"chat", {"posts"}}, "eve"));
        QVERIFY(!r.command(desk::EndGlass{1, ""}, "ben")); // neither theirs nor an administrator
        VERIFY_RESULT(r.command(desk::EndGlass{1, "over"}, "eve"));
        QVERIFY(!r.command(desk::RecordDecision{"INC-1", "x"}, "eve"));
        VERIFY_RESULT(r.command(desk::BreakGlass{"command", "", "INC-1", "30m", "again"}, "eve"));
        r.clock.advance(minutes(30));
        QVERIFY(!r.command(desk::RecordDecision{"INC-1", "x"}, "eve"));
    }

    void aRightThatTwoOthersDoNotHearOfIsAnAlarmWhileItStands_data()
    {
        QTest::addColumn<int>("reached");
        QTest::addColumn<int>("ends");
        QTest::newRow("both hear of it") << 2 << 0;
        QTest::newRow("one does, and its time is over") << 1 << 0;
        QTest::newRow("one does, and it is given back") << 1 << 1;
        QTest::newRow("one does, and who took it leaves") << 1 << 2;
        QTest::newRow("no way is open") << 0 << 0;
        QTest::newRow("there is one other person") << -1 << 1;
    }
    void aRightThatTwoOthersDoNotHearOfIsAnAlarmWhileItStands()
    {
        QFETCH(int, reached);
        QFETCH(int, ends);
        ChatRoom r;
        r.setWorkspace([&](Workspace &w) {
            w.rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}};
            if (reached == 1)
                w.people[1].xmpp.clear();
            if (reached < 0)
                std::erase_if(w.people, [](const Person &p) { return p.id == "ben"; });
        });
        if (reached == 0)
            VERIFY_RESULT(r.command(desk::Disarm{"chat"}));
        const auto isAlarm = [&] {
            return r.ask([](const state::State &s) {
                return std::any_of(s.alerts.all.begin(), s.alerts.all.end(), [&](const state::Alert &a) { return a.status == AlertStatus::Firing && s.label(a, "alertname") == "RightTaken"; });
            });
        };
        const auto broken = r.command(desk::BreakGlass{"command", "", "INC-1", "30m", "nobody else is awake"}, "eve");
        VERIFY_RESULT(broken);
        QCOMPARE(isAlarm(), reached < 2);
        QCOMPARE(broken->notes.empty(), reached == 2);
        QCOMPARE(r.ask([](const state::State &s) { return s.access.glass.at(0).unheard; }), reached < 2);
        r.clock.advance(minutes(30) - seconds(1));
        VERIFY_RESULT(r.wake());
        QCOMPARE(isAlarm(), reached < 2);
        if (ends == 0) {
            r.clock.advance(seconds(1));
            VERIFY_RESULT(r.wake());
        } else if (ends == 1) {
            VERIFY_RESULT(r.command(desk::EndGlass{1, "over"}, "eve"));
        } else {
            r.setWorkspace([](Workspace &w) { std::erase_if(w.people, [](const Person &p) { return p.id == "eve"; }); });
        }
        QVERIFY(!isAlarm());
        QCOMPARE(r.dumped(), r.committed());
    }

    void whoLooksAtARestrictedIncidentIsRecordedOnceInAWhile()
    {
        ChatRoom r;
        VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.looks.size(); }), std::size_t(0)); // not restricted
        r.setWorkspace([](Workspace &w) {
            w.business = {{"payroll", "Payroll"}};
            w.business[0].data = DataClass::Restricted;
            w.services[1].carries = {"payroll"};
        });
        for (int n = 0; n < 3; ++n)
            VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}));
        VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}, "ben"));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.looks.size(); }), std::size_t(2));
        r.clock.advance(minutes(15));
        VERIFY_RESULT(r.command(desk::RecordRead{"INC-1", "get timeline"}));
        QCOMPARE(r.ask([](const state::State &s) { return s.access.looks.size(); }), std::size_t(3));
        bool inItsStream = false;
        VERIFY_RESULT(desk::replay(*r.journal, 1, r.journal->head(), [&](const desk::Record &record) {
            for (const auto &e : record.events)
                if (holds<events::RestrictedRead>(e))
                    inItsStream = events::streamOf(e, record.time).starts_with("access/20");
            return true;
        }));
        QVERIFY(inItsStream);
    }
};

QD_TEST(TestChatIdentity)
#include "tst_chatidentity.moc"
