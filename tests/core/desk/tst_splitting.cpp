// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/standdown.h"
#include "core/control/get.h"
#include "core/state/intervening.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Alerts taken out of an incident, reasons that are owed, and severities that are reckoned.
namespace {

struct SplitBench : QuietBench {
    std::string first, second, third;
    explicit SplitBench(Workspace w = aWorkspace()) : QuietBench(std::move(w))
    {
        first = fires({{"alertname", "Down"}, {"service", "web"}, {"severity", "critical"}});
        second = fires({{"alertname", "Slow"}, {"service", "db"}, {"severity", "warning"}});
        third = fires({{"alertname", "Late"}, {"service", "cart"}, {"severity", "warning"}});
        desk::DeclareIncident one;
        one.title = "Shop is down";
        one.service = "web";
        one.severity = "SEV3";
        one.alerts = {first, second, third};
        one.room = false;
        const auto done = command(one);
        Q_ASSERT(done);
    }
    state::Incident incident(const std::string &id = "INC-1")
    {
        return ask([&](const state::State &s) { return *s.incident(id); });
    }
    std::string incidentOf(const std::string &key)
    {
        return ask([&](const state::State &s) { return std::string(s.text(s.alert(key)->incident)); });
    }
    Result<Outcome> split(std::vector<std::string> keys, const std::string &title = "Database is slow", const std::string &reason = "another matter")
    {
        return command(desk::SplitIncident{std::move(keys), title, {}, reason, title.empty()});
    }
    std::vector<std::string> owed()
    {
        std::vector<std::string> out;
        for (const auto &[number, text] : state::owedInWords(incident()))
            out.push_back(std::to_string(number) + ": " + text);
        return out;
    }
    std::string get(const char *what)
    {
        return ask([&](const state::State &s) { return control::getJson(s, what, {}).value_or(std::string()); });
    }
};

Workspace withBusiness()
{
    Workspace w = aWorkspace();
    w.business = {{"shop", "Shop", 20'000, 0, DataClass::Internal, false}};
    w.services[0].carries = {"shop"}; // web
    w.severityMatrix.version = "2026-11";
    w.severityMatrix.currency = "EUR";
    return w;
}

} // namespace

class TestSplitting final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void alertsLeaveForAnIncidentOfTheirOwn()
    {
        SplitBench b;
        const auto done = b.split({b.second});
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("INC-2"));
        QCOMPARE(b.incident().alerts, (std::vector<std::string>{b.first, b.third}));
        const state::Incident fresh = b.incident("INC-2");
        QCOMPARE(fresh.alerts, (std::vector<std::string>{b.second}));
        QCOMPARE(fresh.title, std::string("Database is slow"));
        QCOMPARE(fresh.splitFrom, std::string("INC-1"));
        QVERIFY(fresh.severity == IncidentSeverity::Sev3 && fresh.service == "db");
        QCOMPARE(b.incidentOf(b.second), std::string("INC-2"));
        QCOMPARE(b.incident().timeline.back().text, std::string("1 alert taken out, now of INC-2: another matter"));
        QVERIFY(b.get("overrides").find("\"1 alert out of INC-1 in INC-2\"") != std::string::npos);
        QCOMPARE(b.dumped(), b.committed());
    }

