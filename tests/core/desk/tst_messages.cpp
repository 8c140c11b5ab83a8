// SPDX-License-Identifier: GPL-3.0-or-later
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

    void twoWhoWriteAtOnceDoNotUndoEachOther()
    {
        MessageBench b;
        QVERIFY(b.draft());
        desk::DraftMessage d;
        d.message = 1;
        d.text = "Some payments fail since ten.";
        d.hash = b.newestHash();
        QVERIFY(b.edit("Some payments fail. Cards work.", "ben"));
        const std::string newest = b.newestHash();
        QVERIFY(refused(b.command(d, "cleo"), Code::Conflict, "version 2, by Ben, is " + newest.substr(0, 12) + ". Nothing was overwritten"));
        const auto shown = b.command(d, "cleo"); // what was written meanwhile
        QVERIFY2(shown.error().message.find(" Since version 1: ") != std::string::npos && shown.error().message.find("Cards work.") != std::string::npos, shown.error().message.c_str());
        QCOMPARE(b.message().newest().text, std::string("Some payments fail. Cards work."));
        d.hash = std::string(64, '0'); // a version that never was
        QVERIFY(refused(b.command(d, "cleo"), Code::Conflict, "was changed since you read it"));
        d.hash = newest.substr(0, desk::kHashDigitsMeant - 1);
        QVERIFY(refused(b.command(d, "cleo"), Code::Invalid, "So few digits"));
        d.hash = newest.substr(0, desk::kHashDigitsMeant);
        VERIFY_RESULT(b.command(d, "cleo"));
        QCOMPARE(b.message().newest().text, std::string("Some payments fail since ten."));
        QVERIFY(b.edit("Whatever there is.", "ben")); // nobody has to name it
        d.message = 0;
        d.title = "Payments";
        QVERIFY(refused(b.command(d, "cleo"), Code::Invalid, "name the message"));
    }

    void whatIsMarkedIsNotToldByARefusal()
    {
        MessageBench b(whereThePressIsCleared());
        desk::DraftMessage d = b.aDraft();
        d.to = {"mail:press"};
        VERIFY_RESULT(b.command(d, "cleo"));
        const std::string read = b.newestHash();
        VERIFY_RESULT(b.edit("Cards fail [[confidential: canary]].", "ben"));
        desk::DraftMessage late;
        late.message = 1;
        late.text = "Cards fail.";
        late.hash = read;
        const auto told = b.command(late, "cleo");
        QVERIFY(refused(told, Code::Conflict, "was changed since you read it"));
        QVERIFY2(told.error().message.find("canary") == std::string::npos, told.error().message.c_str());
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
        QVERIFY(refused(b.command(desk::JudgeMessage{{}, "technical", {}, {}, 1, true}, "ben"), Code::Conflict, "Read it and say so"));
        QVERIFY(refused(b.judge("ben", "technical", true, {}, b.newestHash().substr(0, desk::kHashDigitsMeant - 1)), Code::Invalid, "give 12 or more"));
        QVERIFY(b.judge("ben", "technical", true, {}, b.newestHash().substr(0, desk::kHashDigitsMeant)));
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

    void itGoesToWebhooksAndRoomsOfOthersAsUpdatesDo()
    {
        MessageBench b;
        b.connect("hook", "webhook");
        VERIFY_RESULT(b.command(desk::Arm{"hook", {"posts"}}));
        desk::DraftMessage d = b.aDraft();
        d.audience = "technical";
        for (const char *wrong : {"webhook:nobody", "room:nobody/bridge"}) {
            d.to = {wrong};
            QVERIFY(refused(b.command(d, "cleo"), Code::NotFound, "no connection nobody"));
        }
        for (const char *wrong : {"webhook:", "room:chat", "room:chat/"}) {
            d.to = {wrong};
            QVERIFY(refused(b.command(d, "cleo"), Code::Invalid, "no destination"));
        }
        d.to = {"webhook:hook", "room:chat/bridge@muc.example"};
        VERIFY_RESULT(b.command(d, "cleo"));
        VERIFY_RESULT(b.judge("ben", "technical"));
        VERIFY_RESULT(b.judge("pat", "pr"));
        QVERIFY(refused(b.release(), Code::Conflict, "Legal is not given yet")); // anybody may read it there, whatever audience it names
        VERIFY_RESULT(b.judge("lee", "legal"));
        VERIFY_RESULT(b.release());
        const auto posts = [&] {
            std::vector<std::string> out;
            b.ask([&](const state::State &s) {
                for (const auto &[number, entry] : s.outbox)
                    if (entry.what.subject == "message/1")
                        out.push_back(entry.what.connection + " " + entry.what.room);
                return 0;
            });
            return out;
        };
        QCOMPARE(posts(), (std::vector<std::string>{"hook ", "chat bridge@muc.example"}));
        QVERIFY(!b.message().reachedNobody);
    }

    void whatIsNotArmedIsSaidAndWithheld()
    {
        MessageBench b;
        b.connect("hook", "webhook");
        desk::DraftMessage d = b.aDraft();
        d.audience = "technical";
        d.to = {"webhook:hook"};
        VERIFY_RESULT(b.command(d, "cleo"));
        VERIFY_RESULT(b.judge("ben", "technical"));
        VERIFY_RESULT(b.judge("pat", "pr"));
        VERIFY_RESULT(b.judge("lee", "legal"));
        const auto released = b.release();
        VERIFY_RESULT(released);
        QVERIFY(says(released->notes, "It does not reach webhook:hook: the connection is not armed for posts"));
        QVERIFY(b.message().reachedNobody);
    }

    void whatWouldBeSaidInARoomWhoseConnectionIsGoneIsWithheldOnceARecord_data()
    {
        QTest::addColumn<bool>("hasOther");
        QTest::newRow("its only room") << false;
        QTest::newRow("beside a room that is there") << true;
    }
    void whatWouldBeSaidInARoomWhoseConnectionIsGoneIsWithheldOnceARecord()
    {
        QFETCH(bool, hasOther);
        Workspace w = aSpeakingWorkspace();
        w.approvals.clear();
        MessageBench b(std::move(w));
        if (hasOther) {
            b.connect("other", "xmpp");
            VERIFY_RESULT(b.command(desk::Arm{"other", {"posts"}}));
            VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "other", "inc@else.example", true, false})));
        }
        VERIFY_RESULT(b.draft());
        VERIFY_RESULT(b.command(desk::RemoveConnection{"chat"}));
        const auto released = b.release(); // says that it is released, and the text
        VERIFY_RESULT(released);
        const std::string gone = "there is no connection chat any more, which inc@muc.example was a room of";
        QCOMPARE(says(released->notes, "It reaches no room: " + gone + "."), !hasOther);
        const auto inRecord = b.ask([&](const state::State &s) {
            return std::count_if(s.incident("INC-1")->withheld.begin(), s.incident("INC-1")->withheld.end(), [&](const state::Withheld &each) { return each.seq == released->seq && each.what.reason == gone; });
        });
        QCOMPARE(inRecord, 1);
        QCOMPARE(b.message().reachedNobody, !hasOther);
        std::vector<std::string> rooms;
        for (const auto &o : b.written(events::Effect::Post, "Payments\nSome payments fail."))
            rooms.push_back(o.connection);
        QCOMPARE(rooms, hasOther ? std::vector<std::string>{"other"} : std::vector<std::string>{});
        QCOMPARE(b.dumped(), b.committed());
    }

    void aDraftIsAdvisedAndNeverRefusedForIt()
    {
        MessageBench b;
        desk::DraftMessage d = b.aDraft();
        d.text = "Payments fail due to human error.";
        const auto done = b.command(d, "cleo");
        VERIFY_RESULT(done);
        QVERIFY(says(done->notes, "Advice: blame: "));
        const auto plain = b.edit("Some payments fail.");
        VERIFY_RESULT(plain);
        QVERIFY(!says(plain->notes, "Advice: "));
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
