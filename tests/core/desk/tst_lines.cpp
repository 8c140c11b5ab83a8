// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/get.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

#include <boost/json.hpp>

using namespace qd;
using namespace qd::tests;

/// Lines about something earlier, lines put otherwise, and the states of an incident, set and taken back.
namespace {

struct Writing : QuietBench {
    Writing()
    {
        desk::DeclareIncident d{"Shop is down", "SEV2"};
        d.room = false;
        (void)command(d);
        (void)command(desk::TakeCommand{});
        clock.advance(minutes(30));
    }
    state::Incident incident()
    {
        return ask([](const state::State &s) { return *s.incident("INC-1"); });
    }
    std::string status() { return std::string(word(incident().status)); }
    boost::json::array timeline(const std::string &kinds)
    {
        return ask([&](const state::State &s) {
            control::Filter filter;
            filter.incident = "INC-1";
            filter.kinds = kinds;
            const auto text = control::getJson(s, "timeline", filter);
            return text ? boost::json::parse(*text).at("items").get_array() : boost::json::array();
        });
    }
};

} // namespace

class TestLines final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// As in a room; from a seat, of anybody's task.
    void aTaskThatIsReportedDoneInALineIsDoneAndNoDecision()
    {
        Writing b;
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "@ben check lag 10m"}));
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "@ana call the bank 10m"}));
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "@ben check it again 10m"}));
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "!done 1 lag is 12 s"}));
        QVERIFY(b.incident().tasks[0].doneAt);
        QCOMPARE(b.incident().tasks[0].note, std::string("lag is 12 s"));
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "!Done they know"})); // the only one of hers
        QVERIFY(b.incident().tasks[1].doneAt && !b.incident().tasks[2].doneAt);
        QCOMPARE(b.incident().tasks[1].note, std::string("they know"));
        VERIFY_FAILS(b.command(desk::WriteLine{"INC-1", "!done 1"}), Code::Conflict);
        VERIFY_FAILS(b.command(desk::WriteLine{"INC-1", "!done 9 x"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::WriteLine{"INC-1", "!done"}), Code::NotFound);
        QVERIFY(b.incident().decisions.empty());
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "! done 3 of 4 hosts, the rest tomorrow"})); // with the space it is one
        QCOMPARE(b.incident().decisions.size(), std::size_t(1));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aLineAboutSomethingEarlierHasBothTimes()
    {
        Writing b;
        const Instant then = b.clock.now() - minutes(20);
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the cache was emptied", toRfc3339(then)}));
        const auto line = b.incident().timeline.back();
        QCOMPARE(line.at, then);
        QCOMPARE(line.recordedAt, b.clock.now());
        const auto items = b.timeline("log");
        QCOMPARE(items.size(), std::size_t(1));
        QCOMPARE(std::string(items[0].at("at").get_string()), toRfc3339(then));
        QCOMPARE(std::string(items[0].at("recordedAt").get_string()), toRfc3339(b.clock.now()));
        VERIFY_FAILS(b.command(desk::WriteLog{"INC-1", "x", toRfc3339(b.clock.now() + seconds(1))}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::WriteLog{"INC-1", "x", toRfc3339(b.clock.now() - hours(24 * 31))}), Code::Invalid);
        VERIFY_FAILS(b.command(desk::WriteLog{"INC-1", "x", "yesterday"}), Code::Invalid);
        QCOMPARE(b.dumped(), b.committed());
    }

    void whoWritesAboutSomethingEarlierIsHeardNow()
    {
        Writing b; // Ana did nothing for half an hour
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the cache was emptied", toRfc3339(b.clock.now() - minutes(25))}));
        VERIFY_RESULT(b.command(desk::TakeCommand{"INC-1", "Ana does not answer"}, "ben"));
        QCOMPARE(b.incident().holder(Role::Commander), std::string("ana"));
    }

    void anOwnLineIsPutOtherwiseAndWhatItSaidStays()
    {
        Writing b;
        const auto line = b.command(desk::WriteLog{"INC-1", "the cash was emptied"});
        VERIFY_RESULT(line);
        b.clock.advance(minutes(1));
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", line->id, "no"}, "ben"), Code::Forbidden);
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", {}, "no"}, "ben"), Code::NotFound); // Ben wrote none
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", "entry/99", "no"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", "entry/1", "no"}), Code::Invalid); // the declaration stands
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", line->id, "  "}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::ReviseLog{"INC-1", line->id, "the cache was emptied"}));
        const auto entry = b.incident().timeline.back();
        QCOMPARE(entry.text, std::string("the cache was emptied"));
        QCOMPARE(entry.revisions, std::vector<std::string>{"the cash was emptied"});
        QCOMPARE(entry.revisedAt, b.clock.now());
        VERIFY_FAILS(b.command(desk::ReviseLog{"INC-1", line->id, "the cache was emptied"}), Code::Conflict);
        VERIFY_RESULT(b.command(desk::ReviseLog{"INC-1", {}, "the cache of web was emptied"})); // one's newest
        QCOMPARE(b.incident().timeline.back().revisions.size(), std::size_t(2));
        QCOMPARE(b.dumped(), b.committed());
    }

    void aTaskAndADecisionReferToTheLineTheyWereMadeFrom()
    {
        Writing b;
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "the pool is exhausted"}));
        const std::string line = b.incident().timeline.back().reference;
        events::MessageSeen m;
        m.connection = "chat";
        m.room = "war@x.example";
        m.incident = "INC-1";
        m.messageId = "m-7";
        m.sender = "eve@x.example";
        m.text = "look at the pool";
        m.serverTime = b.clock.now();
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "war@x.example", true, false})));
        VERIFY_RESULT(b.report(events::Event(m)));
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "@ben look at the pool", "message/m-7"}));
        const auto aboutOf = [&](std::string_view reference) {
            const auto incident = b.incident();
            const auto it = std::find_if(incident.timeline.begin(), incident.timeline.end(), [&](const state::Entry &e) { return e.reference == reference; });
            return it == incident.timeline.end() ? std::string("no such line") : it->about;
        };
        QCOMPARE(aboutOf("task/1"), std::string("message/m-7"));
        VERIFY_RESULT(b.command(desk::WriteLine{"INC-1", "! make it larger", line}));
        QCOMPARE(aboutOf("decision/1"), line);
        VERIFY_RESULT(b.command(desk::RecordDecision{"INC-1", "and watch it"}));
        QCOMPARE(aboutOf("decision/2"), std::string());
        VERIFY_FAILS(b.command(desk::WriteLine{"INC-1", "! no", "message/m-8"}), Code::NotFound);
        VERIFY_FAILS(b.command(desk::WriteLine{"INC-1", "@ben no", "entry/99"}), Code::NotFound);
        std::string shown;
        for (const auto &item : b.timeline({}))
            if (item.at("reference").as_string() == "task/1")
                shown = std::string(item.at("about").as_string());
        QCOMPARE(shown, std::string("message/m-7"));
        QCOMPARE(b.dumped(), b.committed());
    }

    void theTimelineIsNarrowedByKinds()
    {
        Writing b;
        VERIFY_RESULT(b.command(desk::RecordDecision{"INC-1", "roll back"}));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "done"}));
        VERIFY_RESULT(b.command(desk::RaiseHypothesis{"INC-1", "the pool"}));
        QCOMPARE(b.timeline("decisions").size(), std::size_t(1));
        QCOMPARE(b.timeline("decision, log").size(), std::size_t(2));
        QCOMPARE(b.timeline("hypotheses").size(), std::size_t(1));
        QCOMPARE(b.timeline("status").size(), std::size_t(0));
        const auto wrong = b.ask([](const state::State &s) {
            control::Filter filter;
            filter.kinds = "decision,chatter";
            const auto got = control::getJson(s, "timeline", filter);
            return got ? std::string() : got.error().message;
        });
        QVERIFY2(wrong.starts_with("\"chatter\" is no kind of line; there are declared, role, "), wrong.c_str());
        const auto other = b.ask([](const state::State &s) {
            control::Filter filter;
            filter.kinds = "decision";
            return control::getJson(s, "incidents", filter).has_value();
        });
        QVERIFY(!other);
    }

    void anIncidentIsMitigatedAndThatIsTakenBack()
    {
        Writing b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", "rolled back"}));
        QVERIFY(b.incident().mitigatedAt);
        VERIFY_FAILS(b.command(desk::Undo{}, "ben"), Code::NotFound); // it was not Ben's
        VERIFY_RESULT(b.command(desk::Undo{}));
        QCOMPARE(b.status(), std::string("active"));
        QVERIFY(!b.incident().mitigatedAt);
        QCOMPARE(b.incident().timeline.back().kind, state::EntryKind::Status);
        VERIFY_FAILS(b.command(desk::Undo{}), Code::NotFound); // once
        QCOMPARE(b.dumped(), b.committed());
    }

    void anIncidentThatWasNoneIsCalledOffWithAReasonAndTheTakingBackKeepsWhenItWasMitigated()
    {
        Writing b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        const Instant mitigated = b.incident().mitigatedAt;
        b.clock.advance(minutes(5));
        VERIFY_FAILS(b.command(desk::ChangeStatus{"INC-1", "cancelled", " "}), Code::Invalid);
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "cancelled", "a test of the load balancer"}));
        QCOMPARE(b.status(), std::string("cancelled"));
        VERIFY_RESULT(b.command(desk::Undo{}));
        QCOMPARE(b.status(), std::string("mitigated"));
        QCOMPARE(b.incident().mitigatedAt, mitigated);
        QCOMPARE(b.dumped(), b.committed());
    }

    void aStatusThatChangedSinceIsNotTakenBack()
    {
        Writing b;
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", {}}));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "resolved", {}}, "ben"));
        VERIFY_FAILS(b.command(desk::Undo{}), Code::Conflict);
        QCOMPARE(b.status(), std::string("resolved"));
    }

    void aStandDownIsNotTakenBackByOneKey()
    {
        Writing b;
        desk::StandDown down{"INC-1", "ana", "rolled back", {}, "ben", "5d", {}};
        VERIFY_RESULT(b.command(down));
        VERIFY_FAILS(b.command(desk::Undo{}), Code::NotFound);
        QCOMPARE(b.status(), std::string("resolved"));
    }

    void fromChatAStatusIsSetAndWhatIsHardToTakeBackIsConfirmed()
    {
        Writing b;
        b.connect("chat", "xmpp");
        VERIFY_RESULT(b.command(desk::Arm{"chat", {"rooms", "posts"}}));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true})));
        VERIFY_RESULT(b.report(events::Event(b.message("!status"))));
        QCOMPARE(b.status(), std::string("active"));
        VERIFY_RESULT(b.report(events::Event(b.message("!status mitigated rolled back"))));
        QCOMPARE(b.status(), std::string("mitigated"));
        QCOMPARE(b.incident().timeline.back().kind, state::EntryKind::Status);
        VERIFY_RESULT(b.report(events::Event(b.message("!status cancelled it was none"))));
        QCOMPARE(b.status(), std::string("mitigated"));
        const auto asked = b.posted().back();
        const auto at = asked.find("!yes ");
        QVERIFY2(at != std::string::npos && asked.find("to call INC-1 off") != std::string::npos, asked.c_str());
        VERIFY_RESULT(b.report(events::Event(b.message(asked.substr(at, asked.find(" within") - at)))));
        QCOMPARE(b.status(), std::string("cancelled"));
    }

    /// Each task is one person, minutes, and a word back.
    void aTaskNobodyTookOnIsSeenFromItsHalfTimeOn()
    {
        Writing b;
        const auto task = [&] {
            return b.ask([](const state::State &s) { return boost::json::parse(control::getJson(s, "incidents").value()).at("items").at(0).at("tasks").at(0).get_object(); });
        };
        VERIFY_RESULT(b.command(desk::AssignTask{"INC-1", "ben", "look at the disk", "10m"}));
        const Instant given = b.clock.now();
        QCOMPARE(std::string(task().at("acceptBy").get_string()), toRfc3339(given + minutes(5)));
        QVERIFY(!task().at("unaccepted").get_bool());
        b.clock.advance(minutes(6));
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "graphs are flat"}));
        QVERIFY(task().at("unaccepted").get_bool());
        VERIFY_FAILS(b.command(desk::AcceptTask{"INC-1", 7}, "ben"), Code::NotFound);
        VERIFY_FAILS(b.command(desk::AcceptTask{"INC-1", 1}, "ana"), Code::Forbidden); // it is another's
        VERIFY_RESULT(b.command(desk::AcceptTask{"INC-1", 1}, "ben"));
        VERIFY_FAILS(b.command(desk::AcceptTask{"INC-1", 1}, "ben"), Code::Conflict);
        QVERIFY(!task().at("unaccepted").get_bool() && task().at("acceptBy").is_null());
        QCOMPARE(std::string(task().at("acceptedBy").get_string()), std::string("ben"));
        QCOMPARE(b.incident().timeline.back().text, std::string("on it: look at the disk"));
        VERIFY_RESULT(b.command(desk::FinishTask{"INC-1", 1, " it was the pool "}, "ben"));
        QCOMPARE(b.ask([](const state::State &s) { return s.incident("INC-1")->tasks[0].note; }), std::string("it was the pool"));
        VERIFY_RESULT(b.command(desk::AssignTask{"INC-1", "shop", "read the logs", {}}));
        VERIFY_RESULT(b.command(desk::AcceptTask{"INC-1", 2}, "ben")); // of the team, and without a time
        VERIFY_FAILS(b.command(desk::AcceptTask{"INC-1", 1}, "ben"), Code::Conflict); // done already
        QCOMPARE(b.committed(), b.dumped());
    }
};

QD_TEST(TestLines)
#include "tst_lines.moc"
