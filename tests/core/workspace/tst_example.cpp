// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comms/template.h"
#include "core/workspace/files.h"
#include "tests/core/workspace/folder.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"


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
};

QD_TEST(TestExample)
#include "tst_example.moc"
