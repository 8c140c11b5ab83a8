// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/impact.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

/// M2.3: "services → business services": what an incident affects, over the map.
namespace {

/// web → cart → db (hard), web → mail (async); the shop is carried by web, gifts by cart and web, post by mail.
Workspace withBusiness()
{
    Workspace w = aWorkspace();
    w.business = {{"shop", "Shop", 20'000, 52'000, DataClass::Confidential, false}, {"gifts", "Gifts", 500, 900, DataClass::Internal, false}, {"post", "Post", 90'000, 0, DataClass::Internal, true}};
    for (Service &s : w.services)
        s.carries = s.id == "web" ? std::vector<std::string>{"shop", "gifts"} : s.id == "cart" ? std::vector<std::string>{"gifts"} : s.id == "mail" ? std::vector<std::string>{"post"} : std::vector<std::string>{};
    return w;
}

std::vector<std::string> carriedBy(const Impact &impact)
{
    std::vector<std::string> out;
    for (const AffectedBusiness &b : impact.business)
        out.push_back(b.what.id + " by " + b.service + " " + std::to_string(b.hops));
    return out;
}

} // namespace

class TestImpact final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatDependsOnItsServiceIsAffectedNearestFirst()
    {
        Log log;
        log.record(withWorkspace(withBusiness())).record(anIncident().service("db").event());
        const Impact impact = topology::impactOf(log.state, *log.state.incident("INC-1"));
        QCOMPARE(impact.services, (std::vector<std::string>{"db"}));
        QCOMPARE(impact.blast, 2U); // cart, web
        QCOMPARE(carriedBy(impact), (std::vector<std::string>{"shop by web 2", "gifts by cart 1"}));
        QVERIFY(impact.technical == AlertSeverity::None);
    }

    void anAsynchronousDependencySpreadsNothing()
    {
        Log log;
        log.record(withWorkspace(withBusiness())).record(anIncident().service("mail").event());
        QCOMPARE(carriedBy(topology::impactOf(log.state, *log.state.incident("INC-1"))), (std::vector<std::string>{"post by mail 0"}));
    }

    void servicesOfAlertsCountAndTheirSeverityStandsBeside()
    {
        Log log;
        log.record(withWorkspace(withBusiness())).record(withConnection("am"));
        const ReportBatch batch = aBatch().alert({{"alertname", "Slow"}, {"service", "mail"}}).severity("critical").build();
        log.record(decided(batch)).record(anIncident().service("db").alert(keyOf(batch)).event());
        const Impact firing = topology::impactOf(log.state, *log.state.incident("INC-1"));
        QCOMPARE(firing.services, (std::vector<std::string>{"db", "mail"}));
        QVERIFY(firing.technical == AlertSeverity::Critical);
        QCOMPARE(carriedBy(firing), (std::vector<std::string>{"post by mail 0", "shop by web 2", "gifts by cart 1"}));
    }

    void anIncidentWithoutAKnownServiceAffectsNothingThatIsKnown()
    {
        Log log;
        log.record(withWorkspace(withBusiness())).record(anIncident().service("elsewhere").event());
        const Impact impact = topology::impactOf(log.state, *log.state.incident("INC-1"));
        QCOMPARE(impact.services, (std::vector<std::string>{"elsewhere"}));
        QVERIFY(impact.business.empty() && impact.blast == 0);
    }
};

QD_TEST(TestImpact)
#include "tst_impact.moc"