    void orForNone()
    {
        SplitBench b;
        VERIFY_RESULT(b.split({b.second, b.third}, {}));
        QCOMPARE(b.incident().alerts, (std::vector<std::string>{b.first}));
        QCOMPARE(b.incidentOf(b.second), std::string());
        VERIFY_FAILS(b.split({b.second}, {}), Code::Conflict); // of no incident
        VERIFY_RESULT(b.command(desk::Undo{}));
        QCOMPARE(b.incident().alerts.size(), std::size_t{3});
        QCOMPARE(b.incidentOf(b.second), std::string("INC-1"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatCannotBeMeantIsRefused()
    {
        SplitBench b;
        VERIFY_FAILS(b.split({b.second, b.second}), Code::Conflict);
        VERIFY_FAILS(b.split({"am/0000000000000000"}), Code::NotFound);
        VERIFY_FAILS(b.split({b.first, b.second, b.third}), Code::Conflict); // nothing would be left
        VERIFY_FAILS(b.command(desk::SplitIncident{{b.second}, "Both", {}, "r", true}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        VERIFY_FAILS(b.split({b.second}), Code::Conflict);
    }

    void aSplitWithoutAReasonOwesOne()
    {
        SplitBench b;
        VERIFY_RESULT(b.split({b.second}, "Other", " "));
        QCOMPARE(b.owed().size(), std::size_t{1});
        QVERIFY2(b.owed().front().find("1 alert taken out at ") != std::string::npos, b.owed().front().c_str());
        VERIFY_RESULT(b.command(desk::Undo{}));
        QVERIFY(b.owed().empty()); // what is taken back needs none
        VERIFY_RESULT(b.command(desk::SplitGroup{{b.third}, {}, " "}));
        QCOMPARE(b.owed().size(), std::size_t{1});
        QVERIFY2(b.owed().front().find("1 alert put into a group of their own at ") != std::string::npos, b.owed().front().c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSplitIsTakenBackUntilSomebodyDoesSomethingInTheNewOne()
    {
        SplitBench b;
        VERIFY_RESULT(b.split({b.second}));
        const auto undone = b.command(desk::Undo{});
        VERIFY_RESULT(undone);
        QVERIFY(b.incident("INC-2").status == IncidentStatus::Cancelled);
        QVERIFY(b.incident("INC-2").alerts.empty());
        QCOMPARE(b.incident().alerts, (std::vector<std::string>{b.first, b.third, b.second}));
        QCOMPARE(b.incidentOf(b.second), std::string("INC-1"));
        VERIFY_RESULT(b.split({b.third}));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-3", "looking"}, "ben"));
        VERIFY_FAILS(b.command(desk::Undo{}), Code::Conflict);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aMergedIncidentSaysWhereItGoesOn()
    {
        SplitBench b;
        VERIFY_RESULT(b.split({b.second}));
        VERIFY_RESULT(b.command(desk::MergeIncidents{"INC-2", "INC-1", "one after all"}));
        const auto refused = b.command(desk::RecordDecision{"INC-2", "roll back"});
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("INC-2 is part of INC-1 since") != std::string::npos, refused.error().message.c_str());
    }

    void whatWasDoneWithoutAReasonIsOwedOneOfThatPersonAndKindInOneLine()
    {
        SplitBench b;
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.first}, {}}));
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.second}, {}}));
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.third}, "mine"}));
        VERIFY_RESULT(b.command(desk::AssignAlerts{{b.third}, "ben"}));
        VERIFY_RESULT(b.command(desk::AssignAlerts{{b.first}, "ana"})); // to oneself: nothing is owed
        const auto lines = b.owed();
        QCOMPARE(lines.size(), std::size_t{2});
        QVERIFY2(lines[0].starts_with("1: 2 alerts acknowledged") && lines[0].ends_with(" by ana"), lines[0].c_str());
        QVERIFY2(lines[1].starts_with("3: 1 alert given to somebody else"), lines[1].c_str());
        VERIFY_FAILS(b.command(desk::GiveReason{"INC-1", 9, "r"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::GiveReason{"INC-1", 1, " "}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::GiveReason{"INC-1", 1, "we are on it"}));
        QCOMPARE(b.owed().size(), std::size_t{1});
        VERIFY_FAILS(b.command(desk::GiveReason{"INC-1", 2, "again"}), Code::Conflict); // stood for both
        QCOMPARE(b.dumped(), b.committed());
    }

    void everyKindThatMayDoWithoutAReasonIsOwedOne()
    {
        SplitBench b;
        VERIFY_RESULT(b.command(desk::SnoozeAlerts{{b.first}, "30m", {}}));
        VERIFY_RESULT(b.command(desk::EndSuppression{{b.first}, {}}));
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.second}, "mine"}));
        VERIFY_RESULT(b.command(desk::UnacknowledgeAlerts{{b.second}, {}}));
        VERIFY_RESULT(b.command(desk::HoldAlerts{{b.third}, "30m", "vendor"}));
        VERIFY_RESULT(b.command(desk::KeepSuppression{"held/2", "2h", {}, {}}));
        VERIFY_RESULT(b.command(desk::ChangeSeverity{"INC-1", "SEV2", {}}));
        std::string all;
        for (const std::string &line : b.owed())
            all += line + "\n";
        for (const char *kind : {"1 alert snoozed", "1 alert no longer kept quiet", "1 alert not acknowledged any more", "1 alert kept quiet for longer", "severity SEV2"})
            QVERIFY2(all.find(kind) != std::string::npos, all.c_str());
    }

    void whatIsTakenBackOwesNothing()
    {
        SplitBench b;
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.first, b.second}, {}}));
        QCOMPARE(b.owed().size(), std::size_t{1});
        VERIFY_RESULT(b.command(desk::Undo{}));
        QVERIFY(b.owed().empty());
    }

    void aStandDownTakesTheReasonsThatWereOwed()
    {
        SplitBench b;
        VERIFY_RESULT(b.command(desk::Acknowledge{{b.first}, {}}));
        desk::StandDown sheet;
        sheet.incident = "INC-1";
        sheet.verifiedBy = "ana";
        sheet.stillFiring = "known";
        sheet.reasons = {{7, "r"}};
        VERIFY_FAILS(b.command(sheet), Code::NotFound);
        sheet.reasons = {{1, "it was ours"}};
        VERIFY_RESULT(b.command(sheet));
        QCOMPARE(b.incident().closing.owed.front().reason, std::string("it was ours"));
    }

    void aSeverityIsReckonedAndKeptWithItsMatrix()
    {
        SplitBench b(withBusiness());
        VERIFY_FAILS(b.command(desk::ChangeSeverity{"INC-1", {}, {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::ChangeSeverity{"INC-1", {}, {}, "yes", "most", {}}), Code::Invalid);
        const auto done = b.command(desk::ChangeSeverity{"INC-1", {}, {}, "yes", "some", "no"});
        VERIFY_RESULT(done);
        const state::Incident i = b.incident();
        QVERIFY(i.severity == IncidentSeverity::Sev2 && i.reckoned.suggested == IncidentSeverity::Sev2);
        QCOMPARE(i.reckoned.arithmetic, std::string("25 % of 20,000 customers (Shop) = 5,000: SEV2 = SEV2"));
        QVERIFY(i.reckoned.matrix.starts_with("2026-11 ("));
        QVERIFY(i.closing.owed.empty()); // the answers are the reason
        QVERIFY(i.timeline.back().text.find("SEV3 to SEV2 (25 % of") == 0);
        QVERIFY(b.get("severities").find("\"matrix\":\"2026-11 (") != std::string::npos);
        QCOMPARE(b.dumped(), b.committed());
    }

    void anotherSeverityThanSuggestedIsAnOverride()
    {
        SplitBench b(withBusiness());
        VERIFY_RESULT(b.command(desk::ChangeSeverity{"INC-1", "SEV3", {}, "yes", "some", "no"})); // as it is, though SEV2 is suggested
        QVERIFY(b.get("overrides").find("INC-1: SEV3 where SEV2 is suggested") != std::string::npos);
        VERIFY_FAILS(b.command(desk::ChangeSeverity{"INC-1", "SEV4", {}, "yes", "some", "no"}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::ChangeSeverity{"INC-1", "SEV4", "one customer", "yes", "some", "no"}));
        QVERIFY(b.get("overrides").find("\"reason\":\"one customer\"") != std::string::npos);
    }
};

QD_TEST(TestSplitting)
#include "tst_splitting.moc"
