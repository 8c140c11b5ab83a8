// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "core/desk/decide.h"
#include "tests/core/desk/foldbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M2.4: discovered edges are proposals with origin and age, accepted in bulk.
namespace {

struct MapBench : FoldBench {
    explicit MapBench(Workspace w = foldingShop(false)) : FoldBench(std::move(w)) {}
    state::ServiceMap map()
    {
        return ask([](const state::State &s) { return s.map; });
    }
    std::string list(const std::string &status = {})
    {
        return ask([&](const state::State &s) {
            control::Filter filter;
            filter.status = status;
            return control::getJson(s, "map", filter).value_or(std::string());
        });
    }
    Result<Outcome> propose(std::vector<MapEdge> edges, const std::string &origin = "csv") { return command(desk::ProposeEdges{origin, std::move(edges)}); }
};

std::string notesOf(const Result<Outcome> &done)
{
    std::string out;
    if (done)
        for (const std::string &n : done->notes)
            out += n;
    return done ? out : done.error().message;
}

constexpr auto kHardEdge = DependencyKind::Hard;

} // namespace

class TestDeskMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProposalCountsForNothingAndKnowsItsOriginAndAge()
    {
        MapBench b;
        const Instant first = b.clock.now();
        const auto done = b.propose({{"db", "disk", kHardEdge}, {"frontend", "cart", kHardEdge}, {"mail", "relay", DependencyKind::Soft}});
        VERIFY_RESULT(done);
        QCOMPARE(notesOf(done), std::string("2 edges proposed, 1 known already.")); // frontend is web, which needs cart
        b.clock.advance(hours(24));
        QCOMPARE(notesOf(b.propose({{"db", "disk", kHardEdge}}, "prometheus/main")), std::string("0 edges proposed, 1 seen again."));
        const auto map = b.map();
        QCOMPARE(map.proposals.size(), std::size_t{2});
        QCOMPARE(map.proposals[0].origin, std::string("csv"));
        QVERIFY(map.proposals[0].first == first && map.proposals[0].last == first + hours(24));
        QVERIFY(map.proposals[1].last == first);
        b.down("DiskFull", "disk");
        b.down("DbDown", "db");
        QVERIFY(b.calls().back().suspect.empty());
        QVERIFY(has(b.list("proposed"), "\"from\":\"db\",\"to\":\"disk\",\"kind\":\"hard\",\"state\":\"proposed\",\"origin\":\"csv\""));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIsBeyondTheLimitsOfADismissalIsNamed()
    {
        MapBench b;
        const auto proposed = [&](int from, int count) {
            std::vector<MapEdge> edges;
            for (int n = from; n < from + count; ++n)
                edges.push_back({"s" + std::to_string(n), "t" + std::to_string(n), kHardEdge});
            const auto done = b.propose(std::move(edges));
            Q_ASSERT(done);
        };
        proposed(0, 9'000);
        proposed(9'000, 3'000);
        desk::DismissEdges all;
        all.all = true;
        auto done = b.command(all);
        VERIFY_RESULT(done);
        QCOMPARE(notesOf(done), std::string("10,000 of 12000 edges are dismissed, as many as one command takes; do it again for the rest."));
        QCOMPARE(b.map().proposals.size(), std::size_t{2'000});
        VERIFY_RESULT(b.command(all));
        proposed(12'000, 9'000);
        done = b.command(all); // 12,000 are remembered
        QVERIFY(!done);
        QVERIFY2(has(notesOf(done), "More than 20,000 dismissed edges are not remembered") && has(notesOf(done), "12000 are by now"), notesOf(done).c_str());
        QCOMPARE(b.map().proposals.size(), std::size_t{9'000}); // refused, nothing is lost
    }

    void acceptedInBulkTheyActLikeTheWorkspaces()
    {
        MapBench b;
        VERIFY_RESULT(b.propose({{"db", "disk", kHardEdge}, {"mail", "relay", kHardEdge}}));
        b.down("DiskFull", "disk");
        b.down("WebErrors", "web");
        QVERIFY(b.calls().back().suspect.empty());
        desk::AcceptEdges all;
        all.all = true;
        const auto done = b.command(all);
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("2 edges"));
        QVERIFY(has(notesOf(done), "Service disk is not in the workspace"));
        QVERIFY(b.map().proposals.empty());
        QCOMPARE(b.calls().back().suspect, std::string("disk")); // at once, on the call that runs
        QCOMPARE(b.calls().back().path, (std::vector<std::string>{"web", "cart", "db", "disk"}));
        QVERIFY(has(b.list(), "\"state\":\"accepted\""));
        QCOMPARE(b.dumped(), b.committed());
        b.restart();
        QCOMPARE(b.map().accepted.size(), std::size_t{2});
    }

    void anEdgeIsAcceptedAsAnotherKindAndOnlyThoseOfOneOrigin()
    {
        MapBench b;
        VERIFY_RESULT(b.propose({{"db", "disk", kHardEdge}}, "csv"));
        VERIFY_RESULT(b.propose({{"mail", "relay", kHardEdge}}, "backstage"));
        desk::AcceptEdges some;
        some.all = true;
        some.origin = "backstage";
        VERIFY_RESULT(b.command(some));
        QCOMPARE(b.map().proposals.size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::AcceptEdges{{{"db", "disk", "soft"}}, false, {}}));
        QCOMPARE(b.map().accepted.size(), std::size_t{2});
        QVERIFY(b.map().accepted[0].edge.kind == DependencyKind::Soft);
        QCOMPARE(b.map().accepted[1].origin, std::string("backstage"));
        QCOMPARE(b.map().accepted[1].by, std::string("ana"));
    }

    void whatWasDismissedIsNotProposedAgainButMayBeAccepted()
    {
        MapBench b;
        VERIFY_RESULT(b.propose({{"db", "disk", kHardEdge}}));
        VERIFY_RESULT(b.command(desk::DismissEdges{{{"db", "disk", {}}}, false, {}}));
        QCOMPARE(notesOf(b.propose({{"db", "disk", kHardEdge}})), std::string("0 edges proposed, 1 dismissed before."));
        QVERIFY(b.map().proposals.empty());
        VERIFY_RESULT(b.command(desk::AcceptEdges{{{"db", "disk", {}}}, false, {}}));
        QCOMPARE(b.map().accepted.size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::DismissEdges{{{"db", "disk", {}}}, false, {}})); // and taken back
        QVERIFY(b.map().accepted.empty());
    }

    void labelsOfAlertsAreReadByTheCore()
    {
        MapBench b;
        b.fires({{"alertname", "Slow"}, {"service", "web"}, {"upstream", "mail"}, {"severity", "warning"}});
        b.fires({{"alertname", "Slow"}, {"service", "db"}, {"upstream", "mail"}, {"severity", "warning"}});
        QCOMPARE(notesOf(b.propose({}, "labels")), std::string("1 edge proposed, 1 known already."));
        QCOMPARE(b.map().proposals.at(0).edge.from, std::string("db"));
    }

    void whatIsNoEdgeIsRefusedWithItsPlace_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("nothing") << "" << "db";
        QTest::newRow("hidden characters") << "db" << QString::fromUtf8("di\xe2\x80\xaesk");
        QTest::newRow("too long") << "db" << QString(201, QLatin1Char('x'));
    }
    void whatIsNoEdgeIsRefusedWithItsPlace()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        MapBench b;
        const auto done = b.propose({{"a", "b", kHardEdge}, {from.toStdString(), to.toStdString(), kHardEdge}});
        VERIFY_FAILS(done, Code::Invalid);
        QVERIFY(has(done.error().message, "Edge 2 ("));
        QVERIFY(b.map().proposals.empty());
    }

    void whatIsNotThereIsRefused()
    {
        MapBench b;
        VERIFY_FAILS(b.command(desk::AcceptEdges{{{"a", "b", {}}}, false, {}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::AcceptEdges{{}, true, {}}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::AcceptEdges{{}, false, {}}), Code::Invalid);
        VERIFY_FAILS(b.propose({{"a", "b", kHardEdge}}, " "), Code::Invalid);
        VERIFY_RESULT(b.propose({{"a", "b", kHardEdge}}));
        VERIFY_FAILS(b.command(desk::AcceptEdges{{{"a", "b", "firm"}}, false, {}}), Code::Invalid);
        VERIFY_FAILS(b.propose(std::vector<MapEdge>(desk::kEdgesLimit + 1, {"a", "b", kHardEdge})), Code::TooLarge);
        VERIFY_RESULT(b.propose(std::vector<MapEdge>(desk::kEdgesLimit, {"a", "b", kHardEdge})));
    }
};

QD_TEST(TestDeskMap)
#include "tst_map.moc"
