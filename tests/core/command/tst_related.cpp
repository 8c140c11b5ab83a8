// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/related.h"

#include "core/command/brief.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

const Labels kDbDown{{"alertname", "Down"}, {"service", "db"}}, kDbSlow{{"alertname", "Slow"}, {"service", "db"}}, kMailDown{{"alertname", "Down"}, {"service", "mail"}};

/// web → cart → db, web → mail (async); incidents are declared one after another.
struct RelatedScene {
    Log log;
    std::uint32_t last = 0;
    RelatedScene() { log.record(withWorkspace()); log.record(withConnection("am")); }

    std::string fires(const Labels &labels)
    {
        const ReportBatch batch = aBatch("am", log.now()).alert(labels).build();
        log.record(decided(batch));
        return keyOf(batch);
    }
    std::string declare(const std::string &service, const std::vector<std::string> &keys = {}, const std::string &kind = "real")
    {
        const std::string id = "INC-" + std::to_string(++last);
        IncidentDeclared e = anIncident(id).service(service).event();
        e.alerts = keys;
        e.kind = kind;
        log.record(Event(e));
        return id;
    }
    void becomes(const std::string &id, IncidentStatus status) { log.record(Event(StatusChanged{id, "", status, kAna})); }
    std::vector<command::Related> of(const std::string &id) { return command::related(log.state, command::subjectOf(log.state, *log.state.incident(id)), log.now()); }
    static std::vector<std::string> ids(const std::vector<command::Related> &found)
    {
        std::vector<std::string> out;
        for (const auto &r : found)
            out.push_back(r.incident);
        return out;
    }
};

} // namespace

