// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/discordroom.h"
#include "tests/support/clock.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;
using Kind = ChatEvent::Kind;

/// JSON as it stands; moc of Qt 6.4 gets lost in raw string literals.
#define QD_SAID(...) #__VA_ARGS__

class TestDiscordRoom final : public QObject {
    Q_OBJECT

private:
    static std::optional<ChatEvent> read(const QByteArray &json, bool history = false)
    {
        const DiscordPeople people{"discord.test", "900000000000000001", {}, "100000000000000001", {{"100000000000000002", "dana"}}};
        return readDiscord(QJsonDocument::fromJson(json).object(), "chat", "war@discord.test", people, tests::kMorning, history);
    }
    static std::string plain(const char *text)
    {
        return discordPlain(text, [](std::string_view id) { return id == "100000000000000002" ? std::string("dana") : std::string(); });
    }

private Q_SLOTS:
    void writesNoMarkupAndReadsItBack()
    {
        QCOMPARE(discordQuoted("[click](https://evil.example) *b* ||x|| <@1> # h"), std::string("\\[click\\]\\(https://evil.example\\) \\*b\\* \\|\\|x\\|\\| \\<\\@1> \\# h"));
        QCOMPARE(discordQuoted("- a\n> b\nx - y > z"), std::string("\\- a\n\\> b\nx - y > z"));
        QCOMPARE(discordQuoted("see https://wiki.example/a_b?c#d_e (https://x.example)."), std::string("see https://wiki.example/a_b?c#d_e \\(https://x.example\\)."));
        for (const char *said : {"!ack INC-7", "a\\b\\\\_c_", "`x` [a](b) ![i](u)", "> q\n# h\n||t||", "\\", "<@100000000000000002> @everyone <#1> <t:1>", "```a\\_b```", "cr\nlf"})
            QCOMPARE(plain(discordQuoted(said).c_str()), std::string(said));
        QCOMPARE(discordQuoted("cr\r\nlf\rand \x01\x1b[31m"), std::string("cr\nlf\nand \\[31m"));
    }

    void callsNobodyByWhatItQuotes()
    {
        for (const char *call : {"<@100000000000000002>", "<@&100000000000000002>", "@everyone", "x @here", "<@!1>"}) {
            const std::string quoted = discordQuoted(call);
            QVERIFY2(quoted.find("<@") == std::string::npos && quoted.find(" @") == std::string::npos && !quoted.starts_with('@'), quoted.c_str());
        }
    }

    /// A name that is shown may be anybody's: who is called is known by their address.
    void saysWhoAMentionCalls()
    {
        const auto said = read(QD_SAID({"id":"175928847299117063","type":0,"author":{"id":"100000000000000002","username":"dana"},"content":"<@100000000000000007> ask <@100000000000000002> 10m",
                                        "mentions":[{"id":"100000000000000007","global_name":"Dana Novak"}]}));
        QVERIFY(said);
        QCOMPARE(said->text, std::string("@Dana Novak ask @dana 10m"));
        QCOMPARE(said->addressed, std::string("@Dana_Novak@100000000000000007@discord.test ask @dana 10m"));
        QCOMPARE(read(QD_SAID({"id":"175928847299117063","type":0,"author":{"id":"100000000000000002"},"content":"@dana and <@&100000000000000008>"}))->addressed, std::string());
    }

    void readsMarkupAsPeopleSeeIt()
    {
        QCOMPARE(plain("<@100000000000000002> and <@!100000000000000009>, <#100000000000000003>"), std::string("@dana and @100000000000000009, #100000000000000003"));
        QCOMPARE(plain("<:party:100000000000000004> <a:dance:100000000000000005> \\*no\\*"), std::string(":party: :dance: *no*"));
        QCOMPARE(plain("<t:1700000000:R> <https://a.example> a<b>c <@x>"), std::string("2023-11-14T22:13:20Z https://a.example a<b>c <@x>"));
        QCOMPARE(plain("`a\\_b` ``c`d`` \\` `"), std::string("`a\\_b` ``c`d`` ` `"));
    }

