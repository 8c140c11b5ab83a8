// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/slackroom.h"
#include "core/chat/slacktext.h"
#include "core/model/emojinames.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace qd;
using namespace qd::chat;
using Kind = ChatEvent::Kind;

/// JSON as it stands; moc of Qt 6.4 gets lost in raw string literals.
#define QD_J(...) #__VA_ARGS__

class TestSlackText final : public QObject {
    Q_OBJECT

private:
    static std::string names(std::string_view id) { return id == "U012ABC34" ? "Dana" : ""; }
    static std::optional<ChatEvent> read(const QByteArray &json, bool history = false)
    {
        const SlackPeople people{"acme.slack.com", "UBOT00001", "BBOT00001", {{"U012ABC34", "Dana"}}, "T00000001"};
        return readSlack(QJsonDocument::fromJson(json).object(), "chat", "war@acme.slack.com", people, tests::kMorning, history);
    }

private Q_SLOTS:
    /// Nothing a stranger wrote, quoted by us, calls anybody or leads elsewhere.
    void writesNothingThatCallsAnybody()
    {
        QCOMPARE(slackEscaped("a & b <c> \"d\""), std::string("a &amp; b &lt;c&gt; \"d\""));
        for (const char *call : {"<!channel>", "<!here>", "<!everyone>", "<@U012ABC34>", "<!subteam^S1>", "<https://evil.example|https://good.example>"}) {
            const std::string written = slackEscaped(call);
            QVERIFY(written.find('<') == std::string::npos && written.find('>') == std::string::npos);
            QCOMPARE(slackPlain(written, names), std::string(call)); // and it reads back as it was
        }
        QCOMPARE(slackEscaped("cr\r\nlf\rand \x01\x1b[31m"), std::string("cr\nlf\nand [31m"));
    }

    /// A name that is shown may be anybody's: who is called is known by their address.
    void saysWhoAMentionCalls()
    {
        const auto said = read(QD_J({"type":"message","ts":"1795442400.000100","user":"U012ABC34","text":"<@U012ABC34> ask <@U0STRANGE1> 10m"}));
        QVERIFY(said);
        QCOMPARE(said->text, std::string("@Dana ask @U0STRANGE1 10m"));
        QCOMPARE(said->addressed, std::string("@Dana@u012abc34@acme.slack.com ask @U0STRANGE1 10m"));
        QCOMPARE(read(QD_J({"type":"message","ts":"1795442400.000200","user":"U012ABC34","text":"!page <@U0STRANGE1>"}))->addressed, std::string("!page @U0STRANGE1@u0strange1@acme.slack.com"));
        QCOMPARE(read(QD_J({"type":"message","ts":"1795442400.000300","user":"U012ABC34","text":"@Dana in <#C012ABC34> 10m"}))->addressed, std::string());
    }

    /// A picture without a word is something that was said.
    void namesTheFilesThatCame()
    {
        const auto said = read(QD_J({"type":"message","subtype":"file_share","ts":"1795442400.000100","user":"U012ABC34","text":"look","files":[{"name":"heap.png","size":122880},{"title":"x","size":-1}]}));
        QVERIFY(said);
        QCOMPARE(said->text, std::string("look\n[file: heap.png, 120 KB]\n[file: without a name, 0 bytes]"));
        const auto alone = read(QD_J({"type":"message","subtype":"file_share","ts":"1795442400.000200","user":"U012ABC34","text":"","files":[{"name":"a\u202efdp.exe","size":1}]}));
        QVERIFY(alone);
        QCOMPARE(alone->text, std::string("[file: a[U+202E]fdp.exe, 1 byte]"));
        const auto command = read(QD_J({"type":"message","subtype":"file_share","ts":"1795442400.000300","user":"U012ABC34","text":"!ack INC-7","files":[{"name":"a","size":1}]}));
        QVERIFY(command);
        QCOMPARE(command->text, std::string("!ack INC-7"));
    }

