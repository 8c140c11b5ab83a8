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
    void howSevereItWasAtItsWorstCounts()
    {
        Log log = aReview(IncidentSeverity::Sev1);
        log.record(events::SeverityChanged{"INC-1", "it was less", IncidentSeverity::Sev3, kAna});
        QVERIFY(log.state.incident("INC-1")->severity == IncidentSeverity::Sev3 && log.state.incident("INC-1")->worst == IncidentSeverity::Sev1);
        QCOMPARE(names(log), kAll);
        log = aReview(IncidentSeverity::Sev4);
        QVERIFY(log.state.incident("INC-1")->worst == IncidentSeverity::Sev4);
        log.record(events::SeverityChanged{"INC-1", "it is more", IncidentSeverity::Sev2, kAna});
        log.record(events::SeverityChanged{"INC-1", "and less again", IncidentSeverity::Sev4, kAna});
        QCOMPARE(names(log), kAll);
        // Where the workspace gates the lesser alone, that it is one counts as well.
        Workspace w = aWorkspace();
        w.review.saysGated = true;
        w.review.severities = {{IncidentSeverity::Sev3, 0, false, true}};
        log = aReview(IncidentSeverity::Sev1, w);
        log.record(events::SeverityChanged{"INC-1", "it was less", IncidentSeverity::Sev3, kAna});
        QCOMPARE(names(log), kAll);
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
    void ofARebuiltIncidentWhoseFilesNamePeopleSomebodySaysWhoIsAsked()
    {
        Log log;
        log.record(withWorkspace());
        events::IncidentDeclared e = anIncident().severity(IncidentSeverity::Sev1).event();
        e.kind = "rebuilt";
        log.record(e);
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        QVERIFY(gate(log, "contributions").standing == S::Met); // its files name nobody
        for (const char *who : {"dana", "omar", "dana", "Slack"})
            log.record(events::FactImported{"INC-1", "Slack export, #inc-42", "message", who, "it is down", "", kMorning, {}});
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"who is asked"});
        QVERIFY(gate(log, "contributions").standing == S::Open);
        QCOMPARE(gate(log, "contributions").says, std::string("Nobody's contribution is asked for yet; its files name 2 people."));
        log.record(events::GateWaived{"INC-1", "contributions", "they left years ago", kAna});
        QVERIFY(gate(log, "contributions").standing == S::Waived);
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ben"}, kAna});
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"Ben"});
    }
    void ofARebuiltIncidentOfNobodysHereNobodyIsAskedWithoutAWaiver()
    {
        Log log;
        log.record(withWorkspace());
        events::IncidentDeclared e = anIncident().severity(IncidentSeverity::Sev1).service("cart").event(); // whose team was not there by that
        e.kind = "rebuilt";
        log.record(e);
        for (const char *who : {"dana", "omar"})
            log.record(events::FactImported{"INC-1", "Slack export, #inc-42", "message", who, "it is down", "", kMorning, {}});
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna, true});
        QVERIFY(gate(log, "contributions").standing == S::Met);
        QCOMPARE(gate(log, "contributions").says, std::string("Nobody is asked for a contribution, as Ana said: its files name 2 people, and nobody of ours."));
        log.record(events::ReviewArranged{"INC-1", "ana", {}, kMorning + hours(30), {}, {}, kAna}); // arranged otherwise, and not in that
        QVERIFY(gate(log, "contributions").standing == S::Met);
        // One of them turns out to be somebody here.
        Workspace w = aWorkspace();
        w.people[1].accounts = {{"slack", "omar"}};
        log.record(withWorkspace(std::move(w)));
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"Ben"});
        QCOMPARE(gate(log, "contributions").says, std::string("Nobody is asked for a contribution, as Ana said, and 1 person of ours had a part in it."));
        QVERIFY(gate(log, "contributions").standing == S::Open);
        log.record(events::GateWaived{"INC-1", "contributions", "on leave for a year", kAna});
        QVERIFY(gate(log, "contributions").standing == S::Waived);
    }
    void whoHadAPartHereIsNotDoneWithoutBySayingThatNobodyIsAsked()
    {
        Log log = aReview();
        log.record(events::LogWritten{"INC-1", "the limit is 40", {"ben", Path::Person}});
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna, true});
        QCOMPARE(gate(log, "contributions").missing, (std::vector<std::string>{"Ana", "Ben"}));
        QCOMPARE(gate(log, "contributions").says, std::string("Nobody is asked for a contribution, as Ana said, and 2 people of ours had a part in it."));
        log.record(events::GateWaived{"INC-1", "contributions", "both said it at the meeting", kAna});
        QVERIFY(gate(log, "contributions").standing == S::Waived);
    }
    /// Also a list with somebody on it leaves out who is not on it.
    void whomAListLeavesOutIsMissedUntilTheyAreAskedOrSpeak()
    {
        Log log = aReview();
        log.record(events::LogWritten{"INC-1", "the limit is 40", {"ben", Path::Person}});
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana"}, kAna, true});
        log.record(events::ContributionGiven{"INC-1", "ana", "I saw the alert first.", {}, kAna});
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"Ben"});
        QCOMPARE(gate(log, "contributions").says, std::string("1 of 1 contributed or are spoken for; 1 person of ours had a part in it and is not asked."));
        QVERIFY(gate(log, "contributions").standing == S::Open);
        log.record(events::ContributionGiven{"INC-1", "ben", "I was not asked, and I pushed it.", {}, {"ben", Path::Person}});
        QVERIFY(gate(log, "contributions").standing == S::Met);
        QCOMPARE(gate(log, "contributions").says, std::string("1 of 1 contributed or are spoken for."));
    }
    /// Who is asked was gathered as the review was opened: whoever acts in the same incident later is missed, and what is written of it once it is over asks nobody.
    void whoActedInWhatWasReopenedSinceIsMissed()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().severity(IncidentSeverity::Sev1).event());
        log.record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kAna});
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana"}, kAna}, Span{}); // at the instant it was over
        log.record(events::ContributionGiven{"INC-1", "ana", "I saw the alert first.", {}, kAna});
        log.record(events::LogWritten{"INC-1", "the limit was 40", {"ben", Path::Person}});
        QVERIFY(gate(log, "contributions").standing == S::Met);
        log.record(events::StatusChanged{"INC-1", "again", IncidentStatus::Active, kAna});
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"Ben"});
        log.record(events::StatusChanged{"INC-1", {}, IncidentStatus::Resolved, kAna});
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"Ben"});
        QCOMPARE(gate(log, "contributions").lacks, std::vector<std::string>{"person/ben"});
        QCOMPARE(gate(log, "contributions").says, std::string("1 of 1 contributed or are spoken for; 1 person of ours had a part in it and is not asked."));
        log.record(events::StatusChanged{"INC-1", {}, IncidentStatus::Closed, kAna});
        QVERIFY(gate(log, "contributions").standing == S::Open);
        log.record(events::ContributionGiven{"INC-1", "ben", {}, "ana", {"ben", Path::Person}});
        QVERIFY(gate(log, "contributions").standing == S::Met);
    }
    void whoIsTakenOffIsShownWithTheReason()
    {
        Log log = aReview();
        log.record(events::LogWritten{"INC-1", "the limit is 40", {"ben", Path::Person}});
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana"}, kAna, true, {"ben"}, "on leave for a year"});
        QCOMPARE(log.state.incident("INC-1")->timeline.back().text, std::string("review arranged; it does without ben: on leave for a year"));
        review::Gate g = gate(log, "contributions");
        QCOMPARE(g.missing, std::vector<std::string>{"Ana"});
        QCOMPARE(g.says, std::string("0 of 1 contributed or are spoken for. Ana does without Ben: on leave for a year."));
        QVERIFY(g.standing == S::Open && g.waivedBy.empty() && g.reason.empty());
        log.record(events::ContributionGiven{"INC-1", "ana", "I saw the alert first.", {}, kAna});
        g = gate(log, "contributions");
        QVERIFY(g.standing == S::Waived && g.missing.empty()); // not met: his words are not there
        QCOMPARE(g.waivedBy + " " + g.reason, std::string("ana Ben: on leave for a year"));
        log.record(events::ReviewArranged{"INC-1", "ana", {}, kMorning + hours(30), {}, {"ana"}, kAna}); // arranged otherwise, and not in that
        QVERIFY(gate(log, "contributions").standing == S::Waived);
        // Asked again, he is missed again.
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {"ana", "ben"}, kAna, true});
        QVERIFY(log.state.incident("INC-1")->review.takenOff.empty());
        QCOMPARE(gate(log, "contributions").missing, std::vector<std::string>{"Ben"});
    }
    void whoIsTakenOffAndSpeaksAllTheSameIsHeard()
    {
        Log log = aReview();
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna, true, {"ana", "ben"}, "nobody has the time"});
        QCOMPARE(gate(log, "contributions").reason, std::string("Ana, Ben: nobody has the time"));
        QCOMPARE(gate(log, "contributions").says, std::string("Nobody is asked for a contribution, as Ana said."));
        for (const char *who : {"ana", "ben"})
            log.record(events::ContributionGiven{"INC-1", who, "this much.", {}, {who, Path::Person}});
        QVERIFY(gate(log, "contributions").standing == S::Met && gate(log, "contributions").reason.empty());
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
    void attendanceAndSignaturesAreAskedForWhereTheyAreListed()
    {
        Workspace w = aWorkspace();
        w.review.gates = {"signatures", "attendance"};
        QCOMPARE(names(aReview(IncidentSeverity::Sev1, w)), (std::vector<std::string>{"actions", "attendance", "signatures"})); // in the order they are always in
        QCOMPARE(names(aReview(IncidentSeverity::Sev3, w)), std::vector<std::string>{"actions"});
    }
    void whoIsAskedWasAtTheMeetingOrIsSpokenForThere()
    {
        Workspace w = aWorkspace();
        w.review.gates = {"attendance"};
        Log log = aReview(IncidentSeverity::Sev1, w);
        QCOMPARE(gate(log, "attendance").missing, std::vector<std::string>{"no meeting was held"});
        QCOMPARE(gate(log, "attendance").says, std::string("No meeting was held yet."));
        log.record(events::MeetingHeld{"INC-1", log.now(), {"ana", "eve"}, kAna});
        QCOMPARE(gate(log, "attendance").missing, std::vector<std::string>{"Ben"});
        QCOMPARE(gate(log, "attendance").says, std::string("1 of 2 were at the meeting or spoken for there."));
        log.record(events::ContributionGiven{"INC-1", "ben", {}, "zoe", kAna}); // who was not there either
        QCOMPARE(gate(log, "attendance").missing, std::vector<std::string>{"Ben"});
        log.record(events::ContributionGiven{"INC-1", "ben", {}, "ana", kAna});
        QVERIFY(gate(log, "attendance").standing == S::Met);
        log.record(events::MeetingHeld{"INC-1", log.now(), {"ben"}, kAna}); // what is said last counts
        QCOMPARE(gate(log, "attendance").missing, std::vector<std::string>{"Ana"});
    }
    void nobodyAskedIsMissedAtAMeeting()
    {
        Workspace w = aWorkspace();
        w.review.gates = {"attendance"};
        Log log = aReview(IncidentSeverity::Sev1, w);
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        QVERIFY(gate(log, "attendance").standing == S::Open); // it is held all the same
        log.record(events::MeetingHeld{"INC-1", log.now(), {"eve"}, kAna});
        QVERIFY(gate(log, "attendance").standing == S::Met);
    }
    void aSignatureStandsForWhatWasWrittenBeforeIt()
    {
        Workspace w = aWorkspace();
        w.review.gates = {"signatures"};
        Log log = aReview(IncidentSeverity::Sev1, w);
        log.record(events::ReviewArranged{"INC-1", "eve", {}, {}, {}, {"ana", "ben"}, kAna}); // the owner signs as well
        const events::Actor ben{"ben", Path::Person}, eve{"eve", Path::Person};
        QCOMPARE(gate(log, "signatures").missing.size(), std::size_t(3));
        for (const auto &who : {kAna, ben, eve})
            log.record(events::ReviewSigned{"INC-1", false, who});
        QVERIFY(gate(log, "signatures").standing == S::Met);
        QCOMPARE(gate(log, "signatures").says, std::string("3 of 3 signed what is written now."));
        log.record(events::SectionWritten{"INC-1", "summary", "ours", 1, 2, true, kAna}); // a draft is read as well
        QCOMPARE(gate(log, "signatures").missing.size(), std::size_t(3));
        QCOMPARE(gate(log, "signatures").missing[0], std::string("Ana signed before the last change"));
        log.record(events::ReviewSigned{"INC-1", false, kAna}).record(events::ReviewSigned{"INC-1", true, ben});
        QCOMPARE(gate(log, "signatures").says, std::string("1 of 3 signed what is written now."));
        QCOMPARE(gate(log, "signatures").missing[0], std::string("Ben"));
        // What is said of a line, a factor or an action is no word of the sections.
        log.record(events::ReviewSigned{"INC-1", false, ben}).record(events::ReviewSigned{"INC-1", false, eve});
        log.record(events::FactorRated{"INC-1", "trigger.none", {}, "1", {"line/2"}, false, kAna}).record(events::ReviewCommented{"INC-1", "summary", {}, "how?", 1, 0, kAna});
        QVERIFY(gate(log, "signatures").standing == S::Met);
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
    /// What was missing as it was given, and nothing that is missing since.
    void aWaiverIsForWhatWasMissingThen()
    {
        Log log = aReview();
        const auto waive = [&](const char *gateName) { log.record(events::GateWaived{"INC-1", gateName, "no time", kAna, gate(log, gateName).lacks}); };
        QCOMPARE(gate(log, "factors").lacks, std::vector<std::string>{"factor"});
        waive("factors");
        QVERIFY(gate(log, "factors").standing == S::Waived);
        log.record(events::FactorRated{"INC-1", "trigger.none", {}, "1", {}, false, kAna});
        QVERIFY(gate(log, "factors").standing == S::Open); // it was given where none was named
        QCOMPARE(gate(log, "factors").missing, std::vector<std::string>{"factor trigger.none points at no line of the record"});
        log.record(events::ActionKept{"INC-1", "cap the limit", "ben", {}, {}, 1, {}, Strength::Engineer, kAna});
        QCOMPARE(gate(log, "actions").lacks, std::vector<std::string>{"action/1/due action/1/verification"});
        waive("actions");
        QVERIFY(gate(log, "actions").standing == S::Waived);
        log.record(events::ActionKept{"INC-1", "cap the limit", "ben", {}, {}, 1, kMorning + hours(48), Strength::Engineer, kAna});
        QVERIFY(gate(log, "actions").standing == S::Waived); // less is missing
        log.record(events::ActionKept{"INC-1", "another", "ben", {}, {}, 10, kMorning + hours(48), Strength::Engineer, kAna});
        const review::Gate held = gate(log, "actions");
        QVERIFY(held.standing == S::Open);
        QCOMPARE(held.missing, std::vector<std::string>{"action 10 has no way to tell that it works"}); // and not that of action 1
        QVERIFY2(held.says.ends_with(" Ana does without 1 of what is missing: no time."), held.says.c_str());
        QCOMPARE(held.waivedBy, std::string("ana"));
        waive("actions"); // both
        QVERIFY(gate(log, "actions").standing == S::Waived);
        QCOMPARE(gate(log, "actions").missing.size(), std::size_t(2));
    }

    void aReviewThatIsADraftAgainIsDoneWithoutNothing()
    {
        Log log = aReview();
        log.record(events::GateWaived{"INC-1", "factors", "a drill's", kAna, gate(log, "factors").lacks});
        log.record(events::ReviewTurned{"INC-1", {}, ReviewPhase::Reviewed, kAna});
        QVERIFY(gate(log, "factors").standing == S::Waived);
        log.record(events::ReviewTurned{"INC-1", "a cause was missed", ReviewPhase::Draft, kAna});
        QVERIFY(gate(log, "factors").standing == S::Open);
        QVERIFY(gate(log, "factors").waivedBy.empty());
        QCOMPARE(log.state.incident("INC-1")->timeline.back().text, "review is " + std::string(word(ReviewPhase::Draft)) + "; what it did without is asked for again: a cause was missed");
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
