// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/policy.h"
#include "core/review/evidence.h"
#include "core/review/gates.h"
#include "core/review/merged.h"
#include "core/review/participants.h"
#include "core/review/prefill.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

const events::Actor kOfThePart{"ben", Path::Person};

/// Beside the shop: a lake, of zoe and eve, and a vault, which carries what is restricted.
Workspace aWorkspaceOfParts(const std::string &language = "en")
{
    Workspace w = aWorkspace();
    w.people.push_back({"eve", "Eve Abara", "UTC", {}});
    w.people.push_back({"zoe", "Zoe", "UTC", {}});
    w.teams.push_back({"data", "Data", {}, {"zoe", "eve"}});
    w.services.push_back({"lake", "Lake", "data"});
    w.services.push_back({"vault", "Vault", "shop", Paging::Observe, {}, {}, {"bank"}});
    w.business.push_back({"bank", "Bank", 0, 0, DataClass::Restricted, false});
    w.review.languages = {language};
    return w;
}

/// INC-9, which ana declared and commands, and INC-8, which ben declared and eve commands.
Log twoOfOne(const std::string &service = "cart", const std::string &other = "lake", const std::string &language = "en")
{
    Log log;
    log.record(withWorkspace(aWorkspaceOfParts(language)));
    log.record(anIncident("INC-8").titled("Ledger locked").service(other).by("ben").event());
    log.record(events::RoleAssumed{"INC-8", Role::Commander, "eve", {"eve", Path::Person}});
    log.record(anIncident("INC-9").severity(IncidentSeverity::Sev1).service(service).by("ana").event());
    log.record(events::RoleAssumed{"INC-9", Role::Commander, "ana", kAna});
    return log;
}

void merges(Log &log, const std::string &from = "INC-8", const std::string &into = "INC-9")
{
    log.record(events::Events{events::IncidentMerged{from, into, "the same", kAna}, events::IncidentAbsorbed{into, from, "the same", {}, kAna}});
}

void partsAgain(Log &log)
{
    log.record(events::Events{events::IncidentUnmerged{"INC-8", "INC-9", kAna}, events::IncidentReleased{"INC-9", "INC-8", {}, kAna}});
}

const state::Incident &nine(const Log &log)
{
    return *log.state.incident("INC-9");
}

std::vector<std::string> idsOfParts(const Log &log)
{
    std::vector<std::string> out;
    for (const state::Incident *i : review::withMerged(log.state, nine(log)))
        out.push_back(i->id);
    return out;
}

std::vector<std::string> askedOfNine(const Log &log)
{
    return review::requiredPeople(review::participants(log.state, nine(log)));
}

std::string toldOfNine(const Log &log, std::string_view section)
{
    for (const review::Prefilled &p : review::prefill(log.state, nine(log)))
        if (section.empty() || p.id == section)
            return p.text;
    return {};
}

std::size_t timesIn(const std::string &text, const std::string &part)
{
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

using Names = std::vector<std::string>;

} // namespace

