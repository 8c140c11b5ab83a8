// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/facts.h"

#include "tests/core/rebuild/samples.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::rebuild;
using namespace qd::tests;

class TestMarkdown : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPostMortemsTimesBecomeItsTimeline()
    {
        const auto facts = readSample(sample("postmortem.md"), "pm.md");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(6));
        QCOMPARE(facts->facts[0].at, moment("2025-11-23T14:00:00Z"));
        QCOMPARE(facts->facts[0].text, std::string("deploy of checkout 4.2.0"));
        QCOMPARE(facts->facts[1].at, moment("2025-11-23T14:03:00Z"));
        QCOMPARE(facts->facts[2].text, std::string("nobody looks at the right board"));
        QCOMPARE(facts->facts[2].until, moment("2025-11-23T14:20:00Z"));
        QCOMPARE(facts->facts[3].at, moment("2025-11-23T23:58:00Z"));
        QCOMPARE(facts->facts[4].at, moment("2025-11-24T00:05:00Z")); // past midnight
        QCOMPARE(facts->facts[4].text, std::string("rolled back by @omar"));
        QCOMPARE(facts->facts[5].at, moment("2025-11-25T09:30:00Z")); // the heading's day; PST is not this import's zone
        QCOMPARE(facts->facts[5].text, std::string("review held"));
        QVERIFY(says(facts->notes, "Its day is 2025-11-23"));
        QVERIFY(says(facts->notes, "“PST”"));
        QVERIFY(facts->narrative.find("Pool sizes are configuration.") != std::string::npos);
        QVERIFY(facts->narrative.find("A deploy halved the connection pool. See RFC 14:02 is not") != std::string::npos);
        QVERIFY(facts->narrative.find("nobody looks") == std::string::npos);
        QVERIFY(facts->narrative.find("12:00 not a line") != std::string::npos);
    }

    void whatOnlyHeldTimedLinesIsNotLeftEmpty()
    {
        const auto facts = readSample(sample("postmortem.md"), "pm.md");
        VERIFY_RESULT(facts);
        for (const char *gone : {"| Time | What |", "|------|", "### 2025-11-25"})
            QVERIFY2(facts->narrative.find(gone) == std::string::npos, facts->narrative.c_str());
        QVERIFY2(facts->narrative.find("## Timeline") != std::string::npos, facts->narrative.c_str()); // the code stands under it
        const auto whole = readSample("# Down, 2025-11-23\n\n## Timeline\n\n| Time | What |\n|---|---|\n| 14:00 | down |\n\n### Later\n- 15:00 up\n\n## Lessons\n\nNone.\n\n## Empty before\n", "pm.md");
        VERIFY_RESULT(whole);
        QCOMPARE(whole->facts.size(), std::size_t(2));
        QCOMPARE(whole->narrative.find("Timeline"), std::string::npos);
        QCOMPARE(whole->narrative.find("Later"), std::string::npos);
        QVERIFY2(whole->narrative.starts_with("# Down, 2025-11-23\n") && whole->narrative.find("## Lessons\n\nNone.") != std::string::npos && whole->narrative.ends_with("## Empty before"), whole->narrative.c_str());
        // A table keeps its head where a row of it has no time.
        const auto some = readSample("# 2025-11-23\n\n| Time | What |\n|---|---|\n| 14:00 | down |\n| later | up |\n", "pm.md");
        VERIFY_RESULT(some);
        QVERIFY2(some->narrative.find("| Time | What |\n|---|---|\n| later | up |") != std::string::npos, some->narrative.c_str());
    }

    void zonesAreReadAsTheyStand_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("meant");
        QTest::newRow("none") << QByteArray("- 14:02 x") << QByteArray("2025-11-23T13:02:00Z");
        QTest::newRow("UTC") << QByteArray("- 14:02 UTC x") << QByteArray("2025-11-23T14:02:00Z");
        QTest::newRow("Z") << QByteArray("- 14:02Z: x") << QByteArray("2025-11-23T14:02:00Z");
        QTest::newRow("an offset") << QByteArray("- 14:02+02:00 x") << QByteArray("2025-11-23T12:02:00Z");
        QTest::newRow("an offset to the west") << QByteArray("- 14:02-05:00 x") << QByteArray("2025-11-23T19:02:00Z");
        QTest::newRow("the zone by name") << QByteArray("- 14:02 CET x") << QByteArray("2025-11-23T13:02:00Z");
        QTest::newRow("in the afternoon") << QByteArray("- 2:02 PM x") << QByteArray("2025-11-23T13:02:00Z");
        QTest::newRow("twelve at night") << QByteArray("- 12:02 am x") << QByteArray("2025-11-22T23:02:00Z");
        QTest::newRow("its own day") << QByteArray("* 2025-11-24 14:02:30 UTC - x") << QByteArray("2025-11-24T14:02:30Z");
        QTest::newRow("RFC 3339") << QByteArray("1. no\n- 2025-11-24T14:02:30.5Z x") << QByteArray("2025-11-24T14:02:30Z");
        QTest::newRow("in brackets") << QByteArray("- [14:02] x") << QByteArray("2025-11-23T13:02:00Z");
        QTest::newRow("two columns") << QByteArray("| 2025-11-23 | 14:02 | x |") << QByteArray("2025-11-23T13:02:00Z");
    }
    void zonesAreReadAsTheyStand()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, meant);
        Options o;
        o.zone = Zone::orUtc("Europe/Berlin");
        const auto facts = readSample("# Incident of 2025-11-23\n\n" + line.toStdString() + "\n", "pm.md", o);
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(1));
        QCOMPARE(toRfc3339(facts->facts[0].at), meant.toStdString());
        QCOMPARE(facts->facts[0].text, std::string("x"));
    }

    void aDayIsAskedForWhereNoneIsNamed()
    {
        const auto none = readSample("# It broke\n- 14:02 x\n", "pm.md");
        VERIFY_FAILS(none, Code::Invalid);
        QVERIFY(none.error().message.find("--day") != std::string::npos);
        Options o;
        o.day = "2025-11-23";
        const auto given = readSample("# It broke\n- 14:02 x\n", "pm.md", o);
        VERIFY_RESULT(given);
        QCOMPARE(given->facts[0].at, moment("2025-11-23T14:02:00Z"));
        o.day = "yesterday";
        VERIFY_FAILS(readSample("- 14:02 x\n", "pm.md", o), Code::Invalid);
    }

    void aTextWithoutTimesIsNarrative()
    {
        const auto facts = readSample("# It broke\n\nAll of it.\n", "pm.md");
        VERIFY_RESULT(facts);
        QVERIFY(facts->facts.empty());
        QCOMPARE(facts->narrative, std::string("# It broke\n\nAll of it."));
        QVERIFY(says(facts->notes, "all of it is narrative"));
    }

    void linesOutOfOrderAreSortedAndSaid()
    {
        const auto facts = readSample("# 2025-11-23\n- 14:05 b\n- 14:02 a\n", "pm.md");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts[0].text, std::string("a"));
        QVERIFY(says(facts->notes, "stands before the one above it"));
    }

    /// By its number the line below one that is put in later would be taken for that one, and left out.
    void noLineIsCalledByItsNumber()
    {
        const auto facts = readSample("# 2025-11-23\n- 14:02 a\n- 14:05 b\n", "pm.md");
        VERIFY_RESULT(facts);
        QCOMPARE(facts->facts.size(), std::size_t(2));
        QVERIFY(facts->facts[0].reference.empty() && facts->facts[1].reference.empty());
    }

    /// How long something lasted says nothing of when the next thing was.
    void whatFollowsARangeIsReckonedFromItsBeginning()
    {
        const auto at = [](const std::string &lines) {
            std::vector<std::string> out;
            if (const auto facts = readSample("# 2025-11-23\n" + lines, "pm.md"))
                for (const Fact &f : facts->facts)
                    out.push_back(f.text + " " + toRfc3339(f.at) + (f.until ? " " + toRfc3339(f.until) : std::string()));
            return out;
        };
        using Lines = std::vector<std::string>;
        QCOMPARE(at("- 23:40–00:20 a\n- 23:45 b\n- 00:25 c\n"), (Lines{"a 2025-11-23T23:40:00Z 2025-11-24T00:20:00Z", "b 2025-11-23T23:45:00Z", "c 2025-11-24T00:25:00Z"}));
        QCOMPARE(at("- 08:00–22:30 a\n- 08:05 b\n"), (Lines{"a 2025-11-23T08:00:00Z 2025-11-23T22:30:00Z", "b 2025-11-23T08:05:00Z"}));
        QCOMPARE(at("- 13:00–01:30 a\n- 01:35 b\n"), (Lines{"a 2025-11-23T13:00:00Z 2025-11-24T01:30:00Z", "b 2025-11-24T01:35:00Z"}));
        QCOMPARE(at("- 23:30 – 2025-11-24 00:20 a\n- 23:40 b\n"), (Lines{"a 2025-11-23T23:30:00Z 2025-11-24T00:20:00Z", "b 2025-11-23T23:40:00Z"}));
        QCOMPARE(at("- 23:40–00:20 b\n- 23:35 a\n"), (Lines{"a 2025-11-23T23:35:00Z", "b 2025-11-23T23:40:00Z 2025-11-24T00:20:00Z"})); // out of order, of the same night
    }

    /// A table behind a list over midnight tells of the same hours again, and is not a day later.
    void aSecondListThatBeginsBeforeTheEndOfTheFirstIsOfTheSameDay()
    {
        const auto timesOf = [](const std::string &text) {
            std::vector<std::string> out;
            const auto facts = readSample(text, "pm.md");
            if (facts)
                for (const Fact &f : facts->facts)
                    out.push_back(toRfc3339(f.at).substr(0, 16) + " " + f.text);
            return out;
        };
        const std::string first = "# Down, 2025-11-23\n\n- 23:40-00:20 rollback\n- 23:45 page\n- 00:30 up\n- 00:10 a deploy\n";
        for (const char *between : {"", "\n| When | What |\n|---|---|\n"})
            QCOMPARE(timesOf(first + between + "| 23:50 | table row |\n| 00:15 | another |\n"),
                     (std::vector<std::string>{"2025-11-23T23:40 rollback", "2025-11-23T23:45 page", "2025-11-23T23:50 table row", "2025-11-24T00:10 a deploy", "2025-11-24T00:15 another", "2025-11-24T00:30 up"}));
        QCOMPARE(timesOf(first + "\n## Beforehand\n\n- 23:30 deploy\n").front(), std::string("2025-11-23T23:30 deploy"));
        // Said, or a list that goes on where the first ended.
        QCOMPARE(timesOf(first + "\n## 2025-11-24\n\n- 23:50 review held\n").back(), std::string("2025-11-24T23:50 review held"));
        QCOMPARE(timesOf(first + "\n## Recovery\n\n- 00:40 all well\n").back(), std::string("2025-11-24T00:40 all well"));
        QCOMPARE(timesOf("# Down, 2025-11-23\n\n- 14:00 down\n- 23:50 up\n\n## Recovery\n\n- 00:10 all well\n").back(), std::string("2025-11-24T00:10 all well"));
        const auto facts = readSample(first + "| 23:50 | table row |\n", "pm.md");
        VERIFY_RESULT(facts);
        QVERIFY(says(facts->notes, "1 list of times begins before the end of the one above it"));
    }

    /// 2025-10-26, 03:00 CEST is 02:00 CET.
    void theHourThatComesTwiceIsTheOneThatIsMeant()
    {
        const auto at = [](const std::string &lines) {
            Options o;
            o.zone = Zone::orUtc("Europe/Berlin");
            std::vector<std::string> out;
            if (const auto facts = readSample("# 2025-10-26\n" + lines, "pm.md", o))
                for (const Fact &f : facts->facts)
                    out.push_back(f.text + " " + toRfc3339(f.at) + (f.until ? " " + toRfc3339(f.until) : std::string()));
            return out;
        };
        using Lines = std::vector<std::string>;
        QCOMPARE(at("- 02:30 CEST a\n- 02:30 CET b\n"), (Lines{"a 2025-10-26T00:30:00Z", "b 2025-10-26T01:30:00Z"}));
        QCOMPARE(at("- 02:30 CET a\n"), (Lines{"a 2025-10-26T01:30:00Z"}));
        QCOMPARE(at("- 02:50 a\n- 02:10 b\n- 02:55 c\n- 03:05 d\n"), (Lines{"a 2025-10-26T00:50:00Z", "b 2025-10-26T01:10:00Z", "c 2025-10-26T01:55:00Z", "d 2025-10-26T02:05:00Z"}));
        QCOMPARE(at("- 02:50–02:10 a\n"), (Lines{"a 2025-10-26T00:50:00Z 2025-10-26T01:10:00Z"}));
        QCOMPARE(at("- 02:10 a\n- 02:50 b\n- 04:00 c\n"), (Lines{"a 2025-10-26T00:10:00Z", "b 2025-10-26T00:50:00Z", "c 2025-10-26T03:00:00Z"}));
    }
};

QD_TEST(TestMarkdown)
#include "tst_markdown.moc"
