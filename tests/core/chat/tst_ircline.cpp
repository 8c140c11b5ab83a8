// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chat/ircline.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::chat;

class TestIrcLine final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTagsSourceCommandAndParameters()
    {
        const auto line = parseIrcLine("@time=2026-11-29T15:28:33.687Z;msgid=1IC~5;+draft/reply=a\\:b\\sc\\\\d;empty;e2= :ic!ic@127.0.0.1 privmsg #war :hello  there: you");
        QVERIFY(line.has_value());
        QCOMPARE(line->tag("msgid"), std::string_view("1IC~5"));
        QCOMPARE(line->tag("+draft/reply"), std::string_view("a;b c\\d"));
        QVERIFY(line->hasTag("empty") && line->hasTag("e2") && !line->hasTag("none"));
        QCOMPARE(line->source, std::string("ic!ic@127.0.0.1"));
        QCOMPARE(line->nick(), std::string_view("ic"));
        QCOMPARE(line->command, std::string("PRIVMSG"));
        QCOMPARE(line->params, (std::vector<std::string>{"#war", "hello  there: you"}));
        QCOMPARE(line->numeric(), 0);
        QCOMPARE(parseIrcLine(":irc.test 433 * ic :Nickname is already in use.")->numeric(), 433);
        QCOMPARE(parseIrcLine("PING  a   b ")->params, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(parseIrcLine("TOPIC #war :")->params, (std::vector<std::string>{"#war", ""}));
    }

    void refusesWhatIsNoLine_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("only a source") << QByteArray(":irc.test");
        QTest::newRow("only tags") << QByteArray("@a=b ");
        QTest::newRow("a line feed") << QByteArray("PRIVMSG #war :a\nQUIT");
        QTest::newRow("a carriage return") << QByteArray("PRIVMSG #war :a\rQUIT");
        QTest::newRow("a NUL") << QByteArray("PRIVMSG #war :a\0b", 17);
        QTest::newRow("too long") << QByteArray("PRIVMSG #war :") + QByteArray(9000, 'x');
        QTest::newRow("too many tags") << "@a=" + QByteArray(9000, 'x') + " PING";
        QTest::newRow("too many parameters") << "X" + QByteArray(" a").repeated(100);
    }
    void refusesWhatIsNoLine()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!parseIrcLine(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
    }

    /// Whatever is in the parts, one line comes out, and it reads as what was meant.
    void writesExactlyOneLineWhateverItHolds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a second line") << QByteArray("hello\r\nQUIT :bye");
        QTest::newRow("a NUL") << QByteArray("a\0QUIT", 6);
        QTest::newRow("a colon") << QByteArray(":) fine");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a space") << QByteArray(" ");
        QTest::newRow("tags") << QByteArray("@time=2000-01-01T00:00:00Z :ic!ic@x PRIVMSG #war :forged");
    }
    void writesExactlyOneLineWhateverItHolds()
    {
        QFETCH(QByteArray, text);
        const std::string raw(text.constData(), static_cast<std::size_t>(text.size()));
        for (const bool inTarget : {false, true}) {
            IrcLine line;
            line.tags = {{"+quarterdeck.invalid/id", raw}};
            line.command = "PRIVMSG";
            line.params = {inTarget ? raw : "#war", inTarget ? "hello" : raw};
            const std::string written = writeIrcLine(line);
            QVERIFY(written.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
            const auto read = parseIrcLine(written);
            QVERIFY(read.has_value());
            QCOMPARE(read->command, std::string("PRIVMSG"));
            QCOMPARE(read->params.size(), std::size_t(2));
            QVERIFY(read->source.empty());
            if (inTarget)
                QCOMPARE(read->params[1], std::string("hello"));
        }
    }

    void writesTagsThatReadBack()
    {
        IrcLine line;
        line.tags = {{"label", "q1"}, {"+draft/react", "👍;a b\\"}, {"flag", ""}};
        line.command = "TAGMSG";
        line.params = {"#war"};
        QCOMPARE(writeIrcLine(line), std::string("@label=q1;+draft/react=👍\\:a\\sb\\\\;flag TAGMSG #war"));
        QCOMPARE(*parseIrcLine(writeIrcLine(line)), line);
    }

    void cutsAtACharacter()
    {
        IrcLine line;
        line.command = "PRIVMSG";
        std::string text;
        while (text.size() < 700)
            text += "é😀";
        line.params = {"#war", text};
        const std::string written = writeIrcLine(line);
        QVERIFY(written.size() <= kIrcText && written.size() > kIrcText - 4);
        QVERIFY(!QString::fromStdString(written).contains(QChar(0xfffd)));
    }
};

QD_TEST(TestIrcLine)
#include "tst_ircline.moc"
