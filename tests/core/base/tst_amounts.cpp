// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/amounts.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

/// Sizes and money, as people write them.
class TestAmounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void moneyIsReadInHundredths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qlonglong>("hundredths"); // -1: no amount
        const auto row = [](const char *text, qlonglong hundredths) { QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text) << hundredths; };
        row("0", 0);
        row("0.01", 1);
        row("0.5", 50);
        row("85", 8500);
        row("85.00", 8500);
        row("1234.56", 123456);
        row("0085.00", 8500);
        row("1000000000000", kMoneyMost);
        row("1000000000000.00", kMoneyMost);
        row("1000000000000.01", -1);
        row("99999999999999999999", -1);
        for (const char *none : {"", ".", "85.", ".5", "85.001", "85,00", "1.234,50", "-1", "+1", "1e3", "85 EUR", " 85", "0x10", "NaN", "000000000000000000085"})
            row(none, -1);
    }
    void moneyIsReadInHundredths()
    {
        QFETCH(QString, text);
        QFETCH(qlonglong, hundredths);
        QCOMPARE(static_cast<qlonglong>(moneyOf(text.toStdString()).value_or(-1)), hundredths);
    }
    void moneyIsWrittenAsItIsRead()
    {
        for (const std::int64_t hundredths : {std::int64_t{0}, std::int64_t{1}, std::int64_t{10}, std::int64_t{99}, std::int64_t{100}, std::int64_t{8505}, kMoneyMost})
            QCOMPARE(static_cast<qlonglong>(moneyOf(moneyText(hundredths)).value_or(-1)), static_cast<qlonglong>(hundredths));
        QCOMPARE(moneyText(8505), std::string("85.05"));
        QCOMPARE(moneyText(-50), std::string("-0.50"));
    }
};

QD_TEST(TestAmounts)
#include "tst_amounts.moc"
