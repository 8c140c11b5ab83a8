// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/oncall.h"
#include "core/control/why.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Alerts of a service with paging "own" call people by themselves.
namespace {

Workspace owned()
{
    Workspace w = aWorkspace();
    w.services[1].paging = w.services[2].paging = Paging::Own; // cart, db
    return w;
}

struct Bell : QuietBench {
    explicit Bell(Workspace w = owned()) : QuietBench(std::move(w))
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
    }
    std::vector<state::Escalation> calls()
    {
        return ask([](const state::State &s) { return s.escalations; });
    }
    /// "ben: You are called: …", by direct message.
    std::vector<std::string> pages()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Page)
                    out.push_back(o.what.person + ": " + o.what.text.substr(0, o.what.text.find('.')));
            return out;
        });
    }
    std::string down(const std::string &instance = "1", const std::string &severity = "critical", const std::string &service = "db")
    {
        return fires({{"alertname", "Down"}, {"service", service}, {"instance", instance}, {"severity", severity}});
    }
    void up(const std::string &instance = "1", const std::string &severity = "critical", const std::string &service = "db")
    {
        resolves({{"alertname", "Down"}, {"service", service}, {"instance", instance}, {"severity", severity}});
    }
    /// How many alarms of ours about this rule fire.
    int alarms(const std::string &rule)
    {
        return ask([&](const state::State &s) {
            return static_cast<int>(std::count_if(s.alerts.all.begin(), s.alerts.all.end(), [&](const auto &a) {
                return a.status == AlertStatus::Firing && s.label(a, "alertname") == "RuleFailed" && s.label(a, "rule") == rule && s.label(a, "severity") == "error";
            }));
        });
    }
    bool sees(const std::string &key, const std::string &text)
    {
        return ask([&](const state::State &s) { return control::whyJson(s, key).value_or(std::string()).find(text) != std::string::npos; });
    }
};

using Lines = std::vector<std::string>;

} // namespace

