// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Key moments, and go or no-go asked around, through the one front door.
namespace {

Workspace aPollingWorkspace()
{
    Workspace w = aWorkspace();
    w.people.push_back({"eve", "Eve", "UTC", {"eve@chat.example"}});
    return w;
}

struct PollBench : QuietBench {
    PollBench() : QuietBench(aPollingWorkspace())
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        desk::DeclareIncident d;
        d.title = "Payments fail";
        d.service = "mail";
        d.severity = "SEV2";
        d.room = false;
        (void)command(d);
        (void)report(events::RoomLinked{"INC-1", "chat", "inc@muc.example", true, false});
        (void)command(desk::TakeCommand{"INC-1", {}});
        (void)command(desk::AssignRole{"INC-1", "Scribe", "ben"});
    }
    template <typename F>
    auto incident(F f)
    {
        return ask([&](const state::State &s) { return f(*s.incident("INC-1")); });
    }
    std::vector<state::KeyMoment> moments()
    {
        return incident([](const state::Incident &i) { return i.moments; });
    }
    state::Poll poll(std::size_t n = 0)
    {
        return incident([&](const state::Incident &i) { return i.polls.at(n); });
    }
    /// The lines of this kind, the newest last.
    std::vector<state::Entry> lines(state::EntryKind kind)
    {
        return incident([&](const state::Incident &i) {
            std::vector<state::Entry> out;
            std::copy_if(i.timeline.begin(), i.timeline.end(), std::back_inserter(out), [&](const state::Entry &e) { return e.kind == kind; });
            return out;
        });
    }
    std::size_t posted(const std::string &text)
    {
        return ask([&](const state::State &s) {
            return static_cast<std::size_t>(std::count_if(s.outbox.begin(), s.outbox.end(), [&](const auto &o) { return o.second.what.text.find(text) != std::string::npos; }));
        });
    }
};

} // namespace

