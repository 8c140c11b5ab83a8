// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/desk/deskbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// Who commands, at the desk: what is said in the room, what is an alarm, what a restart keeps.
class TestLeading : public QObject {
    Q_OBJECT

    static std::string commander(Bench &b)
    {
        return b.ask([](const state::State &s) { return s.incident("INC-1")->holder(Role::Commander); });
    }
    static bool firing(Bench &b, const std::string &name)
    {
        return b.ask([&](const state::State &s) {
            return std::any_of(s.alerts.all.begin(), s.alerts.all.end(), [&](const state::Alert &a) {
                return s.label(a, "alertname") == name && a.status == AlertStatus::Firing;
            });
        });
    }

private Q_SLOTS:
    void aSev1WithoutACommanderRaisesAnAlertOfOurs()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV1"}));
        b.clock.advance(minutes(3));
        VERIFY_RESULT(b.wake());
        QVERIFY(firing(b, "NoCommander"));
        b.restart();
        QVERIFY(firing(b, "NoCommander"));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.wake());
        QVERIFY(!firing(b, "NoCommander"));
        QCOMPARE(b.committed(), b.dumped());
    }

    void anSlaClockThatRunsOutIsAnAlertOfOursUntilSomebodyAnswers()
    {
        Bench b;
        Workspace w = aWorkspace();
        w.slas = {{"sev3", IncidentSeverity::Sev3, {}, minutes(8), hours(4)}};
        b.settle(std::move(w));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is slow", "SEV3"}));
        b.clock.advance(minutes(6) - seconds(1));
        VERIFY_RESULT(b.wake());
        QVERIFY(!firing(b, "SlaClock"));
        b.clock.advance(seconds(1));
        VERIFY_RESULT(b.wake());
        QVERIFY(firing(b, "SlaClock"));
        b.restart();
        QVERIFY(firing(b, "SlaClock"));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.wake());
        QVERIFY(!firing(b, "SlaClock"));
        QCOMPARE(b.committed(), b.dumped());
    }

    void aTakingIsSaidInTheRoomAndMovesAfterAMinute()
    {
        Bench b;
        b.settle();
        b.incidentWithRoom();
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-1", "Ana is on a plane"}, "ben"));
        QCOMPARE(commander(b), std::string("ana"));
        const auto posts = b.posted();
        QVERIFY(std::any_of(posts.begin(), posts.end(), [](const auto &p) { return p.find("takes command from Ana") != std::string::npos; }));
        b.clock.advance(seconds(61));
        VERIFY_RESULT(b.wake());
        QCOMPARE(commander(b), std::string("ben"));
        QCOMPARE(b.committed(), b.dumped());
    }

    void aChatCommandTakesCommandTheSameWay()
    {
        Bench b;
        b.settle();
        b.incidentWithRoom();
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.report(events::Event(b.message("!take Ana is on a plane", "ben"))));
        QCOMPARE(commander(b), std::string("ana"));
        QCOMPARE(b.ask([](const state::State &s) { return s.incident("INC-1")->leading.claim.person; }), std::string("ben"));
        VERIFY_RESULT(b.command(desk::ObjectToTaking{"INC-1", "landed"}));
        b.clock.advance(minutes(2));
        VERIFY_RESULT(b.wake());
        QCOMPARE(commander(b), std::string("ana"));
    }

    void aTakingFromChatIsSaidInTheRoomAndObjectedToThere()
    {
        Bench b;
        b.settle();
        b.incidentWithRoom();
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_RESULT(b.report(events::Event(b.message("!take Ana is on a plane", "ben"))));
        const auto said = [&](const std::string &text) {
            const auto posts = b.posted();
            return std::any_of(posts.begin(), posts.end(), [&](const auto &p) { return p.find(text) != std::string::npos; });
        };
        QVERIFY(said("Ben takes command from Ana, unless somebody objects until"));
        QVERIFY(said("unless somebody with a role objects: !object why"));
        VERIFY_RESULT(b.report(events::Event(b.message("!object landed", "ana"))));
        QVERIFY(said("Ana objects to Ben taking command: landed"));
        b.clock.advance(minutes(2));
        VERIFY_RESULT(b.wake());
        QCOMPARE(commander(b), std::string("ana"));
    }

    void onlyTheCommanderLaysCommandDown()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down"}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_FAILS(b.command(desk::AssignRole{"INC-1", "commander", ""}, "ben"), Code::Forbidden);
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "commander", ""}));
        QCOMPARE(commander(b), std::string());
    }

    void anAlertThatJoinsTakesTheProposalBack()
    {
        Bench b;
        b.settle();
        const auto over = aBatch("am", b.clock.now()).alert({{"alertname", "Down"}, {"service", "web"}}).startsAt(b.clock.now());
        const auto first = ABatch(over).build();
        VERIFY_RESULT(b.report(first));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV3", "web", "", "", {keyOf(first)}}));
        VERIFY_RESULT(b.report(ABatch(over).resolved(b.clock.now()).build()));
        const auto proposed = [&] { return b.ask([](const state::State &s) { return s.incident("INC-1")->closing.proposedAt; }); };
        QVERIFY(proposed());
        const auto second = aBatch("am", b.clock.now()).alert({{"alertname", "Slow"}, {"service", "web"}}).startsAt(b.clock.now()).build();
        VERIFY_RESULT(b.report(second));
        VERIFY_RESULT(b.command(desk::AttachAlerts{"INC-1", {keyOf(second)}}));
        QVERIFY(!proposed());
    }

    void commandIsNotGivenAwayBehindTheCommandersBack()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down"}));
        VERIFY_RESULT(b.command(desk::AssignRole{"INC-1", "commander", "ana"}, "ben")); // nobody had it
        VERIFY_FAILS(b.command(desk::AssignRole{"INC-1", "commander", "ben"}, "carl"), Code::Conflict);
        VERIFY_FAILS(b.command(desk::AssignRole{"INC-1", "commander", "ben"}, "ben"), Code::Invalid); // a taking, and it needs a reason
        VERIFY_RESULT(b.command(desk::OfferCommand{"INC-1", "ben", "db", {}, {}}));
        VERIFY_RESULT(b.command(desk::AcceptCommand{"INC-1", "the db, understood"}, "ben"));
        QCOMPARE(commander(b), std::string("ben"));
        QCOMPARE(b.committed(), b.dumped());
    }

    void commandOfAllOpenIncidentsIsHandedOverInOneGo()
    {
        Bench b;
        b.settle();
        for (const char *title : {"Shop is down", "Mail is slow", "Cart is odd", "It was nothing"})
            VERIFY_RESULT(b.command(desk::DeclareIncident{title}));
        for (const char *id : {"INC-1", "INC-3", "INC-4"})
            VERIFY_RESULT(b.command(desk::TakeCommand{id, {}}));
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-2", {}}, "ben"));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-4", "resolved", "it was nothing"}));
        desk::OfferCommand offer{{}, "ben", "cache first, then the database", {}, {}, true};
        offer.incident = "INC-1";
        VERIFY_FAILS(b.command(offer), Code::Invalid); // all of them, or one
        offer.incident.clear();
        VERIFY_FAILS(b.command(offer, "carl"), Code::NotFound); // commands nothing
        const auto offered = b.command(offer);
        VERIFY_RESULT(offered);
        QCOMPARE(offered->notes, (std::vector<std::string>{"Offered: INC-1, INC-3."}));
        const auto offeredTo = [&](const std::string &id) { return b.ask([&](const state::State &s) { return s.incident(id)->leading.offer.to; }); };
        QVERIFY(offeredTo("INC-1") == "ben" && offeredTo("INC-2").empty() && offeredTo("INC-3") == "ben" && offeredTo("INC-4").empty());
        VERIFY_RESULT(b.command(desk::DeclineCommand{"INC-3", "I do not know it"}, "ben"));
        desk::AcceptCommand accept{{}, " ", true};
        VERIFY_FAILS(b.command(accept, "ben"), Code::Invalid); // one read-back, but one
        accept.readBack = "the cache, then the database";
        VERIFY_FAILS(b.command(accept, "ana"), Code::NotFound);
        VERIFY_RESULT(b.command(accept, "ben"));
        const auto commanderOf = [&](const std::string &id) { return b.ask([&](const state::State &s) { return s.incident(id)->holder(Role::Commander); }); };
        QCOMPARE(commanderOf("INC-1"), std::string("ben"));
        QCOMPARE(commanderOf("INC-3"), std::string("ana")); // declined by itself
        QCOMPARE(b.committed(), b.dumped());
    }

    void longTextsAreRefusedAtTheirLimit()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down"}));
        VERIFY_RESULT(b.command(desk::TakeCommand{}));
        VERIFY_FAILS(b.command(desk::OfferCommand{"INC-1", "ben", std::string(2001, 'x'), {}, {}}), Code::TooLarge);
        VERIFY_RESULT(b.command(desk::OfferCommand{"INC-1", "ben", std::string(2000, 'x'), {}, {}}));
        VERIFY_FAILS(b.command(desk::AcceptCommand{"INC-1", "  \n "}, "ben"), Code::Invalid);
    }

    void aLowerSeverityNeedsAReason()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV2"}));
        VERIFY_FAILS(b.command(desk::ChangeSeverity{"INC-1", "SEV3", " "}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::ChangeSeverity{"INC-1", "SEV3", "one customer"}));
        VERIFY_RESULT(b.command(desk::ChangeSeverity{"INC-1", "SEV1", ""}));
    }

    void aReviewIsDueWithinNinetyDays()
    {
        Bench b;
        b.settle();
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV3"}));
        VERIFY_FAILS(b.command(desk::StandDown{"INC-1", "ana", {}, {}, "ana", "91d", {}}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::StandDown{"INC-1", "ana", {}, {}, "ana", "2999-01-01T00:00:00Z", {}}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::StandDown{"INC-1", "ana", "fixed", {}, "ana", "90d", {}}));
        QCOMPARE(b.committed(), b.dumped());
    }

    void theEndOfItsLastAlertProposesAndTheRefireIsOffered()
    {
        Bench b;
        b.settle();
        const auto firing = [&](bool on) {
            auto batch = aBatch("am", b.clock.now()).alert({{"alertname", "Down"}, {"service", "web"}}).startsAt(b.clock.now());
            if (!on)
                batch.resolved(b.clock.now());
            return batch.build();
        };
        const auto first = firing(true);
        VERIFY_RESULT(b.report(first));
        VERIFY_RESULT(b.command(desk::DeclareIncident{"Shop is down", "SEV3", "web", "", "", {keyOf(first)}}));
        b.clock.advance(minutes(1));
        VERIFY_RESULT(b.report(firing(false)));
        QVERIFY(b.ask([](const state::State &s) { return s.incident("INC-1")->closing.proposedAt; }));
        VERIFY_RESULT(b.command(desk::StandDown{"INC-1", "ana", "fixed", {}, {}, {}, {}}));
        b.clock.advance(minutes(5));
        VERIFY_RESULT(b.report(firing(true)));
        QCOMPARE(b.ask([](const state::State &s) { return s.incident("INC-1")->closing.refired.size(); }), std::size_t{1});
        QCOMPARE(b.committed(), b.dumped());
    }
};

QD_TEST(TestLeading)
#include "tst_leading.moc"
