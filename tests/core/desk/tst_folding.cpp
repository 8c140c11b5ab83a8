// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/causes.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "core/control/get.h"
#include "tests/core/desk/foldbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M2.4: a path that was promoted to fold. Nothing is dropped: what waits is shown, counted, explained, and goes in the end.
namespace {

/// db is down and dan has answered; web was paged about once, for WebErrors.
struct Answered : FoldBench {
    explicit Answered(Workspace w = foldingShop()) : FoldBench(std::move(w))
    {
        down("DbDown", "db");     // escalation/1, dan
        down("WebErrors", "web"); // escalation/2, ana
        (void)command(desk::AcknowledgeEscalation{1}, "dan");
    }
    Result<desk::WhatIf> whatIf(std::optional<Workspace> workspace)
    {
        const state::Past past = desk::pastOf(*journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        if (!was)
            return tl::unexpected(was.error());
        state::State would = was->clone();
        return desk::whatIf(past, std::move(*was), std::move(would), journal->head(), std::move(workspace), [] { return true; });
    }
};

} // namespace

class TestFolding : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsOnlyWhenWhoOwnsTheSuspectHasAnswered()
    {
        FoldBench b;
        b.down("DbDown", "db");
        b.down("WebErrors", "web");
        QVERIFY(!b.call(2).isFolded());
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "dan"));
        QVERIFY(b.call(2).isFolded());
        QCOMPARE(b.call(2).fold.rule, std::string("web-db"));
        QCOMPARE(b.call(2).fold.suspect, std::string("db"));
        const std::size_t before = b.pages().size();
        b.pass(minutes(6)); // its second step would have called ben
        QCOMPARE(b.pages().size(), before);
        QVERIFY(b.isLogged("are folded under db"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void anAcknowledgementByAStrangerToTheServiceFoldsNothing()
    {
        FoldBench b;
        const std::string db = b.down("DbDown", "db");
        b.down("WebErrors", "web");
        QVERIFY(b.command(desk::Acknowledge{{db}, "I saw it"}, "ben")); // of the shop, which does not own db
        QCOMPARE(b.call(1).acknowledgedBy, std::string("ben"));
        QVERIFY(!b.call(2).isFolded());
        QVERIFY(b.command(desk::Acknowledge{{db}, "mine"}, "dan"));
        QVERIFY(b.call(2).isFolded());
    }

    void neverHidesAServicesFirstPage()
    {
        FoldBench b;
        b.down("DbDown", "db");
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "dan"));
        b.down("WebErrors", "web");
        QVERIFY(has(b.pages().back(), "ana: You are called: WebErrors"));
        b.down("WebSlow", "web"); // the second of the same service waits
        QVERIFY(b.call(3).isFolded());
        QVERIFY(b.call(3).steps.empty());
        QVERIFY(has(b.pages().back(), "WebErrors"));
        b.down("CartErrors", "cart"); // the first of another goes
        QVERIFY(has(b.pages().back(), "CartErrors"));
    }

    void aPageNobodyCouldGetIsNoFirstPage()
    {
        Workspace w = foldingShop();
        w.people[0].xmpp.clear(); // ana cannot be reached
        Answered b(std::move(w));
        QVERIFY(!b.call(2).isFolded());
        b.pass(minutes(5) + seconds(1));
        QVERIFY(has(b.pages().back(), "ben: You are called: WebErrors"));
        QVERIFY(b.call(2).isFolded()); // from now on
    }

    void neverHidesASev1()
    {
        Answered b;
        QVERIFY(b.command(desk::DeclareIncident{"Shop is down", "SEV1", "web", "", "", {}, false}));
        const auto calls = b.calls();
        const auto &x = calls.back();
        QCOMPARE(x.incident, std::string("INC-1"));
        QVERIFY(!x.isFolded());
        QVERIFY(!x.steps.empty());
    }

    void whatBecomesASev1GoesAtOnce()
    {
        Answered b;
        QVERIFY(b.command(desk::DeclareIncident{"Shop is down", "SEV2", "web", "", "", {}, false}));
        const std::size_t n = b.calls().size();
        QVERIFY(b.call(n).isFolded());
        QVERIFY(b.call(n).steps.empty());
        QVERIFY(b.command(desk::ChangeSeverity{"INC-1", "SEV1", "checkout is down everywhere"}));
        QVERIFY(!b.call(n).isFolded());
        QCOMPARE(b.call(n).steps.size(), std::size_t{1});
        QVERIFY(has(b.why("INC-1"), "it is a SEV1 now"));
    }

    void undoesItselfAfterTenMinutesAndThePageGoesAtOnce()
    {
        Answered b;
        b.down("WebSlow", "web");
        const std::size_t before = b.pages().size();
        b.pass(desk::kFoldedAtMost - seconds(1));
        QCOMPARE(b.pages().size(), before);
        b.pass(seconds(1));
        const auto pages = b.pages();
        QVERIFY(std::any_of(pages.begin() + static_cast<std::ptrdiff_t>(before), pages.end(), [](const auto &p) { return has(p, "ana: You are called: WebSlow. Likely consequence of db"); }));
        QVERIFY(!b.call(3).isFolded());
        QVERIFY(!b.call(3).steps.front().late);
        QVERIFY(b.isLogged("no longer folded under db: it was folded for 10m"));
        b.pass(minutes(1));
        QVERIFY(!b.call(3).isFolded()); // and never again
        QCOMPARE(b.dumped(), b.committed());
    }

    void undoesItselfWhenTheSuspectRecoversAndTheUpstreamDoesNot()
    {
        Answered b;
        b.down("WebSlow", "web");
        b.clock.advance(minutes(2));
        b.up("DbDown", "db");
        QVERIFY(has(b.pages().back(), "You are called: WebSlow."));
        QVERIFY(!has(b.pages().back(), "consequence"));
        QVERIFY(b.isLogged("db recovered and web did not"));
    }

    void whatEndsWithItsSuspectIsNeverPaged()
    {
        Answered b;
        const std::string slow = b.down("WebSlow", "web");
        const std::size_t before = b.pages().size();
        QVERIFY(has(b.why(slow), "folded under db"));
        b.up("WebSlow", "web");
        b.up("DbDown", "db");
        b.pass(minutes(30));
        QCOMPARE(b.call(3).outcome, std::string("ended"));
        QVERIFY(b.call(3).steps.empty());
        const auto pages = b.pages();
        QVERIFY(std::none_of(pages.begin() + static_cast<std::ptrdiff_t>(before), pages.end(), [](const auto &p) { return has(p, "You are called: WebSlow"); }));
    }

    void anAnswerThatIsTakenBackUndoesIt()
    {
        Workspace w = foldingShop();
        w.services[2].paging = Paging::Assist; // db calls for incidents only: its alert is acknowledged, not a call
        FoldBench b(std::move(w));
        const std::string db = b.down("DbDown", "db");
        b.down("WebErrors", "web");
        QVERIFY(b.command(desk::Acknowledge{{db}, "mine"}, "dan"));
        QVERIFY(b.call(1).isFolded());
        desk::UnacknowledgeAlerts back;
        back.alerts = {db};
        QVERIFY(b.command(back, "dan"));
        QVERIFY(!b.call(1).isFolded());
        QVERIFY(b.isLogged("nobody who owns db answers for it any more"));
    }

    void anotherSuspectUndoesIt()
    {
        Workspace w = foldingShop();
        w.services[2].needs = {{"mail", DependencyKind::Hard}};
        Answered b(std::move(w));
        QVERIFY(b.call(2).isFolded());
        b.down("MailStuck", "mail");
        QVERIFY(!b.call(2).isFolded());
        QCOMPARE(b.call(2).suspect, std::string("mail"));
        QVERIFY(b.isLogged("no longer a likely consequence of db but of mail"));
    }

    void aRuleThatIsTakenOutUndoesIt()
    {
        Answered b;
        QVERIFY(b.call(2).isFolded());
        QVERIFY(b.report(events::Event(events::WorkspaceChanged{foldingShop(false), "two", {}})));
        QVERIFY(!b.call(2).isFolded());
    }

    void withoutARuleEveryPageGoes()
    {
        Answered b(foldingShop(false));
        b.down("WebSlow", "web");
        b.pass(minutes(5) + seconds(1));
        QCOMPARE(b.call(2).steps.size(), std::size_t{2});
        QCOMPARE(b.call(3).steps.size(), std::size_t{2});
    }

    void whoAsksForTheNextStepGetsItAllTheSame()
    {
        Answered b;
        b.down("WebSlow", "web");
        QVERIFY(b.command(desk::EscalateNow{3, 0, {}}));
        QCOMPARE(b.call(3).steps.size(), std::size_t{1});
    }

    void saysWhatWaitsAndWhy()
    {
        Answered b;
        const std::string slow = b.down("WebSlow", "web");
        const std::string why = b.why(slow);
        QVERIFY2(has(why, "folded under db: its next step waits until"), why.c_str());
        QVERIFY(has(why, "fold/web-db"));
        QVERIFY(has(why, "Dan answered escalation/1 for db"));
        QVERIFY(has(why, "web was paged about at"));
        const std::string person = b.whyCalled(slow, "ana");
        QVERIFY2(has(person, "folded under db"), person.c_str());
        QVERIFY(has(person, "Ana was not called"));
    }

    void aRestartLeavesWhatIsFoldedFoldedAndItsTimeGoesOn()
    {
        Answered b;
        b.down("WebSlow", "web");
        const std::string before = b.dumped();
        b.restart();
        QVERIFY(b.call(3).isFolded());
        b.pass(minutes(9)); // long after sources were waited for
        QVERIFY(b.call(3).isFolded());
        b.pass(minutes(2));
        QVERIFY(!b.call(3).isFolded());
        QCOMPARE(b.call(3).steps.size(), std::size_t{1});
        QCOMPARE(b.dumped(), b.committed());
    }

    void whatIfCountsWhatAFoldWouldHaveHidden()
    {
        Answered b(foldingShop(false));
        b.down("WebSlow", "web");
        b.down("WebFull", "web");
        b.clock.advance(minutes(3));
        b.up("WebSlow", "web");
        for (int n = 0; n < 12; ++n)
            b.pass(minutes(1));
        const auto w = b.whatIf(foldingShop());
        VERIFY_RESULT(w);
        QCOMPARE(w->foldsWere, std::uint64_t{0});
        QCOMPARE(w->foldsWould, std::uint64_t{3}); // WebErrors, WebSlow, WebFull
        QCOMPARE(w->foldedToTheEnd, std::uint64_t{1});
        QVERIFY2(has(w->sentence, "3 calls folded instead of 0, 1 of them to the end"), w->sentence.c_str());
        QVERIFY(std::any_of(w->others.begin(), w->others.end(), [](const auto &o) { return has(o.what, "of web is folded under db, and its page goes 10m later"); }));
        QVERIFY(w->callsWould < w->callsWere);
        const auto same = b.whatIf(std::nullopt);
        VERIFY_RESULT(same);
        QCOMPARE(same->recordsOther, std::uint64_t{0});
    }

    void aFoldDoesNothingAndSaysSoUntilSomebodyWasShownWhatItWouldHaveHidden()
    {
        FoldBench b(foldingShop(false));
        QVERIFY(b.report(events::Event(events::WorkspaceChanged{foldingShop(), "two", {}})));
        QVERIFY(b.isLogged("fold web-db does nothing until somebody was shown what it would have hidden"));
        b.down("DbDown", "db");
        const std::string web = b.down("WebErrors", "web");
        QVERIFY(b.command(desk::AcknowledgeEscalation{1}, "dan"));
        QVERIFY(!b.call(2).isFolded());
        QVERIFY(has(b.why(web), "fold rule web-db does nothing until"));
        const auto folds = [&] { return b.ask([](const state::State &s) { return control::getJson(s, "folds", {}).value_or(std::string()); }); };
        QVERIFY(has(folds(), "\"id\":\"web-db\",\"service\":\"web\",\"suspect\":\"db\",\"state\":\"not shown\""));
        // Another rule that was shown says nothing of this one.
        QVERIFY(b.report(events::Event(events::FoldsShown{{{"cart-db", "cart", "db"}}, "no call fewer", {"ana", Path::Person}})));
        QVERIFY(!b.call(2).isFolded());
        QVERIFY(b.report(events::Event(events::FoldsShown{foldingShop().folds, "1 fewer call", {"ana", Path::Person}})));
        QVERIFY(b.call(2).isFolded()); // at once
        QVERIFY(has(folds(), "\"state\":\"in force\"") && has(folds(), "\"shownBy\":\"ana\",\"sentence\":\"1 fewer call\""));
        QVERIFY(b.isLogged("was shown what fold web-db, cart-db would have hidden: 1 fewer call"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aFoldedHistoryComesOutByteForByte()
    {
        Answered b;
        b.down("WebSlow", "web");
        for (int n = 0; n < 12; ++n)
            b.pass(minutes(1));
        b.up("DbDown", "db");
        const auto same = b.whatIf(std::nullopt);
        VERIFY_RESULT(same);
        QVERIFY2(same->firstOtherWhat.empty(), same->firstOtherWhat.c_str());
        QCOMPARE(same->recordsOther, std::uint64_t{0});
        QCOMPARE(same->foldsWould, same->foldsWere);
    }
};

QD_TEST(TestFolding)
#include "tst_folding.moc"
