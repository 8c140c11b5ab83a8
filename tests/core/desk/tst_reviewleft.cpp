// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/gates.h"
#include "core/review/participants.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

/// A review that ana owns and ben is asked for, and people who leave the workspace.
struct LeavingBench : ReviewBench {
    explicit LeavingBench(bool isOpened = true)
    {
        if (isOpened)
            (void)open();
    }
    void leave(const std::vector<std::string> &people)
    {
        Workspace w = aWorkspaceToReview();
        const auto isGone = [&](const std::string &id) { return std::find(people.begin(), people.end(), id) != people.end(); };
        std::erase_if(w.people, [&](const Person &p) { return isGone(p.id); });
        for (Team &t : w.teams)
            std::erase_if(t.members, isGone);
        w.policies.clear();
        events::WorkspaceChanged e;
        e.workspace = std::move(w);
        e.digest = "without";
        for (const std::string &person : people)
            e.digest += " " + person;
        const auto ok = report(events::Event(e));
        QVERIFY2(ok, ok ? "" : ok.error().message.c_str());
    }
    review::Gate gate(const std::string &name)
    {
        return ask([&](const state::State &s) {
            for (const review::Gate &g : review::gatesOf(s, *s.incident("INC-1")))
                if (g.name == name)
                    return g;
            return review::Gate{};
        });
    }
    std::vector<std::string> missing(const std::string &name) { return gate(name).missing; }
};

using Names = std::vector<std::string>;

} // namespace

