// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/practice.h"
#include "core/desk/past.h"
#include "core/desk/whatif.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// How an incident is commanded: who is there, who leads how many, who says where it stands; and rooms that are kept for long.
namespace {

Workspace manyPeople()
{
    Workspace w = aWorkspace();
    for (int n = 0; n < 8; ++n) {
        Person p;
        p.id = "p" + std::to_string(n);
        p.name = "P" + std::to_string(n);
        w.people.push_back(p);
    }
    w.cadences = {{IncidentSeverity::Sev2, "customers", Span{}}}; // updates are another suite's
    return w;
}

struct Commanding : QuietBench {
    explicit Commanding(Workspace w = manyPeople()) : QuietBench(std::move(w))
    {
        desk::DeclareIncident d{"Shop is down", "SEV2"};
        d.room = false;
        (void)command(d);
        (void)command(desk::TakeCommand{});
    }
    state::Incident incident()
    {
        return ask([](const state::State &s) { return *s.incident("INC-1"); });
    }
    std::string commander() { return incident().holder(Role::Commander); }
    Result<Outcome> present(const std::string &person = "ana") { return command(desk::SayPresent{}, person); }
    Result<Outcome> take(const std::string &person = "ben") { return command(desk::TakeCommand{"INC-1", "Ana does not answer"}, person); }
    std::size_t recorded(auto is)
    {
        std::size_t n = 0;
        (void)desk::replay(*journal, 1, journal->head(), [&](const desk::Record &r) {
            n += static_cast<std::size_t>(std::count_if(r.events.begin(), r.events.end(), is));
            return true;
        });
        return n;
    }
    std::size_t seenRecords()
    {
        return recorded([](const events::Event &e) { return holds<events::PersonSeen>(e); });
    }
    /// The warnings that fire, by what they are about.
    std::vector<std::string> warnings()
    {
        return ask([](const state::State &s) {
            std::vector<std::string> out;
            for (const state::Alert &a : s.alerts.all)
                if (s.label(a, "alertname") == "CommandPractice" && a.status == AlertStatus::Firing)
                    out.emplace_back(s.label(a, "practice"));
            return out;
        });
    }
    std::vector<std::string> callOuts()
    {
        const state::Incident i = incident();
        std::vector<std::string> out;
        for (const state::Entry &e : i.timeline)
            if (e.text.find("say where it stands") != std::string::npos)
                out.push_back(e.text);
        return out;
    }
    bool replaysTheSame()
    {
        const state::Past past = desk::pastOf(*journal);
        state::SnapshotLoader loader;
        auto was = state::stateAt(past, 0, loader);
        if (!was)
            return false;
        state::State would = was->clone();
        const auto found = desk::whatIf(past, std::move(*was), std::move(would), journal->head(), std::nullopt, [] { return true; });
        return found && found->firstOther == 0;
    }
};

using Texts = std::vector<std::string>;

} // namespace

