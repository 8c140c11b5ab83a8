// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/mattermostroom.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using Kind = ChatEvent::Kind;

/// JSON as it stands; moc of Qt 6.4 gets lost in raw string literals.
#define QD_POST(...) #__VA_ARGS__

class TestMattermostRoom final : public QObject {
    Q_OBJECT

private:
    static std::optional<ChatEvent> read(const QByteArray &json, bool history = false)
    {
        const MattermostPeople people{"chat.test", "team", "u1", {{"u2", "dana"}}};
        return readMattermost(QJsonDocument::fromJson(json).object(), "chat", "war@chat.test", people, tests::kMorning, history);
    }

private Q_SLOTS:
    void aRefusalSaysWhereWhatIsMissingIsGiven()
    {
        MattermostAnswer answer;
        answer.kind = ApiAnswer::Kind::Refused;
        answer.status = 403;
        answer.reason = "You do not have the appropriate permissions.";
        QCOMPARE(answer.asError().message, std::string("Mattermost answered: You do not have the appropriate permissions.")); // by what stands before it
        answer.id = "api.context.permissions.app_error";
        QVERIFY(answer.asError().message.ends_with("give the token's account that permission in Mattermost's System Console, User Management, Permissions, or make it a member of the team"));
        answer.status = 401;
        QVERIFY(answer.isRevoked() && answer.asError().message.find("Integrations, Bot Accounts") != std::string::npos);
    }

    /// A post holds the names of users: the address of one that is known is said beside it.
    void saysWhoAMentionCalls()
    {
        const auto said = read(QD_POST({"id":"p1","user_id":"u2","message":"@Dana. check a@dana lag 10m","create_at":1795442400000}));
        QVERIFY(said);
        QCOMPARE(said->text, std::string("@Dana. check a@dana lag 10m"));
        QCOMPARE(said->addressed, std::string("@dana@u2@chat.test. check a@dana lag 10m"));
        QCOMPARE(read(QD_POST({"id":"p2","user_id":"u2","message":"!page @dana","create_at":1795442400000}))->addressed, std::string("!page @dana@u2@chat.test"));
        QCOMPARE(read(QD_POST({"id":"p3","user_id":"u2","message":"@nobody a@dana @dan","create_at":1795442400000}))->addressed, std::string());
    }

    void writesNothingThatCallsEverybody()
    {
        for (const char *call : {"@channel", "@all", "@here", "@Channel", "x @HERE: y", "@ch\x01""annel"})
            QVERIFY2(mattermostQuoted(call).find('@') == std::string::npos, call);
        QCOMPARE(mattermostQuoted("ask @dana, mail a@allied.example @ noon"), std::string("ask ＠dana, mail a@allied.example @ noon"));
        QCOMPARE(mattermostQuoted("cr\r\nlf\rand \x01\x1b[31m"), std::string("cr\nlf\nand \\[31m"));
    }

    void writesNoMarkupAndReadsItBack()
    {
        QCOMPARE(mattermostQuoted("[click](https://evil.example) *b* #tag !x > a|b ~town"), std::string("\\[click\\]\\(https://evil.example\\) \\*b\\* \\#tag \\!x \\> a\\|b \\~town"));
        QCOMPARE(mattermostQuoted("see https://wiki.example/a_b?c#d_e (https://x.example)."), std::string("see https://wiki.example/a_b?c#d_e \\(https://x.example\\)."));
        QCOMPARE(mattermostQuoted("http://_b_ xhttps://a_b https://x.example/@dana"), std::string("http://\\_b\\_ xhttps://a\\_b https://x.example/＠dana"));
        for (const char *said : {"!ack INC-7", "a\\b\\\\_c_", "`x` [a](b) ![i](u)", "> q\n# h\n|t|", "\\", "https://x.example/a_b(c)"}) {
            QCOMPARE(mattermostPlain(mattermostQuoted(said)), std::string(said));
            QVERIFY(mattermostQuoted(said).size() <= 2 * std::string(said).size());
        }
        QCOMPARE(read(QD_POST({"id":"p1","user_id":"u2","message":"\\!ack","props":{"quarterdeck_id":"i1"}}))->text, std::string("!ack"));
        QCOMPARE(read(QD_POST({"id":"p1","user_id":"u2","message":"a\\_b"}))->text, std::string("a\\_b"));
    }