class TestAlertCalls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAlertOfAServiceWeOwnCallsAndClimbsUntilSomebodyAnswers()
    {
        Bell b;
        const std::string key = b.down();
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down"}));
        b.pass(minutes(5));
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down", "ben: You are called: Down"}));
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "ben"));
        QCOMPARE(b.calls().front().outcome, std::string("acknowledged"));
        QCOMPARE(word(b.alert(key).workflow), std::string_view("acknowledged"));
        b.pass(hours(1));
        QCOMPARE(b.pages().size(), std::size_t{2});
        QVERIFY(b.sees(key, "escalation/1 started by policy shop for Down"));
    }

    void anAcknowledgedAlertStopsItsCall()
    {
        Bell b;
        QVERIFY(b.command(desk::Acknowledge{{b.down()}, "on it"}, "ben"));
        QCOMPARE(b.calls().front().outcome, std::string("acknowledged"));
        QCOMPARE(b.calls().front().acknowledgedBy, std::string("ben"));
    }

    void aGroupCallsOnceHoweverManyAlertsItHas()
    {
        Bell b;
        auto storm = aBatch("am", b.clock.now());
        for (int n = 0; n < 500; ++n)
            storm.alert({{"alertname", "Down"}, {"service", n % 2 ? "db" : "cart"}, {"instance", std::to_string(n)}, {"severity", "critical"}});
        QVERIFY(b.report(storm.build()));
        QCOMPARE(b.calls().size(), std::size_t{2}); // one for each service
        QCOMPARE(b.calls()[1].number, 2u);
        QCOMPARE(b.pages().size(), std::size_t{2});
        b.down("another");
        QCOMPARE(b.calls().size(), std::size_t{2});
    }

    void whatIsWorseThanWhatWasCalledForCallsAgain()
    {
        Bell b;
        QVERIFY(b.command(desk::Acknowledge{{b.down("1", "error")}, {}}, "ben"));
        b.down("2", "error");
        QCOMPARE(b.calls().size(), std::size_t{1});
        b.down("3", "critical");
        QCOMPARE(b.calls().size(), std::size_t{2});
    }

    void whatCallsNobodySaysWhy_data()
    {
        QTest::addColumn<QString>("severity");
        QTest::addColumn<QString>("service");
        QTest::addColumn<bool>("silenced");
        QTest::addColumn<QString>("says");
        QTest::newRow("a warning waits in the queue") << "warning" << "db" << false << "its severity is warning";
        QTest::newRow("silenced") << "critical" << "db" << true << "it is silenced by silence/1";
        QTest::newRow("beside a pager of record") << "critical" << "web" << false << "";
    }
    void whatCallsNobodySaysWhy()
    {
        QFETCH(QString, severity);
        QFETCH(QString, service);
        QFETCH(bool, silenced);
        QFETCH(QString, says);
        Bell b;
        if (silenced)
            QVERIFY(b.silence({is("alertname", "Down")}));
        const std::string key = b.down("1", severity.toStdString(), service.toStdString());
        QVERIFY(b.calls().empty());
        QCOMPARE(b.sees(key, "calls nobody by itself: " + says.toStdString()), !says.isEmpty());
    }

    void whatNobodyMappedIsNeverTheReasonThatNobodyComes()
    {
        Bell b;
        b.down("1", "blue");
        QCOMPARE(b.calls().size(), std::size_t{1});
    }

    void aSilenceThatRunsOutOnAFiringAlertCalls()
    {
        Bell b;
        QVERIFY(b.silence({is("alertname", "Down")}, "10m"));
        b.down();
        QVERIFY(b.calls().empty());
        b.pass(minutes(10) + seconds(1));
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down"}));
    }

    void whatIsSilencedWhileItCallsClimbsNoFurther()
    {
        Bell b;
        b.down();
        QVERIFY(b.silence({is("alertname", "Down")}));
        b.pass(minutes(5));
        QCOMPARE(b.pages().size(), std::size_t{1});
        QCOMPARE(b.calls().front().heldBy, std::string("quiet"));
        b.up();
        QCOMPARE(b.pages().back(), std::string("ana: Over: Down")); // a silence keeps no resolve from anybody
    }

    void aSilenceThatRunsOutLetsTheWalkGoOn()
    {
        Bell b;
        b.down();
        QVERIFY(b.silence({is("alertname", "Down")}, "20m"));
        b.pass(minutes(10));
        QCOMPARE(b.pages().size(), std::size_t{1});
        b.pass(minutes(10) + seconds(1));
        b.pass(seconds(1));
        QCOMPARE(b.pages().back(), std::string("ben: You are called: Down"));
    }

    /// alertmanager#226 and its like: if firing was sent, resolved is sent.
    void whoWasCalledIsToldThatItIsOver()
    {
        Bell b;
        b.down("1");
        b.down("2");
        b.up("1");
        QCOMPARE(b.pages().size(), std::size_t{1}); // goalert's and grafana's complaint: one green member is not the group
        b.up("2");
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down", "ana: Over: Down"}));
        QCOMPARE(b.calls().front().outcome, std::string("ended"));
        b.clock.advance(seconds(10));
        b.down("1");
        QCOMPARE(b.calls().size(), std::size_t{2}); // a new episode calls anew
    }

    void anAlertThatComesAndGoesDoesNotCallEachTime()
    {
        Bell b;
        const auto cycle = [&] {
            b.down();
            b.clock.advance(seconds(5));
            b.up();
            b.clock.advance(seconds(5));
        };
        for (int n = 0; n < 6; ++n)
            cycle();
        const std::size_t before = b.calls().size();
        for (int n = 0; n < 10; ++n)
            cycle();
        QCOMPARE(b.calls().size(), before);
        QVERIFY(before <= 3);
        QVERIFY(b.sees(b.down(), "it comes and goes"));
    }

    void anIncidentThatCallsPeopleItselfIsTheOnlyOneThatWalks()
    {
        Bell b;
        const std::string key = b.down();
        QVERIFY(b.command(desk::DeclareIncident{"Database", "SEV3", "db", "", "", {key}, false}));
        QCOMPARE(b.calls().front().heldBy, std::string("INC-1"));
        QCOMPARE(b.calls().back().incident, std::string("INC-1"));
        b.pass(minutes(5));
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down", "ana: You are called: Database", "ben: You are called: Database"}));
        b.pass(minutes(10)); // nobody answered the incident's calls: its alerts call on
        b.pass(seconds(1));
        QCOMPARE(b.calls().back().outcome, std::string("exhausted"));
        QCOMPARE(b.pages().back(), std::string("ben: You are called: Down"));
        QVERIFY(b.sees("INC-1", "escalation/1 started by policy shop"));
    }

    void memberAlertsStopWalkingOnceTheirIncidentIsCommanded()
    {
        Bell b;
        const std::string key = b.down();
        QVERIFY(b.command(desk::DeclareIncident{"Database", "SEV3", "web", "", "", {key}, false}));
        QCOMPARE(b.calls().front().heldBy, std::string()); // nobody commands it yet
        QVERIFY(b.command(desk::TakeCommand{"INC-1", {}}, "ben"));
        QCOMPARE(b.calls().front().heldBy, std::string("INC-1"));
        b.pass(minutes(30));
        QCOMPARE(b.calls().front().steps.size(), std::size_t{1});
        QVERIFY(b.sees(key, "its next step waits while INC-1 sees to it"));
    }

    void ownersOfAnAlertThatJoinsACommandedIncidentAreToldOnce()
    {
        Bell b;
        const std::string first = b.down("1", "critical", "cart");
        QVERIFY(b.command(desk::Acknowledge{{first}, {}}, "ben"));
        QVERIFY(b.command(desk::DeclareIncident{"Cart", "SEV3", "web", "", "", {first}, false}));
        QVERIFY(b.command(desk::TakeCommand{"INC-1", {}}, "ben"));
        const std::size_t before = b.pages().size();
        const std::string second = b.down();
        QVERIFY(b.command(desk::AttachAlerts{"INC-1", {second}}));
        b.pass(minutes(30));
        QCOMPARE(b.pages().size(), before + 1);
        QCOMPARE(b.calls().back().heldBy, std::string("INC-1"));
    }

    void theWalkGoesOnWhenTheIncidentIsOverOrTheAlertIsSplitOut_data()
    {
        QTest::addColumn<bool>("split");
        QTest::newRow("the incident is cancelled") << false;
        QTest::newRow("another alert fires outside it") << true;
    }
    void theWalkGoesOnWhenTheIncidentIsOverOrTheAlertIsSplitOut()
    {
        QFETCH(bool, split);
        Bell b;
        const std::string key = b.down();
        QVERIFY(b.command(desk::DeclareIncident{"Database", "SEV3", "web", "", "", {key}, false}));
        QVERIFY(b.command(desk::TakeCommand{"INC-1", {}}, "ben"));
        b.pass(minutes(30));
        QCOMPARE(b.pages().size(), std::size_t{1});
        if (split)
            b.down("2");
        else
            QVERIFY(b.command(desk::ChangeStatus{"INC-1", "cancelled", "a mistake"}));
        b.pass(seconds(1));
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down", "ben: You are called: Down"}));
        QCOMPARE(b.calls().front().heldBy, std::string());
    }

    void withoutAPolicyTheCatchAllCallsAndRaisesAnAlarm()
    {
        Workspace w = owned();
        w.policies.push_back({"other", "Other", {{{"ben"}, minutes(5)}}, 0});
        w.teams[0].policy.clear();
        Bell b(w);
        b.down();
        QCOMPARE(b.pages(), (Lines{"ana: You are called: Down", "ben: You are called: Down"})); // all of the team
        QVERIFY(b.ask([](const state::State &s) { return s.ruleFailures; }) > 0);
        QCOMPARE(b.alarms("escalation.step"), 1);
    }

    void aRuleThatFailsIsOneAlarmUntilAnotherWorkspaceIsInForce()
    {
        Workspace w = owned();
        w.owners.push_back({"broken", {{"team", "(", true, true}}, {}, "web", {}, {}});
        Bell b(w);
        QCOMPARE(b.alarms("ownership"), 0);
        b.down();
        QCOMPARE(b.pages().size(), std::size_t{1}); // the rule counts as not matching: nobody's page hangs on it
        QCOMPARE(b.alarms("ownership"), 1);
        const auto failures = b.ask([](const state::State &s) { return s.ruleFailures; });
        b.up();
        b.pass(minutes(60));
        b.down("2", "critical", "cart");
        QVERIFY(b.ask([](const state::State &s) { return s.ruleFailures; }) > failures); // again, and the alarm stands once
        QCOMPARE(b.alarms("ownership"), 1);
        events::WorkspaceChanged e;
        e.workspace = owned();
        e.digest = "mended";
        VERIFY_RESULT(b.report(events::Event(std::move(e))));
        QCOMPARE(b.alarms("ownership"), 0);
        QCOMPARE(b.dumped(), b.committed());
    }

    void anAlertHasNoSeverityOfAnIncidentAndWhoSaysWhatTheCallDoes()
    {
        Workspace w = owned();
        w.policies.push_back({"major", "Major", {{{"ana"}, minutes(5)}}, 0});
        w.owners.push_back({"big", {{"service", "db", false, true}}, {}, {}, "major", {IncidentSeverity::Sev2, IncidentSeverity::Sev3}});
        Bell b(w);
        const std::string key = b.down("1", "critical");
        const auto call = b.calls().front();
        QVERIFY(call.policy != "major");
        const std::string why = "ownership rule big: it asks for a severity, and what calls is no incident";
        const auto planned = [&](const std::string &severity) {
            return b.ask([&](const state::State &s) { return control::planJson(s, {{}, key, {}, {}, severity, {}}, s.time).value_or(std::string()); });
        };
        QVERIFY(planned({}).find("\"policy\":\"" + call.policy + "\"") != std::string::npos);
        QVERIFY(planned({}).find(why) != std::string::npos);
        QVERIFY(std::count(call.because.front().ruledOut.begin(), call.because.front().ruledOut.end(), why) == 1);
        QVERIFY(planned("SEV2").find("\"policy\":\"major\"") != std::string::npos); // an incident of that severity
    }

    void unarmedItIsShownAndNobodyIsCalled()
    {
        QuietBench b(owned());
        b.fires({{"alertname", "Down"}, {"service", "db"}, {"severity", "critical"}});
        const auto calls = b.ask([](const state::State &s) { return s.escalations; });
        QCOMPARE(calls.size(), std::size_t{1});
        QVERIFY(calls[0].observed);
        QVERIFY(b.ask([](const state::State &s) { return s.outbox.size(); }) == 0);
    }

    void theCallsOfAnAlertGoWithItsDay()
    {
        events::EscalationStarted e;
        e.escalation = 1;
        QCOMPARE(events::streamOf(e, kMorning), std::string("alerts/2026-11-23"));
        e.incident = "INC-1";
        QCOMPARE(events::streamOf(e, kMorning), std::string("incident/INC-1"));
        events::OutboxQueued page;
        page.effect = events::Effect::Page;
        QCOMPARE(events::streamOf(page, kMorning), std::string("alerts/2026-11-23"));
        page.effect = events::Effect::Silence;
        QCOMPARE(events::streamOf(page, kMorning), std::string("org"));
        // So do the addresses of who was mailed what a status page says; of an incident, with it.
        page.effect = events::Effect::Post;
        page.room = "reader@example.org";
        QCOMPARE(events::streamOf(page, kMorning), std::string("alerts/2026-11-23"));
        page.incident = "INC-1";
        QCOMPARE(events::streamOf(page, kMorning), std::string("incident/INC-1"));
    }

    void aRestartChangesNothing()
    {
        Bell b;
        b.down();
        const std::string before = b.dumped();
        QCOMPARE(b.committed(), before);
        b.restart();
        b.pass(minutes(5));
        QCOMPARE(b.pages().size(), std::size_t{2});
    }
};

QD_TEST(TestAlertCalls)
#include "tst_alertcalls.moc"
