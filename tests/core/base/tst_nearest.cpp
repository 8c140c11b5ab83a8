// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/nearest.h"
#include "tests/support/suite.h"

#include <QtTest>

using qd::nearest;

class TestNearest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsWithinTwoEdits()
    {
        const std::vector<std::string_view> names{"checkout", "payments", "cart"};
        QCOMPARE(nearest("chekout", names), std::string("checkout"));
        QCOMPARE(nearest("paymnet", names), std::string("payments").substr(0, 0)); // three edits: no guess
        QCOMPARE(nearest("payment", names), std::string("payments"));
        QCOMPARE(nearest("card", names), std::string("cart"));
        QCOMPARE(nearest("carxy", names), std::string("cart"));
        QCOMPARE(nearest("zzz", names), std::string());
    }

    void equallyCloseTheFirstByName()
    {
        QCOMPARE(nearest("ac", {"ab", "aa"}), std::string("aa"));
    }

    void givesUpBeyondItsLimits()
    {
        QCOMPARE(nearest(std::string(65, 'a'), {std::string_view("a")}), std::string());
        const std::vector<std::string_view> many(2001, "name");
        QCOMPARE(nearest("nam", many), std::string());
        QCOMPARE(nearest("nam", std::vector<std::string_view>(2000, "name")), std::string("name"));
    }
};

QD_TEST(TestNearest)
#include "tst_nearest.moc"
