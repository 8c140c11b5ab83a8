// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/template.h"
#include "core/workspace/files.h"
#include "tests/core/workspace/folder.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <set>

using namespace qd;
using namespace qd::tests;

/// The workspace that a new home starts from.
class TestExample : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void examplesLoadAndAreUsefulAtOnce_data()
    {
        QTest::addColumn<QString>("user");
        for (const char *user : {"", "ana", "Ana.Lee-7", "operations", "root", "Jürgen \"x\"{id}", "___"})
            QTest::newRow(user) << QString::fromUtf8(user);
    }
    void examplesLoadAndAreUsefulAtOnce()
    {
        QFETCH(QString, user);
        Folder folder;
        const std::filesystem::path dir = folder.path() / "workspace";
        VERIFY_RESULT(workspace::writeExample(dir, user.toStdString()));
        const auto loaded = workspace::load(dir);
        VERIFY_RESULT(loaded);
        QCOMPARE(loaded->people.size(), std::size_t{1});
        QCOMPARE(loaded->teams.size(), std::size_t{1});
        QCOMPARE(loaded->policies.size(), std::size_t{1});
        QCOMPARE(loaded->templates.size(), std::size_t{4});
        QVERIFY(loaded->services.empty());
        QVERIFY(loaded->mode == RunMode::Beside);
        QCOMPARE(loaded->teams[0].members, std::vector<std::string>{loaded->people[0].id});
    }

    void exampleServicesLoadWhenUncommented()
    {
        Folder folder;
        VERIFY_RESULT(workspace::writeExample(folder.path(), "ana"));
        for (const char *file : {"services.toml", "settings.toml", "people.toml"}) {
            std::ifstream in(folder.path() / file);
            std::string text, line;
            bool isExample = false;
            while (std::getline(in, line)) {
                // An example is a run of comment lines from "# [[" to the next line that is no comment.
                isExample = line.starts_with("# [[") || (isExample && line.starts_with("# "));
                text += (isExample || line.starts_with("# xmpp") ? line.substr(2) : line) + "\n";
            }
            in.close();
            if (std::string_view(file) == "services.toml")
                text += "[[service]]\nid = \"recommendations\"\n[[service]]\nid = \"ledger\"\n";
            folder.write(file, text);
        }
        const auto loaded = folder.load();
        VERIFY_RESULT(loaded);
        QCOMPARE(loaded->services.size(), std::size_t{5});
        QCOMPARE(loaded->business.size(), std::size_t{1});
        QCOMPARE(loaded->people.size(), std::size_t{2});
        QCOMPARE(loaded->groups.size(), std::size_t{1});
        QCOMPARE(loaded->severities.size(), std::size_t{1});
    }

    void examplesNeverOverwrite()
    {
        Folder folder;
        folder.write("people.toml", "[[person]]\nid = \"me\"\n");
        VERIFY_RESULT(workspace::writeExample(folder.path(), "ana"));
        std::ifstream in(folder.path() / "people.toml");
        std::string text((std::istreambuf_iterator<char>(in)), {});
        QCOMPARE(text, std::string("[[person]]\nid = \"me\"\n"));
    }

    void exampleTemplatesRender()
    {
        Folder folder;
        VERIFY_RESULT(workspace::writeExample(folder.path(), "ana"));
        const auto loaded = folder.load();
        VERIFY_RESULT(loaded);
        for (const UpdateTemplate &t : loaded->templates) {
            comms::Values values;
            for (const UpdateField &f : t.fields)
                if (f.required)
                    values[f.name] = "something";
            const comms::LiveIncident fresh{"INC-1", "Checkout fails", "SEV2", "active", "", "Ana", "", {1'000'000'000}, {}, {2'000'000'000}, 0};
            VERIFY_RESULT(comms::check(t));
            VERIFY_RESULT(comms::render(t, comms::liveVariables(fresh), values));
        }
    }

    void everyAudienceHasATemplateInEachLanguage()
    {
        Folder folder;
        VERIFY_RESULT(workspace::writeExample(folder.path(), "ana"));
        std::ofstream(folder.path() / "settings.toml", std::ios::app) << "\n[workspace.audience_languages]\ncustomers = \"de\"\ntechnical = \"de\"\nexecutive = \"de\"\nregulator = \"de\"\n";
        const auto loaded = folder.load();
        VERIFY_RESULT(loaded);
        std::set<AudienceKind> kinds;
        for (const UpdateTemplate &each : loaded->templates) {
            const UpdateTemplate t = comms::spokenTo(*loaded, each);
            kinds.insert(t.kind);
            QCOMPARE(t.language, std::string("de"));
            QVERIFY2(t.body != each.body, t.id.c_str());
            comms::Values unknown;
            for (std::size_t n = 0; n < t.fields.size(); ++n) {
                QVERIFY2(!t.fields[n].hint.empty() && t.fields[n].hint != each.fields[n].hint, t.fields[n].name.c_str());
                unknown[t.fields[n].name] = "?";
            }
            const comms::LiveIncident fresh{"INC-1", "Kasse steht", "SEV2", "active", "", "Ana", "", {1'000'000'000}, {}, {2'000'000'000'000}, 0};
            const auto text = comms::render(t, comms::liveVariables(fresh, t.language), unknown);
            VERIFY_RESULT(text);
            QVERIFY2(text->find("noch nicht bekannt") != std::string::npos && text->find("active") == std::string::npos, text->c_str());
        }
        QCOMPARE(kinds, (std::set<AudienceKind>{AudienceKind::Technical, AudienceKind::Executive, AudienceKind::Customer, AudienceKind::Regulator}));
    }
};

QD_TEST(TestExample)
#include "tst_example.moc"
