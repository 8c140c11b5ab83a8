// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/chatmessages.h"
#include "core/desk/obey.h"
#include "tests/core/desk/messagebench.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::tests;

namespace {

/// The same, and what is said to the console alone, or in the incident's room.
struct ReadingBench : MessageBench {
    int said = 0;

    using MessageBench::MessageBench;
    events::MessageSeen from(const std::string &person, const std::string &text, const std::string &incident = {})
    {
        events::MessageSeen m;
        m.connection = "chat";
        m.room = incident.empty() ? "" : "inc@muc.example";
        m.incident = incident;
        m.messageId = "read" + std::to_string(++said);
        m.sender = (person.empty() ? "stranger" : person) + "@chat.example/phone";
        m.nick = person;
        m.person = person;
        m.verified = true;
        m.text = text;
        m.serverTime = clock.now();
        return m;
    }
    /// What goes back to the place it was said in.
    std::string answerTo(events::MessageSeen m)
    {
        const auto before = ask([](const state::State &s) { return s.lastOutbox; });
        const std::string place = m.room.empty() ? m.sender : m.room;
        if (const auto done = report(events::Event(std::move(m))); !done)
            return "error: " + done.error().message;
        return ask([&](const state::State &s) {
            std::string out;
            for (const auto &[n, o] : s.outbox)
                if (n > before && o.what.room == place && (o.what.effect == events::Effect::Reply || o.what.because.rule == "reply/bind"))
                    out += (out.empty() ? "" : "|") + o.what.text;
            return out;
        });
    }
    std::string alone(const std::string &person, const std::string &text) { return answerTo(from(person, text)); }
    std::string inRoom(const std::string &person, const std::string &text) { return answerTo(from(person, text, "INC-1")); }
    static std::string wordOf(const std::string &answer)
    {
        const std::string before = "To give it: !approve 1 INC-1 ";
        const auto at = answer.find(before);
        if (at == std::string::npos)
            return {};
        const auto word = answer.find(' ', at + before.size()) + 1;
        return answer.substr(word, answer.find(' ', word) - word);
    }
    bool has(const std::string &answer, const std::string &words)
    {
        if (answer.find(words) != std::string::npos)
            return true;
        qWarning("\"%s\" is not in: %s", words.c_str(), answer.c_str());
        return false;
    }
};

} // namespace

