// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/marking.h"
#include "core/review/ended.h"
#include "core/review/evidence.h"
#include "core/review/lint.h"
#include "core/review/participants.h"
#include "core/review/prefill.h"
#include "core/review/prefillwords.h"
#include "core/review/rendition.h"
#include "core/review/source.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QtTest>
#include <algorithm>

using namespace qd;
using namespace qd::tests;

namespace {

const events::Actor kBen{"ben", Path::Person};

Workspace aReviewedWorkspace()
{
    Workspace w = aWorkspace();
    w.people.push_back({"eve", "Eve Abara", "UTC", {}});
    w.people.push_back({"zoe", "Zoe", "UTC", {}});
    w.teams.push_back({"data", "Data", {}, {"zoe", "eve"}});
    w.services.push_back({"lake", "Lake", "data"});
    return w;
}

/// A SEV1 on cart, from alert to resolved: a hypothesis refuted, one confirmed, a decision against another, an update.
Log anIncidentRun()
{
    Log log;
    log.record(withWorkspace(aReviewedWorkspace())).record(withConnection("am"));
    const auto batch = aBatch("am", log.now()).alert({{"alertname", "CheckoutDown"}, {"service", "cart"}}).startsAt(kMorning - minutes(2)).build();
    log.record(decided(batch));
    log.record(events::ChangeSeen{"db", "pool *400* to 40", {}, "ci", kMorning - minutes(7), {"ci", Path::Webhook}, {}});
    events::IncidentDeclared declared = anIncident().titled("Checkout failing").severity(IncidentSeverity::Sev1).service("cart").alert(keyOf(batch)).event();
    declared.impactSince = kMorning - minutes(3);
    log.record(declared, minutes(1));
    log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(1));
    log.record(events::HypothesisRaised{"INC-1", "the deploy of catalog 8.14", 1, kBen}, minutes(1));
    log.record(events::HypothesisSettled{"INC-1", "its owner saw no errors", 1, true, kBen}, minutes(8));
    log.record(events::HypothesisRaised{"INC-1", "the pool limit", 2, kBen});
    log.record(events::HypothesisSettled{"INC-1", "it is 40", 2, false, kBen}, minutes(3));
    log.record(events::DecisionMade{"INC-1", "roll the limit back", 1, kAna, 0, "fail over: loses an hour\nwait"}, minutes(1));
    log.record(events::UpdateIssued{"INC-1", "t", "customers", "We are on it.", 1, {}, kAna}, minutes(1));
    log.record(events::MomentMarked{"INC-1", "nobody sees the change", "key", "", 1, kMorning + minutes(4), false, kAna});
    log.record(events::StatusChanged{"INC-1", "error rate in band", IncidentStatus::Mitigated, kAna}, minutes(10));
    log.record(events::StatusChanged{"INC-1", "", IncidentStatus::Resolved, kAna}, minutes(20));
    return log;
}

std::string sectionOf(const Log &log, std::string_view id)
{
    for (const review::Prefilled &p : review::prefill(log.state, *log.state.incident("INC-1")))
        if (p.id == id)
            return p.text;
    return {};
}

