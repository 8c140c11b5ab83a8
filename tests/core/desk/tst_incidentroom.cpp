// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/topics.h"
#include "tests/core/desk/chatroom.h"

using namespace qd;
using namespace qd::desk;
using namespace qd::tests;

namespace {

/// An incident's room, and what is to be written in it.
struct HeadedRoom : ChatRoom {
    /// Every topic there is, the newest last.
    std::vector<std::string> topics()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Topic)
                    out.push_back(o.what.room + ": " + o.what.text);
            return out;
        });
    }
    /// When the room's topic is set, as far as that is said.
    Instant waitsUntil()
    {
        return ask([](const state::State &s) { return topicAgain(s, *s.incident("INC-1"), s.incident("INC-1")->rooms.front()); });
    }
    std::size_t posts()
    {
        return ask([](const state::State &s) { return static_cast<std::size_t>(std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.effect == events::Effect::Post; })); });
    }
    void settleTopic(Delivery delivery, const std::string &reason = {}, Instant again = {})
    {
        const auto number = ask([](const state::State &s) {
            std::uint64_t out = 0;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Topic)
                    out = n;
            return out;
        });
        QVERIFY(report(events::Event(events::OutboxMoved{number, delivery, {}, reason, "INC-1", Looked::NotYet, again})));
    }
    /// The newest topic of one room.
    void settleTopicOf(const std::string &room, Delivery delivery, Instant again = {})
    {
        const auto number = ask([&](const state::State &s) {
            std::uint64_t out = 0;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Topic && o.what.room == room)
                    out = n;
            return out;
        });
        QVERIFY(number != 0);
        QVERIFY(report(events::Event(events::OutboxMoved{number, delivery, {}, delivery == Delivery::Failed ? "not yet" : "", "INC-1", Looked::NotYet, again})));
    }
    std::string is(const std::string &severity)
    {
        return "room@muc.example: " + severity + " · " + std::string(qd::word(status())) + " · Cart is down";
    }
};

} // namespace

