// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/command/standdown.h"
#include "core/control/get.h"
#include "tests/core/desk/quietbench.h"
#include "tests/support/suite.h"

using namespace qd;
using namespace qd::tests;

/// What a stand-down sheet asks beside what still fires: the last word, the rooms, silences kept elsewhere.
namespace {

const Labels kShopDown{{"alertname", "Down"}, {"service", "web"}};

struct Ending : QuietBench {
    std::string key;
    Ending()
    {
        connect("chat", "xmpp");
        (void)command(desk::Arm{"chat", {"rooms", "posts", "pages"}});
        key = fires(kShopDown);
        desk::DeclareIncident d;
        d.title = "Shop is down";
        d.service = "web";
        d.alerts = {key};
        const auto done = command(d);
        Q_ASSERT(done);
        for (const char *room : {"inc-1@muc.example", "war@muc.example"})
            (void)report(events::Event(events::RoomLinked{"INC-1", "chat", room, true}));
        (void)command(desk::TakeCommand{});
    }
    void connectSlack()
    {
        desk::AddConnection add;
        add.connection.name = add.connection.kind = "slack";
        add.connection.url = "http://127.0.0.1:1/api";
        add.connection.muc = "acme.slack.com";
        const auto done = command(add);
        Q_ASSERT(done);
    }
    desk::StandDown sheet()
    {
        desk::StandDown s;
        s.incident = "INC-1";
        s.verifiedBy = "ana";
        s.stillFiring = "known";
        return s;
    }
    state::Incident incident()
    {
        return ask([](const state::State &s) { return *s.incident("INC-1"); });
    }
    /// What is to be written outside, the newest last: "leave-room war@muc.example".
    std::vector<std::string> written(std::size_t after = 0)
    {
        return ask([&](const state::State &s) {
            std::vector<std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (n > after)
                    out.push_back(std::string(events::word(o.what.effect)) + " " + o.what.room);
            return out;
        });
    }
    std::uint64_t lastOutbox()
    {
        return ask([](const state::State &s) { return s.lastOutbox; });
    }
    std::uint64_t numberOf(events::Effect effect)
    {
        return ask([&](const state::State &s) {
            std::uint64_t out = 0;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == effect)
                    out = n;
            return out;
        });
    }
};

std::size_t count(const std::vector<std::string> &lines, const std::string &line)
{
    return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), line));
}

} // namespace

