// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "core/workspace/roster.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;
using namespace qd::workspace;
using namespace qd::tests;

namespace {

using Lines = std::vector<std::string>;

const std::string kCsv = "userName,name,timezone,department,active,cost centre\r\n"
                         "Ana@corp.example,\"Amsel, Ana\",Europe/Berlin,shop,yes,7\r\n"
                         "dana@corp.example,\"Dana \"\"D\"\" Dohle\",America/New_York,shop,true,7\r\n"
                         "ben@corp.example,Ben,UTC,shop,terminated,7\r\n";

Workspace aShop()
{
    Workspace w = aWorkspace();
    Schedule s;
    s.id = "pay";
    s.layers = {{"week", "", {"ana", "ben"}, 0, hours(24), {}}, {"night", "", {"ben"}, 0, hours(24), {}}};
    s.editors = {"ben"};
    w.schedules = {s};
    w.teams.push_back({"mail", "Mail", "", {}});
    return w;
}

bool has(const Lines &lines, const std::string &line) { return std::find(lines.begin(), lines.end(), line) != lines.end(); }

} // namespace

class TestRoster : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsCsv()
    {
        const auto r = readRoster(kCsv);
        VERIFY_RESULT(r);
        QCOMPARE(r->people.size(), std::size_t{3});
        QCOMPARE(r->people[0].id, std::string("ana"));
        QCOMPARE(r->people[0].name, std::string("Amsel, Ana"));
        QCOMPARE(r->people[2].name, std::string("Dana \"D\" Dohle"));
        QVERIFY(!r->people[1].active);
        QCOMPARE(r->problems, Lines{"column \"cost centre\" is not known and not read; known are id, name, zone, team, xmpp, email, active."});
    }

    void readsScim()
    {
        const auto r = readRoster(R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":3,"Resources":[
            {"userName":"ana@corp.example","name":{"givenName":"Ana","familyName":"Amsel"},"timezone":"Europe/Berlin","active":true,
             "ims":[{"type":"xmpp","value":"Ana@chat.example"}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"shop"}},
            {"userName":"ben","displayName":"Ben","active":false},{"displayName":"Nameless"},7]})");
        VERIFY_RESULT(r);
        QCOMPARE(r->people.size(), std::size_t{2});
        QCOMPARE(r->people[0].name, std::string("Ana Amsel"));
        QCOMPARE(r->people[0].team, std::string("shop"));
        QCOMPARE(r->people[0].xmpp, std::string("ana@chat.example"));
        QVERIFY(!r->people[1].active);
        QCOMPARE(r->problems, Lines({"user 3 has no user name an id could be made of; it is left out.", "user 4 is no object; it is left out."}));
    }

    void keepsMailAddresses()
    {
        const auto csv = readRoster("id,E-Mail\nana,Ana.Amsel@corp.example\nben,not an address\ndana,\n");
        VERIFY_RESULT(csv);
        QCOMPARE(csv->people[0].email, std::string("Ana.Amsel@corp.example"));
        QCOMPARE(csv->people[1].email, std::string());
        QCOMPARE(csv->problems, Lines{"line 3: \"not an address\" is no mail address; it is left out."});
        const auto scim = readRoster(R"([{"userName":"ana","emails":[{"value":"home@example.org","type":"home"},{"value":"ana@corp.example","type":"work","primary":true}]},
            {"userName":"ben","emails":[{"value":"ben@corp.example"},{"value":"b@example.org","primary":false}]},{"userName":"eve","emails":["x",{"value":7}]}])");
        VERIFY_RESULT(scim);
        QCOMPARE(scim->people[0].email, std::string("ana@corp.example"));
        QCOMPARE(scim->people[1].email, std::string("ben@corp.example"));
        QCOMPARE(scim->people[2].email, std::string());
    }

    void aMailAddressBecomesAContactAndAMoversIsInTheDifference()
    {
        Workspace w = aShop();
        w.people.push_back({"dana", "Dana", "UTC", {}});
        w.people.back().email = "dana@old.example";
        w.people.push_back({"kim", "Kim", "UTC", {}});
        w.people.back().email = "kim@corp.example";
        const auto roster = readRoster("id,name,zone,mail\nana,Ana,UTC,ana@corp.example\nben,Ben,UTC,\ndana,Dana,UTC,dana@corp.example\nkim,Kim,UTC,\nzoe,Zoe,UTC,zoe@corp.example\n");
        VERIFY_RESULT(roster);
        const auto change = compareRoster(w, {"dana", "kim"}, *roster);
        QCOMPARE(change.difference, Lines({"~ ana has the mail address ana@corp.example, had none: change it where they are written", "~ dana has the mail address dana@corp.example, was dana@old.example",
                                           "~ kim has no mail address any more, was kim@corp.example", "+ zoe (Zoe), UTC, zoe@corp.example joins"}));
        QTemporaryDir dir;
        std::ofstream(dir.path().toStdString() + "/roster.toml") << change.toml;
        const auto loaded = load(dir.path().toStdString());
        VERIFY_RESULT(loaded);
        QCOMPARE(loaded->person("dana")->email, std::string("dana@corp.example"));
        QCOMPARE(loaded->person("zoe")->email, std::string("zoe@corp.example"));
        QCOMPARE(loaded->person("kim")->email, std::string());
    }

    void saysWhoCameMovedAndLeftAndWhatIsOrphaned()
    {
        const auto r = readRoster("id,name,zone,team\nana,Ana,Europe/Berlin,mail\ndana,Dana,UTC,nowhere\n");
        VERIFY_RESULT(r);
        const auto change = compareRoster(aShop(), {}, *r);
        QVERIFY(has(change.difference, "+ dana (Dana), UTC joins, for team nowhere: write them into its members"));
        QVERIFY(has(change.difference, "~ ana is in Europe/Berlin, was in UTC: change it where they are written"));
        QVERIFY(has(change.difference, "~ ana moves to team mail from shop: change the members of shop and mail"));
        QVERIFY(has(change.difference, "- ben leaves: take them out where they are written; still named by"));
        for (const char *orphan : {"    team shop", "    schedule pay, layer week: 1 of 2 turns", "    schedule pay, layer night: 1 of 1 turns; nobody is left in it, a gap",
                                   "    schedule pay: one of its editors, none is left", "    policy shop, step 2: nobody is left in it"})
            QVERIFY2(has(change.difference, orphan), orphan);
        QVERIFY(change.toml.find("id = \"dana\"") != std::string::npos);
        QVERIFY(change.toml.find("id = \"ana\"") == std::string::npos); // written by hand elsewhere
    }

    void teamsOfItsOwnFileAreWrittenAnewWithWhoMovesJoinsAndLeaves()
    {
        Workspace w = aShop();
        w.people.push_back({"kim", "Kim", "UTC", {}});
        w.teams.push_back({"ops", "Ops", "shop", {"kim"}});
        const auto r = readRoster("id,name,zone,team\nana,Ana,UTC,mail\ndana,Dana,UTC,Mail\nkim,Kim,UTC,mail\n");
        VERIFY_RESULT(r);
        const auto change = compareRoster(w, {}, *r, {"mail", "shop"});
        QVERIFY(has(change.difference, "~ ana moves to team mail from shop"));
        QVERIFY(has(change.difference, "+ dana (Dana), UTC joins, into team mail"));
        QVERIFY(has(change.difference, "~ kim moves to team mail from ops: change the members of ops"));
        QVERIFY(has(change.difference, "- team shop has nobody left; still"));
        QCOMPARE(teamsIn(change.toml), Lines({"shop", "mail"}));
        QVERIFY2(change.toml.find("members = [\"ana\", \"dana\", \"kim\"]") != std::string::npos, change.toml.c_str());
        QVERIFY(change.toml.find("Ops") == std::string::npos); // written by hand elsewhere
    }

    void whatGoesToAnEmptiedTeamAndWhoMayApproveOrCommandIsNamed()
    {
        Workspace w = aShop();
        w.owners.push_back({"big", {}, "", "shop", "", {}});
        w.approvals.push_back({});
        w.approvals.back().id = "legal";
        w.approvals.back().approvers = {"ben"};
        w.mayTakeCommand = {"ana", "ben"};
        const auto r = readRoster("id\ndana\n");
        VERIFY_RESULT(r);
        const auto change = compareRoster(w, {}, *r);
        for (const char *orphan : {"    approval legal: one of its approvers, none is left", "    may_take_command: nobody is left in it", "- team shop has nobody left; still", "    ownership rule big names it"})
            QVERIFY2(has(change.difference, orphan), orphan);
        for (const Service &s : w.services)
            QCOMPARE(has(change.difference, "    service " + s.id + " is its"), s.team == "shop");
    }

    void aQuoteLeftOpenTakesNobodyAway()
    {
        const auto r = readRoster("id,name\nana,Ana\nben,\"Ben\ndana,Dana\n");
        VERIFY_FAILS(r, Code::Invalid);
        QVERIFY2(r.error().message.starts_with("Line 3: a quote opens"), r.error().message.c_str());
        VERIFY_FAILS(readRoster("id,\"name\nana,Ana\n"), Code::Invalid);
    }

    void itsOwnPeopleAreWrittenAnewAndLeaveWithTheRoster()
    {
        Workspace w = aShop();
        w.people.push_back({"dana", "Dana", "UTC", {}});
        const auto stays = readRoster("id,name,zone\nana,Ana,UTC\nben,Ben,UTC\ndana,Dana \\ \"D\",Asia/Tokyo\n");
        VERIFY_RESULT(stays);
        const auto change = compareRoster(w, {"dana"}, *stays);
        QCOMPARE(change.difference, Lines({"~ dana is in Asia/Tokyo, was in UTC", "~ dana is called Dana \\ \"D\", was Dana"}));
        QCOMPARE(peopleIn(change.toml), Lines{"dana"});
        QTemporaryDir dir;
        std::ofstream(dir.path().toStdString() + "/roster.toml") << change.toml;
        const auto loaded = load(dir.path().toStdString());
        VERIFY_RESULT(loaded);
        QCOMPARE(loaded->people.front().name, std::string("Dana \\ \"D\""));
        QCOMPARE(loaded->people.front().zone, std::string("Asia/Tokyo"));
        const auto gone = readRoster("id\nana\nben\n");
        VERIFY_RESULT(gone);
        const auto left = compareRoster(w, {"dana"}, *gone);
        QCOMPARE(left.difference, Lines{"- dana leaves; nothing names them"});
        QVERIFY(peopleIn(left.toml).empty());
    }

    void refusesWhatIsNoRoster_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray("  \n");
        QTest::newRow("no id") << QByteArray("name,zone\nAna,UTC\n");
        QTest::newRow("broken JSON") << QByteArray("{\"Resources\":[");
        QTest::newRow("no users") << QByteArray("{\"users\":[]}");
    }
    void refusesWhatIsNoRoster()
    {
        QFETCH(QByteArray, bytes);
        VERIFY_FAILS(readRoster(bytes.toStdString()), Code::Invalid);
    }

    void isBoundedAndSurvivesAnyBytes()
    {
        VERIFY_FAILS(readRoster(std::string(kRosterLimit + 1, 'x')), Code::TooLarge);
        std::string many = "id\n";
        for (std::size_t i = 0; i <= kRosterPeople; ++i)
            many += "p" + std::to_string(i) + "\n";
        VERIFY_FAILS(readRoster(many), Code::TooLarge);
        many.erase(many.rfind('p'));
        VERIFY_RESULT(readRoster(many));
        const auto odd = readRoster("id,zone,xmpp\n\"a\nb\",Mars/X,nobody\nana,UTC,\"a@b/c\"\nANA,,\n***,,\n,,\nlong\xff,,\n");
        VERIFY_RESULT(odd);
        QVERIFY(odd->problems.size() >= 5);
        VERIFY_FAILS(readRoster("id,zone,xmpp\nana,UTC,\n\"open"), Code::Invalid); // what stands behind it would be lost in it
        for (std::size_t n = 0; n < kCsv.size(); ++n) {
            std::string flipped = kCsv;
            flipped[n] = static_cast<char>(flipped[n] ^ 0x15);
            (void)readRoster(flipped);
            if (const auto r = readRoster(kCsv.substr(0, n))) {
                for (const RosterPerson &p : r->people)
                    QVERIFY(!p.id.empty());
            }
        }
    }
};

QD_TEST(TestRoster)
#include "tst_roster.moc"
