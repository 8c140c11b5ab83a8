// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/taxonomy.h"
#include "tests/support/builders.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QtTest>

using namespace qd;
using namespace qd::tests;

namespace {

void rate(Log &log, const std::string &incident, const std::string &factor, const std::string &person)
{
    log.record(events::FactorRated{incident, factor, {}, "1", {"line/2"}, false, {person, Path::Person}});
}

/// Incidents two people rated, of whom so many see the factor x; both see another one.
Log ratedByTwo(const std::vector<int> &seeIt)
{
    Log log;
    log.record(withWorkspace());
    for (std::size_t n = 0; n < seeIt.size(); ++n) {
        const std::string id = "INC-" + std::to_string(n + 1);
        log.record(anIncident(id).event()).record(events::ReviewArranged{id, "ana", {}, {}, {}, {}, kAna});
        for (const char *person : {"ana", "ben"})
            rate(log, id, "y", person);
        for (int hit = 0; hit < seeIt[n]; ++hit)
            rate(log, id, "x", hit == 0 ? "ana" : "ben");
    }
    return log;
}

} // namespace

class TestTaxonomy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theConsolesOwnIsSound()
    {
        QFile file(QStringLiteral(QD_SOURCE_DIR "/resources/taxonomy/factors.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto read = readTaxonomy(file.readAll().toStdString());
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        const Taxonomy &usual = usualTaxonomy();
        QCOMPARE(usual.version, read->version);
        QCOMPARE(usual.factors.size(), read->factors.size());
        for (const TaxonomyFactor &f : usual.factors) {
            QVERIFY2(f.label.contains("de"), f.id.c_str());
            QCOMPARE(f.layer == "contributing", !f.group.empty());
        }
        for (const TaxonomyLayer &layer : usual.layers)
            QVERIFY2(std::any_of(usual.factors.begin(), usual.factors.end(), [&](const TaxonomyFactor &f) { return f.layer == layer.id; }), layer.id.c_str());
        // As published: 37 % of triggers are binary pushes, 41.35 % of categories software.
        QCOMPARE(usual.factor("trigger.binary-push")->rate, 3700u);
        QCOMPARE(usual.factor("category.software")->rate, 4135u);
        QCOMPARE(std::count_if(usual.factors.begin(), usual.factors.end(), [](const TaxonomyFactor &f) { return f.layer == "security"; }), 7);
    }
    void whatIsNoTaxonomyIsRefused_data()
    {
        QTest::addColumn<QString>("json");
        const auto with = [](const char *factors) { return QStringLiteral("{\"version\":\"1\",\"layers\":[{\"id\":\"a\",\"en\":\"A\"}],\"groups\":[],\"factors\":[%1]}").arg(QString::fromUtf8(factors)); };
        QTest::newRow("no JSON") << "x";
        QTest::newRow("no version") << "{\"layers\":[],\"groups\":[],\"factors\":[]}";
        QTest::newRow("no factors") << with("");
        QTest::newRow("no label") << with("{\"id\":\"x\",\"layer\":\"a\"}");
        QTest::newRow("twice") << with("{\"id\":\"x\",\"layer\":\"a\",\"en\":\"X\"},{\"id\":\"x\",\"layer\":\"a\",\"en\":\"X\"}");
        QTest::newRow("another layer") << with("{\"id\":\"x\",\"layer\":\"b\",\"en\":\"X\"}");
        QTest::newRow("another group") << with("{\"id\":\"x\",\"layer\":\"a\",\"group\":\"g\",\"en\":\"X\"}");
        QTest::newRow("a rate above all") << with("{\"id\":\"x\",\"layer\":\"a\",\"en\":\"X\",\"rate\":10001}");
        QTest::newRow("a factor that is a number") << with("1");
    }
    void whatIsNoTaxonomyIsRefused()
    {
        QFETCH(QString, json);
        QVERIFY(!readTaxonomy(json.toStdString()));
    }
    void theTeamAddsReplacesAndRetires()
    {
        TaxonomyRules rules;
        QCOMPARE(taxonomyUnder(rules).version, usualTaxonomy().version);
        rules.version = "t1";
        rules.factors = {{"process.freeze", "contributing", "process", {{"en", "freeze"}}}, {"trigger.hardware", "trigger", {}, {{"en", "machines"}}}};
        rules.retired = {"trigger.binary-push"};
        Taxonomy t = taxonomyUnder(rules);
        QCOMPARE(t.version, usualTaxonomy().version + "+t1");
        QCOMPARE(t.factors.size(), usualTaxonomy().factors.size() + 1);
        QCOMPARE(labelOf(*t.factor("trigger.hardware"), "de"), std::string("machines"));
        QVERIFY(t.factor("trigger.binary-push")->retired && !t.factor("trigger.hardware")->retired);
        rules.replaces = true;
        t = taxonomyUnder(rules);
        QCOMPARE(t.version, std::string("t1"));
        QCOMPARE(std::count_if(t.factors.begin(), t.factors.end(), [](const TaxonomyFactor &f) { return !f.retired; }), 2);
        QVERIFY(t.factor("category.software")); // old ratings keep their label
    }
    void ratersWhoDisagreeAreShown()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event()).record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        rate(log, "INC-1", "process.inadequate-testing", "ana");
        rate(log, "INC-1", "trigger.configuration-push", "ana");
        const auto seen = [&] { return review::factorsSeen(log.state.incident("INC-1")->review, usualTaxonomy()); };
        QVERIFY(!seen()[0].isDisputed() && !seen()[1].isDisputed()); // one rater disagrees with nobody
        rate(log, "INC-1", "trigger.configuration-push", "ben");
        QCOMPARE(seen()[0].factor, std::string("trigger.configuration-push")); // in the order of the taxonomy
        QCOMPARE(seen()[0].raters, (std::vector<std::string>{"ana", "ben"}));
        QVERIFY(!seen()[0].isDisputed() && seen()[1].isDisputed());
        log.record(events::FactorRated{"INC-1", "trigger.configuration-push", {}, "1", {}, true, {"ben", Path::Person}});
        QCOMPARE(seen()[0].of, std::size_t(1)); // who took the last word back rates nothing
    }
    void kappaIsThatOfTheBook()
    {
        // J. L. Fleiss, "Measuring nominal scale agreement among many raters", 1971, as worked through for 10 subjects, 14 raters and 5 categories: 0.210.
        const std::vector<std::vector<std::uint32_t>> book{{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
                                                           {7, 7, 0, 0, 0},  {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}};
        const auto kappa = review::fleissKappa(book);
        QVERIFY(kappa && std::abs(*kappa - 0.210) < 0.0005);
        QCOMPARE(*review::fleissKappa({{2, 0}, {0, 2}}), 1.0);
        QCOMPARE(*review::fleissKappa({{1, 1}, {1, 1}}), -1.0);
        QVERIFY(!review::fleissKappa({}));
        QVERIFY(!review::fleissKappa({{1, 0}, {0, 1}})); // one rater each
        QVERIFY(!review::fleissKappa({{2, 0}, {3, 0}})); // chance alone agrees
    }
    void agreementIsSaidFromFiveIncidentsOn()
    {
        Log log;
        log.record(withWorkspace());
        const auto one = [&](int n, bool agrees, const std::string &kind = "real") {
            const std::string id = "INC-" + std::to_string(n);
            events::IncidentDeclared e = anIncident(id).event();
            e.kind = kind;
            log.record(e).record(events::ReviewArranged{id, "ana", {}, {}, {}, {}, kAna});
            rate(log, id, n % 2 == 0 ? "trigger.none" : "trigger.hardware", "ana");
            rate(log, id, (n % 2 == 0) == agrees ? "trigger.none" : "trigger.hardware", "ben");
        };
        for (int n = 1; n < int(review::kFewestRated); ++n)
            one(n, true);
        one(20, true, "drill");
        QCOMPARE(review::agreement(log.state).incidents, review::kFewestRated - 1);
        QVERIFY(!review::agreement(log.state).kappa);
        one(int(review::kFewestRated), true);
        QCOMPARE(review::agreement(log.state).kappa, std::optional(1.0));
        QCOMPARE(review::agreement(log.state, "trigger.none").kappa, std::optional(1.0));
        one(6, false);
        QVERIFY(*review::agreement(log.state).kappa < 1.0);
        QCOMPARE(review::agreement(log.state).raters, std::size_t(12));
    }
    /// By hand: 6 incidents, two raters, one factor; both see it 3 times, neither 2 times, once one alone. Agreed 5/6, chance (7² + 5²) / 12² = 74/144: (120 - 74) / (144 - 74).
    void kappaOfAFactorIsThatOfItsIncidents()
    {
        const review::Agreement a = review::agreement(ratedByTwo({2, 2, 2, 0, 0, 1}).state, "x");
        QCOMPARE(a.incidents, std::size_t(6));
        QVERIFY2(std::abs(*a.kappa - 46.0 / 70) < 1e-12, qPrintable(QString::number(*a.kappa, 'g', 12)));
        QVERIFY(a.interval && a.interval->first < *a.kappa && a.interval->second == 1.0);
    }
    /// Two people who say what they say without a look at the incident agree by chance, however often one factor is seen and another is not.
    void whatIsSeenOftenAndWhatSeldomIsNoAgreement()
    {
        Log log;
        log.record(withWorkspace());
        for (int n = 0; n < 16; ++n) { // each sees "often" in three of four and "seldom" in the fourth, the one by rows and the other by columns
            const std::string id = "INC-" + std::to_string(n + 1);
            log.record(anIncident(id).event()).record(events::ReviewArranged{id, "ana", {}, {}, {}, {}, kAna});
            rate(log, id, n % 4 != 0 ? "often" : "seldom", "ana");
            rate(log, id, n / 4 != 0 ? "often" : "seldom", "ben");
        }
        for (const char *factor : {"often", "seldom", ""}) {
            const review::Agreement a = review::agreement(log.state, factor);
            QVERIFY2(a.incidents == 16 && std::abs(*a.kappa) < 1e-12, factor);
            QVERIFY2(a.interval && a.interval->first < 0 && a.interval->second > 0, factor);
        }
    }
    /// By hand: x as above with 46/144 of 70/144 beyond chance; y, seen by both in all, and z, seen by both in three of six, with 1/2 of 1/2.
    void overAllFactorsEachIsHeldAgainstItsOwnChance()
    {
        Log log = ratedByTwo({2, 2, 2, 0, 0, 1});
        for (const char *id : {"INC-1", "INC-2", "INC-4"})
            for (const char *person : {"ana", "ben"})
                rate(log, id, "z", person);
        const review::Agreement a = review::agreement(log.state);
        QVERIFY2(std::abs(*a.kappa - (46.0 / 144 + 0.5) / (70.0 / 144 + 0.5)) < 1e-12, qPrintable(QString::number(*a.kappa, 'g', 12)));
        QVERIFY(a.interval && a.interval->first < *a.kappa);
    }
    /// What is counted nowhere else is not counted here.
    void incidentsThatAreNotCountedSayNothingOfAgreement()
    {
        Log log = ratedByTwo({2, 0, 2, 0, 2, 1, 1});
        const auto before = review::agreement(log.state, "x");
        QCOMPARE(before.incidents, std::size_t(7));
        for (const char *kind : {"drill", "example", "practice"}) {
            const std::string id = std::string("INC-") + (kind[0] == 'd' ? "20" : kind[0] == 'e' ? "21" : "22");
            events::IncidentDeclared e = anIncident(id).event();
            e.kind = kind;
            log.record(e).record(events::ReviewArranged{id, "ana", {}, {}, {}, {}, kAna});
            rate(log, id, "x", "ana");
            rate(log, id, "y", "ben");
        }
        QCOMPARE(review::agreement(log.state, "x").incidents, std::size_t(7));
        QCOMPARE(review::agreement(log.state, "x").kappa, before.kappa);
        log.record(events::IncidentMerged{"INC-7", "INC-6", "the same", kAna});
        QCOMPARE(review::agreement(log.state, "x").incidents, std::size_t(6));
    }
    void plannedWorkAndWhatWasCalledOffSayNothingOfAgreement()
    {
        Log log = ratedByTwo({2, 0, 2, 0, 2, 1, 1});
        const auto before = review::agreement(log.state, "x");
        events::IncidentDeclared planned = anIncident("INC-20").event();
        planned.kind = "maintenance";
        log.record(planned).record(anIncident("INC-21").event());
        for (const char *id : {"INC-20", "INC-21"}) {
            log.record(events::ReviewArranged{id, "ana", {}, {}, {}, {}, kAna});
            rate(log, id, "x", "ana");
            rate(log, id, "y", "ben");
        }
        QCOMPARE(review::agreement(log.state, "x").incidents, std::size_t(8)); // the one that was not called off yet
        log.record(events::StatusChanged{"INC-21", "it was the test", IncidentStatus::Cancelled, kAna});
        QCOMPARE(review::agreement(log.state, "x").incidents, std::size_t(7));
        QCOMPARE(review::agreement(log.state, "x").kappa, before.kappa);
    }
    void aKappaOfFewRatingsIsSaidToBeShaky()
    {
        std::vector<int> hits{2, 0, 2, 0};
        QVERIFY(!review::agreement(ratedByTwo(hits).state, "x").isShaky()); // nothing is said at all
        QCOMPARE(review::agreementSentence(review::agreement(ratedByTwo(hits).state, "x")), std::string("nothing is said of agreement: 4 incidents with two raters or more, and it takes 5"));
        hits = {2, 0, 2, 0, 2, 0};
        const review::Agreement few = review::agreement(ratedByTwo(hits).state, "x");
        QVERIFY(few.isShaky());
        QCOMPARE(review::agreementSentence(few), std::string("kappa 1.00 over 6 incidents with two raters or more, between 1.00 and 1.00: shaky, it may be far off"));
        while (hits.size() < 40)
            hits.push_back(hits.size() % 2 == 0 ? 2 : 0);
        const review::Agreement many = review::agreement(ratedByTwo(hits).state, "x");
        QVERIFY(!many.isShaky());
        QCOMPARE(review::agreementSentence(many), std::string("kappa 1.00 over 40 incidents with two raters or more, between 1.00 and 1.00"));
        for (std::size_t n = 0; n < 12; ++n) // enough of them, who differ so often that the interval is wide
            hits[n] = 1;
        hits.resize(24);
        const review::Agreement wide = review::agreement(ratedByTwo(hits).state, "x");
        QVERIFY2(wide.isShaky() && wide.interval->second - wide.interval->first > review::kSteadyWidth, review::agreementSentence(wide).c_str());
    }
    /// Without the one incident in which anybody sees it there is nothing to differ about.
    void whatHangsOnOneIncidentHasNoInterval()
    {
        const review::Agreement a = review::agreement(ratedByTwo({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}).state, "x");
        QVERIFY(a.kappa && !a.interval && a.isShaky());
        const review::Agreement none = review::agreement(ratedByTwo({0, 0, 0, 0, 0, 0}).state, "x");
        QVERIFY(!none.kappa && !none.isShaky());
        QVERIFY2(review::agreementSentence(none).ends_with("nobody differed from anybody"), review::agreementSentence(none).c_str());
    }
    void howSureRatersAreIsCounted()
    {
        Log log;
        log.record(withWorkspace()).record(anIncident().event()).record(events::ReviewArranged{"INC-1", "ana", {}, {}, {}, {}, kAna});
        log.record(events::FactorRated{"INC-1", "trigger.none", {}, "1", {}, false, kAna, Confidence::Low});
        rate(log, "INC-1", "trigger.none", "ben");
        QCOMPARE(review::factorsSeen(log.state.incident("INC-1")->review, usualTaxonomy())[0].sureness, (review::Sureness{1, 0, 0, 1}));
    }
};

QD_TEST(TestTaxonomy)
#include "tst_taxonomy.moc"
