// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topology/picture.h"

#include "core/topology/chain.h"
#include "tests/support/builders.h"
#include "tests/support/random.h"
#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QtTest>
#include <algorithm>
#include <set>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;
using topology::kNone;
using topology::Picture;

namespace {

using Names = std::vector<std::string>;

Service service(const std::string &id, const Names &hard, const Names &soft = {}, const Names &async = {})
{
    Service s;
    s.id = id;
    for (const auto &to : hard)
        s.needs.push_back({to, DependencyKind::Hard});
    for (const auto &to : soft)
        s.needs.push_back({to, DependencyKind::Soft});
    for (const auto &to : async)
        s.needs.push_back({to, DependencyKind::Async});
    return s;
}

/// Google's demonstration shop (GoogleCloudPlatform/microservices-demo, release/kubernetes-manifests.yaml, Apache-2.0).
Workspace boutique()
{
    Workspace w;
    w.services = {service("frontend", {"productcatalogservice", "currencyservice", "cartservice", "checkoutservice"}, {"recommendationservice", "shippingservice", "adservice"}),
                  service("cartservice", {"redis-cart"}),
                  service("loadgenerator", {"frontend"}),
                  service("recommendationservice", {"productcatalogservice"}),
                  service("checkoutservice", {"productcatalogservice", "shippingservice", "paymentservice", "currencyservice", "cartservice"}, {}, {"emailservice"}),
                  service("productcatalogservice", {}),
                  service("currencyservice", {}),
                  service("redis-cart", {}),
                  service("shippingservice", {}),
                  service("paymentservice", {}),
                  service("emailservice", {}),
                  service("adservice", {})};
    return w;
}

struct Firing {
    std::string service, severity = "critical";
    int minutesAgo = 10;
    Suppression suppression = Suppression::None;
};

Log scene(Workspace w, const std::vector<Firing> &firing)
{
    Log log;
    log.record(withWorkspace(std::move(w))).record(withConnection("am"));
    int n = 0;
    for (const Firing &f : firing) {
        ABatch b = aBatch("am", log.now());
        b.alert({{"alertname", "A" + std::to_string(n++)}, {"service", f.service}}).severity(f.severity).startsAt(log.now() - minutes(f.minutesAgo));
        if (f.suppression != Suppression::None)
            b.suppressed(f.suppression, "s1");
        log.record(decided(b.build()), Span{});
    }
    return log;
}

Names names(const Picture &p, const std::vector<std::uint32_t> &nodes)
{
    Names out;
    for (const auto n : nodes)
        out.push_back(p.nodes[n].id);
    return out;
}

Names blast(const Picture &p)
{
    Names out;
    for (const auto &n : p.nodes)
        if (n.blast)
            out.push_back(n.id);
    std::sort(out.begin(), out.end());
    return out;
}

std::string at(const Picture &p, std::uint32_t n) { return n == kNone ? std::string() : p.nodes[n].id; }

} // namespace

