// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/archive.h"
#include "core/rebuild/facts.h"

#include "tests/core/rebuild/samples.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::rebuild;
using namespace qd::tests;

namespace {

Options ofChannel(const std::string &channel)
{
    Options o;
    o.channel = channel;
    return o;
}

} // namespace

class TestSlackExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aChannelBecomesATimeline()
    {
        const auto facts = readSample(slackZip(), "acme.zip", ofChannel("#inc-42"));
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::SlackExport);
        QCOMPARE(facts->origin, std::string("Slack export, #inc-42"));
        QCOMPARE(facts->facts.size(), std::size_t(10));
        const Fact &said = facts->facts[2];
        QCOMPARE(said.at, moment("2025-11-23T14:04:00.123456Z"));
        QCOMPARE(said.kind, std::string("message"));
        QCOMPARE(said.actor, std::string("dana"));
        QCOMPARE(said.reference, std::string("1763906640.123456"));
        QCOMPARE(said.text, std::string("@Omar Khalil can you look at #general? p99 > 2s & rising, the board (https://g.example/d/1)\n[👀]"));
        QCOMPARE(facts->facts[3].text, std::string("↳ on it\n[file: heap.png]"));
        QCOMPARE(facts->facts[0].kind, std::string("room"));
        QCOMPARE(facts->facts[4].kind, std::string("ack")); // PagerDuty's own words
        QCOMPARE(facts->facts[8].text, std::string("all clear, thanks @Omar Khalil"));
        QCOMPARE(facts->facts[9].kind, std::string("topic"));
        QCOMPARE(facts->facts[9].text, std::string("resolved"));
    }

    void anAlertOfABotHasItsEnd()
    {
        const auto facts = readSample(slackZip(), "acme.zip", ofChannel("C0INC00042")); // by its id as well
        VERIFY_RESULT(facts);
        const Fact &fires = facts->facts[1];
        QCOMPARE(fires.kind, std::string("alert"));
        QCOMPARE(fires.actor, std::string("Alertmanager"));
        QVERIFY(fires.text.starts_with("[FIRING:1] CheckoutErrors (checkout)"));
        QCOMPARE(fires.until, moment("2025-11-24T00:01:00.0002Z"));
        QCOMPARE(facts->facts[7].kind, std::string("log")); // that it is resolved is no alert
    }

    void whoIsMissingIsNamedByIdAndSaid()
    {
        const auto facts = readSample(slackZip(), "acme.zip", ofChannel("inc-42"));
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts[5].actor, std::string("U0GONE9999"));
        QVERIFY(says(facts->notes, "U0GONE9999"));
        QVERIFY(says(facts->notes, "1 message was edited"));
        QVERIFY(says(facts->notes, "1 message was deleted"));
        QVERIFY(says(facts->notes, "1 file is named"));
        QVERIFY(std::find(facts->people.begin(), facts->people.end(), "Omar Khalil") != facts->people.end());
    }

    void anExportWithoutUsersIsReadAndSaid()
    {
        const auto facts = readSample(zipped({{"inc-42/2025-11-23.json", sample("slack_day1.json")}}), "x.zip");
        VERIFY_RESULT(facts);
        QVERIFY(says(facts->notes, "no users.json"));
        QCOMPARE(facts->facts[2].actor, std::string("U012ABC34"));
    }

    void aFolderAroundItAllIsNoMatter()
    {
        VERIFY_RESULT(readSample(slackZip("acme Slack export/"), "acme.zip", ofChannel("inc-42")));
    }

    void theChannelIsAskedFor()
    {
        const auto which = readSample(slackZip(), "acme.zip");
        VERIFY_FAILS(which, Code::Conflict);
        QVERIFY(which.error().message.find("inc-42, general") != std::string::npos); // incidents' first
        const auto none = readSample(slackZip(), "acme.zip", ofChannel("inc-43"));
        VERIFY_FAILS(none, Code::NotFound);
        const std::vector<std::string> both{"inc-42", "general"};
        const auto channels = slackChannels(slackZip());
        VERIFY_RESULT(channels);
        QCOMPARE(*channels, both);
    }

    void namesThatLeadOutAreRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"../../etc/passwd.json", "/etc/passwd", "a/../../b.json", "..", "c:/x.json", "a\\..\\b.json", "inc-42/./2025-11-23.json"})
            QTest::newRow(name) << QByteArray(name);
    }
    void namesThatLeadOutAreRefused()
    {
        QFETCH(QByteArray, name);
        const std::string inside(name.size(), 'x');
        const std::string archive = renamed(zipped({{"inc-42/2025-11-24.json", "[]"}, {inside, "[]"}}), inside, name.toStdString());
        const auto read = readSample(archive, "x.zip");
        VERIFY_FAILS(read, Code::Invalid);
        QVERIFY2(read.error().message.find("leads out") != std::string::npos, read.error().message.c_str());
    }

    void bombsAreRefusedBeforeTheyAreUnpacked()
    {
        const std::string zeros = "[" + std::string(8 << 20, ' ') + "]";
        const auto bomb = readSample(zipped({{"inc-42/2025-11-23.json", zeros}}), "x.zip");
        VERIFY_FAILS(bomb, Code::Invalid);
        QVERIFY(bomb.error().message.find("200 times") != std::string::npos);
        const auto large = readSample(zipped({{"inc-42/2025-11-23.json", std::string(kEntryBytes + 1, ' ')}}), "x.zip");
        VERIFY_FAILS(large, Code::Invalid);
        QVERIFY(large.error().message.find("32 MiB") != std::string::npos);
    }

    void whatIsMoreThanItSaidIsDamaged()
    {
        // The size in the archive's directory is a lie: the entry says 2 bytes and holds more.
        std::string archive = zipped({{"inc-42/2025-11-23.json", "[" + std::string(400, ' ') + "]"}});
        const std::size_t directory = archive.find("PK\x01\x02");
        QVERIFY(directory != std::string::npos);
        archive[directory + 24] = 2;
        archive[directory + 25] = 0;
        const auto read = readSample(archive, "x.zip");
        QVERIFY(!read);
        QVERIFY2(read.error().message.find("damaged") != std::string::npos, read.error().message.c_str());
    }

    void aDamagedArchiveIsRefusedWhole()
    {
        const std::string good = slackZip();
        VERIFY_FAILS(readSample(good.substr(0, good.size() / 2), "x.zip", ofChannel("inc-42")), Code::Corrupt);
        std::string flipped = zipped({{"inc-42/2025-11-23.json", sample("slack_day1.json")}});
        flipped[200] = static_cast<char>(flipped[200] ^ 0x40);
        const auto read = readSample(flipped, "x.zip");
        QVERIFY(!read);
        VERIFY_FAILS(readSample("PK\x03\x04 and no more", "x.zip"), Code::Corrupt);
    }

    /// Wherever it was cut, what is left is no archive: its directory stands at the end.
    void aCutArchiveIsRefusedWhole_data()
    {
        QTest::addColumn<int>("left");
        const int whole = static_cast<int>(slackZip().size());
        for (const int left : {4, 30, whole / 3, whole * 2 / 3, whole - 22, whole - 1})
            QTest::addRow("%d of %d bytes", left, whole) << left;
    }
    void aCutArchiveIsRefusedWhole()
    {
        QFETCH(int, left);
        const auto read = readSample(slackZip().substr(0, static_cast<std::size_t>(left)), "x.zip", ofChannel("inc-42"));
        VERIFY_FAILS(read, Code::Corrupt);
        QVERIFY2(read.error().message.find("damaged ZIP archive") != std::string::npos, read.error().message.c_str());
    }

    /// Entries of its directory that all stand for the same bytes: each is small, and together they are more than a memory holds.
    void entriesThatShareTheirBytesAreABombToo()
    {
        const std::string day = "inc-42/2025-01-01.json";
        const std::string one = zipped({{day, "[" + std::string((1 << 20) - 2, ' ') + "]"}});
        const std::size_t directory = one.find("PK\x01\x02"), end = one.find("PK\x05\x06");
        QVERIFY(directory != std::string::npos && end != std::string::npos);
        const std::string entry = one.substr(directory, end - directory);
        std::string entries;
        std::uint16_t count = 0;
        for (int month = 1; month <= 12; ++month)
            for (int d = 1; d <= 25; ++d, ++count) {
                const QByteArray name = QByteArray("inc-42/2025-") + QByteArray::number(month).rightJustified(2, '0') + '-' + QByteArray::number(d).rightJustified(2, '0') + ".json";
                entries += renamed(entry, day, name.toStdString());
            }
        std::string tail = one.substr(end);
        const auto put = [&](std::size_t at, std::uint32_t value, int bytes) {
            for (int i = 0; i < bytes; ++i)
                tail[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
        };
        put(8, count, 2);
        put(10, count, 2);
        put(12, static_cast<std::uint32_t>(entries.size()), 4);
        const auto read = readSample(one.substr(0, directory) + entries + tail, "x.zip");
        VERIFY_FAILS(read, Code::TooLarge);
        QVERIFY2(read.error().message.find("256 MiB") != std::string::npos, read.error().message.c_str());
    }

    /// A good day beside it is not imported either.
    void aFileThatIsNoListOfMessagesRefusesAllOfIt_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("said");
        const QByteArray day("inc-42/2025-11-24.json");
        QTest::newRow("no JSON") << day << QByteArray("<html>sign in</html>") << QByteArray("is no JSON that can be read");
        QTest::newRow("cut JSON") << day << QByteArray("[{\"type\":\"message\",\"ts\":\"17639") << QByteArray("is no JSON that can be read");
        QTest::newRow("bytes that are no text") << day << QByteArray("[{\"text\":\"\xff\xfe\"}]") << QByteArray("is no JSON that can be read");
        QTest::newRow("an object") << day << QByteArray("{\"messages\":[]}") << QByteArray("is not the list it should be");
        QTest::newRow("users that are none") << QByteArray("users.json") << QByteArray("{}") << QByteArray("is not the list it should be");
        QTest::newRow("channels that are no JSON") << QByteArray("channels.json") << QByteArray("nothing") << QByteArray("is no JSON that can be read");
    }
    void aFileThatIsNoListOfMessagesRefusesAllOfIt()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, said);
        const auto read = readSample(zipped({{"inc-42/2025-11-23.json", sample("slack_day1.json")}, {name.toStdString(), bytes.toStdString()}}), "x.zip");
        VERIFY_FAILS(read, Code::Invalid);
        QVERIFY2(read.error().message.find(said.toStdString()) != std::string::npos && read.error().message.find(name.toStdString()) != std::string::npos && read.error().message.find("nothing is imported") != std::string::npos,
                 read.error().message.c_str());
    }

    void aMessageWithoutATimeIsLeftOutAndSaid()
    {
        const std::string messages = R"([{"type":"message","user":"U1","text":"when?"},{"type":"message","user":"U1","text":"soon","ts":"soon"},5,
            {"type":"message","user":"U1","text":"there","ts":"1763906400.000001"}])";
        const auto facts = readSample(zipped({{"inc-42/2025-11-23.json", messages}}), "x.zip");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(1));
        QCOMPARE(facts->facts[0].text, std::string("there"));
        QVERIFY(says(facts->notes, "2 entries without a time"));
        QVERIFY(says(facts->notes, "1 entry that is no message"));
        const auto none = readSample(zipped({{"inc-42/2025-11-23.json", R"([{"type":"message","user":"U1","text":"when?"}])"}}), "x.zip");
        VERIFY_FAILS(none, Code::Invalid);
        QVERIFY2(none.error().message.find("1 entry without a time") != std::string::npos, none.error().message.c_str());
    }

    /// What has no time begins nothing and ends nothing.
    void anAlertWithoutATimeDoesNotTakeAnothersEnd()
    {
        const std::string messages = R"j([{"type":"message","subtype":"bot_message","username":"Alertmanager","text":"[FIRING:1] Disk (db)"},
            {"type":"message","subtype":"bot_message","username":"Alertmanager","text":"[FIRING:1] Disk (db)","ts":"1763906400.0"},
            {"type":"message","subtype":"bot_message","username":"Alertmanager","text":"[RESOLVED] Disk (db)","ts":"1763906460.0"}])j";
        const auto facts = readSample(zipped({{"inc-42/2025-11-23.json", messages}}), "x.zip");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QCOMPARE(facts->facts[0].until, moment("2025-11-23T14:01:00Z"));
    }

    void anEncryptedArchiveIsRefused()
    {
        const auto read = readSample(zipped({{"inc-42/2025-11-23.json", "[]"}}, "secret"), "x.zip");
        VERIFY_FAILS(read, Code::Invalid);
        QVERIFY(read.error().message.find("encrypted") != std::string::npos);
    }

    void aNameTwiceIsRefused()
    {
        const auto read = readSample(renamed(zipped({{"inc-42/2025-11-23.json", "[]"}, {"inc-42/2025-11-24.json", "[]"}}), "2025-11-24", "2025-11-23"), "x.zip");
        VERIFY_FAILS(read, Code::Invalid);
    }

    void anArchiveOfSomethingElseIsNamed()
    {
        const auto read = readSample(zipped({{"photo.jpg", "x"}}), "x.zip");
        VERIFY_FAILS(read, Code::Invalid);
        QVERIFY(read.error().message.find("no Slack export") != std::string::npos);
        VERIFY_FAILS(readSample(zipped({{"inc-42/2025-11-23.json", "{\"no\": \"list\"}"}}), "x.zip"), Code::Invalid);
    }

    void theAnswerOfTheApiIsRead()
    {
        const auto facts = readSample(sample("slack_history.json"), "history.json", ofChannel("inc-42"));
        VERIFY_RESULT(facts);
        QCOMPARE(facts->format, Format::SlackChannel);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QCOMPARE(facts->facts[0].text, std::string("earlier")); // the newest comes first there
        QCOMPARE(facts->facts[0].actor, std::string("kim"));
        QVERIFY(says(facts->notes, "has_more"));
        const auto refused = readSample(R"({"ok":false,"error":"not_in_channel","messages":[]})", "h.json");
        VERIFY_FAILS(refused, Code::Invalid);
        QVERIFY(refused.error().message.find("not_in_channel") != std::string::npos);
    }

    void moreThanAnIncidentHoldsIsRefusedNotCut()
    {
        const auto messages = [](std::size_t count) {
            std::string out = "[";
            for (std::size_t i = 0; i < count; ++i)
                out += (i ? "," : "") + std::string(R"({"type":"message","user":"U1","text":"x","ts":")") + std::to_string(1763906400 + i) + ".0\"}";
            return out + "]";
        };
        const auto most = readSample(messages(kMostFacts), "c.json");
        VERIFY_RESULT(most);
        QCOMPARE(most->facts.size(), kMostFacts);
        VERIFY_FAILS(readSample(messages(kMostFacts + 1), "c.json"), Code::TooLarge);
    }
};

QD_TEST(TestSlackExport)
#include "tst_slackexport.moc"
