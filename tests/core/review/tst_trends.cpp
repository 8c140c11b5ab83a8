// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/review/patterns.h"

#include "tests/support/suite.h"
#include "tests/support/worktime.h"

#include <QtTest>

using namespace qd;
using namespace qd::review;

namespace {

Witness witness(const std::string &incident, const char *at, std::vector<std::string> factors, std::vector<std::string> services = {"checkout"}, const std::string &family = {})
{
    return {{incident, *parseInstant(at), std::move(factors), std::move(services), true}, family};
}

state::Pattern pattern(std::uint32_t number, std::vector<std::string> factors, std::vector<std::string> services, PatternState state = PatternState::Open)
{
    state::Pattern p;
    p.number = number;
    p.title = "pattern " + std::to_string(number);
    p.requirement = number % 2 == 1 ? "A configuration change is rolled out to one cell first." : "";
    p.factors = std::move(factors);
    p.services = std::move(services);
    p.state = state;
    return p;
}

const std::vector<Witness> kYear{
    witness("INC-1", "2026-01-10T00:00:00Z", {"a", "b"}),
    witness("INC-2", "2026-02-10T00:00:00Z", {"a", "b", "c"}),
    witness("INC-3", "2026-08-10T00:00:00Z", {"a"}, {"mail"}),
    witness("INC-4", "2026-08-11T00:00:00Z", {"c"}, {"mail"}),
};

} // namespace

