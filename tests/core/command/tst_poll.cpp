// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/poll.h"

#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

using namespace qd;
using namespace qd::events;
using namespace qd::tests;

namespace {

const Actor kPollBen{"ben", Path::Person}, kPollEve{"eve", Path::Person};

/// INC-1, commanded by ana; ben is scribe and "database"; eve has no role.
struct PollScene {
    Log log;
    PollScene()
    {
        Workspace w = aWorkspace();
        w.people.push_back({"eve", "Eve", "UTC", {}});
        log.record(withWorkspace(std::move(w))).record(anIncident().event());
        log.record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna}).record(RoleAssumed{"INC-1", Role::Scribe, "ben", kAna});
        log.record(RoleAssumed{"INC-1", Role::Commander, "ben", kAna, "database"});
    }
    [[nodiscard]] const state::Incident &incident() const { return *log.state.incident("INC-1"); }
    [[nodiscard]] const state::Poll &poll(std::size_t n = 0) const { return incident().polls.at(n); }
    Result<PollAsked> ask(const std::vector<std::string> &people = {}, const Actor &by = kAna)
    {
        auto asked = command::ask(log.state, incident(), "roll back 4.2?", people, by);
        if (asked)
            log.record(Event(*asked));
        return asked;
    }
    Result<PollAnswered> says(const Actor &by, const std::string &answer, std::uint32_t poll = 0, const std::string &person = {}, const std::string &why = {})
    {
        auto said = command::answer(log.state, incident(), poll, answer, why, person, by);
        if (said)
            log.record(Event(*said));
        return said;
    }
};

} // namespace

class TestPoll final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everybodyElseWithARoleIsAskedAsWhatTheyAre()
    {
        PollScene s;
        VERIFY_RESULT(s.ask());
        QCOMPARE(s.poll().people, std::vector<std::string>{"ben"});
        QCOMPARE(s.poll().roles, (std::vector<std::string>{std::string(word(Role::Scribe)) + ", database"}));
        QCOMPARE(state::inWords(s.poll()), std::string("0 go, 0 no-go, 1 not answered"));
        VERIFY_RESULT(s.ask({"eve", "ana", "eve"})); // who is named is asked, the asker too, and once
        QCOMPARE(s.poll(1).people, (std::vector<std::string>{"eve", "ana"}));
        QCOMPARE(s.poll(1).roles[0], std::string());
    }

    void nobodyToAskIsSaid()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event()).record(RoleAssumed{"INC-1", Role::Commander, "ana", kAna});
        VERIFY_FAILS(command::ask(log.state, *log.state.incident("INC-1"), "go?", {}, kAna), Code::Invalid);
        VERIFY_FAILS(command::ask(log.state, *log.state.incident("INC-1"), "go?", {"nobody"}, kAna), Code::NotFound);
    }

    void theLastWordOfEachCountsAndSilenceIsNoConsent()
    {
        PollScene s;
        VERIFY_RESULT(s.ask({"ben", "eve"}));
        VERIFY_RESULT(s.says(kPollBen, "go"));
        QCOMPARE(state::inWords(s.poll()), std::string("1 go, 0 no-go, 1 not answered"));
        VERIFY_RESULT(s.says(kPollBen, "no-go", 0, {}, "backups run"));
        QCOMPARE(s.poll().answers.size(), std::size_t(1));
        QCOMPARE(s.poll().answerOf("ben")->text, std::string("backups run"));
        QCOMPARE(state::inWords(s.poll()), std::string("0 go, 1 no-go, 1 not answered"));
        QCOMPARE(s.poll().silent(), std::vector<std::string>{"eve"});
    }

    void whoWasNotAskedMayStillObject()
    {
        PollScene s;
        VERIFY_RESULT(s.ask());
        VERIFY_RESULT(s.says(kPollEve, "no-go"));
        QCOMPARE(state::inWords(s.poll()), std::string("0 go, 1 no-go, 1 not answered"));
    }

    void whatWasSaidAloudIsWrittenDownUnderItsSpeaker()
    {
        PollScene s;
        VERIFY_RESULT(s.ask({"ben"}));
        VERIFY_RESULT(s.says(kAna, "go", 0, "ben"));
        QCOMPARE(s.poll().answers.at(0).person, std::string("ben"));
        QCOMPARE(s.poll().answers.at(0).by, std::string("ana"));
        VERIFY_FAILS(s.says(kAna, "go", 0, "nobody"), Code::NotFound);
        VERIFY_RESULT(s.says(kPollBen, "go"));
        QVERIFY(s.poll().answers.at(0).by.empty());
    }

    void oneOpenPollIsMeantAndOfSeveralTheNumber()
    {
        PollScene s;
        VERIFY_FAILS(s.says(kPollBen, "go"), Code::NotFound);
        VERIFY_RESULT(s.ask());
        VERIFY_FAILS(s.says(kPollBen, "maybe"), Code::Invalid);
        VERIFY_FAILS(s.says(kPollBen, "go", 2), Code::NotFound);
        VERIFY_RESULT(s.ask());
        VERIFY_FAILS(s.says(kPollBen, "go"), Code::Conflict);
        VERIFY_RESULT(s.says(kPollBen, "go", 2));
        QVERIFY(s.poll(0).answers.empty());
    }

    void whoAskedOrCommandsClosesAndThenItIsOver()
    {
        PollScene s;
        VERIFY_RESULT(s.ask({"eve"}, kPollBen));
        VERIFY_FAILS(command::close(s.incident(), 1, {}, false, kPollEve), Code::Forbidden);
        QVERIFY(command::close(s.incident(), 1, {}, false, kPollBen).has_value());
        const auto closed = command::close(s.incident(), 1, {}, true, kAna);
        VERIFY_RESULT(closed);
        s.log.record(Event(*closed));
        QVERIFY(!s.poll().isOpen() && s.poll().withdrawn);
        VERIFY_FAILS(command::close(s.incident(), 1, {}, false, kAna), Code::Conflict);
        VERIFY_FAILS(s.says(kPollEve, "go", 1), Code::Conflict);
        s.log.record(PollAnswered{"INC-1", {}, "eve", 1, true, kPollEve}); // a fold that meets one all the same
        QVERIFY(s.poll().answers.empty());
    }

    void limitsHoldAtTheirEdge()
    {
        PollScene s;
        Workspace w = *s.log.state.workspace;
        std::vector<std::string> people;
        for (std::size_t n = 0; n <= command::kAskedLimit; ++n) {
            people.push_back("p" + std::to_string(n));
            w.people.push_back({people.back(), people.back(), "UTC", {}});
        }
        s.log.record(withWorkspace(w));
        VERIFY_FAILS(command::ask(s.log.state, s.incident(), "go?", people, kAna), Code::TooLarge);
        people.pop_back();
        QVERIFY(command::ask(s.log.state, s.incident(), "go?", people, kAna).has_value());
        for (std::size_t n = 0; n < state::kPollsKept; ++n)
            VERIFY_RESULT(s.ask());
        VERIFY_FAILS(s.ask(), Code::TooLarge);
        for (std::size_t n = 0; n <= state::kAnswersKept; ++n)
            s.log.record(PollAnswered{"INC-1", {}, "q" + std::to_string(n), 1, true, kAna});
        QCOMPARE(s.poll().answers.size(), state::kAnswersKept);
        VERIFY_FAILS(s.says(kPollEve, "go", 1), Code::TooLarge);
    }
};

QD_TEST(TestPoll)
#include "tst_poll.moc"
