// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/cost.h"
#include "core/base/amounts.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

const events::Actor kBenWorks{"ben", Path::Person}, kEveWorks{"eve", Path::Person};

/// An hour costs 60.00, a commander's 120.00, a deputy's 90.00, an observer's nothing.
Workspace aPricedWorkspace(std::uint64_t hourly = 6000)
{
    Workspace w = aWorkspace();
    w.people.push_back({"eve", "Eve", "UTC", {}});
    w.review.cost = {"EUR", hourly, {}};
    if (hourly != 0)
        w.review.cost.roles = {{Role::Commander, 12000}, {Role::Deputy, 9000}, {Role::Observer, 0}};
    return w;
}

/// INC-1, declared by Ana in this record and not resolved yet.
struct Priced : Log {
    explicit Priced(Workspace w = aPricedWorkspace(), const events::Events &more = {})
    {
        record(withWorkspace(std::move(w)));
        events::Events first{anIncident().event()};
        first.insert(first.end(), more.begin(), more.end());
        record(std::move(first));
    }
    Priced &line(const events::Actor &by, Span later)
    {
        record(events::LogWritten{"INC-1", "a line", by}, later);
        return *this;
    }
    Priced &status(IncidentStatus to, Span later, const events::Actor &by = kAna)
    {
        record(events::StatusChanged{"INC-1", {}, to, by}, later);
        return *this;
    }
    Priced &role(Role of, const std::string &person, Span later, const events::Actor &by = kAna)
    {
        record(events::RoleAssumed{"INC-1", of, person, by}, later);
        return *this;
    }
    [[nodiscard]] review::CostReckoned cost() const { return review::costOf(state, *state.incident("INC-1")); }
};

/// "2 people, 120 min, 240.00": all that is reckoned of people's time.
QString inShort(const review::CostReckoned &c)
{
    return QStringLiteral("%1 people, %2 min, %3").arg(c.people).arg(c.minutes).arg(c.labour ? QString::fromStdString(moneyText(*c.labour)) : QStringLiteral("not reckoned"));
}

} // namespace