class TestTrends : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMostFrequentFactorComesFirst()
    {
        const Trends t = trendsOf(kYear, Period::Quarter);
        QCOMPARE(t.incidents, std::uint64_t(4));
        QCOMPARE(t.factors.size(), std::size_t(3));
        QCOMPARE(t.factors[0].factor, std::string("a"));
        QCOMPARE(t.factors[0].incidents, std::uint64_t(3));
        QCOMPARE(t.factors[0].share, 3.0 / 7);
        QCOMPARE(t.factors[1].factor, std::string("b")); // as many as c, and before it by name
        QVERIFY(qFuzzyCompare(t.factors[2].together, 1.0));
    }

    void factorsThatMeetMoreOftenThanByChanceSaySo()
    {
        const Trends t = trendsOf(kYear, Period::Quarter);
        QCOMPARE(t.pairs.front().first, std::string("a"));
        QCOMPARE(t.pairs.front().second, std::string("b"));
        QCOMPARE(t.pairs.front().incidents, std::uint64_t(2));
        QCOMPARE(t.pairs.front().lift, 2.0 * 4 / (3 * 2));
    }

    void theMatrixIsThePairsFromBothSides()
    {
        const Matrix m = matrixOf(trendsOf(kYear, Period::Quarter));
        QCOMPARE(m.factors, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(m.incidents, (std::vector<std::vector<std::uint64_t>>{{3, 2, 1}, {2, 2, 1}, {1, 1, 2}}));
        for (std::size_t row = 0; row < 3; ++row)
            for (std::size_t column = 0; column < 3; ++column)
                QCOMPARE(m.lift[row][column], m.lift[column][row]);
        QCOMPARE(m.lift[0][1], 2.0 * 4 / (3 * 2));
        QCOMPARE(m.lift[0][0], 0.0);
        QVERIFY(matrixOf({}).factors.empty());
    }

    void aFactorMeetsTheServicesOfTheIncidentsItWasSeenIn()
    {
        std::vector<Witness> all = kYear;
        all[1].what.services = {"checkout", "db", "checkout"};
        // What follows another counts with it as one, is named all the same, and meets its own services alone.
        all.push_back(witness("INC-5", "2026-08-12T00:00:00Z", {"a", "d"}, {"mail", "db"}, "INC-3"));
        all.push_back(witness("INC-6", "2026-08-12T00:00:00Z", {"a"}));
        all.back().what.counts = false;
        all.push_back(witness("INC-7", "2026-08-12T00:00:00Z", {}));
        std::string said;
        for (const AtService &each : factorsAtServices(all)) {
            said += each.factor + "@" + each.service + "=" + std::to_string(each.incidents) + "/" + std::to_string(each.ofService);
            for (const std::string &id : each.which)
                said += " " + id;
            said += "; ";
        }
        QCOMPARE(said, std::string("a@checkout=2/2 INC-1 INC-2; a@db=2/2 INC-2 INC-5; a@mail=1/2 INC-3 INC-5; b@checkout=2/2 INC-1 INC-2; b@db=1/2 INC-2; "
                                   "c@checkout=1/2 INC-2; c@db=1/2 INC-2; c@mail=1/2 INC-4; d@db=1/2 INC-5; d@mail=1/2 INC-5; "));
        QVERIFY(factorsAtServices({}).empty());
    }

    void onlyTheServicesWithMostIncidentsAreShown()
    {
        std::vector<Witness> all;
        for (std::size_t n = 0; n < 2 * kServicesShown; ++n)
            all.push_back(witness("INC-" + std::to_string(n), "2026-01-10T00:00:00Z", {"a"}, {"s" + std::to_string(n)}));
        all.push_back(witness("INC-900", "2026-01-11T00:00:00Z", {"a"}, {"s99"}));
        const auto found = factorsAtServices(all);
        QCOMPARE(found.size(), kServicesShown);
        QVERIFY(found[0].service == "s99" && found[0].incidents == 2);
    }

    /// Somebody who is not sure sees it all the same.
    void aFactorCountsOnceHoweverSureTheRatersAre()
    {
        std::vector<Witness> all = kYear;
        all[0].ratings = {{"a", Confidence::Low}, {"a", Confidence::High}, {"b", Confidence::Unsaid}};
        all[2].ratings = {{"a", Confidence::High}};
        const Trends t = trendsOf(all, Period::Quarter);
        QCOMPARE(t.factors[0].incidents, std::uint64_t(3));
        QCOMPARE(t.factors[0].ratings, (Sureness{1, 0, 2, 0}));
        QCOMPARE(t.factors[1].ratings, (Sureness{0, 0, 0, 1}));
        QCOMPARE(t.factors[0].ofFamilies, 0.75);
        all[2].what.counts = false; // nor do the ratings of what does not count
        QCOMPARE(trendsOf(all, Period::Quarter).factors[0].ratings, (Sureness{1, 0, 1, 0}));
    }

    void quartersHaveNoGaps()
    {
        const Trends t = trendsOf(kYear, Period::Quarter);
        std::string periods;
        for (const PeriodCount &p : t.periods)
            periods += p.period + "=" + std::to_string(p.incidents) + " ";
        QCOMPARE(periods, std::string("2026 Q1=2 2026 Q2=0 2026 Q3=2 "));
        QCOMPARE(t.periods[0].factors, (std::vector<std::uint64_t>{2, 2, 1}));
        QCOMPARE(trendsOf(kYear, Period::Month).periods.size(), std::size_t(8));
    }

    void onlyTheLastPeriodsAreShown()
    {
        std::vector<Witness> all;
        for (int year = 2000; year < 2020; ++year)
            all.push_back(witness("INC-" + std::to_string(year), (std::to_string(year) + "-06-01T00:00:00Z").c_str(), {"a"}));
        const Trends t = trendsOf(all, Period::Quarter);
        QCOMPARE(t.periods.size(), kPeriodsShown);
        QCOMPARE(t.periods.back().period, std::string("2019 Q2"));
        QCOMPARE(t.factors[0].incidents, std::uint64_t(20));
    }

    void whatFollowsAnotherIsNoFurtherWitness()
    {
        std::vector<Witness> all = kYear;
        all.push_back(witness("INC-5", "2026-08-12T00:00:00Z", {"a", "d"}, {"mail"}, "INC-3"));
        const Trends t = trendsOf(all, Period::Quarter);
        QCOMPARE(t.incidents, std::uint64_t(5));
        QCOMPARE(t.families, std::uint64_t(4));
        QCOMPARE(t.factors[0].incidents, std::uint64_t(3));
    }

    void drillsAndIncidentsWithoutFactorsCountNowhere()
    {
        std::vector<Witness> all{witness("INC-1", "2026-01-10T00:00:00Z", {"a"}), witness("INC-2", "2026-01-10T00:00:00Z", {})};
        all[0].what.counts = false;
        const Trends t = trendsOf(all, Period::Month);
        QCOMPARE(t.incidents, std::uint64_t(0));
        QVERIFY(t.periods.empty());
    }

    /// It is no cause: it has its own list, and its own share of that.
    void whatWentWellIsCountedApart()
    {
        std::vector<Witness> all = kYear;
        for (const std::size_t n : {0U, 1U, 2U})
            all[n].mitigators = {"well"};
        all[0].mitigators.push_back("other");
        all[0].ratings = {{"well", Confidence::High}};
        all.push_back(witness("INC-5", "2026-08-12T00:00:00Z", {}, {"mail"}));
        all.back().mitigators = {"well"};
        const Trends t = trendsOf(all, Period::Quarter), without = trendsOf(kYear, Period::Quarter);
        QCOMPARE(t.incidents, std::uint64_t(4)); // of INC-5 nobody named a cause
        QCOMPARE(t.factors.size(), std::size_t(3));
        QCOMPARE(t.factors[0].share, without.factors[0].share);
        QCOMPARE(t.pairs.size(), without.pairs.size());
        QCOMPARE(suggestedPatterns(all, {}), suggestedPatterns(kYear, {}));
        QCOMPARE(factorsAtServices(all).size(), factorsAtServices(kYear).size());
        const auto well = mitigatorsOf(all);
        QCOMPARE(well.size(), std::size_t(2));
        QVERIFY(well[0].factor == "well" && well[0].incidents == 4 && well[1].factor == "other");
        QCOMPARE(well[0].share, 0.8);
        QCOMPARE(well[1].together, 1.0);
        QCOMPARE(well[0].ofFamilies, 0.8); // INC-4 names a cause alone
        QCOMPARE(well[0].ratings, (Sureness{0, 0, 1, 0}));
        const auto months = mitigatorPeriods(all, Period::Month);
        QCOMPARE(months.size(), std::size_t(8));
        QCOMPARE(months.front().factors, (std::vector<std::uint64_t>{1, 1}));
        QCOMPARE(months.back().factors, (std::vector<std::uint64_t>{2, 0})); // INC-3 and INC-5
        const auto at = mitigatorsAtServices(all);
        QCOMPARE(at.size(), std::size_t(3));
        QVERIFY(at[0].factor == "well" && at[0].service == "mail" && at[0].incidents == 2 && at[0].ofService == 3);
        QCOMPARE(at[0].which, (std::vector<std::string>{"INC-3", "INC-5"}));
        QVERIFY(mitigatorsOf(kYear).empty() && mitigatorsAtServices(kYear).empty() && mitigatorsOf({}).empty());
        for (Witness &w : all)
            w.what.counts = false;
        QVERIFY(mitigatorsOf(all).empty() && mitigatorsAtServices(all).empty());
    }

    void whatMetTwiceAtAServiceIsSuggested()
    {
        const auto found = suggestedPatterns(kYear, {});
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0], (Suggestion{{"a", "b"}, {"checkout"}, {"INC-1", "INC-2"}}));
    }

    void onceIsNoPattern()
    {
        QVERIFY(suggestedPatterns({kYear[0], kYear[3]}, {}).empty());
        // Twice of one family neither.
        std::vector<Witness> all{kYear[0], witness("INC-9", "2026-01-11T00:00:00Z", {"a", "b"}, {"checkout"}, "INC-1")};
        QVERIFY(suggestedPatterns(all, {}).empty());
    }

    /// What does not count is named nowhere, though others follow it.
    void aFamilyIsNamedByItsFirstThatCounts()
    {
        std::vector<Witness> all{kYear[1], witness("INC-9", "2026-01-01T00:00:00Z", {}), witness("INC-11", "2026-01-12T00:00:00Z", {"a"}, {"checkout"}, "INC-9"), witness("INC-10", "2026-01-11T00:00:00Z", {"b"}, {"checkout"}, "INC-9")};
        QCOMPARE(suggestedPatterns(all, {}), (std::vector<Suggestion>{{{"a", "b"}, {"checkout"}, {"INC-2", "INC-9"}}}));
        all[1].what.counts = false;
        QCOMPARE(suggestedPatterns(all, {}), (std::vector<Suggestion>{{{"a", "b"}, {"checkout"}, {"INC-10", "INC-2"}}}));
    }

    void aSmallerSetIsSuggestedOnlyWhereItHasMoreIncidents()
    {
        std::vector<Witness> all{kYear[0], kYear[1], witness("INC-7", "2026-09-01T00:00:00Z", {"a"})};
        const auto found = suggestedPatterns(all, {});
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].factors, (std::vector<std::string>{"a"}));
        QCOMPARE(found[0].incidents.size(), std::size_t(3));
        QCOMPARE(found[1].factors, (std::vector<std::string>{"a", "b"}));
    }

    void servicesOfTheSameIncidentsAreOneSuggestion()
    {
        const auto found = suggestedPatterns({witness("INC-1", "2026-01-10T00:00:00Z", {"a"}, {"web", "db"}), witness("INC-2", "2026-02-10T00:00:00Z", {"a"}, {"db", "web"})}, {});
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].services, (std::vector<std::string>{"db", "web"}));
    }

    void whatIsAPatternAlreadyIsNotSuggestedAgain()
    {
        QVERIFY(suggestedPatterns(kYear, {pattern(1, {"a", "b"}, {"checkout"})}).empty());
        QVERIFY(suggestedPatterns(kYear, {pattern(1, {"b"}, {"checkout"})}).empty());
        QCOMPARE(suggestedPatterns(kYear, {pattern(1, {"a", "b"}, {"mail"})}).size(), std::size_t(1));
        QCOMPARE(suggestedPatterns(kYear, {pattern(1, {"a", "b"}, {"checkout"}, PatternState::Dropped)}).size(), std::size_t(1));
    }

    void aPatternThatIsMetIsSeenAgainInWhatBeganAfterThat()
    {
        state::Pattern p = pattern(1, {"a", "b"}, {"checkout"}, PatternState::Met);
        p.incidents = {"INC-1"};
        p.changedAt = *parseInstant("2026-05-01T00:00:00Z");
        std::vector<Witness> all = kYear;
        all.push_back(witness("INC-5", "2026-05-01T00:00:00Z", {"a", "b"})); // just then
        QVERIFY(seenSince(p, all).empty());
        all.back().what.at = all.back().what.at + nanos(1);
        all.push_back(witness("INC-6", "2026-09-01T00:00:00Z", {"b", "c", "a"}, {"mail", "checkout"}));
        all.push_back(witness("INC-7", "2026-09-02T00:00:00Z", {"a", "b"}, {"mail"}));
        all.push_back(witness("INC-8", "2026-09-03T00:00:00Z", {"a"}));
        all.push_back(witness("INC-9", "2026-09-04T00:00:00Z", {"a", "b"}));
        all.back().what.counts = false;
        QCOMPARE(seenSince(p, all), (std::vector<std::string>{"INC-5", "INC-6"}));
        p.services.clear(); // every one's
        QCOMPARE(seenSince(p, all), (std::vector<std::string>{"INC-5", "INC-6", "INC-7"}));
        p.incidents = {"INC-1", "INC-6"};
        QCOMPARE(seenSince(p, all), (std::vector<std::string>{"INC-5", "INC-7"}));
        p.factors.clear(); // of no factors it is seen nowhere
        QVERIFY(seenSince(p, all).empty());
    }

    void aPatternThatLivesIsSeenWheneverItWas()
    {
        state::Pattern p = pattern(1, {"a", "b"}, {"checkout"});
        p.incidents = {"INC-2"};
        p.changedAt = *parseInstant("2026-05-01T00:00:00Z");
        QCOMPARE(seenSince(p, kYear), std::vector<std::string>{"INC-1"});
        QVERIFY(seenSince(p, {}).empty());
    }

    void aPartOfTheWorkOnWhatAPatternNamesIsNoOtherEvent()
    {
        state::Pattern p = pattern(1, {"a"}, {});
        p.incidents = {"INC-2"};
        std::vector<Witness> all{witness("INC-1", "2026-01-10T00:00:00Z", {"a"}), witness("INC-2", "2026-01-10T00:00:00Z", {"a"}), witness("INC-3", "2026-01-10T00:00:00Z", {"a"}), witness("INC-4", "2026-01-11T00:00:00Z", {"a"})};
        all[1].what.partOf = all[2].what.partOf = "INC-1";
        QCOMPARE(seenSince(p, all), std::vector<std::string>{"INC-4"});
    }

    void aThousandIncidentsWithTwentyFactorsEachAreSoonLookedAt()
    {
        std::vector<Witness> all;
        for (int n = 0; n < 300; ++n) {
            std::vector<std::string> factors;
            for (int f = 0; f < 12; ++f)
                factors.push_back("f" + std::to_string((n * 7 + f * f) % 40));
            all.push_back(witness("INC-" + std::to_string(n), "2026-01-10T00:00:00Z", factors, {"s" + std::to_string(n % 10)}));
        }
        const qd::tests::WorkTimer timer;
        QCOMPARE(suggestedPatterns(all, {}).size(), kSuggestions);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    }

    void theChecklistIsOfLivePatterns()
    {
        const std::vector<state::Pattern> all{pattern(1, {"a"}, {"checkout"}), pattern(2, {"a"}, {"checkout"}, PatternState::InDesign), pattern(3, {"a"}, {"checkout"}, PatternState::Met),
                                              pattern(4, {"a"}, {"checkout"}, PatternState::Dropped), pattern(5, {"a"}, {"mail"}), pattern(6, {"a"}, {})};
        state::Pattern seen = pattern(7, {"a", "b"}, {"web"});
        seen.incidents = {"INC-1", "INC-4"};
        QVERIFY2(checklistMarkdown("web", checklistFor("web", {seen})).ends_with("first.\n      pattern 7 (open): pattern 7; factors a, b; seen in INC-1, INC-4\n"), checklistMarkdown("web", checklistFor("web", {seen})).c_str());
        std::string numbers;
        for (const ChecklistItem &item : checklistFor("checkout", all))
            numbers += std::to_string(item.pattern) + " ";
        QCOMPARE(numbers, std::string("1 2 6 "));
        QCOMPARE(touchedBy({"mail", "web"}, all).size(), std::size_t(2)); // that of mail, and the one of no service, which is every one's
        QCOMPARE(touchedBy({}, all).size(), std::size_t(1));
        const std::string text = checklistMarkdown("checkout", checklistFor("checkout", all));
        QVERIFY(text.find("- [ ] A configuration change is rolled out to one cell first.") != std::string::npos);
        QVERIFY(text.find("- [ ] pattern 2 (no requirement is written yet)\n      pattern 2 (in design): pattern 2; factors a\n") != std::string::npos);
        QVERIFY(checklistMarkdown("web", {}).find("No live pattern") != std::string::npos);
    }
};

QD_TEST(TestTrends)
#include "tst_trends.moc"