class TestRelated final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void offersTheSameServiceItsNeighboursAndAlertsOfTheSameNameWithTheReason()
    {
        RelatedScene s;
        const std::string key = s.fires(kDbDown);
        s.declare("db", {key});            // INC-1
        s.declare("cart");                 // INC-2: needs db
        s.declare("web");                  // INC-3: two edges away
        s.declare("mail", {s.fires(kMailDown)}); // INC-4: the same alertname only
        s.declare("db", {s.fires(kDbSlow)}); // INC-5
        const auto found = s.of("INC-5");
        QCOMPARE(RelatedScene::ids(found), (std::vector<std::string>{"INC-1", "INC-2"}));
        QCOMPARE(found[0].why, std::vector<std::string>{"the same service, " + s.log.state.workspace->nameOf("db")});
        QCOMPARE(found[1].why, std::vector<std::string>{s.log.state.workspace->nameOf("cart") + " needs " + s.log.state.workspace->nameOf("db")});
        const auto ofFirst = s.of("INC-1");
        QCOMPARE(RelatedScene::ids(ofFirst), (std::vector<std::string>{"INC-5", "INC-2", "INC-4"}));
        QCOMPARE(ofFirst[2].why, std::vector<std::string>{"alerts of the same name: Down"});
    }

    void theSameAlertsCountMostAndWhatIsOpenComesFirst()
    {
        RelatedScene s;
        const std::string key = s.fires(kDbDown);
        s.declare("db", {key});
        s.becomes("INC-1", IncidentStatus::Resolved);
        s.declare("db");
        s.becomes("INC-2", IncidentStatus::Resolved);
        s.declare("cart");
        s.declare("db", {key});
        const auto found = s.of("INC-4");
        QCOMPARE(RelatedScene::ids(found), (std::vector<std::string>{"INC-3", "INC-1", "INC-2"}));
        QVERIFY(found[0].isOpen && !found[1].isOpen);
        QCOMPARE(found[1].why.front(), std::string("1 alert is the same"));
        QVERIFY2(command::inWords(s.log.state, found[1]).starts_with("INC-1 (resolved, "), command::inWords(s.log.state, found[1]).c_str());
    }

    void namesOutliveTheAlerts()
    {
        RelatedScene s;
        s.declare("mail", {s.fires(kMailDown)});
        s.becomes("INC-1", IncidentStatus::Resolved);
        s.log.state.alerts = {}; // let go of long ago
        s.declare("db", {s.fires(kDbDown)});
        QCOMPARE(RelatedScene::ids(s.of("INC-2")), std::vector<std::string>{"INC-1"});
    }

    void whatIsNoRelativeIsNotOffered()
    {
        RelatedScene s;
        s.declare("db", {}, "drill");
        s.declare("db");
        s.becomes("INC-2", IncidentStatus::Cancelled);
        s.declare("db");
        s.log.record(Event(IncidentMerged{"INC-3", "INC-4", "the same", kAna}));
        s.declare("db");
        s.becomes("INC-4", IncidentStatus::Resolved);
        s.log.record(Event(ClockWoke{}), command::kRelatedPast + seconds(10)); // over for too long
        s.declare("db");
        QVERIFY(s.of("INC-5").empty());
        s.declare("db", {}, "drill");
        QCOMPARE(RelatedScene::ids(s.of("INC-6")), std::vector<std::string>{"INC-1"});
    }

    void whatFollowsAnotherIsItsFirstRelative()
    {
        RelatedScene s;
        s.declare("db");   // INC-1
        s.declare("mail"); // INC-2
        s.becomes("INC-2", IncidentStatus::Resolved);
        IncidentDeclared e = anIncident("INC-3").service("cart").event();
        e.follows = "INC-2";
        s.log.record(Event(e));
        QCOMPARE(s.of("INC-3").at(1).why.front(), std::string("INC-3 follows it")); // behind what is open
        QCOMPARE(s.of("INC-2").at(0).incident, std::string("INC-3"));
        QCOMPARE(s.of("INC-2").at(0).why.front(), std::string("it follows INC-2"));
        QVERIFY(s.log.state.incident("INC-2")->timeline.back().text.starts_with("goes on as INC-3"));
    }

    void aGroupOfAlertsHasRelativesToo()
    {
        RelatedScene s;
        s.declare("db");
        const auto subject = command::subjectOf(s.log.state, std::vector<std::string>{s.fires(kDbSlow)});
        QCOMPARE(RelatedScene::ids(command::related(s.log.state, subject, s.log.now())), std::vector<std::string>{"INC-1"});
        QVERIFY(command::related(s.log.state, command::subjectOf(s.log.state, std::vector<std::string>{}), s.log.now()).empty());
    }

    void theBestAreShownAndTheSameEachTime()
    {
        RelatedScene s;
        for (std::size_t n = 0; n < command::kRelatedShown + 2; ++n)
            s.declare("db");
        s.declare("db");
        const auto found = s.of("INC-11");
        QCOMPARE(found.size(), command::kRelatedShown);
        QCOMPARE(found.front().incident, std::string("INC-10")); // the newest of equals
        QCOMPARE(RelatedScene::ids(s.of("INC-11")), RelatedScene::ids(found));
    }

    void onlyTheNewestAreLookedAt()
    {
        RelatedScene s;
        s.declare("db");
        for (std::size_t n = 1; n < command::kRelatedLooked; ++n)
            s.declare("mail");
        QCOMPARE(RelatedScene::ids(command::related(s.log.state, command::Subject{{}, "db", {}, {}, false}, s.log.now())), std::vector<std::string>{"INC-1"});
        s.declare("mail");
        QVERIFY(command::related(s.log.state, command::Subject{{}, "db", {}, {}, false}, s.log.now()).empty());
    }

    void whoTakesOverReadsOfThem()
    {
        RelatedScene s;
        s.declare("db");
        s.declare("db");
        const auto lines = command::brief(s.log.state, *s.log.state.incident("INC-2"), s.log.now()).situation;
        QVERIFY(says(lines, "may be about the same: INC-1 ("));
    }
};

QD_TEST(TestRelated)
#include "tst_related.moc"
