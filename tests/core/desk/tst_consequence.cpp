// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/foldbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M2.4, the default: suspect and path are shown, upstream pages still go, marked "likely consequence of X" (keep#6841, keep#6567).
class TestConsequence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPageOfAnUpstreamServiceStillGoesAndSaysOfWhatItIsLikelyAConsequence()
    {
        FoldBench b(foldingShop(false));
        b.down("DbDown", "db");
        const std::string web = b.down("WebErrors", "web");
        b.pass(minutes(5));
        const auto pages = b.pages();
        QCOMPARE(pages.size(), std::size_t{4}); // dan, ana; then dan again and ben
        QVERIFY(!has(pages[0], "consequence"));
        QVERIFY2(has(pages[1], "ana: You are called: WebErrors. Likely consequence of db (web → cart → db). Step 1"), pages[1].c_str());
        QVERIFY(std::any_of(pages.begin() + 2, pages.end(), [](const auto &p) { return has(p, "ben: You are called: WebErrors. Likely consequence of db"); }));
        QCOMPARE(b.call(2).suspect, std::string("db"));
        QCOMPARE(b.call(2).path, (std::vector<std::string>{"web", "cart", "db"}));
        QVERIFY(b.isLogged("step 1 calls ana; likely consequence of db (web → cart → db)"));
        QVERIFY(has(b.why(web), "likely consequence of db (web → cart → db)"));
        QVERIFY(has(b.why(web), "cart needs db"));
        QVERIFY(has(b.why("escalation/2"), "likely consequence of db"));
        QVERIFY(has(b.whyCalled(web, "ana"), "likely consequence of db"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatBreaksLaterIsNamedWhenItDoesAndIsTakenBackWhenItRecovers()
    {
        FoldBench b(foldingShop(false));
        b.down("WebErrors", "web");
        QVERIFY(b.call(1).suspect.empty());
        b.down("DbDown", "db");
        QCOMPARE(b.call(1).suspect, std::string("db"));
        b.up("DbDown", "db");
        QVERIFY(b.call(1).suspect.empty());
        QVERIFY(b.isLogged("no longer a likely consequence of db"));
        b.pass(minutes(5));
        QVERIFY(!has(b.pages().back(), "consequence"));
    }

    void theCallsOfAnIncidentSaySoOnItsTimeline()
    {
        FoldBench b(foldingShop(false));
        b.down("DbDown", "db");
        QVERIFY(b.command(desk::DeclareIncident{"Shop is slow", "SEV2", "web", "", "", {}, false}));
        const auto lines = b.ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &e : s.incident("INC-1")->timeline)
                out.push_back(e.text);
            return out;
        });
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const auto &l) { return has(l, "step 1 calls ana; likely consequence of db (web → cart → db)"); }));
        QVERIFY(has(b.why("INC-1"), "likely consequence of db"));
    }

    void whatNobodyIsCalledForSaysSoToo()
    {
        Workspace w = foldingShop(false);
        for (Service &s : w.services)
            s.paging = Paging::Observe;
        FoldBench b(std::move(w));
        b.down("DbDown", "db");
        const std::string web = b.down("WebErrors", "web");
        QVERIFY(b.calls().empty());
        QVERIFY(has(b.why(web), "likely consequence of db (web → cart → db)"));
    }

    void softAndAsynchronousEdgesBlameNobody_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("soft") << 1;
        QTest::newRow("async") << 2;
    }
    void softAndAsynchronousEdgesBlameNobody()
    {
        QFETCH(int, kind);
        Workspace w = foldingShop(false);
        w.services[1].needs[0].kind = static_cast<DependencyKind>(kind);
        FoldBench b(std::move(w));
        b.down("DbDown", "db");
        const std::string cart = b.down("CartErrors", "cart");
        QVERIFY(b.call(2).suspect.empty());
        QVERIFY(!has(b.why(cart), "consequence"));
        QCOMPARE(b.pages().size(), std::size_t{2});
    }

    void servicesThatNeedEachOtherInACircleBlameTheOneThatFiredFirst()
    {
        Workspace w = foldingShop(false);
        w.services[2].needs = {{"web", DependencyKind::Hard}};
        FoldBench b(std::move(w));
        b.down("CartErrors", "cart");
        b.clock.advance(minutes(1));
        b.down("WebErrors", "web");
        b.down("DbDown", "db");
        QVERIFY(b.call(1).suspect.empty());
        QCOMPARE(b.call(2).suspect, std::string("cart"));
        QCOMPARE(b.call(3).path, (std::vector<std::string>{"db", "web", "cart"}));
    }

    void aServiceWithoutEdgesIsPagedLikeAnyOther()
    {
        FoldBench b(foldingShop(false));
        b.down("DbDown", "db");
        b.down("MailStuck", "mail");
        b.down("Elsewhere", "a-service-nobody-knows");
        const auto pages = b.pages(); // one list: two calls give two
        QVERIFY(std::all_of(pages.begin(), pages.end(), [](const auto &p) { return !has(p, "consequence"); }));
        QCOMPARE(pages.size(), std::size_t{2});
    }

    void anEdgeThatIsTakenOutOfTheWorkspaceBlamesNobodyAnyMore()
    {
        FoldBench b(foldingShop(false));
        b.down("DbDown", "db");
        b.down("WebErrors", "web");
        QCOMPARE(b.call(2).suspect, std::string("db"));
        Workspace w = foldingShop(false);
        w.services[0].needs.clear();
        QVERIFY(b.report(events::Event(events::WorkspaceChanged{std::move(w), "two", {}})));
        QVERIFY(b.call(2).suspect.empty());
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestConsequence)
#include "tst_consequence.moc"
