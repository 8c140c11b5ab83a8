// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircmessages.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using Kind = ChatEvent::Kind;

class TestIrcMessages final : public QObject {
    Q_OBJECT

private:
    static IrcContext context(bool accountsAreTold = true)
    {
        const auto folded = [](std::string_view name) {
            std::string out(name);
            std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
            return out;
        };
        return {"chat", "irc.test", "war@irc.test", "Deck", "deck", tests::kMorning, accountsAreTold, folded,
                [folded](std::string_view nick) { return folded(nick) == "deck" || folded(nick) == "deck_"; }};
    }
    static std::optional<ChatEvent> read(const std::string &line, bool history = false, bool accountsAreTold = true)
    {
        const auto parsed = parseIrcLine(line);
        return parsed ? readIrc(*parsed, context(accountsAreTold), history) : std::nullopt;
    }

private Q_SLOTS:
    /// By the server's own word for it; a name that would mean others too gives none.
    void anAccountHasAMaskWhereTheServerHasOneForIt()
    {
        QCOMPARE(ircAccountMask(",RU", "dana"), std::string("R:dana"));           // InspIRCd
        QCOMPARE(ircAccountMask("~,GNacfjmnpqrt", "dana"), std::string("~a:dana")); // UnrealIRCd
        QCOMPARE(ircAccountMask("$,ajrxz", "dana"), std::string("$a:dana"));       // Solanum
        for (const auto &[extban, account] : {std::pair{"", "dana"}, {",U", "dana"}, {"~,cfj", "dana"}, {"R", "dana"}, {",R", ""}, {",R", "d*"}, {",R", "d?na"}, {",R", "a,b"}, {",R", "a b"}, {",R", "a:b"}})
            QCOMPARE(ircAccountMask(extban, account), std::string());
    }

    void readsAMessageWithWhatTheServerSaysOfIt()
    {
        const auto e = read("@time=2026-11-29T15:28:33.687Z;msgid=1IC~5;account=Dana :dana_!d@x PRIVMSG #war :it is \x02""db1\x02 \x03""04,01red\x0f");
        QVERIFY(e && e->kind == Kind::Message);
        QCOMPARE(e->text, std::string("it is db1 red"));
        QCOMPARE(e->eventId, std::string("1IC~5"));
        QCOMPARE(e->senderId, std::string("dana@irc.test"));
        QCOMPARE(e->senderName, std::string("dana_"));
        QVERIFY(e->identityVerified && !e->own && !e->replayed && !e->direct);
        QCOMPARE(toRfc3339(e->serverTime), std::string("2026-11-29T15:28:33.687Z"));
    }

    /// A nick is anybody's: only the account the server vouches for is somebody.
    void vouchesForNobodyByNick()
    {
        QVERIFY(!read(":dana!d@x PRIVMSG #war :!ack")->identityVerified);
        QVERIFY(read(":dana!d@x PRIVMSG #war :!ack")->senderId.empty());
        QVERIFY(!read("@account=dana :dana!d@x PRIVMSG #war :!ack", false, false)->identityVerified); // a tag of who-knows-whom
        QVERIFY(!read("@account=dana :dana!d@x PRIVMSG #war :!ack", true)->identityVerified);
        QVERIFY(read("@account=dana :dana!d@x PRIVMSG #war :!ack", true)->replayed);
        QVERIFY(!read(":irc.test NOTICE #war :restarting"));
    }

    void knowsItsOwn()
    {
        QVERIFY(read("@account=deck :laptop!d@x PRIVMSG #war :from elsewhere")->own);
        QVERIFY(read(":deck!d@x PRIVMSG #war :hello")->own);
        QVERIFY(!read(":deck!d@x PRIVMSG #war :hello", true)->own); // somebody had the nick
        QVERIFY(read("@+quarterdeck.invalid/id=u1 :deck_!d@x PRIVMSG #war :hello", true)->own);
        QVERIFY(!read("@+quarterdeck.invalid/id=u1 :eve!d@x PRIVMSG #war :hello", true)->own);
    }