    void readsPosts()
    {
        const auto said = read(QD_POST({"id":"p1","create_at":1795442400000,"user_id":"u2","message":"db1 is slow","root_id":"p0","props":{"quarterdeck_id":"i1"}}));
        QVERIFY(said && said->kind == Kind::Message && said->identityVerified && !said->own);
        QCOMPARE(said->eventId, std::string("p1"));
        QCOMPARE(said->thread, std::string("p0"));
        QCOMPARE(said->messageId, std::string("i1"));
        QCOMPARE(said->senderId, std::string("u2@chat.test"));
        QCOMPARE(said->senderName, std::string("dana"));
        QCOMPARE(said->serverTime.ns, tests::kMorning.ns);
        QVERIFY(!read(QD_POST({"id":"p1","user_id":"u2","message":"x"}), true)->identityVerified);
        QVERIFY(read(QD_POST({"id":"p1","user_id":"u1","message":"x"}))->own);
        for (const char *prop : {"from_webhook", "from_bot", "from_plugin", "from_oauth_app", "override_username"})
            QVERIFY2(!read(QByteArray(QD_POST({"id":"p1","user_id":"u2","message":"!ack","props":{"PROP":"true"}})).replace("PROP", prop))->identityVerified, prop);
        QVERIFY(!read(QD_POST({"id":"p1","user_id":"u2","message":"!ack","type":"slack_attachment"}))->identityVerified);
        const auto topic = read(QD_POST({"id":"p2","user_id":"u2","type":"system_header_change","props":{"new_header":"SEV1"}}));
        QVERIFY(topic && topic->kind == Kind::Topic && topic->text == "SEV1");
        QCOMPARE(read(QD_POST({"id":"p3","user_id":"u2","type":"me","message":"waves"}))->kind, Kind::Action);
        QVERIFY(!read(QD_POST({"id":"p4","user_id":"u2","type":"system_join_channel","message":"joined"})));
        QVERIFY(!read("{}"));
        QVERIFY(!read(QD_POST({"id":7,"message":["x"],"user_id":{},"props":"x"})));
    }

    /// What an integration posts is often all in its attachments. Nobody commands by them.
    void hearsWhatStandsInAttachmentsAlone()
    {
        const auto alert = read(QD_POST({"id":"p1","user_id":"u2","type":"slack_attachment","message":"","create_at":1795442400000,"props":{"from_webhook":"true","override_username":"Alertmanager",
                                         "attachments":[{"id":0,"fallback":"","color":"#a30200","pretext":"@dana","title":"[FIRING:1] disk","text":"db1 is **full**"},{"fallback":"2 more","text":"x"}]}}));
        QVERIFY(alert && alert->kind == Kind::Message && !alert->identityVerified && alert->addressed.empty());
        QCOMPARE(alert->text, std::string("[card] @dana\n[FIRING:1] disk\ndb1 is **full**\n2 more"));
        const auto bot = read(QD_POST({"id":"p2","user_id":"u2","message":"","props":{"attachments":[{"fallback":" !ack "}]}})); // a bot's own, without a type
        QVERIFY(bot && !bot->identityVerified);
        QCOMPARE(bot->text, std::string("[card] !ack"));
        QCOMPARE(read(QD_POST({"id":"p3","user_id":"u2","message":"words","props":{"attachments":[{"fallback":"more"}]}}))->text, std::string("words"));
        QVERIFY(read(QD_POST({"id":"p4","user_id":"u1","message":"","props":{"attachments":[{"fallback":"ours"}]}}))->own);
        for (const char *none : {QD_POST({"id":"p5","user_id":"u2","message":"","props":{"attachments":[{"color":"#a30200"}]}}), QD_POST({"id":"p5","user_id":"u2","message":"","type":"slack_attachment"}),
                                 QD_POST({"user_id":"u2","message":"","props":{"attachments":[{"fallback":"of no post"}]}})})
            QVERIFY2(!read(none), none);
    }

    void knowsItsAddresses()
    {
        QCOMPARE(mattermostLocal("inc-7@chat.test", "chat.test"), std::string("inc-7"));
        for (const char *bad : {"inc-7", "@chat.test", "inc-7@other.test", "a/b@chat.test", "a b@chat.test", "A@chat.test", "../x@chat.test", "a?x@chat.test"})
            QVERIFY2(mattermostLocal(bad, "chat.test").empty(), bad);
        QVERIFY(isMattermostId("abcdefghijklmnopqrstuvwx12") && !isMattermostId("abc") && !isMattermostId("ABCDEFGHIJKLMNOPQRSTUVWX12"));
    }
};

QD_TEST(TestMattermostRoom)
#include "tst_mattermostroom.moc"