class TestPractice final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromACommanderWhoOnlyReadsCommandIsNotTakenAtOnce()
    {
        Commanding b;
        for (int n = 0; n < 12; ++n) {
            b.pass(minutes(1));
            VERIFY_RESULT(b.present());
        }
        VERIFY_RESULT(b.take());
        QCOMPARE(b.commander(), std::string("ana")); // 60 s to object
        const auto claimed = b.incident().timeline.back().text;
        QVERIFY2(claimed.find("unless somebody objects") != std::string::npos, claimed.c_str());
        QCOMPARE(b.dumped(), b.committed());
    }

    void fromASeatThatFellSilentItIsTakenAtOnceAndTheRecordSaysWhenItWasUsed()
    {
        Commanding b;
        b.pass(minutes(4));
        VERIFY_RESULT(b.present());
        b.pass(minutes(10) - nanos(1));
        VERIFY_RESULT(b.take());
        QCOMPARE(b.commander(), std::string("ana")); // seen less than ten minutes ago, though no record was due then
        VERIFY_RESULT(b.command(desk::ObjectToTaking{"INC-1", {}}, "ben"));
        b.pass(nanos(1));
        VERIFY_RESULT(b.take());
        QCOMPARE(b.commander(), std::string("ben"));
        QCOMPARE(b.seenRecords(), std::size_t(1)); // just before it decided
        QCOMPARE(b.dumped(), b.committed());
    }

    void aSeatIsKeptInMemoryAndRecordedAtMostOnceInHalfTheTime()
    {
        Commanding b;
        const auto head = b.journal->head();
        for (int n = 0; n < 60; ++n) {
            b.clock.advance(minutes(1));
            VERIFY_RESULT(b.present());
            VERIFY_RESULT(b.present("ben")); // commands nothing: that they are here is nobody's business
        }
        QCOMPARE(b.seenRecords(), std::size_t(12));
        QCOMPARE(b.journal->head(), head + 12);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        b.clock.advance(hours(1));
        VERIFY_RESULT(b.present());
        QCOMPARE(b.seenRecords(), std::size_t(12));
        QCOMPARE(b.dumped(), b.committed());
    }

    void whoWritesIsHeardAndNeedsNoRecordOfTheirSeat()
    {
        Commanding b;
        for (int n = 0; n < 20; ++n) {
            b.clock.advance(minutes(2));
            VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "still at it"}));
            VERIFY_RESULT(b.present());
        }
        QCOMPARE(b.seenRecords(), std::size_t(0));
    }

    void aTakingFromChatLooksAtTheSeatAsWell()
    {
        Commanding b;
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts"}}));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        b.clock.advance(minutes(4));
        VERIFY_RESULT(b.present());
        b.clock.advance(minutes(8));
        VERIFY_RESULT(b.report(events::Event(b.message("!take Ana does not answer", "ben"))));
        QCOMPARE(b.commander(), std::string("ana"));
        QCOMPARE(b.incident().leading.claim.person, std::string("ben"));
    }

    void aRestartKeepsWhatTheRecordSaysOfASeat()
    {
        Commanding b;
        b.clock.advance(minutes(6));
        VERIFY_RESULT(b.present());
        const Instant seen = b.incident().leading.seenAt;
        QCOMPARE(seen, b.clock.now());
        b.restart();
        QCOMPARE(b.incident().leading.seenAt, seen);
        VERIFY_RESULT(b.command(desk::OfferCommand{"INC-1", "ben", "s", "a", "w"}));
        VERIFY_RESULT(b.command(desk::AcceptCommand{"INC-1", "read back"}, "ben"));
        QVERIFY(!b.incident().leading.seenAt); // it was Ana's
        QVERIFY(b.replaysTheSame());
    }

    void whoCommandsAndRepairsIsAWarningThatHindersNothing()
    {
        Commanding b;
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{});
        VERIFY_RESULT(b.command(desk::AssignTask{"INC-1", "ana", "look at the database", "10m"}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{"INC-1/resolves"});
        const auto said = b.incident().timeline.back().text;
        QCOMPARE(said, std::string("Ana commands and repairs (task 1): hand one of the two over"));
        b.pass(minutes(1));
        QCOMPARE(b.incident().leading.practice, Texts{"resolves"}); // said once
        b.restart();
        QCOMPARE(b.warnings(), Texts{"INC-1/resolves"});
        VERIFY_RESULT(b.command(desk::FinishTask{"INC-1", 1}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{});
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "responder", "ana"}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{"INC-1/resolves"});
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{});
        QCOMPARE(b.dumped(), b.committed());
        QVERIFY(b.replaysTheSame());
    }

    void moreThanSevenWhoAnswerToOneIsAWarning()
    {
        Commanding b;
        for (int n = 0; n < 7; ++n)
            VERIFY_RESULT(b.command(desk::AssignTask{"INC-1", "p" + std::to_string(n), "look", {}}));
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "observer", "ben"})); // who only looks on is led by nobody
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{});
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "scribe", "p7"}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{"INC-1/span"});
        const auto said = b.incident().timeline.back().text;
        QVERIFY2(said.starts_with("8 answer to Ana, 3 to 7 can be led"), said.c_str());
        VERIFY_RESULT(b.command(desk::FinishTask{"INC-1", 1}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{});
    }

    void whoCommandsAPartAnswersToTheWhole()
    {
        Commanding b;
        for (int n = 0; n < 7; ++n)
            VERIFY_RESULT(b.command(desk::AssignTask{"INC-1", "p" + std::to_string(n), "look", {}}));
        desk::DeclareIncident part{"The database", "SEV3"};
        part.room = false;
        VERIFY_RESULT(b.command(part));
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-2", {}}, "ben"));
        VERIFY_RESULT(b.command(desk::PlaceIncident{"INC-2", "INC-1", {}}));
        b.pass(seconds(1));
        QCOMPARE(b.warnings(), Texts{"INC-1/span"});
    }

    void theDeputyIsCalledOutEveryTenMinutesOfElapsedTime()
    {
        Commanding b;
        b.pass(minutes(20));
        QCOMPARE(b.callOuts(), Texts{}); // no deputy
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "deputy", "ben"}));
        VERIFY_RESULT(b.command(desk::AssignTask{"INC-1", "p1", "look", "5m"}));
        VERIFY_RESULT(b.command(desk::MakePromise{"INC-1", "customers", "30m", {}}));
        b.pass(minutes(10) - nanos(1));
        QCOMPARE(b.callOuts(), Texts{});
        b.pass(nanos(1));
        const auto at30 = b.callOuts();
        QCOMPARE(at30.size(), std::size_t(1));
        QVERIFY2(at30.front().starts_with("Ben, say where it stands: 30m since it was declared; 1 open task, 1 overdue; 1 promise, the next due "), at30.front().c_str());
        b.pass(minutes(5));
        QCOMPARE(b.callOuts().size(), std::size_t(1));
        b.restart();
        b.pass(minutes(5));
        QCOMPARE(b.callOuts().size(), std::size_t(2));
        b.clock.advance(minutes(47)); // nobody ran: once, and then with the clock again
        VERIFY_RESULT(b.wake());
        VERIFY_RESULT(b.wake());
        QCOMPARE(b.callOuts().size(), std::size_t(3));
        b.pass(minutes(3));
        QCOMPARE(b.callOuts().size(), std::size_t(4));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        b.pass(hours(1));
        QCOMPARE(b.callOuts().size(), std::size_t(4)); // it calmed
        QCOMPARE(b.dumped(), b.committed());
    }

    void aCallOutIsSaidInAnArmedRoomAndWithheldNowhere()
    {
        Commanding b;
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "deputy", "ben"}));
        const auto withheld = b.incident().withheld.size();
        b.pass(minutes(10));
        QCOMPARE(b.callOuts().size(), std::size_t(1));
        QCOMPARE(b.incident().withheld.size(), withheld);
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts"}}));
        b.pass(minutes(10));
        const auto said = b.posted();
        QCOMPARE(std::count_if(said.begin(), said.end(), [](const std::string &s) { return s.starts_with("post: INC-1: Ben, say where it stands: 20m"); }), std::ptrdiff_t(1));
    }

    void aTeamThatWantsNoCallOutsHasNone()
    {
        Workspace w = manyPeople();
        w.callOutEvery = {};
        Commanding b(std::move(w));
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "deputy", "ben"}));
        b.pass(hours(2));
        QCOMPARE(b.callOuts(), Texts{});
    }

    void roomsOfAnIncidentLongOverAreAskedAfterOnceAndLeftByVerb()
    {
        Commanding b;
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts", "pages"}}));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        VERIFY_FAILS(b.command(desk::LeaveRoom{"INC-1", "inc-1@muc.example"}), Code::Conflict); // it goes on
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", "over"}));
        const auto asked = [&] {
            const auto timeline = b.incident().timeline;
            return std::count_if(timeline.begin(), timeline.end(), [](const state::Entry &e) { return e.text.find("its room is still read (inc-1@muc.example)") != std::string::npos; });
        };
        b.pass(hours(24 * 14) - nanos(1));
        QCOMPARE(asked(), std::ptrdiff_t(0));
        b.pass(nanos(1));
        QCOMPARE(asked(), std::ptrdiff_t(1));
        b.pass(hours(24 * 30));
        QCOMPARE(asked(), std::ptrdiff_t(1));
        VERIFY_FAILS(b.command(desk::LeaveRoom{"INC-1", "other@muc.example"}), Code::NotFound);
        VERIFY_RESULT(b.command(desk::LeaveRoom{"INC-1", "inc-1@muc.example"}));
        const auto said = b.posted();
        QVERIFY(std::any_of(said.begin(), said.end(), [](const std::string &s) { return s.starts_with("leave-room"); }));
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestPractice)
#include "tst_practice.moc"
