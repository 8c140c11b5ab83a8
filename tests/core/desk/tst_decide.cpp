// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/decide.h"
#include "core/desk/react.h"
#include "core/triage/reports.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QtTest>

using namespace qd;
using namespace qd::events;
using namespace qd::tests;
using desk::decide;
using desk::Decision;

namespace {

struct Scene {
    Log log;
    Scene() { log.record(withWorkspace()).record(withConnection("am")); }
    Result<Decision> ask(const desk::Command &command) { return decide(log.state, command, kAna, log.now()); }
    /// As the desk does: decided, then folded.
    Result<Decision> run(const desk::Command &command)
    {
        auto d = ask(command);
        if (d)
            log.record(d->events);
        return d;
    }
    std::string alert(const std::string &name)
    {
        const auto batch = aBatch("am", log.now()).alert({{"alertname", name}, {"service", "db"}}).build();
        log.record(decided(batch));
        return keyOf(batch);
    }
};

template <typename E>
int count(const Decision &d)
{
    return static_cast<int>(std::count_if(d.events.begin(), d.events.end(), [](const Event &e) { return holds<E>(e); }));
}

desk::DeclareIncident incident(const std::string &title)
{
    desk::DeclareIncident declare;
    declare.title = title;
    return declare;
}

desk::AddConnection inbound(const std::string &name, const std::string &keyHash)
{
    desk::AddConnection add;
    add.connection.name = name;
    add.connection.kind = "inbound";
    add.connection.keyHash = keyHash;
    return add;
}

} // namespace

