// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/files.h"
#include "tests/support/suite.h"
#include "tests/support/verify.h"

#include <QTemporaryDir>
#include <fstream>

using namespace qd;

namespace {

Result<Workspace> readTables(const std::string &text)
{
    const QTemporaryDir dir;
    const std::filesystem::path path = dir.path().toStdString();
    std::ofstream(path / "a.toml", std::ios::binary) << text;
    return workspace::load(path);
}

const std::string kShop = "[[business]]\nid = \"shop\"\nname = \"Shop\"\ncustomers = 20000\nrevenue_per_hour = 52000\ndata = \"restricted\"\nregulated = true\n";

} // namespace

class TestImpactTables : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTeamThatWritesNothingHasTheConsolesOwnMatrix()
    {
        const auto w = readTables("[[service]]\nid = \"db\"\n");
        VERIFY_RESULT(w);
        QVERIFY(w->business.empty() && w->severityMatrix == SeverityMatrix{});
        QCOMPARE(nameOf(w->matrix()), std::string("console"));
    }

    void businessServicesAndWhoCarriesThemAreRead()
    {
        const auto w = readTables(kShop + "[[service]]\nid = \"web\"\ncarries = [\"shop\"]\n");
        VERIFY_RESULT(w);
        const BusinessService *shop = w->businessService("shop");
        QVERIFY(shop && shop->name == "Shop" && shop->customers == 20'000 && shop->revenue == 52'000 && shop->data == DataClass::Restricted && shop->regulated);
        QCOMPARE(w->service("web")->carries, (std::vector<std::string>{"shop"}));
    }

    void theMatrixIsReadWhole()
    {
        const auto w = readTables("[severity_matrix]\nversion = \"2026-11\"\ncurrency = \"EUR\"\ncustomers = [50000, 5000, 500, 50]\nrevenue_per_hour = [9, 8, 7, 6]\n"
                            "share = { most = 90, some = 30, few = 3 }\nless = { soon = 2, unhurt = 4, some = 0, few = 1, workaround = 0 }\nmore = { confidential = 1, restricted = 2, regulated = 0 }\n");
        VERIFY_RESULT(w);
        const SeverityMatrix &m = w->severityMatrix;
        QCOMPARE(m.customers, (std::vector<std::uint64_t>{50'000, 5'000, 500, 50}));
        QCOMPARE(m.revenue, (std::vector<std::uint64_t>{9, 8, 7, 6}));
        QVERIFY(m.version == "2026-11" && m.currency == "EUR" && m.most == 90 && m.some == 30 && m.few == 3);
        QVERIFY(m.soonSteps == 2 && m.unhurtSteps == 4 && m.someSteps == 0 && m.fewSteps == 1 && m.workaroundSteps == 0);
        QVERIFY(m.confidentialSteps == 1 && m.restrictedSteps == 2 && m.regulatedSteps == 0);
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *text, const char *says) { QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says); };
        row("nobody's", "[[service]]\nid = \"web\"\ncarries = [\"shpo\"]\n[[business]]\nid = \"shop\"\n", "a.toml:3: service web names business service shpo, which there is not; did you mean shop?");
        row("twice", "[[service]]\nid = \"web\"\ncarries = [\"shop\", \"shop\"]\n[[business]]\nid = \"shop\"\n", "carries shop twice");
        row("no data class", "[[business]]\nid = \"shop\"\ndata = \"secret\"\n", "\"secret\" is not known for data");
        row("negative", "[[business]]\nid = \"shop\"\ncustomers = -1\n", "customers of business is -1");
        row("without a version", "[severity_matrix]\ncurrency = \"EUR\"\n", "has no version");
        row("three thresholds", "[severity_matrix]\nversion = \"1\"\ncustomers = [3, 2, 1]\n", "customers needs four numbers that fall");
        row("rising", "[severity_matrix]\nversion = \"1\"\ncustomers = [1, 2, 3, 4]\n", "customers needs four numbers that fall");
        row("shares that rise", "[severity_matrix]\nversion = \"1\"\nshare = { most = 10 }\n", "must not rise");
        row("soon worse than never", "[severity_matrix]\nversion = \"1\"\nless = { soon = 4 }\n", "a lesser answer must not be the more severe one");
        row("unknown key", "[severity_matrix]\nversion = \"1\"\nlesss = { soon = 1 }\n", "\"lesss\" is not known");
    }
    void mistakesAreNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto w = readTables(text.toStdString());
        QVERIFY(!w);
        const QString all = QString::fromStdString(w.error().message + w.error().detail);
        QVERIFY2(all.contains(says), qPrintable(all));
    }

    void aChangeOfTheMatrixIsShown()
    {
        const auto before = readTables("[severity_matrix]\nversion = \"1\"\n"), after = readTables("[severity_matrix]\nversion = \"1\"\nmore = { restricted = 2 }\n");
        VERIFY_RESULT(before);
        VERIFY_RESULT(after);
        const auto lines = workspace::difference(*before, *after);
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const std::string &l) { return l.find("restrictedSteps was 1, is 2") != std::string::npos; }));
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const std::string &l) { return l.find("changed under the same version") != std::string::npos; }));
    }
};

QD_TEST(TestImpactTables)
#include "tst_impact.moc"
