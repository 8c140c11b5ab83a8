// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/chatroom.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::tests;

namespace {

using Texts = std::vector<std::string>;

/// The room of INC-1, and further ones of it, each on a connection of its own.
struct Rooms : ChatRoom {
    std::uint64_t before = 0;

    Rooms()
    {
        VERIFY_RESULT(command(desk::TakeCommand{"INC-1", {}}, "ana"));
    }
    /// Another room; `kind` of a platform that hears, or is only posted to.
    void attach(const std::string &connection, const std::string &kind, const std::string &room, bool isArmed = true, bool isPrivate = false)
    {
        desk::AddConnection add;
        add.connection.name = connection;
        add.connection.kind = kind;
        add.connection.url = kind == "teams" ? "https://127.0.0.1:1/" : "ws://127.0.0.1:1/";
        VERIFY_RESULT(command(add));
        if (isArmed)
            VERIFY_RESULT(command(desk::Arm{connection, {"posts"}}));
        link(connection, room, isPrivate);
    }
    void link(const std::string &connection, const std::string &room, bool isPrivate = false)
    {
        VERIFY_RESULT(report(events::Event(events::RoomLinked{"INC-1", connection, room, true, false, isPrivate})));
    }
    /// Said in a room; what is said since in which, as "room: text".
    Texts heard(const std::string &person, const std::string &text, const std::string &connection = "chat", const std::string &room = "room@muc.example")
    {
        before = ask([](const state::State &s) { return s.lastOutbox; });
        auto m = from(person, text);
        m.connection = connection;
        m.room = room;
        if (const auto done = report(events::Event(std::move(m))); !done)
            return {"error: " + done.error().message};
        return since();
    }
    Texts since()
    {
        return ask([this](const state::State &s) {
            Texts out;
            for (const auto &[n, o] : s.outbox)
                if (n > before && (o.what.effect == events::Effect::Post || o.what.effect == events::Effect::Reply))
                    out.push_back(o.what.room + ": " + o.what.text);
            return out;
        });
    }
    /// What is said when a room comes to it, without where things stand.
    Texts caughtUp(const std::string &connection, const std::string &room)
    {
        before = ask([](const state::State &s) { return s.lastOutbox; });
        link(connection, room);
        Texts out = since();
        std::erase_if(out, [](const std::string &said) { return said.find(": INC-1 SEV") != std::string::npos; });
        return out;
    }
    std::size_t withheld()
    {
        return incident([](const state::Incident &i) { return i.withheld.size(); });
    }
};

} // namespace