    void aWordWithASlashIsACommandInOurServerAlone()
    {
        const DiscordPeople people{"discord.test", "1000", "", "2000", {{"175928847299117070", "Dana"}}};
        const auto asked = [&](const QByteArray &guild, const QByteArray &data) {
            const QByteArray json = "{\"id\":\"175928847299117063\",\"type\":2,\"token\":\"canary\",\"guild_id\":\"" + guild + "\",\"member\":{\"user\":{\"id\":\"3000\",\"username\":\"eve\"}},\"data\":" + data + "}";
            return readDiscordPress(QJsonDocument::fromJson(json).object(), "chat", "war@discord.test", people, tests::kMorning);
        };
        const QByteArray word = "{\"name\":\"quarterdeck\",\"options\":[{\"name\":\"say\",\"type\":3,\"value\":\" ack\\nINC-7 \"}]}";
        const auto event = asked(QByteArray::fromStdString(people.guild), word);
        QVERIFY(event && event->identityVerified && event->raw.empty());
        QCOMPARE(event->text, std::string("!ack INC-7"));
        QCOMPARE(event->senderId, std::string("3000@discord.test"));
        QCOMPARE(event->addressed, std::string());
        const auto called = asked("1000", "{\"name\":\"quarterdeck\",\"options\":[{\"name\":\"say\",\"type\":3,\"value\":\"page <@!175928847299117070> a<b>\\\\. <@175928847299117071> <@x\"}]}");
        QVERIFY(called); // who was picked from the list is known by their id
        QCOMPARE(called->text, std::string("!page @Dana a<b>\\. @175928847299117071 <@x"));
        QCOMPARE(called->addressed, std::string("!page @Dana@175928847299117070@discord.test a<b>\\. @175928847299117071 <@x"));
        const auto elsewhere = asked("9999", word);
        QVERIFY(elsewhere && !elsewhere->identityVerified);
        for (const char *none : {"{}", "{\"name\":\"other\",\"options\":[{\"name\":\"say\",\"type\":3,\"value\":\"ack\"}]}", "{\"name\":\"quarterdeck\"}",
                                 "{\"name\":\"quarterdeck\",\"options\":[{\"name\":\"say\",\"type\":4,\"value\":1}]}", "{\"name\":\"quarterdeck\",\"options\":[{\"name\":\"say\",\"type\":3,\"value\":\" \"}]}",
                                 "{\"component_type\":2,\"custom_id\":\"!ack\"}"})
            QVERIFY2(!asked("1000", none), none);
    }

    /// One touch is as good as writing it, and proves as much.
    void aButtonSaysWhatItIsFor()
    {
        const DiscordPeople people{"discord.test", "900000000000000001", {}, "100000000000000001", {}};
        const auto pressed = [&](const QByteArray &json) { return readDiscordPress(QJsonDocument::fromJson(json).object(), "chat", "war@discord.test", people, tests::kMorning); };
        const auto event = pressed(QD_SAID({"id":"175928847299117063","type":3,"token":"secret","guild_id":"900000000000000001","member":{"nick":"Dana","user":{"id":"100000000000000002","username":"dana"}},
                                            "data":{"component_type":2,"custom_id":"!ack INC-7"}}));
        QVERIFY(event && event->identityVerified && !event->direct && !event->replayed && event->eventId.empty() && event->raw.empty());
        QCOMPARE(event->text, std::string("!ack INC-7"));
        QCOMPARE(event->senderId, std::string("100000000000000002@discord.test"));
        QCOMPARE(event->messageId, std::string("pressed/175928847299117063"));
        const auto elsewhere = pressed(QD_SAID({"id":"175928847299117063","type":3,"guild_id":"900000000000000009","member":{"user":{"id":"100000000000000002"}},"data":{"component_type":2,"custom_id":"!ack"}}));
        QVERIFY(elsewhere && !elsewhere->identityVerified);
        for (const char *none : {"{}", QD_SAID({"id":"175928847299117063","type":2,"user":{"id":"1"},"data":{"component_type":2,"custom_id":"!ack"}}),
                                 QD_SAID({"id":"175928847299117063","type":3,"user":{"id":"1"},"data":{"component_type":3,"custom_id":"!ack"}}),
                                 QD_SAID({"id":"175928847299117063","type":3,"user":{"id":"1"},"data":{"component_type":2,"custom_id":"ack"}}),
                                 QD_SAID({"id":"175928847299117063","type":3,"data":{"component_type":2,"custom_id":"!ack"}})})
            QVERIFY2(!pressed(none), none);
    }