/// Who gives a check and has no seat reads the text in chat and approves it there: that text and no other.
class TestChatMessages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoGivesACheckReadsTheTextAndApprovesItFromChat()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        QVERIFY(b.has(b.alone("lee", "!message 1"), "\"Legal\" comes after other checks"));
        const std::string read = b.alone("ben", "!message 1 INC-1");
        QVERIFY(b.has(read, "INC-1, message 1, version 1 by cleo, draft: to customers, by rooms. Checks: technical open, legal waits, pr waits.\nYours: technical."));
        QVERIFY2(read.ends_with("The text, to the end:\nPayments\nSome payments fail."), read.c_str());
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical " + ReadingBench::wordOf(read)), "gave \"technical\" for version 1 of message 1 of INC-1."));
        QCOMPARE(b.standings(), std::string("technical passed, legal open, pr open"));
        const state::Judgement given = b.message().judgements.at(0);
        QCOMPARE(given.by, std::string("ben"));
        QCOMPARE(given.hash, b.message().newest().hash);
        QCOMPARE(b.written(events::Effect::Post, "gave \"technical\" for version 1").size(), std::size_t(1)); // the room hears of it
        QVERIFY(b.has(b.alone("lee", "!approve " + ReadingBench::wordOf(b.alone("lee", "!message INC-1 1"))), "gave \"legal\"")); // number and check are plain
        QVERIFY(b.has(b.inRoom("pat", "!approve 1 pr " + ReadingBench::wordOf(b.inRoom("pat", "!message"))), "gave \"pr\""));
        QVERIFY(b.release());
    }

    void anApprovalIsOfTheTextThatWasRead()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        const std::string word = ReadingBench::wordOf(b.alone("ben", "!message 1"));
        VERIFY_RESULT(b.edit("All payments fail."));
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical " + word), "The text was changed since you read it"));
        QVERIFY(b.has(b.alone("ben", "!reject 1 technical too vague"), "The text was changed since you read it"));
        QVERIFY(b.message().judgements.empty());
        const std::string again = b.alone("ben", "!message 1");
        QVERIFY(b.has(again, "version 2") && b.has(again, "All payments fail."));
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical " + word), "that is not the word"));
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical " + ReadingBench::wordOf(again)), "for version 2"));
        VERIFY_RESULT(b.edit("Most payments fail."));
        QCOMPARE(b.standings(), std::string("technical open, legal waits, pr waits"));
    }

    void aWordIsOnePersonsGoodOnceAndForHalfAnHour()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical anchor-bishop"), "read the text here first: !message 1"));
        const std::string word = ReadingBench::wordOf(b.alone("ben", "!message 1")), approve = "!approve 1 technical " + word;
        QVERIFY(b.has(b.alone("lee", approve), "read the text here first"));
        QVERIFY(b.has(b.inRoom("ben", approve), "read the text here first"));
        QVERIFY(b.has(b.alone("ben", "!yes " + word), "stands for a text you read"));
        QVERIFY(b.has(b.alone("ben", "!approve 2 technical " + word), "the text you read last is message 1 of INC-1"));
        QVERIFY(b.has(b.alone("", approve), "is not bound to a person"));
        for (const char *how : {"unverified", "edit", "replayed", "own", "old"}) {
            events::MessageSeen m = b.from("ben", approve);
            const std::string is = how;
            m.verified = is != "unverified";
            m.kind = is == "edit" ? events::MessageKind::Edit : events::MessageKind::Message;
            m.replayed = is == "replayed";
            m.own = is == "own";
            if (is == "old")
                m.serverTime = b.clock.now() - minutes(6);
            (void)b.answerTo(m);
            QVERIFY2(b.message().judgements.empty(), how);
        }
        b.clock.advance(minutes(31));
        QVERIFY(b.has(b.alone("ben", approve), "it is 30 minutes since you read the text"));
        QVERIFY(b.message().judgements.empty());
        const std::string fresh = "!approve 1 technical " + ReadingBench::wordOf(b.alone("ben", "!message 1"));
        QVERIFY(b.has(b.alone("ben", fresh), "gave \"technical\""));
        QVERIFY(b.has(b.alone("ben", fresh), "read the text here first"));
        QCOMPARE(b.message().judgements.size(), std::size_t(1));
    }

    void whoHasMoreThanOneCheckSaysWhich()
    {
        Workspace w = aSpeakingWorkspace();
        w.approvals[1].approvers = {"pat"};
        ReadingBench b(w);
        VERIFY_RESULT(b.draft());
        VERIFY_RESULT(b.judge("ben", "technical"));
        const std::string read = b.alone("pat", "!message 1"), word = ReadingBench::wordOf(read);
        QVERIFY(b.has(read, "Yours: legal, pr."));
        QVERIFY(b.has(b.alone("pat", "!approve 1 " + word), "more than one check is yours: legal, pr; say which: !approve 1 legal " + word));
        QVERIFY(b.has(b.alone("pat", "!approve 1 lawyers " + word), "it is said behind the check (technical, legal, pr)"));
        QVERIFY(b.has(b.alone("pat", "!approve 1 technical " + word), "does not give \"Technical check\""));
        QVERIFY(b.has(b.alone("pat", "!approve 1 PR " + word), "gave \"pr\""));
        QCOMPARE(b.standings(), std::string("technical passed, legal open, pr passed"));
    }

    void aCheckIsRefusedWithItsReason()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        QVERIFY(b.has(b.alone("ben", "!reject 1 technical too vague"), "read the text here first"));
        const std::string word = ReadingBench::wordOf(b.alone("ben", "!message 1"));
        QVERIFY(b.has(b.alone("ben", "!reject 1 technical"), "say what is wrong with it"));
        QVERIFY(b.has(b.alone("ben", "!reject 1 technical " + word + " too vague"), "refused \"technical\" for version 1 of message 1 of INC-1: too vague"));
        QCOMPARE(b.standings(), std::string("technical refused, legal waits, pr waits"));
        QCOMPARE(b.message().judgements.at(0).reason, std::string("too vague"));
    }

    /// Nobody approves what they could not read.
    void whatIsKeptFromAChatIsSealedThereAndNotApprovedFromThere()
    {
        Workspace w = aSpeakingWorkspace();
        w.clearances = {{"board", DataClass::Confidential, {}, {}, false, {}, {}, {}, {"press"}, {"executive"}, {}, {}}};
        ReadingBench b(w);
        desk::DraftMessage d = b.aDraft();
        d.text = "We lost [[confidential: CONcanary]] orders.";
        d.audience = "executive";
        d.to = {"mail:press"};
        VERIFY_RESULT(b.command(d, "cleo"));
        const std::string read = b.alone("ben", "!message 1");
        QVERIFY(b.has(read, "[sealed: confidential") && b.has(read, "Not all of it can be read here"));
        QVERIFY(read.find("CONcanary") == std::string::npos);
        QCOMPARE(ReadingBench::wordOf(read), std::string());
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical anchor-bishop"), "read the text here first"));
    }

    void theWorkspaceMayKeepApprovingAtASeat()
    {
        Workspace w = aSpeakingWorkspace();
        w.seatOnly = {"approve"};
        ReadingBench b(w);
        VERIFY_RESULT(b.draft());
        QVERIFY(b.has(b.alone("ben", "!message 1"), "To give it: at a seat - to refuse it: !reject 1 INC-1 technical why."));
        QVERIFY(b.has(b.alone("ben", "!approve 1 technical anchor-bishop"), "!approve needs a seat"));
        QVERIFY(b.has(b.alone("ben", "!reject 1 technical too vague"), "refused \"technical\""));
    }

    void anotherIncidentsRoomDoesNotReadItAndAStrangerToItNeither()
    {
        Workspace w = aSpeakingWorkspace();
        w.rights = {{"admins", Right::Administer, {"ana", "cleo"}, {}, false, {}, {}}};
        ReadingBench b(w);
        VERIFY_RESULT(b.draft());
        QVERIFY(b.has(b.alone("lee", "!message 1"), "the role observe is missing"));
        desk::DeclareIncident other;
        other.title = "Another";
        other.severity = "SEV3";
        other.room = false;
        VERIFY_RESULT(b.command(other));
        QVERIFY(b.has(b.inRoom("ana", "!message 1 INC-2"), "is read in its own room, or to me alone"));
        QVERIFY(b.has(b.alone("ana", "!message 1"), "More than one incident is open"));
        QVERIFY(b.has(b.alone("ana", "!message 7 INC-1"), "INC-1 has no message 7"));
    }

    void whatIsNotReleasedIsReadWhereItWasAskedForAndInNoOtherRoom()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "vendor@muc.example", false, true})));
        const std::string read = b.inRoom("ben", "!message 1"), word = ReadingBench::wordOf(read);
        QVERIFY(b.has(read, "Some payments fail.") && !word.empty());
        QCOMPARE(b.ask([](const state::State &s) {
            return std::count_if(s.outbox.begin(), s.outbox.end(), [](const auto &o) { return o.second.what.room == "vendor@muc.example" && o.second.what.text.find("Some payments fail.") != std::string::npos; });
        }), std::ptrdiff_t(0));
        const std::string again = b.inRoom("ben", "!message 1"); // it stands above: it is not said twice
        QVERIFY(b.has(again, "stands above as it is now; your word for it is " + word) && again.find("Some payments fail.") == std::string::npos);
        VERIFY_RESULT(b.edit("Most payments fail."));
        QVERIFY(b.has(b.inRoom("ben", "!message 1"), "Most payments fail."));
    }

    void whoGivesNoCheckIsNotToldTheSameAgainAndAgain()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        QVERIFY(b.has(b.inRoom("dan", "!message 1"), "Some payments fail."));
        QVERIFY(b.has(b.alone("dan", "!message 1"), "Some payments fail.")); // it does not stand there yet
        std::uint64_t answered = 0;
        for (std::uint64_t n = 0; n < desk::kAnswered + 5; ++n) {
            const std::string again = b.inRoom(n % 2 == 0 ? "dan" : "eve", "!message 1");
            QVERIFY(again.empty() || again == "Message 1 of INC-1 stands above as it is now.");
            answered += again.empty() ? 0 : 1;
        }
        QCOMPARE(answered, desk::kAnswered);
        VERIFY_RESULT(b.edit("Most payments fail."));
        QVERIFY(b.has(b.inRoom("dan", "!message 1"), "Most payments fail."));
        b.clock.advance(desk::kReadFor + seconds(1));
        QVERIFY(b.has(b.inRoom("dan", "!message 1"), "Most payments fail."));
        QVERIFY(b.has(b.inRoom("dan", "!message 1"), "stands above"));
    }

    void whatIsCommandedToTheConsoleAloneIsSaidInTheIncidentsRooms()
    {
        ReadingBench b;
        QVERIFY(b.has(b.alone("ana", "!log rebooted node 3"), "Logged."));
        QCOMPARE(b.written(events::Effect::Post, "to the console alone: rebooted node 3").size(), std::size_t(1));
        QVERIFY(b.has(b.inRoom("ana", "!log rebooted node 4"), "Logged."));
        QCOMPARE(b.written(events::Effect::Post, "rebooted node 4").size(), std::size_t(0)); // it was said there
    }

    void slipsOfSomebodyWeKnowAddUpToNothing()
    {
        ReadingBench b;
        for (std::uint64_t n = 0; n < desk::kAnswered + 3; ++n)
            (void)b.alone("ben", "!approve 1 wrong");
        QVERIFY(b.alone("ben", "!approve 1 wrong").empty()); // so many at once are not answered
        b.pass(hours(2));
        QVERIFY(b.has(b.alone("ben", "!approve 1 wrong"), "Not done: "));
        QVERIFY(b.has(b.alone("ben", "!log it is better"), "Logged."));
    }

    void theCallToWhoGivesACheckSaysHowToReadItInChat()
    {
        ReadingBench b;
        VERIFY_RESULT(b.draft());
        VERIFY_RESULT(b.judge("ben", "technical"));
        const auto told = b.written(events::Effect::Page, "\"Legal\" is yours to give");
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY(b.has(told.at(0).text, "in chat, to me alone: !message 1 INC-1"));
        QVERIFY(b.has(told.at(0).text, "quarterdeckctl message show 1 --incident INC-1"));
        QVERIFY(told.at(0).text.find("Some payments fail") == std::string::npos);
    }
};

QD_TEST(TestChatMessages)
#include "tst_chatmessages.moc"
