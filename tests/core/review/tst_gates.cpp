// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/gates.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

Log aReview(IncidentSeverity severity = IncidentSeverity::Sev1, Workspace w = aWorkspace())
{
    Log log;
    log.record(withWorkspace(std::move(w))).record(anIncident().severity(severity).event());
    log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana", "ben"}, kAna});
    for (const std::string_view id : kReviewSections)
        log.record(events::SectionWritten{"INC-1", std::string(id), "as it was", 0, 1, true, {"core", Path::Own}});
    return log;
}

review::Gate gate(const Log &log, std::string_view name)
{
    for (const review::Gate &g : review::gatesOf(log.state, *log.state.incident("INC-1")))
        if (g.name == name)
            return g;
    return {};
}

std::vector<std::string> names(const Log &log)
{
    std::vector<std::string> out;
    for (const review::Gate &g : review::gatesOf(log.state, *log.state.incident("INC-1")))
        out.push_back(g.name);
    return out;
}

using S = review::GateStanding;
const std::vector<std::string> kAll{"contributions", "sections", "factors", "actions"};

} // namespace

class TestGates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void severeIncidentsAreGated()
    {
        QCOMPARE(names(aReview(IncidentSeverity::Sev1)), kAll);
        QCOMPARE(names(aReview(IncidentSeverity::Sev2)), kAll);
        QCOMPARE(names(aReview(IncidentSeverity::Sev3)), std::vector<std::string>{"actions"});
    }
    void theWorkspaceSaysOtherwise()
    {
        Workspace w = aWorkspace();
        w.review.saysGated = true;
        w.review.severities = {{IncidentSeverity::Sev3, 0, false, true}};
        w.review.gates = {"sections", "actions"};
        QCOMPARE(names(aReview(IncidentSeverity::Sev1, w)), std::vector<std::string>{"actions"});
        QCOMPARE(names(aReview(IncidentSeverity::Sev3, w)), (std::vector<std::string>{"sections", "actions"}));
        w.review.gates.clear();
        w.review.noGates = true;
        QCOMPARE(names(aReview(IncidentSeverity::Sev3, w)), std::vector<std::string>{"actions"});
    }
    void aContributionIsWrittenOrSpokenFor()
    {
        Log log = aReview();
        QCOMPARE(gate(log, "contributions").missing, (std::vector<std::string>{"Ana", "Ben"}));
        log.record(events::ContributionGiven{"INC-1", "ana", "I saw the alert first.", {}, kAna});
        QCOMPARE(gate(log, "contributions").says, std::string("1 of 2 contributed or are spoken for."));
        log.record(events::ContributionGiven{"INC-1", "ben", {}, "ana", kAna});
        QVERIFY(gate(log, "contributions").standing == S::Met);
    }
    void whatWasPreFilledIsNotWritten()
    {
        Log log = aReview();
        QCOMPARE(gate(log, "sections").missing.size(), std::size_t(4));
        QCOMPARE(gate(log, "sections").missing[0], std::string("section summary is as it was pre-filled"));
        log.record(events::SectionWritten{"INC-1", "summary", "as it was", 1, 2, false, kAna}); // said to be done, and the same
        QCOMPARE(gate(log, "sections").missing.size(), std::size_t(4));
        log.record(events::SectionWritten{"INC-1", "summary", "ours", 2, 3, true, kAna}); // a draft is not done
        QCOMPARE(gate(log, "sections").missing.size(), std::size_t(4));
        log.record(events::SectionWritten{"INC-1", "summary", "ours", 3, 4, false, kAna});
        QCOMPARE(gate(log, "sections").missing.size(), std::size_t(3));
        log.record(events::SectionWritten{"INC-1", "summary", " \n", 4, 5, false, kAna});
        QCOMPARE(gate(log, "sections").missing.size(), std::size_t(4));
        for (const char *id : {"summary", "impact", "narrative", "went-well"})
            log.record(events::SectionWritten{"INC-1", id, "ours", log.state.incident("INC-1")->review.section(id)->revision(), 9, false, kAna});
        QVERIFY(gate(log, "sections").standing == S::Met);
        // What somebody wrote beside it is not forgotten.
        log.record(events::SectionWritten{"INC-1", "impact", "theirs", 1, 10, false, {"ben", Path::Person}});
        QCOMPARE(gate(log, "sections").missing, std::vector<std::string>{"section impact has text beside it that is not put together"});
        log.record(events::SectionWritten{"INC-1", "impact", "ours and theirs", 9, 11, false, kAna, 10});
        QVERIFY(gate(log, "sections").standing == S::Met);
    }
    void factorsPointAtTheRecord()
    {
        Log log = aReview();
        QCOMPARE(gate(log, "factors").missing, std::vector<std::string>{"no factor is named"});
        log.record(events::FactorRated{"INC-1", "trigger.configuration-push", {}, "1", {}, false, kAna});
        QCOMPARE(gate(log, "factors").missing, std::vector<std::string>{"factor trigger.configuration-push points at no line of the record"});
        log.record(events::FactorRated{"INC-1", "trigger.configuration-push", {}, "1", {"line/2"}, false, {"ben", Path::Person}});
        QVERIFY(gate(log, "factors").standing == S::Met);
    }
    void anActionIsSomebodys()
    {
        Log log = aReview();
        QVERIFY(gate(log, "actions").standing == S::Met);
        QCOMPARE(gate(log, "actions").says, std::string("There are no actions."));
        log.record(events::ActionKept{"INC-1", "cap the limit", {}, {}, {}, 1, {}, Strength::Engineer, kAna});
        QCOMPARE(gate(log, "actions").missing, std::vector<std::string>{"action 1 has no owner, no day it is due, no way to tell that it works"});
        log.record(events::ActionKept{"INC-1", "cap the limit", "ben", "a push of 40 is refused", {}, 1, kMorning + hours(48), Strength::Engineer, kAna});
        QVERIFY(gate(log, "actions").standing == S::Met);
        log.record(events::ActionKept{"INC-1", "think", {}, {}, {}, 2, {}, Strength::Train, kAna});
        log.record(events::ActionTurned{"INC-1", "no use", 2, ActionState::Dropped, kAna});
        QVERIFY(gate(log, "actions").standing == S::Met);
    }
    void alsoWhereNothingIsGatedAnActionHasAnOwner()
    {
        Log log = aReview(IncidentSeverity::Sev4);
        log.record(events::ActionKept{"INC-1", "cap the limit", {}, {}, {}, 1, {}, Strength::Unsaid, kAna});
        QCOMPARE(gate(log, "actions").missing, std::vector<std::string>{"action 1 has no owner"});
        log.record(events::ActionKept{"INC-1", "cap the limit", "ben", {}, {}, 1, {}, Strength::Unsaid, kAna});
        QVERIFY(gate(log, "actions").standing == S::Met);
    }
    void anActionOfNobodysIsNotDoneWithout()
    {
        Log log = aReview();
        log.record(events::ActionKept{"INC-1", "cap the limit", {}, {}, {}, 1, {}, Strength::Engineer, kAna});
        log.record(events::GateWaived{"INC-1", "actions", "no time", kAna});
        QVERIFY(gate(log, "actions").standing == S::Open);
        QCOMPARE(gate(log, "actions").missing, std::vector<std::string>{"action 1 has no owner"}); // the rest is done without
        log.record(events::ActionKept{"INC-1", "cap the limit", "ben", {}, {}, 1, {}, Strength::Engineer, kAna});
        QVERIFY(gate(log, "actions").standing == S::Waived);
        log.record(events::ActionKept{"INC-1", "another", {}, {}, {}, 2, {}, Strength::Engineer, kAna});
        QVERIFY(gate(log, "actions").standing == S::Open);
        log.record(events::ActionTurned{"INC-1", "no use", 2, ActionState::Dropped, kAna});
        QVERIFY(gate(log, "actions").standing == S::Waived);
    }
    void whatIsDoneWithoutIsSaid()
    {
        Log log = aReview();
        log.record(events::GateWaived{"INC-1", "factors", "a drill's", kAna});
        QVERIFY(gate(log, "factors").standing == S::Waived);
        QCOMPARE(gate(log, "factors").reason, std::string("a drill's"));
        const std::string open = review::openGates(review::gatesOf(log.state, *log.state.incident("INC-1")));
        QVERIFY2(open.find("factors") == std::string::npos && open.find("contributions (Ana, Ben); sections (") == 0, open.c_str());
        log.record(events::FactorRated{"INC-1", "trigger.none", {}, "1", {"line/2"}, false, kAna});
        QVERIFY(gate(log, "factors").standing == S::Met); // what is there is not waived
    }
    void aDraftIsDueByHowSevereItWas_data()
    {
        QTest::addColumn<int>("severity");
        QTest::addColumn<QString>("resolved");
        QTest::addColumn<QString>("opened");
        QTest::addColumn<QString>("due");
        QTest::newRow("SEV1: three days") << 1 << "2026-11-27T15:00:00Z" << "2026-11-27T15:00:00Z" << "2026-11-30T15:00:00Z";
        QTest::newRow("SEV2: five working days, from a Friday") << 2 << "2026-11-27T15:00:00Z" << "2026-11-27T15:00:00Z" << "2026-12-04T15:00:00Z";
        QTest::newRow("SEV2, from a Saturday") << 2 << "2026-11-28T15:00:00Z" << "2026-11-28T15:00:00Z" << "2026-12-04T15:00:00Z";
        QTest::newRow("SEV3: ten working days") << 3 << "2026-11-23T09:00:00Z" << "2026-11-24T09:00:00Z" << "2026-12-07T09:00:00Z";
        QTest::newRow("opened when that is past") << 1 << "2026-11-20T15:00:00Z" << "2026-11-25T15:00:00Z" << "2026-11-28T15:00:00Z";
        QTest::newRow("never resolved") << 1 << "" << "2026-11-25T15:00:00Z" << "2026-11-28T15:00:00Z";
    }
    void aDraftIsDueByHowSevereItWas()
    {
        QFETCH(int, severity);
        QFETCH(QString, resolved);
        QFETCH(QString, opened);
        QFETCH(QString, due);
        const Instant from = resolved.isEmpty() ? Instant{} : at(resolved.toStdString());
        QCOMPARE(QString::fromStdString(toRfc3339(review::reviewDue({}, static_cast<IncidentSeverity>(severity), from, at(opened.toStdString())))), due);
    }
    void theWorkspaceSaysWhenADraftIsDue()
    {
        ReviewRules rules;
        rules.severities = {{IncidentSeverity::Sev1, 2, true, true}, {IncidentSeverity::Sev2, 0, false, true}};
        const Instant friday = at("2026-11-27T15:00:00Z");
        QCOMPARE(toRfc3339(review::reviewDue(rules, IncidentSeverity::Sev1, friday, friday)), std::string("2026-12-01T15:00:00Z"));
        QCOMPARE(toRfc3339(review::reviewDue(rules, IncidentSeverity::Sev2, friday, friday)), std::string("2026-12-04T15:00:00Z"));
    }
};

QD_TEST(TestGates)
#include "tst_gates.moc"