    void buttonsThatDiscordWouldNotTakeAreLeftOut()
    {
        QCOMPARE(discordButtons({}).size(), 0);
        QCOMPARE(discordButtons({{"Acknowledge", "!ack INC-7"}}).size(), 1);
        QCOMPARE(discordButtons({{"a", std::string(100, '!')}}).size(), 1);
        QCOMPARE(discordButtons({{"a", std::string(101, '!')}}).size(), 0);
        QCOMPARE(discordButtons(std::vector<ChatButton>(5, {"a", "!b"})).size(), 1);
        QCOMPARE(discordButtons(std::vector<ChatButton>(6, {"a", "!b"})).size(), 0);
    }

    void readsIdsAsMoments()
    {
        QCOMPARE(instantOfSnowflake("175928847299117063").ns, Instant{1'462'015'105'796'000'000}.ns); // the one Discord's documentation takes apart
        QCOMPARE(instantOfSnowflake("9999999999999999999").ns, Instant{3'804'256'191'015'000'000}.ns); // past what a signed number holds
        QVERIFY(isLaterSnowflake("1000000000000000001", "999999999999999999"));
        QVERIFY(!isLaterSnowflake("999999999999999999", "999999999999999999"));
        QVERIFY(isLaterSnowflake(snowflakeBefore(tests::kMorning + millis(1)), snowflakeBefore(tests::kMorning)));
        QVERIFY(isSnowflake("175928847299117063") && !isSnowflake("17592884729911706x") && !isSnowflake("1") && !isSnowflake("99999999999999999999"));
        QCOMPARE(discordNonce("a").size(), std::size_t(25));
        QVERIFY(discordNonce("a") != discordNonce("b"));
        QCOMPARE(discordLocal("inc-7@discord.test", "discord.test"), std::string("inc-7"));
        QCOMPARE(discordId("inc-7@discord.test", "discord.test"), std::string());
    }

