// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/triage/alertfilter.h"
#include "tests/support/suite.h"

#include <QTest>

using namespace qd;
using namespace qd::triage;

class TestAlertFilter : public QObject {
    Q_OBJECT
private:
    view::AlertRow row()
    {
        view::AlertRow r;
        r.key = QStringLiteral("eu-1/a5");
        r.title = QStringLiteral("Ledger replica lag 412 s");
        r.service = QStringLiteral("ledger-db");
        r.owner = QStringLiteral("D. Novak");
        r.severity = AlertSeverity::Error;
        r.workflow = Workflow::Acknowledged;
        r.suppressedBy = QStringLiteral("silence/10");
        return r;
    }

private Q_SLOTS:
    void readsWhatAPersonTypes_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("matches");
        QTest::newRow("words in the title") << QStringLiteral("REPLICA lag") << true;
        QTest::newRow("words nowhere") << QStringLiteral("checkout") << false;
        QTest::newRow("part of the key") << QStringLiteral("a5") << true;
        QTest::newRow("service") << QStringLiteral("service=ledger") << true;
        QTest::newRow("not that service") << QStringLiteral("service != ledger-db") << false;
        QTest::newRow("severity is a word, not a part") << QStringLiteral("severity=err") << false;
        QTest::newRow("severity") << QStringLiteral("Severity = ERROR") << true;
        QTest::newRow("nobody's") << QStringLiteral("owner=") << false;
        QTest::newRow("somebody's") << QStringLiteral("owner!=") << true;
        QTest::newRow("state") << QStringLiteral("state=acknowledged") << true;
        QTest::newRow("what suppresses it") << QStringLiteral("by=silence/10") << true;
        QTest::newRow("another, whose name begins the same") << QStringLiteral("by=silence/1") << false;
        QTest::newRow("an unknown field is words") << QStringLiteral("colour=red") << false;
    }
    void readsWhatAPersonTypes()
    {
        QFETCH(QString, typed);
        QFETCH(bool, matches);
        QCOMPARE(parseCondition(typed).matches(row()), matches);
    }

    void chipsSayWhatTheyDo()
    {
        QCOMPARE(parseCondition(QStringLiteral("service=payments")).text(), QStringLiteral("service = payments"));
        QCOMPARE(parseCondition(QStringLiteral("owner !=K. Osei")).text(), QStringLiteral("owner ≠ K. Osei"));
        QCOMPARE(parseCondition(QStringLiteral("owner=")).text(), QStringLiteral("owner = —"));
        QCOMPARE(parseCondition(QStringLiteral(" lag ")).text(), QStringLiteral("lag"));
        QCOMPARE(parseCondition(QStringLiteral("title=lag")).text(), QStringLiteral("alert = lag"));
    }

    void allConditionsMustHoldAndNoneIsKeptTwice()
    {
        AlertFilter filter;
        QVERIFY(filter.isEmpty());
        filter.add(parseCondition(QStringLiteral("service=ledger-db")));
        filter.add(parseCondition(QStringLiteral("service=ledger-db")));
        QCOMPARE(filter.chips().size(), std::size_t(1));
        QVERIFY(filter.matches(row()));
        filter.setTyping(QStringLiteral("queue"));
        QVERIFY(!filter.matches(row()));
        filter.setTyping({});
        filter.add(parseCondition(QStringLiteral("severity!=error")));
        QVERIFY(!filter.matches(row()));
        filter.removeAt(1);
        QVERIFY(filter.matches(row()));
    }
};

QD_TEST(TestAlertFilter)
#include "tst_alertfilter.moc"
