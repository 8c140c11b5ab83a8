// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "tests/core/desk/reviewbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What holds a review back from being complete, through the one front door, and that nothing holds the incident.
class TestReviewGates final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void gatesHoldTheReviewAndNeverTheIncident()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.turn("reviewed"), Code::Conflict); // it is talked about first
        VERIFY_FAILS(b.turn("none"), Code::Invalid);
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_FAILS(b.turn("in review"), Code::Conflict);
        const auto held = b.turn("reviewed");
        VERIFY_FAILS(held, Code::Conflict);
        for (const char *part : {"contributions (Ana, Ben)", "section narrative is as it was pre-filled", "no factor is named", "may do without one"})
            QVERIFY2(held.error().message.find(part) != std::string::npos, held.error().message.c_str());
        // The incident waits for none of it.
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "closed", {}}));
        b.complete();
        VERIFY_RESULT(b.turn("reviewed"));
        VERIFY_FAILS(b.write("summary", "more"), Code::Conflict);
        VERIFY_FAILS(b.command(desk::HoldSection{"INC-1", "summary"}), Code::Conflict);
        VERIFY_RESULT(b.turn("closed"));
        VERIFY_FAILS(b.turn("draft"), Code::Invalid); // why?
        VERIFY_RESULT(b.turn("draft", "ana", "a witness came back"));
        VERIFY_RESULT(b.write("summary", "more"));
    }
    void anOwnerlessActionHoldsAnyReview()
    {
        ReviewBench b("SEV4");
        VERIFY_RESULT(b.open());
        desk::KeepAction k;
        k.incident = "INC-1";
        k.text = "cap the limit";
        VERIFY_RESULT(b.command(k));
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_FAILS(b.turn("reviewed"), Code::Conflict);
        k.action = 1;
        k.owner = "ben";
        VERIFY_RESULT(b.command(k));
        VERIFY_RESULT(b.turn("reviewed"));
        // … and none comes in by the back door.
        k = {};
        k.incident = "INC-1";
        k.text = "another";
        VERIFY_FAILS(b.command(k), Code::Conflict);
        k.owner = "ben";
        k.due = "14d";
        k.verification = "seen";
        VERIFY_RESULT(b.command(k));
    }
    void whatWasDroppedComesBackIntoAReviewedOneOnlyWhole()
    {
        ReviewBench b("SEV4");
        VERIFY_RESULT(b.open());
        const auto keep = [&](std::uint32_t action, const char *text, const char *owner, const char *due, const char *verification) {
            desk::KeepAction k;
            k.incident = "INC-1";
            k.text = text;
            k.action = action;
            k.owner = owner;
            k.due = due;
            k.verification = verification;
            return b.command(k);
        };
        const auto turn = [&](std::uint32_t action, const char *state) { return b.command(desk::TurnAction{"INC-1", state, "so it is", action}); };
        VERIFY_RESULT(keep(0, "cap the limit", "", "", ""));
        VERIFY_RESULT(turn(1, "dropped"));
        VERIFY_RESULT(keep(0, "think of it", "ben", "", ""));
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_RESULT(b.turn("reviewed"));
        for (const char *state : {"open", "done", "verified"})
            VERIFY_FAILS(turn(1, state), Code::Conflict);
        VERIFY_RESULT(turn(2, "done")); // it has an owner, which was all that was asked of it
        VERIFY_RESULT(turn(2, "open"));
        QVERIFY(b.review().actions[0].state == ActionState::Dropped);
        VERIFY_RESULT(keep(1, "", "ben", "14d", "seen"));
        VERIFY_RESULT(turn(1, "open"));
        VERIFY_RESULT(b.turn("closed"));
    }
    /// What an action did without as the review was completed it may go on doing without; it loses nothing of what was asked for.
    void anActionOfAReviewedReviewIsMendedByWhatItsGateAsksFor()
    {
        const auto keep = [](ReviewBench &b, const char *text, const char *owner, const char *due, const char *verification) {
            desk::KeepAction k;
            k.incident = "INC-1";
            k.text = text;
            k.action = b.review().actions.empty() || std::string_view(text) == "another" ? 0 : 1;
            k.owner = owner;
            k.due = due;
            k.verification = verification;
            return b.command(k);
        };
        const auto reviewed = [](ReviewBench &b) {
            VERIFY_RESULT(b.turn("in review"));
            VERIFY_RESULT(b.turn("reviewed"));
        };
        ReviewBench small("SEV4"); // asks for owners alone
        VERIFY_RESULT(small.open());
        VERIFY_RESULT(keep(small, "cap it", "ben", "", ""));
        reviewed(small);
        VERIFY_RESULT(keep(small, "", "zoe", "", ""));
        VERIFY_FAILS(keep(small, "", "-", "", ""), Code::Conflict);
        VERIFY_RESULT(keep(small, "another", "ben", "", ""));

        ReviewBench waived;
        VERIFY_RESULT(waived.open());
        waived.complete();
        VERIFY_RESULT(keep(waived, "cap it", "ben", "", ""));
        VERIFY_RESULT(waived.command(desk::WaiveGate{"INC-1", "actions", "its day is said later"}));
        reviewed(waived);
        VERIFY_RESULT(keep(waived, "", "", "14d", ""));
        VERIFY_FAILS(keep(waived, "", "", "-", ""), Code::Conflict); // it has one now
        VERIFY_FAILS(keep(waived, "another", "ben", "", ""), Code::Conflict); // the waiver was not for this one
    }
    /// What a gate asks for may be asked for after it was met: it is looked at again before the end.
    void gatesAreLookedAtAgainWhenItIsClosed()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        b.complete();
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_RESULT(b.turn("reviewed"));
        desk::OpenReview o;
        o.incident = "INC-1";
        o.people = {"ana", "ben", "zoe"};
        VERIFY_RESULT(b.command(o));
        const auto held = b.turn("closed");
        VERIFY_FAILS(held, Code::Conflict);
        for (const char *part : {"not complete any more: contributions (zoe)", "Turn it back to draft"})
            QVERIFY2(held.error().message.find(part) != std::string::npos, held.error().message.c_str());
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I was called late.", {}}, "zoe"));
        VERIFY_RESULT(b.turn("closed"));
    }
    /// Its review stays open with it, and asks who acted since for their words.
    void whatIsOpenAgainIsNotReviewedAndWhoActedSinceIsAsked()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        b.complete();
        VERIFY_RESULT(b.turn("in review"));
        b.pass(minutes(1));
        const auto reopened = [&] {
            VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
            b.pass(minutes(1));
        };
        const auto isHeld = [&](const char *phase, const char *says) {
            const auto held = b.turn(phase);
            VERIFY_FAILS(held, Code::Conflict);
            QVERIFY2(held.error().message.find(says) != std::string::npos, held.error().message.c_str());
        };
        reopened();
        VERIFY_RESULT(b.command(desk::RaiseHypothesis{"INC-1", "the other pool"}, "zoe"));
        isHeld("reviewed", "INC-1 is open again (active); its review is complete once it is over.");
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", "calmer"}));
        isHeld("reviewed", "INC-1 is open again (mitigated);");
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "rolled back as well"}));
        isHeld("reviewed", "is not complete: contributions (zoe).");
        VERIFY_RESULT(b.command(desk::Contribute{"INC-1", {}, "I raised the other limit.", {}}, "zoe"));
        VERIFY_RESULT(b.turn("reviewed"));
        // Nor is one closed, and one that is complete goes back all the same.
        reopened();
        isHeld("closed", "INC-1 is open again (active);");
        VERIFY_RESULT(b.turn("draft", "ana", "it came back"));
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "for good"}));
        VERIFY_RESULT(b.turn("reviewed"));
        VERIFY_RESULT(b.turn("closed"));
    }
    void aWaiverOfBeforeItWasReopenedIsNotForWhoActedSince()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        for (const char *gate : {"contributions", "sections", "factors"})
            VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", gate, "a trifle"}));
        VERIFY_RESULT(b.turn("in review"));
        b.pass(minutes(1));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        VERIFY_RESULT(b.command(desk::RaiseHypothesis{"INC-1", "the other pool"}, "zoe"));
        b.pass(minutes(1));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "rolled back as well"}));
        const auto held = b.turn("reviewed");
        VERIFY_FAILS(held, Code::Conflict);
        QVERIFY2(held.error().message.find("is not complete: contributions (zoe).") != std::string::npos, held.error().message.c_str());
        VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", "contributions", "a trifle still"}));
        VERIFY_RESULT(b.turn("reviewed"));
    }
    void theOwnerOfTheReviewAloneDoesWithoutAGate()
    {
        ReviewBench b;
        VERIFY_RESULT(b.open());
        VERIFY_FAILS(b.command(desk::WaiveGate{"INC-1", "factors", "a trifle"}, "ben"), Code::Forbidden);
        VERIFY_FAILS(b.command(desk::WaiveGate{"INC-1", "factors", " "}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::WaiveGate{"INC-1", "beauty", "x"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::WaiveGate{"INC-1", "actions", "x"}), Code::Conflict); // there are none: met
        desk::KeepAction nobodys;
        nobodys.incident = "INC-1";
        nobodys.text = "cap the limit";
        VERIFY_RESULT(b.command(nobodys));
        VERIFY_FAILS(b.command(desk::WaiveGate{"INC-1", "actions", "no time"}), Code::Conflict);
        nobodys.action = 1;
        nobodys.owner = "ben";
        VERIFY_RESULT(b.command(nobodys));
        VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", "actions", "its day is said later"}));
        for (const char *gate : {"factors", "contributions", "sections"})
            VERIFY_RESULT(b.command(desk::WaiveGate{"INC-1", gate, "a trifle"}));
        QCOMPARE(b.lines().back().text, std::string("the review does without sections: a trifle"));
        VERIFY_RESULT(b.turn("in review"));
        VERIFY_RESULT(b.turn("reviewed"));
    }
    void whoMayTurnIt()
    {
        Workspace w = aWorkspaceToReview();
        w.rights = {{"all", Right::Respond, {}, {}, true, {}, {}}, {"boss", Right::Administer, {"max"}, {}, false, {}, {}}, {"c", Right::Command, {"ana"}, {}, false, {}, {}}};
        ReviewBench b("SEV3", w);
        VERIFY_RESULT(b.open("ben"));
        desk::OpenReview o;
        o.incident = "INC-1";
        o.owner = "eve";
        o.facilitator = "zoe";
        VERIFY_RESULT(b.command(o, "ana"));
        const auto refused = b.turn("in review", "ben");
        VERIFY_FAILS(refused, Code::Forbidden);
        QVERIFY2(refused.error().message.find("Eve Abara") != std::string::npos, refused.error().message.c_str());
        VERIFY_RESULT(b.turn("in review", "eve"));
        VERIFY_RESULT(b.turn("draft", "zoe", "again"));
        VERIFY_RESULT(b.turn("in review", "ana"));
    }
};

QD_TEST(TestReviewGates)
#include "tst_reviewgates.moc"
