// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/policy.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::governance;
using namespace qd::tests;

namespace {

const Actor kBen{"ben", Path::Person}, kRoot{"root", Path::Person};

Workspace withRights(std::vector<RightRule> rights)
{
    Workspace w = aWorkspace();
    w.people.push_back({"cid", "Cid", "UTC", {}});
    w.people.push_back({"dan", "Dan", "UTC", {}});
    w.teams.push_back({"db", "Database", "", {"cid"}});
    w.rights = std::move(rights);
    return w;
}

RightRule right(const std::string &id, Right r, std::vector<std::string> people, std::vector<std::string> services = {}, std::vector<std::string> incidents = {})
{
    return {id, r, std::move(people), {}, false, std::move(services), std::move(incidents)};
}

struct Scene {
    Log log;
    explicit Scene(std::vector<RightRule> rights)
    {
        log.record(CoreStarted{"test", "root"}).record(withWorkspace(withRights(std::move(rights))));
        log.record(Event(anIncident("INC-1").service("cart").event())).record(Event(anIncident("INC-2").service("mail").event()));
    }
    Ruling ask(const Actor &who, const Need &need) const { return rule(log.state, who, need, "incident.take", log.now()); }
    bool may(const Actor &who, const Need &need) const { return ask(who, need).allowed; }
};

const Need kCart{Right::Command, {{"cart", "INC-1"}}};

} // namespace