/// Somebody is of the workspace no more: what they said stays, what they had waits for nobody, and nobody else's words are lost by it.
class TestReviewLeft : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // --- contributions ---
    void whatSomebodyContributedStaysWhenTheyLeave()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "Ben saw the limit.", {}}, "ben"));
        b.leave({"ben"});
        QCOMPARE(b.missing("contributions"), Names{"Ana"});
        QCOMPARE(b.review().contributions.at(0).text, std::string("Ben saw the limit."));
        QVERIFY(b.ask([](const state::State &s) { return review::hadPart(review::participants(s, *s.incident("INC-1")), "ben"); })); // who acted acted
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }
    void forWhomLeftWithoutAWordTheOwnerNamesSomebody()
    {
        LeavingBench b;
        b.leave({"ben"});
        QCOMPARE(b.missing("contributions"), (Names{"Ana", "ben"}));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "eve"}));
        QCOMPARE(b.missing("contributions"), Names{"Ana"});
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "He saw the limit, as he told me.", {}}, "eve"));
        const state::Contribution said = *b.review().saidFor("ben").at(0);
        QVERIFY(said.person == "ben" && said.by == "eve" && !said.text.empty() && b.review().delegateOf("ben") == "eve");
    }
    void whoIsAskedMayBeDoneWithout()
    {
        LeavingBench b;
        b.leave({"ben"});
        desk::OpenReview o;
        o.incident = "INC-1";
        o.people = {"ana", "ben"}; // had a part in it, and may be asked still
        VERIFY_RESULT(b.command(o));
        o.people = {"ana", "zed"};
        VERIFY_FAILS(b.command(o), Code::NotFound);
        o.people = {"ana"};
        VERIFY_FAILS(b.command(o), Code::Invalid);
        o.reason = "Ben left, and told nobody";
        VERIFY_RESULT(b.command(o));
        QCOMPARE(b.review().people, Names{"ana"});
    }
    void whoLeftBeforeItWasOpenedIsAskedForByName()
    {
        LeavingBench b(false);
        b.leave({"ben"});
        VERIFY_RESULT(b.open());
        QVERIFY(std::find(b.review().people.begin(), b.review().people.end(), "ben") != b.review().people.end());
        VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", "contributions", "Ben left before anybody asked"}));
        QVERIFY(b.gate("contributions").standing == review::GateStanding::Waived);
    }

    // --- delegates ---
    void whoLeftSpeaksForNobody()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, {}, "zoe"}, "ben"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I commanded.", {}}));
        QVERIFY(b.gate("contributions").standing == review::GateStanding::Met);
        b.leave({"zoe"});
        QCOMPARE(b.missing("contributions"), Names{"Ben, for whom zoe was to speak, who left"});
        VERIFY_FAILS(b.command(desk::Contribute{"INC-1", {}, {}, "zoe"}, "ben"), Code::NotFound);
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, {}, "eve"}, "ben"));
        QVERIFY(b.missing("contributions").empty());
    }
    void whatADelegateWroteBeforeTheyLeftCounts()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, {}, "zoe"}, "ben"));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", "Ben saw the limit.", {}}, "zoe"));
        b.leave({"zoe"});
        QCOMPARE(b.missing("contributions"), Names{"Ana"});
        QCOMPARE(b.review().contributions.at(0).delegate, std::string("zoe"));
    }
    void aReviewThatWasCompleteStaysComplete()
    {
        LeavingBench b;
        b.complete();
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, {}, "zoe"}, "ben"));
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_RESULT(b.turn("reviewed"));
        b.leave({"zoe", "ben"});
        QVERIFY(b.missing("contributions").empty());
        VERIFY_RESULT(b.turn("closed"));
    }

    // --- sections ---
    void aSectionOfSomebodyWhoLeftIsFreedByWhoeverWrites()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact"}, "zoe"));
        VERIFY_RESULT(b.write("impact", "zoe's half", "zoe", true));
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "impact"}, "ben"), Code::Conflict);
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "impact", true}, "ben"), Code::Conflict);
        VERIFY_FAILS(b.write("impact", "ben's", "ben"), Code::Conflict);
        b.leave({"zoe"});
        QCOMPARE(b.section("impact").heldBy, std::string("zoe")); // the record does not move by itself
        VERIFY_RESULT(b.write("impact", "ben's", "ben"));
        QCOMPARE(b.section("impact").heldBy, std::string());
        QCOMPARE(b.section("impact").text(), std::string_view("ben's"));
        const auto revisions = b.section("impact").revisions;
        QVERIFY(b.section("impact").asides.empty() && std::any_of(revisions.begin(), revisions.end(), [](const state::Revision &r) { return r.text == "zoe's half" && r.by == "zoe"; }));
        const auto lines = b.lines();
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const state::Entry &e) { return e.text == "freed the section impact of zoe" && e.actor == "ben"; }));
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }
    void itIsCheckedOutWithoutTakingItOver()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact"}, "zoe"));
        b.leave({"zoe"});
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact"}, "ben"));
        QCOMPARE(b.section("impact").heldBy, std::string("ben"));
        QCOMPARE(b.lines().back().text, std::string("took over the section impact from zoe"));
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "impact"}, "eve"), Code::Conflict); // who is here is asked
    }
    void itIsLetGoOfForThem()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact"}, "zoe"));
        b.leave({"zoe"});
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact", true}, "eve"));
        QCOMPARE(b.section("impact").heldBy, std::string());
        QCOMPARE(b.lines().back().text, std::string("freed the section impact of zoe"));
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "impact", true}, "eve"), Code::Conflict);
    }
    void anEditorThatSavesADraftHasItFromThen()
    {
        LeavingBench b;
        VERIFY_RESULT(b.command(desk::HoldSection{"INC-1", "impact"}, "zoe"));
        b.leave({"zoe"});
        VERIFY_RESULT(b.write("impact", "ben begins", "ben", true));
        QCOMPARE(b.section("impact").heldBy, std::string("ben"));
        QCOMPARE(b.section("impact").text(), std::string_view("ben begins"));
    }
    void whatTheyWroteBesideItIsSettledByAnother()
    {
        LeavingBench b;
        const std::uint32_t base = b.section("summary").revision();
        VERIFY_RESULT(b.write("summary", "ben's", "ben"));
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "zoe's", base, true}, "zoe"));
        b.leave({"zoe"});
        const state::Section s = b.section("summary");
        QCOMPARE(s.asides.at(0).text, std::string("zoe's"));
        VERIFY_RESULT(b.command(desk::WriteSection{"INC-1", "summary", "ben's and zoe's", s.revision(), false, false, s.asides[0].number}, "ben"));
        QVERIFY(b.section("summary").asides.empty());
    }

    // --- who owns it ---
    void theReviewOfWhoLeftIsTakenOverWithAReason()
    {
        LeavingBench b;
        b.leave({"ana"});
        const auto refused = b.command(desk::WaiveGate{"INC-1", "factors", "a trifle"}, "ben");
        VERIFY_FAILS(refused, Code::Forbidden);
        QVERIFY2(refused.error().message.find("They left the workspace: whoever may command there takes the review over") != std::string::npos, refused.error().message.c_str());
        desk::OpenReview o;
        o.incident = "INC-1";
        o.owner = "ben";
        VERIFY_FAILS(b.command(o, "ben"), Code::Invalid);
        o.reason = "Ana left us";
        VERIFY_RESULT(b.command(o, "ben"));
        QCOMPARE(b.review().owner, std::string("ben"));
        VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", "factors", "a trifle"}, "ben"));
        QVERIFY2(b.gate("factors").says.find("Ben took the review over from ana") != std::string::npos, b.gate("factors").says.c_str());
        o.owner = "ana";
        VERIFY_FAILS(b.command(o, "ben"), Code::NotFound); // nobody owns it who is not here
    }
    void whoLeftBeforeItWasOpenedOwnsNone()
    {
        LeavingBench b(false); // ana commanded it
        b.leave({"ana"});
        VERIFY_RESULT(b.open("ben"));
        QCOMPARE(b.review().owner, std::string("ben"));
    }
    void anActionOfWhoLeftGetsAnotherOwner()
    {
        LeavingBench b;
        desk::KeepAction k;
        k.incident = "INC-1";
        k.text = "cap it";
        k.owner = "zoe";
        VERIFY_RESULT(b.command(k));
        b.leave({"zoe"});
        QCOMPARE(b.review().actions.at(0).owner, std::string("zoe"));
        k.action = 1;
        k.owner = "ben";
        VERIFY_RESULT(b.command(k));
        QCOMPARE(b.review().actions.at(0).owner, std::string("ben"));
    }
    void anActionThatWaitsForWhoLeftIsNobodys()
    {
        LeavingBench b;
        desk::KeepAction k;
        k.incident = "INC-1";
        k.text = "cap it";
        k.owner = "zoe";
        k.due = "14d";
        k.verification = "a replay";
        VERIFY_RESULT(b.command(k));
        b.complete();
        QCOMPARE(b.missing("actions"), Names());
        b.leave({"zoe"});
        QCOMPARE(b.missing("actions"), Names{"action 1 has an owner who left"});
        VERIFY_FAILS(b.command(desk::WaiveGate{"INC-1", "actions", "a trifle"}), Code::Conflict);
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_FAILS(b.turn("reviewed"), Code::Conflict);
        VERIFY_RESULT(b.command(desk::TurnAction{"INC-1", "done", "", 1})); // what is done waits for nobody
        QCOMPARE(b.missing("actions"), Names());
        VERIFY_RESULT(b.turn("reviewed"));
    }
    void theListCountsAsTheGateDoes()
    {
        LeavingBench b;
        const auto heard = [&] { return b.ask([](const state::State &s) { return review::heardOf(s, s.incident("INC-1")->review); }); };
        const std::size_t asked = b.review().people.size();
        QVERIFY(asked > 1);
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I saw it.", {}}, "ana"));
        QCOMPARE(heard(), std::size_t(1));
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", "ben", {}, "zoe"}));
        QCOMPARE(heard(), std::size_t(2));
        b.leave({"zoe"});
        QCOMPARE(heard(), std::size_t(1));
        QCOMPARE(b.gate("contributions").missing.size(), asked - heard());
    }
};

QD_TEST(TestReviewLeft)
#include "tst_reviewleft.moc"
