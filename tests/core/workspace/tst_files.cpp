// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"

#include "core/comms/line.h"
#include "core/comms/template.h"
#include "core/workspace/reader.h"
#include "tests/core/workspace/folder.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <algorithm>

using namespace qd;
using namespace qd::tests;

class TestFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryTableFromAnyFile()
    {
        Folder folder;
        folder.write("people.toml", kPeople).write("all-else.toml", kRest).write("notes.txt", "not ours").write(".people.toml.swp.toml", "not ours either");
        const auto loaded = folder.load();
        VERIFY_RESULT(loaded);
        const Workspace &w = *loaded;
        QCOMPARE(w.name, std::string("Shop"));
        QVERIFY(w.mode == RunMode::Desk);
        QVERIFY(!w.practice);
        QCOMPARE(w.serviceLabels, std::vector<std::string>{"svc"});
        QCOMPARE(w.audiences, (std::vector<std::string>{"customers", "board"}));
        QVERIFY(w.standingAfter == hours(48));
        QCOMPARE(w.people.size(), std::size_t{2});
        QCOMPARE(w.people[0].xmpp, std::vector<std::string>{"ana@chat.example"}); // addresses are compared in lower case
        QCOMPARE(w.people[1].zone, std::string("UTC"));
        QCOMPARE(w.teams.at(0).members, (std::vector<std::string>{"ana", "ben"}));
        QCOMPARE(w.policies.at(0).steps.size(), std::size_t{2});
        QCOMPARE(w.policies[0].repeat, 2U);
        QVERIFY(w.policies[0].steps[1].wait == minutes(90));
        QCOMPARE(w.policies[0].steps[1].targets, (std::vector<std::string>{"ben", "shop"}));
        QVERIFY(w.services.at(0).paging == Paging::Assist);
        QVERIFY(w.services[0].needs.at(0).kind == DependencyKind::Hard);
        QVERIFY(w.services[0].needs.at(1).kind == DependencyKind::Async);
        QCOMPARE(w.service("frontend")->id, std::string("web"));
        QCOMPARE(w.groups.at(0).match.at(0).value, std::string("Disk.*"));
        QVERIFY(w.groups[0].match[0].isRegex && w.groups[0].match[0].isEqual);
        QVERIFY(!w.groups[0].match[1].isEqual && w.groups[0].match[1].value.empty());
        QVERIFY(w.severities.at(0).severity == AlertSeverity::Critical);
        QCOMPARE(w.templates.at(0).fields.at(0).name, std::string("impact"));
        QVERIFY(w.templates[0].fields[0].required);
        QVERIFY(w.templates[0].cadence == minutes(20));
    }

    void anEmptyFolderIsAWorkspace()
    {
        Folder folder;
        VERIFY_RESULT(folder.load());
        QCOMPARE(folder.load()->serviceLabels, Workspace().serviceLabels);
    }

    void aMissingFolderIsNotFound() { VERIFY_FAILS(workspace::load("no/such/folder"), Code::NotFound); }

    void namesFileLineAndRemedy_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *text, const char *message) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(message);
        };
        row("no TOML", "[[person]]\nid = \n", "a.toml:2: this is not TOML: ");
        row("no channel", "[[person]]\nid = \"a\"\nchannels = [\"fax\"]\n", "a.toml:3: \"fax\" is no channel; write chat, mention, mention:ROOM, mail or webhook:NAME");
        row("a mention nowhere", "[[person]]\nid = \"a\"\nchannels = [\n  \"mention\",\n  \"mention:\"]\n",
            "a.toml:5: \"mention:\" names no room to be called in; write mention:ops, mention:ops@muc.example.org, or mention alone for the incident's own room");
        row("a mention in no room", "[[person]]\nid = \"a\"\nchannels = [\"mention:a b\"]\n",
            "a.toml:3: \"mention:a b\" names no room to be called in; write mention:ops, mention:ops@muc.example.org, or mention alone for the incident's own room");
        row("a mention twice", "[[person]]\nid = \"a\"\nchannels = [\"mention\", \"mention\"]\n", "a.toml:3: mention is named twice; write it once");
        row("unknown key", "[[person]]\nid = \"a\"\nnmae = \"A\"\n", "a.toml:3: \"nmae\" is not known in person; known are accounts, channels, chat, contacts, email, id, name, xmpp, zone");
        row("unknown table", "[[person]]\nid = \"a\"\n\n[[perosn]]\nid = \"b\"\n", "a.toml:4: \"perosn\" is not known in workspace files; known are approval, business, cadence, clearance, correlation, cost, factor, fold, group, heartbeat, holding, inhibition, ");
        row("table instead of list", "[person]\nid = \"a\"\n", "a.toml:1: person of workspace files has the wrong type; write [[person]]");
        row("wrong type of text", "[[person]]\nid = 7\n", "a.toml:2: id of person has the wrong type; write id = \"…\"");
        row("wrong type of list", "[[team]]\nid = \"t\"\nmembers = \"ana\"\n", "a.toml:3: members of team has the wrong type; write a list in brackets");
        row("wrong type in a list", "[[team]]\nid = \"t\"\nmembers = [\n  1,\n]\n", "a.toml:4: an entry of members of team has the wrong type; write a text in quotes");
        row("wrong type of flag", "[workspace]\npractice = \"yes\"\n", "a.toml:2: practice of [workspace] has the wrong type; write true or false");
        row("no id", "[[person]]\nname = \"A\"\n", "a.toml:1: person has no id; write id = ");
        row("bad id", "[[person]]\nid = \"Ana Lee\"\n", "a.toml:2: \"Ana Lee\" is no id; write up to 64 of");
        row("empty id", "[[person]]\nid = \"\"\n", "a.toml:2: id of person is empty");
        row("id given twice", "[[person]]\nid = \"a\"\n[[person]]\nid = \"a\"\n", "a.toml:3: person a is there already (line 1 of this file); give this one another name");
        row("team named like a person", "[[person]]\nid = \"a\"\n[[team]]\nid = \"a\"\n", "a.toml:3: team a has the id of a person");
        row("bad zone", "[[person]]\nid = \"a\"\nzone = \"../etc/passwd\"\n", "a.toml:3: \"../etc/passwd\" is no time zone");
        row("bad address", "[[person]]\nid = \"a\"\nxmpp = [\"a@b/c\"]\n", "a.toml:3: \"a@b/c\" is no bare XMPP address");
        row("address of two people", "[[person]]\nid = \"a\"\nxmpp = [\"x@y\"]\n[[person]]\nid = \"b\"\nxmpp = [\"X@y\"]\n", "a.toml:6: address x@y is there already (line 3");
        row("unknown member", "[[person]]\nid = \"ana\"\n[[team]]\nid = \"t\"\nmembers = [\n  \"ana\",\n  \"anna\",\n]\n", "a.toml:7: team t names person anna, which there is not; did you mean ana?");
        row("team in a team", "[[team]]\nid = \"t\"\n[[team]]\nid = \"u\"\nmembers = [\"t\"]\n", "a.toml:5: team u names person t, which there is not; a team cannot be a member of a team");
        row("member twice", "[[person]]\nid = \"a\"\n[[team]]\nid = \"t\"\nmembers = [\"a\", \"a\"]\n", "a.toml:5: a is in team t twice");
        row("unknown policy", "[[team]]\nid = \"t\"\npolicy = \"p\"\n", "a.toml:3: team t names policy p, which there is not; add it or correct the name");
        row("unknown team", "[[service]]\nid = \"s\"\nteam = \"t\"\n", "a.toml:3: service s names team t, which there is not");
        row("unknown need", "[[service]]\nid = \"s\"\nneeds = [\"x\"]\n", "a.toml:3: service s names service x, which there is not");
        row("needs an alias", "[[service]]\nid = \"s\"\nneeds = [\"y\"]\n[[service]]\nid = \"x\"\naliases = [\"y\"]\n", "a.toml:3: service s names service y, which there is not; that is an alias");
        row("needs itself", "[[service]]\nid = \"s\"\nneeds = [\"s\"]\n", "a.toml:3: service s needs itself");
        row("needs twice", "[[service]]\nid = \"s\"\nneeds = [\"x\", {to = \"x\", kind = \"soft\"}]\n[[service]]\nid = \"x\"\n", "a.toml:3: service s needs x twice");
        row("bad kind", "[[service]]\nid = \"s\"\nneeds = [{to = \"x\", kind = \"firm\"}]\n[[service]]\nid = \"x\"\n", "a.toml:3: \"firm\" is not known for kind; write hard, soft or async");
        row("unknown key of a need", "[[service]]\nid = \"s\"\nneeds = [{to = \"x\", why = \"\"}]\n[[service]]\nid = \"x\"\n", "a.toml:3: \"why\" is not known in a dependency of service s");
        row("alias is a service", "[[service]]\nid = \"s\"\n[[service]]\nid = \"x\"\naliases = [\"s\"]\n", "a.toml:5: alias s is the id of a service");
        row("alias twice", "[[service]]\nid = \"s\"\naliases = [\"q\"]\n[[service]]\nid = \"x\"\naliases = [\"q\"]\n", "a.toml:6: alias q is there already");
        row("bad paging", "[[service]]\nid = \"s\"\npaging = \"always\"\n", "a.toml:3: \"always\" is not known for paging; write observe, assist or own");
        row("empty policy", "[[policy]]\nid = \"p\"\n", "a.toml:1: policy p has no steps; add [[policy.step]]");
        row("step calls nobody", "[[policy]]\nid = \"p\"\n[[policy.step]]\nwait = \"5m\"\n", "a.toml:3: a step of policy p calls nobody");
        row("calls a policy", "[[policy]]\nid = \"p\"\n[[policy.step]]\ncall = [\"p\"]\n", "a.toml:4: policy p names person, team or schedule p, which there is not; a policy cannot call another policy");
        row("calls an empty team", "[[team]]\nid = \"t\"\n[[policy]]\nid = \"p\"\n[[policy.step]]\ncall = [\"t\"]\n", "a.toml:6: policy p calls team t, which has no members");
        row("wait too short", "[[person]]\nid = \"a\"\n[[policy]]\nid = \"p\"\n[[policy.step]]\ncall = [\"a\"]\nwait = \"30s\"\n", "a.toml:7: wait of a step of policy p is 30s; write 1m to 1d");
        row("wait too long", "[[person]]\nid = \"a\"\n[[policy]]\nid = \"p\"\n[[policy.step]]\ncall = [\"a\"]\nwait = \"2d\"\n", "a.toml:7: wait of a step of policy p is 2d");
        row("wait is no time", "[[person]]\nid = \"a\"\n[[policy]]\nid = \"p\"\n[[policy.step]]\ncall = [\"a\"]\nwait = \"soon\"\n", "a.toml:7: \"soon\" is no length of time for wait");
        row("repeat too often", "[[person]]\nid = \"a\"\n[[policy]]\nid = \"p\"\nrepeat = 6\n[[policy.step]]\ncall = [\"a\"]\n", "a.toml:5: repeat of policy is 6; write a number from 0 to 5");
        row("bad matcher", "[[group]]\nid = \"g\"\nmatch = [\"alertname\"]\nby = [\"x\"]\n", "a.toml:3: \"alertname\" is no matcher");
        row("bad pattern", "[[group]]\nid = \"g\"\nmatch = ['a=~\"(\"']\nby = [\"x\"]\n", "a.toml:3: \"(\" is no pattern");
        row("group by nothing", "[[group]]\nid = \"g\"\nby = []\n", "a.toml:3: group g does not say by what");
        row("bad severity", "[[severity]]\ntext = \"P0\"\nseverity = \"SEV1\"\n", "a.toml:3: \"SEV1\" is not known for severity");
        row("severity twice", "[[severity]]\ntext = \"P0\"\nseverity = \"critical\"\n[[severity]]\ntext = \"p0\"\nseverity = \"error\"\n", "a.toml:4: severity p0 is there already");
        row("unknown place", "[[template]]\nid = \"t\"\naudience = \"customers\"\nbody = \"{{imapct}}\"\n", "a.toml:4: template t uses {{imapct}}, which is neither a field of it nor known of every incident");
        row("place not closed", "[[template]]\nid = \"t\"\naudience = \"customers\"\nbody = \"{{title\"\n", "a.toml:4: a {{place}} of template t is not closed");
        row("place with syntax", "[[template]]\nid = \"t\"\naudience = \"customers\"\nbody = \"{{>x}}\"\n", "a.toml:4: {{>x}} of template t is no plain name");
        row("no body", "[[template]]\nid = \"t\"\naudience = \"customers\"\n", "a.toml:1: template has no body");
        row("unknown audience", "[[template]]\nid = \"t\"\naudience = \"martians\"\nbody = \"x\"\n", "a.toml:3: template t names audience martians, which there is not");
        row("field twice", "[[template]]\nid = \"t\"\naudience = \"customers\"\nbody = \"{{f}}\"\n[[template.field]]\nname = \"f\"\n[[template.field]]\nname = \"f\"\n", "a.toml:8: template t has the field f twice");
        row("bad mode", "[workspace]\nmode = \"alone\"\n", "a.toml:2: \"alone\" is not known for mode; write beside, desk or solo");
        row("no service label", "[workspace]\nservice_labels = []\n", "a.toml:2: no label is left to name the service");
        row("audience twice", "[workspace]\naudiences = [\"x\", \"x\"]\n", "a.toml:2: audience x is named twice");
        row("text that hides something", "[[person]]\nid = \"a\"\nname = \"A\\u202Egnp\"\n", "a.toml:3: name of person holds invisible characters");
    }
    void namesFileLineAndRemedy()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        Folder folder;
        folder.write("a.toml", text.toStdString());
        const auto loaded = folder.load();
        QVERIFY(!loaded);
        QVERIFY(loaded.error().code == Code::Invalid);
        const QString actual = QString::fromStdString(loaded.error().message);
        QVERIFY2(actual.startsWith(message), qPrintable(actual));
    }

    void reportsTheFirstMistakeInReadingOrderAndLogsAll()
    {
        Folder folder;
        folder.write("b.toml", "[[person]]\nid = \"A B\"\n").write("a.toml", "[[team]]\nid = \"t\"\n\npolicy = \"none\"\n[[team]]\nid = \"t\"\nx = 1\n");
        const auto loaded = folder.load();
        QVERIFY(!loaded);
        QVERIFY(loaded.error().message.starts_with("a.toml:4: team t names policy none"));
        QCOMPARE(std::count(loaded.error().detail.begin(), loaded.error().detail.end(), '\n'), std::ptrdiff_t{3});
    }

    void settingsInTwoFilesAreRefused()
    {
        Folder folder;
        folder.write("a.toml", "[workspace]\nname = \"A\"\n").write("b.toml", "\n[workspace]\nname = \"B\"\n");
        const auto loaded = folder.load();
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().message.starts_with("b.toml:2: [workspace] is there twice"), loaded.error().message.c_str());
    }

    void cyclesOfDependenciesAreAllowed()
    {
        Folder folder;
        folder.write("a.toml", "[[service]]\nid = \"a\"\nneeds = [\"b\"]\n[[service]]\nid = \"b\"\nneeds = [\"a\"]\n");
        VERIFY_RESULT(folder.load());
    }

    void holdsItsLimits()
    {
        Folder large;
        large.write("a.toml", "# " + std::string(workspace::kFileLimit, 'x') + "\n");
        VERIFY_FAILS(large.load(), Code::TooLarge);
        VERIFY_FAILS(workspace::digest(large.path()), Code::TooLarge);

        Folder many;
        for (std::size_t i = 0; i <= workspace::kFilesLimit; ++i)
            many.write("f" + std::to_string(i) + ".toml", "");
        VERIFY_FAILS(many.load(), Code::TooLarge);

        Folder services;
        for (int f = 0; f < 2; ++f) {
            std::string text;
            for (int i = 0; i < 5001; ++i)
                text += "[[service]]\nid = \"s" + std::to_string(f) + "-" + std::to_string(i) + "\"\n";
            services.write("f" + std::to_string(f) + ".toml", text);
        }
        VERIFY_FAILS(services.load(), Code::TooLarge);

        Folder deep;
        deep.write("a.toml", "x = " + std::string(100'000, '[') + "\n");
        VERIFY_FAILS(deep.load(), Code::Invalid);
    }

    void survivesBytesThatAreNoText()
    {
        Folder folder;
        std::string bytes;
        for (int i = 0; i < 256; ++i)
            bytes += static_cast<char>(i);
        folder.write("a.toml", bytes);
        VERIFY_FAILS(folder.load(), Code::Invalid);
    }

    void digestFollowsNamesAndBytes()
    {
        Folder a, b;
        a.write("x.toml", "# one\n").write("y.toml", "# two\n").write("ignored.txt", "1");
        b.write("y.toml", "# two\n").write("x.toml", "# one\n");
        const auto first = workspace::digest(a.path());
        VERIFY_RESULT(first);
        QCOMPARE(first->size(), std::size_t{64});
        QCOMPARE(*first, *workspace::digest(b.path()));
        b.write("y.toml", "# two\n\n");
        QVERIFY(*first != *workspace::digest(b.path()));
        Folder moved; // the same bytes, cut elsewhere
        moved.write("x.toml", "# one\n# two\n").write("y.toml", "");
        QVERIFY(*first != *workspace::digest(moved.path()));
    }

    void agreesWithCommsOnPlacesAndAudiences()
    {
        QCOMPARE(workspace::livePlaces(), comms::liveVariableNames());
        QCOMPARE(workspace::usualAudiences(), comms::defaultAudiences());
    }

    void saysWherePoliciesAreWritten()
    {
        Folder f;
        f.write("a.toml", kPeople).write("b.toml", kRest);
        const auto places = workspace::places(f.path());
        VERIFY_RESULT(places);
        QVERIFY(places->at("policy/shop") == "b.toml:8" || places->at("policy/shop") == "b.toml:9");
        QVERIFY(!workspace::places(f.path() / "none"));
    }
};

QD_TEST(TestFiles)
#include "tst_files.moc"
