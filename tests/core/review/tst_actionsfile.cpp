// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/actionsfile.h"
#include "tests/support/suite.h"

#include <QtTest>
#include <tuple>

using namespace qd;
using review::ActionLine;

/// Actions as a table, and back.
class TestActionsFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        const std::vector<ActionLine> rows{{"INC-7", "1", "Cap the \"pool\", at 40\nand say so", "ben", "2026-12-01", "engineer", "a push of 41 is refused", "technical.capacity", "hub", "12"},
                                           {"INC-7", "2", "=1+1", "", "", "", "-5 % errors", "", "", ""},
                                           {"INC-8", "3", "'quoted; so", "@eve", "", "", "", "", "", ""}};
        const std::string csv = review::actionsAsCsv(rows);
        QVERIFY(csv.starts_with("incident,action,text,owner,due,strength,verification,factor,tracker,key\r\n"));
        QVERIFY2(csv.find(",'=1+1,") != std::string::npos && csv.find(",'-5 % errors,") != std::string::npos, csv.c_str()); // no formula
        const auto read = review::actionsInCsv(csv);
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(read->size(), rows.size());
        for (std::size_t n = 0; n < rows.size(); ++n) {
            const ActionLine &a = rows[n], &b = (*read)[n];
            QVERIFY(std::tie(a.incident, a.action, a.text, a.owner, a.due, a.strength, a.verification, a.factor, a.tracker, a.key) == std::tie(b.incident, b.action, b.text, b.owner, b.due, b.strength, b.verification, b.factor, b.tracker, b.key));
        }
        QCOMPARE((*read)[0].line, std::uint32_t(2));
        QCOMPARE((*read)[1].line, std::uint32_t(4)); // the text before it takes two
    }
    void columnsStandAsTheyLike()
    {
        const auto read = review::actionsInCsv("\xef\xbb\xbf Text ;INCIDENT\n\n;\n raise it ;INC-7\n");
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(read->size(), std::size_t(1));
        QVERIFY(read->front().incident == "INC-7" && read->front().text == "raise it" && read->front().line == 4);
        QVERIFY(review::actionsInCsv("incident,text,owner\nINC-7,x,-\n")->front().owner == "-"); // takes it away
    }
    void whatIsWrongIsNamedByItsLine_data()
    {
        QTest::addColumn<QString>("csv");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *csv, const char *message) { QTest::newRow(name) << csv << message; };
        row("nothing", "", "The file is empty");
        row("no column of ours", "incident,what\n", "Line 1: \"what\" is no column of actions; there are incident, action, text");
        row("a column twice", "incident,text,Text\n", "Line 1: the column text is there twice.");
        row("no incident's column", "text\nx\n", "Line 1: there is no column incident");
        row("no incident", "incident,text\nINC-7,x\n,y\n", "Line 3: it names no incident. Nothing was imported.");
        row("no number", "incident,action\nINC-7,one\n", "Line 2: \"one\" is no number of an action");
        row("no number either", "incident,action\nINC-7,0\n", "Line 2: \"0\" is no number of an action");
        row("nothing to do", "incident,text,owner\nINC-7,,ben\n", "Line 2: it says neither which action it is nor what is to be done");
        row("an issue nowhere", "incident,text,key\nINC-7,x,12\n", "Line 2: it names an issue (key), and not where that is (tracker)");
        row("too many cells", "incident,text\nINC-7,x,y\n", "Line 2: it has more cells than there are columns");
        row("several", "incident,text\n,x\nINC-7,y\n,z\nINC-7\n", "Line 2: it names no incident; look at line 4, 5 too.");
        row("a quote left open", "incident,text\nINC-7,\"x\nINC-8,y\n", "Line 2: a quote opens that is not closed");
        row("a quote left open in the heading", "incident,\"text\nINC-8,y\n", "Line 1: a quote opens that is not closed");
        row("no UTF-8", "incident,text\nINC-7,x\n", "The file is not UTF-8");
    }
    void whatIsWrongIsNamedByItsLine()
    {
        QFETCH(QString, csv);
        QFETCH(QString, message);
        const auto read = review::actionsInCsv(message.startsWith(QStringLiteral("The file is not")) ? std::string("incident,text\nINC-7,f\xfcr\n") : csv.toStdString());
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).startsWith(message), read.error().message.c_str());
    }
};

QD_TEST(TestActionsFile)
#include "tst_actionsfile.moc"
