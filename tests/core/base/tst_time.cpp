// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsRfc3339_data();
    void readsRfc3339();
    void refusesOtherText_data();
    void refusesOtherText();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void noneIsEmpty();
    void readsSpans_data();
    void readsSpans();
    void refusesOtherSpans_data();
    void refusesOtherSpans();
    void spansReadBack();
};

void TestTime::readsRfc3339_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ns");
    const qint64 base = 1'795'444'507'000'000'000; // date -u -d 2026-11-23T14:35:07Z +%s
    QTest::newRow("UTC") << QByteArray("2026-11-23T14:35:07Z") << base;
    QTest::newRow("milliseconds") << QByteArray("2026-11-23T14:35:07.120Z") << base + 120'000'000;
    QTest::newRow("nanoseconds") << QByteArray("2026-11-23T14:35:07.123456789Z") << base + 123'456'789;
    QTest::newRow("more digits are cut") << QByteArray("2026-11-23T14:35:07.1234567899Z") << base + 123'456'789;
    QTest::newRow("east") << QByteArray("2026-11-23T20:05:07+05:30") << base;
    QTest::newRow("west") << QByteArray("2026-11-23T06:35:07-08:00") << base;
    QTest::newRow("lower case") << QByteArray("2026-11-23t14:35:07z") << base;
    QTest::newRow("leap day") << QByteArray("2028-02-29T00:00:00Z") << qint64(1'835'395'200'000'000'000);
    QTest::newRow("leap second") << QByteArray("2016-12-31T23:59:60Z") << qint64(1'483'228'800'000'000'000);
    QTest::newRow("Go's zero time is none") << QByteArray("0001-01-01T00:00:00Z") << qint64(0);
    QTest::newRow("before 1970 is none") << QByteArray("1969-12-31T23:59:59Z") << qint64(0);
    QTest::newRow("after 2262 is clamped") << QByteArray("9999-12-31T23:59:59Z") << qint64(9'223'372'036'000'000'000);
    QTest::newRow("beyond 2038") << QByteArray("2039-01-01T00:00:00Z") << qint64(2'177'452'800'000'000'000);
}

void TestTime::readsRfc3339()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ns);
    const auto t = parseInstant(text.toStdString());
    QVERIFY2(t, t ? "" : t.error().message.c_str());
    QCOMPARE(qint64(t->ns), ns);
}

void TestTime::refusesOtherText_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "now", "2026-11-23", "2026-11-23T14:35:07", "2026-13-23T14:35:07Z", "2026-02-29T00:00:00Z",
          "2026-11-23T24:00:00Z", "2026-11-23T24:35:07Z", "2026-11-23T14:60:07Z", "2026-11-23T14:35:61Z",
          "2026-11-23T14:35:07.Z", "2026-11-23T14:35:07+0530", "2026-11-23T14:35:07+24:00", "2026-11-23T14:35:07Zx",
          " 2026-11-23T14:35:07Z", "2026/11/23T14:35:07Z", "2026-11-23T14:35:07+05:3"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("a NUL inside") << QByteArray("2026-11-23T14:35:07\0Z", 21);
}

void TestTime::refusesOtherText()
{
    QFETCH(QByteArray, text);
    const auto t = parseInstant(text.toStdString());
    QVERIFY(!t);
    QCOMPARE(t.error().code, Code::Invalid);
}

void TestTime::writesWhatItReads_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"2026-11-23T14:35:07Z", "2026-11-23T14:35:07.120Z", "2026-11-23T14:35:07.000120Z",
          "2026-11-23T14:35:07.000000001Z", "1970-01-01T00:00:01Z", "2262-04-11T23:47:15.999999999Z"})
        QTest::newRow(text) << QByteArray(text);
}

void TestTime::writesWhatItReads()
{
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toRfc3339(*parseInstant(text.toStdString()))), text);
}

void TestTime::noneIsEmpty()
{
    QCOMPARE(toRfc3339(Instant{}), std::string());
    QVERIFY(!Instant{});
    QVERIFY(Instant{1});
}

void TestTime::readsSpans_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("seconds") << QByteArray("90s") << qint64(90);
    QTest::newRow("minutes") << QByteArray("10m") << qint64(600);
    QTest::newRow("mixed") << QByteArray("1h30m") << qint64(5400);
    QTest::newRow("days") << QByteArray("2d") << qint64(172800);
    QTest::newRow("none") << QByteArray("0s") << qint64(0);
}

void TestTime::readsSpans()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, seconds);
    const auto span = parseSpan(text.toStdString());
    QVERIFY2(span, span ? "" : span.error().message.c_str());
    QCOMPARE(qint64(span->seconds()), seconds);
}

void TestTime::refusesOtherSpans_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "10", "m", "10x", "-5m", "1.5h", "10m5", "99999999999d", "100000000d", "5 m", "9223372036854775807s"})
        QTest::newRow(text) << QByteArray(text);
}

void TestTime::refusesOtherSpans()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseSpan(text.toStdString()));
}

void TestTime::spansReadBack()
{
    for (const std::int64_t s : {1, 59, 60, 61, 3600, 3661, 86399, 86400, 90061, 8640000})
        QCOMPARE(parseSpan(toText(seconds(s)))->seconds(), s);
    QCOMPARE(toText(seconds(5400)), std::string("1h30m"));
    QCOMPARE(toText(Span{}), std::string("0s"));
    QCOMPARE(toText(millis(1999)), std::string("1s"));
}

QD_TEST(TestTime)
#include "tst_time.moc"
