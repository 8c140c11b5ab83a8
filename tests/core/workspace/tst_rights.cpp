// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

const std::string kWho = "[[person]]\nid = \"ana\"\n[[person]]\nid = \"ben\"\n[[team]]\nid = \"pay\"\nmembers = [\"ben\"]\n[[service]]\nid = \"cart\"\naliases = [\"basket\"]\n";
const std::string kWhoAdministers = "[[right]]\nid = \"admins\"\nrole = \"administer\"\npeople = [\"ana\"]\n";

Result<Workspace> readRightTables(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << kWho << kWhoAdministers << text;
    return workspace::load(path);
}

} // namespace

class TestRights : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rightsAreReadAsTheyAreWritten()
    {
        const auto w = readRightTables("[[right]]\nid = \"pay\"\nrole = \"command\"\nteams = [\"pay\"]\nservices = [\"cart\"]\nincidents = [\"INC-7\"]\n"
                                  "[[right]]\nid = \"all\"\nrole = \"observe\"\neverybody = true\n[workspace]\nseat_only = [\"resolve\"]\n");
        VERIFY_RESULT(w);
        QCOMPARE(w->rights.size(), std::size_t(3));
        const RightRule &pay = w->rights[1];
        QVERIFY(pay.id == "pay" && pay.right == Right::Command && pay.people.empty() && pay.teams == std::vector<std::string>{"pay"});
        QVERIFY(pay.services == std::vector<std::string>{"cart"} && pay.incidents == std::vector<std::string>{"INC-7"} && !pay.everybody);
        QVERIFY(w->rights[2].everybody && w->rights[2].right == Right::Observe);
        QCOMPARE(w->seatOnly, std::vector<std::string>{"resolve"});
    }

    void aWorkspaceWithoutRightsHasNone()
    {
        const QTemporaryDir dir;
        std::ofstream(std::filesystem::path(dir.path().toStdString()) / "a.toml") << kWho;
        const auto w = workspace::load(dir.path().toStdString());
        VERIFY_RESULT(w);
        QVERIFY(w->rights.empty() && w->seatOnly.empty());
    }

    void whatChangedIsSaid()
    {
        const auto before = readRightTables("[[right]]\nid = \"pay\"\nrole = \"respond\"\nteams = [\"pay\"]\n");
        const auto after = readRightTables("[[right]]\nid = \"pay\"\nrole = \"command\"\nteams = [\"pay\"]\n");
        VERIFY_RESULT(before);
        VERIFY_RESULT(after);
        QCOMPARE(workspace::difference(*before, *after), std::vector<std::string>{"right pay: role was respond, is command"});
    }

    void clearancesAreReadAsTheyAreWritten()
    {
        const auto w = readRightTables("[[page]]\nid = \"web\"\ntitle = \"Web\"\n[[page.component]]\nid = \"c\"\nname = \"C\"\n[[recipients]]\nid = \"board\"\nmail = [\"a@b.example\"]\n"
                                       "[[clearance]]\nid = \"law\"\nclass = \"restricted\"\npeople = [\"ana\"]\nteams = [\"pay\"]\nrooms = [\"law@muc.example\"]\nconnections = [\"phone\"]\n"
                                       "recipients = [\"board\"]\naudiences = [\"executive\"]\nservices = [\"cart\"]\nincidents = [\"INC-7\"]\n"
                                       "[[clearance]]\nid = \"page\"\nclass = \"internal\"\npages = [\"web\"]\neverybody = true\n");
        VERIFY_RESULT(w);
        QCOMPARE(w->clearances.size(), std::size_t(2));
        const ClearanceRule &law = w->clearances[0];
        QVERIFY(law.level == DataClass::Restricted && law.people.size() == 1 && law.teams.size() == 1 && law.rooms.size() == 1 && law.connections.size() == 1 && law.recipients.size() == 1);
        QVERIFY(law.audiences.size() == 1 && law.services.size() == 1 && law.incidents.size() == 1 && !law.everybody);
        QVERIFY(w->clearances[1].everybody && w->clearances[1].pages == std::vector<std::string>{"web"});
    }

    void clearancesThatGiveTooMuchOrNothingAreRefused_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("why");
        QTest::newRow("nobody's") << "class = \"internal\"" << "is nobody's";
        QTest::newRow("no class") << "people = [\"ana\"]" << "class";
        QTest::newRow("a strange class") << "class = \"secret\"\npeople = [\"ana\"]" << "restricted";
        QTest::newRow("restricted for everybody") << "class = \"restricted\"\neverybody = true" << "name who needs to know it";
        QTest::newRow("a page that says what is confidential") << "class = \"confidential\"\npages = [\"web\"]" << "internal at most";
        QTest::newRow("an unknown person") << "class = \"internal\"\npeople = [\"zoe\"]" << "zoe";
        QTest::newRow("an unknown page") << "class = \"internal\"\npages = [\"none\"]" << "page none";
        QTest::newRow("unknown recipients") << "class = \"internal\"\nrecipients = [\"none\"]" << "[[recipients]] none";
        QTest::newRow("no incident") << "class = \"internal\"\npeople = [\"ana\"]\nincidents = [\"7\"]" << "is no incident";
    }
    void clearancesThatGiveTooMuchOrNothingAreRefused()
    {
        QFETCH(QString, table);
        QFETCH(QString, why);
        const auto w = readRightTables("[[clearance]]\nid = \"x\"\n" + table.toStdString() + "\n");
        QVERIFY(!w);
        QVERIFY2((w.error().message + w.error().detail).find(why.toStdString()) != std::string::npos, (w.error().message + w.error().detail).c_str());
    }

    void soManyClearancesAndNoMore()
    {
        const auto many = [](std::size_t count) {
            std::string out;
            for (std::size_t n = 0; n < count; ++n)
                out += "[[clearance]]\nid = \"c" + std::to_string(n) + "\"\nclass = \"internal\"\npeople = [\"ana\"]\n";
            return readRightTables(out);
        };
        VERIFY_RESULT(many(1000));
        QVERIFY(!many(1001));
    }

    void mistakesAreNamedWithFileAndLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *text, const char *says) { QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says); };
        row("no role", "[[right]]\nid = \"x\"\npeople = [\"ben\"]\n", "a.toml:15");
        row("no such role", "[[right]]\nid = \"x\"\nrole = \"god\"\npeople = [\"ben\"]\n", "a.toml:17: \"god\" is not known for role; write observe, respond, command, publish or administer");
        row("nobody's", "[[right]]\nid = \"x\"\nrole = \"respond\"\n", "a.toml:15: right x is nobody's");
        row("no such person", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"bem\"]\n", "a.toml:18: right x names person bem, which there is not; did you mean ben?");
        row("a team as a person", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"pay\"]\n", "right x names person pay, which there is not");
        row("no such team", "[[right]]\nid = \"x\"\nrole = \"respond\"\nteams = [\"ben\"]\n", "a.toml:18: right x names team ben, which there is not");
        row("no such service", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"ben\"]\nservices = [\"card\"]\n", "a.toml:19: right x names service card, which there is not; did you mean cart?");
        row("an alias", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"ben\"]\nservices = [\"basket\"]\n", "that is an alias, write the service's id");
        row("no incident", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"ben\"]\nincidents = [\"seven\"]\n", "a.toml:19: \"seven\" is no incident; write it as it is named: \"INC-7\"");
        row("for no service", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"ben\"]\nservices = []\n", "a.toml:19: right x is for no service");
        row("everybody and some", "[[right]]\nid = \"x\"\nrole = \"respond\"\npeople = [\"ben\"]\neverybody = true\n", "a.toml:19: right x is everybody's");
        row("everybody administers", "[[right]]\nid = \"x\"\nrole = \"administer\"\neverybody = true\n", "a.toml:18: right x lets everybody administer");
        row("twice", "[[right]]\nid = \"admins\"\nrole = \"respond\"\npeople = [\"ben\"]\n", "right admins is there already (line 11 of this file)");
        row("unknown key", "[[right]]\nid = \"x\"\nrole = \"respond\"\npersons = [\"ben\"]\n", "\"persons\" is not known");
        row("no such verb", "[workspace]\nseat_only = [\"delete\"]\n", "a.toml:16: \"delete\" is no verb of a room");
    }
    void mistakesAreNamedWithFileAndLine()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, says);
        const auto w = readRightTables(text.toStdString());
        QVERIFY(!w);
        const QString all = QString::fromStdString(w.error().message + "\n" + w.error().detail);
        QVERIFY2(all.contains(says), qPrintable(all));
    }

    void rightsThatNobodyCouldGiveAreRefused()
    {
        const QTemporaryDir dir;
        std::ofstream(std::filesystem::path(dir.path().toStdString()) / "a.toml") << kWho << "[[right]]\nid = \"x\"\nrole = \"command\"\npeople = [\"ben\"]\n"
                                                                                               "[[right]]\nid = \"y\"\nrole = \"administer\"\npeople = [\"ana\"]\nservices = [\"cart\"]\n";
        const auto w = workspace::load(dir.path().toStdString());
        QVERIFY(!w);
        QVERIFY2((w.error().message + w.error().detail).find("nobody may administer everywhere") != std::string::npos, w.error().message.c_str());
    }
};

QD_TEST(TestRights)
#include "tst_rights.moc"
