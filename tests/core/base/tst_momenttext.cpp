// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/momenttext.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;

class TestMomentText : public QObject {
    Q_OBJECT
    /// A Monday.
    static Instant now() { return *parseInstant("2026-11-23T14:25:07Z"); }
private Q_SLOTS:
    void whatIsTypedIsTheNextSuchMoment_data()
    {
        QTest::addColumn<QByteArray>("means");
        const auto row = [](const char *typed, const char *means) { QTest::newRow(typed) << QByteArray(means); };
        row("", "2026-11-23T14:25:07Z");
        row("03:10", "2026-11-24T03:10:00Z");
        row("14:26", "2026-11-23T14:26:00Z");
        row("14:25", "2026-11-24T14:25:00Z"); // seven seconds ago
        row("Sunday 03:10 UTC", "2026-11-29T03:10:00Z");
        row("  sun   3:10  utc ", "2026-11-29T03:10:00Z");
        row("Wednesday 00:00", "2026-11-25T00:00:00Z");
        row("Monday 14:25", "2026-11-30T14:25:00Z");
        row("6h", "2026-11-23T20:25:07Z");
        row("2026-11-29 3:10", "2026-11-29T03:10:00Z");
        row("2026-11-29 03:10 UTC", "2026-11-29T03:10:00Z");
        row("2026-11-29T03:10", "2026-11-29T03:10:00Z");
        row("2026-11-29 03:10:05", "2026-11-29T03:10:05Z");
        row("2026-11-29T03:10:00+01:00", "2026-11-29T02:10:00Z");
        row("2025-01-01 00:00", "2025-01-01T00:00:00Z"); // named in full, also what is past
    }
    void whatIsTypedIsTheNextSuchMoment()
    {
        QFETCH(QByteArray, means);
        const auto read = readMoment(QTest::currentDataTag(), now());
        QVERIFY(read.has_value());
        QCOMPARE(QByteArray::fromStdString(toRfc3339(*read)), means);
    }

    void theMomentItselfIsTheNext()
    {
        const Instant sharp = *parseInstant("2026-11-23T14:25:00Z");
        QVERIFY(readMoment("14:25", sharp) == sharp);
        QVERIFY(readMoment("14:25", sharp + nanos(1)) == sharp + hours(24));
    }

    void whatCannotBeReadIsNoMoment()
    {
        for (const char *typed : {"soon", "25:00", "03:60", "3:1", ":10", "03:", "03:10:00", "Xyz 03:10", "Sun Sun 03:10", "Sun", "Sunda 03:10", "2026-13-01 00:00", "2026-11-29", "03:10 Sun", "UTC 03:10", "2026-11-29 24:00"})
            QVERIFY2(!readMoment(typed, now()).has_value(), typed);
    }

    void daysMayBeNamedInAnotherLanguageToo()
    {
        const WeekdayByName german = [](const std::string &name) { return name == "Sonntag" ? std::optional(6) : std::nullopt; };
        QVERIFY(!readMoment("Sonntag 03:10", now()).has_value());
        QVERIFY(readMoment("Sonntag 03:10", now(), german) == parseInstant("2026-11-29T03:10:00Z").value());
        QVERIFY(readMoment("Sunday 03:10", now(), german) == parseInstant("2026-11-29T03:10:00Z").value());
    }
};

QD_TEST(TestMomentText)
#include "tst_momenttext.moc"
