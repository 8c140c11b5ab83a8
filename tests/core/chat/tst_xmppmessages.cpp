// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/xmppmessages.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using Kind = ChatEvent::Kind;

namespace {

const Instant kNow = *parseInstant("2026-11-23T14:25:07Z");

ReadContext context(const std::string &room = "inc@muc.x")
{
    return {"chat", room, "ic@x", "ic", kNow, [](std::string_view nick) {
                return nick == "bob" ? Identity{"bob@x", true} : nick == "eve" ? Identity{"occupant:77", false} : Identity{};
            }};
}

std::optional<ChatEvent> read(const std::string &inner, const std::string &from = "inc@muc.x/bob", const std::string &attributes = {})
{
    const auto element = parseFrame("<message xmlns='jabber:client' type='groupchat' id='m1' from='" + from + "' " + attributes + ">"
                                    + inner + "</message>");
    return element ? readMessage(*element, context()) : std::nullopt;
}

} // namespace

class TestXmppMessages final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAMessageOfAKnownPerson()
    {
        const auto event = read("<body>db1 is slow</body><stanza-id xmlns='urn:xmpp:sid:0' by='inc@muc.x' id='s1'/>");
        QVERIFY(event);
        QCOMPARE(event->kind, Kind::Message);
        QCOMPARE(event->text, std::string("db1 is slow"));
        QCOMPARE(event->senderId, std::string("bob@x"));
        QCOMPARE(event->senderName, std::string("bob"));
        QCOMPARE(event->eventId, std::string("s1"));
        QCOMPARE(event->messageId, std::string("m1"));
        QVERIFY(event->identityVerified && !event->own && !event->replayed && !event->direct);
        QCOMPARE(event->serverTime, kNow);
    }

    void namesTheFilesOfAMessageByTheirAddresses()
    {
        const auto said = [](const std::string &inner) {
            const auto event = read(inner);
            return event ? event->text : std::string("(nothing)");
        };
        const std::string oob = "<x xmlns='jabber:x:oob'><url>https://upload.x/a/heap.png</url></x>";
        QCOMPARE(said("<body>https://upload.x/a/heap.png</body>" + oob), std::string("[file: https://upload.x/a/heap.png]")); // XEP-0363: the words are the address
        QCOMPARE(said("<body>the heap</body>" + oob), std::string("the heap\n[file: https://upload.x/a/heap.png]"));
        QCOMPARE(said("<body>!ack INC-1</body>" + oob), std::string("!ack INC-1")); // a command stays what it is
        for (const char *never : {"http://upload.x/heap.png", "https://u:p@upload.x/heap.png", "file:///etc/passwd", "https://upload.x/a]\n[file: y", ""})
            QCOMPARE(said("<body>look</body><x xmlns='jabber:x:oob'><url>" + std::string(never) + "</url></x>"), std::string("look"));
        QCOMPARE(said("<body>look</body><x xmlns='jabber:x:conference'><url>https://upload.x/heap.png</url></x>"), std::string("look"));
    }

    void believesStanzaIdsOfTheRoomOnly()
    {
        const auto event = read("<body>x</body><stanza-id xmlns='urn:xmpp:sid:0' by='bob@x' id='forged'/>"
                                "<stanza-id xmlns='urn:xmpp:sid:0' by='inc@muc.x/bob' id='forged2'/>"
                                "<stanza-id xmlns='urn:xmpp:sid:0' by='inc@muc.x' id='real'/>");
        QCOMPARE(event->eventId, std::string("real"));
        QCOMPARE(read("<body>x</body><stanza-id xmlns='urn:xmpp:sid:0' by='bob@x' id='forged'/>")->eventId, std::string());
    }

    void neverTakesTheNickForAnIdentity()
    {
        const auto stranger = read("<body>!ack all</body>", "inc@muc.x/alice");
        QCOMPARE(stranger->senderId, std::string());
        QVERIFY(!stranger->identityVerified);
        const auto halfKnown = read("<body>!ack all</body>", "inc@muc.x/eve");
        QCOMPARE(halfKnown->senderId, std::string("occupant:77"));
        QVERIFY(!halfKnown->identityVerified);
        // What a member puts into the stanza is no proof: the room's presence is.
        const auto forger = read("<body>!ack</body><x xmlns='http://jabber.org/protocol/muc#user'><item jid='bob@x/1'/></x>",
                                 "inc@muc.x/mallory");
        QCOMPARE(forger->senderId, std::string());
    }

    void marksDelayedAsReplayed()
    {
        const auto history = read("<body>!ack</body><delay xmlns='urn:xmpp:delay' from='inc@muc.x' stamp='2026-11-23T14:00:00Z'/>");
        QVERIFY(history->replayed && !history->identityVerified);
        QCOMPARE(history->senderId, std::string()); // who is "bob" now need not be who was bob then
        QCOMPARE(toRfc3339(history->serverTime), std::string("2026-11-23T14:00:00Z"));
        const auto heldBack = read("<body>hi</body><delay xmlns='urn:xmpp:delay' from='x' stamp='2026-11-23T14:20:00Z'/>");
        QVERIFY(heldBack->replayed && !heldBack->identityVerified);
        QCOMPARE(heldBack->senderId, std::string("bob@x"));
        const auto lying = read("<body>hi</body><delay xmlns='urn:xmpp:delay' from='eve@evil' stamp='1999-01-01T00:00:00Z'/>");
        QVERIFY(lying->replayed);
        QCOMPARE(lying->serverTime, kNow);
        const auto future = read("<body>hi</body><delay xmlns='urn:xmpp:delay' from='x' stamp='2099-01-01T00:00:00Z'/>");
        QCOMPARE(future->serverTime, kNow);
    }

    void knowsItsOwn()
    {
        QVERIFY(read("<body>x</body>", "inc@muc.x/ic")->own);
        QVERIFY(!read("<body>x</body>")->own);
    }

    void readsAnEdit()
    {
        const auto event = read("<body>new text</body><replace xmlns='urn:xmpp:message-correct:0' id='m0'/>");
        QCOMPARE(event->kind, Kind::Edit);
        QCOMPARE(event->targetId, std::string("m0"));
        QCOMPARE(event->text, std::string("new text"));
    }

    void readsReactionsAsTheWholeSet()
    {
        const auto event = read("<reactions xmlns='urn:xmpp:reactions:0' id='s0'><reaction>👍</reaction><reaction>👀</reaction>"
                                "<reaction>👍</reaction></reactions>");
        QCOMPARE(event->kind, Kind::Reaction);
        QCOMPARE(event->targetId, std::string("s0"));
        QCOMPARE(event->emojis, (std::vector<std::string>{"👍", "👀"}));
        QVERIFY(event->wholeSet);
        QCOMPARE(read("<reactions xmlns='urn:xmpp:reactions:0' id='s0'/>")->kind, Kind::Unreaction);
        QVERIFY(!read("<reactions xmlns='urn:xmpp:reactions:0'><reaction>x</reaction></reactions>"));
    }

    void boundsReactions()
    {
        std::string many = "<reactions xmlns='urn:xmpp:reactions:0' id='s0'>";
        for (int i = 0; i < 100; ++i)
            many += "<reaction>e" + std::to_string(i) + "</reaction>";
        QCOMPARE(read(many + "</reactions>")->emojis.size(), std::size_t(16));
    }

    void readsRetractionsOldAndNew()
    {
        const auto now = read("<retract xmlns='urn:xmpp:message-retract:1' id='s0'/><body>(retracted)</body>");
        QCOMPARE(now->kind, Kind::Delete);
        QCOMPARE(now->targetId, std::string("s0"));
        const auto old = read("<apply-to xmlns='urn:xmpp:fasten:0' id='m0'><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>");
        QCOMPARE(old->kind, Kind::Delete);
        QCOMPARE(old->targetId, std::string("m0"));
    }

    void readsATopic()
    {
        const auto event = read("<subject>SEV2 shop down</subject>");
        QCOMPARE(event->kind, Kind::Topic);
        QCOMPARE(event->text, std::string("SEV2 shop down"));
        QVERIFY(!read("<composing xmlns='http://jabber.org/protocol/chatstates'/>"));
    }

    void makesOutsideTextSafe()
    {
        const auto event = read("<body>safe \xe2\x80\xae evil</body>");
        QVERIFY(event->text.find("\xe2\x80\xae") == std::string::npos);
        QVERIFY(event->text.find("[U+202E]") != std::string::npos);
        const auto named = read("<body>x</body>", "inc@muc.x/bo&#10;b");
        QVERIFY(named->senderName.find('\n') == std::string::npos);
    }

    void readsTheArchive()
    {
        const std::string open = "<result xmlns='urn:xmpp:mam:2' queryid='q' id='a1'><forwarded xmlns='urn:xmpp:forward:0'><delay "
                                 "xmlns='urn:xmpp:delay' stamp='2026-11-23T13:00:00Z'/><message xmlns='jabber:client' "
                                 "type='groupchat' id='m9' from='";
        const std::string close = "</message></forwarded></result>";
        const auto event = readArchived(*parseFrame(open + "inc@muc.x/bob'><body>hi</body><x xmlns='http://jabber.org/protocol/"
                                                           "muc#user'><item jid='bob@x/r'/></x>" + close),
                                        context());
        QVERIFY(event);
        QCOMPARE(event->eventId, std::string("a1"));
        QCOMPARE(event->senderId, std::string("bob@x"));
        QVERIFY(event->replayed && !event->identityVerified && !event->own);
        QCOMPARE(toRfc3339(event->serverTime), std::string("2026-11-23T13:00:00Z"));
        QVERIFY(!readArchived(*parseFrame(open + "other@muc.x/bob'><body>hi</body>" + close), context()));
        QVERIFY(readArchived(*parseFrame(open + "inc@muc.x/ic'><body>hi</body>" + close), context())->own);
    }

    void readsADirectMessageByItsAddress()
    {
        const auto element = parseFrame("<message xmlns='jabber:client' type='chat' id='d1' from='bob@x/phone'><body>!ack</body>"
                                        "<stanza-id xmlns='urn:xmpp:sid:0' by='ic@x' id='s5'/></message>");
        const auto event = readMessage(*element, context(""));
        QVERIFY(event->direct && event->identityVerified && !event->own);
        QCOMPARE(event->senderId, std::string("bob@x"));
        QCOMPARE(event->eventId, std::string("s5"));
        QCOMPARE(event->room, std::string());
    }

    void writesReactionsThatAreArchived()
    {
        Outgoing out;
        out.kind = Outgoing::Kind::Reaction;
        out.room = "inc@muc.x";
        out.target = {"s1", "m1"};
        out.emojis = {"👍"};
        const Element e = writeOutgoing(out, "", "id1");
        QVERIFY(e.child("store", xmlns::kHints));
        QCOMPARE(e.child("reactions", xmlns::kReactions)->attribute("id"), std::string_view("s1"));
        QCOMPARE(e.child("origin-id", xmlns::kStanzaId)->attribute("id"), std::string_view("id1"));
        out.kind = Outgoing::Kind::Edit;
        QCOMPARE(writeOutgoing(out, "t", "id2").child("replace", xmlns::kCorrect)->attribute("id"), std::string_view("m1"));
    }

    void knowsWhatCanBeAnAddress()
    {
        QVERIFY(isBareJid("ic@localhost"));
        for (const char *bad : {"ic", "@x", "ic@", "a@b@c", "a b@c", "a@b/c", "a'b@c", ""})
            QVERIFY2(!isBareJid(bad), bad);
    }
};

QD_TEST(TestXmppMessages)
#include "tst_xmppmessages.moc"
