// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeinput.h"
#include "tests/support/suite.h"

#include <QTest>

using namespace qd;
using namespace qd::widgets;

class TestTimeInput : public QObject {
    Q_OBJECT
    static Instant at(const char *text) { return *parseInstant(text); }
    /// A Monday.
    static Instant now() { return at("2026-11-23T14:25:07Z"); }

private Q_SLOTS:
    void whatIsTypedIsTheNextSuchMoment_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("means");
        const auto row = [](const char *typed, const char *means) { QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(means); };
        row("", "2026-11-23T14:25:07Z");
        row("15:00", "2026-11-23T15:00:00Z");
        row("03:10", "2026-11-24T03:10:00Z");
        row("Sun 03:10", "2026-11-29T03:10:00Z");
        row("sunday 3:10 utc", "2026-11-29T03:10:00Z");
        row("Mon 14:00", "2026-11-30T14:00:00Z"); // today's is over
        row("Mon 15:00", "2026-11-23T15:00:00Z");
        row("6h", "2026-11-23T20:25:07Z");
        row("2026-11-29 03:10", "2026-11-29T03:10:00Z");
        row("2026-11-29T03:10:00Z", "2026-11-29T03:10:00Z");
        row("2025-01-01 00:00", "2025-01-01T00:00:00Z"); // named in full, also what is past
    }
    void whatIsTypedIsTheNextSuchMoment()
    {
        QFETCH(QString, typed);
        QFETCH(QString, means);
        const auto read = readAhead(typed, now());
        QVERIFY(read.has_value());
        QCOMPARE(QString::fromStdString(toRfc3339(*read)), means);
    }

    void whatCannotBeReadIsNoMoment()
    {
        for (const char *typed : {"soon", "25:00", "Xyz 03:10", "Sun Sun 03:10", "2026-13-01 00:00", "03:10 Sun"})
            QVERIFY2(!readAhead(QString::fromLatin1(typed), now()).has_value(), typed);
    }

    void whatIsOfferedCanBeTypedBack()
    {
        QCOMPARE(typedMoment(at("2026-11-29T03:10:00Z")), QStringLiteral("2026-11-29 03:10"));
        QCOMPARE(readAhead(typedMoment(at("2026-11-29T03:10:00Z")), now()), std::optional(at("2026-11-29T03:10:00Z")));
    }
};

QD_GUI_TEST(TestTimeInput)
#include "tst_timeinput.moc"
