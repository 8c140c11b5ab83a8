// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "ui/shell/instrument.h"
#include "ui/widgets/timetext.h"

#include <QTest>

using namespace qd;
using namespace qd::shell;

/// The audit ticker: what was recorded last.
class TestRecorded : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneLineSaysTheRecordWhoAndWhat_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("incident");
        QTest::addColumn<QString>("line");
        QTest::newRow("of an incident") << "Ana" << "roll back 4.2" << "INC-7" << "Ana: INC-7, roll back 4.2";
        QTest::newRow("of none") << "Ana" << "am is armed" << "" << "Ana: am is armed";
        QTest::newRow("by the core") << "" << "am is silent" << "" << "the core: am is silent";
        QTest::newRow("of one that is not in focus") << "Ben" << "" << "INC-8" << "Ben: INC-8, decision";
    }
    void oneLineSaysTheRecordWhoAndWhat()
    {
        QFETCH(QString, who);
        QFETCH(QString, text);
        QFETCH(QString, incident);
        QFETCH(QString, line);
        const Instant at{1'795'000'000'000'000'000};
        QCOMPARE(recordedText({41, who, QStringLiteral("decision"), text, incident, at}), QStringLiteral("#41 ") + widgets::shownClock(at) + QLatin1Char(' ') + line);
    }

    void beforeTheFirstRecordNothingIsSaid() { QVERIFY(recordedText({}).isEmpty()); }
};

QD_GUI_TEST(TestRecorded)
#include "tst_recorded.moc"