bool holds(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestPrefill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// In the first language the workspace names for its reviews; what people wrote stands as they wrote it.
    void itIsWrittenInTheLanguageOfTheWorkspace()
    {
        Log log = anIncidentRun();
        QVERIFY(sectionOf(log, "narrative").starts_with("## How it was noticed"));
        Workspace w = aReviewedWorkspace();
        w.review.languages = {"de", "en"};
        log.record(withWorkspace(std::move(w)));
        const std::string narrative = sectionOf(log, "narrative"), summary = sectionOf(log, "summary");
        QVERIFY2(narrative.starts_with("## Wie es bemerkt wurde"), narrative.c_str());
        for (const char *german : {"## Wie die Ursache gesucht wurde", "## Was getan wurde", "## Schlüsselmomente", "Hypothese: the pool limit", "widerlegt: the deploy of catalog 8.14", "entschieden: roll the limit back"})
            QVERIFY2(narrative.find(german) != std::string::npos, german);
        QVERIFY2(summary.find("Er begann ") != std::string::npos && summary.find(" insgesamt.") != std::string::npos, summary.c_str());
        QVERIFY(sectionOf(log, "timeline").starts_with("Zeiten in UTC."));
        QVERIFY(sectionOf(log, "impact").find("- Dienst: ") != std::string::npos);
        QVERIFY(sectionOf(log, "decisions").find("nicht gewählt: wait") != std::string::npos);
        for (const char *section : {"summary", "impact", "narrative", "timeline", "decisions", "hypotheses", "went-well", "participants"})
            for (const char *english : {"It began", "How it was", "not taken", "Service:", "Lasted", "hypothesis:", "decided:", "update to"})
                QVERIFY2(sectionOf(log, section).find(english) == std::string::npos, english);
        w = aReviewedWorkspace();
        w.review.languages = {"en", "de"};
        log.record(withWorkspace(std::move(w)));
        QVERIFY(sectionOf(log, "narrative").starts_with("## How it was noticed"));
    }
    void aReviewHasItsSectionsInTheirOrder()
    {
        const Log log = anIncidentRun();
        const auto all = review::prefill(log.state, *log.state.incident("INC-1"));
        QCOMPARE(all.size(), std::size(kReviewSections));
        for (std::size_t n = 0; n < all.size(); ++n) {
            QCOMPARE(QString::fromStdString(all[n].id), QString::fromUtf8(kReviewSections[n].data(), int(kReviewSections[n].size())));
            QVERIFY2(!all[n].text.empty() && all[n].text.back() == '\n', all[n].id.c_str());
        }
    }
    void whatHappenedIsTold()
    {
        const Log log = anIncidentRun();
        const std::string summary = sectionOf(log, "summary");
        QVERIFY2(holds(summary, "**Checkout failing**: SEV1 on cart") && holds(summary, "It began 2026-11-23 13:57 UTC") && holds(summary, "was mitigated 2026-11-23 14:"), summary.c_str());
        const std::string decisions = sectionOf(log, "decisions");
        QVERIFY2(holds(decisions, "roll the limit back\n  - not taken: fail over: loses an hour\n  - not taken: wait\n"), decisions.c_str());
        const std::string hypotheses = sectionOf(log, "hypotheses");
        QVERIFY2(holds(hypotheses, "the deploy of catalog 8.14: refuted [") && holds(hypotheses, "after 8m: its owner saw no errors") && holds(hypotheses, "the pool limit: confirmed ["), hypotheses.c_str());
        const std::string well = sectionOf(log, "went-well");
        QVERIFY2(holds(well, "an alert told of it before anybody declared it") && holds(well, "\"the deploy of catalog 8.14\" was refuted within 8m") && !holds(well, "\"the pool limit\" was refuted"), well.c_str());
        const std::string impact = sectionOf(log, "impact");
        QVERIFY2(holds(impact, "- Alerts: 1, of 1 kind: CheckoutDown") && holds(impact, "- Told: 1 update\n"), impact.c_str());
    }
    void eachLineOfTheNarrativePointsAtTheRecord()
    {
        const Log log = anIncidentRun();
        const state::Incident &i = *log.state.incident("INC-1");
        for (const char *id : {"narrative", "timeline", "decisions", "hypotheses"}) {
            const std::string text = sectionOf(log, id);
            const auto cited = review::citedIn(text);
            QVERIFY2(cited.size() > 0, text.c_str());
            for (const review::Cited &c : cited)
                QVERIFY2(review::evidenceAt(log.state, i, c.reference), c.reference.c_str());
        }
        // In the order in which it happened, and without anything the console itself would stop at.
        const std::string narrative = sectionOf(log, "narrative");
        QVERIFY2(holds(narrative, "](entry:change/4) change to db: pool \\*400\\* to 40"), narrative.c_str());
        QVERIFY2(holds(narrative, "](entry:alert/am/") && holds(narrative, "14:04:00 nobody sees the change"), narrative.c_str());
        for (const review::Finding &f : review::lint(narrative, review::lintContext(log.state, i, "narrative", nullptr, "en")))
            QVERIFY2(f.kind != review::FindingKind::Order, f.words.c_str());
        QVERIFY2(!holds(narrative, "Ana") && !holds(narrative, "Ben"), narrative.c_str());
    }
    void whatPeopleWroteIsNoStructureAndKeepsItsClass()
    {
        QCOMPARE(review::inMarkdown("# *x* <b> [a](http://x.example) `y` | _z_ a_b"), std::string("# \\*x\\* \\<b\\> \\[a\\](http://x.example) \\`y\\` \\| \\_z\\_ a_b"));
        QCOMPARE(review::inMarkdown("größe_über_alles сервис_один 支付_服务 __init__"), std::string("größe_über_alles сервис_один 支付_服务 \\_\\_init\\_\\_"));
        QCOMPARE(review::inMarkdown("„_wichtig_“ —_x_… 🔥_y_🔥"), std::string("„\\_wichtig\\_“ —\\_x\\_… 🔥\\_y\\_🔥")); // of no word
        QCOMPARE(review::inMarkdown("one\ntwo\n\n# three"), std::string("one two  # three"));
        QCOMPARE(review::inMarkdown("see [[confidential: the tokens]]"), std::string("see [[confidential: the tokens]]"));
        // A mark that is cut does not reach over the rest of the section.
        const std::string cut = review::inMarkdown("see [[restricted: " + std::string(400, 'x') + "]] there");
        QVERIFY(isPaired(cut) && cut.size() < 400);
        const std::string open = review::inMarkdown("see [[restricted: of the bank") + " and on";
        QCOMPARE(sealed(open, Reader{DataClass::Internal, {}}).substr(0, 4), std::string("see "));
        QVERIFY(holds(sealed(open, Reader{DataClass::Internal, {}}), "and on"));
    }
    void whatTheScribeWroteTasksAndCommandAreTold()
    {
        Log log = anIncidentRun();
        log.record(events::LogWritten{"INC-1", "restarted node three by hand", kBen}, minutes(1));
        log.record(events::TaskAssigned{"INC-1", "ben", "drain *eu-1*", 1, {}, kAna}, minutes(1));
        log.record(events::TaskAccepted{"INC-1", 1, kBen}, minutes(1));
        log.record(events::TaskDone{"INC-1", 1, kBen}, minutes(1));
        log.record(events::RoleAssumed{"INC-1", Role::Scribe, "ben", kAna}, minutes(1));
        log.record(events::RoleAssumed{"INC-1", Role::Scribe, "eve", kAna}, minutes(1));
        events::CommandClaimed claimed;
        claimed.incident = "INC-1";
        claimed.from = "ana";
        claimed.reason = "nobody heard of them for an hour";
        claimed.by = kBen;
        log.record(claimed);
        const std::string timeline = sectionOf(log, "timeline"), narrative = sectionOf(log, "narrative");
        for (const char *line : {") restarted node three by hand\n", ") task given: drain \\*eu-1\\*\n", ") done: drain \\*eu-1\\*\n", ") Incident Commander: somebody takes the role\n", "Scribe: somebody takes the role\n",
                                 "Scribe: the role goes to somebody else\n", ") command is taken: nobody heard of them for an hour\n"})
            QVERIFY2(holds(timeline, line), (line + timeline).c_str());
        QVERIFY2(!holds(timeline, "on it") && !holds(timeline, "@ben") && !holds(timeline, "Ana") && !holds(timeline, "ben is"), timeline.c_str()); // names are in the list of who took part
        const std::size_t done = narrative.find("## What was done"), task = narrative.find(") done: drain");
        QVERIFY2(done != std::string::npos && task != std::string::npos && task > done && !holds(narrative, "task given"), narrative.c_str());
    }
    void howCommandWentIsNotReadOutOfItsWords()
    {
        Log log = anIncidentRun();
        Workspace w = *log.state.workspace;
        for (Person &p : w.people)
            if (p.id == "ana")
                p.name = "Ana: of nights"; // what looks like a reason is none
        log.record(withWorkspace(w));
        events::CommandClaimed claimed;
        claimed.incident = "INC-1";
        claimed.from = "ana";
        claimed.by = kBen;
        log.record(claimed);
        const state::Entry &line = log.state.incident("INC-1")->timeline.back();
        QCOMPARE(line.turn, state::CommandTurn::Taken);
        QCOMPARE(line.reasonAt, 0U);
        QVERIFY(holds(sectionOf(log, "timeline"), ") command is taken\n") && !holds(sectionOf(log, "timeline"), "of nights"));
        claimed.reason = "they sleep";
        claimed.until = log.now() + minutes(30);
        log.record(claimed);
        QVERIFY2(holds(sectionOf(log, "timeline"), ") somebody asks for command: they sleep\n"), sectionOf(log, "timeline").c_str());
        for (const state::CommandTurn turn : {state::CommandTurn::Asked, state::CommandTurn::Taken, state::CommandTurn::HandedOver, state::CommandTurn::Unobjected, state::CommandTurn::NotTaken,
                                              state::CommandTurn::Objected, state::CommandTurn::Vacant})
            QVERIFY(!review::turnWords(turn).empty() && review::inGerman(review::turnWords(turn)) != review::turnWords(turn));
        QVERIFY(review::turnWords(state::CommandTurn::None).empty());
    }
    /// Which role somebody takes says the event, whatever it is called.
    void aRoleIsNotReadOutOfItsWords()
    {
        Log log;
        log.record(withWorkspace(aReviewedWorkspace())).record(anIncident().event());
        const auto own = [&](const char *title, const char *person) {
            events::RoleAssumed e{"INC-1", Role::Commander, person, kAna};
            e.title = title;
            log.record(e, minutes(1));
        };
        own("who is Incident Commander is open", "ben");
        QCOMPARE(log.state.incident("INC-1")->timeline.back().role, std::string("who is Incident Commander is open"));
        own("who is Incident Commander is open", "eve");
        own("who is Incident Commander is open", "");
        const std::string timeline = sectionOf(log, "timeline");
        for (const char *line : {") who is Incident Commander is open: somebody takes the role\n", ") who is Incident Commander is open: the role goes to somebody else\n", ") who is Incident Commander is open is open\n"})
            QVERIFY2(holds(timeline, line), (line + timeline).c_str());
        QVERIFY2(!holds(sectionOf(log, "went-well"), "it had an Incident Commander"), sectionOf(log, "went-well").c_str());
        log.record(events::RoleAssumed{"INC-1", Role::Commander, "ana", kAna}, minutes(1));
        QCOMPARE(log.state.incident("INC-1")->timeline.back().role, std::string(word(Role::Commander)));
        QVERIFY2(holds(sectionOf(log, "went-well"), "it had an Incident Commander"), sectionOf(log, "went-well").c_str());
    }
    void linesOfTheLogGiveWayToWhatWasDone()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event());
        for (int n = 0; n < 200; ++n)
            log.record(events::LogWritten{"INC-1", "line " + std::to_string(n), kAna}, seconds(1));
        for (std::uint32_t n = 1; n <= 100; ++n)
            log.record(events::DecisionMade{"INC-1", "decision " + std::to_string(n), n, kAna}, seconds(1));
        const std::string timeline = sectionOf(log, "timeline");
        QVERIFY2(holds(timeline, "decided: decision 100\n") && holds(timeline, ") line 0\n") && !holds(timeline, ") line 199\n"), timeline.c_str());
        const auto told = static_cast<std::size_t>(std::count(timeline.begin(), timeline.end(), '\n')) - 3; // the words before it and what is left out
        QCOMPARE(told, review::kPrefilledLines);
        const auto lines = static_cast<std::size_t>(std::count_if(log.state.incident("INC-1")->timeline.begin(), log.state.incident("INC-1")->timeline.end(), [](const state::Entry &e) { return e.kind == state::EntryKind::Log; }));
        QCOMPARE(lines, std::size_t(200));
        QVERIFY2(holds(timeline, " more in the record, among them ") && holds(timeline, " lines of the log\n"), timeline.c_str());
    }
    void whoActedOrOwnedIsRequired()
    {
        Log log = anIncidentRun();
        log.record(events::RoleAssumed{"INC-1", Role::Observer, "eve", kAna});
        const auto all = review::participants(log.state, *log.state.incident("INC-1"));
        QCOMPARE(review::requiredPeople(all), (std::vector<std::string>{"ana", "ben"}));
        QVERIFY(review::hadPart(all, "eve") && !review::hadPart(all, "zoe"));
        QCOMPARE(all[0].parts.front(), std::string(word(Role::Commander)));
        const std::string people = sectionOf(log, "participants");
        QVERIFY2(holds(people, "- Ana: Incident Commander") && holds(people, "raised a hypothesis"), people.c_str());
    }
    void anAlertingServiceWhoseTeamDidNothingHasItsOwnerAsked()
    {
        Log log;
        log.record(withWorkspace(aReviewedWorkspace()));
        log.record(anIncident().service("lake").by("ana").event());
        QCOMPARE(review::requiredPeople(review::participants(log.state, *log.state.incident("INC-1"))), (std::vector<std::string>{"ana", "zoe"}));
        log.record(events::LogWritten{"INC-1", "on it", {"eve", Path::Person}}); // one of the team is enough
        QCOMPARE(review::requiredPeople(review::participants(log.state, *log.state.incident("INC-1"))), (std::vector<std::string>{"ana", "eve"}));
    }
    /// It was never resolved: what happens to its service months later is none of it.
    void whatWasCalledOffIsOverForItsReview()
    {
        Log log;
        log.record(withWorkspace(aReviewedWorkspace())).record(anIncident().service("lake").by("ana").event());
        log.record(events::ChangeSeen{"lake", "drain it", {}, "ci", log.now(), {"ci", Path::Webhook}, {}});
        log.record(events::StatusChanged{"INC-1", "it was the test", IncidentStatus::Cancelled, kAna}, minutes(30));
        const Instant off = log.now();
        log.record(events::ReviewArranged{"INC-1", "ana", "", {}, {}, {}, kAna}, hours(24 * 60));
        log.record(anIncident("INC-2").service("lake").by("ana").event());
        log.record(events::EscalationStarted{7, "data", "INC-2", "lake", "", false, {}, kAna}).record(events::StepReached{7, 1, 0, "INC-2", {"eve", "ben"}, log.now() + minutes(5), false, {}});
        log.record(events::ChangeSeen{"lake", "fill it again", {}, "ci", log.now(), {"ci", Path::Webhook}, {}});
        const state::Incident &i = *log.state.incident("INC-1");
        QCOMPARE(review::endedAt(i), off);
        QCOMPARE(review::requiredPeople(review::participants(log.state, i)), (std::vector<std::string>{"ana", "zoe"})); // its team's first, not who was called since
        const std::string narrative = sectionOf(log, "narrative");
        QVERIFY2(holds(narrative, "drain it") && !holds(narrative, "fill it again"), narrative.c_str());
        // As of every other: while it runs there is no end, and closing or writing of it later is none.
        const auto end = [&] { return review::endedAt(*log.state.incident("INC-2")); };
        QVERIFY(!end());
        log.record(events::StatusChanged{"INC-2", {}, IncidentStatus::Resolved, kAna}, hours(1));
        const Instant resolved = log.now();
        log.record(events::StatusChanged{"INC-2", {}, IncidentStatus::Closed, kAna}, hours(1)).record(events::LogWritten{"INC-2", "and a word", kAna}, hours(1));
        QCOMPARE(end(), resolved);
        log.record(anIncident("INC-3").service("lake").event()).record(events::IncidentMerged{"INC-3", "INC-1", "the same", kAna}, minutes(1));
        QCOMPARE(review::endedAt(*log.state.incident("INC-3")), log.now());
    }
    void ofAnIncidentThatWasRebuiltTheDayOfTheImportSaysNothing()
    {
        Log log;
        log.record(withWorkspace(aReviewedWorkspace()));
        events::IncidentDeclared e = anIncident().by("ana").event();
        e.kind = "rebuilt";
        e.impactSince = kMorning - hours(72);
        e.until = kMorning - hours(70);
        log.record(e);
        const auto fact = [&](const char *kind, const char *actor, const char *text, Span after) {
            log.record(events::FactImported{"INC-1", "PagerDuty log", kind, actor, text, "", e.impactSince + after, {}});
        };
        fact("change", "ci", "deploy of web", Span{});
        fact("alert", "PagerDuty", "CheckoutErrors fires", minutes(3));
        fact("ack", "Zed", "acknowledged", minutes(5));
        fact("message", "ben", "is it the *pool*?", minutes(6));
        fact("log", "", "rolled back", minutes(7));
        const std::string summary = sectionOf(log, "summary"), narrative = sectionOf(log, "narrative"), well = sectionOf(log, "went-well");
        QVERIFY2(!holds(summary, "was declared"), summary.c_str());
        QVERIFY2(!holds(well, "before anybody declared it") && !holds(well, "less than a minute"), well.c_str());
        QVERIFY2(!holds(narrative, "written down afterwards"), narrative.c_str());
        QVERIFY(!review::hadPart(review::participants(log.state, *log.state.incident("INC-1")), "ana")); // who ran the import
        // Whom the files name is listed, and is nobody of the workspace by that; what they say stands in the timeline.
        QVERIFY(review::participants(log.state, *log.state.incident("INC-1")).empty());
        const std::string people = sectionOf(log, "participants"), timeline = sectionOf(log, "timeline");
        QCOMPARE(people, std::string("- ci: named by a file (PagerDuty log)\n- Zed: named by a file (PagerDuty log)\n- ben: named by a file (PagerDuty log)\n"));
        QVERIFY2(holds(timeline, ") is it the \\*pool\\*?\n") && holds(timeline, ") rolled back\n"), timeline.c_str());
        // But for whom the workspace binds to that name: they took part, and are asked.
        Workspace binds = aReviewedWorkspace();
        for (Person &p : binds.people)
            if (p.id == "eve")
                p.accounts.push_back({"pagerduty", "Zed"});
        log.record(withWorkspace(binds));
        const auto all = review::participants(log.state, *log.state.incident("INC-1"));
        QCOMPARE(review::requiredPeople(all), (std::vector<std::string>{"eve"}));
        QVERIFY2(!holds(sectionOf(log, "participants"), "- Zed: "), sectionOf(log, "participants").c_str());
        // Somebody in a file who is called as one of ours takes nobody's place.
        fact("log", "ana", "noted elsewhere", minutes(8));
        QVERIFY(!review::hadPart(review::participants(log.state, *log.state.incident("INC-1")), "ana"));
        log.record(events::LogWritten{"INC-1", "noted here", kAna});
        QVERIFY(review::hadPart(review::participants(log.state, *log.state.incident("INC-1")), "ana"));
    }
    void ofAnIncidentThatWasRebuiltEveryAlertOfItsFilesIsNamedWithItsEnd()
    {
        Log log;
        log.record(withWorkspace(aReviewedWorkspace()));
        events::IncidentDeclared e = anIncident().by("ana").event();
        e.kind = "rebuilt";
        e.impactSince = kMorning - hours(72);
        e.until = kMorning - hours(70);
        log.record(e);
        const auto fires = [&](const char *text, Span after, Span until) {
            events::FactImported f{"INC-1", "Prometheus, ALERTS", "alert", "Prometheus", text, "", e.impactSince + after, {}};
            f.until = until.ns == 0 ? Instant{} : e.impactSince + until;
            log.record(f);
        };
        fires("Watchdog fires", Span{} - hours(1), {});
        fires("LedgerPoolStarved fires (severity=\"critical\")", minutes(3), minutes(80));
        fires("CheckoutErrors fires", minutes(5), minutes(70));
        log.record(events::ImpactCorrected{"INC-1", "as the facts say that were added", e.impactSince, {"ana", Path::Own}});
        const std::string until = toRfc3339(e.impactSince + minutes(80)).substr(11, 8);
        for (const char *section : {"narrative", "timeline"}) {
            const std::string text = sectionOf(log, section);
            QVERIFY2(holds(text, "Watchdog fires\n") && holds(text, "LedgerPoolStarved fires (severity=\"critical\"), until ") && holds(text, until + "\n") && holds(text, "CheckoutErrors fires, until "), text.c_str());
            QVERIFY2(!holds(text, "it was over at"), text.c_str());
        }
        const std::string impact = sectionOf(log, "impact");
        QVERIFY2(holds(impact, "- Alerts: 3, of 3 kinds: Watchdog, LedgerPoolStarved, CheckoutErrors, from ["), impact.c_str());
        QVERIFY2(!holds(sectionOf(log, "went-well"), "before anybody declared it"), sectionOf(log, "went-well").c_str());
        // None of it goes outside as it was pre-filled.
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        for (const review::Prefilled &p : review::prefill(log.state, *log.state.incident("INC-1")))
            log.record(events::SectionWritten{"INC-1", p.id, p.text, 0, 1, true, {"core", Path::Own}});
        const Reader anybody{DataClass::Internal, {}};
        const std::string outside = review::plainText(review::renditionOf(review::sourceOf(log.state, *log.state.incident("INC-1")), {"customers", anybody, true}).blocks);
        QVERIFY2(!holds(outside, "LedgerPoolStarved") && !holds(outside, "Watchdog"), outside.c_str());
    }
    void outsideWhatIsAsItWasPreFilledNamesNoAlertChangeOrServiceOfOurs()
    {
        Log log = anIncidentRun();
        log.record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        const auto all = review::prefill(log.state, *log.state.incident("INC-1"));
        std::string impact;
        for (const review::Prefilled &p : all) {
            log.record(events::SectionWritten{"INC-1", p.id, p.text, 0, 1, true, {"core", Path::Own}});
            if (p.id == "impact")
                impact = p.text;
        }
        log.record(events::SectionWritten{"INC-1", "impact", impact + "\nWhoever paid from the cart saw CheckoutDown.\n", 1, 2, false, kAna});
        const std::string narrative = std::find_if(all.begin(), all.end(), [](const review::Prefilled &p) { return p.id == "narrative"; })->text;
        log.record(events::SectionWritten{"INC-1", "narrative", narrative + "\nSo it was.\n", 1, 2, false, kAna});
        const Reader anybody{DataClass::Internal, {}};
        const auto text = [&](bool isOutside) {
            return review::plainText(review::renditionOf(review::sourceOf(log.state, *log.state.incident("INC-1")), {"customers", anybody, isOutside}).blocks);
        };
        const std::string inside = text(false), outside = text(true);
        for (const char *ours : {"CheckoutDown", "change to db", "SEV1 on cart", "Service: cart"})
            QVERIFY2(holds(inside, ours), (ours + inside).c_str());
        for (const char *ours : {"fires: CheckoutDown", "kind: CheckoutDown", "change to db", "SEV1 on cart", "Service: cart"})
            QVERIFY2(!holds(outside, ours), (ours + outside).c_str());
        // What somebody wrote is theirs to answer for, and the rest stands as it did.
        QVERIFY2(holds(outside, "Whoever paid from the cart saw CheckoutDown.") && holds(outside, "Told: 1 update") && holds(outside, "refuted: the deploy of catalog 8.14"), outside.c_str());
        // A service of the status page is known outside.
        Workspace w = aReviewedWorkspace();
        w.pages.emplace_back();
        w.pages.back().components.push_back({"pay", {}, {}, {}, {"cart"}});
        log.record(withWorkspace(std::move(w)));
        QVERIFY2(holds(text(true), "Service: cart"), text(true).c_str());
    }
    void whoOnlyWroteInChatIsNotRequired()
    {
        Log log;
        log.record(withWorkspace(aReviewedWorkspace())).record(anIncident().event());
        events::MessageSeen m;
        m.connection = "chat";
        m.incident = "INC-1";
        m.messageId = "1";
        m.sender = "eve@chat.example";
        m.person = "eve";
        m.verified = true;
        m.text = "how is it going?";
        log.record(m);
        const auto all = review::participants(log.state, *log.state.incident("INC-1"));
        QCOMPARE(review::requiredPeople(all), std::vector<std::string>{"ana"});
    }
    void anEmptyIncidentIsSaidPlainly()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event());
        QCOMPARE(sectionOf(log, "decisions"), std::string("No decision is in the record.\n"));
        QCOMPARE(sectionOf(log, "went-well"), std::string("Nothing of it shows in the record by itself.\n"));
    }
    void fiftyThousandEntriesAreNoBurden()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event());
        events::Events lines;
        for (int n = 0; n < 50'000; ++n)
            lines.emplace_back(events::LogWritten{"INC-1", "line " + std::to_string(n), kAna});
        log.record(std::move(lines));
        for (std::uint32_t n = 1; n <= 400; ++n)
            log.record(events::DecisionMade{"INC-1", std::string(1000, 'x'), n, kAna});
        const qd::tests::WorkTimer timer;
        const auto all = review::prefill(log.state, *log.state.incident("INC-1"));
        QVERIFY2(timer.elapsed() < 3000, "opening takes long"); // a bound nobody should meet; how long it takes is what `bench review` says
        for (const review::Prefilled &p : all)
            QVERIFY2(p.text.size() <= state::kSectionBytes, p.id.c_str());
        QVERIFY(holds(sectionOf(log, "narrative"), "more in the record"));
    }
};

QD_TEST(TestPrefill)
#include "tst_prefill.moc"