class TestDecide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void removesAConnectionAndSaysWhatItLeaves()
    {
        Scene s;
        const auto key = s.alert("Down");
        const auto d = s.run(desk::RemoveConnection{"am"});
        VERIFY_RESULT(d);
        QCOMPARE(count<ConnectionRemoved>(*d), 1);
        QCOMPARE(count<AlertsEnded>(*d), 0);
        QCOMPARE(d->notes.size(), std::size_t{1});
        QVERIFY(d->notes.front().starts_with("1 alert that only am reported"));
        QVERIFY(s.log.state.alert(key)->status == AlertStatus::Firing);
        const auto again = s.ask(desk::RemoveConnection{"am"});
        QVERIFY(!again && again.error().code == Code::NotFound);
    }

    void removingASilentSourceEndsOurOwnAlertAboutIt()
    {
        Scene s;
        s.log.record(withConnection("poll", "alertmanager"));
        const triage::ReportRules rules(s.log.state.workspace);
        s.log.record(triage::decideFreshness(s.log.state, rules, s.log.now() + minutes(10)), minutes(10));
        QVERIFY(s.log.state.source("poll")->silent);
        QCOMPARE(s.log.state.alerts.firing, 1u);
        const auto d = s.run(desk::RemoveConnection{"poll"});
        VERIFY_RESULT(d);
        QCOMPARE(s.log.state.alerts.firing, 0u);
        QVERIFY(d->notes.empty());
    }

    void closesOnlyWhatNobodyReports()
    {
        Scene s;
        const auto key = s.alert("Down");
        const auto early = s.ask(desk::CloseAlerts{{key}, "gone"});
        QVERIFY(!early && early.error().code == Code::Conflict);
        QVERIFY(early.error().message.find("still reported by am") != std::string::npos);
        VERIFY_RESULT(s.run(desk::RemoveConnection{"am"}));
        VERIFY_RESULT(s.run(desk::CloseAlerts{{key}, "gone"}));
        QVERIFY(s.log.state.alert(key)->status == AlertStatus::Resolved);
        const auto late = s.ask(desk::CloseAlerts{{key}, "gone"});
        QVERIFY(!late && late.error().code == Code::Conflict);
        QVERIFY(!s.ask(desk::CloseAlerts{{}, ""}));
        QVERIFY(!s.ask(desk::CloseAlerts{{"am/0000000000000001"}, ""}));
    }

    void ofASelectionClosesWhatItCanAndNamesTheOthers()
    {
        Scene s;
        const auto gone = s.alert("Down"), also = s.alert("Slow"), over = s.alert("Over");
        VERIFY_RESULT(s.run(desk::RemoveConnection{"am"}));
        VERIFY_RESULT(s.run(desk::CloseAlerts{{over}, "gone"}));
        s.log.record(withConnection("pm"));
        const auto batch = aBatch("pm", s.log.now()).alert({{"alertname", "Up"}, {"service", "db"}}).build();
        s.log.record(decided(batch));
        const auto kept = keyOf(batch);
        const auto closed = s.run(desk::CloseAlerts{{kept, gone, over, also}, "gone"});
        VERIFY_RESULT(closed);
        QCOMPARE(closed->id, gone);
        QCOMPARE(closed->notes.size(), std::size_t(2));
        QVERIFY(closed->notes[0].find(kept + " is still reported by pm") != std::string::npos);
        QVERIFY(closed->notes[1].find(over + " is resolved already") != std::string::npos);
        for (const auto &key : {gone, also})
            QVERIFY(s.log.state.alert(key)->status == AlertStatus::Resolved);
        QVERIFY(s.log.state.alert(kept)->status == AlertStatus::Firing);
        const auto none = s.ask(desk::CloseAlerts{{kept, over}, "gone"});
        QVERIFY(!none && none.error().code == Code::Conflict);
        QVERIFY(none.error().message.find("None of the 2 alerts") != std::string::npos);
        QVERIFY(!s.ask(desk::CloseAlerts{{kept, "am/0000000000000001"}, ""})); // a key that is nothing is a mistake
    }

    void replacesAKeyOnlyWhenAsked()
    {
        Scene s;
        const std::string one(64, '1'), two(64, '2');
        VERIFY_RESULT(s.run(inbound("door", one)));
        const auto silently = s.ask(inbound("door", two));
        QVERIFY(!silently && silently.error().code == Code::Conflict);
        QVERIFY(silently.error().message.find("--replace") != std::string::npos);
        s.log.record(ConnectionArmed{"door", 0, kAna});
        VERIFY_RESULT(s.run(desk::ReplaceKey{"door", two}));
        QCOMPARE(s.log.state.source("door")->connection.keyHash, two);
        QCOMPARE(s.log.state.source("door")->connection.set, std::string("door"));
        QVERIFY(!s.ask(desk::ReplaceKey{"door", "short"}));
        QVERIFY(!s.ask(desk::ReplaceKey{"door", std::string(64, 'G')}));
        QVERIFY(!s.ask(desk::ReplaceKey{"nobody", one}));
        s.log.record(withConnection("poll", "alertmanager"));
        QVERIFY(!s.ask(desk::ReplaceKey{"poll", one}));
    }

    void anUnknownServiceIsTakenAndSaid()
    {
        Scene s;
        desk::DeclareIncident declare;
        declare.title = "Down";
        declare.service = "cardt";
        const auto d = s.run(declare);
        VERIFY_RESULT(d);
        QCOMPARE(d->notes.size(), std::size_t{1});
        QVERIFY(d->notes.front().find("did you mean cart?") != std::string::npos);
        const auto *i = s.log.state.incident("INC-1");
        QCOMPARE(i->service, std::string("cardt"));
        QVERIFY(i->timeline.front().text.find("(service cardt is not in the workspace)") != std::string::npos);
        declare.service = "frontend"; // an alias is known
        const auto known = s.run(declare);
        VERIFY_RESULT(known);
        QVERIFY(known->notes.empty());
        QCOMPARE(s.log.state.incident("INC-2")->service, std::string("web"));
        declare.service.clear();
        QVERIFY(s.ask(declare)->notes.empty());
    }

    void anUpdateThatGoesNowhereSaysSo()
    {
        Scene s;
        Workspace workspace = aWorkspace();
        workspace.templates.push_back({"status", "Status", "customers", "{{title}}", {}, {}});
        s.log.record(withWorkspace(workspace));
        desk::DeclareIncident declare;
        declare.title = "Down";
        VERIFY_RESULT(s.run(declare));
        const desk::SendUpdate update{"INC-1", "status", {}};
        const auto nowhere = s.ask(update);
        VERIFY_RESULT(nowhere);
        QCOMPARE(nowhere->notes, std::vector<std::string>{"Nobody was told: INC-1 has no room. It is recorded, and still owed: copy it (update --update 1 --copy plain) and say where it was put (update --update 1 --posted WHERE)."});
        QVERIFY(get<events::UpdateIssued>(nowhere->events.front()).unheard);
        s.log.record(withConnection("chat", "xmpp"));
        s.log.record(events::Events{events::RoomLinked{"INC-1", "chat", "inc-1@muc.example", true}});
        QVERIFY(s.ask(update)->notes.at(0).starts_with("Nobody was told: the connection is not armed for posts; arm it with: arm chat --allow posts. "));
        VERIFY_RESULT(s.run(desk::Arm{"chat", {"posts"}}));
        QVERIFY(s.ask(update)->notes.empty());
        QVERIFY(!get<events::UpdateIssued>(s.ask(update)->events.front()).unheard);
    }

    void anUpdateIsInTheLanguageItsAudienceReads()
    {
        Scene s;
        Workspace workspace = aWorkspace();
        workspace.templates.push_back({"status", "Status", "customers", "Now: {{title}}, {{status}}", {}, {}});
        workspace.templates.back().bodies["de"] = "Jetzt: {{title}}, {{status}}";
        const auto said = [&] {
            s.log.record(withWorkspace(workspace));
            const auto d = s.ask(desk::SendUpdate{"INC-1", "status", {}});
            return d ? get<events::UpdateIssued>(d->events.front()).text : d.error().message;
        };
        desk::DeclareIncident declare;
        declare.title = "Down";
        s.log.record(withWorkspace(workspace));
        VERIFY_RESULT(s.run(declare));
        QCOMPARE(said(), std::string("Now: Down, active"));
        workspace.audienceLanguages["customers"] = "de";
        QCOMPARE(said(), std::string("Jetzt: Down, aktiv"));
        workspace.templates.back().fields = {{"impact", "what they notice", true, {{"de", "was sie merken"}}}};
        QCOMPARE(said(), std::string("\"impact\" is required: was sie merken."));
    }

    void aRoomIsAttachedToOneOpenIncidentOnly()
    {
        Scene s;
        s.log.record(withConnection("chat", "xmpp", static_cast<Writes>(Write::Rooms)));
        VERIFY_RESULT(s.run(incident("First")));
        VERIFY_RESULT(s.run(incident("Second")));
        const auto asked = s.ask(desk::AttachRoom{"INC-1", "Ops@muc.example"});
        VERIFY_RESULT(asked);
        QVERIFY(asked->notes.empty());
        QCOMPARE(get<RoomAsked>(asked->events.front()).room, std::string("ops@muc.example"));
        const Events follows = desk::react(s.log.state, asked->events.front(), s.log.now());
        QCOMPARE(follows.size(), std::size_t{1});
        const auto &queued = get<OutboxQueued>(follows.front());
        QVERIFY(queued.effect == Effect::AttachRoom);
        QCOMPARE(queued.room, std::string("ops@muc.example"));
        QCOMPARE(queued.since, s.log.state.incident("INC-1")->impactSince);
        OutboxQueued numbered = queued;
        numbered.number = 1;
        s.log.record(numbered); // under way already counts
        QCOMPARE(s.ask(desk::AttachRoom{"INC-2", "ops@muc.example"}).error().message,
                 std::string("ops@muc.example is the room of INC-1, which is open; a room tells the story of one incident."));
        s.log.record(OutboxMoved{1, Delivery::Confirmed, "ops@muc.example", "", "INC-1"}).record(RoomLinked{"INC-1", "chat", "ops@muc.example", false, true});
        QVERIFY(s.log.state.incident("INC-1")->rooms.back().attached);
        QCOMPARE(s.ask(desk::AttachRoom{"INC-2", "ops@muc.example"}).error().code, Code::Conflict);
        QCOMPARE(s.ask(desk::AttachRoom{"INC-1", "ops@muc.example"}).error().message, std::string("ops@muc.example is a room of INC-1 already."));
        desk::DeclareIncident third = incident("Third");
        third.attach = "ops@muc.example";
        QCOMPARE(s.ask(third).error().code, Code::Conflict);
        VERIFY_RESULT(s.run(desk::ChangeStatus{"INC-1", "resolved", ""}));
        VERIFY_RESULT(s.ask(desk::AttachRoom{"INC-2", "ops@muc.example"}));
        const auto declared = s.ask(third);
        VERIFY_RESULT(declared);
        QCOMPARE(get<IncidentDeclared>(declared->events.front()).attach, std::string("ops@muc.example"));
    }

    /// A channel of Teams hears nothing: it is an incident's own room only where no other can be, has no topic, and is told of several.
    void whatOnlyPostsComesLastAndIsToldOfSeveral()
    {
        constexpr auto armed = static_cast<Writes>(static_cast<Writes>(Write::Rooms) | static_cast<Writes>(Write::Posts));
        Scene s;
        auto teams = withConnection("a-teams", "teams", armed);
        get<ConnectionAdded>(teams.front()).connection->muc = "ops.teams";
        s.log.record(teams);
        QVERIFY(!s.ask(desk::Arm{"a-teams", {"pages"}}));
        const auto roomOf = [&](const desk::DeclareIncident &declare) {
            const auto d = s.run(declare);
            for (const events::Event &follows : desk::react(s.log.state, d->events.front(), s.log.now()))
                if (const auto *queued = getIf<OutboxQueued>(&follows); queued && queued->effect == Effect::CreateRoom)
                    return queued->connection;
            return std::string();
        };
        QCOMPARE(roomOf(incident("First")), std::string("a-teams"));
        QCOMPARE(roomOf(incident("Second")), std::string("a-teams"));
        s.log.record(RoomLinked{"INC-1", "a-teams", "channel@ops.teams", false, false});
        VERIFY_RESULT(s.ask(desk::AttachRoom{"INC-2", "channel@ops.teams"}));
        const auto changed = s.run(desk::ChangeSeverity{"INC-1", "SEV1", "worse"});
        VERIFY_RESULT(changed);
        for (const events::Event &follows : desk::react(s.log.state, changed->events.front(), s.log.now()))
            if (const auto *queued = getIf<OutboxQueued>(&follows))
                QVERIFY(queued->effect != Effect::Topic);
        s.log.record(withConnection("chat", "xmpp", armed));
        QCOMPARE(roomOf(incident("Third")), std::string("chat"));
    }

    void theRoomOfWhatIsRestrictedIsPrivateWhereThereIsSuchAThing()
    {
        constexpr auto armed = static_cast<Writes>(static_cast<Writes>(Write::Rooms) | static_cast<Writes>(Write::Posts));
        const auto isPrivate = [](const char *kind, PrivateRooms wished, DataClass data) {
            Scene s;
            Workspace workspace = aWorkspace();
            workspace.privateRooms = wished;
            workspace.business = {{"payroll", "Payroll"}};
            workspace.business[0].data = data;
            for (Service &service : workspace.services)
                service.carries = {"payroll"};
            s.log.record(withWorkspace(workspace));
            s.log.record(withConnection("chat", kind, armed));
            desk::DeclareIncident declare = incident("Payroll");
            declare.service = workspace.services.front().id;
            const auto d = s.run(declare);
            for (const events::Event &follows : desk::react(s.log.state, d->events.front(), s.log.now()))
                if (const auto *queued = getIf<OutboxQueued>(&follows); queued && queued->effect == Effect::CreateRoom)
                    return queued->isPrivate;
            return !d.has_value();
        };
        for (const char *kind : {"slack", "mattermost", "discord", "xmpp", "irc"}) {
            QVERIFY(isPrivate(kind, PrivateRooms::Restricted, DataClass::Restricted));
            QVERIFY(!isPrivate(kind, PrivateRooms::Restricted, DataClass::Confidential));
            QVERIFY(isPrivate(kind, PrivateRooms::Always, DataClass::Internal));
            QVERIFY(!isPrivate(kind, PrivateRooms::Never, DataClass::Restricted));
        }
        QVERIFY(!isPrivate("teams", PrivateRooms::Always, DataClass::Restricted)); // one channel, which is somebody's
    }

    void anAddressThatIsNoRoomHereIsRefused_data()
    {
        QTest::addColumn<QByteArray>("address");
        for (const char *address : {"ops", "@muc.example", "ops@elsewhere.example", "ops@muc.example/nick", "ops@muc.example@muc.example", "a b@", "ops@", ""})
            QTest::newRow(address) << QByteArray(address);
    }
    void anAddressThatIsNoRoomHereIsRefused()
    {
        QFETCH(QByteArray, address);
        Scene s;
        VERIFY_RESULT(s.run(incident("Down")));
        const auto without = s.ask(desk::AttachRoom{"INC-1", address.toStdString()});
        QVERIFY(!without && without.error().message.find("connect xmpp") != std::string::npos);
        s.log.record(withConnection("chat", "xmpp", static_cast<Writes>(Write::Rooms)));
        const auto refused = s.ask(desk::AttachRoom{"INC-1", address.toStdString()});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::NotFound);
        QVERIFY(refused.error().message.find("chat has NAME@muc.example") != std::string::npos);
    }

    void anUnarmedConnectionAttachesNothingAndSaysSo()
    {
        Scene s;
        s.log.record(withConnection("chat", "xmpp"));
        VERIFY_RESULT(s.run(incident("Down")));
        const auto asked = s.run(desk::AttachRoom{"INC-1", "ops@muc.example"});
        VERIFY_RESULT(asked);
        const Events follows = desk::react(s.log.state, asked->events.front(), s.log.now());
        QCOMPARE(follows.size(), std::size_t{1});
        QVERIFY(holds<WriteWithheld>(follows.front()));
        s.log.record(follows);
        QCOMPARE(asked->notes, std::vector<std::string>{"It is recorded, but ops@muc.example is not attached: the connection observes only; arm it with: arm chat --allow rooms,posts"});
        QCOMPARE(s.log.state.incident("INC-1")->withheld.back().what.text, std::string("ops@muc.example"));
    }

    void aChangeOfAnUnknownServiceIsTakenAndSaid()
    {
        Scene s;
        const auto d = s.ask(desk::MarkChange{"ghost", "deploy", "", ""});
        VERIFY_RESULT(d);
        QCOMPARE(d->notes.size(), std::size_t{1});
        QVERIFY(s.ask(desk::MarkChange{"web", "deploy", "", ""})->notes.empty());
    }
};

QD_TEST(TestDecide)
#include "tst_decide.moc"
