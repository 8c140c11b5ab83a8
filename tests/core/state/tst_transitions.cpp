// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/state/alerts.h"

#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::state;

namespace {

std::vector<std::int64_t> secondsOf(const AlertTable &table, std::uint32_t index)
{
    std::vector<std::int64_t> out;
    for (const Instant at : table.transitions(index))
        out.push_back(at.ns / 1'000'000'000);
    return out;
}

/// As the fold does it: the transition is noted, then the alert says so.
void turn(AlertTable &table, std::uint32_t index, AlertStatus to, std::int64_t second)
{
    const Instant at{second * 1'000'000'000};
    table.noteTransition(index, at);
    table.all[index].status = to;
    if (to == AlertStatus::Resolved)
        table.all[index].resolvedAt = at;
}

using List = std::vector<std::int64_t>;

} // namespace

/// When an alert ended and came again: most end once, and for those nothing is written down.
class TestTransitions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAlertThatOnlyEndsCostsNothing()
    {
        AlertTable table;
        const std::uint32_t alert = table.add(1, 7);
        QCOMPARE(secondsOf(table, alert), List());
        table.all[alert].status = AlertStatus::Firing;
        QCOMPARE(secondsOf(table, alert), List());
        turn(table, alert, AlertStatus::Resolved, 20);
        QCOMPARE(secondsOf(table, alert), List{20});
        QVERIFY(table.flaps.empty());
    }

    void oneThatComesAgainHasThemAllInOrder()
    {
        AlertTable table;
        const std::uint32_t quiet = table.add(1, 6), alert = table.add(1, 7);
        for (const std::uint32_t one : {quiet, alert})
            table.all[one].status = AlertStatus::Firing;
        turn(table, alert, AlertStatus::Resolved, 20);
        turn(table, alert, AlertStatus::Firing, 30);
        QCOMPARE(secondsOf(table, alert), (List{20, 30}));
        turn(table, alert, AlertStatus::Resolved, 40);
        QCOMPARE(secondsOf(table, alert), (List{20, 30, 40}));
        QCOMPARE(table.flaps.size(), std::size_t(1));
        QCOMPARE(secondsOf(table, quiet), List());
    }

    void theOldestAreLetGoOf()
    {
        AlertTable table;
        const std::uint32_t alert = table.add(1, 7);
        table.all[alert].status = AlertStatus::Firing;
        for (std::int64_t n = 1; n <= 50; ++n) {
            turn(table, alert, n % 2 == 1 ? AlertStatus::Resolved : AlertStatus::Firing, n);
            const auto all = secondsOf(table, alert);
            QCOMPARE(all.size(), std::min(static_cast<std::size_t>(n), AlertTable::kFlapsKept));
            QCOMPARE(all.back(), n);
            QCOMPARE(all.front(), std::max<std::int64_t>(1, n - static_cast<std::int64_t>(AlertTable::kFlapsKept) + 1));
        }
    }

    void whatIsAboutToBeOverwrittenIsKept()
    {
        AlertTable table;
        const std::uint32_t alert = table.add(1, 7);
        table.all[alert].status = AlertStatus::Firing;
        table.keepTransitions(alert); // there are none
        QVERIFY(table.flaps.empty());
        turn(table, alert, AlertStatus::Resolved, 20);
        table.keepTransitions(alert);
        table.all[alert].resolvedAt = {};
        QCOMPARE(secondsOf(table, alert), List{20});
        table.keepTransitions(alert); // again: nothing is told twice
        QCOMPARE(secondsOf(table, alert), List{20});
    }
};

QD_TEST(TestTransitions)
#include "tst_transitions.moc"