class TestPolicy final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachRoleHoldsWhatItHoldsAndNothingElse()
    {
        const std::map<Right, std::vector<Right>> held{{Right::Observe, {Right::Observe}},
                                                       {Right::Respond, {Right::Observe, Right::Respond}},
                                                       {Right::Command, {Right::Observe, Right::Respond, Right::Command}},
                                                       {Right::Publish, {Right::Observe, Right::Publish}},
                                                       {Right::Administer, {Right::Observe, Right::Respond, Right::Command, Right::Publish, Right::Administer}}};
        for (const Right has : kRights)
            for (const Right wanted : kRights) {
                const auto &all = held.at(has);
                const bool expected = std::find(all.begin(), all.end(), wanted) != all.end();
                QCOMPARE(holds(has, wanted), expected);
                Scene s({right("x", has, {"ben"})});
                QCOMPARE(s.may(kBen, {wanted, {{"cart", "INC-1"}}}), expected);
            }
    }

    void whoHasNoRightMayNothing()
    {
        Scene s({right("admins", Right::Administer, {"ana"})});
        for (const Right wanted : kRights)
            QVERIFY(!s.may(kBen, {wanted, {{"cart", {}}}}) && !s.may(kBen, {wanted}) && !s.may(kBen, {wanted, {}, true}));
        QVERIFY(!s.may({"nobody", Path::Person}, {Right::Observe}));
        QVERIFY(!s.may({"", Path::Person}, {Right::Observe}));
    }

    void withoutRightsWrittenPeopleDoAsBefore()
    {
        Scene s({});
        QVERIFY(s.may(kBen, {Right::Administer}) && s.may({"someone", Path::Person}, {Right::Administer}));
        QVERIFY(s.may({"ben", Path::Chat}, kCart));
        QVERIFY(!s.may({"door", Path::PagerDuty}, kCart));
        QCOMPARE(s.ask(kBen, kCart).by, std::string("no rights are written"));
    }

    void theOwnersSeatAdministersAndNobodyElseUnderThatName()
    {
        Scene s({right("admins", Right::Administer, {"ana"})});
        QCOMPARE(s.ask(kRoot, {Right::Administer}).by, std::string("the owner of this home"));
        QVERIFY(!s.may({"root", Path::Chat}, {Right::Respond}));
        QVERIFY(!s.may({"root", Path::Link}, {Right::Respond}));
        QVERIFY(!s.may({"Root", Path::Person}, {Right::Respond}));
    }

    void aScopeCoversItsServicesAndIncidentsAlone()
    {
        Scene s({right("cart", Right::Command, {"ben"}, {"cart"}), right("two", Right::Command, {"ana"}, {}, {"INC-2"})});
        QVERIFY(s.may(kBen, kCart) && s.may(kBen, {Right::Command, {{"cart", {}}}}));
        QVERIFY(!s.may(kBen, {Right::Command, {{"mail", "INC-2"}}}));
        QVERIFY(!s.may(kBen, {Right::Command, {{"", "INC-9"}}}));
        QVERIFY(!s.may(kBen, {Right::Command}));                    // the whole console
        QVERIFY(!s.may(kBen, {Right::Command, {Subject{}}}));       // something of no service
        QVERIFY(s.may(kBen, {Right::Command, {}, true}));           // nothing in particular
        QVERIFY(!s.may(kBen, {Right::Command, {{"cart", "INC-1"}, {"mail", "INC-2"}}})); // each has to be covered
        QVERIFY(s.may(kAna, {Right::Command, {{"mail", "INC-2"}}}) && !s.may(kAna, kCart) && !s.may(kAna, {Right::Command, {{"mail", {}}}}));
    }

    void anAliasIsItsService()
    {
        Scene s({right("web", Right::Command, {"ben"}, {"web"})});
        QVERIFY(s.may(kBen, {Right::Command, {{"frontend", {}}}}));
    }

    void aTeamsRightIsItsMembers()
    {
        RightRule r{"db", Right::Command, {}, {"db"}, false, {"db"}, {}};
        Scene s({r});
        QVERIFY(s.may({"cid", Path::Chat}, {Right::Command, {{"db", {}}}}));
        QVERIFY(!s.may(kBen, {Right::Command, {{"db", {}}}}));
    }

    void everybodyIsWhomTheWorkspaceHas()
    {
        RightRule r{"all", Right::Respond, {}, {}, true, {}, {}};
        Scene s({r});
        QVERIFY(s.may(kBen, {Right::Respond, {{"cart", {}}}}));
        QVERIFY(!s.may({"stranger", Path::Person}, {Right::Respond, {{"cart", {}}}}));
    }

    void twoRightsTogetherCoverWhatNeitherDoesAlone()
    {
        Scene s({right("cart", Right::Command, {"ben"}, {"cart"}), right("mail", Right::Command, {"ben"}, {"mail"})});
        QVERIFY(s.may(kBen, {Right::Command, {{"cart", "INC-1"}, {"mail", "INC-2"}}}));
    }

    void aSourceMayOnlyWhatIsMarkedForSources()
    {
        Scene s({right("admins", Right::Administer, {"ana", "door"})});
        for (const Path via : {Path::Own, Path::Poll, Path::Webhook, Path::Push, Path::CloudEvent, Path::PagerDuty}) {
            QVERIFY(!s.may({"door", via}, {Right::Observe}));
            QVERIFY(!s.may({"ana", via}, {Right::Administer}));
            QVERIFY(s.may({"door", via}, {Right::Respond, {}, false, false, true}));
        }
    }

    void whatIsTheirsToDoNeedsNoRight()
    {
        Scene s({right("admins", Right::Administer, {"ana"})});
        QVERIFY(s.may({"ben", Path::Link}, {Right::Respond, {{"cart", {}}}, false, true}));
        QVERIFY(!s.may({"stranger", Path::Link}, {Right::Respond, {{"cart", {}}}, false, true}));
    }

    void aRefusalNamesTheRoleWhatThereIsAndWhoCouldGiveIt()
    {
        Scene s({right("admins", Right::Administer, {"ana"}), right("cart-hands", Right::Respond, {"ben"}, {"cart"})});
        QCOMPARE(s.ask(kBen, kCart).why,
                 std::string("Ben may not do incident.take for cart (INC-1): the role command is missing; there is respond for cart (right cart-hands). It is given as [[right]] in the "
                             "workspace by Ana, the owner of this home (root); in an emergency: quarterdeckctl break-glass --role command --reason …"));
        QVERIFY(s.ask({"eve", Path::Person}, kCart).why.find("there is no person eve in the workspace") != std::string::npos);
    }

    void aRightTakenForATimeEndsWithIt()
    {
        Scene s({right("admins", Right::Administer, {"ana"})});
        GlassBroken g;
        g.number = 1;
        g.person = "ben";
        g.right = Right::Command;
        g.services = {"cart"};
        g.until = s.log.now() + minutes(30);
        s.log.record(Event(g));
        QCOMPARE(s.ask(kBen, kCart).by, std::string("glass/1"));
        QVERIFY(!s.may(kBen, {Right::Command, {{"mail", {}}}}) && !s.may({"cid", Path::Person}, kCart));
        QVERIFY(!rule(s.log.state, kBen, kCart, "x", g.until).allowed);
        s.log.record(GlassEnded{1, "", kAna});
        QVERIFY(!s.may(kBen, kCart));
    }

    void twoOthersAreToldAdministratorsFirst()
    {
        Scene s({right("admins", Right::Administer, {"dan"}), right("cart", Right::Command, {"cid"}, {"cart"})});
        QCOMPARE(twoOthers(s.log.state, "ben", {{"cart", {}}}), (std::vector<std::string>{"dan", "cid"}));
        QCOMPARE(twoOthers(s.log.state, "ben", {{"mail", {}}}), (std::vector<std::string>{"dan", "ana"}));
        QCOMPARE(twoOthers(s.log.state, "dan", {{"cart", {}}}), (std::vector<std::string>{"cid", "ana"}));
    }

    void anIncidentOnRestrictedBusinessIsRestricted()
    {
        Scene s({});
        Workspace w = aWorkspace();
        w.business = {{"payroll", "Payroll"}, {"shop", "Shop"}};
        w.business[0].data = DataClass::Restricted;
        w.services[1].carries = {"payroll"};
        w.services[3].carries = {"shop"};
        QVERIFY(isRestricted(w, *s.log.state.incident("INC-1")));
        QVERIFY(!isRestricted(w, *s.log.state.incident("INC-2")));
    }
};

QD_TEST(TestPolicy)
#include "tst_policy.moc"
