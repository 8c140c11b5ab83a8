// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/sla.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

/// INC-1 of db, SEV1; SEV1 is answered within 8 minutes and resolved within 4 hours.
struct Agreed {
    Log log;
    Agreed()
    {
        Workspace w = aWorkspace();
        w.slas = {{"sev1", IncidentSeverity::Sev1, {}, minutes(8), hours(4)}, {"mail", IncidentSeverity::Sev1, "mail", {}, hours(1)}};
        log.record(withWorkspace(std::move(w)));
        log.record(anIncident().service("db").severity(IncidentSeverity::Sev1).event());
    }
    [[nodiscard]] const state::Incident &incident() const { return *log.state.incident("INC-1"); }
    /// "respond at risk, resolve on track" at some time after it was declared.
    [[nodiscard]] std::string told(Span after) const
    {
        std::string out;
        for (const command::SlaClock &c : command::slaClocks(log.state, incident(), incident().declaredAt + after))
            out += (out.empty() ? "" : ", ") + std::string(word(c.part)) + " " + std::string(word(c.state));
        return out;
    }
    /// What is due then, recorded.
    Events due(Span after)
    {
        const Instant at = incident().declaredAt + after;
        Events out = command::slaDue(log.state, at);
        if (!out.empty())
            log.record(out, at - log.now());
        return out;
    }
};

} // namespace

