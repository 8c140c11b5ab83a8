// SPDX-License-Identifier: GPL-3.0-or-later
// What an imported Alertmanager configuration does here: its routes group alerts, its time intervals keep them quiet.
#include "core/triage/reactions.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

namespace {

Matcher equals(const std::string &name, const std::string &value)
{
    return {name, value, false, true};
}

/// root by cluster; its child "night" for team=web is muted from 22:00 to 06:00 and grouped by alertname; "every" for team=db.
Workspace routed()
{
    Workspace w = aWorkspace();
    Route root{"root", "", "all", {}, {"cluster"}, true};
    Route web{"web", "root", "web", {equals("team", "web")}, {"alertname", "service"}, true};
    web.muted = {"nights"};
    Route db{"db", "root", "db", {equals("team", "db")}, {"..."}, true};
    db.active = {"office"};
    Route also{"also", "root", "audit", {equals("audit", "yes")}, {}, false};
    also.goesOn = true;
    w.routes = {root, also, web, db};
    w.intervals = {{"nights", {"times=00:00-06:00,22:00-24:00"}}, {"office", {"times=09:00-17:00 weekdays=monday:friday"}}};
    return w;
}

const Labels kWeb{{"alertname", "Slow"}, {"service", "web"}, {"team", "web"}, {"cluster", "eu"}};
const Labels kDb{{"alertname", "Lag"}, {"service", "db"}, {"team", "db"}, {"cluster", "eu"}};

} // namespace

class TestDeskRoutes final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void alertsGroupAsTheFirstRouteThatTakesThemSays()
    {
        QuietBench b(routed());
        QCOMPARE(b.group(b.fires(kWeb)), std::string("alertname=Slow, web"));
        const auto one = b.fires(kDb);
        auto twin = kDb;
        twin.emplace_back("instance", "n2");
        const auto other = b.fires(twin);
        QVERIFY(b.group(one) != b.group(other)); // "..." is every label
        QVERIFY(b.group(one).starts_with("alertname=Lag, alert "));
        QCOMPARE(b.group(b.fires({{"alertname", "X"}, {"service", "shop"}, {"cluster", "us"}})), std::string("cluster=us"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aGroupRuleOfOursCountsBeforeARoute()
    {
        Workspace w = routed();
        w.groups.push_back({"by-team", {equals("team", "web")}, {"team"}});
        QuietBench b(w);
        QCOMPARE(b.group(b.fires(kWeb)), std::string("team=web"));
    }

    void aMutedRouteKeepsItsAlertsQuietWhileTheTimeLasts()
    {
        QuietBench b(routed()); // it is 14:00
        const auto key = b.fires(kWeb);
        QCOMPARE(b.how(key), std::string("none"));
        b.pass(hours(8)); // 22:00
        QCOMPARE(b.how(key), std::string("maintenance"));
        QCOMPARE(b.by(key), std::string("interval/nights"));
        QCOMPARE(b.status(key), std::string("firing")); // quiet is not over
        auto later = kWeb;
        later.emplace_back("instance", "n2");
        QCOMPARE(b.how(b.fires(later)), std::string("maintenance"));
        QVERIFY(b.hits("interval/nights") >= 2);
        b.pass(hours(8)); // 06:00
        QCOMPARE(b.how(key), std::string("none"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void anActiveIntervalMutesOutsideItself()
    {
        QuietBench b(routed()); // a Monday, 14:00
        const auto key = b.fires(kDb);
        QCOMPARE(b.how(key), std::string("none"));
        b.pass(hours(3));
        QCOMPARE(b.how(key), std::string("maintenance"));
        b.pass(hours(16)); // Tuesday, 09:00
        QCOMPARE(b.how(key), std::string("none"));
    }

    void anAlertIsHeardWhileOneOfItsRoutesIsNotMuted()
    {
        QuietBench b(routed());
        auto both = kWeb;
        both.emplace_back("audit", "yes");
        const auto key = b.fires(both);
        b.pass(hours(8));
        QCOMPARE(b.how(key), std::string("none"));
    }

    void withoutTheRoutesNothingIsMutedAnyMore()
    {
        QuietBench b(routed());
        const auto key = b.fires(kWeb);
        b.pass(hours(8));
        QCOMPARE(b.how(key), std::string("maintenance"));
        events::WorkspaceChanged changed;
        changed.workspace = aWorkspace();
        changed.digest = "two";
        VERIFY_RESULT(b.report(events::Event(changed)));
        QCOMPARE(b.how(key), std::string("none"));
        QVERIFY(!b.ask([](const state::State &s) { return s.suppressors.use("interval/nights"); }));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whereOneIntervalFollowsAnotherNothingIsHeardInBetween()
    {
        Workspace w = routed();
        w.routes[2].muted = {"evenings", "nights"};
        w.intervals = {{"evenings", {"times=18:00-24:00"}}, {"nights", {"times=00:00-06:00"}}, {"office", {"always"}}};
        QuietBench b(w);
        const auto key = b.fires(kWeb);
        VERIFY_RESULT(b.command(desk::Acknowledge{{key}, "seen"}));
        b.pass(hours(4)); // 18:00
        QCOMPARE(b.by(key), std::string("interval/evenings"));
        b.pass(hours(6)); // midnight
        QCOMPARE(b.by(key), std::string("interval/nights"));
        QVERIFY(b.alert(key).workflow == Workflow::Acknowledged);
    }

    /// A bound at which nothing changes is not waited for, one that passed unseen is due at once.
    void onlyAChangeIsWaitedFor()
    {
        QuietBench b(routed());
        const auto next = [&](Instant now) { return toRfc3339(b.ask([&](const state::State &s) { return triage::nextReaction(s, now); })); };
        QCOMPARE(next(at("2026-11-23T14:00:00Z")), std::string("2026-11-23T17:00:00Z")); // the office closes
        b.pass(hours(3));
        QCOMPARE(next(at("2026-11-23T17:00:00Z")), std::string("2026-11-23T22:00:00Z"));
        QCOMPARE(next(at("2026-11-23T22:30:00Z")), std::string("2026-11-23T22:30:00Z"));
        Workspace w = routed();
        w.intervals[0].when = {"times=22:00-24:00 weekdays=sunday"};
        w.intervals[1].when = {"times=09:00-17:00 weekdays=monday"};
        QuietBench rarely(w);
        rarely.pass(hours(3));
        QCOMPARE(toRfc3339(rarely.ask([&](const state::State &s) { return triage::nextReaction(s, at("2026-11-24T09:00:00Z")); })), std::string("2026-11-29T22:00:00Z"));
    }

    void anIntervalOfTheWorkspaceIsNotEndedByHand()
    {
        QuietBench b(routed());
        b.pass(hours(8));
        desk::EndSuppression end;
        end.ids = {"interval/nights"};
        const auto done = b.command(end);
        VERIFY_FAILS(done, Code::Invalid);
    }
};

QD_TEST(TestDeskRoutes)
#include "tst_routes.moc"