    /// One touch is as good as writing it, and proves as much.
    void aButtonSaysWhatItIsFor()
    {
        const SlackPeople people{"acme.slack.com", "UBOT00001", "BBOT00001", {{"U012ABC34", "Dana"}}, "T00000001"};
        const auto pressed = [&](const QByteArray &json) { return readSlackAsk("interactive", QJsonDocument::fromJson(json).object(), "chat", {}, people, tests::kMorning); };
        const auto event = pressed(QD_J({"type":"block_actions","user":{"id":"U012ABC34","team_id":"T00000001"},"channel":{"id":"D1"},"response_url":"https://hooks.slack.com/x",
                                         "actions":[{"type":"button","value":"!ack INC-7","action_ts":"1795442400.000100"}]}));
        QVERIFY(event);
        QCOMPARE(event->text, std::string("!ack INC-7"));
        QCOMPARE(event->senderId, std::string("u012abc34@acme.slack.com"));
        QCOMPARE(event->senderName, std::string("Dana"));
        QVERIFY(event->direct && event->identityVerified && !event->replayed && event->eventId.empty() && event->raw.empty());
        QCOMPARE(event->messageId, std::string("asked/1795442400.000100"));
        const auto other = pressed(QD_J({"type":"block_actions","user":{"id":"U012ABC34","team_id":"T0ELSE"},"actions":[{"type":"button","value":"!ack","action_ts":"1795442400.000100"}]}));
        QVERIFY(other && !other->identityVerified);
        for (const char *none : {"{}", QD_J({"type":"view_submission","user":{"id":"U1"},"actions":[{"type":"button","value":"!ack","action_ts":"1.2"}]}),
                                 QD_J({"type":"block_actions","user":{"id":"U1"},"actions":[{"type":"button","value":"ack","action_ts":"1.2"}]}),
                                 QD_J({"type":"block_actions","user":{"id":"U1"},"actions":[]}), QD_J({"type":"block_actions","actions":[{"type":"button","value":"!ack","action_ts":"1.2"}]})})
            QVERIFY2(!pressed(none), none);
    }

