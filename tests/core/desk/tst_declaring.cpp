// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What a declaration says of an incident, and what is corrected of it later: severity by three answers, triage, kind, the beginning of the
/// impact, roles of the team's own.
namespace {

struct Declaring : QuietBench {
    Result<Outcome> declare(const std::function<void(desk::DeclareIncident &)> &with = {})
    {
        desk::DeclareIncident d;
        d.title = "Checkout fails";
        d.service = "db";
        d.room = false;
        if (with)
            with(d);
        return command(d);
    }
    state::Incident incident(const std::string &id = "INC-1")
    {
        return ask([&](const state::State &s) { return s.incident(id) ? *s.incident(id) : state::Incident{}; });
    }
};

} // namespace

class TestDeclaring : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threeAnswersSuggestTheSeverityAndTheReckoningIsRecorded()
    {
        Declaring b;
        const auto done = b.declare([](auto &d) { d.hurt = "yes", d.howMany = "few", d.workaround = "yes"; });
        VERIFY_RESULT(done);
        const auto i = b.incident();
        QVERIFY(!i.reckoned.matrix.empty());
        QCOMPARE(word(i.severity), word(i.reckoned.suggested));
        QVERIFY(i.severity > IncidentSeverity::Sev1);
        QVERIFY2(done->notes.size() == 1 && done->notes[0].starts_with("Suggested: " + i.reckoned.arithmetic), done->notes.empty() ? "no note" : done->notes[0].c_str());
        QVERIFY(i.timeline.front().text.find(i.reckoned.arithmetic) != std::string::npos);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whoDecidesOtherwiseIsHeardAndBothAreRecorded()
    {
        Declaring b;
        const auto done = b.declare([](auto &d) { d.severity = "SEV1", d.hurt = "no", d.howMany = "few", d.workaround = "yes"; });
        VERIFY_RESULT(done);
        QCOMPARE(b.incident().severity, IncidentSeverity::Sev1);
        QVERIFY(b.incident().reckoned.suggested != IncidentSeverity::Sev1);
        QVERIFY(done->notes[0].ends_with("; SEV1 was decided."));
        QVERIFY(!b.declare([](auto &d) { d.hurt = "yes"; })); // all three or none
        QVERIFY(!b.declare([](auto &d) { d.hurt = "perhaps", d.howMany = "few", d.workaround = "no"; }));
    }

    /// Technical severity is never used as SEV: a critical alert declares no SEV1.
    void aCriticalAlertIsNoSev1()
    {
        Declaring b;
        const std::string key = b.fires({{"alertname", "Down"}, {"service", "db"}, {"severity", "critical"}});
        VERIFY_RESULT(b.declare([&](auto &d) { d.alerts = {key}; }));
        QCOMPARE(b.incident().severity, IncidentSeverity::Sev3); // nobody said, nobody answered
        QVERIFY(b.incident().reckoned.matrix.empty());
    }

    void whatFiresAgainIsOfferedAndBecomesANewIncidentThatIsLinked()
    {
        Declaring b;
        const Labels down{{"alertname", "Down"}, {"service", "db"}};
        const std::string key = b.fires(down);
        VERIFY_RESULT(b.declare([&](auto &d) { d.severity = "SEV2", d.alerts = {key}; }));
        VERIFY_FAILS(b.command(desk::DeclareAgain{"INC-1"}), Code::Conflict); // it goes on
        b.resolves(down);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "restarted"}));
        b.clock.advance(minutes(5));
        b.fires(down);
        const std::string offer = b.incident().timeline.back().text;
        QVERIFY2(offer.find("quarterdeckctl reopen INC-1") != std::string::npos && offer.find("!again, quarterdeckctl again INC-1") != std::string::npos, offer.c_str());
        const auto done = b.command(desk::DeclareAgain{"INC-1", {}, {}, {}, {}, false});
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("INC-2"));
        QCOMPARE(done->notes.front(), std::string("Linked to INC-1, which stays as it is; 1 alert taken in."));
        const auto fresh = b.incident("INC-2"), before = b.incident();
        QCOMPARE(fresh.follows, std::string("INC-1"));
        QCOMPARE(fresh.title, before.title);
        QCOMPARE(fresh.severity, IncidentSeverity::Sev2);
        QCOMPARE(fresh.service, std::string("db"));
        QCOMPARE(fresh.alerts, std::vector<std::string>{key});
        QCOMPARE(before.status, IncidentStatus::Resolved);
        QVERIFY(before.closing.refired.empty());
        QVERIFY(before.timeline.back().text.starts_with("goes on as INC-2"));
        VERIFY_RESULT(b.wake());
        QVERIFY(b.incident().closing.refired.empty()); // what is seen to is not offered again
        VERIFY_FAILS(b.command(desk::DeclareAgain{"INC-9"}), Code::NotFound);
        QCOMPARE(b.dumped(), b.committed());
    }

    void anotherTitleAndSeverityMayBeGivenAndADrillIsFollowedByADrill()
    {
        Declaring b;
        VERIFY_RESULT(b.declare([&](auto &d) { d.kind = "drill"; }));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        VERIFY_RESULT(b.command(desk::DeclareAgain{"INC-1", "Once more", "SEV1", "cart", {}, false}));
        const auto fresh = b.incident("INC-2");
        QCOMPARE(fresh.title, std::string("Once more"));
        QCOMPARE(fresh.severity, IncidentSeverity::Sev1);
        QCOMPARE(fresh.service, std::string("cart"));
        QCOMPARE(fresh.kind, std::string("drill"));
    }

    void triageIsAStateOfItsOwnUntilSomebodyKnows()
    {
        Declaring b;
        VERIFY_RESULT(b.declare([](auto &d) { d.triage = true; }));
        QCOMPARE(b.incident().status, IncidentStatus::Triage);
        QVERIFY(b.incident().isOpen());
        QVERIFY(b.incident().timeline.front().text.find("declared, in triage") != std::string::npos);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "it is one"}));
        QCOMPARE(b.incident().status, IncidentStatus::Active);
        QVERIFY(!b.command(desk::ChangeStatus{"INC-1", "triage", {}})); // one does not know less again
        VERIFY_RESULT(b.declare([](auto &d) { d.triage = true; }));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-2", "cancelled", "it was none"}));
        QCOMPARE(b.dumped(), b.committed());
    }

    void theKindsThereAre()
    {
        Declaring b;
        for (const char *kind : {"real", "drill", "example", "maintenance"})
            VERIFY_RESULT(b.declare([&](auto &d) { d.kind = kind; }));
        QVERIFY(!b.incident("INC-1").isDrill() && b.incident("INC-2").isDrill() && b.incident("INC-3").isDrill() && !b.incident("INC-4").isDrill());
        QVERIFY(!b.declare([](auto &d) { d.kind = "party"; }));
    }

    void theBeginningOfTheImpactIsCorrectedAndTheTimelineSaysWhatItWas()
    {
        Declaring b;
        VERIFY_RESULT(b.declare());
        const Instant was = b.incident().impactSince;
        const std::string earlier = toRfc3339(was - minutes(20));
        VERIFY_RESULT(b.command(desk::CorrectImpact{"INC-1", earlier, "by the access log"}));
        QCOMPARE(toRfc3339(b.incident().impactSince), earlier);
        QVERIFY(b.incident().timeline.back().text.find("not at " + toRfc3339(was) + ": by the access log") != std::string::npos);
        QVERIFY(!b.command(desk::CorrectImpact{"INC-1", earlier, {}}));                                          // it is that already
        QVERIFY(!b.command(desk::CorrectImpact{"INC-1", toRfc3339(b.clock.now() + hours(1)), {}}));
        QVERIFY(!b.command(desk::CorrectImpact{"INC-1", "yesterday", {}}));
        b.pass(minutes(1));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        b.pass(minutes(1));
        QVERIFY(!b.command(desk::CorrectImpact{"INC-1", toRfc3339(b.clock.now()), {}})); // after it was mitigated
        QCOMPARE(b.dumped(), b.committed());
    }

    void aRoleOfOnesOwnIsGivenHandedOverAndLaidDownWithItsTimes()
    {
        Declaring b;
        VERIFY_RESULT(b.declare());
        const auto give = [&](const std::string &person) { return b.command(desk::AssignRole{"INC-1", {}, person, "Vendor liaison"}); };
        VERIFY_RESULT(give("ana"));
        const Instant assumed = b.incident().ownRoles[0].held.since;
        b.pass(minutes(3));
        VERIFY_RESULT(give("ben"));
        QVERIFY(!give("ben"));
        QCOMPARE(b.incident().ownRoles.size(), std::size_t{1});
        QCOMPARE(b.incident().ownRoles[0].held.person, std::string("ben"));
        b.pass(minutes(2));
        VERIFY_RESULT(give({}));
        QVERIFY(b.incident().ownRoles.empty());
        QVERIFY(!give({}));
        const auto past = b.incident().handedOver;
        QCOMPARE(past.size(), std::size_t{2});
        QVERIFY(past[0].role == "Vendor liaison" && past[0].person == "ana" && past[0].since == assumed && past[0].until - past[0].since == minutes(3));
        QCOMPARE(past[1].person, std::string("ben"));
        for (const char *wrong : {"commander", "Scribe", "two\nlines", "a name that is much longer than a role has any use for"})
            QVERIFY2(!b.command(desk::AssignRole{"INC-1", {}, "ana", wrong}), wrong);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aRoleOfTheFixedOnesKeepsWhoHadItAndGetIncidentsSaysSo()
    {
        Declaring b;
        VERIFY_RESULT(b.declare());
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "scribe", "ana", {}}));
        b.pass(minutes(5));
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "scribe", "ben", {}}));
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", {}, "ana", "Vendor liaison"}));
        const std::string json = b.ask([](const state::State &s) { return control::getJson(s, "incidents").value_or(std::string()); });
        QVERIFY2(json.find("\"handedOver\":[{\"role\":\"Scribe\",\"person\":\"ana\",\"assumedAt\":\"") != std::string::npos, json.c_str());
        QVERIFY(json.find("\"Vendor liaison\":{\"person\":\"ana\"") != std::string::npos);
        b.restart(); // from a snapshot or from the records alike
        QCOMPARE(b.incident().handedOver.size(), std::size_t{1});
        QCOMPARE(b.incident().ownRoles.size(), std::size_t{1});
    }
};

QD_TEST(TestDeclaring)
#include "tst_declaring.moc"
