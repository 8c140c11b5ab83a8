// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

Result<Workspace> loadedReasons(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << text;
    return workspace::load(path);
}

std::string reason(int key, const std::string &text, const std::string &verbs = {})
{
    return "[[reason]]\nkey = " + std::to_string(key) + "\ntext = \"" + text + "\"\n" + (verbs.empty() ? "" : "for = [" + verbs + "]\n");
}

std::vector<std::string> wordsOf(const Workspace &w, std::string_view verb)
{
    std::vector<std::string> out;
    for (const ReasonPreset &r : w.reasonsFor(verb))
        out.push_back(std::to_string(r.key) + " " + r.words);
    return out;
}

} // namespace

/// Reasons that are chosen by a digit; limits of one name; one mistake is one complaint.
class TestReasons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTeamThatWritesNoneHasTheUsualOnes()
    {
        const auto w = loadedReasons("[workspace]\nname = \"Shop\"\n");
        VERIFY_RESULT(w);
        QCOMPARE(w->reasonsFor("ack").size(), std::size_t(5));
        QCOMPARE(wordsOf(*w, "silence").front(), std::string("1 known, being worked on"));
    }

    void itsOwnReplaceThemByVerb()
    {
        const auto w = loadedReasons(reason(3, "the vendor is on it") + reason(1, "mine", "\"ack\", \"snooze\"") + reason(1, "planned", "\"silence\""));
        VERIFY_RESULT(w);
        QCOMPARE(wordsOf(*w, "ack"), (std::vector<std::string>{"1 mine", "3 the vendor is on it"}));
        QCOMPARE(wordsOf(*w, "silence"), (std::vector<std::string>{"1 planned", "3 the vendor is on it"}));
        QCOMPARE(wordsOf(*w, "merge"), (std::vector<std::string>{"3 the vendor is on it"}));
        QCOMPARE(w->reasonsFor({}).size(), std::size_t(3));
    }

    void theEmojiThatPinsIsReadHoweverItIsWritten()
    {
        const auto pinOf = [](const char *written) { return loadedReasons(std::string("[workspace]\nname = \"Shop\"\npin_emoji = \"") + written + "\"\n")->pinEmoji; };
        QCOMPARE(pinOf("pushpin"), std::string("📌"));
        QCOMPARE(pinOf(":star:"), std::string("⭐"));
        QCOMPARE(pinOf("⚠️"), std::string("⚠"));
        QCOMPARE(pinOf("none"), std::string("none"));
        QCOMPARE(pinOf(""), std::string("none"));
    }

    void aMistakeIsNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no digit") << "[[reason]]\ntext = \"x\"\n" << "a.toml:1: this reason has no digit to choose it by; write key = 1";
        QTest::newRow("ten") << QString::fromStdString(reason(10, "x")) << "a.toml:2: key";
        QTest::newRow("no words") << "[[reason]]\nkey = 1\n" << "text";
        QTest::newRow("too long") << QString::fromStdString(reason(1, std::string(kReasonBytes + 1, 'x'))) << "a.toml:3: this reason is longer than 200 bytes";
        QTest::newRow("no such verb") << QString::fromStdString(reason(1, "x", "\"acknowledge\"")) << "a.toml:4: \"acknowledge\" takes no reason; it is one of ack, ";
        QTest::newRow("a digit twice") << QString::fromStdString(reason(1, "x") + reason(1, "y")) << "a.toml:5: digit 1 is \"x\" already";
        QTest::newRow("a digit twice for a verb") << QString::fromStdString(reason(1, "x", "\"ack\"") + reason(1, "y", "\"take\", \"ack\"")) << "a.toml:6: digit 1 is \"x\" already";
        QTest::newRow("rooms that share a name") << "[workspace]\nroom_name = \"war\"\n" << "a.toml:2: a room's name has {{number}} in it";
        QTest::newRow("no such place in a room's name") << "[workspace]\nroom_name = \"{{number}}-{{title}}\"\n" << "a.toml:2: \"{{title}}\" is no place of a room's name";
        QTest::newRow("more than an emoji") << QString::fromStdString("[workspace]\npin_emoji = \"" + std::string(80, 'x') + "\"\n") << "a.toml:2: it is one emoji";
        QTest::newRow("a place that does not end") << "[workspace]\nroom_name = \"{{number}}-{{date\"\n" << "is no place of a room's name";
        for (const char *address : {"http://meet.example/x", "https://", "https:///x", "meet.example", "https://meet.example/{{id}}", "https://meet.example/{{number", "https://meet.example/a b", "https://ana@meet.example/"})
            QTest::newRow(address) << QString::fromLatin1("[workspace]\nconference = \"%1\"\n").arg(QLatin1String(address)) << "a.toml:2: a conference is an https address";
        QTest::newRow("too long a conference") << QString::fromStdString("[workspace]\nconference = \"https://meet.example/" + std::string(500, 'x') + "\"\n") << "a.toml:2: a conference is an https address";
        QTest::newRow("no such rooms") << "[workspace]\nprivate_rooms = \"some\"\n" << "restricted, always or never";
        QTest::newRow("too few of a name") << "[workspace]\nalerts_per_name = 99\n" << "a.toml:2: alerts_per_name";
        QTest::newRow("too many of a name") << "[workspace]\nalerts_per_name = 100001\n" << "a.toml:2: alerts_per_name";
    }
    void aMistakeIsNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        const auto w = loadedReasons(text.toStdString());
        QVERIFY(!w);
        QVERIFY2(w.error().message.find(problem.toStdString()) != std::string::npos, w.error().message.c_str());
    }

    void theEdgesAreAllowed()
    {
        QVERIFY(loadedReasons(reason(9, std::string(kReasonBytes, 'x'))));
        for (const std::uint32_t limit : {kAlertsPerNameLeast, kAlertsPerNameMost}) {
            const auto w = loadedReasons("[workspace]\nalerts_per_name = " + std::to_string(limit) + "\n");
            VERIFY_RESULT(w);
            QCOMPARE(w->alertsPerName, limit);
        }
    }

    void whereToTalkHasTheIncidentsNumberWhereItIsWanted()
    {
        for (const char *address : {"https://meet.example/inc-{{number}}", "https://meet.example/{{number}}/{{number}}#ops", "https://meet.example/war?room=1"}) {
            const auto w = loadedReasons(std::string("[workspace]\nconference = \"") + address + "\"\n");
            VERIFY_RESULT(w);
            QCOMPARE(w->conference, std::string(address));
        }
    }

    void oneBadWordIsOneComplaint_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("retention") << "[[retention]]\nof = \"alerts\"\nkeep = \"30d\"\n[[retention]]\nof = \"allerts\"\nkeep = \"30d\"\n";
        QTest::newRow("cadence") << "[workspace]\naudiences = [\"customers\"]\n[[cadence]]\nseverity = \"SEV3\"\naudience = \"customers\"\nevery = \"30m\"\n"
                                    "[[cadence]]\nseverity = \"SEV9\"\naudience = \"customers\"\nevery = \"30m\"\n";
        QTest::newRow("sla") << "[[sla]]\nid = \"a\"\nseverity = \"SEV3\"\nresolve = \"4h\"\n[[sla]]\nid = \"b\"\nseverity = \"SEV9\"\nresolve = \"4h\"\n";
    }
    void oneBadWordIsOneComplaint()
    {
        QFETCH(QString, text);
        const auto w = loadedReasons(text.toStdString());
        QVERIFY(!w);
        const std::string all = w.error().message + "\n" + w.error().detail;
        QVERIFY2(all.find("is not known for") != std::string::npos, all.c_str());
        QVERIFY2(all.find("twice") == std::string::npos && all.find("same incidents") == std::string::npos, all.c_str());
    }
};

QD_TEST(TestReasons)
#include "tst_reasons.moc"