class TestStandDown final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoWasToldIsToldThatItIsOverOrItIsSaidWhyNot()
    {
        Ending b;
        desk::SendUpdate u;
        u.updateTemplate = b.ask([](const state::State &s) { return s.workspace->templates.empty() ? std::string() : s.workspace->templates.front().id; });
        if (u.updateTemplate.empty()) { // the fixture's workspace has none: one that was put somewhere by hand is an update as well
            Workspace w = aWorkspace();
            w.audiences = {"customers"};
            w.templates.push_back({"plain", "Plain", "customers", "It is down.", {}, {}});
            events::WorkspaceChanged changed;
            changed.workspace = std::move(w);
            changed.digest = "templates";
            VERIFY_RESULT(b.report(events::Event(changed)));
            u.updateTemplate = "plain";
        }
        VERIFY_RESULT(b.command(u));
        b.clock.advance(minutes(1));
        b.resolves(kShopDown); // nothing of it fires: it calmed
        b.clock.advance(minutes(1));
        const auto refused = b.command(b.sheet());
        VERIFY_FAILS(refused, Code::Invalid);
        QVERIFY2(refused.error().message.find("--no-update") != std::string::npos, refused.error().message.c_str());
        const std::string sheet = b.ask([](const state::State &s) { return control::getJson(s, "standdowns").value_or(std::string()); });
        QVERIFY(sheet.find("\"owesUpdate\":true") != std::string::npos);
        auto waived = b.sheet();
        waived.noUpdate = "the customers' desk tells them";
        VERIFY_RESULT(b.command(waived));
        QCOMPARE(b.incident().closing.noUpdate, waived.noUpdate);
        QCOMPARE(b.dumped(), b.committed());
        // And with the last word nothing is asked.
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "again"}));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", "and over"}));
        b.clock.advance(minutes(1));
        VERIFY_RESULT(b.command(u));
        VERIFY_RESULT(b.command(b.sheet()));
        QCOMPARE(b.incident().closing.noUpdate, std::string());
    }

    void aRoomIsLeftAfterTheLastWordsAndNothingIsSaidThereAnyMore()
    {
        Ending b;
        auto down = b.sheet();
        down.rooms = {{"elsewhere@muc.example", "leave"}};
        VERIFY_FAILS(b.command(down), Code::NotFound);
        down.rooms = {{"war@muc.example", "burn"}};
        VERIFY_FAILS(b.command(down), Code::Invalid);
        down.rooms = {{"war@muc.example", "leave"}, {"inc-1@muc.example", "keep"}};
        const auto before = b.lastOutbox();
        VERIFY_RESULT(b.command(down));
        const auto said = b.written(before);
        QCOMPARE(count(said, "leave-room war@muc.example"), std::size_t(1));
        QCOMPARE(said.back(), std::string("leave-room war@muc.example")); // after the last words
        QVERIFY(count(said, "post war@muc.example") > 0);
        QCOMPARE(count(said, "leave-room inc-1@muc.example"), std::size_t(0));
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{b.numberOf(events::Effect::LeaveRoom), Delivery::Confirmed, {}, {}, "INC-1"})));
        QVERIFY(b.incident().rooms[1].leftAt && !b.incident().rooms[0].leftAt);
        const auto then = b.lastOutbox();
        VERIFY_RESULT(b.command(desk::WriteLog{"INC-1", "one thing more"}));
        QCOMPARE(b.written(then), std::vector<std::string>{"post inc-1@muc.example"});
        QCOMPARE(b.dumped(), b.committed());
    }

    void whoseIncidentIsOpenAgainIsInItsRoomsAgain()
    {
        Ending b;
        auto down = b.sheet();
        down.rooms = {{"war@muc.example", "leave"}};
        VERIFY_RESULT(b.command(down));
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{b.numberOf(events::Effect::LeaveRoom), Delivery::Confirmed, {}, {}, "INC-1"})));
        const auto then = b.lastOutbox();
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "it is not over"}));
        QCOMPARE(count(b.written(then), "attach-room war@muc.example"), std::size_t(1));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "chat", "war@muc.example", false, true})));
        QVERIFY(!b.incident().rooms[1].leftAt);
        QCOMPARE(b.incident().rooms.size(), std::size_t(2));
    }

    void withoutLeaveToTheRoomIsKeptAndThatIsSaid()
    {
        Ending b;
        VERIFY_RESULT(b.command(desk::Disarm{"chat"}));
        auto down = b.sheet();
        down.rooms = {{"war@muc.example", "leave"}};
        VERIFY_RESULT(b.command(down)); // a way that is closed never stops the stand-down
        QCOMPARE(b.numberOf(events::Effect::LeaveRoom), std::uint64_t(0));
        QVERIFY(!b.incident().rooms[1].leftAt);
        const auto withheld = b.incident().withheld;
        QVERIFY(std::any_of(withheld.begin(), withheld.end(), [](const auto &w) { return w.what.effect == events::Effect::LeaveRoom && !w.what.reason.empty(); }));
    }

    void aRoomIsArchivedAfterTheLastWordsWhereItsPlatformCan()
    {
        Ending b;
        b.connectSlack();
        VERIFY_RESULT(b.command(desk::Arm{"slack", {"rooms", "posts"}}));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "slack", "war@acme.slack.com", false, true})));
        QCOMPARE(b.ask([](const state::State &s) { return command::sheet(s, *s.incident("INC-1")).archivable; }), std::vector<std::string>{"war@acme.slack.com"});
        VERIFY_FAILS(b.command(desk::LeaveRoom{"INC-1", "war@acme.slack.com", true}), Code::Conflict); // it goes on
        auto down = b.sheet();
        down.rooms = {{"war@muc.example", "archive"}};
        const auto cannot = b.command(down);
        VERIFY_FAILS(cannot, Code::Conflict);
        QVERIFY2(cannot.error().message.find("there is no archive for rooms of kind xmpp") != std::string::npos, cannot.error().message.c_str());
        down.rooms = {{"war@acme.slack.com", "archive"}};
        const auto before = b.lastOutbox();
        VERIFY_RESULT(b.command(down));
        auto said = b.written(before);
        QCOMPARE(said.back(), std::string("archive-room war@acme.slack.com")); // after the last words; leaving it is part of it
        QVERIFY(count(said, "post war@acme.slack.com") > 0);
        QCOMPARE(count(said, "leave-room war@acme.slack.com"), std::size_t(0));
        // Refused there: that is said, the room is read on, and it can be tried again.
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{b.numberOf(events::Effect::ArchiveRoom), Delivery::Failed, {}, "Slack answered restricted_action", "INC-1"})));
        QVERIFY(!b.incident().rooms[2].leftAt && !b.incident().rooms[2].archivedAt);
        QCOMPARE(b.incident().timeline.back().text, std::string("room not archived and left: war@acme.slack.com: Slack answered restricted_action"));
        const auto then = b.lastOutbox();
        VERIFY_FAILS(b.command(desk::LeaveRoom{"INC-1", "war@muc.example", true}), Code::Conflict);
        VERIFY_RESULT(b.command(desk::LeaveRoom{"INC-1", "war@acme.slack.com", true}));
        QCOMPARE(count(b.written(then), "archive-room war@acme.slack.com"), std::size_t(1));
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{b.numberOf(events::Effect::ArchiveRoom), Delivery::Confirmed, {}, {}, "INC-1"})));
        QVERIFY(b.incident().rooms[2].leftAt && b.incident().rooms[2].archivedAt);
        VERIFY_FAILS(b.command(desk::LeaveRoom{"INC-1", "war@acme.slack.com", true}), Code::Conflict);
        QCOMPARE(b.dumped(), b.committed());
    }

    /// It may be called otherwise by then, and another one have its name.
    void aRoomThatIsEnteredAgainIsTheOneItWas()
    {
        Ending b;
        b.connectSlack();
        VERIFY_RESULT(b.command(desk::Arm{"slack", {"rooms", "posts"}}));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "slack", "war@acme.slack.com", true, false, false, "C07WAR"})));
        auto down = b.sheet();
        down.rooms = {{"war@acme.slack.com", "leave"}, {"war@muc.example", "leave"}};
        VERIFY_RESULT(b.command(down));
        const auto left = b.ask([](const state::State &s) {
            std::vector<std::uint64_t> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::LeaveRoom)
                    out.push_back(n);
            return out;
        });
        QCOMPARE(left.size(), std::size_t(2));
        for (const std::uint64_t number : left)
            VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{number, Delivery::Confirmed, {}, {}, "INC-1"})));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "it is not over"}));
        const auto entered = b.ask([](const state::State &s) {
            std::map<std::string, std::string> out;
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::AttachRoom)
                    out[o.what.room] = o.what.address;
            return out;
        });
        QCOMPARE(entered, (std::map<std::string, std::string>{{"war@acme.slack.com", "C07WAR"}, {"war@muc.example", ""}})); // a room of xmpp is its name
        QCOMPARE(b.dumped(), b.committed());
    }

    void anArchivedRoomIsBroughtBackByHandAndAttachedAgain()
    {
        Ending b;
        b.connectSlack();
        VERIFY_RESULT(b.command(desk::Arm{"slack", {"rooms", "posts"}}));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "slack", "war@acme.slack.com", true})));
        auto down = b.sheet();
        down.rooms = {{"war@acme.slack.com", "archive"}};
        VERIFY_RESULT(b.command(down));
        VERIFY_RESULT(b.report(events::Event(events::OutboxMoved{b.numberOf(events::Effect::ArchiveRoom), Delivery::Confirmed, {}, {}, "INC-1"})));
        auto then = b.lastOutbox();
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "active", "it is not over"}));
        QCOMPARE(count(b.written(then), "attach-room war@acme.slack.com"), std::size_t(0));
        const auto withheld = b.incident().withheld;
        QVERIFY(std::any_of(withheld.begin(), withheld.end(), [](const auto &w) { return w.what.effect == events::Effect::AttachRoom && w.what.reason.find("unarchive it there") != std::string::npos; }));
        VERIFY_RESULT(b.command(desk::ChangeStatus{"INC-1", "mitigated", "calmer"}));
        QCOMPARE(b.incident().withheld.size(), withheld.size()); // said once
        then = b.lastOutbox();
        VERIFY_RESULT(b.command(desk::AttachRoom{"INC-1", "war@acme.slack.com"}));
        QCOMPARE(count(b.written(then), "attach-room war@acme.slack.com"), std::size_t(1));
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "slack", "war@acme.slack.com", false, true})));
        QVERIFY(!b.incident().rooms[2].leftAt && !b.incident().rooms[2].archivedAt);
        QCOMPARE(b.incident().rooms.size(), std::size_t(3));
        QCOMPARE(b.dumped(), b.committed());
    }

    void withoutLeaveToNothingIsArchivedAndWhoAskedIsToldSo()
    {
        Ending b;
        b.connectSlack();
        VERIFY_RESULT(b.report(events::Event(events::RoomLinked{"INC-1", "slack", "war@acme.slack.com", true})));
        VERIFY_RESULT(b.command(b.sheet()));
        const auto asked = b.command(desk::LeaveRoom{"INC-1", "war@acme.slack.com", true});
        VERIFY_RESULT(asked);
        QVERIFY(asked->notes.size() == 1 && asked->notes.front().find("arm slack --allow rooms") != std::string::npos);
        QCOMPARE(b.numberOf(events::Effect::ArchiveRoom), std::uint64_t(0));
        const auto withheld = b.incident().withheld;
        QVERIFY(std::any_of(withheld.begin(), withheld.end(), [](const auto &w) { return w.what.effect == events::Effect::ArchiveRoom; }));
    }

    void aSilenceOfAnAlertmanagerIsKeptForAnotherTimeOrBySomebodyElse()
    {
        Ending b;
        b.connect("alerts", "alertmanager");
        const Instant ends = b.clock.now() + hours(2);
        VERIFY_RESULT(b.report(events::Event(events::SilencesSeen{"alerts", {{"5f2c", "known", "ana", "active", {is("alertname", "Down")}, b.clock.now(), ends}}})));
        const auto keep = [&](const std::string &until, const std::string &owner) { return b.command(desk::KeepSuppression{"alerts/5f2c", until, owner, {}}); };
        VERIFY_FAILS(keep("4h", {}), Code::Forbidden); // it observes only
        VERIFY_RESULT(b.command(desk::Arm{"alerts", {"silences"}}));
        VERIFY_FAILS(keep({}, {}), Code::Invalid);
        VERIFY_FAILS(keep("31d", {}), Code::Invalid);
        VERIFY_FAILS(keep("0s", {}), Code::Invalid);
        VERIFY_FAILS(keep("soon", {}), Code::Invalid);
        VERIFY_FAILS(keep({}, "nobody"), Code::NotFound);
        VERIFY_FAILS(b.command(desk::KeepSuppression{"alerts/0000", "4h", {}, {}}), Code::NotFound);
        auto down = b.sheet();
        down.quiet = {{"alerts/5f2c", "keep", "4h", "ben"}};
        VERIFY_RESULT(b.command(down));
        const std::string body = b.ask([](const state::State &s) {
            for (const auto &[n, o] : s.outbox)
                if (o.what.effect == events::Effect::Silence)
                    return o.what.connection + " " + o.what.text;
            return std::string();
        });
        const std::string until = toRfc3339(b.clock.now() + hours(4));
        for (const std::string &wanted : {std::string("alerts {\"id\":\"5f2c\""), "\"endsAt\":\"" + until + "\"", std::string("\"createdBy\":\"ben\""), std::string("\"comment\":\"known\"")})
            QVERIFY2(body.find(wanted) != std::string::npos, (wanted + " in " + body).c_str());
        QCOMPARE(b.dumped(), b.committed());
    }
};

QD_TEST(TestStandDown)
#include "tst_standdown.moc"
