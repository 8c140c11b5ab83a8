// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestCsv final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whereRowsAreLostInAQuoteIsKnown_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line"); // 0: none are
        QTest::newRow("no quote") << QByteArray("a,b\nc,d\n") << 0;
        QTest::newRow("a line feed in a cell") << QByteArray("a,\"b\nc\"\nd,e\n") << 0;
        QTest::newRow("a quote in a cell") << QByteArray("a,\"b \"\"c\"\" d\"\n") << 0;
        QTest::newRow("a blank behind it") << QByteArray("a,\"b\nc\" ,d\n") << 0;
        QTest::newRow("text behind it, in one line") << QByteArray("\"a\"b,c\n") << 0;
        QTest::newRow("at the end of the text") << QByteArray("a,\"b\"") << 0;
        QTest::newRow("a quote within a word") << QByteArray("5\" of rain,b\n") << 0;
        QTest::newRow("in the first line") << QByteArray("a,\"b\nc,d\n") << 1;
        QTest::newRow("in the third line") << QByteArray("a,\"b\nc\"\nd,\"e\nf,g\n") << 3;
        QTest::newRow("the last character") << QByteArray("a,b\nc,\"") << 2;
        QTest::newRow("closed by that of a later row") << QByteArray("a,b\nc,\"d\ne,\"f\"\n") << 2;
    }
    void whereRowsAreLostInAQuoteIsKnown()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        std::string_view rest(text.constData(), static_cast<std::size_t>(text.size()));
        std::vector<std::string> row;
        std::size_t at = 1, swallowed = 0;
        while (swallowed == 0 && nextCsvRow(rest, row, at, ',', &swallowed)) { }
        QCOMPARE(static_cast<int>(swallowed), line);
        if (line > 0)
            QVERIFY(openQuoteSentence(swallowed).starts_with("Line " + std::to_string(line) + ":"));
    }

    void whatIsBeyondTheLastColumnStaysInIt()
    {
        std::string wide = "0";
        for (std::size_t n = 1; n < kCsvColumns + 2; ++n)
            wide += "," + std::to_string(n);
        std::string_view rest = wide;
        std::vector<std::string> row;
        std::size_t line = 1;
        QVERIFY(nextCsvRow(rest, row, line));
        QCOMPARE(row.size(), kCsvColumns + 1);
        QCOMPARE(row.back(), std::to_string(kCsvColumns) + "," + std::to_string(kCsvColumns + 1));
    }
};

QD_TEST(TestCsv)
#include "tst_csv.moc"