    void readsActionsReactionsAndTopics()
    {
        QCOMPARE(read(":dana!d@x PRIVMSG #war :\x01""ACTION looks at db1\x01")->text, std::string("looks at db1"));
        QCOMPARE(read(":dana!d@x PRIVMSG #war :\x01""ACTION looks at db1\x01")->kind, Kind::Action);
        QVERIFY(!read(":dana!d@x PRIVMSG #war :\x01VERSION\x01"));
        const auto e = read("@msgid=m9;+draft/react=👍;+draft/reply=m1 :dana!d@x TAGMSG #war");
        QVERIFY(e && e->kind == Kind::Reaction && e->targetId == "m1" && e->emojis == std::vector<std::string>{"👍"});
        QCOMPARE(read("@+draft/unreact=👍;+draft/reply=m1 :dana!d@x TAGMSG #war")->kind, Kind::Unreaction);
        QVERIFY(!read("@+typing=active :dana!d@x TAGMSG #war"));
        QCOMPARE(read(":dana!d@x TOPIC #war :SEV1")->kind, Kind::Topic);
    }

    void takesACommandThatIsSaidToUsByName()
    {
        QCOMPARE(read(":dana!d@x PRIVMSG #war :deck: !ack INC-7")->text, std::string("!ack INC-7"));
        QCOMPARE(read(":dana!d@x PRIVMSG #war :DECK, !ack")->text, std::string("!ack"));
        QCOMPARE(read(":dana!d@x PRIVMSG #war :deck: are you there?")->text, std::string("deck: are you there?"));
        QCOMPARE(read(":dana!d@x PRIVMSG #war :eve: !ack")->text, std::string("eve: !ack"));
    }

    void namesRoomsAndPeopleByTheirNetwork()
    {
        QCOMPARE(ircAddress("inc-7", "irc.test"), std::string("inc-7@irc.test"));
        QCOMPARE(ircChannel("inc-7@irc.test", "irc.test"), std::string("#inc-7"));
        QCOMPARE(ircChannel("#help@irc.test", "irc.test"), std::string("##help"));
        for (const char *bad : {"inc-7", "@irc.test", "inc-7@other.test", "inc-7@xirc.test", "a,#b@irc.test", "a b@irc.test", "a:b@irc.test", "a@b@irc.test", "a\r\nQUIT@irc.test", ""})
            QVERIFY2(ircChannel(bad, "irc.test").empty(), bad);
    }

    void writesTextInLines()
    {
        using Lines = std::vector<std::string>;
        QCOMPARE(ircLines("two\nlines\r\n\r\n \nthree\ttabs", 100), (Lines{"two", "lines", "three\ttabs"}));
        QCOMPARE(ircLines("a\x01VERSION\x01 \x1b[31m\x02z", 100), (Lines{"aVERSION [31mz"}));
        QCOMPARE(ircLines("", 100), Lines{""});
        QCOMPARE(ircLines("\r\n", 100), Lines{""});
        const Lines long_ = ircLines("short\n" + std::string(250, 'x'), 100);
        QCOMPARE(long_.size(), std::size_t(4));
        QCOMPARE(long_[0], std::string("short"));
        QVERIFY(long_[1].starts_with("(1/3) x") && long_[3].starts_with("(3/3) x"));
        std::string many;
        for (int i = 0; i < 1000; ++i)
            many += "line\n";
        QCOMPARE(ircLines(many, 100).size(), std::size_t(200));
        QCOMPARE(ircLines(many, 100).back(), std::string("(the rest of this is in the console)"));
        for (const std::string &line : ircLines(std::string(100'000, '\n') + std::string(100'000, 'x'), 100))
            QVERIFY(line.size() <= 100);
    }
};

QD_TEST(TestIrcMessages)
#include "tst_ircmessages.moc"