class TestPolls final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWaysThatWereWeighedStandBesideADecisionAsCards()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV2", "web", "", "", {}, false}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        desk::RecordDecision c;
        c.text = "fail over";
        c.options = {{"roll back", "as it was", "the schema is new", "no", "20m", "web team"}, {"fail over", "reads come back", "loses a minute\nof orders", "partly", "5m", "ben"}, {"wait", "nothing", "", "yes", "", ""}};
        c.chosen = 2;
        c.rejected = {"ask the vendor"};
        VERIFY_RESULT(b.command(c));
        const auto decisions = [&] { return b.ask([](const state::State &s) { return s.incident("INC-1")->decisions; }); };
        const auto cards = decisions().at(0).options;
        QCOMPARE(cards.size(), std::size_t(3));
        QVERIFY(!cards[0].chosen && cards[1].chosen && !cards[2].chosen);
        QCOMPARE(cards[0].risk + "|" + cards[0].reversible + "|" + cards[0].time + "|" + cards[0].owner + "|" + cards[0].effect, std::string("the schema is new|no|20m|web team|as it was"));
        QCOMPARE(cards[1].risk, std::string("loses a minute of orders"));
        QVERIFY(cards[2].risk.empty() && cards[2].owner.empty());
        // Whoever knows nothing of cards reads what was not chosen where it always stood.
        QCOMPARE(decisions().at(0).rejected, std::string("roll back: the schema is new\nwait: nothing\nask the vendor"));
        const auto line = b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().text; });
        QCOMPARE(line, std::string("fail over; not roll back: the schema is new, not wait: nothing, not ask the vendor"));
        c.chosen = 0; // none of them
        c.rejected.clear();
        VERIFY_RESULT(b.command(c));
        QVERIFY(std::none_of(decisions()[1].options.begin(), decisions()[1].options.end(), [](const auto &o) { return o.chosen; }) == true);
        b.restart();
        QCOMPARE(decisions().at(0).options[1].text, std::string("fail over"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aCardIsBoundedAndSaysWhatIsWrong()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV2", "web", "", "", {}, false}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        const auto with = [](desk::OptionMeant option, std::uint32_t chosen = 0) {
            desk::RecordDecision c;
            c.text = "so be it";
            c.options = {std::move(option)};
            c.chosen = chosen;
            return c;
        };
        QVERIFY(b.command(with({std::string(desk::kOptionBytes, 'y'), std::string(desk::kCardBytes, 'y')})));
        VERIFY_FAILS(b.command(with({std::string(desk::kOptionBytes + 1, 'y')})), Code::TooLarge);
        VERIFY_FAILS(b.command(with({"y", std::string(desk::kCardBytes + 1, 'y')})), Code::TooLarge);
        VERIFY_FAILS(b.command(with({" \n "})), Code::Invalid);
        VERIFY_FAILS(b.command(with({"y", "", "", "perhaps"})), Code::Invalid);
        VERIFY_FAILS(b.command(with({"y"}, 2)), Code::Invalid); // there is one
        desk::RecordDecision many;
        many.text = "x";
        many.chosen = 1;
        VERIFY_FAILS(b.command(many), Code::Invalid); // there is none
        many.options.assign(desk::kOptionsLimit - 1, {"y"});
        many.rejected = {"z"};
        QVERIFY(b.command(many));
        many.rejected.push_back("z"); // both together
        VERIFY_FAILS(b.command(many), Code::TooLarge);
    }

    void aDecisionNamesWhatElseWasWeighed()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV2", "web", "", "", {}, false}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.command(desk::RecordDecision{{}, "roll back", 0, {"failover: loses\nan hour", "  ", "wait"}}));
        const auto decisions = [&] { return b.ask([](const state::State &s) { return s.incident("INC-1")->decisions; }); };
        const auto line = [&] { return b.ask([](const state::State &s) { return s.incident("INC-1")->timeline.back().text; }); };
        QCOMPARE(decisions().at(0).rejected, std::string("failover: loses an hour\nwait"));
        QCOMPARE(line(), std::string("roll back; not failover: loses an hour, not wait"));
        // In one line, from the window or from chat.
        VERIFY_RESULT(b.command(desk::WriteLine{"", "! fail over // not roll back: the schema is new // not wait"}));
        QCOMPARE(decisions().at(1).text, std::string("fail over"));
        QCOMPARE(decisions().at(1).rejected, std::string("roll back: the schema is new\nwait"));
        VERIFY_RESULT(b.command(desk::WriteLine{"", "! see https://x.example//not it"}));
        QCOMPARE(decisions().at(2).text, std::string("see https://x.example//not it"));
        // Limits at their edges.
        QVERIFY(b.command(desk::RecordDecision{{}, "x", 0, std::vector<std::string>(desk::kOptionsLimit, "y")}));
        VERIFY_FAILS(b.command(desk::RecordDecision{{}, "x", 0, std::vector<std::string>(desk::kOptionsLimit + 1, "y")}), Code::TooLarge);
        QVERIFY(b.command(desk::RecordDecision{{}, "x", 0, {std::string(desk::kOptionBytes, 'y')}}));
        VERIFY_FAILS(b.command(desk::RecordDecision{{}, "x", 0, {std::string(desk::kOptionBytes + 1, 'y')}}), Code::TooLarge);
        QCOMPARE(QString::fromStdString(firstDifference(b.dumped(), b.committed())), QString());
    }

    void aMomentStandsWhereItBelongsAndIsTakenBack()
    {
        PollBench b;
        const Instant then = b.clock.now() - minutes(7);
        const auto done = b.command(desk::MarkMoment{{}, "the pool was full", toRfc3339(then), "diagnosis", "hypothesis/1"});
        VERIFY_RESULT(done);
        QCOMPARE(done->id, std::string("moment/1"));
        QCOMPARE(b.moments().at(0).at, then);
        QCOMPARE(b.moments().at(0).reference, std::string("hypothesis/1"));
        QCOMPARE(b.lines(state::EntryKind::Moment).at(0).at, then);
        QCOMPARE(b.lines(state::EntryKind::Moment).at(0).text, std::string("diagnosis: the pool was full"));
        QCOMPARE(b.posted("the pool was full"), std::size_t(0)); // the room was there
        VERIFY_RESULT(b.command(desk::MarkMoment{{}, {}, {}, {}, {}, 1}));
        QVERIFY(b.moments().at(0).withdrawnAt);
        QVERIFY(b.lines(state::EntryKind::Moment).at(0).removed);
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, {}, {}, {}, {}, 1}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, {}, {}, {}, {}, 9}), Code::NotFound);
        QCOMPARE(b.dumped(), b.committed());
    }

    void ctrlZTakesAMomentAndAPollBack()
    {
        PollBench b;
        VERIFY_RESULT(b.command(desk::MarkMoment{{}, "now it is clear"}));
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "roll back?"}));
        VERIFY_RESULT(b.command(desk::Undo{}));
        QVERIFY(b.poll().withdrawn && !b.moments().at(0).withdrawnAt);
        VERIFY_RESULT(b.command(desk::Undo{}));
        QVERIFY(b.moments().at(0).withdrawnAt);
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "again?"}));
        VERIFY_RESULT(b.command(desk::ClosePoll{{}, "enough", 2}));
        VERIFY_FAILS(b.command(desk::Undo{}), Code::Conflict); // closed: what was said stands
        QCOMPARE(b.dumped(), b.committed());
    }

    void aMomentIsSoundAndInThePast()
    {
        PollBench b;
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, "  "}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, "x", {}, "turning point"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, "x", "soon"}), Code::Invalid);
        QVERIFY(b.command(desk::MarkMoment{{}, "x", toRfc3339(b.clock.now() + minutes(1))})); // clocks differ a little
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, "x", toRfc3339(b.clock.now() + minutes(1) + seconds(1))}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, std::string(2001, 'x')}), Code::TooLarge);
        for (std::size_t n = b.moments().size(); n < state::kMomentsKept; ++n)
            QVERIFY(b.command(desk::MarkMoment{{}, "x"}));
        VERIFY_FAILS(b.command(desk::MarkMoment{{}, "x"}), Code::TooLarge);
    }

    void aPollIsSaidInTheRoomWithHowToAnswer()
    {
        PollBench b;
        const auto asked = b.command(desk::AskPoll{{}, "roll back 4.2?"});
        VERIFY_RESULT(asked);
        QCOMPARE(asked->id, std::string("poll/1"));
        QCOMPARE(b.posted("Poll 1 (Ana): roll back 4.2?\nAsked: Ben. Answer with !go 1 or !nogo 1 why"), std::size_t(1));
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "no-go", "backups run", {}, 0}, "ben"));
        QCOMPARE(b.posted("Ben: no-go on poll 1: backups run"), std::size_t(1));
        VERIFY_RESULT(b.command(desk::ClosePoll{{}, {}, 1}));
        QCOMPARE(b.posted("poll 1 is closed: 0 go, 1 no-go"), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aDecisionCitesItsPollAndClosesIt()
    {
        PollBench b;
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "roll back?", {"ben", "eve"}}));
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "go", {}, {}, 1}, "ben"));
        VERIFY_FAILS(b.command(desk::RecordDecision{{}, "roll back", 7}), Code::NotFound);
        QVERIFY(b.poll().isOpen());
        VERIFY_RESULT(b.command(desk::RecordDecision{{}, "roll back", 1}));
        QVERIFY(!b.poll().isOpen());
        QCOMPARE(b.poll().decision, 1U);
        QCOMPARE(b.lines(state::EntryKind::Decision).back().text, std::string("roll back (poll 1: 1 go, 0 no-go, 1 not answered)"));
        QCOMPARE(b.incident([](const state::Incident &i) { return i.decisions.back().poll; }), 1U);
        VERIFY_RESULT(b.command(desk::RecordDecision{{}, "and tell customers", 1})); // a closed one is cited as well
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "mistake"}));
        VERIFY_RESULT(b.command(desk::ClosePoll{{}, {}, 2, true}));
        VERIFY_FAILS(b.command(desk::RecordDecision{{}, "x", 2}), Code::Conflict);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whoIsAskedAnswersWithoutAnyRightButTheirOwnVoice()
    {
        PollBench b;
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "roll back?", {"eve"}}));
        events::WorkspaceChanged changed;
        changed.workspace = aPollingWorkspace();
        changed.workspace->rights = {{"admins", Right::Administer, {"ana"}, {}, false, {}, {}}};
        changed.digest = "rights";
        QVERIFY(b.report(events::Event(changed)));
        VERIFY_FAILS(b.command(desk::AnswerPoll{{}, "go", {}, "ben", 1}, "eve"), Code::Forbidden); // another's
        VERIFY_FAILS(b.command(desk::AnswerPoll{{}, "go", {}, {}, 1}, "ben"), Code::Forbidden);    // not asked
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "go", {}, {}, 1}, "eve"));
        QCOMPARE(b.poll().answers.size(), std::size_t(1));
    }

    void whatIsWrittenDownForSomebodyStandsBesideTheirOwnWord()
    {
        PollBench b;
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "roll back?", {"ben", "eve"}}));
        const auto aloud = b.command(desk::AnswerPoll{{}, "go", {}, "eve", 1});
        VERIFY_RESULT(aloud);
        QCOMPARE(aloud->notes, std::vector<std::string>{"Written down as Eve's word, by you."});
        QVERIFY(!b.poll().answerOf("eve")->ownAt);
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "no-go", "backups run", {}, 1}, "ben"));
        const auto other = b.command(desk::AnswerPoll{{}, "go", "on the call", "ben", 1});
        VERIFY_RESULT(other);
        QCOMPARE(other->notes, std::vector<std::string>{"Written down as Ben's word, by you. They said no-go themselves; both are kept and shown."});
        const state::PollAnswer ben = *b.poll().answerOf("ben");
        QVERIFY(ben.go && !ben.ownGo);
        QCOMPARE(ben.ownText, std::string("backups run"));
        QVERIFY2(state::inWords(ben).starts_with("go, as said aloud; no-go by their own word at "), state::inWords(ben).c_str());
        QVERIFY2(b.lines(state::EntryKind::Poll).back().text.starts_with("go of Ben, who said no-go themselves at "), b.lines(state::EntryKind::Poll).back().text.c_str());
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "no-go", {}, "ben", 1})); // written down again: their own word is still theirs
        QCOMPARE(b.poll().answerOf("ben")->ownText, std::string("backups run"));
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "go", {}, {}, 1}, "ben")); // their own last word counts alone
        QVERIFY(!b.poll().answerOf("ben")->ownAt && b.poll().answerOf("ben")->by.empty());
        QCOMPARE(b.dumped(), b.committed());
    }

    void aPollClosesByItselfWhenItIsDue()
    {
        PollBench b;
        VERIFY_FAILS(b.command(desk::AskPoll{{}, "x", {}, "59s"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::AskPoll{{}, "x", {}, "8d"}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::AskPoll{{}, "x", {}, "soon"}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "roll back?", {"ben", "eve"}, "10m"}));
        QCOMPARE(b.posted("why, until " + clockText(b.clock.now() + minutes(10))), std::size_t(1));
        VERIFY_RESULT(b.command(desk::AnswerPoll{{}, "go", {}, {}, 1}, "ben"));
        b.pass(minutes(10) - nanos(1));
        QVERIFY(b.poll().isOpen());
        b.pass(nanos(1));
        QVERIFY(!b.poll().isOpen());
        QCOMPARE(b.posted("poll 1 is closed: 1 go, 0 no-go, 1 not answered (its time is over)"), std::size_t(1));
        b.restart();
        QVERIFY(!b.poll().isOpen());
        QCOMPARE(b.dumped(), b.committed());
    }

    void noPollOutlivesItsIncident()
    {
        PollBench b;
        VERIFY_RESULT(b.command(desk::AskPoll{{}, "roll back?"}));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        QVERIFY(!b.poll().isOpen());
        QCOMPARE(b.poll().reason, std::string("INC-1 is resolved"));
        VERIFY_FAILS(b.command(desk::AnswerPoll{"INC-1", "go", {}, {}, 1}, "ben"), Code::Conflict);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aPollIsOfAnOpenIncident()
    {
        PollBench b;
        VERIFY_FAILS(b.command(desk::AskPoll{{}, " "}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        VERIFY_FAILS(b.command(desk::AskPoll{"INC-1", "roll back?"}), Code::Conflict);
        VERIFY_RESULT(b.command(desk::MarkMoment{"INC-1", "here it was over"})); // told afterwards
    }
};

QD_TEST(TestPolls)
#include "tst_polls.moc"
