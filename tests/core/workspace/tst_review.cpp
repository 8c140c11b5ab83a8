// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

Result<Workspace> readReviewTables(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << text;
    return workspace::load(path);
}

const std::string kFactor = "[[factor]]\nid = \"process.freeze\"\nlayer = \"contributing\"\ngroup = \"process\"\nlabel = \"freeze\"\n";
const std::string kVersion = "[taxonomy]\nversion = \"t1\"\n";

} // namespace

/// [review], [taxonomy] and [[factor]].
class TestReview : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatReviewsAreHeldToIsRead()
    {
        const auto w = readReviewTables("[review]\ndue = [{ severity = \"SEV1\", days = 2 }, { severity = \"SEV2\", working_days = 7 }]\ngated = [\"SEV1\"]\n"
                                        "gates = [\"actions\"]\nsections = [\"summary\"]\nlanguages = [\"de\"]\n");
        VERIFY_RESULT(w);
        const ReviewRules &r = w->review;
        QVERIFY((r.severities == std::vector<ReviewRule>{{IncidentSeverity::Sev1, 2, false, true}, {IncidentSeverity::Sev2, 7, true, false}}) && r.saysGated);
        QVERIFY(r.gates == std::vector<std::string>{"actions"} && !r.noGates && r.sections == std::vector<std::string>{"summary"} && r.languages == std::vector<std::string>{"de"});
        const auto none = readReviewTables("[review]\ngates = []\n");
        VERIFY_RESULT(none);
        QVERIFY(none->review.noGates && !none->review.saysGated);
        const auto usual = readReviewTables("[workspace]\nname = \"x\"\n");
        VERIFY_RESULT(usual);
        QVERIFY(!usual->review.noGates && usual->review.severities.empty() && usual->taxonomy.version.empty());
    }
    void attendanceAndSignaturesAreAskedForWhereTheyAreListed()
    {
        const auto w = readReviewTables("[review]\ngates = [\"attendance\", \"signatures\", \"actions\"]\n");
        VERIFY_RESULT(w);
        QCOMPARE(w->review.gates, (std::vector<std::string>{"attendance", "signatures", "actions"}));
    }
    void whatAnHourCostsIsRead()
    {
        const auto none = readReviewTables("[workspace]\nname = \"x\"\n");
        VERIFY_RESULT(none);
        QVERIFY(none->review.cost.currency.empty() && none->review.cost.hourly == 0 && none->review.cost.roles.empty());
        const auto w = readReviewTables("[cost]\ncurrency = \"EUR\"\nhourly = 85.10\n[cost.roles]\ncommander = 120\nobserver = 0\ncommunications = 99.99\n");
        VERIFY_RESULT(w);
        const CostModel &c = w->review.cost;
        QVERIFY(c.currency == "EUR" && c.hourly == 8510 && c.roles.size() == 3);
        QVERIFY(c.roles[0].role == Role::Commander && c.roles[0].hourly == 12000);
        QVERIFY(c.roles[1].role == Role::Communications && c.roles[1].hourly == 9999);
        QVERIFY(c.roles[2].role == Role::Observer && c.roles[2].hourly == 0);
        const auto bare = readReviewTables("[cost]\ncurrency = \"EUR\"\n"); // noted costs have a currency, and nobody's time is reckoned
        VERIFY_RESULT(bare);
        QVERIFY(bare->review.cost.currency == "EUR" && bare->review.cost.hourly == 0);
        for (const auto &[given, hundredths] : {std::pair{"0.01", 1u}, std::pair{"100000.00", 10'000'000u}, std::pair{"0.29", 29u}, std::pair{"1e2", 10'000u}}) { // its edges; 0.29 is no binary number
            const auto edge = readReviewTables(std::string("[cost]\ncurrency = \"ABCDEFGH\"\nhourly = ") + given + "\n");
            VERIFY_RESULT(edge);
            QCOMPARE(edge->review.cost.hourly, std::uint64_t{hundredths});
        }
    }
    void aChangeOfWhatAnHourCostsIsSaidInMoney()
    {
        Workspace before, after;
        after.review.cost = {"EUR", 8500, {{Role::Commander, 12000}}};
        const auto lines = workspace::difference(before, after);
        QCOMPARE(lines.size(), std::size_t(1));
        QVERIFY2(lines[0].find("EUR 85.00 an hour, Incident Commander 120.00") != std::string::npos, lines[0].c_str());
    }
    void factorsOfTheTeamAreRead()
    {
        const auto w = readReviewTables(kVersion + "replaces = true\nretired = [\"trigger.hardware\"]\n" + kFactor + "label_de = \"Stopp\"\nrate = 12\nsource = \"us\"\n");
        VERIFY_RESULT(w);
        const TaxonomyRules &t = w->taxonomy;
        QVERIFY(t.version == "t1" && t.replaces && t.retired == std::vector<std::string>{"trigger.hardware"});
        QVERIFY((t.factors == std::vector<TaxonomyFactor>{{"process.freeze", "contributing", "process", {{"en", "freeze"}, {"de", "Stopp"}}, 1200, false, "us"}}));
    }
    void mistakesAreNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const std::string &text, const char *says) { QTest::newRow(name) << QString::fromStdString(text) << QString::fromUtf8(says); };
        row("no such gate", "[review]\ngates = [\"beauty\"]\n", "\"beauty\" is no gate of a review; there are contributions, sections, factors, actions");
        row("no such section", "[review]\nsections = [\"cause\"]\n", "is no section a review is opened with");
        row("no such language", "[review]\nlanguages = [\"fr\"]\n", "is no language");
        row("twice", "[review]\ngates = [\"actions\", \"actions\"]\n", "actions is named twice");
        row("no such severity", "[review]\ngated = [\"SEV9\"]\n", "no severity of an incident");
        row("no such severity of a due date", "[review]\ndue = [{ severity = \"SEV9\", days = 1 }]\n", "no severity of an incident");
        row("two units", "[review]\ndue = [{ severity = \"SEV1\", days = 1, working_days = 1 }]\n", "in days or in working_days");
        row("no unit", "[review]\ndue = [{ severity = \"SEV1\" }]\n", "in days or in working_days");
        row("two due dates", "[review]\ndue = [{ severity = \"SEV1\", days = 1 }, { severity = \"SEV1\", days = 2 }]\n", "two due dates");
        row("too long", "[review]\ndue = [{ severity = \"SEV1\", days = 91 }]\n", "90");
        row("an unknown key", "[review]\nx = 1\n", "x");
        const std::string cost = "[cost]\ncurrency = \"EUR\"\n";
        row("no currency", "[cost]\nhourly = 85.00\n", "[cost] has no currency");
        row("a currency too long", "[cost]\ncurrency = \"ABCDEFGHI\"\n", "a currency is short");
        row("a rate in quotes", cost + "hourly = \"85.00\"\n", "hourly of [cost] has the wrong type; write an amount from 0.01 to 100000.00, such as 85.00");
        row("a rate of nothing", cost + "hourly = 0.00\n", "out of bounds");
        row("a rate too high", cost + "hourly = 100000.01\n", "out of bounds");
        row("a rate below nothing", cost + "hourly = -1\n", "out of bounds");
        row("three digits", cost + "hourly = 85.001\n", "no amount in hundredths");
        row("no number", cost + "hourly = nan\n", "no amount in hundredths");
        row("without an end", cost + "hourly = inf\n", "no amount in hundredths");
        row("roles without a rate", cost + "[cost.roles]\ncommander = 120.00\n", "write hourly = 85.00 under [cost]");
        row("no such role", cost + "hourly = 85\n[cost.roles]\nchief = 120.00\n", "\"chief\" is not known in [roles]");
        row("a role in quotes", cost + "hourly = 85\n[cost.roles]\ncommander = \"120\"\n", "commander of [roles] has the wrong type");
        row("roles that are no table", cost + "hourly = 85\nroles = 120\n", "write [roles]");
        row("an unknown key of costs", cost + "daily = 600\n", "daily");
        row("a factor without a version", kFactor, "need a version");
        row("no version", "[taxonomy]\nreplaces = true\n", "version");
        row("retired that is not there", kVersion + "retired = [\"trigger.magic\"]\n", "no factor \"trigger.magic\"");
        row("no such layer", kVersion + "[[factor]]\nid = \"x\"\nlayer = \"luck\"\nlabel = \"x\"\n", "no layer of the taxonomy");
        row("a group of another layer", kVersion + "[[factor]]\nid = \"x\"\nlayer = \"trigger\"\ngroup = \"human\"\nlabel = \"x\"\n", "others have no group");
        row("no group", kVersion + "[[factor]]\nid = \"x\"\nlayer = \"contributing\"\nlabel = \"x\"\n", "needs a group");
        row("a label too long", kVersion + "[[factor]]\nid = \"x\"\nlayer = \"trigger\"\nlabel = \"" + std::string(kFactorLabelBytes + 1, 'x') + "\"\n", "at most 120 bytes");
        row("two of one id", kVersion + kFactor + kFactor, "there already");
    }
    void mistakesAreNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto w = readReviewTables(text.toStdString());
        QVERIFY2(!w, "it was read");
        QVERIFY2((w.error().message + w.error().detail).find(says.toStdString()) != std::string::npos, w.error().message.c_str());
    }
    void aChangeOfTheTaxonomyIsSaid()
    {
        Workspace before, after;
        before.taxonomy.version = after.taxonomy.version = "t1";
        after.taxonomy.factors = {{"process.freeze", "contributing", "process", {{"en", "freeze"}}}};
        const auto lines = workspace::difference(before, after);
        QCOMPARE(lines.size(), std::size_t(2));
        QVERIFY2(lines[0] == "factor process.freeze: added" && lines[1].find("under the same version") != std::string::npos, lines[0].c_str());
        after.taxonomy.version = "t2";
        after.review.gates = {"actions"};
        QCOMPARE(workspace::difference(before, after).size(), std::size_t(3));
    }
};

QD_TEST(TestReview)
#include "tst_review.moc"