class TestIncidentRoom final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsTopicSaysWhatIsSo()
    {
        HeadedRoom r;
        std::vector<std::string> wanted{r.is("SEV2")};
        QCOMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Confirmed);
        QCOMPARE(r.topics(), wanted);
        QCOMPARE(r.says("ana", "!sev SEV1 everybody is hit"), std::string("INC-1 is SEV1."));
        wanted.push_back(r.is("SEV1"));
        QCOMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Confirmed);
        VERIFY_RESULT(r.command(ChangeStatus{"INC-1", "mitigated", "rolled back"}));
        wanted.push_back(r.is("SEV1"));
        QVERIFY(wanted.back().find("mitigated") != std::string::npos);
        QCOMPARE(r.topics(), wanted);
        VERIFY_RESULT(r.command(WriteLog{"INC-1", "nothing of that is in the topic"}));
        QCOMPARE(r.topics(), wanted);
        QCOMPARE(r.dumped(), r.committed());
    }

    /// Discord takes two in ten minutes.
    void howeverMuchChangesWhileOneIsUnderWayIsOneTopicAndTheNewest()
    {
        HeadedRoom r;
        std::vector<std::string> wanted{r.is("SEV2")};
        for (const char *severity : {"SEV1", "SEV3", "SEV1"})
            VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", severity, "as it looks"}));
        QCOMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Sent);
        QCOMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Confirmed);
        wanted.push_back(r.is("SEV1"));
        QCOMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Failed, "twice in ten minutes");
        QCOMPARE(r.topics(), wanted); // what was refused is not asked for again
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV2", "as it looks"}));
        wanted.push_back(r.is("SEV2"));
        QCOMPARE(r.topics(), wanted);
    }

    void whatAPlatformDoesNotTakeForNowIsSetWhenItDoesAndTheNewest()
    {
        HeadedRoom r;
        std::vector<std::string> wanted{r.is("SEV2")};
        r.settleTopic(Delivery::Confirmed);
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV1", "as it looks"}));
        wanted.push_back(r.is("SEV1"));
        const Instant again = r.clock.now() + minutes(8);
        r.settleTopic(Delivery::Failed, "Discord takes no other topic yet", again);
        QCOMPARE(r.waitsUntil(), again);
        const std::size_t posts = r.posts();
        for (const char *severity : {"SEV3", "SEV4"})
            VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", severity, "as it looks"}));
        QVERIFY(r.posts() >= posts + 2); // nothing else waits
        r.clock.advance(minutes(8) - seconds(1));
        (void)r.wake();
        QCOMPARE(r.topics(), wanted);
        QCOMPARE(r.waitsUntil(), again);
        r.restart(); // what waits stands in the journal
        QCOMPARE(r.waitsUntil(), again);
        r.clock.advance(seconds(1));
        (void)r.wake();
        wanted.push_back(r.is("SEV4"));
        QTRY_COMPARE(r.topics(), wanted);
        QCOMPARE(r.waitsUntil(), Instant{});
        const Instant later = r.clock.now() + minutes(3);
        r.settleTopic(Delivery::Failed, "Discord takes no other topic yet", later); // as often as it takes
        QCOMPARE(r.waitsUntil(), later);
        r.clock.advance(minutes(3));
        (void)r.wake();
        wanted.push_back(r.is("SEV4"));
        QTRY_COMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Confirmed);
        r.clock.advance(hours(1));
        (void)r.wake();
        QCOMPARE(r.topics(), wanted);
        QCOMPARE(r.dumped(), r.committed());
    }

    void aTopicThatIsSoAgainByThenIsNotSetAndWhatIsSaidOfTheWaitIsBounded()
    {
        HeadedRoom r;
        std::vector<std::string> wanted{r.is("SEV2")};
        r.settleTopic(Delivery::Confirmed);
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV1", "as it looks"}));
        wanted.push_back(r.is("SEV1"));
        r.settleTopic(Delivery::Failed, "not yet", r.clock.now() + minutes(8));
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV2", "it was as before"}));
        QCOMPARE(r.waitsUntil(), Instant{}); // its room says it
        r.clock.advance(minutes(9));
        (void)r.wake();
        QCOMPARE(r.topics(), wanted);
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV3", "less"}));
        wanted.push_back(r.is("SEV3"));
        QCOMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Failed, "not yet", r.clock.now() + hours(24 * 400));
        QVERIFY(r.waitsUntil() && r.waitsUntil() <= r.clock.now() + state::kAgainMost);
        VERIFY_RESULT(r.command(Disarm{"chat"}));
        QCOMPARE(r.waitsUntil(), Instant{});
        r.clock.advance(hours(25));
        (void)r.wake();
        QCOMPARE(r.topics(), wanted);
        VERIFY_RESULT(r.command(Arm{"chat", {"rooms", "posts", "pages"}}));
        (void)r.wake();
        wanted.push_back(r.is("SEV3"));
        QTRY_COMPARE(r.topics(), wanted);
        r.settleTopic(Delivery::Failed, "not yet", r.clock.now() - hours(1)); // a clock that is behind
        QVERIFY(r.waitsUntil() > r.clock.now());
    }

    /// Of two rooms whose topics wait one says it again by then: the other's is set, once.
    void howeverManyRoomsWaitEachTopicIsSetOnce()
    {
        HeadedRoom r;
        r.settleTopicOf("room@muc.example", Delivery::Failed);
        QVERIFY(r.report(events::Event(events::RoomLinked{"INC-1", "chat", "war@muc.example", true, false})));
        r.settleTopicOf("war@muc.example", Delivery::Confirmed);
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV1", "as it looks"}));
        for (const char *room : {"room@muc.example", "war@muc.example"})
            r.settleTopicOf(room, Delivery::Failed, r.clock.now() + minutes(8));
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV2", "it was as before"}));
        std::vector<std::string> wanted = r.topics();
        r.clock.advance(minutes(8));
        (void)r.wake();
        wanted.push_back(r.is("SEV2"));
        QTRY_COMPARE(r.topics(), wanted);
    }

    void whereToTalkIsPinnedWhenItIsDeclaredAndSaidInItsRoom()
    {
        HeadedRoom r;
        r.setWorkspace([](Workspace &w) {
            w.conference = "https://meet.example/inc-{{number}}";
            w.templates.push_back({"call", "Call", "technical", "We talk at {{conference}}", {}, {}});
        });
        DeclareIncident d;
        d.title = "Mail is slow";
        d.room = false;
        VERIFY_RESULT(r.command(d));
        const std::string pinned = "conference: https://meet.example/inc-2";
        r.ask([&](const state::State &s) {
            [&] {
                const auto &links = s.incident("INC-2")->links;
                QCOMPARE(links.size(), std::size_t(1));
                QCOMPARE(links[0].title + ": " + links[0].url, pinned);
            }();
            return 0;
        });
        const auto before = r.ask([](const state::State &s) { return s.lastOutbox; });
        QVERIFY(r.report(events::Event(events::RoomLinked{"INC-2", "chat", "inc-2@muc.example", true, false})));
        const std::string greeting = r.ask([&](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (n > before && o.what.because.rule == "post/greeting")
                    out = o.what.text;
            return out;
        });
        QVERIFY2(greeting.find("\n" + pinned + "\n") != std::string::npos, greeting.c_str());
        QVERIFY(r.alone("ana", "!status INC-2").find(pinned) != std::string::npos);
        SendUpdate u;
        u.incident = "INC-2";
        u.updateTemplate = "call";
        VERIFY_RESULT(r.command(u));
        QVERIFY(r.ask([](const state::State &s) { return s.incident("INC-2")->updates.back().text == "We talk at https://meet.example/inc-2"; }));
        VERIFY_RESULT(r.command(PinLink{"INC-2", "conference", "https://meet.example/other"}));
        r.clock.advance(minutes(1));
        VERIFY_RESULT(r.command(u));
        QVERIFY(r.ask([](const state::State &s) { return s.incident("INC-2")->links.size() == 1 && s.incident("INC-2")->updates.back().text == "We talk at https://meet.example/other"; }));
        QVERIFY(r.incident([](const state::Incident &i) { return i.links.empty(); })); // it was declared before there was one
        QCOMPARE(r.dumped(), r.committed());
    }

    void somebodysOwnRoomKeepsItsTopic()
    {
        HeadedRoom r;
        r.settleTopic(Delivery::Confirmed);
        QVERIFY(r.report(events::Event(events::RoomLinked{"INC-1", "chat", "ops@muc.example", false, true})));
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV1", "worse"}));
        for (const std::string &topic : r.topics())
            QVERIFY2(topic.starts_with("room@muc.example"), topic.c_str());
    }

    void aConnectionThatIsSetElsewhereIsToBeArmedAgain_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<bool>("isElsewhere");
        QTest::newRow("its server") << "url" << true;
        QTest::newRow("its host of rooms") << "muc" << true;
        QTest::newRow("the server of our account") << "domain" << true;
        QTest::newRow("where its channels are made") << "category" << true;
        QTest::newRow("a slash at its end") << "slash" << false;
        QTest::newRow("our account at that server") << "account" << false;
        QTest::newRow("another secret") << "secret" << false;
        QTest::newRow("an option") << "option" << false;
    }
    /// What may be written was said of the place it led to.
    void aConnectionThatIsSetElsewhereIsToBeArmedAgain()
    {
        QFETCH(QString, what);
        QFETCH(bool, isElsewhere);
        const std::string changed = what.toStdString();
        HeadedRoom r;
        AddConnection chat;
        chat.connection.name = "chat";
        chat.connection.kind = "xmpp";
        chat.connection.url = "ws://127.0.0.1:1/";
        chat.connection.muc = "muc.example";
        chat.connection.address = "desk@chat.example";
        VERIFY_RESULT(r.command(chat));
        const auto armed = [&] { return r.ask([](const state::State &s) { return s.source("chat")->armed; }); };
        const Writes all = armed();
        QVERIFY(all != 0); // a first word of where its rooms are is no other place
        if (changed == "url")
            chat.connection.url = "ws://127.0.0.1:2/";
        else if (changed == "slash")
            chat.connection.url = "ws://127.0.0.1:1";
        else if (changed == "category")
            chat.connection.category = "4711";
        else if (changed == "muc")
            chat.connection.muc = "rooms.example";
        else if (changed == "domain")
            chat.connection.address = "desk@other.example";
        else if (changed == "account")
            chat.connection.address = "bridge@chat.example";
        else if (changed == "secret")
            chat.connection.secretFile = "secrets/chat.new";
        else
            chat.connection.insteadAfter = minutes(10);
        const auto set = r.command(chat);
        VERIFY_RESULT(set);
        QCOMPARE(armed(), isElsewhere ? Writes{0} : all);
        QCOMPARE(set->notes.size(), std::size_t(isElsewhere ? 1 : 0));
        if (isElsewhere)
            QVERIFY2(set->notes[0].find("arm chat --allow rooms,posts,pages") != std::string::npos, set->notes[0].c_str());
        QCOMPARE(r.dumped(), r.committed());
    }

    /// After a restart nobody found it, and no second one is made: nothing is queued for it, and the same may be attached again.
    void aRoomThatIsGoneGetsNoWordUntilItIsAttachedAgain()
    {
        HeadedRoom r;
        AddConnection chat;
        chat.connection.name = "chat";
        chat.connection.kind = "xmpp";
        chat.connection.url = "ws://127.0.0.1:1/";
        chat.connection.muc = "muc.example"; // what it calls its rooms, for whoever attaches one
        VERIFY_RESULT(r.command(chat));
        VERIFY_RESULT(r.command(Arm{"chat", {"rooms", "posts", "pages"}}));
        r.settleTopic(Delivery::Confirmed);
        const auto queued = [&] {
            return r.ask([](const state::State &s) {
                return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.room == "room@muc.example" && o.second.what.effect != events::Effect::AttachRoom; });
            });
        };
        QVERIFY(r.report(events::Event(events::RoomGapSeen{"chat", "room@muc.example", "INC-1", {}, r.clock.now(), {}, "it was archived; room --attach room@muc.example"})));
        const auto before = queued();
        VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", "SEV1", "worse"}));
        QCOMPARE(queued(), before);
        VERIFY_RESULT(r.command(AttachRoom{"INC-1", "room@muc.example"}));
        QVERIFY(r.ask([](const state::State &s) {
            return std::any_of(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.effect == events::Effect::AttachRoom && o.second.what.room == "room@muc.example"; });
        }));
        QCOMPARE(r.dumped(), r.committed());
    }

    /// Nobody is asked into it; who is there hears who is missing, and who is called hears where it is.
    void whoIsCalledAndWasNotHeardInSomebodysOwnRoomIsNamedThereOnce()
    {
        HeadedRoom r;
        QVERIFY(r.report(events::Event(events::RoomLinked{"INC-1", "chat", "ops@muc.example", false, true})));
        const auto said = [&] {
            return r.ask([](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.because.rule == "room/unheard" || (o.what.effect == events::Effect::Invite && o.what.room == "ops@muc.example"))
                        out.push_back(o.what.room + ": " + o.what.text.substr(0, o.what.text.find('.')));
                return out;
            });
        };
        auto heard = r.from("ana", "I am here");
        heard.room = "ops@muc.example";
        QVERIFY(r.report(events::Event(heard)));
        PagePeople call;
        call.incident = "INC-1";
        call.people = {"ana", "ben", "eve"};
        VERIFY_RESULT(r.command(call));
        const std::vector<std::string> wanted{"ops@muc.example: Ben and Eve are called and were not heard here"};
        QCOMPARE(said(), wanted);
        const std::string page = r.ask([](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Page && o.what.person == "ben")
                    out = o.what.text;
            return out;
        });
        QVERIFY2(page.find("Answer with !ack in the incident's room (ops@muc.example), to me alone") != std::string::npos, page.c_str());
        r.clock.advance(minutes(1));
        (void)r.command(EscalateNow{2, 0, "ben", "again"});
        QCOMPARE(said(), wanted);
        QCOMPARE(r.dumped(), r.committed());
    }

    /// Of a room that an incident is declared with, too: what was said in it before is heard first.
    void whoIsCalledBeforeTheRoomIsTheIncidentsIsNamedThereOnceItIs()
    {
        HeadedRoom r;
        AddConnection war;
        war.connection.name = "war";
        war.connection.kind = "xmpp";
        war.connection.url = "ws://127.0.0.1:1/";
        war.connection.muc = "muc.example";
        VERIFY_RESULT(r.command(war));
        VERIFY_RESULT(r.command(Arm{"war", {"rooms", "posts", "pages"}}));
        DeclareIncident d;
        d.title = "Mail is slow";
        d.severity = "SEV2";
        d.service = "mail";
        d.attach = "ops@muc.example";
        VERIFY_RESULT(r.command(d));
        PagePeople call;
        call.incident = "INC-2";
        call.people = {"ben", "eve"};
        VERIFY_RESULT(r.command(call));
        const auto named = [&] {
            return r.ask([](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.because.rule == "room/unheard" && o.what.incident == "INC-2")
                        out.insert(out.end(), o.what.because.matched.begin(), o.what.because.matched.end());
                std::sort(out.begin(), out.end());
                return out;
            });
        };
        QVERIFY(named().empty());
        QVERIFY(r.report(events::Event(events::RoomLinked{"INC-2", "war", "ops@muc.example", false, true})));
        auto heard = r.from("eve", "it was slow all morning", "INC-2");
        heard.connection = "war";
        heard.room = "ops@muc.example";
        heard.replayed = true;
        QVERIFY(r.report(events::Event(heard)));
        QVERIFY(named().empty());
        const auto number = r.ask([](const state::State &s) {
            std::uint64_t out = 0;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::AttachRoom && o.what.incident == "INC-2")
                    out = n;
            return out;
        });
        QVERIFY(number != 0);
        QVERIFY(r.report(events::Event(events::OutboxMoved{number, Delivery::Confirmed, "ops@muc.example", {}, "INC-2"})));
        const std::vector<std::string> once = named();
        QCOMPARE(std::count(once.begin(), once.end(), "ben"), std::ptrdiff_t(1));
        QCOMPARE(std::count(once.begin(), once.end(), "eve"), std::ptrdiff_t(0)); // who spoke there before is there
        QVERIFY(r.report(events::Event(events::OutboxMoved{number, Delivery::Confirmed, "ops@muc.example", {}, "INC-2"})));
        QCOMPARE(named(), once);
        QCOMPARE(r.dumped(), r.committed());
    }

    void aMarkedTitleIsSealedAndAskedForOnce()
    {
        HeadedRoom r;
        DeclareIncident d;
        d.title = "Payments of [[restricted: canary]] fail";
        d.severity = "SEV2";
        d.room = false;
        VERIFY_RESULT(r.command(d));
        QVERIFY(r.report(events::Event(events::RoomLinked{"INC-2", "chat", "inc-2@muc.example", true, false})));
        const auto topics = r.topics();
        QCOMPARE(topics.size(), std::size_t(2));
        QVERIFY2(topics.back().find("canary") == std::string::npos && topics.back().find("sealed") != std::string::npos, topics.back().c_str());
        r.settleTopic(Delivery::Confirmed);
        QCOMPARE(r.topics(), topics);
    }

    void aRoomIsMadeLaterWhereThereWasNone()
    {
        HeadedRoom r;
        VERIFY_FAILS(r.command(MakeRoom{"INC-1"}), Code::Conflict); // it has one
        VERIFY_RESULT(r.command(Disarm{"chat"}));
        DeclareIncident d;
        d.title = "Mail is slow";
        VERIFY_RESULT(r.command(d));
        const auto made = [&] {
            return r.ask([](const state::State &s) {
                std::vector<std::string> out;
                for (const auto &[n, o] : s.outbox)
                    if (o.what.effect == events::Effect::CreateRoom)
                        out.push_back(o.what.incident + " " + o.what.room);
                return out;
            });
        };
        QVERIFY(made().empty());
        const auto unarmed = r.command(MakeRoom{"INC-2"});
        VERIFY_FAILS(unarmed, Code::Conflict);
        QVERIFY2(unarmed.error().message.find("arm it with: arm chat --allow rooms,posts") != std::string::npos, unarmed.error().message.c_str());
        VERIFY_RESULT(r.command(Arm{"chat", {"rooms", "posts", "pages"}}));
        VERIFY_RESULT(r.command(MakeRoom{"INC-2"}));
        QCOMPARE(made(), std::vector<std::string>{"INC-2 inc-2"});
        VERIFY_FAILS(r.command(MakeRoom{"INC-2"}), Code::Conflict); // it is under way
        const auto number = r.ask([](const state::State &s) { return s.lastOutbox; });
        QVERIFY(r.report(events::Event(events::OutboxMoved{number, Delivery::Failed, {}, "there is one of that name", "INC-2"})));
        VERIFY_RESULT(r.command(MakeRoom{"INC-2"}));
        VERIFY_RESULT(r.command(ChangeStatus{"INC-2", "resolved", "it is fast"}));
        VERIFY_FAILS(r.command(MakeRoom{"INC-2"}), Code::Conflict); // it is over
        QCOMPARE(r.dumped(), r.committed());
    }

    void withoutAChatThereIsNoRoomToMake()
    {
        Bench b;
        b.settle();
        DeclareIncident d;
        d.title = "Mail is slow";
        VERIFY_RESULT(b.command(d));
        VERIFY_FAILS(b.command(MakeRoom{}), Code::NotFound);
    }

    void whatMayNotBeWrittenIsSaidOnce()
    {
        HeadedRoom r;
        VERIFY_RESULT(r.command(Disarm{"chat"}));
        r.settleTopic(Delivery::Failed, "the connection is no longer armed for it");
        const auto said = [&] {
            return r.incident([](const state::Incident &i) {
                return std::count_if(i.withheld.begin(), i.withheld.end(), [](const state::Withheld &w) { return w.what.effect == events::Effect::Topic; });
            });
        };
        for (const char *severity : {"SEV1", "SEV3"})
            VERIFY_RESULT(r.command(ChangeSeverity{"INC-1", severity, "as it looks"}));
        QCOMPARE(said(), std::ptrdiff_t(1));
        QCOMPARE(r.topics().size(), std::size_t(1));
    }
};

QD_TEST(TestIncidentRoom)
#include "tst_incidentroom.moc"