    void readsMessages()
    {
        const auto said = read(QD_SAID({"id":"175928847299117063","type":0,"content":"db1 is <@100000000000000002>'s","author":{"id":"100000000000000002","username":"d","global_name":"Dana"},"member":{"nick":"dana o."}}));
        QVERIFY(said && said->kind == Kind::Message && said->identityVerified && !said->own);
        QCOMPARE(said->eventId, std::string("175928847299117063"));
        QCOMPARE(said->senderId, std::string("100000000000000002@discord.test"));
        QCOMPARE(said->senderName, std::string("dana o."));
        QCOMPARE(said->text, std::string("db1 is @dana's"));
        QCOMPARE(said->serverTime.ns, Instant{1'462'015'105'796'000'000}.ns);
        const auto reply = read(QD_SAID({"id":"175928847299117063","type":19,"content":"x","author":{"id":"100000000000000001"},"message_reference":{"message_id":"175928847299117000"}}));
        QVERIFY(reply->own);
        QCOMPARE(reply->thread, std::string("175928847299117000"));
        QVERIFY(!read(QD_SAID({"id":"175928847299117063","type":0,"content":"x","author":{"id":"100000000000000002"}}), true)->identityVerified);
        QVERIFY(!read(QD_SAID({"id":"175928847299117063","type":7,"content":"","author":{"id":"100000000000000002"}}))); // who came
        QVERIFY(!read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000002"}}))); // a picture
        QVERIFY(!read(QD_SAID({"id":"x","type":0,"content":"x","author":{"id":"100000000000000002"}})));
    }

    /// A webhook's alert is an embed, and what is forwarded is somebody else's. Nobody commands by either.
    void hearsWhatStandsInEmbedsAloneAndWhatWasForwarded()
    {
        const auto alert = read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000002","bot":true},"webhook_id":"100000000000000002","attachments":[],
                                         "embeds":[{"type":"rich","title":"[FIRING:1] disk","description":"db1 of <@100000000000000002> is full","color":10038562},{"type":"rich","title":"[FIRING:1] lag"}]}));
        QVERIFY(alert && !alert->identityVerified && alert->addressed.empty());
        QCOMPARE(alert->text, std::string("[FIRING:1] disk\ndb1 of @dana is full\n[FIRING:1] lag"));
        const auto forwarded = read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000002"},"message_reference":{"type":1,"message_id":"175928847299117000","channel_id":"1"},
                                             "message_snapshots":[{"message":{"type":0,"content":"!resolve it is over","embeds":[],"attachments":[]}}]}));
        QVERIFY(forwarded && !forwarded->identityVerified && forwarded->addressed.empty() && forwarded->thread.empty());
        QCOMPARE(forwarded->text, std::string("[forwarded] !resolve it is over"));
        QCOMPARE(read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000002"},"message_snapshots":[{"message":{"content":"","embeds":[{"title":"a card"}]}}]}))->text, std::string("[forwarded] a card"));
        QCOMPARE(read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000002"},"embeds":[{"description":"?ack"}]}))->text, std::string("[card] ?ack"));
        const auto link = read(QD_SAID({"id":"175928847299117063","type":0,"content":"!log see this","author":{"id":"100000000000000002"},"embeds":[{"title":"A page"}]}));
        QVERIFY(link && link->identityVerified);
        QCOMPARE(link->text, std::string("!log see this"));
        QVERIFY(read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000001"},"embeds":[{"title":"ours"}]}))->own);
        QVERIFY(!read(QD_SAID({"id":"175928847299117063","type":0,"content":"","author":{"id":"100000000000000002"},"embeds":[{"image":{"url":"x"}}],"message_snapshots":[{"message":{}}]})));
    }

    void aThreadIsKnownBelowItsChannelAlone()
    {
        const auto thread = [](const char *id, const char *parent, int type) {
            return QJsonObject{{QStringLiteral("id"), QLatin1String(id)}, {QStringLiteral("parent_id"), QLatin1String(parent)}, {QStringLiteral("type"), type}};
        };
        constexpr auto kChannel = "175928847299117000", kOne = "175928847299117001", kTwo = "175928847299117002";
        DiscordThreads threads;
        QVERIFY(!threads.learn(thread(kOne, "175928847299117009", 11), kChannel)); // of another channel
        QVERIFY(!threads.learn(thread(kOne, kChannel, 0), kChannel));               // a channel in a category
        QVERIFY(!threads.learn(thread(kOne, "", 11), ""));
        QVERIFY(!threads.learn(thread("x", kChannel, 11), kChannel));
        QVERIFY(threads.learn(thread(kOne, kChannel, 11), kChannel) && threads.has(kOne));
        QVERIFY(!threads.learn(thread(kOne, kChannel, 11), kChannel)); // it is known
        QCOMPARE(threads.learn(QJsonArray{thread(kOne, kChannel, 11), thread(kTwo, kChannel, 12)}, kChannel), (std::vector<std::string>{kTwo}));
        threads.saidIn(kOne, "m1");
        threads.saidIn(kTwo, "m2");
        threads.saidIn(kOne, "m3");
        QCOMPARE(threads.placeOf("m1") + threads.placeOf("m2") + threads.placeOf("m4"), std::string(kOne) + kTwo);
        QCOMPARE(threads.forget(kOne), (std::vector<std::string>{"m1", "m3"})); // and with it what was said there
        QVERIFY(!threads.has(kOne) && threads.placeOf("m1").empty() && threads.forget(kOne).empty());
        QCOMPARE(threads.placeOf("m2"), std::string(kTwo));
    }

    void aRefusalSaysWhereWhatIsMissingIsGiven()
    {
        DiscordAnswer answer;
        answer.kind = ApiAnswer::Kind::Refused;
        answer.status = 403;
        answer.code = 50013;
        answer.reason = "Missing Permissions";
        QVERIFY(!answer.isRevoked());
        QCOMPARE(answer.asError().message, std::string("Discord answered: Missing Permissions; give the bot's role that permission in Server Settings, Roles, or invite it again with it at discord.com/developers/applications"));
        answer.status = 401;
        answer.reason = "401: Unauthorized";
        QVERIFY(answer.isRevoked());
        QCOMPARE(answer.asError().message, std::string("Discord refused the bot's token; reset it at discord.com/developers/applications, Bot, and connect with the new one"));
    }

    void theThreadsThatWereWrittenInLastAreTheOnesLookedInto()
    {
        const auto thread = [](const char *id, const char *last) {
            return QJsonObject{{QStringLiteral("id"), QLatin1String(id)}, {QStringLiteral("parent_id"), QStringLiteral("175928847299117000")}, {QStringLiteral("type"), 11}, {QStringLiteral("last_message_id"), QLatin1String(last)}};
        };
        constexpr auto kOne = "175928847299117001", kTwo = "175928847299117002", kThree = "175928847299117003";
        DiscordThreads threads;
        threads.learn(QJsonArray{thread(kOne, "175928847299117090"), thread(kTwo, ""), thread(kThree, "x")}, "175928847299117000");
        QCOMPARE(threads.newest(1), (std::set<std::string>{kOne}));
        QCOMPARE(threads.newest(2), (std::set<std::string>{kOne, kThree})); // of the others the one that was begun last
        threads.saidIn(kTwo, "175928847299117095");
        QCOMPARE(threads.newest(1), (std::set<std::string>{kTwo}));
        threads.learn(thread(kThree, "175928847299117099"), "175928847299117000"); // listed again, with what was said meanwhile
        QCOMPARE(threads.newest(1), (std::set<std::string>{kThree}));
        QCOMPARE(threads.newest(9).size(), std::size_t(3));
        QCOMPARE(threads.all().size(), std::size_t(3));
    }

    void asManyThreadsAndPlacesAreKeptAsThereMayBe()
    {
        DiscordThreads threads;
        const auto thread = [](std::size_t n) {
            return QJsonObject{{QStringLiteral("id"), QString::number(175'928'847'299'117'001ULL + n)}, {QStringLiteral("parent_id"), QStringLiteral("175928847299117000")}, {QStringLiteral("type"), 11}};
        };
        for (std::size_t n = 0; n < DiscordThreads::kKnown; ++n)
            QVERIFY(threads.learn(thread(n), "175928847299117000"));
        QVERIFY(!threads.learn(thread(DiscordThreads::kKnown), "175928847299117000"));
        for (std::size_t n = 0; n <= DiscordThreads::kPlaces; ++n)
            threads.saidIn("175928847299117001", std::to_string(n));
        QVERIFY(threads.placeOf("0").empty()); // the first gave way to one more
        QVERIFY(!threads.placeOf("1").empty() && !threads.placeOf(std::to_string(DiscordThreads::kPlaces)).empty());
    }

    void takesNothingForAPersonsWordThatNoPersonWrote()
    {
        for (const char *as : {"\"author\":{\"id\":\"100000000000000002\",\"bot\":true}", "\"author\":{\"id\":\"100000000000000002\"},\"webhook_id\":\"100000000000000007\"",
                               "\"author\":{\"id\":\"100000000000000002\",\"system\":true}", "\"author\":{\"id\":\"100000000000000002\"},\"interaction_metadata\":{}"}) {
            const auto event = read(QByteArray("{\"id\":\"175928847299117063\",\"type\":0,\"content\":\"!ack\",") + as + '}');
            QVERIFY2(event && !event->identityVerified, as);
        }
    }
};

QD_TEST(TestDiscordRoom)
#include "tst_discordroom.moc"