/// An incident's SLA clocks are on track, at risk, breached or met.
class TestSla : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClockIsAtRiskFromThreeQuartersAndBreachedAfterItsTime()
    {
        const Agreed a;
        QCOMPARE(a.told(Span{}), std::string("respond on track, resolve on track"));
        QCOMPARE(a.told(minutes(6) - nanos(1)), std::string("respond on track, resolve on track"));
        QCOMPARE(a.told(minutes(6)), std::string("respond at risk, resolve on track"));
        QCOMPARE(a.told(minutes(8)), std::string("respond at risk, resolve on track"));
        QCOMPARE(a.told(minutes(8) + nanos(1)), std::string("respond breached, resolve on track"));
        QCOMPARE(a.told(hours(3)), std::string("respond breached, resolve at risk"));
        QCOMPARE(a.told(hours(4) + nanos(1)), std::string("respond breached, resolve breached"));
    }

    void whoeverCommandsOrAnswersEndsTheFirstClockAndTheResolutionTheSecond()
    {
        Agreed a;
        a.log.record(LogWritten{"INC-1", "nobody is here yet", kAna}); // a line is no answer
        QCOMPARE(a.told(minutes(7)), std::string("respond at risk, resolve on track"));
        a.log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(7));
        QCOMPARE(a.told(hours(1)), std::string("respond met, resolve on track"));
        StatusChanged over;
        over.incident = "INC-1";
        over.status = IncidentStatus::Resolved;
        over.by = kAna;
        a.log.record(over, hours(5));
        QCOMPARE(a.told(hours(9)), std::string("respond met, resolve breached")); // done, and too late
    }

    void everyTurnIsConcludedOnceWhenItsTimeHasCome()
    {
        Agreed a;
        QVERIFY(a.due(Span{}).empty());
        QCOMPARE(command::nextSla(a.log.state, a.log.now()), a.incident().declaredAt + minutes(6));
        Events turned = a.due(minutes(6));
        QCOMPARE(turned.size(), std::size_t{1});
        QVERIFY(get<SlaTurned>(turned[0]).state == SlaState::AtRisk);
        QVERIFY(a.due(minutes(6)).empty());
        QCOMPARE(command::nextSla(a.log.state, a.log.now()), a.incident().declaredAt + minutes(8) + nanos(1));
        turned = a.due(minutes(8) + nanos(1));
        QVERIFY(get<SlaTurned>(turned.at(0)).state == SlaState::Breached && !get<SlaTurned>(turned[0]).doneAt);
        QCOMPARE(command::nextSla(a.log.state, a.log.now()), a.incident().declaredAt + hours(3));
        a.log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        turned = a.due(minutes(10));
        QCOMPARE(turned.size(), std::size_t{1});
        QVERIFY(get<SlaTurned>(turned[0]).state == SlaState::Breached && get<SlaTurned>(turned[0]).doneAt); // the alarm ends, the breach stays
        QVERIFY(a.due(minutes(11)).empty());
    }

    void aServicesOwnAgreementGoesBeforeThatOfTheSeverity()
    {
        Agreed a;
        a.log.record(anIncident("INC-2").service("mail").severity(IncidentSeverity::Sev1).event());
        a.log.record(anIncident("INC-3").service("db").severity(IncidentSeverity::Sev2).event());
        const auto clocks = command::slaClocks(a.log.state, *a.log.state.incident("INC-2"), a.log.now());
        QCOMPARE(clocks.size(), std::size_t{1});
        QVERIFY(clocks[0].part == SlaPart::Resolve);
        QCOMPARE(clocks[0].rule->id, std::string("mail"));
        QVERIFY(command::slaClocks(a.log.state, *a.log.state.incident("INC-3"), a.log.now()).empty()); // nothing is agreed for a SEV2
    }

    void anotherRoleOrALineIsNoAnswer()
    {
        Agreed a;
        a.log.record(RoleAssumed{"INC-1", Role::Scribe, "ben", kAna}, minutes(1));
        QCOMPARE(a.told(minutes(7)), std::string("respond at risk, resolve on track"));
    }

    void whoeverCommandsLaterTheFirstAnswerStays()
    {
        Agreed a;
        a.log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(1));
        QCOMPARE(a.due(minutes(2)).size(), std::size_t{1});
        for (int n = 0; n < 200; ++n)
            a.log.record(RoleAssumed{"INC-1", Role::Commander, n % 2 == 0 ? "ben" : "ana", kAna}, minutes(1));
        QCOMPARE(a.told(hours(3) - minutes(1)), std::string("respond met, resolve on track"));
    }

    /// It takes as long as it was planned to.
    void plannedWorkHasNoClocks()
    {
        Agreed a;
        IncidentDeclared planned = anIncident("INC-2").service("db").severity(IncidentSeverity::Sev1).event();
        planned.kind = "maintenance";
        a.log.record(planned);
        a.log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        QCOMPARE(a.due(minutes(1)).size(), std::size_t{1}); // of INC-1, which was answered
        const state::Incident &work = *a.log.state.incident("INC-2");
        QVERIFY(command::slaClocks(a.log.state, work, work.declaredAt + hours(9)).empty());
        for (const Event &e : command::slaDue(a.log.state, work.declaredAt + hours(9)))
            QCOMPARE(get<SlaTurned>(e).incident, std::string("INC-1"));
    }

    void aCancelledIncidentBreachesNothing()
    {
        Agreed a;
        QCOMPARE(a.due(minutes(7)).size(), std::size_t{1}); // at risk, and an alarm
        StatusChanged off;
        off.incident = "INC-1";
        off.status = IncidentStatus::Cancelled;
        off.by = kAna;
        a.log.record(off);
        QCOMPARE(a.told(hours(9)), std::string());
        const Events turned = a.due(minutes(9));
        QCOMPARE(turned.size(), std::size_t{1});
        QVERIFY(get<SlaTurned>(turned[0]).rule.empty()); // the alarm ends
        QVERIFY(a.due(hours(9)).empty());
    }

    void aRuleWrittenTodaySaysNothingOfWhatWasOverLongAgo()
    {
        Log log;
        log.record(withWorkspace());
        for (int n = 1; n <= 600; ++n) {
            const std::string id = "INC-" + std::to_string(n);
            log.record(anIncident(id).service("db").severity(IncidentSeverity::Sev1).event());
            if (n > 300)
                continue;
            StatusChanged over;
            over.incident = id;
            over.status = IncidentStatus::Resolved;
            over.by = kAna;
            log.record(over);
        }
        Workspace w = aWorkspace();
        w.slas = {{"sev1", IncidentSeverity::Sev1, {}, {}, minutes(1)}};
        log.record(withWorkspace(std::move(w)), hours(1));
        std::size_t turned = 0, rounds = 0;
        while (command::nextSla(log.state, log.now()) == log.now() && rounds < 10) {
            const Events due = command::slaDue(log.state, log.now());
            QVERIFY(!due.empty() && due.size() <= command::kTurnsAtOnce); // a record of ours is never too large
            turned += due.size();
            ++rounds;
            log.record(due, Span{});
        }
        QCOMPARE(turned, std::size_t{300}); // those that are open
        QCOMPARE(rounds, std::size_t{2});
    }

    void whatIsNoLongerAgreedIsTakenBack()
    {
        Agreed a;
        QCOMPARE(a.due(minutes(7)).size(), std::size_t{1});
        SeverityChanged lower;
        lower.incident = "INC-1";
        lower.severity = IncidentSeverity::Sev3;
        lower.by = kAna;
        a.log.record(lower);
        QCOMPARE(command::nextSla(a.log.state, a.log.now()), a.log.state.time);
        const Events turned = a.due(minutes(8));
        QCOMPARE(turned.size(), std::size_t{1});
        QVERIFY(get<SlaTurned>(turned[0]).rule.empty() && get<SlaTurned>(turned[0]).state == SlaState::OnTrack);
        QVERIFY(a.due(minutes(9)).empty());
        QCOMPARE(command::nextSla(a.log.state, a.log.now()), Instant{});
    }
};

QD_TEST(TestSla)
#include "tst_sla.moc"
