// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/suite.h"
#include "tests/support/viewfixture.h"
#include "ui/triage/alertdelegate.h"
#include "ui/triage/alerttable.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace qd;
using namespace qd::triage;
using view::AlertRow;
using view::ViewModel;

namespace {

view::ViewModelPtr viewOf(const QStringList &keys)
{
    ViewModel v;
    for (const QString &key : keys) {
        AlertRow row;
        row.key = row.title = key;
        v.active.push_back(row);
    }
    return std::make_shared<const ViewModel>(std::move(v));
}

QStringList keys(const AlertTable &table)
{
    QStringList list;
    for (int i = 0; i < table.rowCount(); ++i)
        list << table.row(i).key;
    return list;
}

QStringList letters(const char *text)
{
    return QString::fromLatin1(text).split(QString(), Qt::SkipEmptyParts);
}

} // namespace

class TestAlertTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsByDeltasAndNeverResets()
    {
        AlertTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setView(viewOf(letters("bcdf")));
        QSignalSpy reset(&table, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&table, &QAbstractItemModel::rowsRemoved);
        table.setView(viewOf(letters("abcdf")));
        QCOMPARE(keys(table), letters("abcdf"));
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted.at(0).at(1).toInt(), 0);
        QCOMPARE(inserted.at(0).at(2).toInt(), 0);
        QCOMPARE(removed.count(), 0);
        table.setView(viewOf(letters("abdf")));
        QCOMPARE(keys(table), letters("abdf"));
        QCOMPARE(removed.count(), 1);
        table.setView(viewOf({}));
        QCOMPARE(table.rowCount(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void heldRowsDoNotMoveWhateverArrives()
    {
        AlertTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setView(viewOf(letters("cde")));
        table.setHeld(true);
        QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&table, &QAbstractItemModel::rowsRemoved);
        table.setView(viewOf(letters("abce")));
        QCOMPARE(keys(table), letters("cde"));
        QVERIFY(table.hasEnded(1));
        QCOMPARE(table.whereTo(1), QStringLiteral("ended"));
        QVERIFY(table.whereTo(0).isEmpty());
        QVERIFY(!table.hasEnded(0));
        QCOMPARE(table.newRows(), 2);
        // It fires again, and the order turns round: still nothing moves.
        table.setView(viewOf(letters("edcba")));
        QCOMPARE(keys(table), letters("cde"));
        QVERIFY(!table.hasEnded(1));
        QCOMPARE(table.newRows(), 2);
        QCOMPARE(inserted.count() + removed.count(), 0);
        table.release();
        QCOMPARE(keys(table), letters("edcba"));
        QCOMPARE(table.newRows(), 0);
    }

    void heldRowsShowTheirNewValues()
    {
        AlertTable table;
        table.setView(viewOf(letters("ab")));
        table.setHeld(true);
        ViewModel next = *viewOf(letters("xab"));
        next.active[2].owner = QStringLiteral("K. Osei");
        QSignalSpy changed(&table, &QAbstractItemModel::dataChanged);
        table.setView(std::make_shared<const ViewModel>(next));
        QCOMPARE(table.index(1, AlertTable::Owner).data().toString(), QStringLiteral("K. Osei"));
        QCOMPARE(changed.count(), 1);
    }

    void whatTheFilterHidesIsCounted()
    {
        AlertTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setView(viewOf({QStringLiteral("lag one"), QStringLiteral("disk"), QStringLiteral("lag two")}));
        AlertFilter filter;
        filter.add(parseCondition(QStringLiteral("lag")));
        table.setFilter(filter);
        QCOMPARE(table.rowCount(), 2);
        QCOMPARE(table.hiddenByFilter(), 1);
        QCOMPARE(table.total(), 3);
        table.setView(viewOf({QStringLiteral("cpu"), QStringLiteral("lag one"), QStringLiteral("disk"), QStringLiteral("lag two")}));
        QCOMPARE(table.hiddenByFilter(), 2);
        QCOMPARE(table.rowCount(), 2);
    }

    void tabsShowTheirOwnLists()
    {
        AlertTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        table.setView(std::make_shared<const ViewModel>(test::incidentScene()));
        const int active = table.rowCount();
        table.setHeld(true);
        table.setList(AlertTable::List::Standing);
        QCOMPARE(table.rowCount(), 4);
        QVERIFY(!table.isHeld());
        table.setList(AlertTable::List::Suppressed);
        QCOMPARE(table.rowCount(), 46);
        QCOMPARE(table.index(0, AlertTable::Owner).data().toString(), QStringLiteral("rack-3 switch"));
        table.setList(AlertTable::List::Active);
        QCOMPARE(table.rowCount(), active);
    }

    /// Any sequence of views, holds and releases leaves a consistent model: the tester watches every step.
    void survivesAnyHistory()
    {
        QRandomGenerator random(20261123);
        AlertTable table;
        QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int step = 0; step < 300; ++step) {
            QStringList some;
            for (int i = 0; i < 120; ++i) {
                if (random.bounded(3) != 0)
                    some << QStringLiteral("k%1").arg((i * 7 + (step % 3) * 11) % 120);
            }
            some.removeDuplicates();
            switch (random.bounded(6)) {
            case 0: table.setHeld(true); break;
            case 1: table.release(); break;
            default: break;
            }
            const bool held = table.isHeld();
            const QStringList before = keys(table);
            table.setView(viewOf(some));
            if (held)
                QCOMPARE(keys(table), before);
            else
                QCOMPARE(keys(table), some);
        }
    }

    void complaint4_aHundredThousandRowsAreOneInsertion()
    {
        AlertTable table;
        const auto first = std::make_shared<const ViewModel>(test::floodScene(100'000));
        table.setView(first);
        QCOMPARE(table.rowCount(), 100'000);
        ViewModel more = *first;
        more.active.insert(more.active.begin() + 5, AlertRow{});
        more.active[5].key = QStringLiteral("new");
        QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&table, &QAbstractItemModel::rowsRemoved);
        table.setView(std::make_shared<const ViewModel>(std::move(more)));
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted.at(0).at(1).toInt(), 5);
        QCOMPARE(removed.count(), 0);
    }

    void everyColumnHasANameForAssistiveTechnology()
    {
        AlertTable table;
        for (int c = 0; c < AlertTable::kColumns; ++c)
            QVERIFY(!table.headerData(c, Qt::Horizontal, Qt::AccessibleTextRole).toString().isEmpty());
    }

    void whereNotAllTagsFitTheLastGiveWay()
    {
        const auto width = [](const QStringList &tags) { return static_cast<int>(tags.size()) * 60; };
        const QStringList all{QStringLiteral("due to db"), QStringLiteral("1st"), QStringLiteral("flaps")};
        QCOMPARE(tagsThatFit(all, 180, width), all);
        QCOMPARE(tagsThatFit(all, 100, width), QStringList{QStringLiteral("due to db")});
        QVERIFY(tagsThatFit(all, 50, width).isEmpty());
    }

    void toolTipsAreEscaped()
    {
        AlertTable table;
        table.setView(viewOf({QStringLiteral("<img src=x>")}));
        QVERIFY(table.index(0, AlertTable::Alert).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;img")));
    }
};

QD_TEST(TestAlertTable)
#include "tst_alerttable.moc"
