// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/clocks.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// M3.5: a text for outside is drafted and checked; what was approved is what goes out.
namespace {
using Texts = std::vector<std::string>;
} // namespace

class TestMessages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesOutWhenEveryCheckIsPassed()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QCOMPARE(b.standings(), std::string("technical open, legal waits, pr waits"));
        QVERIFY(refused(b.release(), Code::Conflict, "Technical check is not given yet"));
        QVERIFY(refused(b.judge("lee", "legal"), Code::Conflict, "comes after"));
        QVERIFY(b.judge("ben", "technical"));
        QCOMPARE(b.standings(), std::string("technical passed, legal open, pr open")); // side by side
        QVERIFY(b.judge("pat", "pr"));
        QVERIFY(refused(b.release(), Code::Conflict, "Legal is not given yet"));
        QVERIFY(b.judge("lee", "legal"));
        QVERIFY(b.written(events::Effect::Post, "Some payments fail.").empty());
        VERIFY_RESULT(b.release());
        QCOMPARE(b.written(events::Effect::Post, "Payments\nSome payments fail.").size(), std::size_t(1));
        QVERIFY(b.message().sentAt);
        QVERIFY(refused(b.release(), Code::Conflict, "released already"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void anyEditVoidsTheApprovals()
    {
        MessageBench b;
        QVERIFY(b.draft());
        b.approveAll();
        const auto edited = b.edit("Some payments failed.");
        VERIFY_RESULT(edited);
        QVERIFY(says(edited->notes, "3 approvals of version 1 no longer count"));
        QCOMPARE(b.standings(), std::string("technical open, legal waits, pr waits"));
        QVERIFY(refused(b.release(), Code::Conflict, "Technical check is not given yet"));
        // Back to the very words that were approved: they are a new version, to be read again.
        QVERIFY(b.edit("Some payments fail."));
        QVERIFY(refused(b.release(), Code::Conflict, "Technical check"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QCOMPARE(b.message().released, 3U);
    }

    void whereItGoesAndWhenArePartOfWhatIsApproved_data()
    {
        QTest::addColumn<int>("what");
        for (const auto &[name, what] : {std::pair("title", 0), {"audience", 1}, {"destination", 2}, {"embargo", 3}, {"expiry", 4}})
            QTest::newRow(name) << what;
    }
    void whereItGoesAndWhenArePartOfWhatIsApproved()
    {
        QFETCH(int, what);
        MessageBench b;
        QVERIFY(b.draft());
        b.approveAll();
        desk::DraftMessage d;
        d.message = 1;
        (what == 0 ? d.title : what == 1 ? d.audience : what == 3 ? d.embargo : d.expires) = what == 0 ? "Other" : what == 1 ? "partners" : what == 2 ? "" : "1h";
        if (what == 2)
            d.to = {"rooms", "mail:press"};
        QVERIFY(b.command(d, "cleo"));
        QVERIFY(refused(b.release(), Code::Conflict, "is not given yet"));
    }

    void anApprovalIsOfTheTextThatWasRead()
    {
        MessageBench b;
        QVERIFY(b.draft());
        const std::string read = b.message().newest().hash;
        QCOMPARE(read.size(), std::size_t(64));
        QVERIFY(b.edit("Something else."));
        QVERIFY(refused(b.judge("ben", "technical", true, {}, read.substr(0, 12)), Code::Conflict, "changed since you read it"));
        QVERIFY(b.judge("ben", "technical", true, {}, b.message().newest().hash.substr(0, 12)));
    }

    void nothingIsANewVersionWhereNothingChanges()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QVERIFY(refused(b.edit("Some payments fail."), Code::Conflict, "Nothing of message 1 would change"));
    }

    void whoWroteItDoesNotApproveIt()
    {
        MessageBench b;
        QVERIFY(b.draft("ben"));
        QVERIFY(refused(b.judge("ben", "technical"), Code::Forbidden, "Who wrote a version"));
        QVERIFY(b.judge("ana", "technical")); // another of the same team
        QVERIFY(refused(b.judge("dan", "pr"), Code::Forbidden, "does not give"));
        QVERIFY(refused(b.judge("ben", "nothing"), Code::NotFound, "no check"));
    }

    void aRefusalBlocksUntilTheTextIsAnother()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QVERIFY(refused(b.judge("ben", "technical", false), Code::Invalid, "Say what is wrong"));
        QVERIFY(b.judge("ben", "technical", false, "it is not some, it is all"));
        QVERIFY(refused(b.release(), Code::Conflict, "it is not some, it is all"));
        QVERIFY(b.edit("All payments fail."));
        b.approveAll();
        VERIFY_RESULT(b.release());
    }

    void whoGivesACheckIsToldWhenItIsTheirs()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QCOMPARE(b.told("/technical"), (Texts{"ana", "ben"}));
        QVERIFY(b.told("/legal").empty() && b.told("/pr").empty());
        QVERIFY(b.judge("ben", "technical"));
        QCOMPARE(b.told("/legal"), Texts{"lee"});
        QCOMPARE(b.told("/pr"), Texts{"pat"});
        QVERIFY(b.judge("pat", "pr"));
        QCOMPARE(b.told("/legal"), Texts{"lee"}); // asked once
        QVERIFY(b.written(events::Effect::Page, "Some payments fail.").empty()); // the text itself is read here
    }

    void aDeputyAnswersWhenTheTimeIsOver()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        b.pass(minutes(14));
        QVERIFY(refused(b.judge("kim", "legal"), Code::Forbidden, "may answer from"));
        b.pass(minutes(2));
        QCOMPARE(b.told("/legal/deputies"), Texts{"kim"});
        b.pass(minutes(20));
        QCOMPARE(b.told("/legal/deputies").size(), std::size_t(1)); // once
        QVERIFY(b.judge("kim", "legal"));
        QVERIFY(b.message().judgements.back().isDeputy);
        QVERIFY(b.judge("pat", "pr")); // late, but theirs
        VERIFY_RESULT(b.release());
    }

    /// opencompany#1805: what nobody answered in time was taken as denied, and nobody was told.
    void complaintOpencompany1805_silenceIsNeitherAYesNorANo()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        const std::string waits = b.standings();
        b.pass(hours(24 * 7));
        QVERIFY2(b.standings().find("refused") == std::string::npos, b.standings().c_str());
        QVERIFY(!b.message().sentAt && !b.message().endedAt);
        QCOMPARE(b.message().judgements.size(), std::size_t(1));
        QCOMPARE(b.told("/legal/deputies"), Texts{"kim"}); // somebody else was told that it waits
        QVERIFY(refused(b.release(), Code::Conflict, "Legal"));
        QVERIFY(b.judge("lee", "legal")); // and it is not too late
        QVERIFY(b.judge("pat", "pr"));
        VERIFY_RESULT(b.release());
        QVERIFY(waits.find("legal") != std::string::npos);
    }

    void onlyWhoLeadsReleases()
    {
        MessageBench b;
        QVERIFY(b.draft());
        b.approveAll();
        QVERIFY(refused(b.release("cleo"), Code::Forbidden, "Communications Lead"));
        QVERIFY(b.command(desk::AssignRole{"INC-1", "communications lead", "cleo"}));
        VERIFY_RESULT(b.release("cleo"));
    }

    void anEmbargoHoldsItAndItGoesOutByItself()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        const auto released = b.release();
        VERIFY_RESULT(released);
        QVERIFY(says(released->notes, "when its embargo is over"));
        QVERIFY(!b.message().sentAt);
        b.pass(minutes(59));
        QVERIFY(b.written(events::Effect::Post, "Some payments fail.").empty());
        b.pass(minutes(2));
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.written(events::Effect::Post, "Some payments fail.").size(), std::size_t(1));
        b.pass(hours(3));
        QCOMPARE(b.written(events::Effect::Post, "Some payments fail.").size(), std::size_t(1));
    }

    void whatIsWithdrawnBeforeItsEmbargoNeverGoesOut()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.embargo = "1h";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(b.command(desk::WithdrawMessage{{}, "it is not true", 1}));
        b.pass(hours(2));
        QVERIFY(b.written(events::Effect::Post, "Some payments fail.").empty());
        QCOMPARE(b.message().ended, std::string("withdrawn"));
    }

    void whatIsOverIsNotReleased()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.expires = "30m";
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        b.clock.advance(minutes(31)); // nobody has looked yet
        QVERIFY(refused(b.release(), Code::Conflict, "Its time was over"));
        b.pass(seconds(1));
        QCOMPARE(b.message().ended, std::string("expired"));
        auto wrong = b.aDraft();
        wrong.embargo = "2h";
        wrong.expires = "1h";
        QVERIFY(refused(b.command(wrong), Code::Invalid, "over before its embargo"));
    }

    void aHoldingStatementIsReleasedByWhoeverCommandsAlone()
    {
        MessageBench b;
        desk::ReleaseMessage r;
        r.holding = "pay-trouble";
        QVERIFY(refused(b.command(r, "cleo"), Code::Forbidden, "whoever commands"));
        const auto clock = [&] {
            return b.ask([](const state::State &s) {
                for (const comms::UpdateClock &c : comms::clocksOf(s, *s.incident("INC-1")))
                    if (!c.holding.empty())
                        return c;
                return comms::UpdateClock{};
            });
        };
        const Instant declared = b.ask([](const state::State &s) { return s.incident("INC-1")->declaredAt; });
        QVERIFY(clock().holding == "pay-trouble" && clock().audience == "customers" && clock().due == declared + comms::kHoldingTarget);
        QVERIFY(clock().stage(declared + minutes(1)) == comms::ClockStage::Open && clock().stage(declared + minutes(6)) == comms::ClockStage::Due);
        QVERIFY(b.command(desk::AssignRole{"INC-1", "communications lead", "cleo"}));
        QVERIFY(refused(b.command(r, "cleo"), Code::Forbidden, "whoever commands")); // the commander alone
        b.pass(minutes(4));
        VERIFY_RESULT(b.command(r));
        const auto m = b.message();
        QCOMPARE(m.newest().text, std::string("Some payments fail. Confirmed orders are safe."));
        QVERIFY(m.sentAt && m.missing.empty() && m.judgements.empty());
        const Span took = m.releasedAt - b.ask([](const state::State &s) { return s.incident("INC-1")->declaredAt; });
        QVERIFY(took <= comms::kHoldingTarget);
        QVERIFY(clock().holding.empty()); // its audience has heard
        // On the page with its component, in the room, and the next word is promised.
        const auto notice = b.ask([](const state::State &s) { return s.page("shop") && !s.page("shop")->notices.empty() ? s.page("shop")->notices.at(0) : state::PageNotice{}; });
        QCOMPARE(notice.title.at("en"), std::string("Payments fail"));
        QCOMPARE(notice.components.at(0).state, ComponentState::PartialOutage);
        QCOMPARE(notice.updates.at(0).nextDue, b.clock.now() + minutes(30));
        QCOMPARE(b.written(events::Effect::Post, "Confirmed orders are safe.").size(), std::size_t(2)); // the room hears of the notice, too
        const auto promises = b.ask([](const state::State &s) { return s.incident("INC-1")->promises; });
        QCOMPARE(promises.size(), std::size_t(1));
        QVERIFY(!promises[0].keptAt);
        QVERIFY(refused(b.command(r), Code::Conflict, "was released at"));
        b.pass(hours(3));
        QCOMPARE(b.message().ended, std::string("expired"));
        QVERIFY(b.command(r)); // it may be said again once it is over
        QCOMPARE(b.dumped(), b.committed());
    }

    void statementsFitTheServiceOfTheIncident()
    {
        MessageBench b;
        const auto fits = [&](const std::string &id) {
            return b.ask([&](const state::State &s) { return comms::holdingFor(s, *s.incident(id)).size(); });
        };
        QCOMPARE(fits("INC-1"), std::size_t(1));
        QVERIFY(b.command(desk::DeclareIncident{"Else", "SEV3", "db", {}, {}, {}, false}));
        QCOMPARE(fits("INC-2"), std::size_t(0));
    }

    void noGlassIsBrokenForWhatIsRestrictedOrPrivileged()
    {
        ClearanceRule cleared;
        cleared.id = "counsel";
        cleared.level = DataClass::Restricted;
        cleared.recipients = {"press"};
        cleared.audiences = {"customers"};
        for (const auto &[mark, allowed] : {std::pair<const char *, bool>{"privileged", false}, {"restricted", false}, {"privilegd", false}, {"confidential", true}}) {
            Workspace w = aSpeakingWorkspace();
            w.clearances = {cleared};
            MessageBench b(std::move(w));
            desk::DraftMessage d = b.aDraft();
            d.text = "Some payments fail. [[" + std::string(mark) + ": what counsel said]] Orders are safe.";
            d.to = {"mail:press"};
            VERIFY_RESULT(b.command(d, "cleo"));
            const auto done = b.breakGlass();
            QVERIFY2(done.has_value() == allowed, mark);
            if (!allowed) {
                QVERIFY2(done.error().code == Code::Forbidden && done.error().message.find("restricted or privileged") != std::string::npos, done.error().message.c_str());
                QVERIFY(!b.message().releasedAt);
                b.approveAll(); // by those whose word it is, it may go to whom it may
                VERIFY_RESULT(b.release());
            }
        }
    }

    void breakingTheGlassNeedsAReasonAndTwoOthersAndIsAnAlarm()
    {
        MessageBench b;
        QVERIFY(b.draft());
        QVERIFY(b.judge("ben", "technical"));
        QVERIFY(refused(b.breakGlass({"dan", "eve"}, " "), Code::Invalid, "--reason"));
        QVERIFY(refused(b.breakGlass({"dan"}), Code::Invalid, "Two others"));
        QVERIFY(refused(b.breakGlass({"dan", "dan"}), Code::Invalid, "Two others"));
        QVERIFY(refused(b.breakGlass({"dan", "ana"}), Code::Invalid, "Two others")); // oneself is nobody
        QVERIFY(refused(b.breakGlass({"dan", "nobody"}), Code::NotFound, "nobody"));
        QVERIFY(!b.message().releasedAt);
        VERIFY_RESULT(b.breakGlass());
        QCOMPARE(b.message().missing, (Texts{"legal", "pr"}));
        QCOMPARE(b.told("/glass"), (Texts{"dan", "eve"}));
        QCOMPARE(b.written(events::Effect::Post, "Payments\nSome payments fail.").size(), std::size_t(1));
        b.pass(seconds(1));
        QVERIFY(b.alarms());
        // Approved afterwards, the alarm is over.
        QVERIFY(b.judge("lee", "legal"));
        b.pass(seconds(1));
        QVERIFY(b.alarms());
        QVERIFY(b.judge("pat", "pr"));
        b.pass(seconds(1));
        QVERIFY(!b.alarms());
        QCOMPARE(b.dumped(), b.committed());
    }

    void theGlassIsNotBrokenWhereNothingIsMissing()
    {
        MessageBench b;
        QVERIFY(b.draft());
        b.approveAll();
        VERIFY_RESULT(b.breakGlass({}, {}));
        b.pass(seconds(1));
        QVERIFY(!b.alarms() && b.message().missing.empty());
    }

    void complaintDispatch794_noClosedWayStopsARelease_data()
    {
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("why");
        QTest::newRow("mail without a connection") << "mail:press" << "nothing is connected that sends mail";
        QTest::newRow("a page that refuses the text") << "page:shop" << "longer than 2000 bytes";
    }
    void complaintDispatch794_noClosedWayStopsARelease()
    {
        // The update failed because a document of the review was missing.
        QFETCH(QString, to);
        QFETCH(QString, why);
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        MessageBench b(w);
        auto d = b.aDraft();
        d.to = {"rooms", to.toStdString()};
        d.text += std::string(3000, '.');
        QVERIFY(b.command(d, "cleo"));
        const auto released = b.release();
        VERIFY_RESULT(released);
        QVERIFY(b.message().sentAt);
        QCOMPARE(b.written(events::Effect::Post, "Payments\nSome payments fail.").size(), std::size_t(1));
        QVERIFY(says(b.withheld(), why.toStdString()));
    }

    void mailGoesToEveryRecipientThroughAnArmedConnection()
    {
        MessageBench b;
        desk::AddConnection add;
        add.connection.name = "post";
        add.connection.kind = "smtp";
        add.connection.url = "smtps://mail.example";
        add.connection.from = "us@example.org";
        QVERIFY(b.command(add));
        auto d = b.aDraft();
        d.to = {"mail:press"};
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        QVERIFY(b.command(desk::Arm{"post", {"posts"}}));
        VERIFY_RESULT(b.release());
        const auto mails = b.written(events::Effect::Post, "Some payments fail.");
        QCOMPARE(mails.size(), std::size_t(2));
        QCOMPARE(mails[0].room, std::string("a@press.example"));
        QCOMPARE(mails[0].title, std::string("Payments"));
        QCOMPARE(mails[0].connection, std::string("post"));
    }

    void aDrillReachesNobodyOutside()
    {
        MessageBench b(aSpeakingWorkspace(), "drill");
        auto d = b.aDraft();
        d.to = {"mail:press", "page:shop"};
        QVERIFY(b.command(d, "cleo"));
        b.approveAll();
        VERIFY_RESULT(b.release());
        QVERIFY(says(b.withheld(), "a drill mails nobody outside"));
        QVERIFY(b.ask([](const state::State &s) { return !s.page("shop") || s.page("shop")->notices.empty(); }));
    }

    void anEmptyOrUnknownDraftIsRefused()
    {
        MessageBench b;
        auto d = b.aDraft();
        d.text = " \n ";
        QVERIFY(refused(b.command(d), Code::Invalid, "a title and a text"));
        d = b.aDraft();
        d.to = {"fax:1"};
        QVERIFY(refused(b.command(d), Code::Invalid, "no destination"));
        d.to = {"page:none"};
        QVERIFY(refused(b.command(d), Code::NotFound, "no status page"));
        d.to = {"mail:none"};
        QVERIFY(refused(b.command(d), Code::NotFound, "[[recipients]]"));
        d = b.aDraft();
        d.audience = "martians";
        QVERIFY(refused(b.command(d), Code::NotFound, "martians"));
        d = b.aDraft();
        d.text = std::string(8001, 'x');
        QVERIFY(refused(b.command(d), Code::TooLarge, "8,000"));
        d = b.aDraft();
        d.message = 7;
        QVERIFY(refused(b.command(d), Code::NotFound, "no message 7"));
        QVERIFY(b.message().versions.empty());
    }

    void whatTheRulesMadeIsMadeAgain()
    {
        MessageBench b;
        desk::ReleaseMessage r;
        r.holding = "pay-trouble";
        QVERIFY(b.command(r));
        QVERIFY(b.draft());
        b.pass(minutes(20));
        const state::Past past = desk::pastOf(*b.journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        VERIFY_RESULT(was);
        state::State would = was->clone();
        const auto again = desk::whatIf(past, std::move(*was), std::move(would), b.journal->head(), std::nullopt, [] { return true; });
        VERIFY_RESULT(again);
        QCOMPARE(again->others.size(), std::size_t(0));
        b.restart();
        b.pass(seconds(1));
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestMessages)
#include "tst_messages.moc"