/// An incident with several rooms: what is commanded in one is known in all of them.
class TestChatRooms final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOtherRoomHearsWhatWasDecidedAndNotOnlyThatSomethingWas()
    {
        Rooms r;
        r.attach("second", "xmpp", "war@muc.second");
        QCOMPARE(r.heard("ana", "! roll back"), (Texts{"room@muc.example: Noted: decision.", "war@muc.second: Ana, in room@muc.example: ! roll back"}));
        QCOMPARE(r.heard("ana", "@ben check lag 10m"), (Texts{"room@muc.example: Noted: task.", "war@muc.second: Ana, in room@muc.example: @ben check lag 10m"}));
        QCOMPARE(r.heard("ana", "!log the pool is full"), (Texts{"room@muc.example: Logged.", "war@muc.second: Ana, in room@muc.example: !log the pool is full"}));
        QCOMPARE(r.heard("ana", "? the pool", "second", "war@muc.second"), (Texts{"war@muc.second: Noted: hypothesis.", "room@muc.example: Ana, in war@muc.second: ? the pool"}));
    }

    void aPollIsAskedInTheOtherRoomWithItsQuestionAndHowItIsAnswered()
    {
        Rooms r;
        r.attach("second", "xmpp", "war@muc.second");
        QCOMPARE(r.heard("ben", "!poll go?"), (Texts{"room@muc.example: Poll 1, asked: Ana. Answer with !go 1 or !nogo 1 why.",
                                                     "war@muc.second: Ben, in room@muc.example: !poll go?\nPoll 1, asked: Ana. Answer with !go 1 or !nogo 1 why."}));
    }

    void whatIsSaidToTheConsoleAloneIsSaidInAllItsRoomsWithItsWords()
    {
        Rooms r;
        r.attach("second", "xmpp", "war@muc.second");
        r.before = r.ask([](const state::State &s) { return s.lastOutbox; });
        QCOMPARE(r.alone("ben", "!poll INC-1 go?"), std::string("Poll 1, asked: Ana. Answer with !go 1 or !nogo 1 why."));
        Texts said = r.since();
        std::erase_if(said, [](const std::string &text) { return text.starts_with("ben@chat.example"); });
        const std::string words = "Ben, to the console alone: go?\nPoll 1, asked: Ana. Answer with !go 1 or !nogo 1 why.";
        QCOMPARE(said, (Texts{"room@muc.example: " + words, "war@muc.second: " + words}));
    }

    void oneRoomHearsNothingTwice()
    {
        Rooms r;
        const std::size_t then = r.withheld();
        QCOMPARE(r.heard("ana", "! roll back"), Texts{"room@muc.example: Noted: decision."});
        QCOMPARE(r.heard("ana", "!log the pool is full"), Texts{"room@muc.example: Logged."});
        QCOMPARE(r.heard("ben", "!poll go?"), Texts{"room@muc.example: Poll 1, asked: Ana. Answer with !go 1 or !nogo 1 why."});
        QCOMPARE(r.withheld(), then);
    }

    void aRoomThatIsOnlyPostedToHearsTheWords()
    {
        Rooms r;
        r.attach("ops", "teams", "channel@ops.teams");
        QCOMPARE(r.heard("ana", "! roll back"), (Texts{"room@muc.example: Noted: decision.", "channel@ops.teams: Ana, in room@muc.example: ! roll back"}));
    }

    void whatWasKeptFromTheOtherRoomIsOnRecord()
    {
        Rooms r;
        r.attach("second", "xmpp", "war@muc.second", false);
        const std::size_t then = r.withheld();
        QCOMPARE(r.heard("ana", "! roll back"), Texts{"room@muc.example: Noted: decision."});
        QCOMPARE(r.withheld(), then + 1);
    }

    /// What somebody's own room or a private one is called is for who is in it.
    void aPrivateRoomIsNotNamedElsewhere()
    {
        Rooms r;
        r.attach("second", "xmpp", "war@muc.second", true, true);
        QCOMPARE(r.heard("ana", "! roll back", "second", "war@muc.second"), (Texts{"war@muc.second: Noted: decision.", "room@muc.example: Ana, in another room: ! roll back"}));
    }

    /// Each room is told what it may be told.
    void whatIsMarkedIsSealedInTheRoomThatMayNotReadIt()
    {
        Rooms r;
        r.attach("second", "xmpp", "war@muc.second");
        r.setWorkspace([](Workspace &w) { w.clearances = {{"war", DataClass::Public, {}, {}, false, {"war@muc.second"}, {}, {}, {}, {}, {}, {"INC-1"}}}; });
        const Texts said = r.heard("ana", "!log names of [[internal: INTcanary]]");
        QCOMPARE(said.size(), std::size_t(2));
        QVERIFY2(said[1].starts_with("war@muc.second: Ana, in room@muc.example: !log names of [sealed") && said[1].find("INTcanary") == std::string::npos, said[1].c_str());
    }

    void aRoomThatComesLaterIsToldWhatWasDecidedInChat()
    {
        Rooms r;
        for (const char *said : {"! roll back", "? the pool", "!log the pool is full"})
            (void)r.heard("ana", said);
        r.attach("second", "xmpp", "war@muc.second");
        QCOMPARE(r.caughtUp("second", "ops@muc.second"), (Texts{"ops@muc.second: Decision: roll back (Ana)", "ops@muc.second: Hypothesis: the pool (Ana)"}));
        QCOMPARE(r.caughtUp("second", "ops@muc.second"), Texts{}); // it was there before
        QCOMPARE(r.caughtUp("chat", "room@muc.example"), Texts{}); // where it was said
    }
};

QD_TEST(TestChatRooms)
#include "tst_chatrooms.moc"
