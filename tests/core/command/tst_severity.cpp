// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/severity.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::command;

class TestSeverity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threeAnswersGiveASeverity_data()
    {
        QTest::addColumn<int>("hurt");
        QTest::addColumn<int>("many");
        QTest::addColumn<int>("workaround");
        QTest::addColumn<int>("severity");
        QTest::newRow("all of them, now") << 2 << 2 << 0 << 1;
        QTest::newRow("all of them, but there is a way") << 2 << 2 << 1 << 2;
        QTest::newRow("some of them") << 2 << 1 << 0 << 2;
        QTest::newRow("few of them") << 2 << 0 << 0 << 3;
        QTest::newRow("few, with a workaround") << 2 << 0 << 1 << 4;
        QTest::newRow("soon all") << 1 << 2 << 0 << 2;
        QTest::newRow("nobody") << 0 << 2 << 0 << 4;
        QTest::newRow("never below SEV5") << 0 << 0 << 1 << 5;
    }
    void threeAnswersGiveASeverity()
    {
        QFETCH(int, hurt);
        QFETCH(int, many);
        QFETCH(int, workaround);
        QFETCH(int, severity);
        const auto s = suggestSeverity(static_cast<Hurt>(hurt), static_cast<HowMany>(many), static_cast<Workaround>(workaround));
        QCOMPARE(static_cast<int>(s.severity), severity);
        QVERIFY(QString::fromStdString(s.arithmetic).endsWith(QStringLiteral("= SEV%1").arg(severity)));
    }

    void aWorseAnswerNeverGivesALesserSeverity()
    {
        for (int hurt = 0; hurt < 3; ++hurt)
            for (int many = 0; many < 3; ++many)
                for (int workaround = 0; workaround < 2; ++workaround) {
                    const auto at = [](int h, int m, int w) { return suggestSeverity(static_cast<Hurt>(h), static_cast<HowMany>(m), static_cast<Workaround>(w)).severity; };
                    const auto here = at(hurt, many, workaround);
                    QVERIFY(hurt == 2 || at(hurt + 1, many, workaround) <= here);
                    QVERIFY(many == 2 || at(hurt, many + 1, workaround) <= here);
                    QVERIFY(workaround == 0 || at(hurt, many, workaround - 1) <= here);
                }
    }

    void theArithmeticIsShown()
    {
        QCOMPARE(suggestSeverity(Hurt::Soon, HowMany::Some, Workaround::None).arithmetic, std::string("SEV1; not hurt yet +1; some +1 = SEV3"));
    }
};

QD_TEST(TestSeverity)
#include "tst_severity.moc"