class TestPicture : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCalmShopHasNoSuspect()
    {
        const Log log = scene(boutique(), {});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(p.nodes.size(), std::size_t{12});
        QCOMPARE(p.edges.size(), std::size_t{16});
        QCOMPARE(p.suspect, kNone);
        QVERIFY(p.path.empty());
        QVERIFY(blast(p).empty());
    }

    void findsTheDeepestUnhealthyDependency()
    {
        const Log log = scene(boutique(), {{"frontend", "critical", 3}, {"checkoutservice", "error", 4}, {"cartservice", "critical", 4}, {"redis-cart", "critical", 5}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.mostAffected), std::string("frontend"));
        QCOMPARE(at(p, p.suspect), std::string("redis-cart"));
        QCOMPARE(names(p, p.path), (Names{"frontend", "cartservice", "redis-cart"}));
        const auto onPath = std::count_if(p.edges.begin(), p.edges.end(), [](const auto &e) { return e.onPath; });
        QCOMPARE(onPath, std::ptrdiff_t{2});
    }

    void seesThroughAServiceNobodyWatches()
    {
        // cartservice has no alerts of its own: the way to redis leads through it all the same.
        const Log log = scene(boutique(), {{"frontend", "critical", 3}, {"redis-cart", "critical", 5}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.suspect), std::string("redis-cart"));
        QCOMPARE(names(p, p.path), (Names{"frontend", "cartservice", "redis-cart"}));
    }

    void complaint13_marksEverythingThatSuffersOverHardAndSoftEdges()
    {
        const Log log = scene(boutique(), {{"productcatalogservice"}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(blast(p), (Names{"checkoutservice", "frontend", "loadgenerator", "recommendationservice"}));
        QCOMPARE(p.nodes[p.find("frontend")].blastHops, 1U);
        QCOMPARE(p.nodes[p.find("loadgenerator")].blastHops, 2U);
        QVERIFY(!p.nodes[p.find("productcatalogservice")].blast);
    }

    void asynchronousDependenciesDoNotSpread()
    {
        const Log log = scene(boutique(), {{"emailservice"}});
        QVERIFY(blast(topology::picture(log.state, log.now())).empty());
    }

    void softDependenciesAreNeverTheSuspect()
    {
        const Log log = scene(boutique(), {{"frontend"}, {"adservice", "critical", 60}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.mostAffected), at(p, p.suspect));
        QVERIFY(p.nodes[p.find("frontend")].blast);
    }

    void aLoneTroubleIsItsOwnSuspect()
    {
        const Log log = scene(boutique(), {{"paymentservice", "warning"}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.suspect), std::string("paymentservice"));
        QCOMPARE(names(p, p.path), (Names{"paymentservice"}));
    }

    void theWorstTroubleWins()
    {
        // A chain of warnings beside one critical alert elsewhere.
        const Log log = scene(boutique(), {{"frontend", "warning"}, {"cartservice", "warning"}, {"redis-cart", "warning"}, {"adservice", "critical"}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.suspect), std::string("adservice"));
    }

    void calmSeveritiesAndSuppressedAlertsAccuseNobody()
    {
        const Log log = scene(boutique(), {{"frontend", "none"}, {"adservice", "info"}, {"redis-cart", "critical", 5, Suppression::Silenced}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(p.suspect, kNone);
        QCOMPARE(p.nodes[p.find("frontend")].alerts, 0U);
        QCOMPARE(p.nodes[p.find("adservice")].alerts, 1U);
        QVERIFY(p.nodes[p.find("adservice")].worst == AlertSeverity::Info);
        QCOMPARE(p.nodes[p.find("redis-cart")].alerts, 0U);
        QCOMPARE(p.nodes[p.find("redis-cart")].suppressed, 1U);
    }

    void anUnmappedSeverityCountsAsTrouble()
    {
        const Log log = scene(boutique(), {{"redis-cart", "sev-banana"}});
        QCOMPARE(at(topology::picture(log.state, log.now()), topology::picture(log.state, log.now()).suspect), std::string("redis-cart"));
    }

    void countsAndWorst()
    {
        const Log log = scene(boutique(), {{"frontend", "warning", 30}, {"frontend", "error", 10}, {"frontend", "info", 40}});
        const Picture p = topology::picture(log.state, log.now());
        const auto &n = p.nodes[p.find("frontend")];
        QCOMPARE(n.alerts, 3U);
        QVERIFY(n.worst == AlertSeverity::Error);
        QVERIFY(n.firstAt == log.now() - minutes(40));
    }

    void resolvedAlertsLeaveNoMark()
    {
        Log log = scene(boutique(), {{"redis-cart"}});
        log.record(decided(aBatch("am", log.now()).alert({{"alertname", "A0"}, {"service", "redis-cart"}}).severity("critical").resolved().build(), {Verdict::Resolved}));
        QCOMPARE(topology::picture(log.state, log.now()).suspect, kNone);
    }

    void aliasesAreTheSameService()
    {
        Workspace w = boutique();
        w.services[0].aliases = {"web"};
        const Log log = scene(w, {{"web"}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(p.nodes.size(), std::size_t{12});
        QCOMPARE(p.nodes[p.find("frontend")].alerts, 1U);
    }

    void unknownServicesAppearAsDiscovered()
    {
        Log log = scene(boutique(), {{"zebra"}, {"mystery"}});
        log.record(ChangeSeen{"canary", "canary 1.0", "", "ci", log.now(), {"ana", Path::Person}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(p.nodes.size(), std::size_t{15});
        QCOMPARE(names(p, {12, 13, 14}), (Names{"canary", "mystery", "zebra"}));
        for (std::size_t i = 0; i < 15; ++i)
            QCOMPARE(p.nodes[i].discovered, i >= 12);
        QVERIFY(p.nodes[p.find("mystery")].unhealthy);
    }

    void marksChangesOfTheLastTwoHours()
    {
        Log log = scene(boutique(), {});
        const auto change = [&](const char *title, int minutesAgo) {
            log.record(ChangeSeen{"cartservice", title, "", "ci", log.now() - minutes(minutesAgo), {"ana", Path::Person}}, Span{});
        };
        change("old", 121);
        change("newest", 5);
        change("earlier", 119);
        change("tomorrow", -60);
        const Picture p = topology::picture(log.state, log.now());
        const auto &n = p.nodes[p.find("cartservice")];
        QCOMPARE(n.changes, 2U);
        QCOMPARE(n.change, std::string("newest"));
        QVERIFY(n.changedAt == log.now() - minutes(5));
    }

    // --- cycles ---

    void aCycleIsOneLink()
    {
        Workspace w;
        w.services = {service("a", {"b"}), service("b", {"c"}), service("c", {"b", "d"}), service("d", {})};
        const Log log = scene(w, {{"a", "critical", 1}, {"b", "critical", 3}, {"c", "critical", 2}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.mostAffected), std::string("a"));
        QCOMPARE(at(p, p.suspect), std::string("b")); // of the cycle b, c the one that fired first
        QVERIFY(p.nodes[p.find("b")].blast);          // it suffers from itself around the cycle
    }

    void aCycleWithoutEndIsItsOwnSuspect()
    {
        Workspace w;
        w.services = {service("a", {"b"}), service("b", {"a"})};
        const Log log = scene(w, {{"a", "critical", 1}, {"b", "critical", 3}});
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.suspect), std::string("b"));
    }

    void partsAgreeWithReachability()
    {
        // Two services are of one part exactly when each reaches the other; checked against plain search on small random graphs.
        SeededRandom random(7);
        for (int round = 0; round < 60; ++round) {
            const auto n = static_cast<std::uint32_t>(1 + random.below(9));
            Picture p;
            p.nodes.resize(n);
            for (std::uint64_t e = random.below(20); e > 0; --e)
                p.edges.push_back({static_cast<std::uint32_t>(random.below(n)), static_cast<std::uint32_t>(random.below(n)), DependencyKind::Hard, false});
            const topology::Adjacency needs(p, topology::Direction::Along, [](const topology::Edge &) { return true; });
            std::vector<std::set<std::uint32_t>> reach(n);
            for (std::uint32_t i = 0; i < n; ++i) {
                std::vector<std::uint32_t> queue{i};
                reach[i].insert(i);
                while (!queue.empty()) {
                    const auto at = queue.back();
                    queue.pop_back();
                    for (const auto m : needs.of(at))
                        if (reach[i].insert(m).second)
                            queue.push_back(m);
                }
            }
            std::uint32_t count = 0;
            const auto part = topology::parts(needs, n, count);
            for (std::uint32_t i = 0; i < n; ++i)
                for (std::uint32_t j = 0; j < n; ++j) {
                    QCOMPARE(part[i] == part[j], reach[i].contains(j) && reach[j].contains(i));
                    if (part[i] != part[j] && reach[i].contains(j))
                        QVERIFY(part[j] < part[i]); // dependencies come first
                }
        }
    }

    void staysLinearForTenThousandServices()
    {
        Workspace w;
        for (int i = 0; i < 10'000; ++i) { // one chain through all of them, and shortcuts back
            Names hard;
            if (i + 1 < 10'000)
                hard.push_back("s" + std::to_string(i + 1));
            if (i + 97 < 10'000)
                hard.push_back("s" + std::to_string(i + 97));
            w.services.push_back(service("s" + std::to_string(i), hard, i % 50 == 0 && i > 0 ? Names{"s" + std::to_string(i - 1)} : Names{}));
        }
        const Log log = scene(w, {{"s0"}, {"s9999", "critical", 60}});
        const qd::tests::WorkTimer timer;
        const Picture p = topology::picture(log.state, log.now());
        QCOMPARE(at(p, p.suspect), std::string("s9999"));
        QVERIFY2(timer.elapsed() < 2000, "a quadratic walk would take far longer"); // tens of milliseconds; the limit is for slow machines
        QVERIFY(p.nodes[0].blast);
    }

    void neighbourhoodIsTakenBothWays()
    {
        const Log log = scene(boutique(), {});
        const Picture p = topology::picture(log.state, log.now());
        Names near = names(p, topology::neighbourhood(p, {p.find("cartservice")}, 1));
        std::sort(near.begin(), near.end());
        QCOMPARE(near, (Names{"cartservice", "checkoutservice", "frontend", "redis-cart"}));
        QCOMPARE(topology::neighbourhood(p, {p.find("adservice")}, 0).size(), std::size_t{1});
        QVERIFY(topology::neighbourhood(p, {kNone}, 2).empty());
        QCOMPARE(topology::neighbourhood(p, {0}, 99).size(), std::size_t{12});
    }
};

QD_TEST(TestPicture)
#include "tst_picture.moc"