/// What an incident cost, from its record.
class TestCost : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutARateThereIsTimeAndNoMoney()
    {
        Priced log(aPricedWorkspace(0));
        log.status(IncidentStatus::Resolved, hours(2));
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 120 min, not reckoned"));
        QVERIFY(log.cost().note.find("no hourly rate is set") != std::string::npos);
        log.record(events::CostNoted{"INC-1", "cloud", 1, 5000, false, kAna});
        QVERIFY(log.cost().noted == 5000 && log.cost().total() == 5000 && !log.cost().labour);
    }
    void aRoleCostsWhatItsHourDoes()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.status(IncidentStatus::Resolved, hours(2));
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 120 min, 240.00"));
        QVERIFY(log.cost().note.empty());
    }
    void nobodyIsCountedTwiceAtATime()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Deputy, "ana", kAna}, events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.line(kAna, minutes(20)).status(IncidentStatus::Resolved, minutes(40));
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 60 min, 120.00")); // of two roles the dearer
    }
    void aRoleThatCostsLessCostsLess()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Observer, "ben", kAna}});
        log.line(kBenWorks, minutes(10)).line(kBenWorks, minutes(10)).status(IncidentStatus::Resolved, minutes(40), kBenWorks);
        QCOMPARE(inShort(log.cost()), QStringLiteral("2 people, 60 min, 0.00")); // Ana declared it, and nothing more is known of her
    }
    void aRoleIsCountedUntilItIsHandedOver()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.role(Role::Commander, "ben", hours(1)).status(IncidentStatus::Resolved, hours(1), kBenWorks);
        QCOMPARE(inShort(log.cost()), QStringLiteral("2 people, 120 min, 240.00"));
    }
    void whoGoesOnWithoutTheRoleCostsTheUsual()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.role(Role::Commander, "ben", hours(1)).line(kAna, minutes(30)).status(IncidentStatus::Resolved, minutes(30), kBenWorks);
        QCOMPARE(inShort(log.cost()), QStringLiteral("2 people, 150 min, 270.00"));
    }
    void aRoleOfTheTeamsOwnCostsTheUsual()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ben", kAna, "Cash desk"}});
        log.status(IncidentStatus::Resolved, hours(1));
        QCOMPARE(inShort(log.cost()), QStringLiteral("2 people, 120 min, 120.00")); // Ana from declaring it to resolving it
    }
    void whoHasNoRoleIsCountedFromTheirFirstToTheirLastLine()
    {
        Priced log;
        log.line(kBenWorks, minutes(10)).line(kBenWorks, minutes(20)).line(kEveWorks, minutes(1)).status(IncidentStatus::Resolved, minutes(29), kEveWorks);
        QCOMPARE(inShort(log.cost()), QStringLiteral("3 people, 49 min, 49.00")); // Ben 20, Eve 29, Ana declared it
    }
    void whoDidNothingIsNotCounted()
    {
        Workspace w = aPricedWorkspace();
        Log log;
        log.record(withWorkspace(std::move(w))).record(anIncident().service("cart").by("eve").event()); // its team's first owns it, and nobody of the team did anything
        log.record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kEveWorks}, hours(1));
        const auto cost = review::costOf(log.state, *log.state.incident("INC-1"));
        QCOMPARE(inShort(cost), QStringLiteral("1 people, 60 min, 60.00"));
    }
    void whatIsDoneAfterTheEndIsNoWorkOnIt()
    {
        Priced log;
        log.status(IncidentStatus::Resolved, hours(1)).line(kAna, hours(3)).line(kBenWorks, hours(1)).role(Role::Scribe, "eve", hours(1));
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 60 min, 60.00"));
        log.status(IncidentStatus::Closed, hours(1));
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 60 min, 60.00"));
    }
    void anOpenOneIsReckonedSoFar()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.record(anIncident("INC-2").by("eve").event(), hours(1)); // as far as the record goes
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 60 min, 120.00"));
    }
    void aCancelledOneEndsWhenItWasCancelled()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.status(IncidentStatus::Cancelled, minutes(30));
        log.record(anIncident("INC-2").by("eve").event(), hours(100));
        QCOMPARE(inShort(log.cost()), QStringLiteral("1 people, 30 min, 60.00"));
    }
    void oneWrittenDownAfterwardsHasNobodysTime()
    {
        Log log;
        events::IncidentDeclared past = anIncident().event();
        past.impactSince = kMorning - hours(3);
        past.until = kMorning - hours(1);
        log.record(withWorkspace(aPricedWorkspace())).record(past);
        log.record(events::LogWritten{"INC-1", "as it was", kAna}, hours(1));
        const auto cost = review::costOf(log.state, *log.state.incident("INC-1"));
        QCOMPARE(inShort(cost), QStringLiteral("0 people, 0 min, 0.00"));
        QVERIFY(cost.note.find("nobody's time") != std::string::npos);
    }
    void moneyIsRoundedOnce()
    {
        for (const auto &[after, money] : {std::pair{seconds(1), 2}, std::pair{seconds(20), 33}, std::pair{seconds(3599), 5998}}) { // 1.67, 33.33, 5998.33 hundredths
            Priced log;
            log.status(IncidentStatus::Resolved, after);
            QCOMPARE(log.cost().labour.value_or(0), std::int64_t{money});
        }
        Priced three;
        three.line(kBenWorks, seconds(0)).line(kEveWorks, seconds(0)).line(kBenWorks, seconds(20)).line(kEveWorks, seconds(0)).status(IncidentStatus::Resolved, seconds(0));
        QCOMPARE(three.cost().labour.value_or(0), std::int64_t{100}); // three times a third of a minute is one
    }
    void whatIsTakenBackIsNotCounted()
    {
        Priced log(aPricedWorkspace(), {events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}});
        log.status(IncidentStatus::Resolved, hours(1));
        log.record(events::CostNoted{"INC-1", "cloud", 1, 5000, false, kAna}).record(events::CostNoted{"INC-1", "credits", 2, 1050, false, kAna});
        QVERIFY(log.cost().noted == 6050 && log.cost().total() == 18050);
        log.record(events::CostNoted{"INC-1", "cloud", 1, 5000, true, kAna});
        QVERIFY(log.cost().noted == 1050 && log.cost().total() == 13050);
    }
};

QD_TEST(TestCost)
#include "tst_cost.moc"