/// What is learnt of an incident that became part of another belongs to the review there.
class TestMerged : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoWorkedOnWhatBecamePartOfItIsRequired()
    {
        Log log = twoOfOne();
        QCOMPARE(askedOfNine(log), Names{"ana"});
        merges(log);
        QCOMPARE(askedOfNine(log), (Names{"ana", "ben", "eve"}));
        const auto all = review::participants(log.state, nine(log));
        QCOMPARE(all[2].person, std::string("eve"));
        QCOMPARE(all[2].parts.front(), std::string(word(Role::Commander)));
        const std::string people = toldOfNine(log, "participants");
        QVERIFY2(timesIn(people, "- Eve Abara: Incident Commander") == 1 && timesIn(people, "- Ben: declared it") == 1, people.c_str());
        // The merged one's own record is as it was, and taken back it is nobody's but its own.
        partsAgain(log);
        QCOMPARE(askedOfNine(log), Names{"ana"});
        QCOMPARE(toldOfNine(log, "participants").find("Eve"), std::string::npos);
    }
    void theOwnerOfItsServiceIsAskedWhereNobodyOfTheTeamActed()
    {
        Log log;
        log.record(withWorkspace(aWorkspaceOfParts()));
        log.record(anIncident("INC-8").service("lake").by("ben").event()).record(anIncident("INC-9").service("cart").by("ana").event());
        merges(log);
        QCOMPARE(askedOfNine(log), (Names{"ana", "ben", "zoe"}));
        // Who was called for it is, before its team's first: for INC-8, before INC-9 was there.
        Log called;
        called.record(withWorkspace(aWorkspaceOfParts())).record(anIncident("INC-8").service("lake").by("ben").event());
        called.record(events::EscalationStarted{7, "data", "INC-8", "lake", "", false, {}, kAna}).record(events::StepReached{7, 1, 0, "INC-8", {"eve"}, called.now() + minutes(5), false, {}});
        called.record(anIncident("INC-9").service("cart").by("ana").event());
        merges(called);
        QCOMPARE(askedOfNine(called), (Names{"ana", "ben", "eve"}));
    }
    void theContributionsOfThoseAreMissedUntilItIsAnIncidentOfItsOwnAgain()
    {
        Log log = twoOfOne();
        merges(log);
        log.record(events::ReviewArranged{"INC-9", "ana", {}, {}, {}, {"ana"}, kAna, true});
        const auto missing = [&] {
            for (const review::Gate &g : review::gatesOf(log.state, nine(log)))
                if (g.name == "contributions")
                    return g.missing;
            return Names{"no such gate"};
        };
        QCOMPARE(missing(), (Names{"Ana", "Ben", "Eve Abara"}));
        partsAgain(log);
        QCOMPARE(missing(), Names{"Ana"});
    }
    void whatIsPartOfAPartBelongsToItAndACircleEnds()
    {
        Log log = twoOfOne();
        log.record(anIncident("INC-7").service("lake").by("zoe").event());
        merges(log, "INC-7", "INC-8");
        QCOMPARE(idsOfParts(log), Names{"INC-9"});
        merges(log);
        QCOMPARE(idsOfParts(log), (Names{"INC-9", "INC-8", "INC-7"}));
        QCOMPARE(askedOfNine(log), (Names{"ana", "ben", "eve", "zoe"}));
        merges(log, "INC-9", "INC-7"); // which the desk refuses
        QCOMPARE(idsOfParts(log), (Names{"INC-9", "INC-8", "INC-7"}));
    }
    void aLineOfAPartIsEvidenceByItsRecord()
    {
        Log log = twoOfOne();
        log.record(events::LogWritten{"INC-8", "the ledger is locked [[confidential: by the bank]] since nine", kOfThePart});
        const std::string line = "line/" + std::to_string(log.state.seq);
        const Instant at = log.state.incident("INC-8")->timeline.back().at;
        log.record(events::HypothesisRaised{"INC-8", "the pool", 1, kOfThePart});
        events::MessageSeen m;
        m.connection = "chat";
        m.incident = "INC-8";
        m.messageId = "m 1";
        m.sender = m.person = "ben";
        m.text = "hello";
        log.record(m);
        const std::string said = "line/" + std::to_string(log.state.seq);
        QVERIFY(review::exactReference(log.state, nine(log), line).empty());
        merges(log);
        QCOMPARE(review::exactReference(log.state, nine(log), line), line);
        QCOMPARE(review::exactReference(log.state, nine(log), line + "/1"), line);
        QCOMPARE(review::evidenceAt(log.state, nine(log), line), std::optional(at));
        QCOMPARE(review::exactReference(log.state, nine(log), said), said); // what it is called has to be found again
        QVERIFY(review::evidenceAt(log.state, nine(log), said).has_value());
        // Who is cleared for a word of it there need not be here.
        QCOMPARE(review::evidenceText(log.state, nine(log), line), std::string("the ledger is locked since nine"));
        // Every other name is each incident's own.
        for (const std::string &nothing : {std::string("hypothesis/1"), std::string("message/m 1"), line + "/2", std::string("line/999"), std::string("line/"), std::string("line/x")}) {
            QVERIFY2(review::exactReference(log.state, nine(log), nothing).empty(), nothing.c_str());
            QVERIFY2(!review::evidenceAt(log.state, nine(log), nothing), nothing.c_str());
            QVERIFY2(review::evidenceText(log.state, nine(log), nothing).empty(), nothing.c_str());
        }
        partsAgain(log);
        QVERIFY(review::exactReference(log.state, nine(log), line).empty());
        QVERIFY(!review::evidenceAt(log.state, nine(log), line));
        QVERIFY(review::evidenceText(log.state, nine(log), line).empty());
    }
    void aRecordOfBothIsItsOwn()
    {
        Log log = twoOfOne();
        log.record(events::Events{events::LogWritten{"INC-8", "one", kAna}, events::LogWritten{"INC-8", "two", kAna}, events::LogWritten{"INC-9", "ours", kAna}});
        const std::string line = "line/" + std::to_string(log.state.seq);
        merges(log);
        QCOMPARE(review::evidenceText(log.state, nine(log), line), std::string("ours"));
        QVERIFY(review::exactReference(log.state, nine(log), line + "/2").empty());
    }
    void theTimelineTellsWhatBecamePartOfIt()
    {
        for (const auto &[language, words] : {std::pair<std::string, std::string>{"en", " INC-8, Ledger locked, became part of it\n"}, std::pair<std::string, std::string>{"de", " INC-8, Ledger locked, wurde Teil davon\n"}}) {
            Log log = twoOfOne("cart", "lake", language);
            QCOMPARE(timesIn(toldOfNine(log, "timeline"), words), std::size_t(0));
            merges(log);
            QVERIFY2(timesIn(toldOfNine(log, "timeline"), words) == 1, toldOfNine(log, "timeline").c_str());
            partsAgain(log);
            QCOMPARE(timesIn(toldOfNine(log, "timeline"), "INC-8"), std::size_t(0));
            merges(log);
            const std::string timeline = toldOfNine(log, "timeline");
            QVERIFY2(timesIn(timeline, words) == 1 && timesIn(timeline, "INC-8") == 1, timeline.c_str()); // the merge that holds
            QVERIFY2(timesIn(timeline, "(entry:line/" + std::to_string(log.state.seq) + ")" + words) == 1, timeline.c_str());
        }
    }
    /// Whose names and lines are looked at only once that is recorded are not told where nothing is.
    void ofWhatIsRestrictedNothingIsToldWhereItIsNot()
    {
        Log log = twoOfOne("cart", "vault");
        log.record(events::LogWritten{"INC-8", "the ledger is locked", {"eve", Path::Person}});
        const std::string line = "line/" + std::to_string(log.state.seq);
        merges(log);
        QCOMPARE(idsOfParts(log), Names{"INC-9"});
        QCOMPARE(askedOfNine(log), Names{"ana"});
        QVERIFY(review::exactReference(log.state, nine(log), line).empty());
        QVERIFY(!review::evidenceAt(log.state, nine(log), line));
        QVERIFY(review::evidenceText(log.state, nine(log), line).empty());
        for (const review::Prefilled &p : review::prefill(log.state, nine(log)))
            QVERIFY2(timesIn(p.text, "Ledger") == 0 && timesIn(p.text, "Eve") == 0, p.text.c_str());
        QVERIFY2(timesIn(toldOfNine(log, "timeline"), " INC-8 became part of it\n") == 1, toldOfNine(log, "timeline").c_str());
    }
    void whatIsRestrictedIsWhatTheGovernanceHoldsSo()
    {
        for (const char *into : {"cart", "lake", "vault", ""})
            for (const char *part : {"cart", "lake", "vault", ""}) {
                Log log = twoOfOne(into, part);
                merges(log);
                const state::Incident &i = nine(log), &eight = *log.state.incident("INC-8");
                const bool isTold = governance::isRestricted(*log.state.workspace, i) || !governance::isRestricted(*log.state.workspace, eight);
                QCOMPARE(review::mayTellOf(log.state, i, eight), isTold);
                QCOMPARE(idsOfParts(log).size(), std::size_t(isTold ? 2 : 1));
            }
    }
    void aDrillIsNoPartOfWhatIsNone()
    {
        Log log;
        log.record(withWorkspace(aWorkspaceOfParts())).record(anIncident("INC-9").by("ana").event());
        events::IncidentDeclared drill = anIncident("INC-8").by("ben").event();
        drill.kind = "drill";
        log.record(drill);
        merges(log); // which the desk refuses
        QCOMPARE(idsOfParts(log), Names{"INC-9"});
    }
};

QD_TEST(TestMerged)
#include "tst_merged.moc"
