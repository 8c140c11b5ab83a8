// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/nearchanges.h"

#include "core/command/brief.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

using Names = std::vector<std::string>;

/// web → cart → db, web ~> ads (soft), ads → rates, web → mail (asynchronous); shop needs web.
Workspace aShop()
{
    Workspace w = aWorkspace();
    const auto add = [&](const std::string &id, std::vector<Dependency> needs) {
        Service s;
        s.id = s.name = id;
        s.needs = std::move(needs);
        w.services.push_back(std::move(s));
    };
    for (Service &s : w.services)
        if (s.id == "web")
            s.needs.push_back({"ads", DependencyKind::Soft});
    add("ads", {{"rates", DependencyKind::Hard}});
    add("rates", {});
    add("shop", {{"web", DependencyKind::Hard}});
    return w;
}

struct ChangeScene {
    Log log;
    Instant began;
    ChangeScene()
    {
        log.record(withWorkspace(aShop())).record(withConnection("am"));
        began = log.now() + hours(3);
    }
    void changed(const std::string &service, const std::string &title, Span before) { log.record(ChangeSeen{service, title, "", "", began - before, kAna, ""}); }
    Names of(const std::vector<std::string> &services) const
    {
        Names out;
        for (const command::NearChange &n : command::nearChanges(log.state, services, began))
            out.push_back(command::inWords(log.state, n));
        return out;
    }
    std::string titles(const std::vector<std::string> &services) const
    {
        std::string out;
        for (const command::NearChange &n : command::nearChanges(log.state, services, began))
            out += (out.empty() ? "" : " ") + n.change->title;
        return out;
    }
};

} // namespace

class TestNearChanges final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameServiceThenHardHopsThenSoftOnesThenTheRest()
    {
        ChangeScene s;
        s.changed("mail", "async", minutes(1));
        s.changed("shop", "downstream", minutes(2));
        s.changed("rates", "soft2", minutes(3));
        s.changed("ads", "soft1", minutes(4));
        s.changed("db", "hard2", minutes(5));
        s.changed("cart", "hard1", minutes(6));
        s.changed("web", "same", minutes(7));
        s.changed("", "nowhere", minutes(8));
        QCOMPARE(s.titles({"web"}), std::string("same hard1 hard2 soft1 soft2 async downstream nowhere"));
    }

    void itIsSaidHowFarOnTheMapAndHowLongBefore()
    {
        ChangeScene s;
        s.changed("db", "deploy 4.2", minutes(14));
        s.changed("ads", "flag on", minutes(30));
        s.changed("mail", "new host", seconds(20));
        s.changed("web", "rollback", Span{-minutes(3).ns});
        const auto name = [&](const char *id) { return s.log.state.workspace->nameOf(id); };
        QCOMPARE(s.of({"web"}), (Names{"rollback of " + name("web") + " (the same service, 3m after)", "deploy 4.2 of " + name("db") + " (2 hops upstream: web → cart → db, 14m before)",
                                       "flag on of ads (1 hop upstream, soft: web → ads, 30m before)", "new host of " + name("mail") + " (elsewhere, under a minute before)"}));
    }

    void fromTwoHoursBeforeUntilFiveMinutesAfter()
    {
        ChangeScene s;
        s.changed("web", "old", Span{command::kChangesBefore.ns + 1});
        s.changed("web", "oldest", command::kChangesBefore);
        s.changed("web", "latest", Span{-command::kChangesAfter.ns});
        s.changed("web", "late", Span{-command::kChangesAfter.ns - 1});
        QCOMPARE(s.titles({"web"}), std::string("latest oldest"));
        QVERIFY(command::nearChanges(s.log.state, {"web"}, Instant{}).empty());
    }

    void amongEqualsTheNearestInTimeAndNoMoreThanAFew()
    {
        ChangeScene s;
        for (int n = 1; n <= 12; ++n)
            s.changed("cart", "c" + std::to_string(n), minutes(n % 2 ? 60 - n : 60 + n));
        const auto found = command::nearChanges(s.log.state, {"web"}, s.began);
        QCOMPARE(found.size(), command::kChangesShown);
        QVERIFY(std::is_sorted(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.before < b.before; }));
        QCOMPARE(found.front().change->title, std::string("c11"));
    }

    void anAliasIsItsServiceAndACycleEnds()
    {
        Workspace w = aShop();
        for (Service &x : w.services)
            if (x.id == "db")
                x.needs.push_back({"web", DependencyKind::Hard});
        Log log;
        log.record(withWorkspace(std::move(w)));
        log.record(ChangeSeen{"frontend", "by its other name", "", "", log.now(), kAna, ""});
        const auto ofWeb = command::nearChanges(log.state, {"web"}, log.now());
        QVERIFY(ofWeb.size() == 1 && ofWeb[0].near == command::Nearness::Same);
        const auto ofCart = command::nearChanges(log.state, {"cart"}, log.now());
        QCOMPARE(ofCart.at(0).path, (Names{"cart", "db", "web"}));
    }

    void anEdgeThatWasAcceptedCountsWhereTheWorkspaceIsSilent()
    {
        ChangeScene s;
        s.changed("rates", "new rates", minutes(9));
        QCOMPARE(command::nearChanges(s.log.state, {"db"}, s.began).at(0).near, command::Nearness::Elsewhere);
        EdgesProposed found;
        found.origin = "prometheus/p";
        found.edges = {{"db", "rates", DependencyKind::Hard}};
        s.log.record(Event(found));
        EdgesAccepted taken;
        taken.edges = found.edges;
        taken.by = kAna;
        s.log.record(Event(taken));
        QCOMPARE(s.of({"db"}), (Names{"new rates of rates (1 hop upstream: db → rates, 9m before)"}));
    }

    void theBriefNamesTheNearestAndNothingFromElsewhere()
    {
        ChangeScene s;
        s.began = s.log.now();
        s.changed("db", "deploy 4.2", minutes(14));
        s.changed("mail", "new host", minutes(2));
        IncidentDeclared e = anIncident().service("web").event();
        e.impactSince = s.began;
        s.log.record(Event(e));
        const auto lines = command::brief(s.log.state, *s.log.state.incident("INC-1"), s.log.now()).situation;
        QVERIFY(says(lines, "changed nearby: deploy 4.2 of " + s.log.state.workspace->nameOf("db") + " (2 hops upstream: web → cart → db, 1"));
        QVERIFY(!says(lines, "new host"));
    }
};

QD_TEST(TestNearChanges)
#include "tst_nearchanges.moc"
