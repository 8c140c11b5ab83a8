// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rebuild/filenames.h"
#include "core/rebuild/look.h"

#include "tests/core/rebuild/samples.h"
#include "tests/support/suite.h"

#include <QtTest>

using namespace qd;
using namespace qd::rebuild;
using namespace qd::tests;

namespace {

Look looked(const std::string &bytes, const std::string &name, Options options = {})
{
    options.name = name;
    return lookAt(bytes, options);
}

} // namespace

class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTableShowsItsColumnsAndFirstRowsAlsoWhereNobodyKnowsThem()
    {
        std::string csv = "Uhrzeit;Vorfall;Wer\n";
        for (int i = 0; i < 9; ++i)
            csv += "2025-11-23 14:0" + std::to_string(i) + ";Kasse " + std::to_string(i) + ";Dana\n";
        const Look unknown = looked(csv, "t.csv");
        QCOMPARE(unknown.format, std::string("table"));
        QCOMPARE(unknown.columns, (std::vector<std::string>{"Uhrzeit", "Vorfall", "Wer"}));
        QCOMPARE(unknown.rows.size(), kLookedRows);
        QCOMPARE(unknown.rows[1], (std::vector<std::string>{"2025-11-23 14:01", "Kasse 1", "Dana"}));
        QVERIFY(unknown.problem.find("Say which") != std::string::npos);
        QCOMPARE(unknown.means.at("actor"), std::string("Wer"));
        Options o;
        o.columns = {{"at", "Uhrzeit"}, {"text", "Vorfall"}};
        const Look mapped = looked(csv, "t.csv", o);
        QVERIFY(mapped.problem.empty());
        QCOMPARE(mapped.means.at("at"), std::string("Uhrzeit"));
        QVERIFY(mapped.zoneless);
    }

    void timesWithAZoneAreTold()
    {
        QVERIFY(!looked("at,text\n2025-11-23T14:02:00Z,x\n1763906520,y\n", "t.csv").zoneless);
        QVERIFY(looked("at,text\n2025-11-23T14:02:00Z,x\n2025-11-23 14:02,y\n", "t.csv").zoneless);
        QVERIFY(looked("# Incident\n- 14:02 it broke\n", "pm.md").zoneless);
    }

    void anExportShowsItsChannels()
    {
        const Look export_ = looked(slackZip(), "acme.zip");
        QCOMPARE(export_.format, std::string("slack-export"));
        QCOMPARE(export_.channels, (std::vector<std::string>{"inc-42", "general"}));
        QVERIFY(export_.problem.empty());
        const Look damaged = looked(slackZip().substr(0, 200), "acme.zip");
        QVERIFY(damaged.channels.empty());
        QVERIFY(damaged.problem.find("damaged") != std::string::npos);
    }

    void whatCannotBeToldSaysWhyAndIsChosen()
    {
        const std::string bytes("a\0b,c\n", 6);
        const Look unknown = looked(bytes, "x");
        QVERIFY(unknown.format.empty());
        QVERIFY(unknown.problem.find("no kind that can be read") != std::string::npos);
        Options o;
        o.format = "table";
        QCOMPARE(looked(bytes, "x", o).format, std::string("table"));
    }

    /// What Excel's "Unicode text" is, with its mark and without, by either order of bytes.
    void whatIsUtf16IsCalledThat()
    {
        for (const std::string &bytes : {std::string("\xff\xfe" "a\0t\0,\0", 8), std::string("\xfe\xff\0a\0t\0,", 8), std::string("a\0t\0", 4), std::string("\0a\0t", 4)}) {
            const Look look = looked(bytes, "t.csv");
            QVERIFY2(look.problem.find("UTF-16") != std::string::npos, look.problem.c_str());
            Options o;
            o.format = "table";
            const auto facts = rebuild::read(bytes, o);
            QVERIFY(!facts && facts.error().message.find("UTF-16") != std::string::npos);
        }
    }

    void whatItShowsIsSafeAndBounded()
    {
        std::string header = "at,text", row = "1763906520,\x1b[31mred" + std::string(500, 'x');
        for (int i = 0; i < 90; ++i) {
            header += ",c" + std::to_string(i);
            row += ",v";
        }
        const Look look = looked(header + "\n" + row + "\n", "t.csv");
        QCOMPARE(look.columns.size(), kLookedColumns);
        QCOMPARE(look.rows[0].size(), kLookedColumns);
        QVERIFY(look.rows[0][1].size() <= 80 && look.rows[0][1].find('\x1b') == std::string::npos);
    }

    void howManyColumnsThereAreIsToldAlsoBeyondThoseShown()
    {
        for (const std::size_t many : {kLookedColumns, kLookedColumns + 1}) {
            std::string header, row;
            for (std::size_t i = 1; i < many; ++i) {
                header += "c" + std::to_string(i) + ",";
                row += "v,";
            }
            const Look look = looked(header + "at\n" + row + "1763906520\n", "t.csv");
            QCOMPARE(look.columns.size(), kLookedColumns);
            QCOMPARE(look.columnsInAll, many);
            QCOMPARE(look.means.at("at"), std::string("at")); // what the last one is taken for is said, shown or not
        }
    }

    void howManyChannelsThereAreIsToldAlsoBeyondThoseShown()
    {
        for (const std::size_t many : {kLookedChannels, kLookedChannels + 1}) {
            std::vector<std::pair<std::string, std::string>> files{{"channels.json", "[]"}, {"users.json", "[]"}};
            for (std::size_t i = 1; i < many; ++i)
                files.emplace_back("a" + std::to_string(i) + "/2025-11-23.json", "[]");
            files.emplace_back("z-inc-42/2025-11-23.json", "[]");
            const Look look = looked(zipped(files), "acme.zip");
            QVERIFY2(look.problem.empty(), look.problem.c_str());
            QCOMPARE(look.channels.size(), kLookedChannels);
            QCOMPARE(look.channelsInAll, many);
            QCOMPARE(look.channels.front(), std::string("z-inc-42")); // an incident's is among those shown
        }
    }

    /// By what tells them apart, and by nothing of the machine they are on.
    void filesOfOneNameAreCalledByTheirFolders()
    {
        using Names = std::vector<std::string>;
        const auto names = [](const Names &paths) { return namesOf(paths); };
        QCOMPARE(names({"/srv/x/export.csv"}), Names{"export.csv"});
        QCOMPARE(names({"a/export.csv", "b/export.csv", "b/other.csv"}), (Names{"a/export.csv", "b/export.csv", "other.csv"}));
        QCOMPARE(names({"/srv/x/a/export.csv", "/srv/x/b/export.csv"}), (Names{"a/export.csv", "b/export.csv"}));
        QCOMPARE(names({"b/export.csv", "./a/../a/export.csv"}), (Names{"b/export.csv", "a/export.csv"})); // in whatever order, however they are written
        QCOMPARE(names({"export.csv", "b/export.csv"}), (Names{"export.csv", "b/export.csv"}));
        QCOMPARE(names({"a/day/export.csv", "b/day/export.csv", "c/night/export.csv"}), (Names{"a/day/export.csv", "b/day/export.csv", "night/export.csv"}));
        QCOMPARE(names({"a/export.csv", "a/export.csv"}), (Names{"export.csv", "export.csv"})); // one file
        QCOMPARE(names({}), Names{});
    }
};

QD_TEST(TestLook)
#include "tst_look.moc"
