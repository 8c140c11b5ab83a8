// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/addressee.h"
#include "core/comms/line.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::comms;

namespace {

LineContext context()
{
    return {{{"dana", "Dana Novak"}, {"mito", "Mia Ito"}, {"kosei", "Kofi Osei"}, {"ann1", "Ann Reed"}, {"ann2", "Ann Lee"}},
            {{"dba", "Database"}, {"sre", "Site Reliability"}},
            {"customers", "key customers", "executive"},
            Instant{1'000'000'000'000}};
}

} // namespace

class TestLine final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryKind_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("person");
        QTest::addColumn<bool>("known");
        QTest::addColumn<int>("due");
        QTest::addColumn<QString>("audience");
        const auto row = [](const char *name, const char *typed, const char *kind, const char *text, const char *person = "",
                            bool known = false, int due = 0, const char *audience = "") {
            QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(kind) << QString::fromUtf8(text)
                                << QString::fromUtf8(person) << known << due << QString::fromUtf8(audience);
        };
        row("log", "storage team is on the call", "log", "storage team is on the call");
        row("log keeps a sign inside", "lag fell > 30 s! why?", "log", "lag fell > 30 s! why?");
        row("log of an escaped sign", "\\? what they typed", "log", "? what they typed");
        row("log keeps a lone backslash", "\\\\host is down", "log", "\\\\host is down");
        row("log from the habit of chat", "!log db restarted", "log", "db restarted");
        row("task for a team", "@dba check lag 10m", "task", "check lag", "dba", true, 600);
        row("task by surname", "@novak confirm lag under 30 s 5m", "task", "confirm lag under 30 s", "dana", true, 300);
        row("task by full name", "@Dana Novak confirm lag", "task", "confirm lag", "dana", true);
        row("task by joined name", "@dana.novak confirm lag", "task", "confirm lag", "dana", true);
        row("task not minding case", "@MITO drain 1h30m", "task", "drain", "mito", true, 5400);
        row("task with a colon", "@mito: drain in 4m", "task", "drain", "mito", true, 240);
        row("task with the time first", "@mito 4m drain eu-1", "task", "drain eu-1", "mito", true, 240);
        row("task without a time", "@sre look at eu-1", "task", "look at eu-1", "sre", true);
        row("task of an unknown name", "@nobody check 10m", "task", "check", "nobody", false, 600);
        row("task of an ambiguous name", "@ann check", "task", "check", "ann", false);
        row("task in another script", "@Zoë prüfe die Lücke 5m", "task", "prüfe die Lücke", "Zoë", false, 300);
        row("a number is no time", "@mito scale to 10", "task", "scale to 10", "mito", true);
        row("hypothesis", "? pool exhausted", "hypothesis", "pool exhausted");
        row("hypothesis without the space", "?pool exhausted", "hypothesis", "pool exhausted");
        row("decision", "! roll back 4.2", "decision", "roll back 4.2");
        row("decision without the space", "!roll back 4.2", "decision", "roll back 4.2");
        row("a decision about the log", "! log everything", "decision", "log everything");
        row("promise", "> customers 20m", "promise", "", "", false, 1200, "customers");
        row("promise with a text", "> Customers 20m cause and workaround", "promise", "cause and workaround", "", false, 1200, "customers");
        row("promise of two words", "> key customers 1h", "promise", "", "", false, 3600, "key customers");
        row("promise with the time last", "> executive scope post 15m", "promise", "scope post", "", false, 900, "executive");
        row("promise to an unknown audience", "> press 30m", "promise", "", "", false, 1800, "press");
    }
    void readsEveryKind()
    {
        QFETCH(QString, typed);
        const auto line = parseLine(typed.toStdString(), context());
        QVERIFY2(line.has_value(), line ? "" : line.error().message.c_str());
        QTEST(QString::fromUtf8(word(line->kind).data()), "kind");
        QTEST(QString::fromStdString(line->text), "text");
        QTEST(QString::fromStdString(line->person), "person");
        QTEST(line->personKnown, "known");
        QTEST(static_cast<int>(line->due.seconds()), "due");
        QTEST(QString::fromStdString(line->audience), "audience");
        QCOMPARE(line->dueAt.ns, line->due.ns > 0 ? context().now.ns + line->due.ns : 0);
    }

    void saysWhyALineIsRefused_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, QByteArray typed, Code code, const char *says) {
            QTest::newRow(name) << typed << static_cast<int>(code) << QString::fromUtf8(says);
        };
        row("empty", "", Code::Invalid, "empty");
        row("blanks", " \t ", Code::Invalid, "empty");
        row("two lines", "db is back\n! roll back", Code::Invalid, "one line at a time");
        row("carriage return", "db is back\r! roll back", Code::Invalid, "one line at a time");
        row("too long", QByteArray(2001, 'x'), Code::TooLarge, "2,000");
        row("task for nobody", "@", Code::Invalid, "Who?");
        row("task without a text", "@mito", Code::Invalid, "What should Mia Ito do");
        row("task with a time only", "@mito 10m", Code::Invalid, "What should Mia Ito do");
        row("due of zero", "> customers 0m", Code::Invalid, "zero");
        row("due beyond the limit", "@mito wait 31d", Code::Invalid, "30 days");
        row("empty hypothesis", "? ", Code::Invalid, "What could it be");
        row("empty decision", "!", Code::Invalid, "What is decided");
        row("promise to nobody", ">", Code::Invalid, "To whom");
        row("promise without a time", "> customers soon", Code::Invalid, "By when");
        row("chat command", "!take", Code::Invalid, "chat room");
    }
    void saysWhyALineIsRefused()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QString, says);
        const auto line = parseLine(typed.toStdString(), context());
        QVERIFY(!line.has_value());
        QTEST(static_cast<int>(line.error().code), "code");
        QVERIFY2(QString::fromStdString(line.error().message).contains(says), line.error().message.c_str());
    }

    void countsCharactersNotBytes()
    {
        std::string line;
        for (int i = 0; i < 2000; ++i)
            line += "ü";
        QVERIFY(parseLine(line, context()).has_value());
        QVERIFY(!parseLine(line + "ü", context()).has_value());
    }

    void namesEveryoneAnAmbiguousNameFits()
    {
        const auto line = parseLine("@ann check", context());
        QVERIFY(line.has_value());
        QCOMPARE(line->candidates, (std::vector<std::string>{"Ann Reed", "Ann Lee"}));
    }

    void anIdIsNobodyElsesName()
    {
        LineContext c;
        c.people = {{"p7", "dana"}, {"dana", "Dana Novak"}};
        const auto line = parseLine("@dana: novak is asked 10m", c);
        QVERIFY(line.has_value());
        QCOMPARE(line->person, std::string("dana"));
        QVERIFY(line->personKnown);
        QCOMPARE(line->text, std::string("novak is asked"));
    }

    void knowsWhomAMentionIsFor_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("who");
        const auto row = [](const char *text, const char *who) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(who); };
        row("@Dana_Novak@u1@acme.slack.com check lag 10m", "Dana_Novak|u1@acme.slack.com|1");
        row(" @Dana@u1@acme.slack.com: check\nlag 10m", "Dana|u1@acme.slack.com|2");
        row("!page @Dana@u1@acme.slack.com", "Dana|u1@acme.slack.com|7");
        row("!Handover INC-7 @Dana@u1@acme.slack.com all is well", "Dana|u1@acme.slack.com|17");
        row("!task Dana@u1@acme.slack.com check", "Dana|u1@acme.slack.com|6");
        row("@Dana@u1@acme.slack.com. check lag 10m", "Dana|u1@acme.slack.com|1"); // the end of a sentence is no part of an address
        row("!page @Dana@u1@acme.slack.com.", "Dana|u1@acme.slack.com|7");
        row("!page @Dana@u1@acme.slack.com, please", "Dana|u1@acme.slack.com|7");
        row("@Dana@u1@acme.slack.com can you look?", ""); // conversation
        row("@dana check lag 10m", "");
        row("@dana@acme.example check lag 10m", "");
        row("!page @dba", "");
        row("!log @Dana@u1@acme.slack.com came", "");
        row("! roll back, says @Dana@u1@acme.slack.com", "");
        row("", "");
    }
    void knowsWhomAMentionIsFor()
    {
        QFETCH(QString, text);
        const auto who = addresseeOf(text.toStdString());
        QTEST(who ? QString::fromStdString(who->name + "|" + who->address + "|" + std::to_string(who->at)) : QString(), "who");
    }

    void aWholeNameWinsOverAPartOfAnother()
    {
        LineContext c;
        c.people = {{"p1", "Max Database"}};
        c.teams = {{"t1", "Database"}};
        const auto line = parseLine("@database check", c);
        QVERIFY(line.has_value());
        QCOMPARE(line->person, std::string("t1"));
        QVERIFY(line->team);
    }

    void showsHiddenCharactersInsteadOfObeyingThem()
    {
        const auto line = parseLine("! roll \xe2\x80\xae back", context());
        QVERIFY(line.has_value());
        QVERIFY(line->text.find("\xe2\x80\xae") == std::string::npos);
        QVERIFY(line->text.find("U+202E") != std::string::npos);
    }

    void hasTheUsualAudiencesWithoutAWorkspace()
    {
        const auto line = parseLine("> customers 20m", LineContext{});
        QVERIFY(line.has_value());
        QVERIFY(line->audienceKnown);
        QVERIFY(!line->dueAt);
    }
};

QD_TEST(TestLine)
#include "tst_line.moc"