    /// Where it is not known which team is ours, everybody could be of another one.
    void nobodyIsVouchedForWhileOurTeamIsNotKnown()
    {
        const SlackPeople people{"acme.slack.com", "UBOT00001", "BBOT00001", {}, ""};
        for (const char *team : {"", ",\"team_id\":\"T00000001\"", ",\"team_id\":\"\""}) {
            const QByteArray pressed = "{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"" + QByteArray(team) + "},\"actions\":[{\"type\":\"button\",\"value\":\"!ack\",\"action_ts\":\"1795442400.000100\"}]}";
            const auto asked = readSlackAsk("interactive", QJsonDocument::fromJson(pressed).object(), "chat", {}, people, tests::kMorning);
            QVERIFY(asked && !asked->identityVerified);
            const QByteArray slash = "{\"text\":\"ack\",\"user_id\":\"U1\",\"trigger_id\":\"1\"" + QByteArray(team) + "}";
            const auto word = readSlackAsk("slash_commands", QJsonDocument::fromJson(slash).object(), "chat", {}, people, tests::kMorning);
            QVERIFY(word && !word->identityVerified);
        }
        const auto said = readSlack(QJsonDocument::fromJson(QD_J({"type":"message","ts":"1795442400.000100","user":"U1","text":"!ack","team":"T0ELSE"})).object(), "chat", "war@acme.slack.com", people, tests::kMorning, false);
        QVERIFY(said && !said->identityVerified);
    }

    void aWordWithASlashIsACommand()
    {
        const SlackPeople people{"acme.slack.com", "UBOT00001", "BBOT00001", {}, "T00000001"};
        const QByteArray json = QD_J({"command":"/quarterdeck","text":" ack\nINC-7 ","user_id":"U1","team_id":"T00000001","trigger_id":"1.2.abc"});
        const auto event = readSlackAsk("slash_commands", QJsonDocument::fromJson(json).object(), "chat", "war@acme.slack.com", people, tests::kMorning);
        QVERIFY(event && event->identityVerified && !event->direct);
        QCOMPARE(event->text, std::string("!ack INC-7"));
        QVERIFY(!readSlackAsk("slash_commands", QJsonDocument::fromJson(QD_J({"text":"","user_id":"U1","trigger_id":"1"})).object(), "chat", {}, people, tests::kMorning));
    }

    /// Picked from Slack's list, a name comes with its id where the app lets Slack escape what is typed; where it does not, what is typed is what it is.
    void aNameBehindAWordWithASlashIsWhoeverItsIdIs()
    {
        const SlackPeople people{"acme.slack.com", "UBOT00001", "BBOT00001", {{"U012ABC34", "Dana"}}, "T00000001"};
        const auto asked = [&](const char *text) {
            const QJsonObject payload{{QStringLiteral("text"), QString::fromUtf8(text)}, {QStringLiteral("user_id"), QStringLiteral("U0STRANGE1")}, {QStringLiteral("team_id"), QStringLiteral("T00000001")}, {QStringLiteral("trigger_id"), QStringLiteral("1.2")}};
            const auto event = readSlackAsk("slash_commands", payload, "chat", "war@acme.slack.com", people, tests::kMorning);
            return event ? event->text + " | " + event->addressed : std::string();
        };
        QCOMPARE(asked("page <@U012ABC34|dana>"), std::string("!page @Dana | !page @Dana@u012abc34@acme.slack.com"));
        QCOMPARE(asked("page <@U012ABC34>"), std::string("!page @Dana | !page @Dana@u012abc34@acme.slack.com"));
        QCOMPARE(asked("task <@U0STRANGE1|eve> ask <@U012ABC34|dana> &amp; wait"), std::string("!task @eve ask @Dana & wait | !task @U0STRANGE1@u0strange1@acme.slack.com ask @Dana & wait"));
        QCOMPARE(asked("log see <https://wiki.example/a|wiki.example/a> in <#C012ABC34|war>"), std::string("!log see wiki.example/a in #war | "));
        for (const char *typed : {"log lag < 3 s & queue > 5", "log a <b> c", "log <", "log <@", "log @dana", "log x<@U012ABC34"})
            QCOMPARE(asked(typed), '!' + std::string(typed) + " | ");
        QCOMPARE(asked("log lag &lt; 3 s <@U012ABC34|dana> a < b"), std::string("!log lag < 3 s @Dana a < b | !log lag < 3 s @Dana@u012abc34@acme.slack.com a < b"));
    }

    void buttonsAreBlocksAndAreLeftOutWhereBlocksCannotBe()
    {
        QCOMPARE(slackBlocks("a <b>", {}), std::string());
        const auto blocks = QJsonDocument::fromJson(QByteArray::fromStdString(slackBlocks("a <b> & @c", {{"Acknowledge", "!ack INC-7"}}))).array();
        QCOMPARE(blocks.size(), 2);
        QCOMPARE(blocks[0].toObject()[QStringLiteral("text")].toObject()[QStringLiteral("type")].toString(), QStringLiteral("plain_text")); // no markup is read in it
        QCOMPARE(blocks[0].toObject()[QStringLiteral("text")].toObject()[QStringLiteral("text")].toString(), QStringLiteral("a <b> & @c"));
        QCOMPARE(blocks[1].toObject()[QStringLiteral("elements")].toArray()[0].toObject()[QStringLiteral("value")].toString(), QStringLiteral("!ack INC-7"));
        QVERIFY(!slackBlocks(std::string(3000, 'x'), {{"a", "!b"}}).empty());
        QVERIFY(slackBlocks(std::string(3001, 'x'), {{"a", "!b"}}).empty());
    }

    /// Markup is read in the block of the mentions alone: what is quoted beside it calls nobody.
    void whoIsCalledByNameStandsInABlockOfTheirOwn()
    {
        const auto blocks = QJsonDocument::fromJson(QByteArray::fromStdString(slackBlocks("<!channel> <@U999ZZZ99>", {}, "<@U012ABC34>"))).array();
        QCOMPARE(blocks.size(), 2);
        QCOMPARE(blocks[0].toObject()[QStringLiteral("text")].toObject()[QStringLiteral("type")].toString(), QStringLiteral("mrkdwn"));
        QCOMPARE(blocks[0].toObject()[QStringLiteral("text")].toObject()[QStringLiteral("text")].toString(), QStringLiteral("<@U012ABC34>"));
        QCOMPARE(blocks[1].toObject()[QStringLiteral("text")].toObject()[QStringLiteral("type")].toString(), QStringLiteral("plain_text"));
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(slackBlocks("x", {{"Acknowledge", "!ack"}}, "<@U012ABC34>"))).array().size(), 3);
    }

    void readsMarkupAsText_data()
    {
        QTest::addColumn<QByteArray>("markup");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const char *markup, const char *text) { QTest::newRow(name) << QByteArray(markup) << QByteArray(text); };
        row("somebody known", "<@U012ABC34> look", "@Dana look");
        row("somebody unknown", "<@U999>", "@U999");
        row("everybody", "<!here> and <!subteam^S1|@ops>", "@here and @ops");
        row("a channel", "in <#C1|war>", "in #war");
        row("a link", "see <https://x.example/a?b=1&amp;c=2>", "see https://x.example/a?b=1&c=2");
        row("a link by another name", "<https://evil.example|good>", "good (https://evil.example)");
        row("a name that became a link", "<http://example.com|example.com>", "example.com");
        row("a mail address", "<mailto:a@b.example|a@b.example>", "a@b.example");
        row("entities", "1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;", "1 < 2 && 3 > 2 &lt;");
        row("no end", "a <@U0", "a <@U0");
        row("nothing", "", "");
    }
    void readsMarkupAsText()
    {
        QFETCH(QByteArray, markup);
        QFETCH(QByteArray, text);
        QCOMPARE(slackPlain(markup.toStdString(), names), text.toStdString());
    }

    void namesPeopleAndChannelsByTheirIds()
    {
        QCOMPARE(slackAddress("U012ABC34", "acme.slack.com"), std::string("u012abc34@acme.slack.com"));
        QCOMPARE(slackId("u012abc34@acme.slack.com", "acme.slack.com", "UW"), std::string("U012ABC34"));
        QVERIFY(slackId("c012abc34@acme.slack.com", "acme.slack.com", "UW").empty());
        QVERIFY(slackId("u012abc34@other.slack.com", "acme.slack.com", "UW").empty());
        QVERIFY(slackId("u012@acme.slack.com", "acme.slack.com", "UW").empty());
        QCOMPARE(slackLocal("incidents@acme.slack.com", "acme.slack.com"), std::string("incidents"));
        for (const char *bad : {"incidents", "@acme.slack.com", "a b@acme.slack.com", "#a@acme.slack.com", "incidents@xacme.slack.com"})
            QVERIFY2(slackLocal(bad, "acme.slack.com").empty(), bad);
    }

    void knowsReactionsByBothNames()
    {
        QCOMPARE(emojiName("👍"), std::string("+1"));
        QCOMPARE(emojiOf("+1::skin-tone-3"), std::string("👍"));
        QCOMPARE(emojiOf("party-parrot"), std::string(":party-parrot:"));
        QCOMPARE(emojiName(":party-parrot:"), std::string("party-parrot"));
        QVERIFY(emojiName("🫨").empty());
    }

    void readsMessagesEditsAndRemovals()
    {
        const auto said = read(QD_J({"type":"message","user":"U012ABC34","text":"db1 &lt; db2","ts":"1795442400.000100","thread_ts":"1795442300.000100"}));
        QVERIFY(said && said->kind == Kind::Message && said->identityVerified && !said->own);
        QCOMPARE(said->text, std::string("db1 < db2"));
        QCOMPARE(said->eventId, std::string("1795442400.000100"));
        QCOMPARE(said->thread, std::string("1795442300.000100"));
        QCOMPARE(said->senderId, std::string("u012abc34@acme.slack.com"));
        QCOMPARE(said->senderName, std::string("Dana"));
        QCOMPARE(toRfc3339(said->serverTime), std::string("2026-11-23T14:00:00.000100Z"));
        QVERIFY(!read(QD_J({"type":"message","user":"U012ABC34","text":"x","ts":"1795442400.000100"}), true)->identityVerified);
        const auto edit = read(QD_J({"subtype":"message_changed","ts":"2.0","message":{"user":"U012ABC34","text":"new","ts":"1.0"},"previous_message":{"text":"old"}}));
        QVERIFY(edit && edit->kind == Kind::Edit && edit->targetId == "1.0" && edit->text == "new" && edit->senderId == "u012abc34@acme.slack.com");
        QVERIFY(!read(QD_J({"subtype":"message_changed","message":{"text":"same"},"previous_message":{"text":"same"}})));
        const auto gone = read(QD_J({"subtype":"message_deleted","ts":"3.0","deleted_ts":"1.0","previous_message":{"user":"U012ABC34","text":"x"}}));
        QVERIFY(gone && gone->kind == Kind::Delete && gone->targetId == "1.0");
        // One that had been answered keeps its place; what stands there is nobody's word.
        const auto answered = read(QD_J({"subtype":"message_changed","ts":"3.0","message":{"subtype":"tombstone","user":"USLACKBOT","text":"This message was deleted.","ts":"1.0","thread_ts":"1.0"},"previous_message":{"user":"U012ABC34","text":"x","ts":"1.0"}}));
        QVERIFY(answered && answered->kind == Kind::Delete && answered->targetId == "1.0" && answered->text.empty());
        QCOMPARE(answered->eventId, gone->eventId);
        QCOMPARE(answered->senderId, gone->senderId);
        QVERIFY(read(QD_J({"type":"message","bot_id":"BBOT00001","text":"ours","ts":"4.0"}))->own);
        QVERIFY(!read(QD_J({"type":"message","bot_id":"BOTHER001","text":"alert!","ts":"4.0"}))->identityVerified);
        for (const char *other : {"bot_id", "user_team", "source_team", "team"}) // an app in somebody's name; somebody of another workspace
            QVERIFY2(!read(QByteArray(QD_J({"user":"U012ABC34","text":"!ack","ts":"4.0","FIELD":"T0OTHER01"})).replace("FIELD", other))->identityVerified, other);
        QVERIFY(read(QD_J({"user":"U012ABC34","text":"x","ts":"4.0","team":"T00000001","user_team":"T00000001"}))->identityVerified);
        QVERIFY(!read(QD_J({"subtype":"channel_join","user":"U012ABC34","text":"has joined","ts":"5.0"})));
        QVERIFY(!read("{}"));
        QVERIFY(!read(QD_J({"ts":7,"text":["x"],"user":{}})));
    }

    /// monzo/response#149: an alert of an app is all in its attachments, a message that was forwarded is one, and a timeline without them has a hole. Nobody commands by them.
    void hearsWhatStandsInAttachmentsAlone()
    {
        const auto alert = read(QD_J({"type":"message","subtype":"bot_message","ts":"1795442400.000100","bot_id":"BOTHER001","username":"Alertmanager","text":"",
                                      "attachments":[{"id":1,"color":"a30200","fallback":"[FIRING:1] db1 &lt; 5 % free | <https://am.example|Alertmanager>","title":"[FIRING:1]","text":"db1"},
                                                     {"pretext":"seen by <@U012ABC34>","title":"Disk","text":"db1 is full","footer":"x"}]}));
        QVERIFY(alert && alert->kind == Kind::Message && !alert->identityVerified && !alert->own && alert->addressed.empty());
        QCOMPARE(alert->text, std::string("[FIRING:1] db1 < 5 % free | Alertmanager (https://am.example)\nseen by @Dana\nDisk\ndb1 is full"));
        QCOMPARE(alert->senderName, std::string("Alertmanager"));
        const auto shared = read(QD_J({"type":"message","ts":"1795442400.000200","user":"U012ABC34","text":"","attachments":[{"is_share":true,"is_msg_unfurl":true,"author_id":"U0OTHER01","fallback":"!resolve it is over <@U012ABC34>","text":"!resolve"}]}));
        QVERIFY(shared && !shared->identityVerified && shared->addressed.empty());
        QCOMPARE(shared->text, std::string("[card] !resolve it is over @Dana"));
        // A preview of a link, beside what somebody wrote, is theirs no more than before.
        const auto link = read(QD_J({"type":"message","ts":"1795442400.000300","user":"U012ABC34","text":"!log see this","attachments":[{"fallback":"A page"}]}));
        QVERIFY(link && link->identityVerified);
        QCOMPARE(link->text, std::string("!log see this"));
        QVERIFY(read(QD_J({"type":"message","ts":"4.0","bot_id":"BBOT00001","text":"","attachments":[{"fallback":"ours"}]}))->own);
        for (const char *none : {QD_J({"type":"message","ts":"4.0","user":"U012ABC34","text":"","attachments":[{"color":"a30200","image_url":"x"}]}), QD_J({"type":"message","ts":"4.0","user":"U012ABC34","text":"","attachments":"x"}),
                                 QD_J({"type":"message","ts":"4.0","user":"U012ABC34","text":"","attachments":["x",{"fallback":["x"]}]})})
            QVERIFY2(!read(none), none);
    }

    void anAttachmentThatReadsOtherwiseIsAnEdit()
    {
        const auto edit = read(QD_J({"subtype":"message_changed","ts":"2.0","message":{"bot_id":"BOTHER001","text":"","ts":"1.0","attachments":[{"fallback":"[RESOLVED] db1"}]},
                                     "previous_message":{"text":"","attachments":[{"fallback":"[FIRING:1] db1"}]}}));
        QVERIFY(edit && edit->kind == Kind::Edit && edit->targetId == "1.0" && edit->text == "[RESOLVED] db1" && !edit->identityVerified);
        QVERIFY(!read(QD_J({"subtype":"message_changed","ts":"2.0","message":{"text":"","ts":"1.0","attachments":[{"fallback":"same","color":"a30200"}]},"previous_message":{"text":"","attachments":[{"fallback":"same"}]}})));
        QVERIFY(!read(QD_J({"subtype":"message_changed","ts":"2.0","message":{"text":"see https://x.example","ts":"1.0","attachments":[{"fallback":"A page"}]},"previous_message":{"text":"see https://x.example"}})));
    }
};

QD_TEST(TestSlackText)
#include "tst_slacktext.moc"
