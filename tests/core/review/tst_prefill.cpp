// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/marking.h"
#include "core/review/evidence.h"
#include "core/review/lint.h"
#include "core/review/participants.h"
#include "core/review/prefill.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QElapsedTimer>
#include <QtTest>

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
        QCOMPARE(review::inMarkdown("one\ntwo\n\n# three"), std::string("one two  # three"));
        QCOMPARE(review::inMarkdown("see [[confidential: the tokens]]"), std::string("see [[confidential: the tokens]]"));
        // A mark that is cut does not reach over the rest of the section.
        const std::string cut = review::inMarkdown("see [[restricted: " + std::string(400, 'x') + "]] there");
        QVERIFY(isPaired(cut) && cut.size() < 400);
        const std::string open = review::inMarkdown("see [[restricted: of the bank") + " and on";
        QCOMPARE(sealed(open, Reader{DataClass::Internal, {}}).substr(0, 4), std::string("see "));
        QVERIFY(holds(sealed(open, Reader{DataClass::Internal, {}}), "and on"));
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
        QElapsedTimer timer;
        timer.start();
        const auto all = review::prefill(log.state, *log.state.incident("INC-1"));
        QVERIFY2(timer.elapsed() < 3000, "opening takes long"); // 300 ms is held by `bench review`
        for (const review::Prefilled &p : all)
            QVERIFY2(p.text.size() <= state::kSectionBytes, p.id.c_str());
        QVERIFY(holds(sectionOf(log, "narrative"), "more in the record"));
    }
};

QD_TEST(TestPrefill)
#include "tst_prefill.moc"
